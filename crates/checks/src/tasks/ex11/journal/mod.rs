//! `journal`: collects datagrams in a file, and keeps what it acknowledged.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 11,
    name: "journal",
    title: text!(
        "Gom datagram vào nhật ký, đã xác nhận thì không mất",
        "Collects datagrams in a log; what it acknowledged, it keeps"
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: mọi thứ chạy tốt, cho tới khi chương trình bị kill. Xem thử: `kill \
             -9` ngay sau một xác nhận rồi mở tệp: mục đó có ở đó không? Chạy lại thì mục kế mang số mấy?",
            "The usual symptom: all is well until the program is killed. Look at this: `kill -9` right \
             after an acknowledgement, then open the file: is the entry there? Run it again: which number \
             does the next entry get?",
        ),
        text!(
            "Ý chính: thứ tự là lời hứa. Ghi trọn dòng, sync, rồi mới xác nhận. Không giữ được thì không \
             hứa. Còn gửi xác nhận chỉ là cố hết sức: người nhận đi mất hay không đọc thì bỏ qua, không \
             chờ mãi.",
            "The idea: the order is the promise. Write the whole line, sync, only then acknowledge. What \
             cannot be kept is not promised. Sending the acknowledgement is best effort: when its \
             receiver has left or does not read, go on, and do not wait for ever.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson11`, bước 4 (ranh giới được giữ, người gửi không tên), \
             bước 5 (hàng đợi đầy thì người gửi phải chờ). Chương: `cargo course book 11`.",
            "Where the lesson shows it: `cargo run -p lesson11`, step 4 (boundaries kept, a sender \
             without a name), step 5 (a full queue makes the sender wait). The chapter: `cargo course \
             book 11`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "entry",
        title: text!(
            "Ghi mỗi datagram thành một dòng, rồi xác nhận số của nó",
            "Writes a datagram as one line and acknowledges its number"
        ),
        points: 2,
        run: checks::entry,
    },
    Check {
        id: "in-order",
        title: text!(
            "Nhiều người gửi: đánh số theo thứ tự tới, không gộp",
            "Several senders: numbers in order of arrival, none joined"
        ),
        points: 1,
        run: checks::in_order,
    },
    Check {
        id: "unnamed",
        title: text!(
            "Người gửi không tên: ghi lại, không xác nhận",
            "A sender without a name is recorded and not acknowledged"
        ),
        points: 2,
        run: checks::unnamed,
    },
    Check {
        id: "abstract-name",
        title: text!("Tên trừu tượng cũng là tên: có xác nhận", "An abstract name is a name: it is acknowledged"),
        points: 1,
        run: checks::abstract_name,
    },
    Check {
        id: "connected",
        title: text!(
            "Người gửi đã connect cũng nhận được xác nhận",
            "A sender that has connected gets its acknowledgement"
        ),
        points: 1,
        run: checks::connected,
    },
    Check {
        id: "one-line",
        title: text!(
            "Xuống dòng bên trong không giả được một mục khác",
            "A line end inside cannot forge another entry"
        ),
        points: 2,
        run: checks::one_line,
    },
    Check {
        id: "any-bytes",
        title: text!("Mọi giá trị byte đều giữ nguyên", "Keeps every byte value as it is"),
        points: 1,
        run: checks::any_bytes,
    },
    Check {
        id: "empty",
        title: text!("Datagram rỗng cũng là một mục", "An empty datagram is an entry"),
        points: 1,
        run: checks::empty,
    },
    Check {
        id: "sizes",
        title: text!("Mục dài tới 65.536 byte vẫn trọn vẹn", "Keeps entries whole, up to 65,536 bytes"),
        points: 1,
        run: checks::sizes,
    },
    Check {
        id: "too-long",
        title: text!(
            "Dài hơn nữa thì không ghi mẩu cụt, không xác nhận",
            "Longer ones: no stump in the file, no acknowledgement"
        ),
        points: 1,
        run: checks::too_long,
    },
    Check {
        id: "kept-after-kill",
        title: text!(
            "Đã xác nhận thì còn trong tệp, dù bị kill -9 ngay sau",
            "What was acknowledged survives a kill -9 right after"
        ),
        points: 2,
        run: checks::kept_after_kill,
    },
    Check {
        id: "restart",
        title: text!("Chạy lại: giữ mục cũ, đánh số tiếp", "Run again: keeps the old entries and numbers on"),
        points: 2,
        run: checks::restart,
    },
    Check {
        id: "torn",
        title: text!("Dòng cuối bị đứt không dính vào mục mới", "A torn last line is not glued to the next entry"),
        points: 2,
        run: checks::torn,
    },
    Check {
        id: "sender-gone",
        title: text!(
            "Người gửi đi mất, những người khác vẫn được phục vụ",
            "A sender that has gone does not stop the others"
        ),
        points: 1,
        run: checks::sender_gone,
    },
    Check {
        id: "deaf",
        title: text!(
            "Người gửi không đọc không chặn những người khác",
            "A sender that does not read does not block the others"
        ),
        points: 2,
        run: checks::deaf,
    },
    Check {
        id: "disk-full",
        title: text!(
            "Không ghi được thì không xác nhận, và nói ra",
            "What cannot be written is not acknowledged, and it says so"
        ),
        points: 2,
        run: checks::disk_full,
    },
    Check {
        id: "synced",
        title: text!("Không sync được thì không xác nhận", "What cannot be synced is not acknowledged"),
        points: 2,
        run: checks::synced,
    },
    Check {
        id: "rests",
        title: text!("Không có gì để nhận thì ngủ", "Sleeps while there is nothing to receive"),
        points: 1,
        run: checks::rests,
    },
];
