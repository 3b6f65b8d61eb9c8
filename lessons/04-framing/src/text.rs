//! Every sentence of lesson 04, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Đóng khung (framing)", en: "Framing" };

texts! {
    a_connection() {
        vi: "Một kết nối như ở bài 03. Nó chở byte: đủ, đúng thứ tự. Đâu là một tin thì nó không biết.",
        en: "A connection as in lesson 03. It carries bytes: all of them, in order. Of messages it knows nothing.",
    }
    three_writes() {
        vi: "Client ghi ba lần, mỗi lần một tin. Server đọc một lần và nhận cả ba dính liền.",
        en: "The client writes three times, a message each (one, two, three). The server reads once and gets them all, stuck together.",
    }
    in_the_kernel(count) {
        vi: "{count} byte nằm chờ trong hàng đợi nhận của kernel",
        en: "{count} bytes wait in the kernel's receive queue",
    }
    five_reads(count, room) {
        vi: "Client ghi một lần {count} byte. Server đọc với bộ đệm {room} byte: năm lần mới hết, và chữ ạ bị cắt đôi. Luồng không có tin, chỉ có byte.",
        en: "The client writes {count} bytes once. The server reads into a buffer of {room}: it takes five reads, and one letter (ạ) is cut in two. A stream has no messages, only bytes.",
    }
    a_delimiter() {
        vi: "Vậy hai bên phải hẹn nhau. Cách một, dấu phân cách: LF kết thúc một dòng, trước nó có CR cũng được. Trong tin không được có LF.",
        en: "So both sides must agree. First way, a delimiter: LF ends a line, with or without a CR before it. No message may contain an LF.",
    }
    a_length() {
        vi: "Cách hai, độ dài đi trước: u32 big-endian, rồi đúng ngần ấy byte. Trong tin có gì cũng được, kể cả LF; tin rỗng cũng là một tin.",
        en: "Second way, a length in front: a u32, big-endian, then that many bytes. A message may hold anything, an LF too; an empty one is a message as well.",
    }
    a_type() {
        vi: "Cách ba, TLV: loại (1 byte), độ dài (u16), giá trị. Gặp loại lạ, server nhờ độ dài mà bước qua được.",
        en: "Third way, TLV: a type (1 byte), a length (u16), a value. A type that the server does not know it can step over, since the length is there.",
    }
    no_limit() {
        vi: "Độ dài chỉ là lời phía bên kia nói. Bốn byte này đòi 4 GiB bộ nhớ. Server so với giới hạn trước khi xin bộ nhớ, rồi đóng kết nối.",
        en: "A length is only what the peer says. These four bytes ask for 4 GiB of memory. The server compares with its limit before it asks for memory, and closes.",
    }
    half_a_frame() {
        vi: "Client báo 5 byte, gửi 2 rồi đóng. Hết luồng giữa chừng một khung là lỗi, không phải một tin ngắn.",
        en: "The client announces 5 bytes, sends 2 and closes. An end in the middle of a frame is an error, not a short message.",
    }
    cut(bytes, reads, messages) {
        vi: "{bytes} byte trong một lần ghi, {reads} lần đọc: {messages} tin",
        en: "{bytes} bytes in one write, {reads} reads: {messages} messages",
    }
    too_long(length, limit) {
        vi: "từ chối: tin dài {length} byte, giới hạn là {limit}",
        en: "refused: a message of {length} bytes, the limit is {limit}",
    }
    cut_short(kept) {
        vi: "hỏng: hết luồng mà còn {kept} byte lẻ, chưa thành tin",
        en: "broken: the stream ended with {kept} bytes over, no whole message",
    }
    silent() {
        vi: "phía bên kia im lặng quá lâu, không chờ nữa",
        en: "the peer was silent for too long, we wait no more",
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

    a_client() {
        vi: "Một client gọi tới. Mỗi lần đọc một dòng, mỗi khung trọn vẹn một dòng.",
        en: "A client calls. A line for each read, and a line for each whole frame.",
    }
    a_frame() { vi: "khung", en: "frame" }
    the_end() { vi: "hết luồng, không còn gì dở dang", en: "the end of the stream, nothing left over" }

    try_serve() {
        vi: "để nó chạy; ở cửa sổ khác: cargo run -p lesson04 -- connect HOST:PORT. Mỗi dòng bạn gõ là một khung.",
        en: "let it run; in another window: cargo run -p lesson04 -- connect HOST:PORT. Each line you type is a frame.",
    }
    try_dribble() {
        vi: "nhỏ giọt một khung cho server đó: mấy lần đọc, mấy khung? Bỏ sleep đi thì sao?",
        en: "drip a frame into that server: how many reads, how many frames? And without the sleep?",
    }
    try_curl() {
        vi: "trình duyệt cũng gọi nhầm như thế. Server đọc thấy độ dài bao nhiêu, và vì sao?",
        en: "what a browser would send by mistake. Which length does the server see, and why?",
    }
}
