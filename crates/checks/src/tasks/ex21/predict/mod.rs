//! `predict`: predict a ranking, measure it, explain; judged by candidates that know the facts.

mod checks;
mod hints;
mod participants;
mod run;

use crate::{Role, Task, Text, checks};
use checks::*;

/// As the task's text says.
const ROUNDS: usize = 5;
const WARM_UP: usize = 2;
const FRAMES: usize = 5;

pub static TASK: Task = Task {
    number: 21,
    name: "predict",
    title: Text { vi: "Đoán thứ hạng, đo, rồi giải thích", en: "Predict the ranking, measure it, explain" },
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: con số đẹp hơn những gì thật sự xảy ra (đếm khung đã gửi, tin mọi lời xác \
                 nhận), hay xấu hơn (tính cả khởi động, một vòng xui kéo tụt tất cả). Xem thử: đồng hồ của bạn chạy từ \
                 dòng nào tới dòng nào?",
            en: "The usual symptoms: figures that are better than what happened (frames sent are counted, any \
                 acknowledgement is believed), or worse (the warm-up counts, one unlucky round pulls all the others \
                 down). Look at this: from which line to which line does your clock run?",
        },
        Text {
            vi: "Ý chính: một con số chỉ đáng tin khi mỗi khung trong đó đã được xác nhận đúng số, đúng checksum; khi \
                 mọi ứng viên chịu cùng điều kiện (xoay vòng); và khi một lần lạ không đổi được nó (trung vị). Ứng \
                 viên hỏng không phải là chậm: nó không có hạng.",
            en: "The idea: a figure can be believed when each frame in it was acknowledged with the right number and \
                 the right checksum; when all candidates had the same conditions (taking turns); and when one odd \
                 round cannot change it (the median). A candidate that fails is not slow: it has no rank.",
        },
        Text {
            vi: "Xem: lessons/21-comparison/src/drive/pace.rs đo một cách chở khung hình như thế nào. Tự thử: `predict \
                 candidates` mở cả năm ứng viên. Chương: `cargo course book 21`.",
            en: "Look at lessons/21-comparison/src/drive/pace.rs: how the lab measures a transport. By hand: `predict \
                 candidates` opens all five. The chapter: `cargo course book 21`.",
        },
    ],
    source: concat!(
        include_str!("mod.rs"),
        include_str!("checks.rs"),
        include_str!("participants.rs"),
        include_str!("run.rs")
    ),
};

checks! {
    predicts_first(1) {
        vi: "Đoán trước khi đo, đủ năm tên",
        en: "Predicts before it measures, all five names",
    }
    measures(3) {
        vi: "Số khung một giây khớp với đồng hồ phía bên kia",
        en: "Frames a second as the other side's clock has them",
    }
    numbers(1) {
        vi: "Đủ khung cho mỗi vòng, số tăng từng một",
        en: "All frames of each round, numbers that rise by one",
    }
    warm_up(2) {
        vi: "Khung khởi động không tính",
        en: "The warm-up does not count",
    }
    rotation(2) {
        vi: "Các vòng xoay lượt, không đo xong người này mới tới người kia",
        en: "Rounds take turns, and begin with another each time",
    }
    median(2) {
        vi: "Một vòng may, một vòng xui không đổi kết quả",
        en: "One lucky and one unlucky round change nothing",
    }
    ranking(1) {
        vi: "Nhanh nhất đứng đầu",
        en: "The fastest comes first",
    }
    explains(2) {
        vi: "Giải thích từng chỗ đoán sai, và chỉ những chỗ ấy",
        en: "Explains where the prediction was wrong, and only that",
    }
    reconnects(2) {
        vi: "Ứng viên đóng sau mỗi khung: gọi lại, vẫn đo được",
        en: "A candidate that closes after each frame is called again",
    }
    wrong_checksum(2) {
        vi: "Một lời xác nhận sai checksum: loại ứng viên",
        en: "One wrong checksum rules a candidate out",
    }
    wrong_number(1) {
        vi: "Một lời xác nhận sai số: loại ứng viên",
        en: "One wrong number rules a candidate out",
    }
    silent(2) {
        vi: "Ứng viên im lặng: có hạn chót",
        en: "A silent candidate meets a deadline",
    }
    closes_unanswered(1) {
        vi: "Ứng viên nhận khung rồi đóng: không gọi lại mãi",
        en: "A candidate that takes and closes is not called for ever",
    }
    refuses(1) {
        vi: "Ứng viên từ chối kết nối: đo tiếp những ai còn lại",
        en: "A candidate that refuses: the others are measured",
    }
}
