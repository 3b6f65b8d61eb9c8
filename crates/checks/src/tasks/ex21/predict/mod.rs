//! `predict`: predict a ranking, measure it, explain; judged by candidates that know the facts.

mod checks;
mod field;
mod hints;
mod run;

use crate::{Check, Role, Task, text};

/// As the task's text says.
const ROUNDS: usize = 5;
const WARM_UP: usize = 2;
const FRAMES: usize = 5;

pub static TASK: Task = Task {
    number: 21,
    name: "predict",
    title: text!("Đoán thứ hạng, đo, rồi giải thích", "Predict the ranking, measure it, explain"),
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: con số đẹp hơn những gì thật sự xảy ra (đếm khung đã gửi, tin mọi lời xác \
             nhận), hay xấu hơn (tính cả khởi động, một vòng xui kéo tụt tất cả). Xem thử: đồng hồ của bạn chạy từ \
             dòng nào tới dòng nào?",
            "The usual symptoms: figures that are better than what happened (frames sent are counted, any \
             acknowledgement is believed), or worse (the warm-up counts, one unlucky round pulls all the others \
             down). Look at this: from which line to which line does your clock run?",
        ),
        text!(
            "Ý chính: một con số chỉ đáng tin khi mỗi khung trong đó đã được xác nhận đúng số, đúng checksum; khi \
             mọi ứng viên chịu cùng điều kiện (xoay vòng); và khi một lần lạ không đổi được nó (trung vị). Ứng \
             viên hỏng không phải là chậm: nó không có hạng.",
            "The idea: a figure can be believed when each frame in it was acknowledged with the right number and \
             the right checksum; when all candidates had the same conditions (taking turns); and when one odd \
             round cannot change it (the median). A candidate that fails is not slow: it has no rank.",
        ),
        text!(
            "Xem: lessons/21-comparison/src/drive/pace.rs đo một cách chở khung hình như thế nào. Tự thử: `predict \
             candidates` mở cả năm ứng viên. Chương: `cargo course book 21`.",
            "Look at lessons/21-comparison/src/drive/pace.rs: how the lab measures a transport. By hand: `predict \
             candidates` opens all five. The chapter: `cargo course book 21`.",
        ),
    ],
    source: concat!(
        include_str!("mod.rs"),
        include_str!("checks.rs"),
        include_str!("field.rs"),
        include_str!("run.rs")
    ),
};

static CHECKS: &[Check] = &[
    Check {
        id: "predicts-first",
        title: text!("Đoán trước khi đo, đủ năm tên", "Predicts before it measures, all five names"),
        points: 1,
        run: checks::predicts_first,
    },
    Check {
        id: "measures",
        title: text!(
            "Số khung một giây khớp với đồng hồ phía bên kia",
            "Frames a second as the other side's clock has them"
        ),
        points: 3,
        run: checks::measures,
    },
    Check {
        id: "numbers",
        title: text!("Đủ khung cho mỗi vòng, số tăng từng một", "All frames of each round, numbers that rise by one"),
        points: 1,
        run: checks::numbers,
    },
    Check {
        id: "warm-up",
        title: text!("Khung khởi động không tính", "The warm-up does not count"),
        points: 2,
        run: checks::warm_up,
    },
    Check {
        id: "rotation",
        title: text!(
            "Các vòng xoay lượt, không đo xong người này mới tới người kia",
            "Rounds take turns, and begin with another each time"
        ),
        points: 2,
        run: checks::rotation,
    },
    Check {
        id: "median",
        title: text!("Một vòng may, một vòng xui không đổi kết quả", "One lucky and one unlucky round change nothing"),
        points: 2,
        run: checks::median,
    },
    Check {
        id: "ranking",
        title: text!("Nhanh nhất đứng đầu", "The fastest comes first"),
        points: 1,
        run: checks::ranking,
    },
    Check {
        id: "explains",
        title: text!(
            "Giải thích từng chỗ đoán sai, và chỉ những chỗ ấy",
            "Explains where the prediction was wrong, and only that"
        ),
        points: 2,
        run: checks::explains,
    },
    Check {
        id: "reconnects",
        title: text!(
            "Ứng viên đóng sau mỗi khung: gọi lại, vẫn đo được",
            "A candidate that closes after each frame is called again"
        ),
        points: 2,
        run: checks::reconnects,
    },
    Check {
        id: "wrong-checksum",
        title: text!("Một lời xác nhận sai checksum: loại ứng viên", "One wrong checksum rules a candidate out"),
        points: 2,
        run: checks::wrong_checksum,
    },
    Check {
        id: "wrong-number",
        title: text!("Một lời xác nhận sai số: loại ứng viên", "One wrong number rules a candidate out"),
        points: 1,
        run: checks::wrong_number,
    },
    Check {
        id: "silent",
        title: text!("Ứng viên im lặng: có hạn chót", "A silent candidate meets a deadline"),
        points: 2,
        run: checks::silent,
    },
    Check {
        id: "closes-unanswered",
        title: text!(
            "Ứng viên nhận khung rồi đóng: không gọi lại mãi",
            "A candidate that takes and closes is not called for ever"
        ),
        points: 1,
        run: checks::closes_unanswered,
    },
    Check {
        id: "refuses",
        title: text!(
            "Ứng viên từ chối kết nối: đo tiếp những ai còn lại",
            "A candidate that refuses: the others are measured"
        ),
        points: 1,
        run: checks::refuses,
    },
];
