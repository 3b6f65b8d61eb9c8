//! What the symptoms of a server that cannot leave point to.

use crate::hints;

hints! {
    ANSWERS {
        vi: "Mỗi dòng được trả lời ngay bằng đúng một dòng: BEGUN, DONE hoặc NO. So lại với bảng trong đề bài: `id` \
             nào đang dở, và dòng vừa tới làm gì với nó?",
        en: "Each line is answered at once by exactly one line: BEGUN, DONE or NO. Compare with the table in the task: \
             which ids are in flight, and what does this line do to them?",
    }

    TOO_MANY {
        vi: "Một kết nối có nhiều nhất 16 việc dở cùng lúc; việc thứ 17 được trả lời NO, và kết nối vẫn mở. Xong một \
             việc thì lại có chỗ cho một việc.",
        en: "One connection has at most 16 jobs in flight; the 17th is answered NO, and the connection stays open. \
             When one is done, there is room for one again.",
    }

    ONE_AT_A_TIME {
        vi: "Một client khác kết nối rồi ngồi im, và server đứng chờ nó. Vòng lặp nhận khách không được tự `await` \
             việc phục vụ: mỗi kết nối cần một task. → Bài 14, bước 2.",
        en: "Another client is connected and sits still, and the server waits for it. The accept loop must not await \
             the serving itself: each connection needs a task. → Lesson 14, step 2.",
    }

    JOBS_ARE_SHARED {
        vi: "Hai client cùng dùng một `id`, và server nhầm việc của người này với việc của người kia. Việc thuộc về \
             kết nối đã bắt đầu nó.",
        en: "Two clients use the same `id`, and the server takes the job of one for that of the other. A job belongs \
             to the connection that began it.",
    }

    NOT_CLOSED {
        vi: "Client đã nói xong, hoặc đã nhận BYE, mà kết nối không đóng lại gọn gàng. Vòng lặp đọc của bạn làm gì khi \
             hết luồng dữ liệu, và sau BYE còn ai giữ socket?",
        en: "The client has said everything, or has got its BYE, and the connection does not close in good order. What \
             does your reading loop do at the end of the stream, and who still holds the socket after BYE?",
    }

    IDLE_NOT_TOLD {
        vi: "Tôi gửi SIGTERM; một client đang im lặng chờ mãi mà không thấy BYE. Task của nó đang ngủ trong lời gọi \
             đọc, và chỉ xem đến lệnh ra về khi có dòng mới tới. Làm sao để nó chờ cả hai thứ cùng lúc? → Bài 14, bước \
             11.",
        en: "I sent SIGTERM; a client that is silent waits, and no BYE comes. Its task sleeps in a read, and looks \
             whether it is time to leave only when a line comes. How can it wait for both at once? → Lesson 14, step \
             11.",
    }

    BYE_FIRST {
        vi: "Sau SIGTERM, kết nối không có việc dở phải nhận `BYE` rồi mới đóng. Ở đây nó bị cắt mà không một lời, \
             hoặc nhận thứ khác. Chương trình có xử lý SIGTERM không, hay bị chính SIGTERM kết thúc? `main` có kết \
             thúc khi các task còn chạy không?",
        en: "After SIGTERM a connection without a job in flight gets `BYE`, and is closed then. This one was cut \
             without a word, or got something else. Does your program handle SIGTERM, or is it ended by it? Does \
             `main` end while tasks still run?",
    }

    LISTENER_KEPT {
        vi: "Đã nhận SIGTERM, mà ai gọi tới vẫn được bắt tay. Thôi gọi `accept` là chưa đủ: chừng nào socket lắng nghe \
             còn mở, kernel vẫn nhận khách thay bạn, và những người đó sẽ chờ một server sắp biến mất. Biến nào còn \
             giữ listener? → Bài 14, bước 11.",
        en: "It was told to leave, yet whoever calls still gets a handshake. Not to call `accept` is not enough: as \
             long as the listening socket is open, the kernel takes calls in your name, and those callers wait for a \
             server that is about to vanish. Which variable still holds the listener? → Lesson 14, step 11.",
    }

    CUT_OFF {
        vi: "Một việc đang dở khi SIGTERM tới; server phải trả lời DONE cho nó rồi mới ra về. Ở đây kết nối bị cắt \
             ngang. Khi `main` trả về, runtime kết thúc, và mọi task còn lại bị bỏ: ai chờ chúng xong? → Bài 14, bước \
             11.",
        en: "A job was in flight when SIGTERM came; the server owes it DONE before it leaves. Here the connection was \
             cut. When `main` returns, the runtime ends and drops every task that is left: who waits for them? \
             → Lesson 14, step 11.",
    }

    EVERY_JOB {
        vi: "Kết nối này có hai việc dở; xong việc thứ nhất thì bạn đã cho nó ra về. BYE chỉ tới khi việc cuối cùng \
             xong.",
        en: "This connection had two jobs in flight, and you sent it home when the first was done. BYE comes after the \
             last one.",
    }

    NO_BYE_AFTER_JOB {
        vi: "Việc cuối cùng đã xong, mà BYE không tới. Sau mỗi câu trả lời, ai xem lại hai điều: đang ra về, và không \
             còn việc nào dở?",
        en: "The last job is done, and no BYE comes. After each answer, who looks at the two conditions again: \
             leaving, and nothing in flight?",
    }

    NEW_JOBS {
        vi: "Đã nhận SIGTERM, mà BEGIN vẫn được trả lời BEGUN. Một client bận rộn có thể giữ server lại mãi như thế. \
             Task phục vụ có biết là đang ra về không?",
        en: "It was told to leave, and BEGIN is still answered BEGUN. A busy client can keep the server that way for \
             ever. Does the serving task know that it is time to leave?",
    }

    HALF_A_LINE {
        vi: "Nửa dòng tới trước SIGTERM, nửa kia tới sau, và server không nhận ra dòng ấy nữa. `select!` bỏ lời gọi \
             đọc thua cuộc; phần đã đọc nằm trong buffer nào, và buffer ấy có sống tới lần đọc sau không? → Bài 14, \
             bước 6.",
        en: "Half a line came before SIGTERM, the other half after it, and your server did not know the line any more. \
             `select!` dropped the read that lost; in which buffer was what it had read, and does that buffer live \
             until the next read? → Lesson 14, step 6.",
    }

    CLIENT_GONE {
        vi: "Client bỏ đi khi việc còn dở, và server chờ việc ấy mãi. Việc hết cùng với kết nối: số mà bạn đang chờ về \
             0 có giảm trên mọi đường ra, kể cả khi đọc gặp lỗi?",
        en: "A client left with a job in flight, and the server waits for that job for ever. A job ends with its \
             connection: does the number that you wait to become 0 go down on every way out, also when a read fails?",
    }

    NOBODY_LEFT {
        vi: "Không còn kết nối nào, mà chương trình chưa thoát. Hạn chót là lúc muộn nhất, không phải giờ hẹn. Bạn \
             đang chờ gì: kết nối cuối cùng đi, hay đồng hồ?",
        en: "No connection is left, and the program has not ended. The deadline is the latest moment, not an \
             appointment. What do you wait for: the last connection to go, or the clock?",
    }

    NO_DEADLINE {
        vi: "Một việc không bao giờ xong, và server chờ nó quá cả hạn chót. Chờ mọi người ra về và chờ hết giờ phải là \
             hai điều cùng đợi: điều nào tới trước thì theo điều ấy. → Bài 14, bước 11.",
        en: "A job never ends, and the server waits for it past the deadline. That all have left and that the time is \
             over are two things to wait for together: the first that comes decides. → Lesson 14, step 11.",
    }

    ONE_SIGNAL_ONLY {
        vi: "SIGTERM lần thứ hai nghĩa là: đi ngay. Từ khi chương trình nhận tín hiệu thay cho kernel thì không tín \
             hiệu nào tự kết thúc nó nữa. Lúc đang chờ mọi người ra về, ai nghe lần thứ hai?",
        en: "A second SIGTERM means: now. Since the program takes the signal in place of the kernel, no SIGTERM ends \
             it by itself any more. While you wait for everybody to leave, who listens for the second?",
    }

    EXIT_CODE {
        vi: "Ai khởi động server (systemd, Kubernetes, một script) chỉ đọc mã thoát: 0 khi mọi việc đã xong, 1 khi \
             phải cắt ngang kết nối. Panic thì không phải, mà chết vì chính SIGTERM (vì không ai nghe nó) cũng không.",
        en: "Who started the server (systemd, Kubernetes, a script) reads the exit code only: 0 when all was done, 1 \
             when connections had to be cut. A panic is neither, nor is death by SIGTERM itself, when nobody listens \
             for it.",
    }

    HOW_MANY {
        vi: "Khi phải bỏ dở, trên stderr cần đúng một dòng `CUT n`, n là số kết nối còn lại lúc ấy (không phải số \
             việc, không phải số người từng ghé qua).",
        en: "When it has to give up, stderr needs the line `CUT n`, n being the number of connections left at that \
             moment (not of jobs, not of all who ever came).",
    }
}
