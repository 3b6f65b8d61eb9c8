//! `greet`: a client that introduces itself and prints the answer.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 1,
    name: "greet",
    title: Text {
        vi: "Client xưng tên rồi in ra câu server trả lời",
        en: "A client that says its name and prints the server's answer",
    },
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: gọi được rồi mà hai bên cùng im, mỗi bên chờ bên kia. Xem thử: byte cuối cùng \
                 bạn gửi là gì, và nhìn vào đâu thì bên kia biết dòng của bạn đã hết?",
            en: "The usual symptom: you are connected, and both sides are silent, each waiting for the other. Look at \
                 this: what is the last byte that you send, and how can the other side tell that your line has ended?",
        },
        Text {
            vi: "Ý chính: gọi, gửi một dòng, rồi đọc cho đến `\\n`. Thiếu `\\n` thì chưa phải câu trả lời, dù server \
                 đã đóng hay đã gửi rất nhiều. Thư viện chuẩn có sẵn cách đọc đến một byte cho trước: xem trait \
                 `std::io::BufRead`; và cách đặt giới hạn: `std::io::Read::take`.",
            en: "The idea: call, send one line, then read up to the `\\n`. Without a `\\n` there is no answer, even if \
                 the server has closed, or has sent a lot. The standard library can read up to a given byte: see the \
                 trait `std::io::BufRead`; and it can set a limit: `std::io::Read::take`.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson01`, bước 3 (gọi, gửi, nhận) và bước 7 (bên kia không còn ai). Hàm \
                 `read_line` trong lessons/01-two-processes/src/server.rs đọc từng dòng như vậy. Chương: `cargo course \
                 book 01`.",
            en: "Where the lesson shows it: `cargo run -p lesson01`, step 3 (call, send, receive) and step 7 (nobody \
                 at the other end). The function `read_line` in lessons/01-two-processes/src/server.rs reads lines in \
                 this way. The chapter: `cargo course book 01`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    introduces(2) {
        vi: "Gọi tới địa chỉ đã cho và gửi đúng một dòng HELLO",
        en: "Calls the address and sends one HELLO line",
    }
    prints_the_answer(2) {
        vi: "In ra câu trả lời, không hơn không kém",
        en: "Prints the answer, no more and no less",
    }
    letters(1) {
        vi: "Chữ có dấu đi qua nguyên vẹn, cả hai chiều",
        en: "Vietnamese letters pass whole, both ways",
    }
    stays_open(2) {
        vi: "Đọc xong dòng là đủ, dù server chưa đóng kết nối",
        en: "One line is enough, though the server does not close",
    }
    pieces(2) {
        vi: "Câu trả lời đến từng byte một vẫn là một câu",
        en: "An answer that comes byte by byte is one answer",
    }
    split_letter(1) {
        vi: "Một chữ bị cắt làm đôi trên đường vẫn in ra đúng",
        en: "A letter cut in two on the way is printed right",
    }
    more_follows(1) {
        vi: "Chỉ in dòng đầu, dù sau đó còn byte khác",
        en: "Prints the first line only, though more bytes follow",
    }
    no_answer(1) {
        vi: "Server đóng mà không trả lời: báo lỗi",
        en: "The server closes without an answer: an error",
    }
    half_an_answer(1) {
        vi: "Server đóng giữa câu: báo lỗi, không in nửa câu",
        en: "The server closes in mid-answer: an error, not a half",
    }
    reset(1) {
        vi: "Server cắt kết nối (RST): báo lỗi, không panic",
        en: "The server resets the connection: an error, no panic",
    }
    nobody_there(1) {
        vi: "Không ai lắng nghe ở đó: báo lỗi, không panic",
        en: "Nobody listens there: an error, no panic",
    }
    longest(1) {
        vi: "Nhận câu trả lời dài đúng 1024 byte",
        en: "Takes an answer of exactly 1024 bytes",
    }
    too_long(2) {
        vi: "1024 byte mà chưa hết dòng: báo lỗi, thôi đọc",
        en: "1024 bytes and no end of line: an error, stops reading",
    }
}
