//! What the symptoms of a chat room point to.

use crate::hints;

hints! {
    WELCOME {
        vi: "Người mới vào phải nhận ngay, theo đúng thứ tự: những dòng cuối đã nói, rồi `=` với tên những ai đang ở \
             đây, theo thứ tự vào. Hàng đợi của người mới có gì trong đó trước khi người ấy vào phòng? → Bài 16, bước \
             10.",
        en: "A newcomer must get at once, in this order: the last lines that were said, then `=` with the names of \
             those who are here, in order of arrival. What is in the newcomer's queue before he belongs to the room? \
             → Lesson 16, step 10.",
    }

    NOT_TOLD {
        vi: "Có người vừa vào, mà người ở sẵn không hay biết. Ai phải nhận `+ tên`, và qua hàng đợi nào?",
        en: "Somebody came in, and those who were here heard nothing of it. Who must get `+ name`, and by which queue?",
    }

    ARRIVAL {
        vi: "Khi có người vào: mỗi người khác nhận `+ tên` đúng một lần, chính người vào thì không. Lúc gửi dòng ấy, \
             người mới đã có trong danh sách thành viên chưa, và hàm gửi của bạn bỏ qua ai?",
        en: "When somebody comes in, each other gets `+ name` once, and the newcomer does not. When that line goes \
             out, is the newcomer in your list of members already, and which member does your sending function skip?",
    }

    NOT_SAID {
        vi: "Một dòng được nói phải tới mọi người khác ngay, với tên người nói và `: ` đứng trước. Theo chân nó: từ \
             `source` vào phòng, vào từng hàng đợi, rồi ra `sink`. Nó dừng lại ở đâu?",
        en: "A line that is said must reach all others at once, with the speaker's name and `: ` in front. Follow it: \
             from `source` to the room, to each queue, and out by `sink`. Where does it stop?",
    }

    HEARS_HIMSELF {
        vi: "Người nói nhận lại lời của chính mình. Màn hình của người ấy đã có dòng đó rồi. Hàm gửi \
             của bạn có biết ai là người nói không?",
        en: "The speaker got his own words back. They stand on his screen already. Does your sending \
             function know who speaks?",
    }

    EMPTY_LINE {
        vi: "Một dòng rỗng không phải là lời nói, và `\\r\\n` ở cuối không thuộc về dòng. Bạn xem dòng rỗng trước hay \
             sau khi bỏ phần cuối ấy?",
        en: "An empty line is nothing said, and `\\r\\n` at the end does not belong to the line. Do you look for an \
             empty line before or after you take that off?",
    }

    LAST_TEN {
        vi: "13 dòng đã được nói; người mới phải thấy 10 dòng cuối, cũ trước mới sau, mỗi dòng y như người khác đã \
             nghe. Phòng nhớ gì, bỏ đi ở đầu nào, đọc ra từ đầu nào?",
        en: "13 lines had been said; a newcomer must see the last 10, older ones first, each as the others heard it. \
             What does the room remember, at which end does it forget, and from which end is it read?",
    }

    NAME_TAKEN {
        vi: "Hai người cùng tên thì không ai biết ai đang nói. Tên trùng bị từ chối, người bị từ chối không phải là \
             thành viên: người khác không nghe `+` hay `-` nào về họ. Ai đi rồi thì tên lại dùng được.",
        en: "With two of one name nobody knows who speaks. A name that is taken is refused, and who is refused is no \
             member: the others hear neither `+` nor `-` of them. Once its owner has left, a name is free again.",
    }

    BINARY_AS_IT_IS {
        vi: "Một tin nhị phân (một bức ảnh chẳng hạn) phải tới người khác y nguyên, vẫn là nhị phân, không có tên đứng \
             trước. Nhánh `Message::Binary` của bạn đưa gì vào phòng? → Bài 16, bước 7.",
        en: "A binary message (a picture, say) must reach the others as it is, still binary, without a name in front. \
             What does your arm for `Message::Binary` give to the room? → Lesson 16, step 7.",
    }

    ONLY_LINES {
        vi: "Lịch sử chỉ gồm những dòng text đã nói. Tin nhị phân không nằm trong đó: 10 bức ảnh cho mỗi người mới vào \
             là quá nhiều.",
        en: "The history holds lines of text only. Binary messages are not in it: ten pictures for each newcomer are \
             too many.",
    }

    CLOSE_NOT_ANSWERED {
        vi: "Tôi gửi Close và chờ Close của bạn. Câu đáp đã được xếp sẵn, nhưng chỉ rời máy ở lần đọc kế tiếp. Vòng \
             lặp đọc của bạn dừng ở `Message::Close`, hay ở `None`? → Bài 16, bước 9.",
        en: "I sent a Close and waited for yours. The answer is queued already, but it leaves with the next read. Does \
             your reading loop stop at `Message::Close`, or at `None`? → Lesson 16, step 9.",
    }

    LEAVE_NOT_TOLD {
        vi: "Một người đi, bằng Close, bằng FIN hay bằng RST, và những người khác phải nghe `- tên`, đúng một lần. Nếu \
             việc đọc của người ấy panic hay không bao giờ kết thúc, đoạn mã nào sẽ bỏ người ấy khỏi phòng?",
        en: "Somebody left, by Close, by FIN or by RST, and the others must hear `- name`, once. If that one's reading \
             panics or never ends, which code removes it from the room?",
    }

    BYTES_OF_A_LINE {
        vi: "Giới hạn của một dòng là 1.024 byte, không phải 1.024 chữ: \"đ\" là hai byte. Đúng 1.024 thì qua, 1.025 \
             thì nhận `! line too long` rồi Close, và dòng ấy không ai nghe.",
        en: "A line is at most 1,024 bytes, not 1,024 characters: \"đ\" is two bytes. Exactly 1,024 pass; with 1,025 \
             comes `! line too long` and a Close, and nobody hears the line.",
    }

    PONG_NOT_SENT {
        vi: "Tôi ngồi im và gửi một ping, như proxy và trình duyệt vẫn làm. Pong được xếp sẵn, nhưng chỉ đi khi có \
             người đọc tiếp: sau một Ping, vòng lặp của bạn có quay lại `next` không? → Bài 16, bước 3.",
        en: "I said nothing and sent a ping, as proxies do. The pong is queued already, but leaves only when somebody \
             reads on: after a Ping, does your loop come back to `next`? → Lesson 16, step 3.",
    }

    WAITS_FOR_THE_SLOW {
        vi: "C không đọc nữa, và từ một lúc nào đó B cũng không nhận được gì: cả phòng đang chờ C. Ở đâu trong đường \
             đi của một tin, chương trình của bạn chờ chỗ trống trong hàng đợi của một người? → Bài 16, bước 11.",
        en: "C has stopped reading, and after a while B gets nothing either: the whole room waits for C. Where, on the \
             way of a message, does your program wait for room in one member's queue? → Lesson 16, step 11.",
    }

    SLOW_STAYS {
        vi: "C không đọc gì từ đầu tới giờ mà vẫn còn trong phòng. Hàng đợi không giới hạn thì bộ nhớ đầy dần; bỏ bớt \
             tin thì C thiếu mà không biết. Khi hàng đợi đã đầy 64 tin, `try_send` trả về gì, và bạn làm gì với điều \
             đó? → Bài 16, bước 11.",
        en: "C has read nothing at all and is still in the room. With a queue without bound memory fills up; with \
             messages left out C lacks some and does not know. When 64 messages fill the queue, what does `try_send` \
             return, and what do you do with it? → Lesson 16, step 11.",
    }

    SAYS_TOO_SLOW {
        vi: "C bị bỏ vì đọc chậm, nhưng không được cho biết: phải có Close 4001 trong vòng 5 giây sau đó. Việc gửi cho \
             C đang kẹt giữa chừng một tin; điều gì cắt ngang nó khi phòng đã loại C? → Bài 16, bước 11.",
        en: "C was dropped for being slow, and was not told so: within 5 seconds there must be a Close 4001. The \
             sending to C is stuck in the middle of a message; what interrupts it when the room has dropped C? → Lesson \
             16, step 11.",
    }

    QUEUE_DISCARDED {
        vi: "Ai bị bỏ thì hàng đợi của người đó bỏ theo. Bạn gửi hết cả hàng đợi rồi mới Close: với một người không \
             đọc kịp, đó là thêm 64 tin nữa phải chờ.",
        en: "Who is dropped loses the queue as well. You sent all of it before the Close: for one who cannot keep up, \
             those are 64 more messages to wait for.",
    }

    KEPT {
        vi: "Mọi người đã đi, mà descriptor của họ vẫn mở. Task nào còn giữ một nửa của WebSocket, và nó chờ điều gì?",
        en: "Everybody has left, yet their descriptors are still open. Which task holds a half of such a WebSocket, \
             and what does it wait for?",
    }
}
