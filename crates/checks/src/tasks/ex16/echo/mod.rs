//! `echo`: a WebSocket server that sends back each message.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 16,
    name: "echo",
    title: Text {
        vi: "Server WebSocket trả lại từng tin nhắn", en: "A WebSocket server that sends back each message"
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: tin đã \"gửi\" mà client không nhận được, hoặc client đóng lịch sự mà không \
                 ai đáp lại. tungstenite không có thread nào chạy ngầm: nó chỉ làm việc trong lúc bạn gọi nó.",
            en: "The usual symptoms: a message was \"sent\" and the client does not get it, or the client closes \
                 politely and nobody answers. tungstenite has no thread of its own: it works only while you call it.",
        },
        Text {
            vi: "Ý chính: một vòng lặp `read` cho tới khi kết nối kết thúc. Tin text và tin nhị phân thì gửi lại \
                 nguyên tin; khung điều khiển thì đọc tiếp là đủ; lỗi thì nói mã lý do bằng Close rồi mới đi.",
            en: "The idea: one loop of `read` until the connection has ended. Text and binary messages are sent back \
                 whole; for control frames it is enough to read on; on an error, say the code of the reason in a \
                 Close, then leave.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson16`. Bước 2 và 3: khung, ping, pong; bước 4: write và flush; bước \
                 7 và 8: nhị phân, text, mã 1007; bước 9: Close. Thêm `-- --tape` để thấy từng byte. Chương: `cargo \
                 course book 16`.",
            en: "Where the lesson shows it: `cargo run -p lesson16`. Steps 2 and 3: frames, ping, pong; step 4: write \
                 and flush; steps 7 and 8: binary, text, code 1007; step 9: Close. With `-- --tape`, every byte. The \
                 chapter: `cargo course book 16`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    text(2) {
        vi: "Text quay lại thành text, ngay lập tức",
        en: "Text comes back as text, at once",
    }
    binary(2) {
        vi: "Tin nhị phân quay lại nguyên vẹn, vẫn là nhị phân",
        en: "Binary comes back whole, and as binary",
    }
    fragments(1) {
        vi: "Tin chia thành nhiều khung được ghép lại, ping xen giữa vẫn có pong",
        en: "A message in several frames is joined, a ping between is answered",
    }
    ping(1) {
        vi: "Ping có pong ngay; pong không ai hỏi thì thôi",
        en: "A ping gets its pong at once; a pong gets nothing",
    }
    close(2) {
        vi: "Close được đáp bằng Close cùng mã, rồi kết thúc",
        en: "A Close is answered with its code, then the end",
    }
    at_once(2) {
        vi: "Nhiều client cùng lúc, ai cũng được trả lời",
        en: "Many clients at once, each is answered",
    }
    protocol_error(1) {
        vi: "Client sai giao thức nhận Close 1002",
        en: "A breach of protocol gets Close 1002",
    }
    bad_utf8(1) {
        vi: "Text không phải UTF-8 nhận Close 1007",
        en: "Text that is not UTF-8 gets Close 1007",
    }
    too_long(1) {
        vi: "Tin dài đúng giới hạn thì qua, quá một byte nhận Close 1009",
        en: "The longest message passes, one byte more gets Close 1009",
    }
    announced(1) {
        vi: "Header báo quá dài thì từ chối ngay, không chờ nội dung",
        en: "A header that says too long is refused at once",
    }
    not_a_websocket(1) {
        vi: "Không phải WebSocket thì nhận câu trả lời HTTP, server vẫn chạy",
        en: "What is no WebSocket gets an HTTP answer; the server goes on",
    }
    half_handshake(1) {
        vi: "Bắt tay dở dang thì chỉ được 1 giây",
        en: "A handshake that never ends is given 1 second",
    }
    stays_open(1) {
        vi: "Bắt tay xong thì im lặng bao lâu cũng được",
        en: "After the handshake one may be silent for long",
    }
    gone(2) {
        vi: "RST, bỏ ngang, byte vô nghĩa: server không panic, không giữ lại gì",
        en: "RST, half frames, noise: no panic, and nothing is kept",
    }
}
