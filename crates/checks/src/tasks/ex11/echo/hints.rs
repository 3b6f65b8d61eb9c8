//! What the symptoms of an echo server at a path point to.

use crate::hints;

hints! {
    AS_EVER {
        vi: "Kết nối mở được mà các byte không quay lại đúng như khi đi. Đây vẫn là một luồng byte, như ở bài 03: đọc \
             được bao nhiêu ghi lại bấy nhiêu, ngay lập tức, cho tới EOF. Chỗ nào trong vòng lặp của bạn chờ thêm, hay \
             dừng sớm? → Bài 03, bước 4.",
        en: "The connection opens, yet the bytes do not come back as they went. This is a stream of bytes, as in \
             lesson 03: write back what was read, at once, until EOF. Where does your loop wait for more, or stop \
             early? → Lesson 03, step 4.",
    }

    EVERY_BYTE {
        vi: "Tôi gửi nửa megabyte, vừa gửi vừa đọc, rồi nói \"hết rồi\". Sau mỗi lần ghi, làm sao bạn biết bao nhiêu \
             byte đã đi? Và sau EOF, còn gì giữ kết nối mở không?",
        en: "I sent half a megabyte, reading all the while, and then said \"that was all\". After each write, how do \
             you know how many bytes went? And after EOF, does anything keep the connection open?",
    }

    MODE {
        vi: "Ai được phép kết nối vào một socket ở đường dẫn là do quyền ghi của tệp socket quyết định. Khi bind tạo \
             ra tệp đó, umask của người chạy quyết định quyền; tôi đã đặt một umask khác thường. Ai đặt lại quyền cho \
             đúng, và có trước dòng LISTENING không? → Bài 11, bước 8.",
        en: "Who may connect to a socket at a path is decided by the write permission of the socket file. When bind \
             makes that file, the umask of whoever runs you decides its mode; I set an unusual one. Who puts the mode \
             right, and is it before the LISTENING line? → Lesson 11, step 8.",
    }

    STALE {
        vi: "Server trước chết mà không kịp dọn (kill -9 chẳng hạn), nên tệp socket còn đó, và bind báo EADDRINUSE. \
             Tệp còn, nhưng sau nó không còn ai. Làm sao hỏi xem có ai đang ở đó không? → Bài 11, bước 10.",
        en: "The server before yours died without clearing up (kill -9, say), so the socket file is still there, and \
             bind says EADDRINUSE. The file is there, but nobody is behind it. How can you ask whether somebody is? \
             → Lesson 11, step 10.",
    }

    LIVE {
        vi: "Ở đó có một server đang sống, và bạn đã lấy mất đường dẫn của nó: nó vẫn chạy mà không client nào tìm ra \
             nữa. bind không báo gì cho bạn, vì trước đó ai đã xóa tệp? Phải biết điều gì rồi mới được xóa? → Bài 11, \
             bước 10.",
        en: "A living server stood there, and you took its path: it goes on running, and no client finds it any more. \
             bind did not warn you, because who had removed the file before? What must be known before it may be \
             removed? → Lesson 11, step 10.",
    }

    PROBED {
        vi: "Server đầu ngừng phục vụ sau khi server thứ hai gọi thử nó. Một kết nối mở ra rồi đóng ngay, không một \
             byte nào, là chuyện bình thường: vòng lặp của bạn gặp nó thì làm gì?",
        en: "The first server stopped serving after the second had called it to see whether it lives. A connection \
             that opens and closes at once, without a byte, is nothing special: what does your loop do with it?",
    }

    OTHER_KIND {
        vi: "Socket ở đó đang có người dùng, chỉ là loại datagram, nên gọi bằng stream thì gặp một lỗi khác, không \
             phải ECONNREFUSED. Những lỗi nào của connect thật sự có nghĩa là \"không còn ai\"?",
        en: "The socket there is in use; it only is of another kind, datagram, so that a stream call meets another \
             error than ECONNREFUSED. Which errors of connect really mean \"nobody is there\"?",
    }

    NOT_A_SOCKET {
        vi: "Ở đường dẫn đó là một tệp thường, có dữ liệu của ai đó. Gọi connect tới nó, kernel cũng trả ECONNREFUSED, \
             y như với một socket chết. Trước khi xóa, bạn đã hỏi nó là loại tệp gì chưa?",
        en: "At that path stands a regular file with somebody's data. Calling connect on it gives ECONNREFUSED too, \
             just as with a dead socket. Before you remove it, have you asked what kind of file it is?",
    }

    LINK {
        vi: "Ở đường dẫn đó là một symbolic link. Có hai cách hỏi thông tin của một đường dẫn: một cách đi theo link \
             tới đích, một cách nhìn chính cái link. Bạn đang hỏi cách nào, còn lệnh xóa thì xóa cái nào?",
        en: "At that path stands a symbolic link. There are two ways to ask about a path: one follows the link, one \
             looks at the link itself. Which do you ask, and which one does removing remove?",
    }

    SAY_NO {
        vi: "Đường dẫn này không dùng được, và chương trình cần nói ra: một câu trên stderr, mã thoát khác 0, không \
             panic. Lỗi đó đi từ chỗ nó xảy ra tới `main` bằng đường nào?",
        en: "This path cannot be used, and the program must say so: a sentence on stderr, an exit code other than 0, \
             no panic. By which way does that error travel from where it happens to `main`?",
    }

    END_OF_STDIN {
        vi: "stdin hết nghĩa là: dọn dẹp rồi kết thúc với mã 0. Một client vẫn còn kết nối và không nói gì. Lúc kết \
             thúc, chương trình của bạn còn chờ ai, hay gặp lỗi gì?",
        en: "The end of stdin means: clear up and end with exit code 0. One client is still connected and says \
             nothing. At the end, whom does your program still wait for, or what error does it meet?",
    }

    LEFT_BEHIND {
        vi: "Chương trình kết thúc êm đẹp mà đường dẫn vẫn còn. Đóng listener không xóa tệp của nó: kernel coi tên và \
             socket là hai thứ riêng. Ai xóa cái tên? → Bài 11, bước 10.",
        en: "The program ended in good order, and the path is still there. Closing a listener does not remove its \
             file: to the kernel the name and the socket are two things. Who removes the name? → Lesson 11, step 10.",
    }

    NOT_OURS {
        vi: "Trong lúc server cũ chạy, đường dẫn đã bị xóa, và một server mới đặt socket của mình vào đó. Server cũ \
             kết thúc và xóa luôn socket của server mới. Cùng một tên, nhưng có phải vẫn là tệp đó không? Nhìn vào \
             `Identity`. → Bài 11, bước 1.",
        en: "While the old server ran, the path was removed, and a new server put its own socket there. The old one \
             ended and removed the socket of the new one. The name is the same, but is it the same file? Look at \
             `Identity`. → Lesson 11, step 1.",
    }

    GONE {
        vi: "Khi dọn dẹp, đường dẫn không còn là của mình, hoặc không còn nữa. Vậy là không còn gì để làm: đó không \
             phải lỗi. Chương trình của bạn coi nó là gì?",
        en: "When it was time to clear up, the path was no longer its own, or no longer there. Then nothing is left to \
             do: that is no error. What does your program take it for?",
    }

    ONE_AT_A_TIME {
        vi: "Một client khác đang kết nối mà không nói gì, và server đứng đợi nó. Ai đang chạy vòng lặp đọc của client \
             đó: chính vòng lặp `accept`, hay một thread riêng?",
        en: "Another client is connected and says nothing, and the server waits for it. Who runs that client's reading \
             loop: the `accept` loop itself, or a thread of its own?",
    }

    CUT {
        vi: "Client đã đi trước khi bạn trả lời, nên `write` gặp EPIPE. Lỗi đó chỉ thuộc về kết nối ấy: trong chương \
             trình của bạn nó đi tới đâu, có chỗ nào unwrap nó không?",
        en: "The client had left before you answered, so `write` met EPIPE. That error belongs to this connection \
             only: how far does it go in your program, and does anything unwrap it?",
    }

    KEPT {
        vi: "Các client đã đi, mà server vẫn giữ descriptor hoặc thread của họ. Chỗ nào còn giữ `UnixStream`, hoặc còn \
             chờ một điều không bao giờ tới?",
        en: "The clients have left, yet the server still holds their descriptors or threads. What still keeps the \
             `UnixStream`, or waits for something that will never come?",
    }

    NO_DESCRIPTORS {
        vi: "Server hết file descriptor (EMFILE). `accept` lỗi không có nghĩa là listener hỏng: client khác rời đi thì \
             nó lại thành công. Vòng lặp của bạn làm gì sau lỗi ấy: thoát, quay vòng, hay đợi một chút?",
        en: "The server ran out of file descriptors (EMFILE). An error from `accept` does not mean that the listener \
             is broken: once others have left, it works again. What does your loop do after that error: end, spin, or \
             wait a little?",
    }
}
