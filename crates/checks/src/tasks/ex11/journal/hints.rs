//! What the symptoms of a journal point to.

use crate::hints;

hints! {
    NO_ACK {
        vi: "Người gửi này có tên, nên đang chờ con số. Datagram tới cùng địa chỉ của người gửi: trả lời đúng địa chỉ \
             đó, chỉ các chữ số, không xuống dòng, sau mỗi mục.",
        en: "This sender has a name, so it waits for its number. A datagram comes with the address of its sender: \
             answer that address, digits only, no line end, after each entry.",
    }

    OWN_SOCKET {
        vi: "Người gửi này đã connect tới bạn, nên socket của họ chỉ nhận datagram từ chính socket mà họ đã gọi. Câu \
             trả lời của bạn đi ra từ socket nào?",
        en: "This sender has connected to you, so its socket takes datagrams only from the very socket that it called. \
             From which socket does your answer go out?",
    }

    AS_WRITTEN {
        vi: "Mỗi mục là một dòng trong tệp: số, một dấu cách, đúng các byte đã gửi, rồi `\\n`. So hai dòng ở trên: mục \
             nào thiếu, thừa, hay nằm sai chỗ?",
        en: "Each entry is one line of the file: its number, a space, the bytes as they were sent, then `\\n`. Compare \
             the two above: which entry is missing, too many, or in the wrong place?",
    }

    ONE_LINE {
        vi: "Trong datagram của tôi có một dấu xuống dòng, và sau nó là thứ trông như một mục khác. Ghi nguyên vào tệp \
             thì ai cũng giả được mục của người khác. Byte đó, và cả dấu `\\`, phải viết thành gì để đọc lại vẫn phân \
             biệt được?",
        en: "My datagram had a line end in it, and behind that something that looks like another entry. Written as it \
             is, it lets anybody forge entries. As what must that byte, and the `\\` too, be written, so that a reader \
             can still tell them apart?",
    }

    NOT_TEXT {
        vi: "Nội dung là byte, không phải chữ: có đủ giá trị từ 0 đến 255, và khoảng trắng ở hai đầu cũng là nội dung. \
             Chỗ nào trong chương trình đổi chúng thành chuỗi, hay cắt bớt?",
        en: "The content is bytes, not text: all values from 0 to 255, and white space at either end belongs to it. \
             Where does your program turn them into a string, or trim them?",
    }

    EMPTY {
        vi: "Datagram rỗng cũng là một mục. `recv_from` trả về 0 ở đây không có nghĩa là hết: datagram không có EOF. \
             → Bài 11, bước 4.",
        en: "An empty datagram is an entry, too. `recv_from` returning 0 does not mean the end here: datagrams have no \
             EOF. → Lesson 11, step 4.",
    }

    BUFFER {
        vi: "Phần không vừa buffer của `recv_from` bị kernel bỏ đi, không báo lỗi. Buffer của bạn dài bao nhiêu, và \
             mục dài nhất là bao nhiêu? → Bài 11, bước 6.",
        en: "What does not fit the buffer of `recv_from` is dropped by the kernel, without an error. How long is your \
             buffer, and how long is the longest entry? → Lesson 11, step 6.",
    }

    TOO_LONG {
        vi: "Datagram này dài hơn mức cho phép, và phần thừa đã bị cắt mà không báo. Một buffer vừa khít không phân \
             biệt được \"dài đúng bằng\" với \"dài hơn\". Buffer phải thế nào mới biết?",
        en: "This datagram was longer than an entry may be, and the rest was cut without a word. A buffer of exactly \
             that length cannot tell \"as long\" from \"longer\". What buffer could?",
    }

    UNNAMED {
        vi: "Người gửi này không có tên (như `logger -u`): không có địa chỉ nào để trả lời. Mục vẫn phải được ghi, và \
             người sau vẫn được phục vụ. Chương trình của bạn làm gì khi địa chỉ người gửi trống? → Bài 11, bước 4.",
        en: "This sender has no name (such as `logger -u`): there is no address to answer to. The entry must be \
             written all the same, and the next one served. What does your program do when the sender's address is \
             empty? → Lesson 11, step 4.",
    }

    ABSTRACT {
        vi: "Người gửi này có tên trừu tượng (abstract): có tên, nhưng không phải đường dẫn. Bạn đang hỏi \"có đường \
             dẫn không\" hay \"có tên không\"? → Bài 11, bước 11.",
        en: "This sender has an abstract name: a name, but not a path. Do you ask \"has it a path\" or \"has it a \
             name\"? → Lesson 11, step 11.",
    }

    SENDER_GONE {
        vi: "Người gửi đã đi trước khi nhận xác nhận, nên gửi cho họ gặp ENOENT hoặc ECONNREFUSED. Lỗi đó chỉ là của \
             họ: mục đã nằm trong tệp rồi, và những người khác vẫn chờ.",
        en: "The sender left before its acknowledgement, so sending it meets ENOENT or ECONNREFUSED. That is its own \
             affair: the entry is in the file, and others are waiting.",
    }

    DEAF {
        vi: "Một người gửi không đọc, hàng đợi của họ đầy. Với Unix datagram, `send` không bỏ gói như UDP mà chờ có \
             chỗ, có khi mãi mãi. Làm sao để lần gửi đó chỉ chờ một lúc, mà lần nhận thì vẫn ngủ như cũ? → Bài 11, \
             bước 5.",
        en: "One sender does not read, and its queue is full. With Unix datagrams `send` does not drop as UDP does; it \
             waits for room, perhaps for ever. How can that send wait only a little, while the receive goes on \
             sleeping? → Lesson 11, step 5.",
    }

    KILLED {
        vi: "Tôi kill -9 chương trình ngay sau khi nhận xác nhận, và có mục đã xác nhận mà không nằm trong tệp. Những \
             gì còn trong bộ nhớ của tiến trình thì chết theo nó. Lúc gửi xác nhận, dòng đó đang ở đâu: trong một \
             buffer của bạn, hay đã tới kernel?",
        en: "I killed the program right after an acknowledgement, and an entry that was acknowledged is not in the \
             file. What is in a process's own memory dies with it. At the time of the acknowledgement, where was that \
             line: in a buffer of yours, or with the kernel?",
    }

    RESTART {
        vi: "Chạy lại với cùng tệp thì các mục cũ phải còn nguyên, và số tiếp theo nối vào số cuối. Bạn mở tệp thế \
             nào, và lấy con số bắt đầu từ đâu?",
        en: "Run again with the same file, the old entries must all be there, and the next number follows the last. \
             How do you open the file, and where does the first number come from?",
    }

    TORN {
        vi: "Dòng cuối của tệp không có `\\n`: lần trước bị cắt ngang khi đang ghi. Mục mới mà ghi tiếp vào đó thì hai \
             mục dính làm một. Trước khi ghi, tệp phải kết thúc ở đâu?",
        en: "The last line of the file has no `\\n`: the run before was cut off while it wrote. An entry written on \
             behind it makes one line of two. Where must the file end before you write?",
    }

    ACK_TOO_EARLY {
        vi: "Đĩa đầy, mục không ghi được trọn vẹn, mà người gửi vẫn nhận xác nhận. Xác nhận là lời hứa \"đã giữ\": nó \
             phải đứng sau bước nào?",
        en: "The disk was full, the entry could not be written whole, yet its sender got an acknowledgement. An \
             acknowledgement is a promise, \"it is kept\": behind which step must it stand?",
    }

    NOT_THERE_YET {
        vi: "Người gửi đã nhận xác nhận, mà lúc đó tệp chưa có mục này. Hoặc xác nhận đi trước lần ghi, hoặc dòng đó \
             còn nằm trong một buffer của bạn. Một lời hứa phải đứng sau bước nào?",
        en: "The sender had its acknowledgement, and at that moment the entry was not in the file. Either it went out \
             before the write, or the line still lies in a buffer of yours. Behind which step must a promise stand?",
    }

    WRITE_FAILED {
        vi: "Không ghi được mục nào nữa, mà chương trình cứ chạy như không có gì. Không giữ được thì phải nói ra: lỗi \
             đó cần đi tới `main`, với một câu trên stderr và mã thoát khác 0.",
        en: "No entry can be written any more, and the program goes on as if nothing were wrong. Who cannot keep must \
             say so: that error has to reach `main`, with a sentence on stderr and an exit code other than 0.",
    }

    NOT_SYNCED {
        vi: "Lần này tệp là /dev/null: ghi thì luôn thành công, còn sync thì không. Người gửi vẫn nhận xác nhận. Vậy \
             chương trình có gọi sync không, và có nhìn kết quả không? `write` mới chỉ đưa dòng đó vào bộ nhớ của \
             kernel; mất điện là mất.",
        en: "This time the file is /dev/null: writing always works, syncing never does. Its sender still got an \
             acknowledgement. Does the program call sync, and does it look at the result? `write` only brings the line \
             into the kernel's memory; a power cut takes it.",
    }

    SPINS {
        vi: "Không ai gửi gì mà chương trình cứ chạy: nó gọi recv liên tục. O_NONBLOCK đặt cho cả socket, cả chiều \
             nhận lẫn chiều gửi. Chỉ chiều gửi là cần giới hạn thời gian.",
        en: "Nobody sends anything, and the program is busy: it calls recv again and again. O_NONBLOCK holds for the \
             whole socket, receiving and sending alike. Only sending needs a limit on its time.",
    }
}
