//! `event-echo`: an echo server in one thread, around one event loop.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 13,
    name: "event-echo",
    title: Text {
        vi: "Server echo trong một thread, một vòng lặp sự kiện",
        en: "An echo server in one thread, one event loop",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: tin đầu được trả lời, rồi im; hay client đọc chậm thì mất byte; hay một \
                 client làm cả server đứng. Xem thử: sau mỗi `read` và mỗi `write`, kết nối có thể ở những trạng thái \
                 nào, và ai sẽ đánh thức bạn?",
            en: "The usual symptoms: the first message is answered, then silence; or a slow reader loses bytes; or one \
                 client stops the whole server. Look at this: after each `read` and each `write`, which states can a \
                 connection be in, and who will wake you up?",
        },
        Text {
            vi: "Ý chính: sự kiện chỉ nói \"thử lại đi\", và chỉ nói một lần. Vì vậy cứ làm tới `WouldBlock`; nếu dừng \
                 sớm hơn thì tự mình phải nhớ. Dừng sớm có hai lý do: đã đến lượt người khác, hoặc đang nợ client này \
                 quá nhiều.",
            en: "The idea: an event says \"try again\", and says it once. So go on until `WouldBlock`; if you stop \
                 earlier, you yourself must remember. There are two reasons to stop earlier: it is the others' turn, \
                 or you owe this client too much already.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson13`. Bước 2 và 3: không chặn, rồi `Poll`; bước 5 và 6: đọc cho \
                 cạn; bước 7 và 8: khi nào ghi được. Chương: `cargo course book 13`.",
            en: "Where the lesson shows it: `cargo run -p lesson13`. Steps 2 and 3: non-blocking, then `Poll`; steps 5 \
                 and 6: draining; steps 7 and 8: when there is room to write. The chapter: `cargo course book 13`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs"), include_str!("../../lifecycle.rs")),
};

checks! {
    echoes(1) {
        vi: "Trả lại đúng những byte đã nhận",
        en: "Sends back the bytes it got",
    }
    second_message(1) {
        vi: "Một kết nối gửi nhiều lần, lần nào cũng được trả lời",
        en: "Answers again and again on one connection",
    }
    idle_first(1) {
        vi: "Một client ngồi im không bắt client khác chờ",
        en: "An idle client does not make another wait",
    }
    many_callers(2) {
        vi: "20 client tới cùng lúc, ai cũng được nhận",
        en: "20 clients come at once, and all are taken",
    }
    one_thread(1) {
        vi: "Bao nhiêu client cũng chỉ một thread",
        en: "One thread, however many clients",
    }
    burst(2) {
        vi: "Một sự kiện, nhiều lần đọc: đọc cho cạn",
        en: "One event, many reads: reads until nothing is left",
    }
    long_burst(2) {
        vi: "Hết lượt mà chưa cạn thì nhớ để quay lại",
        en: "Comes back to what was not finished in one turn",
    }
    slow_reader(2) {
        vi: "Client đọc chậm vẫn nhận đủ từng byte",
        en: "A slow reader still gets every byte",
    }
    stops_reading(2) {
        vi: "Nợ quá nhiều thì ngừng đọc, không tích mãi",
        en: "Stops reading while it owes too much",
    }
    goes_on(2) {
        vi: "Client đọc trở lại thì server đọc tiếp",
        en: "Reads on when the client reads again",
    }
    half_close(2) {
        vi: "Client nói xong (FIN): trả hết phần còn nợ rồi đóng",
        en: "After the client's FIN: sends all it owes, then closes",
    }
    fair(2) {
        vi: "Một client gửi dồn dập không bắt client khác chờ",
        en: "One flooding client does not starve another",
    }
    reset(2) {
        vi: "Kết nối bị cắt (RST): chỉ kết nối đó kết thúc",
        en: "An RST ends that connection and no other",
    }
    gone_before_reply(1) {
        vi: "Client bỏ đi khi chưa đọc câu trả lời, server vẫn sống",
        en: "Survives a client that leaves before the answer",
    }
    tokens(2) {
        vi: "Người đi, người tới, không ai bị lẫn với ai",
        en: "Clients leave and come, and none is taken for another",
    }
    rests(1) {
        vi: "Không có việc thì ngủ trong `poll`",
        en: "Sleeps in `poll` when there is nothing to do",
    }
    rests_stuck(1) {
        vi: "Đang chờ client đọc thì cũng ngủ",
        en: "Sleeps, too, while it waits for a client to read",
    }
    descriptors_run_out(2) {
        vi: "Hết descriptor thì chờ, có lại thì nhận người đang đợi",
        en: "Out of descriptors: waits, then takes those in the queue",
    }
    thousand(1) {
        vi: "Một nghìn kết nối cùng mở",
        en: "A thousand connections open at once",
    }
}
