//! `echo`: a WebSocket server that sends back each message.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 16,
    name: "echo",
    title: text!("Server WebSocket trả lại từng tin nhắn", "A WebSocket server that sends back each message"),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: tin đã \"gửi\" mà client không nhận được, hoặc client đóng lịch sự mà \
             không ai đáp lại. tungstenite không có thread nào chạy ngầm: nó chỉ làm việc trong lúc bạn gọi nó.",
            "The usual symptoms: a message was \"sent\" and the client does not get it, or the client closes \
             politely and nobody answers. tungstenite has no thread of its own: it works only while you call it.",
        ),
        text!(
            "Ý chính: một vòng lặp `read` cho tới khi kết nối kết thúc. Tin text và tin nhị phân thì gửi lại \
             nguyên tin; khung điều khiển thì đọc tiếp là đủ; lỗi thì nói mã lý do bằng Close rồi mới đi.",
            "The idea: one loop of `read` until the connection has ended. Text and binary messages are sent back \
             whole; for control frames it is enough to read on; on an error, say the code of the reason in a \
             Close, then leave.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson16`. Bước 2 và 3: khung, ping, pong; bước 4: write và flush; bước 7 và 8: \
             nhị phân, text, mã 1007; bước 9: Close. Thêm `-- --tape` để thấy từng byte. Chương: `cargo course book 16`.",
            "Where the lesson shows it: `cargo run -p lesson16`. Steps 2 and 3: frames, ping, pong; step 4: write and \
             flush; steps 7 and 8: binary, text, code 1007; step 9: Close. With `-- --tape`, every byte. The chapter: \
             `cargo course book 16`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "text",
        title: text!("Text quay lại thành text, ngay lập tức", "Text comes back as text, at once"),
        points: 2,
        run: checks::text,
    },
    Check {
        id: "binary",
        title: text!("Tin nhị phân quay lại nguyên vẹn, vẫn là nhị phân", "Binary comes back whole, and as binary"),
        points: 2,
        run: checks::binary,
    },
    Check {
        id: "fragments",
        title: text!(
            "Tin chia thành nhiều khung được ghép lại, ping xen giữa vẫn có pong",
            "A message in several frames is joined, a ping between is answered"
        ),
        points: 1,
        run: checks::fragments,
    },
    Check {
        id: "ping",
        title: text!(
            "Ping có pong ngay; pong không ai hỏi thì thôi",
            "A ping gets its pong at once; a pong gets nothing"
        ),
        points: 1,
        run: checks::ping,
    },
    Check {
        id: "close",
        title: text!(
            "Close được đáp bằng Close cùng mã, rồi kết thúc",
            "A Close is answered with its code, then the end"
        ),
        points: 2,
        run: checks::close,
    },
    Check {
        id: "at-once",
        title: text!("Nhiều client cùng lúc, ai cũng được trả lời", "Many clients at once, each is answered"),
        points: 2,
        run: checks::at_once,
    },
    Check {
        id: "protocol-error",
        title: text!("Client sai giao thức nhận Close 1002", "A breach of protocol gets Close 1002"),
        points: 1,
        run: checks::protocol_error,
    },
    Check {
        id: "bad-utf8",
        title: text!("Text không phải UTF-8 nhận Close 1007", "Text that is not UTF-8 gets Close 1007"),
        points: 1,
        run: checks::bad_utf8,
    },
    Check {
        id: "too-long",
        title: text!(
            "Tin dài đúng giới hạn thì qua, quá một byte nhận Close 1009",
            "The longest message passes, one byte more gets Close 1009"
        ),
        points: 1,
        run: checks::too_long,
    },
    Check {
        id: "announced",
        title: text!(
            "Header báo quá dài thì từ chối ngay, không chờ nội dung",
            "A header that says too long is refused at once"
        ),
        points: 1,
        run: checks::announced,
    },
    Check {
        id: "not-a-websocket",
        title: text!(
            "Không phải WebSocket thì nhận câu trả lời HTTP, server vẫn chạy",
            "What is no WebSocket gets an HTTP answer; the server goes on"
        ),
        points: 1,
        run: checks::not_a_websocket,
    },
    Check {
        id: "half-handshake",
        title: text!("Bắt tay dở dang thì chỉ được 1 giây", "A handshake that never ends is given 1 second"),
        points: 1,
        run: checks::half_handshake,
    },
    Check {
        id: "stays-open",
        title: text!("Bắt tay xong thì im lặng bao lâu cũng được", "After the handshake one may be silent for long"),
        points: 1,
        run: checks::stays_open,
    },
    Check {
        id: "gone",
        title: text!(
            "RST, bỏ ngang, byte vô nghĩa: server không panic, không giữ lại gì",
            "RST, half frames, noise: no panic, and nothing is kept"
        ),
        points: 2,
        run: checks::gone,
    },
];
