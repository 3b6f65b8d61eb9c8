//! `drain`: a server that stops accepting, finishes what runs, and leaves within a deadline.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 14,
    name: "drain",
    title: Text {
        vi: "Server biết ra về: thôi nhận khách, làm nốt việc dở, thoát đúng hạn",
        en: "A server that knows how to leave: takes no more calls, finishes, is gone in time",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: SIGTERM tới thì server hoặc biến mất ngay với việc còn dở, hoặc không bao giờ \
                 đi vì một client im lặng. Xem thử: lúc đó mỗi task đang ngủ ở `.await` nào?",
            en: "The usual symptom: at SIGTERM the server either vanishes with jobs in flight, or never goes because \
                 of one silent client. Look at this: at that moment, in which `.await` does each task sleep?",
        },
        Text {
            vi: "Ý chính: một lời báo tới mọi task cùng lúc, và một cách đếm task để chờ chúng xong. Mỗi task chờ hai \
                 điều cùng lúc: dòng tiếp theo, hoặc lời báo. `main` chờ ba điều: mọi task xong, hết hạn, SIGTERM nữa.",
            en: "The idea: one word that reaches all tasks at once, and a way to count tasks and wait for them. Each \
                 task waits for two things at once: the next line, or that word. `main` waits for three: all tasks \
                 done, the deadline, another SIGTERM.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson14`, bước 11 (ra về êm đẹp), bước 6 (không mất nửa dòng). Chương: \
                 `cargo course book 14`. Tài liệu: trang \"Graceful Shutdown\" của tokio, `CancellationToken` và \
                 `TaskTracker` của tokio-util.",
            en: "Where the lesson shows it: `cargo run -p lesson14`, step 11 (a graceful end), step 6 (half a line is \
                 not lost). The chapter: `cargo course book 14`. Documentation: tokio's page \"Graceful Shutdown\", \
                 `CancellationToken` and `TaskTracker` of tokio-util.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    jobs(1) {
        vi: "BEGIN, END: mỗi dòng một câu trả lời đúng",
        en: "BEGIN, END: each line gets its one right answer",
    }
    many_clients(1) {
        vi: "Nhiều client cùng lúc, việc ai nấy giữ",
        en: "Many clients at once, each with its own jobs",
    }
    leaves_at_once(1) {
        vi: "Không có ai: SIGTERM thì thoát ngay với mã 0",
        en: "Nobody there: at SIGTERM it exits at once, with 0",
    }
    idle_bye(2) {
        vi: "Client đang im được báo BYE rồi đóng",
        en: "Idle clients are told BYE, then closed",
    }
    stops_accepting(2) {
        vi: "Sau SIGTERM, ai gọi tới đều bị từ chối",
        en: "After SIGTERM, whoever calls is refused",
    }
    job_finishes(2) {
        vi: "Việc dở được làm cho xong, rồi BYE, rồi thoát",
        en: "Jobs in flight are finished; then BYE, then exit",
    }
    no_new_jobs(1) {
        vi: "Sau SIGTERM không việc mới nào bắt đầu",
        en: "After SIGTERM no new job begins",
    }
    half_a_line(2) {
        vi: "Nửa dòng tới trước SIGTERM không bị mất",
        en: "Half a line from before SIGTERM is not lost",
    }
    client_gone(1) {
        vi: "Client bỏ đi giữa chừng thì không còn gì để chờ",
        en: "A client that leaves midway is waited for no more",
    }
    deadline(2) {
        vi: "Quá hạn chót: cắt, nói rõ bao nhiêu, thoát với mã 1",
        en: "Past the deadline: cuts, says how many, exits with 1",
    }
    second_signal(1) {
        vi: "SIGTERM lần thứ hai: đi ngay",
        en: "A second SIGTERM: leaves now",
    }
}
