//! `who-are-you`: a server that tells each caller the caller's own address.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 1,
    name: "who-are-you",
    title: text!(
        "Server cho mỗi người gọi biết địa chỉ của chính họ",
        "A server that tells each caller the caller's own address"
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: người đầu được trả lời, rồi server kết thúc hoặc im. Xem thử: \
             những việc nào chỉ làm một lần (xin socket, lắng nghe), những việc nào mỗi người gọi lại \
             phải làm một lần?",
            "The usual symptom: the first caller is answered, then the server ends or falls silent. \
             Look at this: what has to be done once (ask for a socket, listen), and what again for \
             every caller?",
        ),
        text!(
            "Ý chính: mỗi lần `accept` trả về hai thứ, một socket mới dành riêng cho người vừa gọi và \
             địa chỉ của họ. Gửi một dòng vào socket đó rồi để nó bị drop: kết nối đóng theo. Gửi \
             không được thì chỉ mất người đó, vòng lặp vẫn chạy.",
            "The idea: each `accept` returns two things, a new socket for this one caller and their \
             address. Write one line into that socket and let it be dropped: that closes the \
             connection. When the line cannot be sent, you lose that caller only, and the loop goes \
             on.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson01`, bước 3 (nhận cuộc gọi) và bước 4 (một kết nối, \
             hai đầu, hai địa chỉ). Hàm `serve` trong lessons/01-two-processes/src/server.rs có một \
             vòng lặp như vậy. Chương: `cargo course book 01`.",
            "Where the lesson shows it: `cargo run -p lesson01`, step 3 (taking the call) and step 4 \
             (one connection, two ends, two addresses). The function `serve` in \
             lessons/01-two-processes/src/server.rs has such a loop. The chapter: `cargo course book 01`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "tells-the-address",
        title: text!("Nói cho người gọi biết địa chỉ của chính họ", "Tells a caller the caller's own address"),
        points: 3,
        run: checks::tells_the_address,
    },
    Check {
        id: "closes",
        title: text!("Nói xong một dòng thì đóng kết nối", "Closes the connection after its one line"),
        points: 2,
        run: checks::closes,
    },
    Check {
        id: "next-caller",
        title: text!(
            "Người sau cũng được trả lời, đúng địa chỉ của họ",
            "Answers the next caller too, with their own address"
        ),
        points: 2,
        run: checks::next_caller,
    },
    Check {
        id: "lingers",
        title: text!(
            "Một người chưa gác máy không bắt người sau chờ",
            "A caller who does not hang up keeps nobody waiting"
        ),
        points: 1,
        run: checks::lingers,
    },
    Check {
        id: "many-waiting",
        title: text!(
            "Sáu người cùng chờ, ai cũng nghe đúng địa chỉ của mình",
            "Six callers wait; each is told their own address"
        ),
        points: 2,
        run: checks::many_waiting,
    },
    Check {
        id: "leaves-early",
        title: text!("Người gọi bỏ đi trước khi nghe, server vẫn sống", "Survives callers who leave before the answer"),
        points: 1,
        run: checks::leaves_early,
    },
    Check {
        id: "reset",
        title: text!("Người gọi cắt kết nối (RST), server vẫn sống", "Survives callers who reset the connection"),
        points: 2,
        run: checks::reset,
    },
    Check {
        id: "ipv6",
        title: text!("Địa chỉ IPv6 đứng trong ngoặc vuông", "An IPv6 address stands in brackets"),
        points: 1,
        run: checks::ipv6,
    },
    Check {
        id: "gives-back",
        title: text!(
            "40 người gọi xong, server trả lại hết descriptor",
            "After 40 callers, all descriptors are given back"
        ),
        points: 1,
        run: checks::gives_back,
    },
];
