//! What the symptoms of a tally client point to.

use crate::hints;

hints! {
    AS_IT_IS {
        vi: "Trọng tài đếm những gì tới nơi: không có tên tệp, không có độ dài, không thêm dấu xuống dòng. So những \
             byte bạn gửi với nội dung tệp: cái gì thừa, cái gì thiếu?",
        en: "The judge counts what arrives: no file name, no length, no line end added. Compare what you send with the \
             content of the file: what is too much, what is missing?",
    }

    NO_END {
        vi: "Tôi đã nhận đủ tệp, nhưng làm sao tôi biết là đủ? Không có EOF thì có thể vẫn còn nữa. Bạn chờ tôi, tôi \
             chờ bạn. → Bài 03, bước 6.",
        en: "I have the whole file, but how would I know? Without EOF there may always be more. You wait for me, and I \
             wait for you. → Lesson 03, step 6.",
    }

    CLOSED_BOTH {
        vi: "Bạn gửi xong rồi bỏ máy: câu trả lời của tôi không còn ai nhận. Kết nối có hai chiều; chương trình của \
             bạn đóng chiều nào? → Bài 03, bước 7.",
        en: "You sent everything and hung up: nobody is there to hear my answer. A connection has two directions; \
             which of them does your program close? → Lesson 03, step 7.",
    }

    VERDICT_NOT_READ {
        vi: "Phán quyết đã gửi, kết nối đã đóng, mà chương trình chưa xong việc. Nó đang đọc gì, và gặp điều gì thì \
             mới dừng?",
        en: "The verdict is sent and the connection closed, yet the program is not done. What is it reading, and what \
             would make it stop?",
    }

    VERDICT_IN_PIECES {
        vi: "Tôi gửi phán quyết từng byte một. Một lần `read` chỉ lấy những gì đang có: dựa vào đâu bạn biết dòng đã \
             trọn? → Bài 04, bước 3.",
        en: "I sent the verdict a byte at a time. One `read` takes only what is there: how do you know that the line \
             is whole? → Lesson 04, step 3.",
    }

    NOT_TEXT {
        vi: "Tệp này không phải văn bản UTF-8. Gửi một tệp không cần hiểu nó: có chỗ nào bạn đọc nó vào một `String`, \
             hay đọc theo dòng không?",
        en: "This file is not UTF-8 text. You need not understand a file to send it: do you read it into a `String` \
             somewhere, or line by line?",
    }

    EMPTY {
        vi: "Tệp có 0 byte, và đó không phải là lỗi. Vẫn gọi, vẫn đóng chiều gửi, vẫn chờ phán quyết: chỉ là không có \
             gì để gửi.",
        en: "The file has 0 bytes, and that is not an error. Still call, still close your sending half, still wait for \
             the verdict: there is just nothing to send.",
    }

    ALL_OF_IT {
        vi: "Tệp này lớn hơn buffer của bạn nhiều lần. Một lần đọc tệp lấy được bao nhiêu, và phần nào của buffer là \
             của lần đọc ấy?",
        en: "This file is many times larger than your buffer. How much does one read of the file bring, and which part \
             of the buffer belongs to that read?",
    }

    PRINT_THE_LINE {
        vi: "Trên stdout chỉ có đúng dòng của trọng tài: không lời dẫn, không dòng trống, không thiếu dấu xuống dòng. \
             Lời khác thì in ra stderr.",
        en: "Stdout must be the judge's line: no other words, no blank line, no missing line end. Everything else goes \
             to stderr.",
    }

    VERDICT_MISSED {
        vi: "Tôi đã trả lời trọn một dòng rồi mới đóng, mà chương trình báo lỗi. Đọc xem stderr nói gì. Nếu nó nói \
             không có phán quyết: lúc tôi trả lời, chiều nhận của bạn còn mở không? → Bài 03, bước 7.",
        en: "I answered with a whole line before I closed, yet your program reports an error. Read what it says on \
             stderr. If it says that there is no verdict: was your receiving half still open when I answered? → Lesson \
             03, step 7.",
    }

    NO_VERDICT {
        vi: "Trọng tài đóng kết nối mà không nói gì. Đọc tới EOF thành công, nhưng không có phán quyết: người chạy \
             chương trình biết điều đó bằng cách nào?",
        en: "The judge closed without a word. Reading until EOF succeeded, yet there is no verdict: how does the \
             person who runs this program get to know?",
    }

    HALF_A_VERDICT {
        vi: "Tôi mới gửi nửa dòng thì đóng. Một con số cụt trông vẫn giống một con số; chỉ dấu xuống dòng cho biết nó \
             đã trọn.",
        en: "I closed in the middle of the line. Half a number still looks like a number; only the line end says that \
             it is whole.",
    }

    CUT {
        vi: "Tôi cắt kết nối khi bạn còn đang gửi: `write` gặp ECONNRESET hoặc EPIPE. Lỗi đó có tới được người chạy \
             chương trình thành một câu và một mã thoát không? → Bài 03, bước 8.",
        en: "I cut the connection while you were sending: `write` met ECONNRESET or EPIPE. Does that error reach \
             whoever runs the program, as a sentence and an exit code? → Lesson 03, step 8.",
    }

    REFUSED {
        vi: "Không ai lắng nghe ở địa chỉ đó, nên `connect` trả về lỗi. Đó là chuyện thường: hãy trả lỗi về, kèm địa \
             chỉ, đừng panic và đừng im lặng.",
        en: "Nobody listens at that address, so `connect` returns an error. That is normal: return the error, with the \
             address; do not panic, and do not stay silent.",
    }

    NO_SUCH_FILE {
        vi: "Tệp không tồn tại. Mở tệp trước khi gọi trọng tài, và báo cho người dùng biết tệp nào.",
        en: "The file does not exist. Open it before you call the judge, and tell the user which file.",
    }
}
