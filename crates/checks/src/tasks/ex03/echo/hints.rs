//! What the symptoms of an echo server point to.

use crate::hints;

hints! {
    WAITS_FOR_MORE {
        vi: "Tôi gửi vài byte, không xuống dòng, rồi giữ kết nối mở để chờ. Server còn đợi gì nữa: một dấu xuống dòng, \
             một buffer đầy, hay EOF? Hay câu trả lời đang nằm trong một buffer chưa flush? → Bài 03, bước 4.",
        en: "I sent a few bytes without a line end and kept the connection open. What is your server still waiting \
             for: a line end, a full buffer, EOF? Or does the answer lie in a buffer that nobody flushed? → Lesson 03, \
             step 4.",
    }

    OTHER_BYTES {
        vi: "Thứ quay về không phải thứ tôi đã gửi. Echo không thêm gì, không bớt gì: xem lại đoạn buffer mà bạn ghi \
             có đúng là đoạn vừa đọc được không.",
        en: "What came back is not what I sent. An echo adds nothing and leaves nothing out: is the part of the buffer \
             that you write the part that was read?",
    }

    LEFT_TOO_EARLY {
        vi: "Tôi chưa nói xong mà kết nối đã mất. Tìm chỗ mà `TcpStream` bị drop: biến đang giữ nó còn sống tới dòng \
             nào?",
        en: "I had not finished, and the connection was gone. Find the place where the `TcpStream` is dropped: up to \
             which line does the variable that holds it live?",
    }

    ONE_READ {
        vi: "Server trả lời lần đầu rồi thôi. Một kết nối không phải là một tin: sau khi trả lời, phải quay lại đọc \
             tiếp cho tới EOF. → Bài 03, bước 4.",
        en: "The server answered once and then stopped. One connection is not one message: after the answer comes the \
             next read, until EOF. → Lesson 03, step 4.",
    }

    STALE_BUFFER {
        vi: "Câu trả lời đầu đúng, ngay sau đó có những byte tôi không hề gửi. `read` cho biết nó đã ghi vào buffer \
             bao nhiêu byte; phần còn lại của buffer là chuyện cũ.",
        en: "The first answer was right, but after it came bytes that I never sent. `read` says how many bytes it put \
             in the buffer; the rest of the buffer is left over from before.",
    }

    NOT_TEXT {
        vi: "Tôi gửi đủ 256 giá trị byte, và không phải chuỗi byte nào cũng là chữ. Server có đổi byte ra `String`, \
             hay đọc theo dòng? Echo không cần biết byte có nghĩa gì.",
        en: "I sent all 256 byte values, and not every sequence of bytes is text. Does your server turn bytes into a \
             `String`, or read lines? An echo need not know what bytes mean.",
    }

    FULL_MEANS_MORE {
        vi: "Tin của tôi dài đúng bằng buffer của bạn, và server đợi thêm. Một lần `read` đầy buffer không hứa rằng \
             còn nữa, cũng như một lần `read` ngắn không có nghĩa là đã hết.",
        en: "My message was exactly as long as your buffer, and the server waited for more. A read that fills the \
             buffer does not promise that more will come, and a short read does not mean the end.",
    }

    CLOSED_BEFORE_REPLY {
        vi: "Tôi mới đóng một chiều: tôi nói xong, nhưng vẫn đang nghe. EOF ở chiều đọc không cấm bạn ghi; trả lời cho \
             hết rồi hãy đóng. → Bài 03, bước 7.",
        en: "I closed one half only: I had said everything, and was still listening. Reading EOF does not stop you \
             from writing; answer in full, then close. → Lesson 03, step 7.",
    }

    END_NOT_SEEN {
        vi: "Tôi đã đóng chiều gửi, bạn trả lời đủ, nhưng kết nối vẫn mở. `read` trả về 0 nghĩa là sẽ không bao giờ có \
             gì nữa: vòng lặp của bạn làm gì khi nhận số 0 đó, và sau đó còn gì giữ `TcpStream` này không? → Bài 03, \
             bước 6.",
        en: "I closed my sending half, you answered in full, yet the connection stays open. `read` returning 0 means \
             that nothing will ever come again: what does your loop do with that 0, and does anything still hold this \
             `TcpStream` afterwards? → Lesson 03, step 6.",
    }

    EVERY_BYTE {
        vi: "Tôi đọc chậm và nhận qua một buffer nhỏ, nên `write` của bạn có lúc phải chờ. Chờ là đúng; bỏ bớt, đổi \
             thứ tự hay bỏ cuộc thì không. Mỗi lần ghi xong, làm sao bạn biết đã ghi được bao nhiêu?",
        en: "I read slowly, through a small buffer, so your `write` sometimes has to wait. Waiting is right; losing \
             bytes, changing their order or giving up is not. After each write, how do you know how much was written?",
    }

    PART_OF_A_WRITE {
        vi: "Server đang ghi dở thì tôi cho nó dừng rồi chạy lại (Ctrl-Z, fg). Lúc đó `write` trả về sau khi chỉ nhận \
             một phần, và cho biết phần đó bao nhiêu. Số byte còn lại, ai gửi?",
        en: "While your server was in the middle of a write, I stopped it and let it go on (Ctrl-Z, fg). Then `write` \
             returns when it has taken only a part, and says how much. Who sends the rest?",
    }

    ONE_AT_A_TIME {
        vi: "Một client khác đang kết nối mà không nói gì, và server đứng đợi nó. Ai đang chạy vòng lặp đọc của client \
             đó: chính vòng lặp `accept`, hay một thread riêng?",
        en: "Another client is connected and says nothing, and the server waits for it. Who runs that client's reading \
             loop: the `accept` loop itself, or a thread of its own?",
    }

    LEFT_WITH_CLIENT {
        vi: "Client đầu tiên đi, server cũng đi theo. Vòng lặp `accept` có chạy tiếp sau khi một kết nối kết thúc \
             không?",
        en: "The first client left, and the server with it. Does the `accept` loop go on after one connection has \
             ended?",
    }

    CUT {
        vi: "Tôi bỏ kết nối giữa chừng, nên `read` hoặc `write` của bạn gặp lỗi (ECONNRESET, EPIPE). Lỗi đó chỉ thuộc \
             về kết nối ấy: trong chương trình của bạn nó đi tới đâu, có chỗ nào unwrap nó không? → Bài 03, bước 8.",
        en: "I dropped the connection midway, so your `read` or `write` met an error (ECONNRESET, EPIPE). It belongs \
             to that connection only: how far does it go in your program, and does anything unwrap it? → Lesson 03, \
             step 8.",
    }

    KEPT_DESCRIPTORS {
        vi: "Client đã đóng, còn descriptor phía server thì vẫn mở (CLOSE-WAIT trong `ss -tan`). Chỗ nào còn giữ \
             `TcpStream`, hoặc một bản `try_clone` của nó?",
        en: "The clients have closed, but the server's descriptors are still open (CLOSE-WAIT in `ss -tan`). What \
             still holds the `TcpStream`, or a `try_clone` of it?",
    }

    KEPT_THREADS {
        vi: "Kết nối đã hết mà thread phục vụ nó vẫn còn. Thread đó đang chờ điều gì mà không bao giờ tới?",
        en: "The connection is over, yet the thread that served it is still there. What is it waiting for that will \
             never come?",
    }

    NO_DESCRIPTORS {
        vi: "Server hết file descriptor (EMFILE), và sau đó không phục vụ ai nữa. `accept` lỗi không có nghĩa là \
             listener hỏng: khi các client khác rời đi, `accept` lại thành công. Vòng lặp của bạn làm gì sau lỗi ấy?",
        en: "The server ran out of file descriptors (EMFILE) and served nobody afterwards. An error from `accept` does \
             not mean that the listener is broken: once other clients have left, `accept` works again. What does your \
             loop do after that error?",
    }

    SPINS_ON_ACCEPT {
        vi: "Hết descriptor thì `accept` trả lỗi ngay lập tức, lần nào cũng vậy, vì người gọi vẫn nằm trong hàng đợi. \
             Gọi lại liên tục chỉ làm nóng CPU: hãy cho các client khác thời gian rời đi.",
        en: "Without descriptors `accept` fails at once, every time, since the caller is still in the queue. Calling \
             it again and again only burns CPU time: give the others time to leave.",
    }
}
