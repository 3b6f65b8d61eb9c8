//! What to look at next when `greet` fails a check.

use crate::hints;

hints! {
    CALLS_NOBODY {
        vi: "Tôi chờ ở địa chỉ đã đưa mà không ai gọi tới. Trong hai bên, client là bên bắt đầu: nó xin kernel một kết \
             nối tới `address`. → Bài 01, bước 3.",
        en: "I waited at the address I gave, and nobody called. Of the two sides the client is the one that begins: it \
             asks the kernel for a connection to `address`. → Lesson 01, step 3.",
    }

    OTHER_WORDS {
        vi: "Bạn gọi tới rồi, nhưng tôi chưa nghe được lời xưng tên như đề bài: chữ HELLO, một dấu cách, rồi tên. Nếu \
             bạn chưa gửi gì: có phải chương trình đang chờ server nói trước? → Bài 01, bước 3.",
        en: "Your call came, but not the introduction that the task asks for: HELLO, a space, the name. If you have \
             sent nothing yet: is your program waiting for the server to speak first? → Lesson 01, step 3.",
    }

    LINE_WITHOUT_END {
        vi: "Tên đã tới đủ, nhưng sau đó không phải là `\\n`. Bên này chỉ thấy byte: không có byte kết thúc dòng thì \
             tôi không biết bạn đã nói xong, và cả hai cùng chờ. → Bài 01, bước 3: nhìn byte cuối của mỗi dòng.",
        en: "The name came, but no `\\n` after it. This side sees bytes and nothing else: without the byte that ends a \
             line I cannot know that you have finished, and we both wait. → Lesson 01, step 3: look at the last byte \
             of each line.",
    }

    ONE_LINE {
        vi: "Sau dòng HELLO bạn còn gửi thêm byte nữa. Đề bài chỉ xin một dòng: bạn gửi bao nhiêu byte, và đó có đúng \
             là số byte của dòng ấy không?",
        en: "After the HELLO line you sent more bytes. The task asks for one line: how many bytes do you send, and is \
             that how many the line has?",
    }

    LEAVES_BEFORE {
        vi: "Tôi còn đang trả lời thì bên bạn đã đóng kết nối. Kết nối sống tới khi socket của nó bị drop: sau dòng \
             HELLO, chương trình còn việc gì phải làm trước khi rời hàm `greet`? → Bài 01, bước 3.",
        en: "I was still answering when your side closed the connection. It lives until its socket is dropped: after \
             the HELLO line, what must your program still do before it leaves the function `greet`? → Lesson 01, step \
             3.",
    }

    READS_ON {
        vi: "Tôi đã trả lời và đóng chiều gửi của mình, mà chương trình vẫn chưa xong. Nó còn chờ gì? Khi đã hết dữ \
             liệu, mỗi lần `read` trả về 0 ngay: vòng lặp của bạn dừng ở đâu? → Bài 01, bước 7.",
        en: "I have answered and closed my sending half, and your program has not finished. What is it waiting for? At \
             the end of the stream every `read` returns 0 at once: where does your loop stop? → Lesson 01, step 7.",
    }

    NOT_THE_ANSWER {
        vi: "Câu trả lời đã tới đủ, nhưng chương trình in ra thứ khác. `main` in những gì `greet` trả về rồi tự xuống \
             dòng. Thừa một dòng trống? Thì `\\n` của server còn nằm ở cuối. Báo lỗi? Đọc xem stderr nói gì.",
        en: "The answer came whole, but the program printed something else. `main` prints what `greet` returns, and \
             ends the line itself. One blank line too many? Then the server's `\\n` is still at the end. An error? \
             Read what it says on stderr.",
    }

    LETTERS_ARE_BYTES {
        vi: "Trong UTF-8, một chữ có dấu chiếm hai hay ba byte: \"ễ\" là e1 bb 85. Chỗ nào trong chương trình coi một \
             chữ là một byte, hay bỏ bớt byte của tên? Chuỗi của Rust vốn đã là UTF-8.",
        en: "In UTF-8 a letter with marks takes two or three bytes: \"ễ\" is e1 bb 85. Where does your program treat a \
             letter as one byte, or leave out bytes of the name? A Rust string is UTF-8 already.",
    }

    BYTES_ARE_NO_LETTERS {
        vi: "Tên của bạn tới nơi nguyên vẹn, còn câu trả lời thì in ra sai chữ. Chữ \"à\" đến đây là hai byte c3 a0. \
             Mấy byte thành một chữ là do UTF-8 quy định; chương trình của bạn đổi ra chữ từng byte một, hay đổi cả \
             câu?",
        en: "Your name arrived whole, but the answer is printed with wrong letters. The letter \"à\" comes as two \
             bytes, c3 a0. UTF-8 decides how many bytes make one letter; does your program turn bytes into text one at \
             a time, or the whole answer at once?",
    }

    WAITS_FOR_THE_END {
        vi: "Cả dòng đã tới nơi, có `\\n` hẳn hoi, mà chương trình vẫn đọc tiếp: nó chờ tôi đóng kết nối. Dấu hiệu nào \
             cho biết câu trả lời đã đủ: hết luồng dữ liệu, hay `\\n`? → Bài 01, bước 3.",
        en: "The whole line is there, with its `\\n`, and your program reads on: it waits for me to close. What tells \
             you that the answer is complete: the end of the stream, or the `\\n`? → Lesson 01, step 3.",
    }

    ONE_READ {
        vi: "Tôi gửi câu trả lời từng byte một; chương trình của bạn lấy phần đầu rồi thôi. Một lần `read` đưa cho bạn \
             những gì đã tới lúc ấy, ít hay nhiều không hẹn trước. Khi nào thì phải đọc thêm? → Bài 04, bước 2 và 3.",
        en: "I sent the answer one byte at a time; your program took the beginning and left. One `read` gives you what \
             has come so far, a little or a lot. When do you have to read again? → Lesson 04, steps 2 and 3.",
    }

    HALF_A_LETTER {
        vi: "Tôi cắt câu trả lời ở giữa những chữ có dấu. Nửa chữ không phải là chữ: chương trình của bạn đổi byte ra \
             chữ lúc nào, khi đã đủ byte hay ngay khi vừa nhận từng mẩu? → Bài 04, bước 3.",
        en: "I cut the answer inside letters that have marks. Half a letter is not a letter: when does your program \
             turn bytes into text, once all of them are there, or each time a piece comes? → Lesson 04, step 3.",
    }

    MORE_THAN_A_LINE {
        vi: "Sau `\\n` tôi gửi thêm vài byte, và chúng làm hỏng câu bạn in. Một lần `read` có thể mang về nhiều hơn \
             một dòng: trong những byte đã đọc, dòng đầu hết ở đâu?",
        en: "After the `\\n` I sent a few bytes more, and they spoiled what you print. One `read` may bring more than \
             one line: where, in the bytes you have, does the first line end?",
    }

    SPINS_AT_THE_END {
        vi: "Tôi đóng kết nối khi chưa trả lời xong, mà chương trình vẫn đọc mãi. Từ lúc hết luồng dữ liệu (EOF), mỗi \
             lần `read` trả về 0 ngay lập tức, bao nhiêu lần cũng vậy. → Bài 01, bước 7.",
        en: "I closed before my answer was complete, and your program reads for ever. After the end of the stream \
             (EOF) every `read` returns 0 at once, however often you call it. → Lesson 01, step 7.",
    }

    END_IS_NO_ANSWER {
        vi: "Tôi đóng kết nối mà không trả lời chữ nào, còn chương trình của bạn làm như đã có câu trả lời. Đọc được 0 \
             byte nghĩa là hết luồng dữ liệu (EOF), không phải câu trả lời rỗng: câu rỗng vẫn có `\\n`. → Bài 01, bước \
             7.",
        en: "I closed without a word, and your program went on as if it had an answer. Reading 0 bytes means the end \
             of the stream (EOF), not an empty answer: even an empty answer has its `\\n`. → Lesson 01, step 7.",
    }

    HALF_IS_NO_ANSWER {
        vi: "Tôi gửi một đoạn mà chưa có `\\n`, còn chương trình của bạn nhận đoạn ấy làm câu trả lời. Lúc thôi đọc, \
             chương trình làm sao biết dòng đã đủ? Xem byte cuối cùng bạn có.",
        en: "I sent a piece with no `\\n`, and your program took the piece for the answer. When it stops reading, how \
             does it know that the line is complete? Look at the last byte you have.",
    }

    ERRORS_HAPPEN {
        vi: "Không gọi được, hay kết nối bị cắt giữa chừng: trên mạng đó là chuyện thường, không phải lỗi lập trình. \
             Hàm `greet` trả về `Result`; lỗi cứ giao cho `main`, nó biết báo ra sao. Chỗ nào trong chương trình tin \
             rằng một lời gọi luôn thành công, hay nuốt mất lỗi?",
        en: "Nobody there, or a connection that breaks: on a network that is normal, not a mistake in the program. The \
             function `greet` returns a `Result`; leave the error to `main`, which knows how to report it. Where does \
             your program assume that a call always succeeds, or swallow its error?",
    }

    LIMIT_TOO_SMALL {
        vi: "Câu này dài đúng MAX_ANSWER byte, tính cả `\\n`: vẫn trong giới hạn, phải nhận. Đếm lại ở chỗ bạn dừng \
             đọc: byte cuối cùng được phép đã được đọc chưa, `\\n` có bị đếm hai lần không?",
        en: "This answer has exactly MAX_ANSWER bytes with its `\\n`: it is within the limit and must be taken. Count \
             again at the place where you stop: did you read the last byte that is allowed, and is the `\\n` counted \
             twice?",
    }

    NO_LIMIT {
        vi: "Tôi gửi MAX_ANSWER byte mà không có `\\n`, và chương trình vẫn chờ thêm. Gửi bao nhiêu là việc của người \
             lạ; giữ bao nhiêu trong bộ nhớ là việc của bạn. Chỗ nào trong chương trình quyết định thôi đọc?",
        en: "I sent MAX_ANSWER bytes without a `\\n`, and your program waits for more. How much is sent is up to a \
             stranger; how much you keep in memory is up to you. Where does your program decide to stop reading?",
    }

    SAY_WHY {
        vi: "Chương trình thoát với mã lỗi mà không nói câu nào. Người dùng cần biết chuyện gì đã xảy ra: `main` in ra \
             stderr lỗi mà `greet` trả về, bạn còn giữ đoạn đó không?",
        en: "The program ended with an error code and not a word. Whoever runs it wants to know what happened: `main` \
             prints on stderr the error that `greet` returns; is that part still there?",
    }
}
