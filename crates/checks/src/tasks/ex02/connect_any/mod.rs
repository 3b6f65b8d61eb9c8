//! `connect-any`: a client that tries every address, and uses the first that answers.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 2,
    name: "connect-any",
    title: Text {
        vi: "Client thử mọi địa chỉ, chỗ nào kết nối được trước thì dùng",
        en: "A client that tries every address and uses the first that answers",
    },
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: địa chỉ đầu hỏng là bỏ cuộc, hoặc địa chỉ đầu im lặng là ngồi chờ mãi. Xem \
                 thử: từ chối và im lặng khác nhau chỗ nào, và bạn biết được mỗi thứ vào lúc nào?",
            en: "The usual symptom: the first address fails and the program gives up, or it is silent and the program \
                 waits for ever. Look at this: how is a refusal different from silence, and when do you learn of each?",
        },
        Text {
            vi: "Ý chính: một nơi duy nhất nghe kết quả và quyết định. Nó chờ một trong ba điều: một kết nối (xong), \
                 một lỗi (gọi ngay địa chỉ kế tiếp), hay hết CONNECTION_ATTEMPT_DELAY (gọi thêm). Mỗi cuộc gọi là một thread, xong \
                 thì báo tin về đó. Hạn chót là một thời điểm: mỗi lần chờ lại tính xem còn bao nhiêu.",
            en: "The idea: one place hears all results and decides. It waits for one of three things: a connection \
                 (done), an error (call the next at once), or the end of CONNECTION_ATTEMPT_DELAY (call one more). Each call is a \
                 thread that reports to that place. The deadline is a moment: before each wait, work out how much is \
                 left.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson02`, bước 6 (một tên, nhiều địa chỉ, thử lần lượt) và bước 7 (các \
                 kiểu từ chối). Chương: `cargo course book 02`, đoạn về Happy Eyeballs.",
            en: "Where the lesson shows it: `cargo run -p lesson02`, step 6 (one name, many addresses, tried in turn) \
                 and step 7 (the kinds of refusal). The chapter: `cargo course book 02`, the part on Happy Eyeballs.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    only_address(2) {
        vi: "Một địa chỉ: gọi và in những gì nghe được",
        en: "One address: calls it and prints what it hears",
    }
    falls_back(2) {
        vi: "Địa chỉ đầu từ chối thì sang địa chỉ sau",
        en: "Goes on when the first address refuses",
    }
    all_refused(2) {
        vi: "Tất cả từ chối: báo lỗi, không panic",
        en: "All refuse: says so, does not panic",
    }
    at_once(2) {
        vi: "Bị từ chối thì gọi ngay địa chỉ kế tiếp",
        en: "After a refusal calls the next at once",
    }
    first_wins(2) {
        vi: "Địa chỉ đầu trả lời thì không gọi địa chỉ nào khác",
        en: "Calls no other when the first answers",
    }
    takes_turns(2) {
        vi: "IPv4 và IPv6 luân phiên nhau",
        en: "IPv4 and IPv6 take turns",
    }
    first_family(1) {
        vi: "Họ của địa chỉ đầu tiên đi trước",
        en: "Begins with the family of the first address",
    }
    longer_family(1) {
        vi: "Họ dài hơn không bị cắt phần cuối",
        en: "Keeps the rest of the longer family",
    }
    name(1) {
        vi: "Gọi được theo tên localhost",
        en: "Calls the name localhost",
    }
    silent(3) {
        vi: "Địa chỉ đầu im lặng thì gọi thêm địa chỉ sau",
        en: "Calls the next while the first is silent",
    }
    several_silent(2) {
        vi: "Qua được nhiều địa chỉ im lặng liên tiếp",
        en: "Gets past several silent addresses",
    }
    all_silent(2) {
        vi: "Tất cả im lặng: tới hạn chót thì thôi",
        en: "All are silent: gives up at the deadline",
    }
    one_deadline(1) {
        vi: "Một hạn chót cho cả danh sách, dài đến mấy",
        en: "One deadline for the whole list, however long",
    }
    slow_first(2) {
        vi: "Địa chỉ chậm vẫn được dùng nếu nó thắng",
        en: "Uses a slow address if it wins",
    }
    beside_silent(1) {
        vi: "Bị từ chối: gọi tiếp ngay, dù còn địa chỉ đang im lặng",
        en: "Refused: goes on at once, even while another is silent",
    }
    loser(2) {
        vi: "Kết nối được rồi thì thôi gọi, kết nối đến muộn thì đóng",
        en: "Once connected, calls no more, and closes latecomers",
    }
}
