//! `echo`: a server that sends back the bytes it receives.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 3,
    name: "echo",
    title: text!("Server trả lại đúng những byte nó nhận được", "A server that sends back the bytes it receives",),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: server trả lời tin đầu rồi im, hoặc chỉ trả lời khi client \
             đóng kết nối. Xem thử: một lần `read` trả về khi nào, với bao nhiêu byte?",
            "The usual symptom: the server answers the first message and falls silent, or answers \
             only when the client closes. Look at this: when does one `read` return, and with how \
             many bytes?",
        ),
        text!(
            "Ý chính: một luồng không có tin, chỉ có byte. Một vòng lặp: có gì thì đọc nấy, đọc được \
             bao nhiêu thì ghi lại bấy nhiêu, dừng khi `read` trả về 0. Vòng lặp ấy chạy trong một \
             thread riêng cho mỗi kết nối.",
            "The idea: a stream has no messages, only bytes. One loop: read what is there, write \
             back as much as was read, stop when `read` returns 0. That loop runs in a thread of \
             its own for each connection.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson03`. Bước 3 và 4: accept rồi echo; bước 6 và 7: EOF \
             và đóng một chiều; bước 8: RST. Chương: `cargo course book 03`.",
            "Where the lesson shows it: `cargo run -p lesson03`. Steps 3 and 4: accept, then echo; \
             steps 6 and 7: EOF and half-close; step 8: RST. The chapter: `cargo course book 03`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "same-bytes",
        title: text!("Trả lại đúng những byte đã nhận, ngay khi nhận", "Sends back the bytes it got, at once"),
        points: 2,
        run: checks::same_bytes,
    },
    Check {
        id: "second-message",
        title: text!(
            "Một kết nối gửi nhiều lần, lần nào cũng được trả lời",
            "Answers again and again on one connection"
        ),
        points: 1,
        run: checks::second_message,
    },
    Check {
        id: "any-bytes",
        title: text!("Mọi giá trị byte từ 0 đến 255 đều qua được", "Passes every byte value from 0 to 255"),
        points: 1,
        run: checks::any_bytes,
    },
    Check {
        id: "full-buffer",
        title: text!(
            "Tin dài đúng bằng một buffer vẫn được trả lời ngay",
            "A message of exactly one buffer is answered at once"
        ),
        points: 1,
        run: checks::full_buffer,
    },
    Check {
        id: "half-close",
        title: text!(
            "Client nói xong (FIN): trả hết phần còn lại rồi đóng",
            "After the client's FIN: sends what is left, then closes"
        ),
        points: 2,
        run: checks::half_close,
    },
    Check {
        id: "slow-reader",
        title: text!("Client đọc chậm vẫn nhận đủ từng byte", "A slow reader still gets every byte"),
        points: 1,
        run: checks::slow_reader,
    },
    Check {
        id: "short-write",
        title: text!("Một lần ghi dở dang không làm mất byte nào", "A write cut short loses no byte"),
        points: 1,
        run: checks::short_write,
    },
    Check {
        id: "idle-first",
        title: text!("Một client ngồi im không bắt client khác chờ", "An idle client does not make another wait"),
        points: 2,
        run: checks::idle_first,
    },
    Check {
        id: "reconnect",
        title: text!("Client đầu đi rồi, server vẫn phục vụ tiếp", "Serves on after its first client has left"),
        points: 1,
        run: checks::reconnect,
    },
    Check {
        id: "reset",
        title: text!(
            "Kết nối bị cắt (RST): server không panic, không dừng",
            "Survives an RST while reading: no panic, no stop"
        ),
        points: 2,
        run: checks::reset,
    },
    Check {
        id: "gone-before-reply",
        title: text!(
            "Client bỏ đi khi chưa đọc câu trả lời, server vẫn sống",
            "Survives a client that leaves before the answer"
        ),
        points: 1,
        run: checks::gone_before_reply,
    },
    Check {
        id: "gives-back",
        title: text!(
            "50 client đi rồi, descriptor và thread được trả lại hết",
            "After 50 clients, no descriptor or thread is kept"
        ),
        points: 2,
        run: checks::gives_back,
    },
    Check {
        id: "descriptors-run-out",
        title: text!("Hết descriptor thì đợi, có lại thì phục vụ tiếp", "Out of descriptors: waits, then serves on"),
        points: 1,
        run: checks::descriptors_run_out,
    },
];
