//! `first-free`: a server that takes the first free port of a range, and says which.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 2,
    name: "first-free",
    title: text!(
        "Server lấy cổng trống đầu tiên của một dải và nói rõ là cổng nào",
        "A server that takes the first free port of a range, and says which"
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: cổng đầu bị chiếm là chương trình dừng, hoặc lấy được cổng này mà lại in \
             ra cổng khác. Xem thử: ai biết chắc một cổng có trống hay không, và ai biết chắc cuối cùng mình \
             được cổng nào?",
            "The usual symptom: the first port is in use and the program stops, or it takes one port and \
             prints another. Look at this: who knows for sure whether a port is free, and who knows for sure \
             which port you got?",
        ),
        text!(
            "Ý chính: không hỏi trước, cứ xin. `bind` trả về socket hoặc lỗi, và loại lỗi nói rõ nên thử cổng kế \
             tiếp hay nên thôi. Xin được rồi thì giữ luôn socket đó, đừng đóng để mở lại.",
            "The idea: do not ask first, try. `bind` gives you the socket or an error, and the kind of error \
             says whether to try the next port or to give up. Once you have the socket, keep it; do not close \
             it to open it again.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson02`, bước 2 (hỏi socket xem nó ở cổng nào) và bước 7 (EADDRINUSE). \
             Chương: `cargo course book 02`.",
            "Where the lesson shows it: `cargo run -p lesson02`, step 2 (asking the socket for its port) and step 7 \
             (EADDRINUSE). The chapter: `cargo course book 02`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "takes-first",
        title: text!("Cả dải trống thì lấy cổng đầu", "Takes the first port when all are free"),
        points: 2,
        run: checks::takes_first,
    },
    Check {
        id: "skips-taken",
        title: text!("Cổng có người lắng nghe thì sang cổng kế tiếp", "Goes on past ports where others listen"),
        points: 3,
        run: checks::skips_taken,
    },
    Check {
        id: "gap",
        title: text!("Lấy cổng trống đầu tiên, không phải cổng cuối", "Takes the first gap, not the last"),
        points: 1,
        run: checks::gap,
    },
    Check {
        id: "bound-only",
        title: text!(
            "Cổng có chủ mà chủ chưa lắng nghe cũng là bị chiếm",
            "A port that is held without listening is in use, too"
        ),
        points: 2,
        run: checks::bound_only,
    },
    Check {
        id: "last-included",
        title: text!("Cổng cuối cũng thuộc dải", "The last port belongs to the range"),
        points: 2,
        run: checks::last_included,
    },
    Check {
        id: "single", title: text!("Dải chỉ có một cổng", "A range of one port"), points: 1, run: checks::single
    },
    Check {
        id: "two-instances",
        title: text!("Hai bản chạy cùng dải được hai cổng khác nhau", "Two instances get two ports"),
        points: 2,
        run: checks::two_instances,
    },
    Check {
        id: "caller-after-caller",
        title: text!("Trả lời hết người này đến người khác", "Answers one caller after another"),
        points: 1,
        run: checks::caller_after_caller,
    },
    Check {
        id: "leaves-early",
        title: text!("Người gọi bỏ đi sớm không làm server dừng", "Survives callers who leave early"),
        points: 1,
        run: checks::leaves_early,
    },
    Check {
        id: "none-free",
        title: text!("Không còn cổng nào trống: báo lỗi, mã thoát khác 0", "No free port: says so, exits non-zero"),
        points: 2,
        run: checks::none_free,
    },
    Check {
        id: "not-ours",
        title: text!("Địa chỉ không phải của máy này: báo lỗi ngay", "Not an address of this machine: says so at once"),
        points: 1,
        run: checks::not_ours,
    },
    Check {
        id: "last-of-all",
        title: text!("Cổng 65535 bị chiếm: báo lỗi, không tràn số", "Port 65535 is taken: says so, does not overflow"),
        points: 1,
        run: checks::last_of_all,
    },
];
