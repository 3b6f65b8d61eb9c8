//! Every sentence of lesson 16, both languages side by side.

use std::io::ErrorKind::WouldBlock;

use narrate::{Text, texts};
use tungstenite::{Error as WsError, Message};

pub(crate) const TITLE: Text = Text { vi: "Phòng chat WebSocket", en: "WebSocket chat" };

texts! {
    open_page(address) {
        vi: "Mở http://{address}/ trong trình duyệt. Terminal: connect {address}      Dừng: Ctrl-C",
        en: "Open http://{address}/ in a browser. Terminal: connect {address}      Stop: Ctrl-C",
    }
    joined(name) { vi: "+ {name}", en: "+ {name}" }
    closed_by_client(name) { vi: "- {name}: chào tạm biệt (Close)", en: "- {name}: said goodbye (Close)" }
    connection_lost(name) { vi: "- {name}: đứt, không có Close", en: "- {name}: cut off, without a Close" }
    timed_out(name) { vi: "- {name}: im lặng suốt hai nhịp, coi như đã mất", en: "- {name}: silent for two heartbeats, taken for gone" }
    closed(name, code, reason) { vi: "- {name}: server đóng, {code} {reason}", en: "- {name}: closed by the server, {code} {reason}" }
    answered(status, peer) { vi: "HTTP {status} cho {peer}", en: "HTTP {status} for {peer}" }

    type_your_name() {
        vi: "Đã vào WebSocket. Dòng đầu tiên bạn gõ là tên của bạn; sau đó mỗi dòng là một tin. Rời phòng: Ctrl-D",
        en: "The WebSocket is open. The first line that you type is your name, each further one a message. Leave: Ctrl-D",
    }
    closed_by_server(code, reason) { vi: "server đóng kết nối: {code} {reason}", en: "the server closed: {code} {reason}" }
    cut_off() { vi: "kết nối đứt mà không có Close: server chết, hoặc mạng mất.", en: "the connection ended without a Close: the server died, or the network went." }
    broke(error) { vi: "kết nối hỏng: {error}", en: "the connection broke: {error}" }
    no_close() { vi: "server không trả lời Close, không chờ nữa.", en: "the server did not answer the Close; we wait no more." }
    no_upgrade(address, status) {
        vi: "{address} trả lời HTTP {status} thay vì 101: ở đó không có WebSocket. Cổng có đúng dòng LISTENING của lesson16 không?",
        en: "{address} answered HTTP {status} instead of 101: there is no WebSocket. Is the port the one in lesson16's LISTENING line?",
    }
    no_websocket(address, error) {
        vi: "{address} không nói WebSocket ({error}). Cổng có đúng dòng LISTENING của lesson16 không?",
        en: "{address} does not speak WebSocket ({error}). Is the port the one in lesson16's LISTENING line?",
    }
    no_answer(address, seconds) {
        vi: "{address} nhận kết nối rồi im lặng {seconds} giây. Ở đó có phải lesson16 không?",
        en: "{address} took the connection and was silent for {seconds} s. Is it lesson16 that listens there?",
    }
    picture(name, count) { vi: "{name} gửi một bức ảnh, {count} byte", en: "{name} sent a picture, {count} bytes" }
    binary(count) { vi: "một tin nhị phân, {count} byte", en: "a binary message, {count} bytes" }

    tape_request() { vi: "HTTP: xin GET", en: "HTTP: asks with GET" }
    tape_status() { vi: "101: đồng ý đổi giao thức", en: "101: agrees to change the protocol" }
    tape_other_status() { vi: "HTTP: không đổi giao thức", en: "HTTP: no change of protocol" }
    tape_upgrade() { vi: "đổi sang giao thức nào", en: "which protocol to change to" }
    tape_connection() { vi: "Upgrade chỉ có nghĩa cho chính kết nối này", en: "Upgrade is meant for this connection only" }
    tape_key() { vi: "16 byte ngẫu nhiên, viết bằng base64", en: "16 random bytes, in base64" }
    tape_accept() { vi: "SHA-1 của khóa trên nối với một chuỗi cố định, base64", en: "SHA-1 of that key and a fixed text, in base64" }
    tape_version() { vi: "phiên bản 13, phiên bản duy nhất đang dùng", en: "version 13, the only one in use" }
    tape_header() { vi: "một header khác", en: "another header" }
    tape_head_ends() { vi: "dòng trống: HTTP hết, từ đây là khung WebSocket", en: "an empty line: HTTP ends, frames begin" }
    tape_content_follows() { vi: "dòng trống: hết phần đầu, sau đó là nội dung", en: "an empty line: the head ends, the content follows" }
    tape_content(count) { vi: "nội dung: {count} byte", en: "content: {count} bytes" }
    tape_no_frame(count) { vi: "{count} byte, không phải khung WebSocket", en: "{count} bytes, no WebSocket frame" }
    tape_first(fin, opcode, name) { vi: "{fin}; opcode {opcode}: {name}", en: "{fin}; opcode {opcode}: {name}" }
    tape_last() { vi: "FIN: khung cuối của tin", en: "FIN: the message's last frame" }
    tape_more() { vi: "chưa FIN: tin còn tiếp", en: "no FIN: the message goes on" }
    tape_second(mask, length) { vi: "{mask}; độ dài {length}", en: "{mask}; length {length}" }
    tape_masked() { vi: "MASK: có che dữ liệu", en: "MASK: masked" }
    tape_unmasked() { vi: "không che", en: "not masked" }
    tape_length(count) { vi: "độ dài thật: {count} byte", en: "the real length: {count} bytes" }
    tape_mask() { vi: "khóa che, 4 byte ngẫu nhiên", en: "the masking key, 4 random bytes" }
    tape_text(text) { vi: "nội dung: “{text}”", en: "payload: “{text}”" }
    tape_bytes(count) { vi: "nội dung: {count} byte", en: "payload: {count} bytes" }
    tape_not_utf8(count) { vi: "nội dung: {count} byte, không phải UTF-8", en: "payload: {count} bytes, no UTF-8" }
    tape_close(code, reason) { vi: "mã đóng {code}, lý do “{reason}”", en: "close code {code}, reason “{reason}”" }
    op_text() { vi: "văn bản", en: "text" }
    op_binary() { vi: "nhị phân", en: "binary" }
    op_continuation() { vi: "phần tiếp theo", en: "continuation" }
    op_unknown() { vi: "chưa ai định nghĩa", en: "not defined" }
}

