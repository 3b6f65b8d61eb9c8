//! What both tasks of this exercise point to: the mistakes that do not depend on how a message
//! is framed.

use crate::hints;

hints! {
    LEFTOVER {
        vi: "Tôi gửi hai tin trong một lần ghi; server của bạn chỉ trả lời tin đầu. Một lần `read` không phải là một \
             tin: phần còn lại đã nằm trong buffer của bạn rồi. → Bài 04, bước 2.",
        en: "I sent two messages in one write; your server answered only the first. One `read` is not one message: the \
             rest is already in your buffer. → Lesson 04, step 2.",
    }

    JOINED {
        vi: "Tôi gửi hai tin trong một lần ghi; server của bạn coi cả hai là một. `read` trả về bao nhiêu byte không \
             nói lên tin hết ở đâu: chính các byte trong tin mới nói. → Bài 04, bước 2.",
        en: "I sent two messages in one write; your server took both for one. How many bytes `read` returns does not \
             say where a message ends: the bytes of the message do. → Lesson 04, step 2.",
    }

    ONE_ONLY {
        vi: "Server của bạn trả lời tin đầu rồi đóng kết nối. Một kết nối chở nhiều tin; tin cuối là tin đứng trước \
             EOF. Xem chỗ nào kết thúc sau tin đầu: có vòng lặp không, và nó dừng vì điều gì?",
        en: "Your server answered the first message and closed. A connection carries many messages; the last is the \
             one before EOF. What ends after the first answer: is there a loop, and what makes it stop?",
    }

    HELD_BACK {
        vi: "Tôi gửi một tin trọn vẹn và phần đầu tin sau, rồi chờ câu trả lời cho tin trước. Server giữ câu trả lời \
             ấy lại. Trước khi `read` có thể phải chờ, câu trả lời nào đã xong thì phải rời khỏi tay bạn: bạn flush \
             vào lúc nào?",
        en: "I sent a whole message and the beginning of the next, then waited for the answer to the first. Your \
             server holds it back. Before a `read` that may have to wait, every finished answer must be on its way: \
             when do you flush?",
    }

    NOT_CLOSED {
        vi: "Tôi đã đóng chiều gửi và nhận đủ câu trả lời, mà kết nối vẫn mở. Khi đọc gặp EOF, server của bạn làm gì: \
             thoát khỏi vòng lặp, hay coi đó là \"chưa có gì\" rồi đọc lại mãi? → Bài 03, bước 6.",
        en: "I have closed my sending half and got all my answers, yet the connection stays open. What does your \
             server do when it reads EOF: leave the loop, or take it for \"nothing yet\" and read for ever? → Lesson \
             03, step 6.",
    }

    ANSWER_THEN_CLOSE {
        vi: "EOF chỉ nói rằng client không gửi nữa; nó vẫn đang nghe. Những tin đã tới trọn vẹn thì còn nợ câu trả \
             lời, đúng thứ tự, rồi mới đóng. → Bài 03, bước 6 và 7.",
        en: "EOF says only that the client sends no more; it still listens. You still owe an answer to every message \
             that came whole, in order; close after that. → Lesson 03, steps 6 and 7.",
    }
}
