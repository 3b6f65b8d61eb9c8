//! `transport`: a way of one's own to carry frames, judged through the lab's contract.

mod figures;
mod frames;
mod hints;
mod lab;
mod losses;

use crate::{Role, Task, Text, checks};
use figures::*;
use frames::*;
use losses::*;

pub static TASK: Task = Task {
    number: 21,
    name: "transport",
    title: Text {
        vi: "Cách chở khung hình của riêng bạn, đem vào phòng đo",
        en: "A way of your own to carry frames, for the lab",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: khung nhỏ thì tới, khung lớn thì không; từng khung một thì được, vài khung \
                 cùng lúc thì hỏng; hay có xác nhận mà server chưa hề đọc. Xem thử: với mỗi byte trên đường đi, bên \
                 nhận biết nó thuộc khung nào bằng cách nào?",
            en: "The usual symptoms: small frames arrive and large ones do not; one at a time works and several do \
                 not; or there is an acknowledgement though the server has read nothing. Look at this: for each byte \
                 on your wire, how does the receiver know to which frame it belongs?",
        },
        Text {
            vi: "Ý chính: một khung tự nói nó kết thúc ở đâu (độ dài đi trước, mẩu rỗng, hay đóng kết nối), và lời xác \
                 nhận chỉ ra đời ở server, sau byte cuối cùng: số của khung, checksum của những gì đã tới. `send` gửi, \
                 `receive` chỉ đọc; không bên nào đoán thay bên kia.",
            en: "The idea: a frame says itself where it ends (a length in front, an empty chunk, a connection that \
                 closes), and an acknowledgement is born in the server only, after the last byte: the frame's number, \
                 and the checksum of what arrived. `send` sends, `receive` only reads; neither guesses for the other.",
        },
        Text {
            vi: "Xem: lessons/21-comparison/src/transport/stream.rs và tcp.rs là hai cách chở ngắn nhất; CONTRACT.md \
                 nói phòng đo chờ gì. Chương: `cargo course book 21`.",
            en: "Look at lessons/21-comparison/src/transport/stream.rs and tcp.rs, the two shortest transports; \
                 CONTRACT.md says what the lab expects. The chapter: `cargo course book 21`.",
        },
    ],
    source: concat!(
        include_str!("mod.rs"),
        include_str!("frames.rs"),
        include_str!("figures.rs"),
        include_str!("losses.rs"),
        include_str!("lab.rs")
    ),
};

checks! {
    one_frame(1) {
        vi: "Một khung tới nơi, xác nhận đúng số và checksum",
        en: "A frame arrives; number and checksum are acknowledged",
    }
    what_arrived(3) {
        vi: "Xác nhận những gì đã tới, không phải những gì được báo",
        en: "Acknowledges what arrived, not what was announced",
    }
    empty(1) {
        vi: "Khung rỗng cũng là khung",
        en: "An empty frame is a frame",
    }
    sizes(2) {
        vi: "Một byte, và quanh mốc 65.536 byte",
        en: "One byte, and around 65,536 bytes",
    }
    picture(2) {
        vi: "Ảnh 1920 × 1080 thô: 6.220.800 byte",
        en: "A raw picture of 1920 × 1080: 6,220,800 bytes",
    }
    limit(2) {
        vi: "16 MiB thì chở, hơn một byte thì từ chối",
        en: "Carries 16 MiB, refuses one byte more",
    }
    measures(1) {
        vi: "Đo: con số nào cũng khớp với con số khác",
        en: "Measures: all figures agree with each other",
    }
    several_at_once(2) {
        vi: "Bốn khung tới cùng lúc, không mất khung nào",
        en: "Four frames arrive at once, and none is lost",
    }
    window(1) {
        vi: "Không bao giờ quá W khung chưa được xác nhận",
        en: "Never more than W frames unacknowledged",
    }
    work(1) {
        vi: "Xác nhận sau khi đã làm việc, không phải trước",
        en: "Acknowledges after the work, not before",
    }
    paced(2) {
        vi: "Gửi theo nhịp: hết giờ hẹn không phải là lỗi",
        en: "Paced: a moment that passes is no error",
    }
    suspended(3) {
        vi: "Server đứng yên thì không có xác nhận nào",
        en: "No acknowledgement while the server stands still",
    }
    server_gone(2) {
        vi: "Server đi mất: báo lỗi, không bịa, không treo",
        en: "The server is gone: an error, no lie, no hanging",
    }
    next_driver(1) {
        vi: "Hết bên gửi này tới bên gửi khác",
        en: "One driver after the other",
    }
    cut_frame(1) {
        vi: "Bên gửi chết giữa khung: server vẫn phục vụ",
        en: "A driver dies within a frame: the server goes on",
    }
    stranger(1) {
        vi: "Người lạ nói bậy: server vẫn phục vụ",
        en: "Strangers talk nonsense: the server goes on",
    }
    stdin_ends(1) {
        vi: "Server kết thúc cùng stdin của nó",
        en: "The server ends with its stdin",
    }
}
