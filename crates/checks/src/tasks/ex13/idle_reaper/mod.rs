//! `idle-reaper`: an event loop with deadlines.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 13,
    name: "idle-reaper",
    title: Text {
        vi: "Vòng lặp sự kiện có hạn chót: tiễn ai im lặng quá lâu",
        en: "An event loop with deadlines: closes whoever is silent for too long",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: không ai gửi gì thì không ai bị tiễn; hay client đang nói cũng bị tiễn; hay \
                 server thức dậy mãi mà chẳng có việc. Xem thử: `poll` trả về vì những lý do nào?",
            en: "The usual symptoms: while nobody sends, nobody is closed; or a client that speaks is closed, too; or \
                 the server wakes up again and again for nothing. Look at this: for which reasons does `poll` return?",
        },
        Text {
            vi: "Ý chính: thời gian cũng là một nguồn sự kiện, và `poll` nhận nó qua timeout. Ngủ tới hạn chót gần \
                 nhất, thức dậy thì xử lý cái đã tới, rồi tính lại. Mỗi kết nối có đúng một hạn, và hạn ấy đi cùng nó.",
            en: "The idea: time is one more source of events, and `poll` takes it as its timeout. Sleep until the \
                 nearest deadline, do what has come due, count again. Each connection has exactly one deadline, which \
                 goes when it goes.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson13`. Bước 3: `poll` ngủ cho tới khi có việc; bước 5: `poll` có \
                 hạn, và trả về mà không có sự kiện nào. Chương: `cargo course book 13`.",
            en: "Where the lesson shows it: `cargo run -p lesson13`. Step 3: `poll` sleeps until there is something to \
                 do; step 5: `poll` with a limit returns without any event. The chapter: `cargo course book 13`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    echoes(1) {
        vi: "Chưa tới hạn thì trả lại những gì client nói",
        en: "Before the deadline, sends back what clients say",
    }
    says_bye(2) {
        vi: "Im lặng quá hạn: nghe `bye`, rồi kết nối đóng",
        en: "Silent for too long: hears `bye`, and is closed",
    }
    never_spoke(1) {
        vi: "Chưa từng nói gì cũng có hạn chót",
        en: "Who has never spoken has a deadline, too",
    }
    talker_stays(2) {
        vi: "Ai còn nói thì ở lại, ai im lặng thì bị tiễn",
        en: "Who keeps talking stays, who is silent is closed",
    }
    own_deadline(2) {
        vi: "Mỗi kết nối một hạn chót: tới trước chưa chắc đi trước",
        en: "A deadline each: first to come need not be first to go",
    }
    leaves_first(1) {
        vi: "Client đi trước hạn thì hạn ấy đi theo",
        en: "A client that leaves takes its deadline along",
    }
    reset(1) {
        vi: "Kết nối bị cắt (RST) không làm hỏng gì",
        en: "An RST does no harm",
    }
    crowd(1) {
        vi: "Năm trăm hạn chót, không ai bị sót",
        en: "Five hundred deadlines, and nobody is missed",
    }
    no_tick(2) {
        vi: "Hạn còn xa thì ngủ, không thức dậy theo nhịp",
        en: "Sleeps while deadlines are far, without a tick",
    }
    nobody_there(1) {
        vi: "Không còn ai thì ngủ hẳn",
        en: "Sleeps for good when nobody is there",
    }
    rests_afterwards(1) {
        vi: "Tiễn xong là xong, không quay vòng",
        en: "Done with a client, does not spin",
    }
}
