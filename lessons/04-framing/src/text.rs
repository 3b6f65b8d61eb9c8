//! Every sentence of lesson 04, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Đóng khung (framing)", en: "Framing" };

texts! {
    a_connection() {
        vi: "Một kết nối như ở bài 03. Nó chở byte: đủ, đúng thứ tự. Đâu là một tin thì nó không biết.",
        en: "A connection as in lesson 03. It carries bytes: all of them, in order. It knows nothing of messages.",
    }
    three_writes() {
        vi: "Client ghi ba lần, mỗi lần một tin. Server đọc một lần và nhận cả ba dính liền.",
        en: "The client writes three times, a message each (one, two, three). The server reads once and gets all three, stuck together.",
    }
    unread(count) {
        vi: "{count} byte nằm chờ trong hàng đợi nhận của kernel",
        en: "{count} bytes wait in the kernel's receive queue",
    }
    five_reads(count, buffer_size) {
        vi: "Client ghi một lần {count} byte. Server đọc với bộ đệm {buffer_size} byte: năm lần mới hết, và chữ ạ bị cắt đôi. Luồng không có tin, chỉ có byte.",
        en: "The client writes {count} bytes once. The server reads into a {buffer_size}-byte buffer: it takes five reads, and one letter (ạ) is cut in two. A stream has no messages, only bytes.",
    }
    delimiter(buffer_size) {
        vi: "Vậy hai bên phải có quy ước. Cách một, dấu phân cách: LF kết thúc một dòng, trước nó có CR cũng được. Server vẫn đọc mỗi lần {buffer_size} byte, mà lấy ra đúng ba tin. Trong tin không được có LF.",
        en: "So both sides must agree. First way, a delimiter: LF ends a line, with or without a CR before it. The server still reads {buffer_size} bytes at a time, and gets three messages all the same. No message may contain an LF.",
    }
    length_prefix() {
        vi: "Cách hai, độ dài đi trước: u32 big-endian, rồi đúng ngần ấy byte. Trong tin có gì cũng được, kể cả LF (0a); tin rỗng cũng là một tin.",
        en: "Second way, a length in front: a u32, big-endian, then that many bytes. A message may contain anything, an LF (0a) too; an empty one is a message as well.",
    }
    type_length_value() {
        vi: "Cách ba, TLV: loại (1 byte), độ dài (u16), giá trị. Gặp loại lạ, server vẫn bỏ qua được: độ dài cho biết phải bỏ bao nhiêu byte.",
        en: "Third way, TLV: a type (1 byte), a length (u16), a value. The server can skip a type that it does not know: the length says how far.",
    }
    no_limit() {
        vi: "Độ dài chỉ là con số bên kia tự khai. Bốn byte này đòi 4 GiB bộ nhớ. Server so với giới hạn trước khi xin bộ nhớ, rồi đóng kết nối.",
        en: "A length is only a number that the peer sends. These four bytes ask for 4 GiB of memory. The server compares the length with its limit before it asks for memory, and closes.",
    }
    half_a_frame() {
        vi: "Client báo 5 byte, gửi 2 rồi đóng. Hết luồng giữa chừng một khung là lỗi, không phải một tin ngắn.",
        en: "The client announces 5 bytes, sends 2 and closes. EOF inside a frame is an error, not a short message.",
    }
    too_long(length, limit) {
        vi: "từ chối: tin dài {length} byte, giới hạn là {limit}",
        en: "rejected: a message of {length} bytes, the limit is {limit}",
    }
    cut_short(kept) {
        vi: "hỏng: hết luồng mà còn {kept} byte lẻ, chưa thành tin",
        en: "malformed: EOF inside a frame, {kept} bytes left over",
    }
    timed_out() {
        vi: "phía bên kia im lặng quá lâu, không chờ nữa",
        en: "the peer was silent for too long, the wait is over",
    }
    unfinished_line(count) {
        vi: "dòng cuối ({count} byte) không có LF nên chưa gửi. Gõ Enter trước khi Ctrl-D.",
        en: "the last line ({count} bytes) has no LF and was not sent. Press Enter before Ctrl-D.",
    }

    kind(number, name) { vi: "loại {number}: {name}", en: "type {number}: {name}" }
    kind_name() { vi: "tên", en: "name" }
    kind_text() { vi: "lời nhắn", en: "text" }
    kind_unknown() { vi: "lạ, bỏ qua", en: "unknown, skipped" }

    tape_text(count) { vi: "nội dung, {count} byte", en: "text, {count} bytes" }
    tape_lf() { vi: "LF: hết dòng", en: "LF: the line ends" }
    tape_cr_lf() { vi: "CR LF: hết dòng", en: "CR LF: the line ends" }
    tape_length(count) { vi: "độ dài: {count} byte theo sau", en: "length: {count} bytes follow" }
    tape_too_long(count, limit) { vi: "độ dài {count}: quá giới hạn {limit}", en: "length {count}: over the limit of {limit}" }
    tape_message() { vi: "nội dung", en: "message" }
    tape_value() { vi: "giá trị", en: "value" }

    client_connected() {
        vi: "Một client kết nối. Mỗi lần đọc một dòng, mỗi khung trọn vẹn một dòng.",
        en: "A client has connected. One line for each read, and one line for each whole frame.",
    }
    a_frame(message) { vi: "khung: {message}", en: "frame: {message}" }
    clean_end() { vi: "hết luồng, không còn gì dở dang", en: "the end of the stream, nothing left over" }

    try_serve() {
        vi: "để nó chạy; ở cửa sổ khác: cargo run -p lesson04 -- connect HOST:PORT. Mỗi dòng bạn gõ là một khung.",
        en: "let it run; in another window: cargo run -p lesson04 -- connect HOST:PORT. Each line you type is a frame.",
    }
    try_byte_by_byte() {
        vi: "gửi từng byte một của một khung cho server đó: mấy lần đọc, mấy khung? Bỏ sleep đi thì sao?",
        en: "send a frame to that server byte by byte: how many reads, how many frames? And without the sleep?",
    }
    try_curl() {
        vi: "trình duyệt cũng gọi nhầm như thế. Server đọc thấy độ dài bao nhiêu, và vì sao?",
        en: "what a browser would send by mistake. Which length does the server see, and why?",
    }
}

/// What to try by hand.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run -p lesson04 -- serve", try_serve()),
        (r"for c in \\0 \\0 \\0 \\2 h i; do printf $c; sleep .1; done | nc -N HOST PORT", try_byte_by_byte()),
        ("curl -m 5 http://HOST:PORT/", try_curl()),
    ]
}
