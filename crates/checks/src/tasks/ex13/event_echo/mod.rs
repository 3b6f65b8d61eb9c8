//! `event-echo`: an echo server in one thread, around one event loop.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 13,
    name: "event-echo",
    title: text!("Server echo trong một thread, một vòng lặp sự kiện", "An echo server in one thread, one event loop"),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: tin đầu được trả lời, rồi im; hay client đọc chậm thì mất byte; hay một \
             client làm cả server đứng. Xem thử: sau mỗi `read` và mỗi `write`, kết nối có thể ở những trạng thái \
             nào, và ai sẽ đánh thức bạn?",
            "The usual symptoms: the first message is answered, then silence; or a slow reader loses bytes; or \
             one client stops the whole server. Look at this: after each `read` and each `write`, which states \
             can a connection be in, and who will wake you up?",
        ),
        text!(
            "Ý chính: sự kiện chỉ nói \"thử lại đi\", và chỉ nói một lần. Vì vậy cứ làm tới `WouldBlock`; nếu \
             dừng sớm hơn thì tự mình phải nhớ. Dừng sớm có hai lý do: đã đến lượt người khác, hoặc đang nợ \
             client này quá nhiều.",
            "The idea: an event says \"try again\", and says it once. So go on until `WouldBlock`; if you stop \
             earlier, you yourself must remember. There are two reasons to stop earlier: it is the others' turn, \
             or you owe this client too much already.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson13`. Bước 2 và 3: không chặn, rồi `Poll`; bước 5 và 6: đọc cho \
             cạn; bước 7 và 8: khi nào ghi được. Chương: `cargo course book 13`.",
            "Where the lesson shows it: `cargo run -p lesson13`. Steps 2 and 3: non-blocking, then `Poll`; steps \
             5 and 6: draining; steps 7 and 8: when there is room to write. The chapter: `cargo course book 13`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "echoes",
        title: text!("Trả lại đúng những byte đã nhận", "Sends back the bytes it got"),
        points: 1,
        run: checks::echoes,
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
        id: "idle-first",
        title: text!("Một client ngồi im không bắt client khác chờ", "An idle client does not make another wait"),
        points: 1,
        run: checks::idle_first,
    },
    Check {
        id: "many-callers",
        title: text!("20 client tới cùng lúc, ai cũng được nhận", "20 clients come at once, and all are taken"),
        points: 2,
        run: checks::many_callers,
    },
    Check {
        id: "one-thread",
        title: text!("Bao nhiêu client cũng chỉ một thread", "One thread, however many clients"),
        points: 1,
        run: checks::one_thread,
    },
    Check {
        id: "burst",
        title: text!("Một sự kiện, nhiều lần đọc: đọc cho cạn", "One event, many reads: reads until nothing is left"),
        points: 2,
        run: checks::burst,
    },
    Check {
        id: "long-burst",
        title: text!("Hết lượt mà chưa cạn thì nhớ để quay lại", "Comes back to what was not finished in one turn"),
        points: 2,
        run: checks::long_burst,
    },
    Check {
        id: "slow-reader",
        title: text!("Client đọc chậm vẫn nhận đủ từng byte", "A slow reader still gets every byte"),
        points: 2,
        run: checks::slow_reader,
    },
    Check {
        id: "stops-reading",
        title: text!("Nợ quá nhiều thì ngừng đọc, không tích mãi", "Stops reading while it owes too much"),
        points: 2,
        run: checks::stops_reading,
    },
    Check {
        id: "goes-on",
        title: text!("Client đọc trở lại thì server đọc tiếp", "Reads on when the client reads again"),
        points: 2,
        run: checks::goes_on,
    },
    Check {
        id: "half-close",
        title: text!(
            "Client nói xong (FIN): trả hết phần còn nợ rồi đóng",
            "After the client's FIN: sends all it owes, then closes"
        ),
        points: 2,
        run: checks::end_while_unsent,
    },
    Check {
        id: "fair",
        title: text!("Một client gửi dồn dập không bắt client khác chờ", "One flooding client does not starve another"),
        points: 2,
        run: checks::fair,
    },
    Check {
        id: "reset",
        title: text!("Kết nối bị cắt (RST): chỉ kết nối đó kết thúc", "An RST ends that connection and no other"),
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
        id: "tokens",
        title: text!(
            "Người đi, người tới, không ai bị lẫn với ai",
            "Clients leave and come, and none is taken for another"
        ),
        points: 2,
        run: checks::tokens,
    },
    Check {
        id: "rests",
        title: text!("Không có việc thì ngủ trong `poll`", "Sleeps in `poll` when there is nothing to do"),
        points: 1,
        run: checks::rests,
    },
    Check {
        id: "rests-stuck",
        title: text!("Đang chờ client đọc thì cũng ngủ", "Sleeps, too, while it waits for a client to read"),
        points: 1,
        run: checks::rests_stuck,
    },
    Check {
        id: "descriptors-run-out",
        title: text!(
            "Hết descriptor thì chờ, có lại thì nhận người đang đợi",
            "Out of descriptors: waits, then takes those in the queue"
        ),
        points: 2,
        run: checks::descriptors_run_out,
    },
    Check {
        id: "thousand",
        title: text!("Một nghìn kết nối cùng mở", "A thousand connections open at once"),
        points: 1,
        run: checks::thousand,
    },
];
