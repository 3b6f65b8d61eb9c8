//! What to look at next when `first-free` fails a check.

use crate::hints;

hints! {
    NO_PORT {
        vi: "Dải có cổng trống mà server không mở được cổng nào. Đọc câu trên stderr: đó là lỗi của `bind`, hay chương \
             trình còn chưa gọi tới `bind`? → Bài 02, bước 2.",
        en: "The range has free ports, and the server opened none of them. Read what it says on stderr: is that an \
             error of `bind`, or did the program never call `bind` at all? → Lesson 02, step 2.",
    }

    NOT_THE_FIRST {
        vi: "Cổng ấy trống thật, nhưng trước nó còn một cổng trống nữa. Bạn thử theo thứ tự nào, và dừng ở đâu: ở cổng \
             đầu tiên mở được, hay đi hết dải rồi mới chọn?",
        en: "That port is free, but there was a free one before it. In which order do you try, and where do you stop: \
             at the first that opens, or only at the end of the range?",
    }

    STOPS_AT_TAKEN {
        vi: "Một cổng có chương trình khác dùng, thế là server của bạn bỏ cuộc, dù sau đó còn cổng trống. `bind` báo \
             EADDRINUSE: đó là câu trả lời cho một cổng, không phải cho cả dải. Lỗi ấy đi đâu trong vòng lặp của bạn? \
             → Bài 02, bước 7.",
        en: "One port was in use, and your server gave up though free ones followed. `bind` said EADDRINUSE: an answer \
             about one port, not about the range. Where does that error go in your loop? → Lesson 02, step 7.",
    }

    SAYS_ANOTHER {
        vi: "Dòng LISTENING nói một cổng mà bạn không thể đang giữ: cổng ấy đã có chủ khác. Con số bạn in lấy từ đâu, \
             từ tham số hay từ chính socket? → Bài 02, bước 2.",
        en: "The LISTENING line names a port that cannot be yours: another program has it. Where does the number that \
             you print come from, the arguments or the socket itself? → Lesson 02, step 2.",
    }

    OTHER_HOST {
        vi: "Chương trình lắng nghe ở một địa chỉ khác với HOST. 127.0.0.1, địa chỉ khác của máy, và 0.0.0.0 (mọi địa \
             chỉ) là ba chuyện khác nhau: bạn đưa gì cho `bind`, ngoài số cổng? → Bài 02, bước 4.",
        en: "The program does not listen at HOST, but at another address. 127.0.0.1, another address of the machine, \
             and 0.0.0.0 (all of them) are three different things: what do you give `bind` besides the port? → Lesson \
             02, step 4.",
    }

    OUTSIDE {
        vi: "Cổng này không thuộc dải. Người chạy chương trình đã nói rõ được dùng những cổng nào; ngoài dải thì không \
             lấy, kể cả khi kernel sẵn lòng chọn hộ (cổng 0). Số cổng bạn đưa cho `bind` lấy từ đâu?",
        en: "That port is outside the range. Whoever runs the program has said which ports it may use; it takes no \
             other, even where the kernel would pick one (port 0). Where does the number that you give `bind` come \
             from?",
    }

    ASKS_BY_CALLING {
        vi: "Cổng này có chủ nhưng chưa ai lắng nghe, nên gọi thử thì bị từ chối, y như cổng trống. Chương trình có \
             đoán cổng trống bằng cách gọi thử không? Chỉ kernel biết chắc, và nó trả lời khi bạn xin. → Bài 02, bước \
             7.",
        en: "Another program holds this port without listening, so a call there is refused, as on a free port. Does \
             your program call a port to find out whether it is free? Only the kernel knows, and it tells you when you \
             ask for the port. → Lesson 02, step 7.",
    }

    LAST_LEFT_OUT {
        vi: "Chỉ còn cổng cuối của dải là trống, mà server không lấy. LAST có thuộc dải không? Nhìn chỗ vòng lặp dừng: \
             trong Rust, `a..b` và `a..=b` khác nhau đúng một số.",
        en: "Only the last port of the range was free, and the server did not take it. Does LAST belong to the range? \
             Look where your loop stops: in Rust `a..b` and `a..=b` differ by just one number.",
    }

    NOBODY_THERE {
        vi: "Tôi gọi tới đúng địa chỉ trong dòng LISTENING mà không ai nhận. Socket đã mở để thử còn sống lúc bạn in \
             dòng ấy không? Thử, đóng, rồi mở lại là để hở một lúc cho chương trình khác chen vào.",
        en: "I called the address in your LISTENING line, and nobody was there. Is the socket that you opened as a \
             test still alive when you print? If you close it and open another, there is a gap in which another \
             program may take the port.",
    }

    SAYS_NOTHING {
        vi: "Tôi gọi tới và chờ, server của bạn không nói gì. Ở đây server nói trước: sau dòng LISTENING, chương trình \
             có nhận cuộc gọi không, hay còn chờ người gọi gửi gì đó?",
        en: "I called and waited, and your server said nothing. Here the server speaks first: after its LISTENING \
             line, does it take calls, or is it waiting for the caller to send something?",
    }

    OTHER_WORDS {
        vi: "Đề bài xin đúng một dòng: chữ PORT, một dấu cách, số cổng, rồi `\\n`. Nhìn chỗ có dấu ^ ở trên: số cổng \
             bạn gửi có phải cổng tôi vừa gọi tới không?",
        en: "The task asks for one line: PORT, a space, the number, a `\\n`. Look above, where the ^ stands: is the \
             number that you send the port that I called?",
    }

    STAYS_OPEN {
        vi: "Dòng trả lời đã tới, mà kết nối không đóng. Kết nối đóng khi không còn ai giữ socket của nó: cái gì trong \
             chương trình còn giữ?",
        en: "The line came, and the connection stays open. It closes when nothing holds its socket any more: what in \
             your program still does?",
    }

    FIRST_ONLY {
        vi: "Người gọi đầu tiên được trả lời, người sau thì không. Lắng nghe chỉ cần một lần, còn nhận cuộc gọi thì \
             mỗi người một lần: sau câu trả lời đầu tiên, chương trình đi đâu?",
        en: "The first caller was answered, a later one was not. You listen once, but you take a call once for every \
             caller: where does your program go after its first answer?",
    }

    FALLS_WITH_CALLER {
        vi: "Mấy người gọi bỏ đi trước khi nghe trả lời, và server không qua nổi. Gửi cho họ thì lỗi, nhưng đó là lỗi \
             của một kết nối. Chỗ nào trong chương trình để lỗi ấy làm dừng vòng lặp?",
        en: "Some callers left before they got the answer, and the server did not survive that. Writing to them is an \
             error, but it is an error of one connection. Where does it end your loop?",
    }

    GOES_ON_WITHOUT {
        vi: "Không cổng nào lấy được, mà chương trình không báo lỗi. Đi hết dải rồi thì hàm `first_free` trả về gì? Nó \
             trả về `Result` chính là để nói điều này.",
        en: "No port could be taken, and the program did not report an error. What does `first_free` return after the \
             whole range? It returns a `Result` in order to say exactly this.",
    }

    SAYS_TOO_EARLY {
        vi: "Chương trình in ra stdout trong khi chưa giữ được cổng nào. Ai đọc dòng LISTENING sẽ gọi tới ngay: lúc \
             nào thì bạn lắng nghe thật, và bạn in vào lúc nào?",
        en: "The program printed on stdout before it had a port. Whoever reads LISTENING will call at once: at what \
             moment do you really listen, and when do you print?",
    }

    SAY_WHY {
        vi: "Chương trình kết thúc là đúng, nhưng không nói lý do. `main` in ra stderr lỗi mà `first_free` trả về: lỗi \
             của bạn có tới được đó không?",
        en: "The program ended, as it should, but did not say why. `main` prints the error that `first_free` returns: \
             does yours get that far?",
    }

    OTHER_ERRORS {
        vi: "Máy này không có địa chỉ ấy, nên cổng nào cũng hỏng như nhau; vậy mà chương trình thử tiếp, và lý do thật \
             không ra tới stderr. Loại lỗi (`kind`) cho biết nên sang cổng kế tiếp hay nên dừng: lỗi nào mới là \"cổng \
             có người dùng\"? → Bài 02, bước 7.",
        en: "This machine does not have that address, so every port fails in the same way; yet the program went on, \
             and the real reason never reached stderr. The kind of error says whether to go to the next port or to \
             stop: which one means \"in use\"? → Lesson 02, step 7.",
    }

    NO_NUMBER_AFTER {
        vi: "Dải chỉ có cổng 65535 và nó bị chiếm. Sau 65535 không còn số `u16` nào: cộng thêm 1 là tràn số. Vòng lặp \
             của bạn tính cổng kế tiếp trước hay sau khi biết còn cổng kế tiếp?",
        en: "The range is port 65535 alone, and it is taken. After 65535 there is no `u16` left: to add 1 overflows. \
             Does your loop work out the next port before or after it knows that there is one?",
    }
}
