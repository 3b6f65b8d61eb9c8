//! `idle-reaper`: an event loop with deadlines.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 13,
    name: "idle-reaper",
    title: text!(
        "Vòng lặp sự kiện có hạn chót: tiễn ai im lặng quá lâu",
        "An event loop with deadlines: closes whoever is silent for too long"
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: không ai gửi gì thì không ai bị tiễn; hay client đang nói cũng bị tiễn; hay \
             server thức dậy mãi mà chẳng có việc. Xem thử: `poll` trả về vì những lý do nào?",
            "The usual symptoms: while nobody sends, nobody is closed; or a client that speaks is closed, too; or the \
             server wakes up again and again for nothing. Look at this: for which reasons does `poll` return?",
        ),
        text!(
            "Ý chính: thời gian cũng là một nguồn sự kiện, và `poll` nhận nó qua timeout. Ngủ tới hạn chót gần \
             nhất, thức dậy thì xử lý cái đã tới, rồi tính lại. Mỗi kết nối có đúng một hạn, và hạn ấy đi cùng \
             nó.",
            "The idea: time is one more source of events, and `poll` takes it as its timeout. Sleep until the \
             nearest deadline, do what has come due, count again. Each connection has exactly one deadline, which \
             goes when it goes.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson13`. Bước 3: `poll` ngủ cho tới khi có việc; bước 5: `poll` có \
             hạn, và trả về mà không có sự kiện nào. Chương: `cargo course book 13`.",
            "Where the lesson shows it: `cargo run -p lesson13`. Step 3: `poll` sleeps until there is something \
             to do; step 5: `poll` with a limit returns without any event. The chapter: `cargo course book 13`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "echoes",
        title: text!(
            "Chưa tới hạn thì trả lại những gì client nói",
            "Before the deadline, sends back what clients say"
        ),
        points: 1,
        run: checks::echoes,
    },
    Check {
        id: "says-bye",
        title: text!(
            "Im lặng quá hạn: nghe `bye`, rồi kết nối đóng",
            "Silent for too long: hears `bye`, and is closed"
        ),
        points: 2,
        run: checks::says_bye,
    },
    Check {
        id: "never-spoke",
        title: text!("Chưa từng nói gì cũng có hạn chót", "Who has never spoken has a deadline, too"),
        points: 1,
        run: checks::never_spoke,
    },
    Check {
        id: "talker-stays",
        title: text!(
            "Ai còn nói thì ở lại, ai im lặng thì bị tiễn",
            "Who keeps talking stays, who is silent is closed"
        ),
        points: 2,
        run: checks::talker_stays,
    },
    Check {
        id: "own-deadline",
        title: text!(
            "Mỗi kết nối một hạn chót: tới trước chưa chắc đi trước",
            "A deadline each: first to come need not be first to go"
        ),
        points: 2,
        run: checks::own_deadline,
    },
    Check {
        id: "leaves-first",
        title: text!("Client đi trước hạn thì hạn ấy đi theo", "A client that leaves takes its deadline along"),
        points: 1,
        run: checks::leaves_first,
    },
    Check {
        id: "reset",
        title: text!("Kết nối bị cắt (RST) không làm hỏng gì", "An RST does no harm"),
        points: 1,
        run: checks::reset,
    },
    Check {
        id: "crowd",
        title: text!("Năm trăm hạn chót, không ai bị sót", "Five hundred deadlines, and nobody is missed"),
        points: 1,
        run: checks::crowd,
    },
    Check {
        id: "no-tick",
        title: text!("Hạn còn xa thì ngủ, không thức dậy theo nhịp", "Sleeps while deadlines are far, without a tick"),
        points: 2,
        run: checks::no_tick,
    },
    Check {
        id: "nobody-there",
        title: text!("Không còn ai thì ngủ hẳn", "Sleeps for good when nobody is there"),
        points: 1,
        run: checks::nobody_there,
    },
    Check {
        id: "rests-afterwards",
        title: text!("Tiễn xong là xong, không quay vòng", "Done with a client, does not spin"),
        points: 1,
        run: checks::rests_afterwards,
    },
];
