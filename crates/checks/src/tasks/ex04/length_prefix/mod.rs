//! `length-prefix`: a server that takes frames and answers each with its payload turned round.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 4,
    name: "length-prefix",
    title: text!(
        "Server nhận từng khung, trả lại nội dung đảo ngược",
        "A server that answers each frame with its payload reversed",
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: gửi từng khung một thì đúng, gửi hai khung liền nhau hay một khung thành hai \
             mẩu thì sai. Xem thử: một lần `read` mang về bao nhiêu byte, và con số đó do ai quyết định?",
            "The usual symptom: one frame at a time works; two frames at once, or one frame in two pieces, does not. \
             Look at this: how many bytes does one `read` bring, and who decides that?",
        ),
        text!(
            "Ý chính: đọc cho đủ bốn byte, tính ra độ dài, so với giới hạn, đọc cho đủ ngần ấy byte, trả lời. Rồi \
             lặp lại, vẫn với reader ấy: phần nó đã đọc lố là đầu khung sau. EOF có thể tới ở bất cứ chỗ nào.",
            "The idea: read until you have four bytes, work out the length, compare it with the limit, read until \
             you have that many bytes, answer. Then again, with the same reader: what it has read beyond this frame \
             is the beginning of the next. EOF may come anywhere.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson04`, bước 2 và 3 (byte dính liền, bị cắt đôi), bước 5 (độ dài đi \
             trước), bước 7 và 8 (giới hạn, khung dở dang). Chương: `cargo course book 04`.",
            "Where the lesson shows it: `cargo run -p lesson04`, steps 2 and 3 (bytes stuck together, cut in two), \
             step 5 (a length in front), steps 7 and 8 (the limit, half a frame). The chapter: `cargo course book 04`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "one-frame",
        title: text!(
            "Một khung được trả lời bằng nội dung đảo ngược",
            "One frame comes back with its payload reversed"
        ),
        points: 2,
        run: checks::one_frame,
    },
    Check {
        id: "two-in-one-write",
        title: text!("Hai khung trong một lần ghi: hai câu trả lời", "Two frames in one write: two answers"),
        points: 2,
        run: checks::two_in_one_write,
    },
    Check {
        id: "one-after-another",
        title: text!("Một kết nối chở hết khung này tới khung khác", "A connection carries one frame after another"),
        points: 1,
        run: checks::one_after_another,
    },
    Check {
        id: "one-and-a-half",
        title: text!(
            "Khung đã đủ thì trả lời ngay, dù khung sau còn thiếu",
            "A whole frame is answered while the next is incomplete"
        ),
        points: 1,
        run: checks::one_and_a_half,
    },
    Check {
        id: "split-header",
        title: text!("Bốn byte độ dài tới trong hai lần đọc", "The four bytes of length come in two reads"),
        points: 1,
        run: checks::split_header,
    },
    Check {
        id: "split-payload",
        title: text!("Nội dung tới trong nhiều lần đọc", "The payload comes in several reads"),
        points: 1,
        run: checks::split_payload,
    },
    Check {
        id: "empty-frame",
        title: text!("Khung rỗng cũng là một khung", "An empty frame is a frame, too"),
        points: 1,
        run: checks::empty_frame,
    },
    Check {
        id: "any-bytes",
        title: text!("Nội dung là byte bất kỳ, không cần là chữ", "A payload is any bytes, not only text"),
        points: 1,
        run: checks::any_bytes,
    },
    Check {
        id: "pipelined",
        title: text!(
            "40 khung liền nhau, cắt chỗ bất kỳ: đủ, đúng thứ tự",
            "40 frames in a row, cut anywhere: all answered in order"
        ),
        points: 2,
        run: checks::pipelined,
    },
    Check {
        id: "large-frame",
        title: text!("Một khung 70.000 byte", "A frame of 70,000 bytes"),
        points: 1,
        run: checks::large_frame,
    },
    Check {
        id: "exactly-maximum",
        title: text!("Nội dung dài đúng 1 MiB vẫn được nhận", "A payload of exactly 1 MiB is still taken"),
        points: 1,
        run: checks::exactly_maximum,
    },
    Check {
        id: "over-maximum",
        title: text!(
            "Hơn 1 MiB một byte: đóng kết nối, không chờ nội dung",
            "One byte over 1 MiB: closes, waits for no payload"
        ),
        points: 2,
        run: checks::over_maximum,
    },
    Check {
        id: "greatest-length",
        title: text!("Độ dài FF FF FF FF chỉ làm mất kết nối đó", "The length FF FF FF FF costs that connection only"),
        points: 1,
        run: checks::greatest_length,
    },
    Check {
        id: "half-close",
        title: text!(
            "Client đóng chiều gửi: server trả lời hết rồi mới đóng",
            "After the client's FIN: answers everything, then closes"
        ),
        points: 1,
        run: checks::half_close,
    },
    Check {
        id: "cut-frame",
        title: text!("Khung bị EOF cắt dở thì không trả lời", "A frame that EOF cuts short gets no answer"),
        points: 1,
        run: checks::cut_frame,
    },
];
