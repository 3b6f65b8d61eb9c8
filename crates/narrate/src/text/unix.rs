//! What lessons on Unix sockets say in the same words.

use crate::texts;

texts! {
    talk_to_it_by_path(path) {
        vi: "Nói chuyện với nó: nc -UN {path}      Dừng: Ctrl-C",
        en: "Talk to it: nc -UN {path}      Stop: Ctrl-C",
    }
    talk_to_it_by_name(name) {
        vi: "Nói chuyện với nó: socat - ABSTRACT-CONNECT:{name}      Dừng: Ctrl-C",
        en: "Talk to it: socat - ABSTRACT-CONNECT:{name}      Stop: Ctrl-C",
    }
    no_packets() {
        vi: "Trong tệp ấy chỉ có phần TCP: socket Unix không gửi gói tin nào.",
        en: "Only the TCP part is in it: Unix sockets send no packets.",
    }

    usage(program, title) {
        vi: "{title}

Cách dùng: {program} [LỆNH] [TÙY CHỌN]

Lệnh
  (không có)         kể trọn câu chuyện, hai phía chạy ngay trên máy này
  serve [ĐƯỜNG_DẪN]  chỉ chạy server; không ghi thì nằm trong một thư mục tạm mới
  connect ĐƯỜNG_DẪN  chỉ chạy client; @tên là tên trừu tượng (Linux)

Tùy chọn
  --lang vi|en       ngôn ngữ trên màn hình
  --tape             in mọi byte đi qua, có chú giải
  --pcap TỆP         ghi những gì đi qua ra một tệp cho Wireshark
  --help             trang này",
        en: "{title}

Usage: {program} [COMMAND] [OPTIONS]

Commands
  (none)             the whole story, both sides on this machine
  serve [PATH]       only the server; without a path, in a fresh temporary folder
  connect PATH       only the client; @name is an abstract name (Linux)

Options
  --lang vi|en       the language on the screen
  --tape             print every byte that crosses, annotated
  --pcap FILE        write what crosses as a capture for Wireshark
  --help             this page",
    }
    connect_needs_path() { vi: "connect cần một đường dẫn, như dòng LISTENING của server in ra.", en: "connect needs a path, as in the server's LISTENING line." }

    place_in_use(place) {
        vi: "{place} đang có server khác dùng, hoặc có sẵn một tệp ở đó. Xem ai: ss -xlp. Hoặc bỏ đường dẫn đi, bài học tự tìm một thư mục mới.",
        en: "another server uses {place}, or there is already a file. See who: ss -xlp. Or leave the path out, and the lesson finds a new folder.",
    }
    no_folder(place) {
        vi: "không tạo được {place}: thư mục ấy không có. Viết đúng đường dẫn chưa?",
        en: "cannot create {place}: there is no such folder. Is the path spelt right?",
    }
    folder_forbidden(place) {
        vi: "không có quyền tạo {place}: phải ghi được vào thư mục chứa nó. Chọn thư mục khác, ví dụ /tmp.",
        en: "no permission to create {place}: you need write permission on its folder. Choose another folder, for example /tmp.",
    }
    path_too_long(place) {
        vi: "“{place}” dài quá, không làm tên socket được: tối đa 107 byte (macOS: 103). Chọn đường dẫn ngắn hơn.",
        en: "“{place}” is too long for a socket: a path has at most 107 bytes (103 on macOS). Choose a shorter one.",
    }
    cannot_listen(place, why) { vi: "không lắng nghe được tại {place}. {why}", en: "cannot listen on {place}. {why}" }
    no_server_at(place) {
        vi: "{place} từ chối: có tên mà không có server đứng sau. Server đã tắt, hoặc chạy trên máy khác? Chạy lại server với: serve {place}",
        en: "{place} refused: the name is there, but no server is behind it. Has the server ended, or does it run on another machine? Start it again with: serve {place}",
    }
    no_file(place) {
        vi: "không có tệp {place}. Server đã chạy chưa? Đường dẫn có đúng dòng LISTENING của nó không?",
        en: "there is no file {place}. Is the server running? Is the path the one in its LISTENING line?",
    }
    forbidden(place) {
        vi: "không có quyền kết nối tới {place}: cần quyền ghi trên tệp đó và quyền đi qua các thư mục. Xem: ls -ld {place} và thư mục chứa nó.",
        en: "no permission to connect to {place}: you need write permission on that file and search permission on its folders. See: ls -ld {place} and its folder.",
    }
    not_accepted(place) {
        vi: "{place} có server, nhưng hàng đợi kết nối đầy: server không gọi accept().",
        en: "{place} has a server, but its backlog is full: it does not call accept().",
    }
    cannot_connect(place, why) { vi: "không kết nối được tới {place}. {why}", en: "cannot connect to {place}. {why}" }
}
