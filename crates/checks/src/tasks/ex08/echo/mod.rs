//! `echo`: a server that sends every datagram back to whoever sent it.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 8,
    name: "echo",
    title: text!(
        "Server UDP trả lại từng datagram cho người gửi",
        "A UDP server that sends every datagram back to its sender",
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: người đầu tiên được trả lời, người thứ hai thì không; hoặc tin ngắn \
             đúng mà tin dài bị cụt. Xem thử: mỗi lần nhận, bạn biết được những gì ngoài nội dung?",
            "The usual symptoms: the first caller is answered and the second is not; or short messages \
             are right and long ones are cut. Look at this: what does each receive tell you besides the \
             content?",
        ),
        text!(
            "Ý chính: không có kết nối và không có EOF. Mỗi lần nhận là trọn một datagram, kèm địa chỉ \
             người gửi và độ dài; 0 byte cũng là một datagram. Phần không vừa buffer thì mất luôn.",
            "The idea: there is no connection and no EOF. Each receive brings one whole datagram, with \
             its sender's address and its length; 0 bytes is a datagram, too. What does not fit in the \
             buffer is lost.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson08`: ranh giới của tin, tin bị cắt, nhiều người trên một \
             socket, và lời từ chối. Chương: `cargo course book 08`.",
            "Where the lesson shows it: `cargo run -p lesson08`: boundaries, truncation, many peers on \
             one socket, and refusals. The chapter: `cargo course book 08`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "echoes",
        title: text!("Trả lại đúng datagram vừa nhận", "Sends back the datagram that came"),
        points: 2,
        run: checks::echoes,
    },
    Check {
        id: "again",
        title: text!("Trả lời mọi datagram, không chỉ cái đầu", "Answers every datagram, not only the first"),
        points: 2,
        run: checks::again,
    },
    Check {
        id: "two-peers",
        title: text!(
            "Hai người gửi xen kẽ, ai nhận lại tin của người ấy",
            "Two senders take turns, and each gets its own back"
        ),
        points: 2,
        run: checks::two_peers,
    },
    Check {
        id: "any-bytes",
        title: text!("Byte nào cũng đi qua nguyên vẹn", "Any byte comes back unchanged"),
        points: 1,
        run: checks::any_bytes,
    },
    Check {
        id: "short-after-long",
        title: text!(
            "Tin ngắn sau tin dài không kéo theo byte cũ",
            "A short message after a long one carries no old bytes"
        ),
        points: 1,
        run: checks::short_after_long,
    },
    Check {
        id: "empty",
        title: text!("Datagram rỗng cũng là datagram", "An empty datagram is a datagram"),
        points: 2,
        run: checks::empty,
    },
    Check {
        id: "boundaries",
        title: text!(
            "Không gộp, không cắt: bao nhiêu tin vào, bấy nhiêu tin ra",
            "Joins none, splits none: as many messages out as in"
        ),
        points: 2,
        run: checks::boundaries,
    },
    Check {
        id: "sizes",
        title: text!(
            "Tin cỡ một gói mạng và hơn thế vẫn nguyên vẹn",
            "Messages of the size of a packet and more stay whole"
        ),
        points: 1,
        run: checks::sizes,
    },
    Check {
        id: "largest",
        title: text!(
            "Datagram lớn nhất, 65.507 byte, vẫn nguyên vẹn",
            "The largest datagram, 65,507 bytes, stays whole"
        ),
        points: 1,
        run: checks::largest,
    },
    Check {
        id: "closed-port",
        title: text!(
            "Người gửi bỏ đi trước câu trả lời, server vẫn phục vụ người khác",
            "A sender leaves before its answer; the server goes on serving"
        ),
        points: 2,
        run: checks::closed_port,
    },
    Check {
        id: "many-peers",
        title: text!(
            "Năm mươi người gửi không để lại gì trong server",
            "Fifty senders leave nothing behind in the server"
        ),
        points: 1,
        run: checks::many_peers,
    },
    Check {
        id: "rests",
        title: text!("Không có tin thì ngủ, không quay vòng", "Sleeps while there is no message, without spinning"),
        points: 1,
        run: checks::rests,
    },
];
