//! `transport`: a way of one's own to carry frames, judged through the lab's contract.

mod figures;
mod frames;
mod hints;
mod lab;
mod losses;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 21,
    name: "transport",
    title: text!(
        "Cách chở khung hình của riêng bạn, đem vào phòng đo",
        "A way of your own to carry frames, for the lab"
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: khung nhỏ thì tới, khung lớn thì không; từng khung một thì được, vài khung \
             cùng lúc thì hỏng; hay có xác nhận mà server chưa hề đọc. Xem thử: với mỗi byte trên đường đi, bên \
             nhận biết nó thuộc khung nào bằng cách nào?",
            "The usual symptoms: small frames arrive and large ones do not; one at a time works and several do \
             not; or there is an acknowledgement though the server has read nothing. Look at this: for each byte \
             on your wire, how does the receiver know to which frame it belongs?",
        ),
        text!(
            "Ý chính: một khung tự nói nó kết thúc ở đâu (độ dài đi trước, mẩu rỗng, hay đóng kết nối), và lời xác \
             nhận chỉ ra đời ở server, sau byte cuối cùng: số của khung, checksum của những gì đã tới. `send` gửi, \
             `receive` chỉ đọc; không bên nào đoán thay bên kia.",
            "The idea: a frame says itself where it ends (a length in front, an empty chunk, a connection that \
             closes), and an acknowledgement is born in the server only, after the last byte: the frame's number, \
             and the checksum of what arrived. `send` sends, `receive` only reads; neither guesses for the other.",
        ),
        text!(
            "Xem: lessons/21-comparison/src/transport/stream.rs và tcp.rs là hai cách chở ngắn nhất; CONTRACT.md \
             nói phòng đo chờ gì. Chương: `cargo course book 21`.",
            "Look at lessons/21-comparison/src/transport/stream.rs and tcp.rs, the two shortest transports; \
             CONTRACT.md says what the lab expects. The chapter: `cargo course book 21`.",
        ),
    ],
    source: concat!(
        include_str!("mod.rs"),
        include_str!("frames.rs"),
        include_str!("figures.rs"),
        include_str!("losses.rs"),
        include_str!("lab.rs")
    ),
};

static CHECKS: &[Check] = &[
    Check {
        id: "one-frame",
        title: text!(
            "Một khung tới nơi, xác nhận đúng số và checksum",
            "A frame arrives; number and checksum are acknowledged"
        ),
        points: 1,
        run: frames::one_frame,
    },
    Check {
        id: "what-arrived",
        title: text!(
            "Xác nhận những gì đã tới, không phải những gì được báo",
            "Acknowledges what arrived, not what was announced"
        ),
        points: 3,
        run: frames::what_arrived,
    },
    Check {
        id: "empty",
        title: text!("Khung rỗng cũng là khung", "An empty frame is a frame"),
        points: 1,
        run: frames::empty,
    },
    Check {
        id: "sizes",
        title: text!("Một byte, và quanh mốc 65.536 byte", "One byte, and around 65,536 bytes"),
        points: 2,
        run: frames::sizes,
    },
    Check {
        id: "picture",
        title: text!("Ảnh 1920 × 1080 thô: 6.220.800 byte", "A raw picture of 1920 × 1080: 6,220,800 bytes"),
        points: 2,
        run: frames::picture,
    },
    Check {
        id: "limit",
        title: text!("16 MiB thì chở, hơn một byte thì từ chối", "Carries 16 MiB, refuses one byte more"),
        points: 2,
        run: frames::limit,
    },
    Check {
        id: "measures",
        title: text!("Đo: con số nào cũng khớp với con số khác", "Measures: all figures agree with each other"),
        points: 1,
        run: figures::measures,
    },
    Check {
        id: "several-at-once",
        title: text!("Bốn khung tới cùng lúc, không mất khung nào", "Four frames arrive at once, and none is lost"),
        points: 2,
        run: figures::several_at_once,
    },
    Check {
        id: "window",
        title: text!("Không bao giờ quá W khung chưa được xác nhận", "Never more than W frames unacknowledged"),
        points: 1,
        run: figures::window,
    },
    Check {
        id: "work",
        title: text!("Xác nhận sau khi đã làm việc, không phải trước", "Acknowledges after the work, not before"),
        points: 1,
        run: figures::work,
    },
    Check {
        id: "paced",
        title: text!("Gửi theo nhịp: hết giờ hẹn không phải là lỗi", "Paced: a moment that passes is no error"),
        points: 2,
        run: figures::paced,
    },
    Check {
        id: "suspended",
        title: text!("Server đứng yên thì không có xác nhận nào", "No acknowledgement while the server stands still"),
        points: 3,
        run: figures::suspended,
    },
    Check {
        id: "server-gone",
        title: text!(
            "Server đi mất: báo lỗi, không bịa, không treo",
            "The server is gone: an error, no lie, no hanging"
        ),
        points: 2,
        run: losses::server_gone,
    },
    Check {
        id: "next-driver",
        title: text!("Hết bên gửi này tới bên gửi khác", "One driver after the other"),
        points: 1,
        run: losses::next_driver,
    },
    Check {
        id: "cut-frame",
        title: text!("Bên gửi chết giữa khung: server vẫn phục vụ", "A driver dies within a frame: the server goes on"),
        points: 1,
        run: losses::cut_frame,
    },
    Check {
        id: "stranger",
        title: text!("Người lạ nói bậy: server vẫn phục vụ", "Strangers talk nonsense: the server goes on"),
        points: 1,
        run: losses::stranger,
    },
    Check {
        id: "stdin-ends",
        title: text!("Server kết thúc cùng stdin của nó", "The server ends with its stdin"),
        points: 1,
        run: losses::stdin_ends,
    },
];
