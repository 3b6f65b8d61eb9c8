//! What every lesson says in the same words: usage, errors, the end of a story.

#[cfg(unix)]
pub(crate) mod unix;

use crate::texts;

texts! {
    lesson(number, title) { vi: "Bài {number:02} · {title}", en: "Lesson {number:02} · {title}" }
    try_next() { vi: "Thử tiếp", en: "Try next" }
    what_follows(number) {
        vi: "Bài tập: cargo course check {number:02}      Chương: cargo course book {number:02}",
        en: "Exercise: cargo course check {number:02}      Chapter: cargo course book {number:02}",
    }
    gone() { vi: "không còn", en: "gone" }
    needs_unix() {
        vi: "Bài này cần một hệ có socket Unix: Linux, macOS, hoặc WSL trên Windows.",
        en: "This lesson needs a system with Unix sockets: Linux, macOS, or WSL on Windows.",
    }
    ok() { vi: "OK", en: "OK" }
    count_of(count, offered) { vi: "{count} trong {offered}", en: "{count} of {offered}" }
    no_name() { vi: "(không tên)", en: "(no name)" }
    backlog_one() { vi: "hàng đợi (backlog): 1 kết nối chờ accept()", en: "backlog: 1 connection waits for accept()" }
    backlog(count) {
        vi: "hàng đợi (backlog): {count} kết nối chờ accept()",
        en: "backlog: {count} connections wait for accept()",
    }
    bytes_more(count) { vi: "… thêm {count} byte", en: "… {count} bytes more" }
    no_table() {
        vi: "(Khóa học chỉ đọc được bảng socket trên Linux, trạng thái hiện ở chỗ này. Trên máy bạn hãy thử: netstat -an)",
        en: "(The course reads the socket table on Linux only, where the state stands here. On this machine try: netstat -an)",
    }
    talk_to_it(host, port) {
        vi: "Nói chuyện với nó: nc -N {host} {port}      Dừng: Ctrl-C",
        en: "Talk to it: nc -N {host} {port}      Stop: Ctrl-C",
    }
    talk_to_it_by_udp(host, port) {
        vi: "Nói chuyện với nó: nc -u {host} {port}      Dừng: Ctrl-C",
        en: "Talk to it: nc -u {host} {port}      Stop: Ctrl-C",
    }

    tape_sent(count, to) { vi: "gửi {count} byte tới {to}", en: "sends {count} bytes to {to}" }
    tape_received(count, from) { vi: "nhận {count} byte từ {from}", en: "receives {count} bytes from {from}" }
    tape_refused(to) { vi: "{to} từ chối (ICMP)", en: "{to} refuses (ICMP)" }
    tape_wrote(count) { vi: "ghi {count} byte", en: "writes {count} bytes" }
    tape_read(count) { vi: "đọc {count} byte", en: "reads {count} bytes" }
    tape_end() { vi: "đọc 0 byte: hết luồng dữ liệu (EOF)", en: "reads 0 bytes: the end of the stream (EOF)" }
    tape_reset() { vi: "gặp RST (ECONNRESET)", en: "meets a reset (ECONNRESET)" }
    tape_reset_unix() { vi: "gặp ECONNRESET", en: "meets ECONNRESET" }
    tape_half_close_unix() { vi: "đóng chiều gửi", en: "closes its sending half" }
    tape_half_close() { vi: "đóng chiều gửi (FIN)", en: "closes its sending half (FIN)" }
    tape_close() { vi: "đóng socket", en: "closes its socket" }
    tape_incomplete(count) { vi: "{count} byte đầu của phần chưa đến hết", en: "the first {count} bytes of a part still to come" }
    pcap_written(file) {
        vi: "Đã ghi {file}. Xem: tshark -r {file}   hoặc mở bằng Wireshark.",
        en: "Wrote {file}. Look: tshark -r {file}   or open it in Wireshark.",
    }

    usage(program, title) {
        vi: "{title}

Cách dùng: {program} [LỆNH] [TÙY CHỌN]

Lệnh
  (không có)         kể trọn câu chuyện, hai phía chạy ngay trên máy này
  serve [ĐỊA_CHỈ]    chỉ chạy server; không ghi địa chỉ thì kernel chọn cổng trống
  connect ĐỊA_CHỈ    chỉ chạy client, gọi tới HOST:PORT

Tùy chọn
  --lang vi|en       ngôn ngữ trên màn hình
  --tape             in mọi byte đi qua, có chú giải
  --pcap TỆP         ghi những gì đi qua ra một tệp cho Wireshark
  --help             trang này",
        en: "{title}

Usage: {program} [COMMAND] [OPTIONS]

Commands
  (none)             the whole story, both sides on this machine
  serve [ADDRESS]    only the server; without an address the kernel picks a free port
  connect ADDRESS    only the client, calling HOST:PORT

Options
  --lang vi|en       the language on the screen
  --tape             print every byte that crosses, annotated
  --pcap FILE        write what crosses as a capture for Wireshark
  --help             this page",
    }
    see_help(program) { vi: "Xem: {program} --help", en: "See: {program} --help" }
    unknown_option(option) { vi: "không có tùy chọn {option}.", en: "there is no option {option}." }
    unknown_command(word) { vi: "không có lệnh “{word}”.", en: "there is no command “{word}”." }
    missing_value(option) { vi: "{option} cần một giá trị đi sau.", en: "{option} needs a value after it." }
    unknown_language(word) { vi: "không có ngôn ngữ “{word}”: chọn vi hoặc en.", en: "there is no language “{word}”: choose vi or en." }
    connect_needs_address() { vi: "connect cần địa chỉ, dạng HOST:PORT.", en: "connect needs an address, as HOST:PORT." }
    one_side_not_here(word) { vi: "bài này không có lệnh {word}.", en: "this lesson has no command {word}." }
    address_without_port(word) {
        vi: "“{word}” thiếu cổng. Viết HOST:PORT, ví dụ {word}:8080.",
        en: "“{word}” has no port. Write HOST:PORT, for example {word}:8080.",
    }
    address_bad_port(word, port) {
        vi: "“{port}” trong “{word}” không phải số cổng: cổng là một số từ 0 đến 65535.",
        en: "“{port}” in “{word}” is not a port: a port is a number from 0 to 65535.",
    }
    address_bracket(word) {
        vi: "“{word}”: địa chỉ IPv6 phải nằm trong ngoặc vuông, ví dụ [::1]:8080.",
        en: "“{word}”: an IPv6 address stands in square brackets, for example [::1]:8080.",
    }
    address_unknown_host(word, host) {
        vi: "không tìm ra địa chỉ nào cho tên “{host}” trong “{word}”. Viết đúng tên chưa? Thử: getent hosts {host}",
        en: "no address found for the name “{host}” in “{word}”. Is it spelt right? Try: getent hosts {host}",
    }
    cannot_write_pcap(file, why) { vi: "không ghi được {file}: {why}", en: "cannot write {file}: {why}" }

    port_in_use(port) {
        vi: "cổng {port} đang có chương trình khác dùng. Xem ai: ss -tlnp 'sport = :{port}'. Hoặc bỏ địa chỉ đi, kernel sẽ chọn cổng trống.",
        en: "another program uses port {port}. See who: ss -tlnp 'sport = :{port}'. Or leave the address out, and the kernel picks a free port.",
    }
    udp_port_in_use(port) {
        vi: "cổng UDP {port} đang có chương trình khác dùng. Xem ai: ss -ulnp 'sport = :{port}'. Hoặc bỏ địa chỉ đi, kernel sẽ chọn cổng trống.",
        en: "another program uses UDP port {port}. See who: ss -ulnp 'sport = :{port}'. Or leave the address out, and the kernel picks a free port.",
    }
    port_forbidden(port) {
        vi: "không có quyền mở cổng {port}: cổng dưới 1024 dành cho root. Chọn cổng lớn hơn, hoặc bỏ địa chỉ đi.",
        en: "no permission to open port {port}: ports below 1024 are for root. Choose a higher one, or leave the address out.",
    }
    not_our_address(ip) {
        vi: "máy này không có địa chỉ {ip}. Xem các địa chỉ của máy: ip addr. Hoặc dùng 127.0.0.1.",
        en: "this machine does not have the address {ip}. See its addresses: ip addr. Or use 127.0.0.1.",
    }
    cannot_listen(address, why) { vi: "không lắng nghe được tại {address}. {why}", en: "cannot listen on {address}. {why}" }
    refused(address) {
        vi: "{address} từ chối: không có chương trình nào lắng nghe ở đó. Server đã chạy chưa? Cổng có đúng dòng LISTENING của nó không?",
        en: "{address} refused: no program listens there. Is the server running? Is the port the one in its LISTENING line?",
    }
    no_answer(address) {
        vi: "{address} không trả lời. Máy đó có bật không? Có tường lửa nào chặn không?",
        en: "{address} does not answer. Is that machine up? Does a firewall drop the packets?",
    }
    cannot_connect(address, why) { vi: "không kết nối được tới {address}. {why}", en: "cannot connect to {address}. {why}" }
    story_is_stuck(program, seconds) {
        vi: "{program}: sau {seconds} giây câu chuyện vẫn chưa xong, có bên đang chờ thứ không bao giờ đến. Chạy lại; vẫn thế thì xem lỗi in ra phía trên.",
        en: "{program}: the story did not finish within {seconds} seconds: one side is waiting for something that never arrives. Run it again; if it happens again, look for an error above.",
    }
    network_error(why) { vi: "lỗi mạng, {why}", en: "the network failed, {why}" }
}
