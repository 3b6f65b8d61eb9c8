//! What the symptoms of a WebSocket echo server point to.

use crate::hints;

hints! {
    NO_WEBSOCKET {
        vi: "Tôi gửi một GET xin nâng cấp thành WebSocket, đúng như trình duyệt vẫn gửi. Ai đọc lời xin đó trong \
             chương trình của bạn, và `WebSocket` mà việc bắt tay trả về thì đi đâu? → Bài 16, bước 1.",
        en: "I sent a GET that asks for a WebSocket, as a browser does. What in your program reads that request, and \
             where does the `WebSocket` go that the handshake returns? → Lesson 16, step 1.",
    }

    STAYS_IN_BUFFER {
        vi: "Tôi gửi một tin và chờ; không có gì quay lại. Nếu bạn đã \"gửi\" rồi, nó đang nằm ở đâu? tungstenite gom \
             các tin vào một buffer 128 KiB: xem trong tài liệu `write`, `flush` và `send` khác nhau chỗ nào. → Bài \
             16, bước 4.",
        en: "I sent a message and waited; nothing came back. If you have \"sent\" it, where is it now? tungstenite \
             collects messages in a buffer of 128 KiB: see in its documentation how `write`, `flush` and `send` \
             differ. → Lesson 16, step 4.",
    }

    ONE_MESSAGE {
        vi: "Kết nối mất khi tôi còn đang nói. Một WebSocket mang nhiều tin: vòng lặp đọc của bạn có chạy tiếp sau khi \
             trả lời không, và điều gì làm nó dừng?",
        en: "The connection was gone while I was still talking. A WebSocket carries many messages: does your reading \
             loop go on after an answer, and what makes it stop?",
    }

    OTHER_MESSAGE {
        vi: "Tin quay lại không phải tin tôi gửi. Echo trả lại cả tin, không thêm, không bớt, không đổi.",
        en: "What came back is not the message that I sent. An echo returns the whole message and changes nothing.",
    }

    ANOTHER_KIND {
        vi: "Khung quay lại khác loại với khung tôi gửi. Text và nhị phân là hai loại tin khác nhau: với trình duyệt, \
             một bên là String, bên kia là Blob. Mỗi nhánh `Message` của bạn trả lời bằng loại nào? → Bài 16, bước 7.",
        en: "What came back is of another kind than what I sent. Text and binary are different messages: a browser \
             makes a String of one and a Blob of the other. With which kind does each arm for `Message` answer? \
             → Lesson 16, step 7.",
    }

    NOT_TEXT {
        vi: "Tin nhị phân có đủ 256 giá trị byte, và đủ độ dài. Trong chương trình của bạn có chỗ nào đổi nó ra chữ \
             không? Byte không cần có nghĩa.",
        en: "Binary messages hold any byte values, at any length. Does your program turn them into text somewhere? \
             Bytes need not mean anything.",
    }

    WHOLE_MESSAGES {
        vi: "Tôi chia một tin text ra ba khung, cắt ngay giữa một chữ, và gửi một ping xen giữa. `read` ghép các khung \
             giúp bạn và chỉ trả về tin đã đủ; ping thì tới trước. Vòng lặp của bạn làm gì khi gặp ping?",
        en: "I sent one text in three frames, cut within a letter, with a ping between them. `read` joins the frames \
             and returns whole messages only; the ping comes first. What does your loop do when it meets a ping?",
    }

    PONG_NOT_SENT {
        vi: "Tôi gửi ping và chờ pong. tungstenite tự xếp pong vào hàng, nhưng pong chỉ rời máy khi bạn gọi `read`, \
             `flush` hay `send` lần nữa. Sau khi `read` trả về một Ping, chương trình của bạn đi đâu? → Bài 16, bước \
             3.",
        en: "I sent a ping and waited for the pong. tungstenite queues it by itself, but it leaves only when you call \
             `read`, `flush` or `send` again. Where does your program go after `read` has returned a Ping? → Lesson \
             16, step 3.",
    }

    ANSWERS_A_PONG {
        vi: "Tôi gửi một pong mà không ai hỏi (có client làm vậy để giữ nhịp), và bạn đáp lại nó. Echo chỉ dành cho \
             tin text và tin nhị phân: khung điều khiển không phải là tin. Nhánh nào của bạn bắt cả Ping và Pong?",
        en: "I sent a pong that nobody had asked for (some clients do, as a heartbeat), and you answered it. An echo \
             is for text and binary: control frames are no messages. Which of your arms takes Ping and Pong as well?",
    }

    CLOSE_NOT_ANSWERED {
        vi: "Tôi gửi Close và chờ Close của bạn, để biết rằng mọi tin trước đó đã tới. tungstenite đã viết sẵn câu \
             đáp, nhưng chưa gửi: nó đi ở lần gọi kế tiếp. Bạn có rời vòng lặp ngay khi thấy `Message::Close` không? \
             → Bài 16, bước 9.",
        en: "I sent a Close and waited for yours, which tells me that all before it has arrived. tungstenite has the \
             answer ready, but not sent: it leaves with the next call. Do you leave your loop at `Message::Close`? \
             → Lesson 16, step 9.",
    }

    UNWRAPPED {
        vi: "Một thread đã panic vì điều mà client làm. Với tungstenite, cả kết thúc tốt đẹp cũng là một `Err`: \
             `ConnectionClosed`. Tìm `unwrap` và `expect` trên đường đi của một kết nối.",
        en: "A thread panicked because of what a client did. In tungstenite even the good end is an `Err`: \
             `ConnectionClosed`. Look for `unwrap` and `expect` on the way of a connection.",
    }

    SAYS_WHY {
        vi: "Tôi sai luật, và bạn bỏ đi mà không nói vì sao. `read` chỉ báo lỗi cho bạn; Close với mã lý do thì bạn \
             phải tự gửi, trước khi kết thúc. Nhánh `Err` của bạn làm gì? → Bài 16, bước 8.",
        en: "I broke the rules, and you left without saying why. `read` only tells you of the error; the Close with \
             the code of the reason is yours to send, before the end. What does your `Err` arm do? → Lesson 16, step \
             8.",
    }

    WHICH_CODE {
        vi: "Bạn gửi Close, nhưng mã không nói đúng lý do. Ba loại lỗi, ba mã: đề bài ghi loại `Error` nào đi với mã \
             nào.",
        en: "You sent a Close, but its code tells another reason. Three kinds of error, three codes: the task says \
             which kind of `Error` goes with which.",
    }

    NOT_REFUSED {
        vi: "Khung này trái luật, lẽ ra phải bị từ chối, mà bạn trả lời nó như một tin bình thường. Xem lại \
             `WebSocketConfig` của bạn: từng dòng cho phép điều gì, và giá trị mặc định là bao nhiêu?",
        en: "This had to be refused, and you answered it like any message. Look at your `WebSocketConfig` again: what \
             does each line of it allow, and what are the defaults?",
    }

    LIMIT_IS_ALLOWED {
        vi: "Tin này dài đúng bằng giới hạn trên dòng lệnh, nên vẫn hợp lệ, dù tới trong một khung hay ba. Giới hạn \
             của bạn lấy từ đâu ra?",
        en: "This message is exactly as long as the command line allows, so it is right, in one frame or in three. \
             Where does your limit come from?",
    }

    WAITS_FOR_PAYLOAD {
        vi: "Header của tôi báo một khung quá dài, rồi tôi không gửi gì nữa. Server chờ nội dung, có khi còn giữ sẵn \
             bộ nhớ cho nó. tungstenite có hai giới hạn: một cho cả tin, một cho từng khung; cái nào xem ngay từ \
             header?",
        en: "My header announced a frame that is too long, and I sent nothing more. The server waits for the payload, \
             perhaps with memory set aside for it. tungstenite has two limits, for a message and for a frame: which \
             one looks at the header?",
    }

    HANDSHAKE_FAILED {
        vi: "Tôi gọi tới mà không nói WebSocket. Việc đó chỉ làm hỏng kết nối này: trả lỗi ra khỏi `handshake`, rồi \
             `rejection` trả lời HTTP. Lỗi của việc bắt tay đi tới đâu trong chương trình của bạn?",
        en: "I called and did not speak WebSocket. That spoils this connection only: return the error from \
             `handshake`, and let `rejection` answer in HTTP. How far does an error of the handshake go in your \
             program?",
    }

    HANDSHAKE_BLOCKS {
        vi: "Một client gọi tới rồi không bắt tay cho xong, và client khác phải chờ theo. Thread nào đang chờ lời xin \
             nâng cấp: thread riêng của client đó, hay chính vòng lặp `accept`?",
        en: "One client called and did not finish its handshake, and another had to wait for it. Which thread waits \
             for the request: one of the client's own, or the `accept` loop?",
    }

    HANDSHAKE_DEADLINE {
        vi: "Ai gọi tới rồi ngồi im, hoặc nhả từng byte một, sẽ giữ một thread của bạn mãi. `Caller` có hạn chót cho \
             việc đó; lúc bắt tay thì hạn ấy còn hiệu lực không?",
        en: "Who calls and says nothing, or a byte now and then, would keep a thread of yours for ever. `Caller` has a \
             deadline for that; is it still there while hands are shaken?",
    }

    DEADLINE_STAYS {
        vi: "Bắt tay xong, tôi im hơn một giây rồi gửi một tin, và kết nối không còn. Hạn chót dành cho việc bắt tay; \
             một người trong phòng chat có thể cả giờ không nói gì. Sau khi bắt tay, `deadline` là gì?",
        en: "After the handshake I was silent for more than a second, then sent a message, and the connection was \
             gone. The deadline is meant for the handshake; one who chats may say nothing for an hour. What is \
             `deadline` after the handshake?",
    }

    ONE_AT_A_TIME {
        vi: "Một client khác đang kết nối mà không nói gì, và server đứng đợi nó. Ai chạy vòng lặp đọc của client đó: \
             chính vòng lặp `accept`, hay một thread riêng?",
        en: "Another client is connected and says nothing, and the server waits for it. Who runs that client's reading \
             loop: the `accept` loop itself, or a thread of its own?",
    }

    CUT {
        vi: "Một client bỏ kết nối giữa chừng, hoặc gửi byte vô nghĩa. Lỗi đó chỉ thuộc về kết nối ấy: trong chương \
             trình của bạn nó đi tới đâu?",
        en: "A client dropped its connection midway, or sent bytes without meaning. The error belongs to that \
             connection only: how far does it go in your program?",
    }

    KEPT {
        vi: "Các client đã đi, mà descriptor hoặc thread của chúng vẫn còn. Còn ai chờ trên kết nối ấy, và chờ điều gì \
             sẽ không bao giờ tới?",
        en: "The clients have left, yet their descriptors or threads are still there. Who still waits on such a \
             connection, and for what that will never come?",
    }
}
