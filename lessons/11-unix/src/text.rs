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
        vi: "Client kết nối tới đường dẫn ấy rồi gửi như ở bài 03. Nó không có tên: với TCP thì kernel chọn cổng hộ, còn ở đây kernel chẳng đặt tên gì.",
        en: "The client connects to that path and sends as in lesson 03. It has no name: for TCP the kernel picks a port, here it picks nothing.",
    }
    socket_types() {
        vi: "Hỏi chính socket xem nó là gì. Luồng của Unix không có TCP bên dưới, datagram không có UDP: cột cuối là giao thức, và ở đó là 0.",
        en: "Ask the sockets what they are. The Unix stream has no TCP below it, the datagram no UDP: the last column is the protocol, and it is 0.",
    }
    datagrams(count) {
        vi: "Datagram: {count} tin từ Mai, một tin từ Bình, ranh giới còn nguyên. Muốn có câu trả lời thì phải có tên: Mai chưa bind() nên server không gửi lại được.",
        en: "Datagrams: {count} from Mai (the second is empty), one from Binh, each whole. Only a socket with a name gets an answer: Mai has not called bind().",
    }
    queue_full() {
        vi: "Hàng đợi đầy: ở bài 08 kernel báo OK rồi vứt đi. Ở đây bên gửi phải chờ; socket không chặn thì gặp EAGAIN.",
        en: "A full queue: in lesson 08 the send succeeded and the kernel dropped the datagram. Here the sender waits; a non-blocking send fails with EAGAIN.",
    }
    sent(count) { vi: "send_to() → OK, {count} lần", en: "send_to() → OK, {count} times" }
    queue_has_no_place(error) { vi: "send_to() → {error}: hàng đợi đã đầy", en: "send_to() → {error}: the queue is full" }
    received_and_lost(kept, lost) { vi: "mất: {lost}; đọc được: {kept}", en: "lost: {lost}; received: {kept}" }
    seqpacket(length, buffer) {
        vi: "SEQPACKET: có kết nối như luồng, giữ ranh giới như datagram. Gói {length} byte, bộ đệm {buffer}: phần thừa mất. Bên kia đóng thì read() trả về 0.",
        en: "SEQPACKET has a connection like a stream and boundaries like datagrams. An {buffer}-byte buffer keeps {buffer} of {length} bytes. And it has an EOF: read() returns 0.",
    }
    socket_pair() {
        vi: "socketpair(): hai đầu nối sẵn, không tên, chương trình khác không kết nối được.",
        en: "socketpair(): two ends, connected from the beginning. Neither has a name, so no other program can connect.",
    }
    permission() {
        vi: "Có quyền ghi vào tệp thì kết nối được. Không có quyền thì connect() lỗi ngay: hãy so hai thời gian. (Kernel không kiểm tra root.)",
        en: "A user that may write to the file may connect. Without permission connect() fails at once: compare the two times. (Root is not checked.)",
    }
    no_other_user(why) {
        vi: "(không chạy được tiến trình của người dùng khác ở đây: {why})",
        en: "(cannot run a process of another user here: {why})",
    }
    backlog_full(limit) {
        vi: "backlog chỉ chứa một kết nối mà server không accept(). connect() thứ hai chờ hết {limit} ms.",
        en: "Waiting takes time: the backlog holds one connection, and the server does not accept. The second connect() gives up at its limit of {limit} ms.",
    }
    backlog_has_no_place(call) { vi: "{call} → EAGAIN: backlog đã đầy", en: "{call} → EAGAIN: the backlog is full" }
    file_outlives_socket() {
        vi: "Server đóng socket. Tệp còn đó mà không còn socket: connect() lỗi, bind() cũng lỗi. Xóa tệp rồi thì bind() lại được.",
        en: "The server closes its socket. The file stays without a socket: connect() fails, and so does bind(). Once the file is removed, bind() succeeds.",
    }
    old_file(error) {
        vi: "bind() → {error}: tệp cũ đứng chắn chỗ",
        en: "bind() → {error}: the old file is in the way",
    }
    abstract_name() {
        vi: "Linux còn có tên trừu tượng: không tệp, không mode. Đóng socket là hết tên.",
        en: "Linux also has abstract names: no file, no mode; they end with the socket.",
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
