//! `drain`: a server that stops accepting, finishes what runs, and leaves within a deadline.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 14,
    name: "drain",
    title: text!(
        "Server biết ra về: thôi nhận khách, làm nốt việc dở, thoát đúng hạn",
        "A server that knows how to leave: takes no more calls, finishes, is gone in time",
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: SIGTERM tới thì server hoặc biến mất ngay với việc còn dở, hoặc không bao giờ đi \
             vì một client im lặng. Xem thử: lúc đó mỗi task đang ngủ ở `.await` nào?",
            "The usual symptom: at SIGTERM the server either vanishes with jobs in flight, or never goes because of one \
             silent client. Look at this: at that moment, in which `.await` does each task sleep?",
        ),
        text!(
            "Ý chính: một lời báo tới mọi task cùng lúc, và một cách đếm task để chờ chúng xong. Mỗi task chờ hai điều \
             cùng lúc: dòng tiếp theo, hoặc lời báo. `main` chờ ba điều: mọi task xong, hết hạn, SIGTERM nữa.",
            "The idea: one word that reaches all tasks at once, and a way to count tasks and wait for them. Each task \
             waits for two things at once: the next line, or that word. `main` waits for three: all tasks done, the \
             deadline, another SIGTERM.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson14`, bước 11 (ra về êm đẹp), bước 6 (không mất nửa dòng). Chương: \
             `cargo course book 14`. Tài liệu: trang \"Graceful Shutdown\" của tokio, `CancellationToken` và `TaskTracker` \
             của tokio-util.",
            "Where the lesson shows it: `cargo run -p lesson14`, step 11 (a graceful end), step 6 (half a line is not \
             lost). The chapter: `cargo course book 14`. Documentation: tokio's page \"Graceful Shutdown\", \
             `CancellationToken` and `TaskTracker` of tokio-util.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "jobs",
        title: text!("BEGIN, END: mỗi dòng một câu trả lời đúng", "BEGIN, END: each line gets its one right answer"),
        points: 1,
        run: checks::jobs,
    },
    Check {
        id: "many-clients",
        title: text!("Nhiều client cùng lúc, việc ai nấy giữ", "Many clients at once, each with its own jobs"),
        points: 1,
        run: checks::many_clients,
    },
    Check {
        id: "leaves-at-once",
        title: text!(
            "Không có ai: SIGTERM thì thoát ngay với mã 0",
            "Nobody there: at SIGTERM it exits at once, with 0"
        ),
        points: 1,
        run: checks::leaves_at_once,
    },
    Check {
        id: "idle-bye",
        title: text!("Client đang im được báo BYE rồi đóng", "Idle clients are told BYE, then closed"),
        points: 2,
        run: checks::idle_bye,
    },
    Check {
        id: "stops-accepting",
        title: text!("Sau SIGTERM, ai gọi tới đều bị từ chối", "After SIGTERM, whoever calls is refused"),
        points: 2,
        run: checks::stops_accepting,
    },
    Check {
        id: "job-finishes",
        title: text!(
            "Việc dở được làm cho xong, rồi BYE, rồi thoát",
            "Jobs in flight are finished; then BYE, then exit"
        ),
        points: 2,
        run: checks::job_finishes,
    },
    Check {
        id: "no-new-jobs",
        title: text!("Sau SIGTERM không việc mới nào bắt đầu", "After SIGTERM no new job begins"),
        points: 1,
        run: checks::no_new_jobs,
    },
    Check {
        id: "half-a-line",
        title: text!("Nửa dòng tới trước SIGTERM không bị mất", "Half a line from before SIGTERM is not lost"),
        points: 2,
        run: checks::half_a_line,
    },
    Check {
        id: "client-gone",
        title: text!(
            "Client bỏ đi giữa chừng thì không còn gì để chờ",
            "A client that leaves midway is waited for no more"
        ),
        points: 1,
        run: checks::client_gone,
    },
    Check {
        id: "deadline",
        title: text!(
            "Quá hạn chót: cắt, nói rõ bao nhiêu, thoát với mã 1",
            "Past the deadline: cuts, says how many, exits with 1"
        ),
        points: 2,
        run: checks::deadline,
    },
    Check {
        id: "second-signal",
        title: text!("SIGTERM lần thứ hai: đi ngay", "A second SIGTERM: leaves now"),
        points: 1,
        run: checks::second_signal,
    },
];
