//! Every sentence of lesson 11, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Socket Unix", en: "Unix socket" };

texts! {
    server_listens() {
        vi: "Server lắng nghe ở một đường dẫn, không IP, không cổng. bind() tạo một tệp ở đó; tệp ấy chỉ là cái tên, socket thì nằm trong kernel.",
        en: "The server listens at a path: no IP, no port. bind() makes a file there. The file is only a name; the socket is in the kernel.",
    }
    folder(path) { vi: "      thư mục: {path}", en: "      folder: {path}" }
    file(mode, uid, length, name) {
        vi: "      tệp      {mode}  uid {uid}  {length} byte   {name}",
        en: "      file     {mode}  uid {uid}  {length} bytes  {name}",
    }
    client_has_no_name() {
        vi: "Client gọi tới đường dẫn ấy rồi nói như ở bài 03. Nó không có tên: với TCP thì kernel chọn cổng hộ, còn ở đây kernel chẳng đặt tên gì.",
        en: "The client connects to that path and sends as in lesson 03. It has no name: for TCP the kernel picks a port, here it picks nothing.",
    }
    socket_types() {
        vi: "Hỏi chính socket xem nó là gì. Luồng của Unix không có TCP bên dưới, datagram không có UDP: cột cuối là giao thức, và ở đó là 0.",
        en: "Ask the sockets what they are. The Unix stream has no TCP below it, the datagram no UDP: the last column is the protocol, and it is 0.",
    }
    datagrams(count) {
        vi: "Datagram: {count} tin từ Mai, một tin từ Bình, ranh giới còn nguyên. Muốn có câu trả lời thì phải có tên: Mai chưa bind() nên không ai gửi lại được.",
        en: "Datagrams: {count} from Mai (the second is empty), one from Binh, each whole. Only a socket with a name gets an answer: Mai has not called bind().",
    }
    queue_full() {
        vi: "Hàng đợi đầy: ở bài 08 kernel báo Ok rồi vứt đi. Ở đây bên gửi phải chờ; socket không chặn thì gặp EAGAIN.",
        en: "A full queue: in lesson 08 the send succeeded and the kernel dropped the datagram. Here the sender waits; a non-blocking send fails with EAGAIN.",
    }
    sent(count) { vi: "send_to() → Ok, {count} lần", en: "send_to() → Ok, {count} times" }
    received_and_lost(kept, lost) { vi: "mất: {lost}; đọc được: {kept}", en: "lost: {lost}; received: {kept}" }
    seqpacket(length, buffer) {
        vi: "SEQPACKET: có kết nối như luồng, giữ ranh giới như datagram. Gói {length} byte, bộ đệm {buffer}: phần thừa mất. Và có lúc hết.",
        en: "SEQPACKET: a connection like a stream, boundaries like datagrams. Of {length} bytes a buffer of {buffer} keeps {buffer}. And there is an end.",
    }
    socket_pair() {
        vi: "socketpair(): hai đầu nối sẵn, không đầu nào có tên, không ai gọi vào được.",
        en: "socketpair(): two ends, connected from the beginning. Neither has a name, so no other program can connect.",
    }
    permission() {
        vi: "Quyền ghi vào tệp là quyền gọi. Không có quyền thì kernel từ chối ngay: hãy so thời gian của hai lời gọi. (Riêng root không bị hỏi.)",
        en: "A user that may write to the file may connect. Without permission connect() fails at once: compare the two times. (Root is not checked.)",
    }
    no_other_user(why) {
        vi: "(không chạy được tiến trình của người dùng khác ở đây: {why})",
        en: "(cannot run a process of another user here: {why})",
    }
    backlog_full(limit) {
        vi: "Cái làm chậm là đây: hàng đợi kết nối có một chỗ mà server không accept(). Lời gọi thứ hai chờ đến hết hạn {limit} ms.",
        en: "What does take time: a backlog with one place, and a server that does not accept. The second connect() waits until its limit of {limit} ms.",
    }
    backlog_has_no_place(call) { vi: "{call} → EAGAIN: backlog đã đầy", en: "{call} → EAGAIN: the backlog is full" }
    file_outlives_socket() {
        vi: "Server đóng socket. Tệp còn đó mà chẳng còn ai đứng sau: không gọi được, cũng không bind() lại được, cho tới khi có người xóa tệp.",
        en: "The server closes its socket. The file stays without a socket: connect() fails, and bind() too, until the file is removed.",
    }
    old_file(error) {
        vi: "bind() → {error}: tệp cũ đứng chắn chỗ",
        en: "bind() → {error}: the old file is in the way",
    }
    abstract_name() {
        vi: "Linux còn có tên trừu tượng: không tệp, không mode. Đóng socket là tên hết, lấy lại được ngay.",
        en: "Linux also has abstract names: no file, no mode. The name ends with the socket, and bind() can use it again at once.",
    }
    no_abstract_names() {
        vi: "Tên trừu tượng chỉ có trên Linux.",
        en: "Abstract names exist on Linux only.",
    }
    comparison(trips, message, load) {
        vi: "Cùng một echo, bốn loại socket, chạy xen kẽ. Trung vị của {trips} vòng đi về, mỗi tin {message} byte; rồi thông lượng khi đẩy {load} MiB. × là so với TCP.",
        en: "The same echo over four kinds of socket, in turns: the median of {trips} round trips of {message} bytes; the throughput of {load} MiB. × compares with TCP.",
    }

    not_a_socket(path) {
        vi: "{path} là một tệp, không phải socket: bài học không động vào. Chọn đường dẫn khác.",
        en: "{path} is a file, not a socket, so it is left alone. Choose another path.",
    }
    replaced() {
        vi: "tệp cũ, không còn ai đứng sau: đã thay",
        en: "an old file without a socket: replaced",
    }

    try_serve() {
        vi: "rồi: nc -U ĐƯỜNG_DẪN. Xem ls -l và ss -xlp: đâu là tên, đâu là socket?",
        en: "then: nc -U PATH. What do ls -l and ss -xlp show, name or socket?",
    }
    try_kill() {
        vi: "tắt nó bằng Ctrl-C, rồi thử nc -U, ls -l, và chạy lại: nó nói gì?",
        en: "stop it by Ctrl-C, try nc -U and ls -l, then start it again.",
    }
    try_namespace() {
        vi: "rồi: unshare -rn cargo run -p lesson11 -- connect @thu. Làm lại với một đường dẫn: cái nào đi qua được?",
        en: "then: unshare -rn cargo run -p lesson11 -- connect @thu. Then with a path: what gets through?",
    }
}

/// What to try by hand.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run -p lesson11 -- serve", try_serve()),
        ("cargo run -p lesson11 -- serve /tmp/thu.sock", try_kill()),
        ("cargo run -p lesson11 -- serve @thu", try_namespace()),
    ]
}
