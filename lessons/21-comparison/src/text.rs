//! Every sentence of lesson 21, both languages side by side.

pub(crate) mod explain;

use narrate::{Text, grouped, texts};

pub(crate) const TITLE: Text = Text { vi: "So sánh, đo thật", en: "The comparison, measured" };

/// A row of speeds: the transport, without work and with it.
pub(crate) fn speed(name: &str, [without, with]: [f64; 2]) -> String {
    format!("      {name:<22}{:>14}{with:>18.1}", grouped(without))
}

/// The last row: how many times the slowest the fastest is.
pub(crate) fn fastest_to_slowest(speeds: &[[f64; 2]]) -> String {
    let [without, with] = [0, 1].map(|at| {
        let all = || speeds.iter().map(|both| both[at]);
        all().fold(0.0, f64::max) / all().fold(f64::INFINITY, f64::min)
    });
    format!("      {:<22}{:>14}{:>18}", fastest_by_slowest(), format!("{without:.1} ×"), format!("{with:.1} ×"))
}

/// What to try by hand.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run --release -p lesson21 -- measure --quick", try_measure()),
        ("cargo run -p lesson21 -- --pcap lesson21.pcap", try_pcap()),
        ("cargo run -p lesson21 -- serve 127.0.0.1:7021", try_serve()),
    ]
}

/// The heading of the speeds.
pub(crate) fn speeds(ms: u64) -> String {
    format!("      {:<22}{:>14}{:>18}", frames_a_second(), without_work(), work_of(ms))
}

