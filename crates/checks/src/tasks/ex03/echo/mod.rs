//! `echo`: a server that sends back the bytes it receives.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 3,
    name: "echo",
    title: Text {
        vi: "Server trả lại đúng những byte nó nhận được",
        en: "A server that sends back the bytes it receives",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: server trả lời tin đầu rồi im, hoặc chỉ trả lời khi client đóng kết nối. Xem \
                 thử: một lần `read` trả về khi nào, với bao nhiêu byte?",
            en: "The usual symptom: the server answers the first message and falls silent, or answers only when the \
                 client closes. Look at this: when does one `read` return, and with how many bytes?",
        },
        Text {
            vi: "Ý chính: một luồng không có tin, chỉ có byte. Một vòng lặp: có gì thì đọc nấy, đọc được bao nhiêu thì \
                 ghi lại bấy nhiêu, dừng khi `read` trả về 0. Vòng lặp ấy chạy trong một thread riêng cho mỗi kết nối.",
            en: "The idea: a stream has no messages, only bytes. One loop: read what is there, write back as much as \
                 was read, stop when `read` returns 0. That loop runs in a thread of its own for each connection.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson03`. Bước 3 và 4: accept rồi echo; bước 6 và 7: EOF và đóng một \
                 chiều; bước 8: RST. Chương: `cargo course book 03`.",
            en: "Where the lesson shows it: `cargo run -p lesson03`. Steps 3 and 4: accept, then echo; steps 6 and 7: \
                 EOF and half-close; step 8: RST. The chapter: `cargo course book 03`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs"), include_str!("../../lifecycle.rs")),
};

checks! {
    same_bytes(2) {
        vi: "Trả lại đúng những byte đã nhận, ngay khi nhận",
        en: "Sends back the bytes it got, at once",
    }
    second_message(1) {
        vi: "Một kết nối gửi nhiều lần, lần nào cũng được trả lời",
        en: "Answers again and again on one connection",
    }
    any_bytes(1) {
        vi: "Mọi giá trị byte từ 0 đến 255 đều qua được",
        en: "Passes every byte value from 0 to 255",
    }
    full_buffer(1) {
        vi: "Tin dài đúng bằng một buffer vẫn được trả lời ngay",
        en: "A message of exactly one buffer is answered at once",
    }
    half_close(2) {
        vi: "Client nói xong (FIN): trả hết phần còn lại rồi đóng",
        en: "After the client's FIN: sends what is left, then closes",
    }
    slow_reader(1) {
        vi: "Client đọc chậm vẫn nhận đủ từng byte",
        en: "A slow reader still gets every byte",
    }
    short_write(1) {
        vi: "Một lần ghi dở dang không làm mất byte nào",
        en: "A write cut short loses no byte",
    }
    idle_first(2) {
        vi: "Một client ngồi im không bắt client khác chờ",
        en: "An idle client does not make another wait",
    }
    reconnect(1) {
        vi: "Client đầu đi rồi, server vẫn phục vụ tiếp",
        en: "Serves on after its first client has left",
    }
    reset(2) {
        vi: "Kết nối bị cắt (RST): server không panic, không dừng",
        en: "Survives an RST while reading: no panic, no stop",
    }
    gone_before_reply(1) {
        vi: "Client bỏ đi khi chưa đọc câu trả lời, server vẫn sống",
        en: "Survives a client that leaves before the answer",
    }
    gives_back(2) {
        vi: "50 client đi rồi, descriptor và thread được trả lại hết",
        en: "After 50 clients, no descriptor or thread is kept",
    }
    descriptors_run_out(1) {
        vi: "Hết descriptor thì đợi, có lại thì phục vụ tiếp",
        en: "Out of descriptors: waits, then serves on",
    }
}
