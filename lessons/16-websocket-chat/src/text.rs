//! Every sentence of lesson 16, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Phòng chat WebSocket", en: "WebSocket chat" };

texts! {
    open_it(address) {
        vi: "Mở http://{address}/ trong trình duyệt. Terminal: connect {address}      Dừng: Ctrl-C",
        en: "Open http://{address}/ in a browser. Terminal: connect {address}      Stop: Ctrl-C",
    }
    joined(name) { vi: "+ {name}", en: "+ {name}" }
    left(name) { vi: "- {name}: chào tạm biệt (Close)", en: "- {name}: said goodbye (Close)" }
    lost(name) { vi: "- {name}: đứt, không có Close", en: "- {name}: cut off, without a Close" }
    silent(name) { vi: "- {name}: im lặng suốt hai nhịp, coi như đã mất", en: "- {name}: silent for two heartbeats, taken for gone" }
    closed(name, code, reason) { vi: "- {name}: server đóng, {code} {reason}", en: "- {name}: closed by the server, {code} {reason}" }
    answered(status, peer) { vi: "HTTP {status} cho {peer}", en: "HTTP {status} for {peer}" }

    say_your_name() {
        vi: "Đã vào WebSocket. Dòng đầu tiên bạn gõ là tên của bạn; sau đó mỗi dòng là một tin. Rời phòng: Ctrl-D",
        en: "The WebSocket is open. The first line that you type is your name, each further one a message. Leave: Ctrl-D",
    }
    closed_by_server(code, reason) { vi: "server đóng kết nối: {code} {reason}", en: "the server closed: {code} {reason}" }
    cut_off() { vi: "kết nối đứt mà không có Close: server chết, hoặc mạng mất.", en: "the connection ended without a Close: the server died, or the network went." }
    broke(why) { vi: "kết nối hỏng: {why}", en: "the connection broke: {why}" }
    no_close() { vi: "server không trả lời Close, không chờ nữa.", en: "the server did not answer the Close; we wait no more." }
    no_upgrade(address, status) {
        vi: "{address} trả lời HTTP {status} thay vì 101: ở đó không có WebSocket. Cổng có đúng dòng LISTENING của lesson16 không?",
        en: "{address} answered HTTP {status} instead of 101: there is no WebSocket. Is the port the one in lesson16's LISTENING line?",
    }
    no_websocket(address, why) {
        vi: "{address} không nói WebSocket ({why}). Cổng có đúng dòng LISTENING của lesson16 không?",
        en: "{address} does not speak WebSocket ({why}). Is the port the one in lesson16's LISTENING line?",
    }
    no_answer(address, seconds) {
        vi: "{address} nhận kết nối rồi im lặng {seconds} giây. Ở đó có phải lesson16 không?",
        en: "{address} took the connection and was silent for {seconds} s. Is it lesson16 that listens there?",
    }
    a_picture(name, count) { vi: "{name} gửi một bức ảnh, {count} byte", en: "{name} sent a picture, {count} bytes" }
    some_bytes(count) { vi: "một tin nhị phân, {count} byte", en: "a binary message, {count} bytes" }

    tape_request() { vi: "HTTP: xin GET", en: "HTTP: asks with GET" }
    tape_status() { vi: "101: đồng ý đổi giao thức", en: "101: agrees to change the protocol" }
    tape_upgrade() { vi: "đổi sang giao thức nào", en: "which protocol to change to" }
    tape_connection() { vi: "Upgrade chỉ có nghĩa cho chính kết nối này", en: "Upgrade is meant for this connection only" }
    tape_key() { vi: "16 byte ngẫu nhiên, viết bằng base64", en: "16 random bytes, in base64" }
    tape_accept() { vi: "SHA-1 của khóa trên nối với một chuỗi cố định, base64", en: "SHA-1 of that key and a fixed text, in base64" }
    tape_version() { vi: "phiên bản 13, phiên bản duy nhất đang dùng", en: "version 13, the only one in use" }
    tape_header() { vi: "một header khác", en: "another header" }
    tape_head_ends() { vi: "dòng trống: HTTP hết, từ đây là khung WebSocket", en: "an empty line: HTTP ends, frames begin" }
    tape_first(fin, opcode, means) { vi: "{fin}; opcode {opcode}: {means}", en: "{fin}; opcode {opcode}: {means}" }
    tape_last() { vi: "FIN: khung cuối của tin", en: "FIN: the message's last frame" }
    tape_more() { vi: "chưa FIN: tin còn tiếp", en: "no FIN: the message goes on" }
    tape_second(mask, length) { vi: "{mask}; độ dài {length}", en: "{mask}; length {length}" }
    tape_masked() { vi: "MASK: có che dữ liệu", en: "MASK: masked" }
    tape_unmasked() { vi: "không che", en: "not masked" }
    tape_length(count) { vi: "độ dài thật: {count} byte", en: "the real length: {count} bytes" }
    tape_mask() { vi: "khóa che, 4 byte ngẫu nhiên", en: "the masking key, 4 random bytes" }
    tape_text(said) { vi: "nội dung: “{said}”", en: "payload: “{said}”" }
    tape_bytes(count) { vi: "nội dung: {count} byte", en: "payload: {count} bytes" }
    tape_not_utf8(count) { vi: "nội dung: {count} byte, không phải UTF-8", en: "payload: {count} bytes, no UTF-8" }
    tape_close(code, reason) { vi: "mã đóng {code}, lý do “{reason}”", en: "close code {code}, reason “{reason}”" }
    op_text() { vi: "văn bản", en: "text" }
    op_binary() { vi: "nhị phân", en: "binary" }
    op_continuation() { vi: "phần tiếp theo", en: "continuation" }
    op_unknown() { vi: "chưa ai định nghĩa", en: "nobody has defined it" }
}
