//! What the symptoms of a datagram echo point to.

use crate::hints;

hints! {
    NO_ANSWER {
        vi: "Datagram của tôi đã tới cổng mà bạn báo, nhưng không có gì quay lại. Server đang chờ gì: một dấu xuống \
             dòng, thêm dữ liệu, một EOF? UDP không có cái nào trong số đó.",
        en: "My datagram reached the port that you announced, and nothing came back. What is the server waiting for: a \
             line end, more data, EOF? UDP has none of them.",
    }

    OTHER_BYTES {
        vi: "Thứ quay về không phải thứ tôi đã gửi. Bạn gửi lại phần nào của buffer: đúng số byte vừa nhận, hay cả \
             buffer?",
        en: "What came back is not what I sent. Which part of the buffer do you send: as many bytes as came, or all of \
             it?",
    }

    ONLY_ONCE {
        vi: "Tin đầu được trả lời, các tin sau thì không. Một socket UDP nhận mãi mãi: trả lời xong thì quay lại nhận \
             tiếp.",
        en: "The first message was answered, the next was not. A UDP socket receives for ever: after the answer comes \
             the next receive.",
    }

    ONE_PEER {
        vi: "Có người gửi không được trả lời khi người khác đã gửi trước. Bạn trả lời cho ai: người gửi của chính \
             datagram này, hay một địa chỉ nhớ từ trước? `connect` trên UDP khiến kernel bỏ tin của mọi người khác. \
             → Bài 08, bước 5.",
        en: "A sender goes unanswered once somebody else has sent before. Whom do you answer: the sender of this very \
             datagram, or an address kept from earlier? After `connect` on UDP, the kernel drops what all others send. \
             → Lesson 08, step 5.",
    }

    OTHER_SOCKET {
        vi: "Câu trả lời đến từ một cổng khác cổng tôi đã hỏi. Ai cẩn thận thì bỏ nó như tin của người lạ. Bạn gửi \
             bằng socket nào, và socket ấy mang địa chỉ nào?",
        en: "The answer came from another port than the one I asked. A careful client drops it as a stranger's. Which \
             socket do you send with, and which address does it have?",
    }

    NOT_TEXT {
        vi: "Tôi gửi đủ 256 giá trị byte, có cả dấu xuống dòng và khoảng trắng. Byte có bị đổi ra chữ, hay bị cắt bớt \
             ở hai đầu không?",
        en: "I sent all 256 values of a byte, line ends and spaces among them. Are bytes turned into text, or trimmed \
             at the ends?",
    }

    STALE_BUFFER {
        vi: "Sau tin ngắn là những byte của tin dài trước đó. Lần nhận cho biết datagram dài bao nhiêu; phần còn lại \
             của buffer là chuyện cũ.",
        en: "After the short message come bytes of the long one before it. The receive says how long the datagram is; \
             the rest of the buffer is an older story.",
    }

    EMPTY {
        vi: "Tôi gửi một datagram 0 byte. Với TCP, đọc được 0 byte là hết; UDP không có chỗ hết, nên 0 byte chỉ là một \
             tin rỗng, và nó cũng cần được trả lại. → Bài 08, bước 2.",
        en: "I sent a datagram of 0 bytes. With TCP, reading 0 bytes is the end; UDP has no end, so this is only an \
             empty message, and it must come back, too. → Lesson 08, step 2.",
    }

    BOUNDARIES {
        vi: "Tôi gửi sáu tin liền nhau, và chờ đúng sáu tin quay lại. Mỗi lần nhận là một tin, mỗi lần gửi là một tin: \
             có chỗ nào gom nhiều lần nhận vào một lần gửi, hay chia một tin thành nhiều lần gửi? → Bài 08, bước 2.",
        en: "I sent six messages in a row and wait for six. Each receive is one message, each send is one message: do \
             you gather several receives into one send, or cut one message into several? → Lesson 08, step 2.",
    }

    BUFFER {
        vi: "Tin ngắn thì đúng, tin dài thì không. Phần của datagram không vừa buffer bị vứt đi, lần nhận sau không có \
             nó. Một datagram có thể dài tới 65.507 byte: buffer của bạn dài bao nhiêu? → Bài 08, bước 3.",
        en: "Short messages were right, this long one is not. What does not fit in the buffer is thrown away, the next \
             receive does not bring it. A datagram may have 65,507 bytes: how long is your buffer? → Lesson 08, step \
             3.",
    }

    CLOSED_PORT {
        vi: "Một người gửi rồi đi mất, nên câu trả lời của bạn gặp một cổng đóng. Kernel có thể báo điều đó ở lần gửi \
             hay lần nhận sau (ECONNREFUSED). Lỗi ấy chỉ nói về một datagram; vòng lặp phải đi tiếp. → Bài 08, bước 8.",
        en: "One sender left, so your answer met a closed port. The kernel may report that at a later send or receive \
             (ECONNREFUSED). Such an error is about one datagram; the loop must go on. → Lesson 08, step 8.",
    }

    KEPT {
        vi: "Năm mươi người gửi, và server giữ lại thứ gì đó cho từng người. UDP không có kết nối: một socket và một \
             thread là đủ cho tất cả, nên không có gì để giữ.",
        en: "Fifty senders, and the server keeps something for each. UDP has no connection: one socket and one thread \
             do for all, so there is nothing to keep.",
    }

    SPINS {
        vi: "Không ai gửi gì, mà chương trình vẫn chạy không nghỉ. Để kernel đánh thức: một lần nhận ở chế độ chặn ngủ \
             cho tới khi có datagram.",
        en: "Nobody sends anything, yet the program never rests. Let the kernel wake it: a blocking receive sleeps \
             until a datagram is there.",
    }
}
