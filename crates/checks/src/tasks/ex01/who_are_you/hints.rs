//! What to look at next when `who-are-you` fails a check.

use crate::hints;

hints! {
    SAYS_NOTHING {
        vi: "Tôi gọi tới rồi im, và server của bạn cũng im. Ở đây server là bên nói trước: có phải nó đang đọc, chờ \
             người gọi gửi gì đó? Kết nối có rồi cũng chưa chắc bạn đã nhận: kernel nhận thay, cuộc gọi nằm trong hàng \
             đợi cho đến khi chương trình gọi `accept`. → Bài 01, bước 3; hàng đợi: bài 03, bước 2.",
        en: "I called and said nothing, and your server says nothing either. Here the server speaks first: is it \
             reading, waiting for the caller to send something? Or have you not taken my call? The kernel connects me \
             all the same, and the call waits in a queue until your program calls `accept`. → Lesson 01, step 3; the \
             queue: lesson 03, step 2.",
    }

    HUNG_UP {
        vi: "Kết nối đóng khi tôi chưa nghe được câu nào. Socket mà `accept` đưa cho bạn sống tới đâu thì kết nối sống \
             tới đó: lúc gửi, bạn còn giữ đúng socket của người này không? Mỗi lần `accept` là một người khác. → Bài \
             01, bước 3.",
        en: "The connection closed before I was told anything. It lives as long as the socket that `accept` gave you: \
             when you send, do you still hold the socket of this very caller? Every `accept` is another caller. \
             → Lesson 01, step 3.",
    }

    OTHER_WORDS {
        vi: "Câu trả lời phải mở đầu đúng như đề bài: YOU ARE, chữ hoa, rồi một dấu cách. Nhìn chỗ có dấu ^ ở trên: \
             byte nào khác?",
        en: "The answer must begin as the task says: YOU ARE, in capitals, then a space. Look above, where the ^ \
             stands: which byte differs?",
    }

    NOT_THE_CALLER {
        vi: "Đó không phải địa chỉ của tôi. Một kết nối có hai đầu, mỗi đầu một địa chỉ gồm IP và cổng; số cổng bạn \
             gửi có giống số trong dòng LISTENING không? Nếu giống, bạn đang nói về đầu của mình. → Bài 01, bước 4: \
             hai cột, hai địa chỉ đổi chỗ.",
        en: "That is not my address. A connection has two ends, each with an address of IP and port; is the port that \
             you sent the one in the LISTENING line? If so, you are telling me your own end. → Lesson 01, step 4: two \
             columns, with the two addresses swapped.",
    }

    LINE_WITHOUT_END {
        vi: "Địa chỉ đúng rồi, nhưng sau đó không phải là `\\n`. Đóng kết nối không thay được byte kết thúc dòng: \
             người đọc từng dòng sẽ coi đây là câu bị đứt.",
        en: "The address is right, but no `\\n` follows it. Closing the connection does not replace the byte that ends \
             a line: a program that reads lines will think that your answer was cut off.",
    }

    STAYS_OPEN {
        vi: "Câu trả lời tới đủ, rồi tôi chờ bạn đóng mà không thấy. Một kết nối đóng khi trong chương trình không còn \
             ai giữ socket của nó: ai còn giữ? Hay bạn đang chờ người gọi làm gì? → Bài 01, bước 7: đóng socket thì \
             bên kia đọc được 0 byte.",
        en: "The answer came whole, then I waited for you to close, and you did not. A connection closes when nothing \
             in the program holds its socket any more: what still holds it? Or are you waiting for something from the \
             caller? → Lesson 01, step 7: when a socket closes, the other side reads 0 bytes.",
    }

    ONE_LINE {
        vi: "Sau dòng trả lời còn có thêm byte. Đề bài chỉ xin một dòng: bạn gửi bao nhiêu byte, và đó có đúng là số \
             byte của dòng ấy không?",
        en: "More bytes follow the answer. The task asks for one line: how many bytes do you send, and does the line \
             have that many?",
    }

    FIRST_ONLY {
        vi: "Người đầu được trả lời, người sau thì không. Lắng nghe chỉ cần một lần, còn nhận cuộc gọi thì mỗi người \
             một lần: sau câu trả lời đầu tiên, chương trình đi đâu?",
        en: "The first caller was answered, the next one was not. You listen once, but you take a call once for every \
             caller: where does your program go after its first answer?",
    }

    THE_ONE_BEFORE {
        vi: "Người gọi sau nghe một địa chỉ không phải của mình; so với địa chỉ của người trước xem có giống không. \
             Địa chỉ của mỗi người đến cùng lúc với socket của họ: bạn lấy nó lúc nào?",
        en: "A later caller was told an address that is not theirs; compare it with the address of the caller before. \
             Each caller's address comes together with their socket: at what moment do you get it?",
    }

    MIXED_UP {
        vi: "Sáu người cùng chờ trong hàng đợi, và có người nghe nhầm hay không nghe được gì. Mỗi lần `accept` lấy ra \
             một người: socket bạn ghi vào và địa chỉ bạn ghi ra có đến từ cùng một lần `accept` không?",
        en: "Six callers waited in the queue, and one of them was told a wrong address, or nothing. Each `accept` \
             takes one caller out: do the socket you write into and the address you write come from the same `accept`?",
    }

    HELD_UP {
        vi: "Một người nghe xong mà chưa gác máy, thế là người sau phải chờ. Bạn đã nói hết điều cần nói với người \
             đầu: sau đó chương trình còn đợi gì ở họ?",
        en: "One caller got the answer and did not hang up, and now the next one waits. You had told the first \
             everything: what is your program still waiting for?",
    }

    FALLS_WITH_CALLER {
        vi: "Có người gọi bỏ đi trước khi nghe trả lời, và server không qua nổi. Gửi cho họ, hay hỏi socket xem họ là \
             ai, lúc này đều có thể lỗi; nhưng là lỗi của một kết nối, không phải của server. Chỗ nào trong vòng lặp \
             để lỗi ấy gây panic hoặc làm dừng vòng lặp?",
        en: "Some callers left before they got the answer, and the server did not survive that. Writing to them, or \
             asking their socket who they were, may be an error now; but it is an error of one connection, not of the \
             server. Where in your loop does it cause a panic, or end the loop?",
    }

    BRACKETS {
        vi: "Địa chỉ IPv6 đầy dấu hai chấm, nên nó phải đứng trong ngoặc vuông thì mới biết đâu là cổng: [::1]:51324. \
             Có phải bạn tự ghép IP với cổng? Rust đã biết in một địa chỉ trọn vẹn.",
        en: "An IPv6 address is full of colons, so it goes in brackets, to show where the port begins: [::1]:51324. Do \
             you put IP and port together yourself? Rust can print a whole address.",
    }

    KEPT {
        vi: "Mọi người gọi đã nghe xong và đi rồi, mà chương trình còn giữ socket của họ. Mỗi socket là một \
             descriptor, và số descriptor có hạn: cái gì trong chương trình sống lâu hơn cuộc gọi? → Bài 01, bước 4: \
             `fd` là con số ấy.",
        en: "Every caller got the answer and has gone, yet the program still holds their sockets. Each socket is a \
             descriptor, and there are only so many: what in your program lives longer than the call? → Lesson 01, \
             step 4: `fd` is that number.",
    }
}