texts! {
    upgrade() {
        vi: "Client xin bằng HTTP: đổi sang WebSocket đi. Server đáp 101. HTTP hết ở đó; kết nối TCP vẫn là kết nối ấy.",
        en: "The client asks by HTTP to change to WebSocket. The server answers 101. There HTTP ends; the TCP connection stays.",
    }
    accept_agrees(agrees) {
        vi: "SHA-1(Key + 258EAFA5-…) bằng Accept: {agrees}",
        en: "SHA-1(Key + 258EAFA5-…) equals Accept: {agrees}",
    }
    text_message(payload) {
        vi: "Từ đây là khung. 81: khung cuối, văn bản. 85: có che, 5 byte; rồi 4 byte khóa che. Server trả lời “{payload}”, không che.",
        en: "From here on, frames. 81: last frame, text. 85: masked, 5 bytes; then a masking key of 4. The server returns “{payload}”, unmasked.",
    }
    ping() {
        vi: "Server gửi ping. Code của client không có pong: read() để pong vào hàng đợi của thư viện, lời gọi sau (ở đây là flush()) gửi đi.",
        en: "The server sends a ping. The client's code has no pong: the library queues it in read(), and the next call (here flush()) sends it.",
    }
    write_and_flush() {
        vi: "write() chưa gửi gì: khung nằm trong bộ đệm của thư viện cho tới flush(), hoặc tới khi bộ đệm quá 128 KiB. send() là write() rồi flush().",
        en: "write() sends nothing yet: the frame stays in the library's buffer until flush(), or until 128 KiB are in it. send() is write() and flush().",
    }
    waiting(call, count) {
        vi: "{call} → OK; ở phía client có {count} byte chờ đọc",
        en: "{call} → OK; {count} bytes wait at the client",
    }
    unread_writes(count) {
        vi: "Client không đọc. Server ghi {count} tin 1 KiB vào socket không chặn. write() trả về EAGAIN mà tin không mất: thư viện giữ lại.",
        en: "The client does not read. The server writes {count} 1-KiB messages, non-blocking. write() returns EAGAIN, but the library keeps the message.",
    }
    all_buffered(ok, eagain) {
        vi: "không giới hạn (mặc định): write() → OK × {ok}, EAGAIN × {eagain}",
        en: "no bound (the default): write() → OK × {ok}, EAGAIN × {eagain}",
    }
    write_buffer_full(bound, number, error) {
        vi: "giới hạn {bound} KiB: write() → {error}, ở lần {number}",
        en: "a bound of {bound} KiB: write() → {error}, at write {number}",
    }
    binary_message() {
        vi: "Tin nhị phân (82): byte gì cũng được.",
        en: "A binary message (82): any bytes will do.",
    }
    invalid_text() {
        vi: "Cũng hai byte ấy mà gửi làm văn bản thì không: văn bản phải là UTF-8. Server đóng với mã 1007, tức 03 ef.",
        en: "The same two bytes as text will not: text must be UTF-8. The server closes with code 1007, which is 03 ef.",
    }
    closing_handshake() {
        vi: "Kết thúc tử tế: Close có mã 1000, bên kia đáp Close cùng mã, rồi TCP mới đóng. Server đóng trước nên TIME-WAIT nằm phía server.",
        en: "The client sends Close 1000, the server answers with a Close, and only then TCP closes. The server closes first, so TIME-WAIT is on its side.",
    }
    chat_room() {
        vi: "Một phòng chat: tokio, mỗi thành viên một task vừa đọc vừa ghi và một hàng đợi. Client Rust, script Python và trang web vào cùng một cổng.",
        en: "A room: tokio, and for each member a task that reads and writes at once, and a queue. Rust clients, a Python script and the page come to one port.",
    }
    receives(line) { vi: "nhận: {line}", en: "receives: {line}" }
    script_result(lines) { vi: "room.py: mai nhận {lines}", en: "room.py: mai receives {lines}" }
    script_missing() {
        vi: "(máy này không có python3 với gói websockets)",
        en: "(no python3 with the package websockets here)",
    }
    slow_member() {
        vi: "Cham vào phòng rồi thôi đọc. Lan gửi ảnh liên tục, Tu đọc đều. Hàng đợi 64 tin của Cham đầy thì Cham bị ngắt; thành viên khác không phải chờ.",
        en: "Cham joins and stops reading. Lan sends picture after picture, Tu reads. When Cham's queue of 64 is full, Cham is dropped; no other member waits.",
    }
    pictures_sent(count) { vi: "đã gửi số ảnh: {count}", en: "pictures sent: {count}" }
    never_slow() { vi: "không ai bị coi là chậm", en: "nobody was found slow" }
    pictures_read(count) {
        vi: "giờ mới đọc; số ảnh còn trên đường: {count}",
        en: "reads now; pictures that were still on the way: {count}",
    }
    pulled_cable() {
        vi: "Ma vào phòng rồi treo: không đọc, không ghi, không FIN. Với server, dây mạng bị rút cũng y như thế. Chỉ phòng nào gửi ping mới biết.",
        en: "Ma joins and hangs: no read, no write, no FIN. To the server a pulled cable looks just like it. Only a room that sends pings finds out.",
    }
    with_heartbeat(interval, notices, after) {
        vi: "ping mỗi {interval} ms: “{notices}” sau {after} ms",
        en: "a ping every {interval} ms: “{notices}” after {after} ms",
    }
    without_heartbeat(line) {
        vi: "không ping: vẫn “{line}”, và kernel cũng chẳng biết gì hơn",
        en: "no ping: still “{line}”, and the kernel does not know either",
    }
    idle_connections(count) {
        vi: "{count} kết nối đã đọc một tin rồi chờ. Mỗi kết nối tốn thêm:",
        en: "{count} connections have read one message and wait. Each costs us:",
    }
    small_buffer(buffer, memory) {
        vi: "read_buffer_size {buffer} KiB: {memory} KiB",
        en: "read_buffer_size {buffer} KiB: {memory} KiB",
    }
    default_buffer(buffer, memory, ratio) {
        vi: "read_buffer_size {buffer} KiB (mặc định): {memory} KiB, gấp {ratio} lần",
        en: "read_buffer_size {buffer} KiB (default): {memory} KiB, {ratio} times as much",
    }
    memory_unknown() {
        vi: "(Chỉ Linux cho biết bộ nhớ của tiến trình trong /proc/self/status.)",
        en: "(Only Linux tells a process's memory, in /proc/self/status.)",
    }
}

