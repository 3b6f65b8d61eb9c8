//! `room`: a WebSocket chat room.

mod checks;
mod clients;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 16,
    name: "room",
    title: Text {
        vi: "Phòng chat: tên, lịch sử, người đọc chậm", en: "A chat room: names, history, slow readers"
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: một người đọc chậm làm cả phòng đứng, hoặc làm bộ nhớ đầy dần; và người bị \
                 mất kết nối thì vẫn còn tên trong phòng.",
            en: "The usual symptoms: one slow reader stops the whole room, or fills its memory; and one whose \
                 connection is lost stays in the room by name.",
        },
        Text {
            vi: "Ý chính: mỗi người một hàng đợi có giới hạn. Phòng chỉ xếp tin vào hàng đợi và không bao giờ chờ; một \
                 vòng lặp riêng cho mỗi người đưa hàng đợi ra mạng. Hàng đợi đầy nghĩa là người đó quá chậm: bỏ người \
                 đó, đừng bỏ tin.",
            en: "The idea: a bounded queue for each member. The room only puts messages in queues and never waits; a \
                 loop of its own for each member brings the queue to the network. A full queue means that the member \
                 is too slow: drop the member, not the message.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson16`. Bước 9: Close; bước 10: cả phòng; bước 11: người không đọc. \
                 Mở thử trang bằng hai trình duyệt: `cargo run -p lesson16 -- serve`. Chương: `cargo course book 16`.",
            en: "Where the lesson shows it: `cargo run -p lesson16`. Step 9: Close; step 10: the whole room; step 11: \
                 one who does not read. Open the page in two browsers: `cargo run -p lesson16 -- serve`. The chapter: \
                 `cargo course book 16`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs"), include_str!("clients.rs")),
};

checks! {
    join(2) {
        vi: "Người mới biết ai đang ở đây, người khác biết ai vừa vào",
        en: "Newcomers learn who is here, the others who came",
    }
    say(2) {
        vi: "Một dòng tới mọi người khác, không tới người nói",
        en: "A line reaches all others, and not the speaker",
    }
    history(1) {
        vi: "Người mới nhận 10 dòng cuối, cũ trước mới sau",
        en: "A newcomer gets the last 10 lines, oldest first",
    }
    names(1) {
        vi: "Tên trùng và tên sai bị từ chối",
        en: "Names that are taken or bad are refused",
    }
    binary(1) {
        vi: "Tin nhị phân tới người khác y nguyên",
        en: "A binary message reaches the others as it is",
    }
    leave(2) {
        vi: "Đi bằng Close, FIN hay RST, người khác đều biết",
        en: "Gone by Close, FIN or RST: the others are told",
    }
    line_length(1) {
        vi: "Dòng dài nhất là 1.024 byte",
        en: "A line has at most 1,024 bytes",
    }
    ping(1) {
        vi: "Ping có pong, cả khi ngồi im",
        en: "A ping gets its pong, also from one who says nothing",
    }
    slow_reader(2) {
        vi: "Người không đọc bị bỏ, không ai khác phải chờ",
        en: "Who does not read is dropped, nobody else waits",
    }
    too_slow(2) {
        vi: "Người bị bỏ mất hàng đợi và nhận Close 4001",
        en: "Who is dropped loses the queue and gets Close 4001",
    }
    strangers(1) {
        vi: "Byte vô nghĩa, khung sai: phòng vẫn chạy, không giữ gì",
        en: "Noise and wrong frames: the room goes on, keeps nothing",
    }
}
