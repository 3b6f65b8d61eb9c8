//! `room`: a WebSocket chat room.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 16,
    name: "room",
    title: text!("Phòng chat: tên, lịch sử, người đọc chậm", "A chat room: names, history, slow readers"),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: một người đọc chậm làm cả phòng đứng, hoặc làm bộ nhớ đầy dần; và người bị mất kết nối \
             thì vẫn còn tên trong phòng.",
            "The usual symptoms: one slow reader stops the whole room, or fills its memory; and one whose connection is \
             lost stays in the room by name.",
        ),
        text!(
            "Ý chính: mỗi người một hàng đợi có giới hạn. Phòng chỉ xếp tin vào hàng đợi và không bao giờ chờ; một vòng lặp \
             riêng cho mỗi người đưa hàng đợi ra mạng. Hàng đợi đầy nghĩa là người đó quá chậm: bỏ người đó, đừng bỏ tin.",
            "The idea: a bounded queue for each member. The room only puts messages in queues and never waits; a loop of \
             its own for each member brings the queue to the network. A full queue means that the member is too slow: \
             drop the member, not the message.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson16`. Bước 9: Close; bước 10: cả phòng; bước 11: người không đọc. Mở thử \
             trang bằng hai trình duyệt: `cargo run -p lesson16 -- serve`. Chương: `cargo course book 16`.",
            "Where the lesson shows it: `cargo run -p lesson16`. Step 9: Close; step 10: the whole room; step 11: one who \
             does not read. Open the page in two browsers: `cargo run -p lesson16 -- serve`. The chapter: `cargo course book 16`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "join",
        title: text!(
            "Người mới biết ai đang ở đây, người khác biết ai vừa vào",
            "Newcomers learn who is here, the others who came"
        ),
        points: 2,
        run: checks::join,
    },
    Check {
        id: "say",
        title: text!(
            "Một dòng tới mọi người khác, không tới người nói",
            "A line reaches all others, and not the speaker"
        ),
        points: 2,
        run: checks::say,
    },
    Check {
        id: "history",
        title: text!(
            "Người mới nhận 10 dòng cuối, cũ trước mới sau",
            "A newcomer gets the last 10 lines, oldest first"
        ),
        points: 1,
        run: checks::history,
    },
    Check {
        id: "names",
        title: text!("Tên trùng và tên sai bị từ chối", "Names that are taken or bad are refused"),
        points: 1,
        run: checks::names,
    },
    Check {
        id: "binary",
        title: text!("Tin nhị phân tới người khác y nguyên", "A binary message reaches the others as it is"),
        points: 1,
        run: checks::binary,
    },
    Check {
        id: "leave",
        title: text!(
            "Đi bằng Close, FIN hay RST, người khác đều biết",
            "Gone by Close, FIN or RST: the others are told"
        ),
        points: 2,
        run: checks::leave,
    },
    Check {
        id: "line-length",
        title: text!("Dòng dài nhất là 1.024 byte", "A line has at most 1,024 bytes"),
        points: 1,
        run: checks::line_length,
    },
    Check {
        id: "ping",
        title: text!("Ping có pong, cả khi ngồi im", "A ping gets its pong, also from one who says nothing"),
        points: 1,
        run: checks::ping,
    },
    Check {
        id: "slow-reader",
        title: text!(
            "Người không đọc bị bỏ, không ai khác phải chờ",
            "Who does not read is dropped, nobody else waits"
        ),
        points: 2,
        run: checks::slow_reader,
    },
    Check {
        id: "too-slow",
        title: text!(
            "Người bị bỏ mất hàng đợi và nhận Close 4001",
            "Who is dropped loses the queue and gets Close 4001"
        ),
        points: 2,
        run: checks::too_slow,
    },
    Check {
        id: "strangers",
        title: text!(
            "Byte vô nghĩa, khung sai: phòng vẫn chạy, không giữ gì",
            "Noise and wrong frames: the room goes on, keeps nothing"
        ),
        points: 1,
        run: checks::strangers,
    },
];
