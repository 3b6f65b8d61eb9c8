//! What the symptoms of a server that cannot leave point to.

use crate::{Hint, text};

pub(super) static ANSWERS: Hint = Hint {
    id: "answers",
    text: text!(
        "Mỗi dòng được trả lời ngay bằng đúng một dòng: BEGUN, DONE hoặc NO. So lại với bảng trong đề bài: `id` nào \
         đang dở, và dòng vừa tới làm gì với nó?",
        "Each line is answered at once by exactly one line: BEGUN, DONE or NO. Compare with the table in the task: \
         which ids are in flight, and what does this line do to them?",
    ),
};

pub(super) static TOO_MANY: Hint = Hint {
    id: "too-many",
    text: text!(
        "Một kết nối có nhiều nhất 16 việc dở cùng lúc; việc thứ 17 được trả lời NO, và kết nối vẫn mở. Xong một \
         việc thì lại có chỗ cho một việc.",
        "One connection has at most 16 jobs in flight; the 17th is answered NO, and the connection stays open. When \
         one is done, there is room for one again.",
    ),
};

pub(super) static ONE_AT_A_TIME: Hint = Hint {
    id: "one-at-a-time",
    text: text!(
        "Một client khác kết nối rồi ngồi im, và server đứng chờ nó. Vòng lặp nhận khách không được tự `await` việc \
         phục vụ: mỗi kết nối cần một task. → Bài 14, bước 2.",
        "Another client is connected and sits still, and the server waits for it. The accept loop must not await the \
         serving itself: each connection needs a task. → Lesson 14, step 2.",
    ),
};

pub(super) static JOBS_ARE_SHARED: Hint = Hint {
    id: "jobs-are-shared",
    text: text!(
        "Hai client cùng dùng một `id`, và server nhầm việc của người này với việc của người kia. Việc thuộc về kết \
         nối đã bắt đầu nó.",
        "Two clients use the same `id`, and the server takes the job of one for that of the other. A job belongs to \
         the connection that began it.",
    ),
};

pub(super) static NOT_CLOSED: Hint = Hint {
    id: "not-closed",
    text: text!(
        "Client đã nói xong, hoặc đã nhận BYE, mà kết nối không đóng lại gọn gàng. Vòng lặp đọc của bạn làm gì khi \
         hết luồng dữ liệu, và sau BYE còn ai giữ socket?",
        "The client has said everything, or has got its BYE, and the connection does not close in good order. What \
         does your reading loop do at the end of the stream, and who still holds the socket after BYE?",
    ),
};

pub(super) static IDLE_NOT_TOLD: Hint = Hint {
    id: "idle-not-told",
    text: text!(
        "Tôi gửi SIGTERM; một client đang im lặng chờ mãi mà không thấy BYE. Task của nó đang ngủ trong lời gọi đọc, \
         và chỉ xem đến lệnh ra về khi có dòng mới tới. Làm sao để nó chờ cả hai thứ cùng lúc? → Bài 14, bước 11.",
        "I sent SIGTERM; a client that is silent waits, and no BYE comes. Its task sleeps in a read, and looks \
         whether it is time to leave only when a line comes. How can it wait for both at once? → Lesson 14, step 11.",
    ),
};

pub(super) static BYE_FIRST: Hint = Hint {
    id: "bye-first",
    text: text!(
        "Sau SIGTERM, kết nối không có việc dở phải nhận `BYE` rồi mới đóng. Ở đây nó bị cắt mà không một lời, hoặc \
         nhận thứ khác. Chương trình có xử lý SIGTERM không, hay bị chính SIGTERM kết thúc? `main` có kết thúc khi \
         các task còn chạy không?",
        "After SIGTERM a connection without a job in flight gets `BYE`, and is closed then. This one was cut without \
         a word, or got something else. Does your program handle SIGTERM, or is it ended by it? Does `main` end \
         while tasks still run?",
    ),
};

pub(super) static LISTENER_KEPT: Hint = Hint {
    id: "listener-kept",
    text: text!(
        "Đã nhận SIGTERM, mà ai gọi tới vẫn được bắt tay. Thôi gọi `accept` là chưa đủ: chừng nào socket lắng nghe \
         còn mở, kernel vẫn nhận khách thay bạn, và những người đó sẽ chờ một server sắp biến mất. Biến nào còn giữ \
         listener? → Bài 14, bước 11.",
        "It was told to leave, yet whoever calls still gets a handshake. Not to call `accept` is not enough: as long \
         as the listening socket is open, the kernel takes calls in your name, and those callers wait for a server \
         that is about to vanish. Which variable still holds the listener? → Lesson 14, step 11.",
    ),
};

pub(super) static CUT_OFF: Hint = Hint {
    id: "cut-off",
    text: text!(
        "Một việc đang dở khi SIGTERM tới; server phải trả lời DONE cho nó rồi mới ra về. Ở đây kết nối bị cắt \
         ngang. Khi `main` trả về, runtime kết thúc, và mọi task còn lại bị bỏ: ai chờ chúng xong? → Bài 14, bước \
         11.",
        "A job was in flight when SIGTERM came; the server owes it DONE before it leaves. Here the connection was \
         cut. When `main` returns, the runtime ends and drops every task that is left: who waits for them? → Lesson \
         14, step 11.",
    ),
};