texts! {
    try_serve() {
        vi: "mở hai cửa sổ trình duyệt, thêm một terminal chạy connect HOST:PORT. Tắt server rồi bật lại ở đúng cổng ấy: trang nói gì?",
        en: "open two browser windows, and a terminal with connect HOST:PORT. Restart the server on the same port: what does the page say?",
    }
    try_origin() {
        vi: "trang lạ gọi từ trình duyệt của bạn cũng gửi thế. Bỏ Origin thì sao?",
        en: "what a stranger's page sends from your browser. And without Origin?",
    }
    try_stop() {
        vi: "PID của một client: ss -tnp. Xem server 40 giây, rồi kill -CONT PID",
        en: "PID of a client: ss -tnp. Watch the server for 40 s, then kill -CONT PID",
    }
}

/// The commands to try by hand, each with a sentence about it.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run -p lesson16 -- serve", try_serve()),
        ("curl -i -H 'Upgrade: websocket' -H 'Origin: http://evil' HOST:PORT", try_origin()),
        ("kill -STOP PID", try_stop()),
    ]
}

/// How writes went with a bound for the write buffer: the first that found it full, or how many of each result.
pub(crate) fn write_buffer(bound: usize, results: &[tungstenite::Result<()>]) -> String {
    let is_eagain = |error: &WsError| matches!(error, WsError::Io(error) if error.kind() == WouldBlock);
    for (number, result) in (1..).zip(results) {
        if let Err(error) = result
            && !is_eagain(error)
        {
            return write_buffer_full(bound / 1024, number, error);
        }
    }
    let ok = results.iter().filter(|result| result.is_ok()).count();
    all_buffered(ok, results.len() - ok)
}

/// A message that `read()` has returned.
pub(crate) fn read_returned(message: &Message) -> String {
    format!("read() → {}", self::message(message))
}

/// A message as the story shows it: `Text("chào")`, `Binary(ff 00)`, `Close(1000 "bye")`.
pub(crate) fn message(message: &Message) -> String {
    match message {
        Message::Text(text) => format!("Text({:?})", text.as_str()),
        Message::Close(Some(frame)) => format!("Close({} {:?})", u16::from(frame.code), frame.reason.as_str()),
        Message::Binary(bytes) => {
            let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("Binary({})", hex.join(" "))
        }
        other => format!("{other:?}"),
    }
}
