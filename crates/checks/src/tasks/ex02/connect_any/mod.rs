//! `connect-any`: a client that tries every address, and uses the first that answers.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 2,
    name: "connect-any",
    title: text!(
        "Client thử mọi địa chỉ, chỗ nào kết nối được trước thì dùng",
        "A client that tries every address and uses the first that answers"
    ),
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: địa chỉ đầu hỏng là bỏ cuộc, hoặc địa chỉ đầu im lặng là ngồi chờ mãi. Xem thử: từ chối và im lặng \
             khác nhau chỗ nào, và bạn biết được mỗi thứ vào lúc nào?",
            "The usual symptom: the first address fails and the program gives up, or it is silent and the \
             program waits for ever. Look at this: how is a refusal different from silence, and when do you \
             learn of each?",
        ),
        text!(
            "Ý chính: một nơi duy nhất nghe kết quả và quyết định. Nó chờ một trong ba điều: một kết nối (xong), \
             một lỗi (gọi ngay địa chỉ kế tiếp), hay hết HEAD_START (gọi thêm). Mỗi cuộc gọi là một thread, xong \
             thì báo tin về đó. Hạn chót là một thời điểm: mỗi lần chờ lại tính xem còn bao nhiêu.",
            "The idea: one place hears all results and decides. It waits for one of three things: a connection \
             (done), an error (call the next at once), or the end of HEAD_START (call one more). Each call is a \
             thread that reports to that place. The deadline is a moment: before each wait, work out how much is \
             left.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson02`, bước 6 (một tên, nhiều địa chỉ, thử lần lượt) và bước 7 (các kiểu từ chối). \
             Chương: `cargo course book 02`, đoạn về Happy Eyeballs.",
            "Where the lesson shows it: `cargo run -p lesson02`, step 6 (one name, many addresses, tried in \
             turn) and step 7 (the kinds of refusal). The chapter: `cargo course book 02`, the part on Happy \
             Eyeballs.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "only-address",
        title: text!("Một địa chỉ: gọi và in những gì nghe được", "One address: calls it and prints what it hears"),
        points: 2,
        run: checks::only_address,
    },
    Check {
        id: "falls-back",
        title: text!("Địa chỉ đầu từ chối thì sang địa chỉ sau", "Goes on when the first address refuses"),
        points: 2,
        run: checks::falls_back,
    },
    Check {
        id: "all-refused",
        title: text!("Tất cả từ chối: báo lỗi, không panic", "All refuse: says so, does not panic"),
        points: 2,
        run: checks::all_refused,
    },
    Check {
        id: "at-once",
        title: text!("Bị từ chối thì gọi ngay địa chỉ kế tiếp", "After a refusal calls the next at once"),
        points: 2,
        run: checks::at_once,
    },
    Check {
        id: "first-wins",
        title: text!("Địa chỉ đầu trả lời thì không gọi địa chỉ nào khác", "Calls no other when the first answers"),
        points: 2,
        run: checks::first_wins,
    },
    Check {
        id: "takes-turns",
        title: text!("IPv4 và IPv6 luân phiên nhau", "IPv4 and IPv6 take turns"),
        points: 2,
        run: checks::takes_turns,
    },
    Check {
        id: "first-family",
        title: text!("Họ của địa chỉ đầu tiên đi trước", "Begins with the family of the first address"),
        points: 1,
        run: checks::first_family,
    },
    Check {
        id: "longer-family",
        title: text!("Họ dài hơn không bị cắt phần cuối", "Keeps the rest of the longer family"),
        points: 1,
        run: checks::longer_family,
    },
    Check {
        id: "name",
        title: text!("Gọi được theo tên localhost", "Calls the name localhost"),
        points: 1,
        run: checks::name,
    },
    Check {
        id: "silent",
        title: text!("Địa chỉ đầu im lặng thì gọi thêm địa chỉ sau", "Calls the next while the first is silent"),
        points: 3,
        run: checks::silent,
    },
    Check {
        id: "several-silent",
        title: text!("Qua được nhiều địa chỉ im lặng liên tiếp", "Gets past several silent addresses"),
        points: 2,
        run: checks::several_silent,
    },
    Check {
        id: "all-silent",
        title: text!("Tất cả im lặng: tới hạn chót thì thôi", "All are silent: gives up at the deadline"),
        points: 2,
        run: checks::all_silent,
    },
    Check {
        id: "one-deadline",
        title: text!("Một hạn chót cho cả danh sách, dài đến mấy", "One deadline for the whole list, however long"),
        points: 1,
        run: checks::one_deadline,
    },
    Check {
        id: "slow-first",
        title: text!("Địa chỉ chậm vẫn được dùng nếu nó thắng", "Uses a slow address if it wins"),
        points: 2,
        run: checks::slow_first,
    },
    Check {
        id: "beside-silent",
        title: text!(
            "Bị từ chối: gọi tiếp ngay, dù còn địa chỉ đang im lặng",
            "Refused: goes on at once, even while another is silent"
        ),
        points: 1,
        run: checks::beside_silent,
    },
    Check {
        id: "loser",
        title: text!(
            "Kết nối được rồi thì thôi gọi, kết nối đến muộn thì đóng",
            "Once connected, calls no more, and closes latecomers"
        ),
        points: 2,
        run: checks::loser,
    },
];
