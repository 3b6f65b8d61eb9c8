//! `first-free`: a server that takes the first free port of a range, and says which.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 2,
    name: "first-free",
    title: Text {
        vi: "Server lấy cổng trống đầu tiên của một dải và nói rõ là cổng nào",
        en: "A server that takes the first free port of a range, and says which",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: cổng đầu bị chiếm là chương trình dừng, hoặc lấy được cổng này mà lại in ra \
                 cổng khác. Xem thử: ai biết chắc một cổng có trống hay không, và ai biết chắc cuối cùng mình được \
                 cổng nào?",
            en: "The usual symptom: the first port is in use and the program stops, or it takes one port and prints \
                 another. Look at this: who knows for sure whether a port is free, and who knows for sure which port \
                 you got?",
        },
        Text {
            vi: "Ý chính: không hỏi trước, cứ xin. `bind` trả về socket hoặc lỗi, và loại lỗi nói rõ nên thử cổng kế \
                 tiếp hay nên thôi. Xin được rồi thì giữ luôn socket đó, đừng đóng để mở lại.",
            en: "The idea: do not ask first, try. `bind` gives you the socket or an error, and the kind of error says \
                 whether to try the next port or to give up. Once you have the socket, keep it; do not close it to \
                 open it again.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson02`, bước 2 (hỏi socket xem nó ở cổng nào) và bước 7 (EADDRINUSE). \
                 Chương: `cargo course book 02`.",
            en: "Where the lesson shows it: `cargo run -p lesson02`, step 2 (asking the socket for its port) and step \
                 7 (EADDRINUSE). The chapter: `cargo course book 02`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    takes_first(2) {
        vi: "Cả dải trống thì lấy cổng đầu",
        en: "Takes the first port when all are free",
    }
    skips_taken(3) {
        vi: "Cổng có người lắng nghe thì sang cổng kế tiếp",
        en: "Goes on past ports where others listen",
    }
    gap(1) {
        vi: "Lấy cổng trống đầu tiên, không phải cổng cuối",
        en: "Takes the first gap, not the last",
    }
    bound_only(2) {
        vi: "Cổng có chủ mà chủ chưa lắng nghe cũng là bị chiếm",
        en: "A port that is held without listening is in use, too",
    }
    last_included(2) {
        vi: "Cổng cuối cũng thuộc dải",
        en: "The last port belongs to the range",
    }
    single(1) {
        vi: "Dải chỉ có một cổng",
        en: "A range of one port",
    }
    two_instances(2) {
        vi: "Hai bản chạy cùng dải được hai cổng khác nhau",
        en: "Two instances get two ports",
    }
    caller_after_caller(1) {
        vi: "Trả lời hết người này đến người khác",
        en: "Answers one caller after another",
    }
    leaves_early(1) {
        vi: "Người gọi bỏ đi sớm không làm server dừng",
        en: "Survives callers who leave early",
    }
    none_free(2) {
        vi: "Không còn cổng nào trống: báo lỗi, mã thoát khác 0",
        en: "No free port: says so, exits non-zero",
    }
    not_ours(1) {
        vi: "Địa chỉ không phải của máy này: báo lỗi ngay",
        en: "Not an address of this machine: says so at once",
    }
    last_of_all(1) {
        vi: "Cổng 65535 bị chiếm: báo lỗi, không tràn số",
        en: "Port 65535 is taken: says so, does not overflow",
    }
}
