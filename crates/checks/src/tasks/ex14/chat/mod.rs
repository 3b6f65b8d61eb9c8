//! `chat`: rooms in which everybody hears everybody else, and nobody waits for anybody.

mod checks;
mod hints;
mod talk;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 14,
    name: "chat",
    title: text!(
        "Phòng trò chuyện bằng task: không ai bắt được ai chờ",
        "Chat rooms made of tasks: nobody makes anybody wait",
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: hai client thì chạy đẹp; thêm một client ngồi im, gõ dở một dòng hay thôi không \
             đọc nữa, thế là cả phòng đứng lại. Xem thử: ở mỗi `.await`, ai là người làm cho nó xong?",
            "The usual symptom: with two clients all is well; add one that sits still, types half a line or stops \
             reading, and the whole room stands still. Look at this: at each `.await`, who can bring it to an end?",
        ),
        text!(
            "Ý chính: mỗi client có một hàng đợi có giới hạn. Một bên đọc socket rồi bỏ dòng vào hàng đợi của những \
             người khác, không bao giờ chờ; một bên rút hàng đợi của mình mà ghi ra socket, chờ bao lâu cũng được. Đầy \
             thì loại. Danh sách phòng nằm sau một khóa, giữ rất ngắn, không qua `.await`.",
            "The idea: each client has a queue with a limit. One half reads the socket and puts lines into the queues \
             of the others, and never waits; the other half takes lines from its own queue and writes them, and may \
             wait as long as it likes. Full means dropped. The rooms stand behind a lock that is held briefly, never \
             across an `.await`.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson14`, bước 4 đến 6 (`select!` bỏ dở một lần đọc), bước 7 (hàng đợi), bước \
             8 và 9 (phòng trò chuyện, và người không đọc). Chương: `cargo course book 14`. Tài liệu của tokio: \
             `mpsc::Sender::try_send`, và mục \"Cancellation safety\" của `select!`.",
            "Where the lesson shows it: `cargo run -p lesson14`, steps 4 to 6 (`select!` drops a read midway), step 7 \
             (queues), steps 8 and 9 (the chat, and one who does not read). The chapter: `cargo course book 14`. In \
             tokio's documentation: `mpsc::Sender::try_send`, and \"Cancellation safety\" under `select!`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs"), include_str!("talk.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "hello",
        title: text!(
            "Người mới biết ai đang ở đó; người kia biết ai mới vào",
            "A newcomer learns who is there; the others, who came"
        ),
        points: 2,
        run: checks::hello,
    },
    Check {
        id: "said-to-others",
        title: text!(
            "Một dòng tới mọi người khác, không về người nói",
            "A line goes to everybody else, not to the speaker"
        ),
        points: 2,
        run: checks::said_to_others,
    },
    Check {
        id: "lines",
        title: text!(
            "Nhiều dòng trong một lần ghi: đủ và đúng thứ tự",
            "Many lines in one write: all of them, in order"
        ),
        points: 1,
        run: checks::lines,
    },
    Check {
        id: "names",
        title: text!("Tên sai hay đã có người dùng: nói rõ rồi đóng", "A bad or taken name: says so, then closes"),
        points: 1,
        run: checks::names,
    },
    Check {
        id: "rooms",
        title: text!("Phòng này không nghe thấy phòng kia", "One room hears nothing of another"),
        points: 1,
        run: checks::rooms,
    },
    Check {
        id: "idle-clients",
        title: text!("Nhiều client ngồi im không bắt ai chờ", "Many idle clients make nobody wait"),
        points: 2,
        run: checks::idle_clients,
    },
    Check {
        id: "half-a-line",
        title: text!(
            "Gõ từng byte trong lúc người khác nói: không mất byte nào",
            "Typed byte by byte while others talk: no byte is lost"
        ),
        points: 2,
        run: checks::half_a_line,
    },
    Check {
        id: "leaves",
        title: text!(
            "Client nói xong (FIN): người khác biết, kết nối đóng",
            "After a client's FIN: the others know, it is closed"
        ),
        points: 2,
        run: checks::leaves,
    },
    Check {
        id: "reset",
        title: text!(
            "Kết nối bị cắt (RST): người khác vẫn được biết",
            "A connection is cut (RST): the others are told, too"
        ),
        points: 1,
        run: checks::reset,
    },
    Check {
        id: "comes-back",
        title: text!("Ra rồi vào lại với tên cũ", "Leaves and comes back under the same name"),
        points: 1,
        run: checks::comes_back,
    },
    Check {
        id: "long-lines",
        title: text!(
            "1.024 byte thì được; quá nữa thì báo rồi đóng",
            "1,024 bytes are fine; more: says so, then closes"
        ),
        points: 1,
        run: checks::long_lines,
    },
    Check {
        id: "frozen",
        title: text!(
            "Client không đọc: không ai chờ, nó bị loại, bộ nhớ có hạn",
            "Who does not read: nobody waits, it is dropped, memory is bounded"
        ),
        points: 3,
        run: checks::frozen,
    },
    Check {
        id: "gives-back",
        title: text!("40 client đi rồi, không descriptor nào bị giữ lại", "After 40 clients, no descriptor is kept"),
        points: 1,
        run: checks::gives_back,
    },
];