pub(super) static EVERY_JOB: Hint = Hint {
    id: "every-job",
    text: text!(
        "Kết nối này có hai việc dở; xong việc thứ nhất thì bạn đã cho nó ra về. BYE chỉ tới khi việc cuối cùng \
         xong.",
        "This connection had two jobs in flight, and you sent it home when the first was done. BYE comes after the \
         last one.",
    ),
};

pub(super) static NO_BYE_AFTER_JOB: Hint = Hint {
    id: "no-bye-after-job",
    text: text!(
        "Việc cuối cùng đã xong, mà BYE không tới. Sau mỗi câu trả lời, ai xem lại hai điều: đang ra về, và không \
         còn việc nào dở?",
        "The last job is done, and no BYE comes. After each answer, who looks at the two conditions again: leaving, \
         and nothing in flight?",
    ),
};

pub(super) static NEW_JOBS: Hint = Hint {
    id: "new-jobs",
    text: text!(
        "Đã nhận SIGTERM, mà BEGIN vẫn được trả lời BEGUN. Một client bận rộn có thể giữ server lại mãi như thế. \
         Task phục vụ có biết là đang ra về không?",
        "It was told to leave, and BEGIN is still answered BEGUN. A busy client can keep the server that way for \
         ever. Does the serving task know that it is time to leave?",
    ),
};

pub(super) static HALF_A_LINE: Hint = Hint {
    id: "half-a-line",
    text: text!(
        "Nửa dòng tới trước SIGTERM, nửa kia tới sau, và server không nhận ra dòng ấy nữa. `select!` bỏ lời gọi đọc \
         thua cuộc; phần đã đọc nằm trong buffer nào, và buffer ấy có sống tới lần đọc sau không? → Bài 14, bước 6.",
        "Half a line came before SIGTERM, the other half after it, and your server did not know the line any more. \
         `select!` dropped the read that lost; in which buffer was what it had read, and does that buffer live until \
         the next read? → Lesson 14, step 6.",
    ),
};

pub(super) static CLIENT_GONE: Hint = Hint {
    id: "client-gone",
    text: text!(
        "Client bỏ đi khi việc còn dở, và server chờ việc ấy mãi. Việc hết cùng với kết nối: số mà bạn đang chờ về 0 \
         có giảm trên mọi đường ra, kể cả khi đọc gặp lỗi?",
        "A client left with a job in flight, and the server waits for that job for ever. A job ends with its \
         connection: does the number that you wait to become 0 go down on every way out, also when a read fails?",
    ),
};

pub(super) static NOBODY_LEFT: Hint = Hint {
    id: "nobody-left",
    text: text!(
        "Không còn kết nối nào, mà chương trình chưa thoát. Hạn chót là lúc muộn nhất, không phải giờ hẹn. Bạn đang \
         chờ gì: kết nối cuối cùng đi, hay đồng hồ?",
        "No connection is left, and the program has not ended. The deadline is the latest moment, not an \
         appointment. What do you wait for: the last connection to go, or the clock?",
    ),
};

pub(super) static NO_DEADLINE: Hint = Hint {
    id: "no-deadline",
    text: text!(
        "Một việc không bao giờ xong, và server chờ nó quá cả hạn chót. Chờ mọi người ra về và chờ hết giờ phải là \
         hai điều cùng đợi: điều nào tới trước thì theo điều ấy. → Bài 14, bước 11.",
        "A job never ends, and the server waits for it past the deadline. That all have left and that the time is \
         over are two things to wait for together: the first that comes decides. → Lesson 14, step 11.",
    ),
};

pub(super) static ONE_SIGNAL_ONLY: Hint = Hint {
    id: "one-signal-only",
    text: text!(
        "SIGTERM lần thứ hai nghĩa là: đi ngay. Từ khi chương trình nhận tín hiệu thay cho kernel thì không tín hiệu \
         nào tự kết thúc nó nữa. Lúc đang chờ mọi người ra về, ai nghe lần thứ hai?",
        "A second SIGTERM means: now. Since the program takes the signal in place of the kernel, no SIGTERM ends it \
         by itself any more. While you wait for everybody to leave, who listens for the second?",
    ),
};

pub(super) static EXIT_CODE: Hint = Hint {
    id: "exit-code",
    text: text!(
        "Ai khởi động server (systemd, Kubernetes, một script) chỉ đọc mã thoát: 0 khi mọi việc đã xong, 1 khi phải \
         cắt ngang kết nối. Panic thì không phải, mà chết vì chính SIGTERM (vì không ai nghe nó) cũng không.",
        "Who started the server (systemd, Kubernetes, a script) reads the exit code only: 0 when all was done, 1 \
         when connections had to be cut. A panic is neither, nor is death by SIGTERM itself, when nobody listens for \
         it.",
    ),
};

pub(super) static HOW_MANY: Hint = Hint {
    id: "how-many",
    text: text!(
        "Khi phải bỏ dở, trên stderr cần đúng một dòng `CUT n`, n là số kết nối còn lại lúc ấy (không phải số việc, \
         không phải số người từng ghé qua).",
        "When it has to give up, stderr needs the line `CUT n`, n being the number of connections left at that \
         moment (not of jobs, not of all who ever came).",
    ),
};
