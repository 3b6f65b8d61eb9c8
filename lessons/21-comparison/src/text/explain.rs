//! What each single change is, and why it costs what it costs.

use narrate::texts;

texts! {
    two_writes() {
        vi: "Ghi header và nội dung thành hai lần, không đặt TCP_NODELAY",
        en: "Header and payload in two writes, TCP_NODELAY not set",
    }
    two_writes_why() {
        vi: "Nagle giữ lần ghi thứ hai lại cho tới khi lần thứ nhất được xác nhận, còn bên nhận thì hoãn ACK chừng 40 ms. Chỉ khung nhỏ hơn một đoạn của loopback (64 KB) mới gặp. Ghi một lần bằng writev, hoặc đặt TCP_NODELAY, là hết.",
        en: "Nagle holds the second write back until the first is acknowledged, and the receiver delays that ACK by some 40 ms. It meets only frames below the loopback's segment of 64 KB. One writev, or TCP_NODELAY, and it is gone.",
    }
    read_1024() { vi: "Đọc mỗi lần 1.024 byte", en: "Reading 1,024 bytes at a time" }
    read_1024_why() {
        vi: "Một ảnh 0,92 MB thành 900 lời gọi thay vì vài chục. Nối vào Vec của Rust thì rẻ; tốn là ở lời gọi.",
        en: "A frame of 0.92 MB takes 900 calls instead of a few dozen. Appending to a Vec is cheap in Rust; the calls are what costs.",
    }
    recv_concat_why() {
        vi: "recv(1024) rồi data += mẩu: bytes của Python không nối thêm được, mỗi lần nối là chép lại tất cả. Một ảnh 0,92 MB bị chép 900 lần.",
        en: "recv(1024), then data += piece: bytes in Python cannot grow, so that each += copies all that is there. A frame of 0.92 MB is copied 900 times over.",
    }
    small_datagrams() { vi: "Datagram 1.400 byte thay vì 60 KB", en: "Datagrams of 1,400 bytes instead of 60 KB" }
    small_datagrams_why() {
        vi: "1.400 byte là thứ đi vừa một gói Ethernet, ra khỏi máy thì phải vậy. Mỗi khung thành hơn ba mươi mảnh thay vì một; trên loopback thấy rõ giá của từng mảnh.",
        en: "1,400 bytes fit a packet of Ethernet, as they must once they leave the machine. A frame is thirty-odd fragments instead of one, and the loopback shows what each of them costs.",
    }
    keep_alive() { vi: "HTTP/1.1: mỗi khung một kết nối mới", en: "HTTP/1.1 with a new connection for each frame" }
    keep_alive_why() {
        vi: "Mỗi khung trả thêm một lần bắt tay, một lần đóng, và một congestion window bắt đầu lại từ đầu. Trên loopback là vài chục micro giây; trên đường truyền 20 ms là cả vòng đi về.",
        en: "Each frame pays for a handshake, an end, and a congestion window that starts from nothing. Here that is some ten microseconds; on a way of 20 ms it is whole round trips.",
    }
    multipart() { vi: "HTTP/1.1: multipart/form-data thay vì nội dung trần", en: "HTTP/1.1: multipart/form-data instead of the bare body" }
    multipart_why() {
        vi: "Bên nhận phải dò từng byte tìm dấu phân cách, bên gửi phải chép khung vào giữa hai dấu ấy.",
        en: "The receiver looks for the boundary at every byte, and the sender copies the frame in between two of them.",
    }
    base64() { vi: "Base64 trong JSON thay vì byte trần", en: "Base64 in JSON instead of bytes" }
    base64_why() {
        vi: "Thêm một phần ba số byte, và mỗi đầu đi qua khung thêm hai lần: mã hóa và JSON.",
        en: "A third more bytes, and each end goes through the frame twice more: for base64 and for JSON.",
    }
    deflate() { vi: "Nén DEFLATE một ảnh JPEG", en: "DEFLATE on a JPEG" }
    deflate_why() {
        vi: "JPEG nén rồi, nén nữa bớt được chừng một, hai phần trăm mà mất cả mili giây. Thư viện websockets của Python bật sẵn thứ này.",
        en: "A JPEG is compressed: DEFLATE saves a percent or two and takes about a millisecond. Python's websockets library has it on unless you turn it off.",
    }
    tls() { vi: "wss thay vì ws", en: "wss instead of ws" }
    tls_why() {
        vi: "Mỗi byte mã hóa một lần, giải mã một lần, dọc đường còn chép thêm. CPU có lệnh AES, vậy mà với khung to phần này vẫn tốn hơn tất cả phần còn lại.",
        en: "Each byte is encrypted once, decrypted once, and copied on the way. The CPU has instructions for AES, and with large frames this still costs more than all the rest.",
    }
    windows() { vi: "HTTP/2 với cửa sổ mặc định 65.535 byte", en: "HTTP/2 with the default windows of 65,535 bytes" }
    windows_why() {
        vi: "Cứ 64 KB bên gửi phải dừng chờ WINDOW_UPDATE. Trên loopback, mỗi lần dừng là hai đầu cùng phải thức dậy, mười bốn lần cho một ảnh 0,92 MB; trên đường truyền 20 ms thì trần là 64 KB mỗi vòng đi về, chừng ba ảnh 0,92 MB một giây.",
        en: "After each 64 KB the sender stops and waits for a WINDOW_UPDATE. On the loopback each stop wakes both ends, fourteen times for a frame of 0.92 MB; on a way of 20 ms it is a ceiling of 64 KB a round trip, some three frames of 0.92 MB a second.",
    }
    usual_fastapi() { vi: "FastAPI như người ta hay viết", en: "FastAPI as most people write it" }
    usual_fastapi_why() {
        vi: "h11 thay httptools, multipart thay nội dung trần, requests.post mở kết nối mới cho mỗi khung. Cùng FastAPI, cùng máy.",
        en: "h11 instead of httptools, multipart instead of a bare body, and requests.post, which opens a connection for each frame. The same FastAPI on the same machine.",
    }
    new_client() { vi: "httpx.post() cho từng khung", en: "httpx.post() for each frame" }
    new_client_why() {
        vi: "Mỗi lời gọi dựng một client mới, kể cả kho chứng chỉ TLS mà nó không dùng tới. Client giấu mất server.",
        en: "Each call builds a new client, down to a store of TLS certificates that it does not use. The client hides the server.",
    }
    unary() { vi: "gRPC: mỗi khung một lời gọi thay vì một luồng", en: "gRPC: a call for each frame instead of one stream" }
    unary_why() {
        vi: "Mỗi lời gọi là một stream HTTP/2 mới: header đi, header về, trailer. Luồng hai chiều chỉ trả một lần.",
        en: "Each call is a new HTTP/2 stream: headers there, headers back, trailers. A bidirectional stream pays for them once.",
    }
    language() { vi: "Cùng một socket, viết bằng Python", en: "The same socket, written in Python" }
    language_why() {
        vi: "Kernel làm cùng chừng ấy việc; phần thêm là trình thông dịch quanh mỗi lời gọi.",
        en: "The kernel does the same work; what is added is the interpreter around each call.",
    }
}
