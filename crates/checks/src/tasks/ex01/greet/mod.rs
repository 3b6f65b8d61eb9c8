//! `greet`: a client that introduces itself and prints the answer.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 1,
    name: "greet",
    title: text!(
        "Client xưng tên rồi in ra câu server trả lời",
        "A client that says its name and prints the server's answer"
    ),
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: gọi được rồi mà hai bên cùng im, mỗi bên chờ bên kia. Xem thử: \
             byte cuối cùng bạn gửi là gì, và nhìn vào đâu thì bên kia biết dòng của bạn đã hết?",
            "The usual symptom: you are connected, and both sides are silent, each waiting for the \
             other. Look at this: what is the last byte that you send, and how can the other side tell \
             that your line has ended?",
        ),
        text!(
            "Ý chính: gọi, gửi một dòng, rồi đọc cho đến `\\n`. Thiếu `\\n` thì chưa phải câu trả lời, \
             dù server đã đóng hay đã gửi rất nhiều. Thư viện chuẩn có sẵn cách đọc đến một byte cho \
             trước: xem trait `std::io::BufRead`; và cách đặt giới hạn: `std::io::Read::take`.",
            "The idea: call, send one line, then read up to the `\\n`. Without a `\\n` there is no \
             answer, even if the server has closed, or has sent a lot. The standard library can read \
             up to a given byte: see the trait `std::io::BufRead`; and it can set a limit: \
             `std::io::Read::take`.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson01`, bước 3 (gọi, gửi, nhận) và bước 7 (bên kia không \
             còn ai). Hàm `read_line` trong lessons/01-two-processes/src/server.rs đọc từng dòng như \
             vậy. Chương: `cargo course book 01`.",
            "Where the lesson shows it: `cargo run -p lesson01`, step 3 (call, send, receive) and step \
             7 (nobody at the other end). The function `read_line` in \
             lessons/01-two-processes/src/server.rs reads lines in this way. The chapter: `cargo course \
             book 01`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "introduces",
        title: text!("Gọi tới địa chỉ đã cho và gửi đúng một dòng HELLO", "Calls the address and sends one HELLO line"),
        points: 2,
        run: checks::introduces,
    },
    Check {
        id: "prints-the-answer",
        title: text!("In ra câu trả lời, không hơn không kém", "Prints the answer, no more and no less"),
        points: 2,
        run: checks::prints_the_answer,
    },
    Check {
        id: "letters",
        title: text!("Chữ có dấu đi qua nguyên vẹn, cả hai chiều", "Vietnamese letters pass whole, both ways"),
        points: 1,
        run: checks::letters,
    },
    Check {
        id: "stays-open",
        title: text!(
            "Đọc xong dòng là đủ, dù server chưa đóng kết nối",
            "One line is enough, though the server does not close"
        ),
        points: 2,
        run: checks::stays_open,
    },
    Check {
        id: "pieces",
        title: text!("Câu trả lời đến từng byte một vẫn là một câu", "An answer that comes byte by byte is one answer"),
        points: 2,
        run: checks::pieces,
    },
    Check {
        id: "split-letter",
        title: text!(
            "Một chữ bị cắt làm đôi trên đường vẫn in ra đúng",
            "A letter cut in two on the way is printed right"
        ),
        points: 1,
        run: checks::split_letter,
    },
    Check {
        id: "more-follows",
        title: text!(
            "Chỉ in dòng đầu, dù sau đó còn byte khác",
            "Prints the first line only, though more bytes follow"
        ),
        points: 1,
        run: checks::more_follows,
    },
    Check {
        id: "no-answer",
        title: text!("Server đóng mà không trả lời: báo lỗi", "The server closes without an answer: an error"),
        points: 1,
        run: checks::no_answer,
    },
    Check {
        id: "half-an-answer",
        title: text!(
            "Server đóng giữa câu: báo lỗi, không in nửa câu",
            "The server closes in mid-answer: an error, not a half"
        ),
        points: 1,
        run: checks::half_an_answer,
    },
    Check {
        id: "reset",
        title: text!(
            "Server cắt kết nối (RST): báo lỗi, không panic",
            "The server resets the connection: an error, no panic"
        ),
        points: 1,
        run: checks::reset,
    },
    Check {
        id: "nobody-there",
        title: text!("Không ai lắng nghe ở đó: báo lỗi, không panic", "Nobody listens there: an error, no panic"),
        points: 1,
        run: checks::nobody_there,
    },
    Check {
        id: "longest",
        title: text!("Nhận câu trả lời dài đúng 1024 byte", "Takes an answer of exactly 1024 bytes"),
        points: 1,
        run: checks::longest,
    },
    Check {
        id: "too-long",
        title: text!(
            "1024 byte mà chưa hết dòng: báo lỗi, thôi đọc",
            "1024 bytes and no end of line: an error, stops reading"
        ),
        points: 2,
        run: checks::too_long,
    },
];
