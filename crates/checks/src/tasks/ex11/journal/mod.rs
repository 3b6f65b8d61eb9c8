//! `journal`: collects datagrams in a file, and keeps what it acknowledged.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 11,
    name: "journal",
    title: Text {
        vi: "Gom datagram vào nhật ký, đã xác nhận thì không mất",
        en: "Collects datagrams in a log; what it acknowledged, it keeps",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: mọi thứ chạy tốt, cho tới khi chương trình bị kill. Xem thử: `kill -9` ngay \
                 sau một xác nhận rồi mở tệp: mục đó có ở đó không? Chạy lại thì mục kế mang số mấy?",
            en: "The usual symptom: all is well until the program is killed. Look at this: `kill -9` right after an \
                 acknowledgement, then open the file: is the entry there? Run it again: which number does the next \
                 entry get?",
        },
        Text {
            vi: "Ý chính: thứ tự là lời hứa. Ghi trọn dòng, sync, rồi mới xác nhận. Không giữ được thì không hứa. Còn \
                 gửi xác nhận chỉ là cố hết sức: người nhận đi mất hay không đọc thì bỏ qua, không chờ mãi.",
            en: "The idea: the order is the promise. Write the whole line, sync, only then acknowledge. What cannot be \
                 kept is not promised. Sending the acknowledgement is best effort: when its receiver has left or does \
                 not read, go on, and do not wait for ever.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson11`, bước 4 (ranh giới được giữ, người gửi không tên), bước 5 \
                 (hàng đợi đầy thì người gửi phải chờ). Chương: `cargo course book 11`.",
            en: "Where the lesson shows it: `cargo run -p lesson11`, step 4 (boundaries kept, a sender without a \
                 name), step 5 (a full queue makes the sender wait). The chapter: `cargo course book 11`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    entry(2) {
        vi: "Ghi mỗi datagram thành một dòng, rồi xác nhận số của nó",
        en: "Writes a datagram as one line and acknowledges its number",
    }
    in_order(1) {
        vi: "Nhiều người gửi: đánh số theo thứ tự tới, không gộp",
        en: "Several senders: numbers in order of arrival, none joined",
    }
    unnamed(2) {
        vi: "Người gửi không tên: ghi lại, không xác nhận",
        en: "A sender without a name is recorded and not acknowledged",
    }
    abstract_name(1) {
        vi: "Tên trừu tượng cũng là tên: có xác nhận",
        en: "An abstract name is a name: it is acknowledged",
    }
    connected(1) {
        vi: "Người gửi đã connect cũng nhận được xác nhận",
        en: "A sender that has connected gets its acknowledgement",
    }
    one_line(2) {
        vi: "Xuống dòng bên trong không giả được một mục khác",
        en: "A line end inside cannot forge another entry",
    }
    any_bytes(1) {
        vi: "Mọi giá trị byte đều giữ nguyên",
        en: "Keeps every byte value as it is",
    }
    empty(1) {
        vi: "Datagram rỗng cũng là một mục",
        en: "An empty datagram is an entry",
    }
    sizes(1) {
        vi: "Mục dài tới 65.536 byte vẫn trọn vẹn",
        en: "Keeps entries whole, up to 65,536 bytes",
    }
    too_long(1) {
        vi: "Dài hơn nữa thì không ghi mẩu cụt, không xác nhận",
        en: "Longer ones: no stump in the file, no acknowledgement",
    }
    kept_after_kill(2) {
        vi: "Đã xác nhận thì còn trong tệp, dù bị kill -9 ngay sau",
        en: "What was acknowledged survives a kill -9 right after",
    }
    restart(2) {
        vi: "Chạy lại: giữ mục cũ, đánh số tiếp",
        en: "Run again: keeps the old entries and numbers on",
    }
    torn(2) {
        vi: "Dòng cuối bị đứt không dính vào mục mới",
        en: "A torn last line is not glued to the next entry",
    }
    sender_gone(1) {
        vi: "Người gửi đi mất, những người khác vẫn được phục vụ",
        en: "A sender that has gone does not stop the others",
    }
    deaf(2) {
        vi: "Người gửi không đọc không chặn những người khác",
        en: "A sender that does not read does not block the others",
    }
    disk_full(2) {
        vi: "Không ghi được thì không xác nhận, và nói ra",
        en: "What cannot be written is not acknowledged, and it says so",
    }
    synced(2) {
        vi: "Không sync được thì không xác nhận",
        en: "What cannot be synced is not acknowledged",
    }
    rests(1) {
        vi: "Không có gì để nhận thì ngủ",
        en: "Sleeps while there is nothing to receive",
    }
}
