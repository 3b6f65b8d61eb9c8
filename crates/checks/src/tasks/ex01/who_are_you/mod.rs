//! `who-are-you`: a server that tells each caller the caller's own address.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 1,
    name: "who-are-you",
    title: Text {
        vi: "Server cho mỗi người gọi biết địa chỉ của chính họ",
        en: "A server that tells each caller the caller's own address",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: người đầu được trả lời, rồi server kết thúc hoặc im. Xem thử: những việc nào \
                 chỉ làm một lần (xin socket, lắng nghe), những việc nào mỗi người gọi lại phải làm một lần?",
            en: "The usual symptom: the first caller is answered, then the server ends or falls silent. Look at this: \
                 what has to be done once (ask for a socket, listen), and what again for every caller?",
        },
        Text {
            vi: "Ý chính: mỗi lần `accept` trả về hai thứ, một socket mới dành riêng cho người vừa gọi và địa chỉ của \
                 họ. Gửi một dòng vào socket đó rồi để nó bị drop: kết nối đóng theo. Gửi không được thì chỉ mất người \
                 đó, vòng lặp vẫn chạy.",
            en: "The idea: each `accept` returns two things, a new socket for this one caller and their address. Write \
                 one line into that socket and let it be dropped: that closes the connection. When the line cannot be \
                 sent, you lose that caller only, and the loop goes on.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson01`, bước 3 (nhận cuộc gọi) và bước 4 (một kết nối, hai đầu, hai \
                 địa chỉ). Hàm `serve` trong lessons/01-two-processes/src/server.rs có một vòng lặp như vậy. Chương: \
                 `cargo course book 01`.",
            en: "Where the lesson shows it: `cargo run -p lesson01`, step 3 (taking the call) and step 4 (one \
                 connection, two ends, two addresses). The function `serve` in lessons/01-two-processes/src/server.rs \
                 has such a loop. The chapter: `cargo course book 01`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    tells_the_address(3) {
        vi: "Nói cho người gọi biết địa chỉ của chính họ",
        en: "Tells a caller the caller's own address",
    }
    closes(2) {
        vi: "Nói xong một dòng thì đóng kết nối",
        en: "Closes the connection after its one line",
    }
    next_caller(2) {
        vi: "Người sau cũng được trả lời, đúng địa chỉ của họ",
        en: "Answers the next caller too, with their own address",
    }
    lingers(1) {
        vi: "Một người chưa gác máy không bắt người sau chờ",
        en: "A caller who does not hang up keeps nobody waiting",
    }
    many_waiting(2) {
        vi: "Sáu người cùng chờ, ai cũng nghe đúng địa chỉ của mình",
        en: "Six callers wait; each is told their own address",
    }
    leaves_early(1) {
        vi: "Người gọi bỏ đi trước khi nghe, server vẫn sống",
        en: "Survives callers who leave before the answer",
    }
    reset(2) {
        vi: "Người gọi cắt kết nối (RST), server vẫn sống",
        en: "Survives callers who reset the connection",
    }
    ipv6(1) {
        vi: "Địa chỉ IPv6 đứng trong ngoặc vuông",
        en: "An IPv6 address stands in brackets",
    }
    gives_back(1) {
        vi: "40 người gọi xong, server trả lại hết descriptor",
        en: "After 40 callers, all descriptors are given back",
    }
}
