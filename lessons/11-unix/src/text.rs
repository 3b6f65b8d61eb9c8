//! Every sentence of lesson 11, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Socket Unix", en: "Unix socket" };

texts! {
    a_path_and_a_file() {
        vi: "Server lắng nghe ở một đường dẫn, không IP, không cổng. bind() tạo một tệp ở đó; tệp ấy chỉ là cái tên, socket thì nằm trong kernel.",
        en: "The server listens at a path: no IP, no port. bind() makes a file there. The file is only a name; the socket is in the kernel.",
    }
    folder(path) { vi: "      thư mục: {path}", en: "      folder: {path}" }
    file(mode, uid, length, name) {
        vi: "      tệp      {mode}  uid {uid}  {length} byte   {name}",
        en: "      file     {mode}  uid {uid}  {length} bytes  {name}",
    }
    a_caller_without_a_name() {
        vi: "Client gọi tới đường dẫn ấy rồi nói như ở bài 03. Nó không có tên: với TCP thì kernel chọn cổng hộ, còn ở đây kernel chẳng đặt tên gì.",
        en: "The client calls that path and talks as in lesson 03. It has no name: for TCP the kernel picks a port, here it invents nothing.",
    }
    what_the_kernel_says() {
        vi: "Hỏi chính socket xem nó là gì. Luồng của Unix không có TCP bên dưới, datagram không có UDP: cột cuối là giao thức, và ở đó là 0.",
        en: "Ask the sockets what they are. The Unix stream has no TCP below it, the datagram no UDP: the last column is the protocol, and it is 0.",
    }
    datagrams(count) {
        vi: "Datagram: {count} tin từ Mai, một tin từ Bình, ranh giới còn nguyên. Muốn có câu trả lời thì phải có tên: Mai chưa bind() nên không ai gửi lại được.",
        en: "Datagrams: {count} from Mai (one, nothing, two), one from Binh, each whole. Only who has a name gets an answer: Mai has not called bind().",
    }
    a_full_queue() {
        vi: "Hàng đợi đầy: ở bài 08 kernel báo Ok rồi vứt đi. Ở đây bên gửi phải chờ; socket không chặn thì gặp EAGAIN.",
        en: "A full queue: in lesson 08 the kernel said Ok and threw away. Here the sender waits or, not blocking, meets EAGAIN.",
    }
    taken(count) { vi: "send_to() → Ok, {count} lần", en: "send_to() → Ok, {count} times" }
    none_lost(kept, lost) { vi: "mất: {lost}; đọc được: {kept}", en: "lost: {lost}; received: {kept}" }
    seqpacket(length, room) {
        vi: "SEQPACKET: có kết nối như luồng, giữ ranh giới như datagram. Gói {length} byte, bộ đệm {room}: phần thừa mất. Và có lúc hết.",
        en: "SEQPACKET: connected like a stream, bounded like datagrams. Of {length} bytes a buffer of {room} keeps {room}. And there is an end.",
    }
    a_pair() {
        vi: "socketpair(): hai đầu nối sẵn, không đầu nào có tên, không ai gọi vào được.",
        en: "socketpair(): two ends, connected from birth and nameless: nobody can call.",
    }
    permission() {
        vi: "Quyền ghi vào tệp là quyền gọi. Không có quyền thì kernel từ chối ngay: hãy so thời gian của hai lời gọi. (Riêng root không bị hỏi.)",
        en: "Who may write to the file may call. Without permission the kernel refuses at once: compare the times of the two calls. (Root is never asked.)",
    }
    no_other_user(why) {
        vi: "(không chạy được tiến trình của người dùng khác ở đây: {why})",
        en: "(cannot run a process of another user here: {why})",
    }
    a_full_backlog(limit) {
        vi: "Cái làm chậm là đây: hàng đợi kết nối có một chỗ mà server không accept(). Lời gọi thứ hai chờ đến hết hạn {limit} ms.",
        en: "What delays is this: a backlog with one place, and a server that does not accept. The second call waits out its limit of {limit} ms.",
    }
    no_place(call) { vi: "{call} → EAGAIN: không còn chỗ", en: "{call} → EAGAIN: no place is free" }
    a_file_without_a_socket() {
        vi: "Server đóng socket. Tệp còn đó mà chẳng còn ai đứng sau: không gọi được, cũng không bind() lại được, cho tới khi có người xóa tệp.",
        en: "The server closes its socket. The file stays, with nobody behind it: no call gets through and bind() fails too, until somebody removes the file.",
    }
    in_the_way(call) {
        vi: "{call} → EADDRINUSE: tệp cũ đứng chắn chỗ",
        en: "{call} → EADDRINUSE: the old file is in the way",
    }
    an_abstract_name() {
        vi: "Linux còn có tên trừu tượng: không tệp, không mode. Đóng socket là tên hết, lấy lại được ngay.",
        en: "Linux also has abstract names: no file, no mode. The name goes with the socket, and can be had again at once.",
    }
    no_abstract_names() {
        vi: "Tên trừu tượng chỉ có trên Linux.",
        en: "Abstract names exist on Linux only.",
    }
    measured(trips, message, load) {
        vi: "Cùng một echo, bốn loại socket, chạy xen kẽ. Trung vị của {trips} vòng đi về, mỗi tin {message} byte; rồi thông lượng khi đẩy {load} MiB. × là so với TCP.",
        en: "The same echo four ways, in turns: the median of {trips} round trips of {message} bytes; the throughput of {load} MiB. × compares with TCP.",
    }

    not_a_socket(path) {
        vi: "{path} là một tệp, không phải socket: bài học không động vào. Chọn đường dẫn khác.",
        en: "{path} is a file and no socket, so it is left alone. Choose another path.",
    }
    taken_over() {
        vi: "tệp cũ, không còn ai đứng sau: đã thay",
        en: "an old file with nobody behind it: replaced",
    }

    try_serve() {
        vi: "rồi: nc -U ĐƯỜNG_DẪN. Xem ls -l và ss -xlp: đâu là tên, đâu là socket?",
        en: "then: nc -U PATH. What do ls -l and ss -xlp show, name or socket?",
    }
    try_kill() {
        vi: "tắt nó bằng Ctrl-C, rồi thử nc -U, ls -l, và chạy lại: nó nói gì?",
        en: "stop it by Ctrl-C, try nc -U and ls -l, start it again: what does it say?",
    }
    try_namespace() {
        vi: "rồi: unshare -rn cargo run -p lesson11 -- connect @thu. Làm lại với một đường dẫn: cái nào đi qua được?",
        en: "then: unshare -rn cargo run -p lesson11 -- connect @thu. Then with a path: what gets through?",
    }
}
