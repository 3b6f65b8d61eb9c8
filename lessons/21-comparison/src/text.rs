//! Every sentence of lesson 21, both languages side by side.

pub(crate) mod explain;

use narrate::texts;

texts! {
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
