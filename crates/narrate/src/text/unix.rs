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
    no_name() { vi: "(không tên)", en: "(no name)" }

    tape_reset() { vi: "gặp ECONNRESET", en: "meets ECONNRESET" }
    tape_half_close() { vi: "đóng chiều gửi", en: "closes its sending half" }

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
        en: "another server uses {place}, or a file is in the way there. See who: ss -xlp. Or leave the path out, and the lesson finds a new folder.",
    }
    no_folder(place) {
        vi: "không tạo được {place}: thư mục ấy không có. Viết đúng đường dẫn chưa?",
        en: "cannot make {place}: there is no such folder. Is the path spelt right?",
    }
    folder_forbidden(place) {
        vi: "không có quyền tạo {place}: phải ghi được vào thư mục chứa nó. Chọn thư mục khác, ví dụ /tmp.",
        en: "no permission to make {place}: one must be able to write to its folder. Choose another, for example /tmp.",
    }
    path_too_long(place) {
        vi: "“{place}” không làm tên socket được: tối đa 107 byte (macOS: 103). Chọn đường dẫn ngắn hơn.",
        en: "“{place}” cannot name a socket: 107 bytes are the most (on macOS, 103). Choose a shorter path.",
    }
    cannot_listen(place, why) { vi: "không lắng nghe được tại {place}. {why}", en: "cannot listen at {place}. {why}" }
    nobody_behind(place) {
        vi: "{place} từ chối: có tên mà không có server đứng sau. Server đã tắt, hoặc chạy trên máy khác? Chạy lại server với: serve {place}",
        en: "{place} refused: nobody is behind that name. Has the server gone, or does it run on another machine? Start the server again with: serve {place}",
    }
    no_file(place) {
        vi: "không có tệp {place}. Server đã chạy chưa? Đường dẫn có đúng dòng LISTENING của nó không?",
        en: "there is no file {place}. Is the server running? Is the path the one in its LISTENING line?",
    }
    forbidden(place) {
        vi: "không có quyền gọi {place}: cần quyền ghi vào tệp ấy và quyền đi qua các thư mục. Xem: ls -ld {place} và thư mục chứa nó.",
        en: "no permission to call {place}: one must be able to write to that file and to pass through its folders. See: ls -ld {place} and its folder.",
    }
    not_accepted(place) {
        vi: "{place} có server, nhưng hàng đợi kết nối đầy: server không gọi accept().",
        en: "{place} has a server, but its backlog is full: it does not call accept().",
    }
    cannot_connect(place, why) { vi: "không kết nối được tới {place}. {why}", en: "cannot connect to {place}. {why}" }
}
