//! `chat`: rooms in which everybody hears everybody else, and nobody waits for anybody.

mod checks;
mod client;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 14,
    name: "chat",
    title: Text {
        vi: "Phòng trò chuyện bằng task: không ai bắt được ai chờ",
        en: "Chat rooms made of tasks: nobody makes anybody wait",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: hai client thì chạy đẹp; thêm một client ngồi im, gõ dở một dòng hay thôi \
                 không đọc nữa, thế là cả phòng đứng lại. Xem thử: ở mỗi `.await`, ai là người làm cho nó xong?",
            en: "The usual symptom: with two clients all is well; add one that sits still, types half a line or stops \
                 reading, and the whole room stands still. Look at this: at each `.await`, who can bring it to an end?",
        },
        Text {
            vi: "Ý chính: mỗi client có một hàng đợi có giới hạn. Một bên đọc socket rồi bỏ dòng vào hàng đợi của \
                 những người khác, không bao giờ chờ; một bên rút hàng đợi của mình mà ghi ra socket, chờ bao lâu cũng \
                 được. Đầy thì loại. Danh sách phòng nằm sau một khóa, giữ rất ngắn, không qua `.await`.",
            en: "The idea: each client has a queue with a limit. One half reads the socket and puts lines into the \
                 queues of the others, and never waits; the other half takes lines from its own queue and writes them, \
                 and may wait as long as it likes. Full means dropped. The rooms stand behind a lock that is held \
                 briefly, never across an `.await`.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson14`, bước 4 đến 6 (`select!` bỏ dở một lần đọc), bước 7 (hàng \
                 đợi), bước 8 và 9 (phòng trò chuyện, và người không đọc). Chương: `cargo course book 14`. Tài liệu \
                 của tokio: `mpsc::Sender::try_send`, và mục \"Cancellation safety\" của `select!`.",
            en: "Where the lesson shows it: `cargo run -p lesson14`, steps 4 to 6 (`select!` drops a read midway), \
                 step 7 (queues), steps 8 and 9 (the chat, and one who does not read). The chapter: `cargo course book \
                 14`. In tokio's documentation: `mpsc::Sender::try_send`, and \"Cancellation safety\" under `select!`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs"), include_str!("client.rs")),
};

checks! {
    hello(2) {
        vi: "Người mới biết ai đang ở đó; người kia biết ai mới vào",
        en: "A newcomer learns who is there; the others, who came",
    }
    said_to_others(2) {
        vi: "Một dòng tới mọi người khác, không về người nói",
        en: "A line goes to everybody else, not to the speaker",
    }
    lines(1) {
        vi: "Nhiều dòng trong một lần ghi: đủ và đúng thứ tự",
        en: "Many lines in one write: all of them, in order",
    }
    names(1) {
        vi: "Tên sai hay đã có người dùng: nói rõ rồi đóng",
        en: "A bad or taken name: says so, then closes",
    }
    rooms(1) {
        vi: "Phòng này không nghe thấy phòng kia",
        en: "One room hears nothing of another",
    }
    idle_clients(2) {
        vi: "Nhiều client ngồi im không bắt ai chờ",
        en: "Many idle clients make nobody wait",
    }
    half_a_line(2) {
        vi: "Gõ từng byte trong lúc người khác nói: không mất byte nào",
        en: "Typed byte by byte while others talk: no byte is lost",
    }
    leaves(2) {
        vi: "Client nói xong (FIN): người khác biết, kết nối đóng",
        en: "After a client's FIN: the others know, it is closed",
    }
    reset(1) {
        vi: "Kết nối bị cắt (RST): người khác vẫn được biết",
        en: "A connection is cut (RST): the others are told, too",
    }
    comes_back(1) {
        vi: "Ra rồi vào lại với tên cũ",
        en: "Leaves and comes back under the same name",
    }
    long_lines(1) {
        vi: "1.024 byte thì được; quá nữa thì báo rồi đóng",
        en: "1,024 bytes are fine; more: says so, then closes",
    }
    frozen(3) {
        vi: "Client không đọc: không ai chờ, nó bị loại, bộ nhớ có hạn",
        en: "Who does not read: nobody waits, it is dropped, memory is bounded",
    }
    gives_back(1) {
        vi: "40 client đi rồi, không descriptor nào bị giữ lại",
        en: "After 40 clients, no descriptor is kept",
    }
}