texts! {
    lab_help() {
        vi: "  measure, verify, report, list   phòng đo: cargo run --release -p lesson21 -- measure --help",
        en: "  measure, verify, report, list   the lab: cargo run --release -p lesson21 -- measure --help",
    }
    one_frame(bytes) {
        vi: "Khung (frame) là một ảnh JPEG {bytes} byte, kèm số thứ tự và checksum. Nó đi qua bốn cách chở; server đọc từng byte rồi mới xác nhận. Mỗi kết nối chở hai khung: khung đầu mở những gì còn dùng tiếp, khung thứ hai mới được đếm.",
        en: "The frame is a JPEG picture of {bytes} bytes, with a number and a checksum. It travels over four transports, and each server reads every byte before it acknowledges. Each connection carries two frames: the first sets up what later frames use again, and the second is counted.",
    }
    over_tcp() {
        vi: "TCP. Client ghi header (độ dài, số thứ tự, checksum) và ảnh trong một lần gọi. Server trả lời số thứ tự và checksum nó tính ra.",
        en: "TCP. The client writes a header (length, number, checksum) and the picture in one call. The server answers with the number and the checksum that it computed.",
    }
    over_http1() {
        vi: "HTTP/1.1. Vẫn khung ấy, là thân (body) của một POST. Số thứ tự và checksum là hai dòng header, độ dài là Content-Length.",
        en: "HTTP/1.1. The same frame is the body of a POST. Number and checksum are two header lines, and the length is Content-Length.",
    }
    over_websocket() {
        vi: "WebSocket. Sau bước nâng cấp (upgrade), mỗi khung là một tin nhị phân. Client phải XOR từng byte với một khóa che (masking key, RFC 6455 mục 5.3): trên đường truyền không còn thấy ảnh.",
        en: "WebSocket. After the upgrade each frame is one binary message. The client must XOR every byte with a masking key (RFC 6455, section 5.3): on the wire the picture cannot be recognised.",
    }
    over_grpc() {
        vi: "gRPC. Một lời gọi trên HTTP/2: một frame HEADERS, tin protobuf trong các frame DATA, kết quả nằm ở trailers. Lần gọi đầu đã điền bảng header (HPACK), nên lần này phần lớn header chỉ còn là chỉ số.",
        en: "gRPC. A call over HTTP/2: a HEADERS frame, the protobuf message in DATA frames, and the outcome in the trailers. The first call filled the table of header fields (HPACK), so most headers are now only an index.",
    }
    added(bytes, answer) {
        vi: "ngoài ảnh: {bytes} byte; câu trả lời: {answer} byte",
        en: "besides the picture: {bytes} bytes; the answer: {answer} bytes",
    }
    other_answer() { vi: "server xác nhận một khung khác", en: "the server acknowledged another frame" }
    with_work(ms) {
        vi: "Bây giờ gửi liên tục, mỗi lần một khung, và đếm: trước hết server không làm gì với khung, rồi nó tính {ms} ms cho mỗi khung như khi chạy một mô hình nhận dạng.",
        en: "Now frame after frame, one at a time, counted: first the server does nothing with a frame, then it computes for {ms} ms with each, as if it ran a model on it.",
    }
    frames_a_second() { vi: "khung/giây", en: "frames a second" }
    without_work() { vi: "không xử lý", en: "no work" }
    work_of(ms) { vi: "xử lý {ms} ms", en: "{ms} ms of work" }
    fastest_by_slowest() { vi: "nhanh nhất : chậm nhất", en: "fastest : slowest" }
    arithmetic(ms) {
        vi: "Khung/giây = 1000 / ({ms} + t), t là số ms để chở một khung. t có đổi từ 0,05 thành 0,5 thì kết quả chỉ từ 39,9 còn 39,2. Bản dựng không có --release làm thư viện chậm hơn thật; phòng đo (measure) chạy bản release.",
        en: "Frames a second = 1000 / ({ms} + t), where t is the time in ms to carry a frame. When t grows from 0.05 to 0.5, the result only falls from 39.9 to 39.2. A build without --release makes the libraries slower than they are; the lab (measure) runs in release.",
    }
    try_measure() { vi: "mọi cách chở, có đối chứng và báo cáo", en: "every transport, with a control and a report" }
    try_pcap() { vi: "mở bằng Wireshark; với cổng của gRPC: Decode As… HTTP2", en: "open it in Wireshark; for the port of gRPC: Decode As… HTTP2" }
    try_serve() {
        vi: "rồi: cargo run -p lesson21 -- connect 127.0.0.1:7021",
        en: "then: cargo run -p lesson21 -- connect 127.0.0.1:7021",
    }
    acknowledged(number, checksum) { vi: "đã xác nhận khung {number}, checksum {checksum}", en: "frame {number} is acknowledged, checksum {checksum}" }

    cannot_serve(name, why) { vi: "server {name} không chạy được: {why}", en: "the server of {name} cannot run: {why}" }

    claim_udp() { vi: "UDP đơn giản, không kết nối, nên nhanh", en: "UDP is simple, without connections, and therefore fast" }
    claim_unix() {
        vi: "Unix socket không kiểm tra, không định tuyến, nên rất nhẹ và nhanh",
        en: "A Unix socket checks nothing, routes nothing, and is therefore light and fast",
    }
    claim_websocket() { vi: "WebSocket ít trễ, lỗi dễ xử lý", en: "WebSocket has low latency and easy error handling" }
    claim_slowest() { vi: "Socket, WebSocket chậm nhất", en: "Socket and WebSocket are the slowest" }
    claim_fastapi() { vi: "FastAPI: 32 FPS", en: "FastAPI: 32 FPS" }
    claim_grpc() { vi: "gRPC: 36 FPS", en: "gRPC: 36 FPS" }
    verdict_open() {
        vi: "Lần chạy này không đo đủ để nói; thêm --peers để có phía Python.",
        en: "This run did not measure enough to tell; --peers adds the Python side.",
    }
    verdict_udp(small, large) {
        vi: "Cùng khung, cùng xác nhận: UDP chở được {small} % số khung của TCP với ảnh JPEG, {large} % với ảnh 6,2 MB. Không có kết nối không làm cho nó nhanh; phần cắt mảnh, gửi lại, giữ nhịp mà TCP làm trong kernel thì ở đây chương trình phải tự làm. UDP có lợi khi khung cũ không cần gửi lại nữa.",
        en: "Same frames, same acknowledgement: UDP carries {small} % of TCP's frames with the JPEG, {large} % with 6.2 MB. Having no connection does not make it fast; cutting, sending again and pacing, which the kernel does for TCP, the program must do here. UDP gains where a late frame need not be sent again.",
    }
    verdict_unix(small, large) {
        vi: "So với TCP trên loopback, số khung mỗi giây gấp {small} lần với JPEG, {large} lần với ảnh 6,2 MB. Nhẹ hơn thật, nhưng vẫn là những lời gọi hệ thống và hai lần chép cho mỗi khung, và chỉ ở trong một máy.",
        en: "It carries {small} times the frames of TCP on the loopback with the JPEG, {large} times with 6.2 MB. Lighter indeed, yet still system calls and two copies for each frame, and inside one machine only.",
    }
    verdict_websocket(tcp, websocket) {
        vi: "Một khung JPEG cần {websocket} µs qua WebSocket, {tcp} µs qua TCP trần. Độ trễ thấp là của TCP bên dưới; WebSocket trả thêm phần che dữ liệu và phần chép. Còn lỗi: cáp đứt thì cả hai đều im lặng, phải có ping và hạn chót (bài 16).",
        en: "A JPEG takes {websocket} µs by WebSocket and {tcp} µs by bare TCP. The low latency is TCP's below it; WebSocket pays for masking and copies. As to errors: when the cable is pulled both are silent, and it takes pings and a deadline (lesson 16).",
    }
    verdict_slowest(times, low, high, ms) {
        vi: "Socket TCP chở được số khung gấp {times} lần cách nhanh nhất trong HTTP/1.1 và gRPC. Khi mỗi khung mất {ms} ms xử lý như trong ghi chép, tất cả nằm giữa {low} và {high} khung/giây: lúc ấy người ta đo phần xử lý, không đo socket. Muốn socket thành chậm nhất phải làm sai một điều, --explain cho xem từng điều.",
        en: "A TCP socket carries {times} times the frames of the faster one of HTTP/1.1 and gRPC. With {ms} ms of work a frame, as in the note, all of them lie between {low} and {high} frames a second: then it is the work that one measures, not the socket. To make the socket come last takes a mistake; --explain shows each.",
    }
    verdict_figure(note, worked, ms, free) {
        vi: "Ghi chép nói {note}. Ở đây, mỗi khung xử lý {ms} ms thì được {worked} khung/giây; không xử lý gì thì {free}. Con số ấy là của phần xử lý và của cách viết client, không phải của giao thức.",
        en: "The note says {note}. Here it is {worked} frames a second with {ms} ms of work a frame, and {free} with none. The figure belongs to the work and to how the client is written, not to the protocol.",
    }
}
