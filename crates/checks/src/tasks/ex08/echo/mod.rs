//! `echo`: a server that sends every datagram back to whoever sent it.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 8,
    name: "echo",
    title: Text {
        vi: "Server UDP trả lại từng datagram cho người gửi",
        en: "A UDP server that sends every datagram back to its sender",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: người đầu tiên được trả lời, người thứ hai thì không; hoặc tin ngắn đúng mà \
                 tin dài bị cụt. Xem thử: mỗi lần nhận, bạn biết được những gì ngoài nội dung?",
            en: "The usual symptoms: the first caller is answered and the second is not; or short messages are right \
                 and long ones are cut. Look at this: what does each receive tell you besides the content?",
        },
        Text {
            vi: "Ý chính: không có kết nối và không có EOF. Mỗi lần nhận là trọn một datagram, kèm địa chỉ người gửi \
                 và độ dài; 0 byte cũng là một datagram. Phần không vừa buffer thì mất luôn.",
            en: "The idea: there is no connection and no EOF. Each receive brings one whole datagram, with its \
                 sender's address and its length; 0 bytes is a datagram, too. What does not fit in the buffer is lost.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson08`: ranh giới của tin, tin bị cắt, nhiều người trên một socket, \
                 và lời từ chối. Chương: `cargo course book 08`.",
            en: "Where the lesson shows it: `cargo run -p lesson08`: boundaries, truncation, many peers on one socket, \
                 and refusals. The chapter: `cargo course book 08`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    echoes(2) {
        vi: "Trả lại đúng datagram vừa nhận",
        en: "Sends back the datagram that came",
    }
    again(2) {
        vi: "Trả lời mọi datagram, không chỉ cái đầu",
        en: "Answers every datagram, not only the first",
    }
    two_peers(2) {
        vi: "Hai người gửi xen kẽ, ai nhận lại tin của người ấy",
        en: "Two senders take turns, and each gets its own back",
    }
    any_bytes(1) {
        vi: "Byte nào cũng đi qua nguyên vẹn",
        en: "Any byte comes back unchanged",
    }
    short_after_long(1) {
        vi: "Tin ngắn sau tin dài không kéo theo byte cũ",
        en: "A short message after a long one carries no old bytes",
    }
    empty(2) {
        vi: "Datagram rỗng cũng là datagram",
        en: "An empty datagram is a datagram",
    }
    boundaries(2) {
        vi: "Không gộp, không cắt: bao nhiêu tin vào, bấy nhiêu tin ra",
        en: "Joins none, splits none: as many messages out as in",
    }
    sizes(1) {
        vi: "Tin cỡ một gói mạng và hơn thế vẫn nguyên vẹn",
        en: "Messages of the size of a packet and more stay whole",
    }
    largest(1) {
        vi: "Datagram lớn nhất, 65.507 byte, vẫn nguyên vẹn",
        en: "The largest datagram, 65,507 bytes, stays whole",
    }
    closed_port(2) {
        vi: "Người gửi bỏ đi trước câu trả lời, server vẫn phục vụ người khác",
        en: "A sender leaves before its answer; the server goes on serving",
    }
    many_peers(1) {
        vi: "Năm mươi người gửi không để lại gì trong server",
        en: "Fifty senders leave nothing behind in the server",
    }
    rests(1) {
        vi: "Không có tin thì ngủ, không quay vòng",
        en: "Sleeps while there is no message, without spinning",
    }
}
