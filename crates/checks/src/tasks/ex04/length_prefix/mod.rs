//! `length-prefix`: a server that takes frames and answers each with its payload turned round.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 4,
    name: "length-prefix",
    title: Text {
        vi: "Server nhận từng khung, trả lại nội dung đảo ngược",
        en: "A server that answers each frame with its payload reversed",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: gửi từng khung một thì đúng, gửi hai khung liền nhau hay một khung thành hai \
                 mẩu thì sai. Xem thử: một lần `read` mang về bao nhiêu byte, và con số đó do ai quyết định?",
            en: "The usual symptom: one frame at a time works; two frames at once, or one frame in two pieces, does \
                 not. Look at this: how many bytes does one `read` bring, and who decides that?",
        },
        Text {
            vi: "Ý chính: đọc cho đủ bốn byte, tính ra độ dài, so với giới hạn, đọc cho đủ ngần ấy byte, trả lời. Rồi \
                 lặp lại, vẫn với reader ấy: phần nó đã đọc lố là đầu khung sau. EOF có thể tới ở bất cứ chỗ nào.",
            en: "The idea: read until you have four bytes, work out the length, compare it with the limit, read until \
                 you have that many bytes, answer. Then again, with the same reader: what it has read beyond this \
                 frame is the beginning of the next. EOF may come anywhere.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson04`, bước 2 và 3 (byte dính liền, bị cắt đôi), bước 5 (độ dài đi \
                 trước), bước 7 và 8 (giới hạn, khung dở dang). Chương: `cargo course book 04`.",
            en: "Where the lesson shows it: `cargo run -p lesson04`, steps 2 and 3 (bytes stuck together, cut in two), \
                 step 5 (a length in front), steps 7 and 8 (the limit, half a frame). The chapter: `cargo course book \
                 04`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    one_frame(2) {
        vi: "Một khung được trả lời bằng nội dung đảo ngược",
        en: "One frame comes back with its payload reversed",
    }
    two_in_one_write(2) {
        vi: "Hai khung trong một lần ghi: hai câu trả lời",
        en: "Two frames in one write: two answers",
    }
    one_after_another(1) {
        vi: "Một kết nối chở hết khung này tới khung khác",
        en: "A connection carries one frame after another",
    }
    one_and_a_half(1) {
        vi: "Khung đã đủ thì trả lời ngay, dù khung sau còn thiếu",
        en: "A whole frame is answered while the next is incomplete",
    }
    split_header(1) {
        vi: "Bốn byte độ dài tới trong hai lần đọc",
        en: "The four bytes of length come in two reads",
    }
    split_payload(1) {
        vi: "Nội dung tới trong nhiều lần đọc",
        en: "The payload comes in several reads",
    }
    empty_frame(1) {
        vi: "Khung rỗng cũng là một khung",
        en: "An empty frame is a frame, too",
    }
    any_bytes(1) {
        vi: "Nội dung là byte bất kỳ, không cần là chữ",
        en: "A payload is any bytes, not only text",
    }
    pipelined(2) {
        vi: "40 khung liền nhau, cắt chỗ bất kỳ: đủ, đúng thứ tự",
        en: "40 frames in a row, cut anywhere: all answered in order",
    }
    large_frame(1) {
        vi: "Một khung 70.000 byte",
        en: "A frame of 70,000 bytes",
    }
    exactly_maximum(1) {
        vi: "Nội dung dài đúng 1 MiB vẫn được nhận",
        en: "A payload of exactly 1 MiB is still taken",
    }
    over_maximum(2) {
        vi: "Hơn 1 MiB một byte: đóng kết nối, không chờ nội dung",
        en: "One byte over 1 MiB: closes, waits for no payload",
    }
    greatest_length(1) {
        vi: "Độ dài FF FF FF FF chỉ làm mất kết nối đó",
        en: "The length FF FF FF FF costs that connection only",
    }
    half_close(1) {
        vi: "Client đóng chiều gửi: server trả lời hết rồi mới đóng",
        en: "After the client's FIN: answers everything, then closes",
    }
    cut_frame(1) {
        vi: "Khung bị EOF cắt dở thì không trả lời",
        en: "A frame that EOF cuts short gets no answer",
    }
}
