//! What the symptoms of a resolver point to.

use crate::hints;

hints! {
    FORMAT {
        vi: "Câu hỏi chưa đúng dạng. Đếm từng byte theo phần mô tả ở đầu tệp: sáu số 16 bit, byte cao trước, rồi từng \
             nhãn đứng sau độ dài của nó, số 0, loại, lớp.",
        en: "The query has not the right form. Count its bytes along the description at the top of the file: six \
             numbers of 16 bits, high byte first, then each label behind its length, a 0, the type, the class.",
    }

    PRINT {
        vi: "Câu trả lời tới nơi và hợp lệ. Stdout chỉ có các địa chỉ, mỗi dòng một địa chỉ; lời khác thì in ra \
             stderr. Bốn byte dữ liệu của bản ghi bắt đầu ở đâu?",
        en: "The answer arrived and was right. Stdout holds the addresses, one a line, and nothing else; other words \
             go to stderr. Where do the four bytes of the record begin?",
    }

    ALL {
        vi: "Một tên có thể có nhiều địa chỉ: mỗi bản ghi A cho một, theo thứ tự trong tin. Vòng lặp của bạn có dừng ở \
             bản ghi đầu không?",
        en: "A name may have several addresses: each A record holds one, in the order of the message. Does your loop \
             stop at the first?",
    }

    RANDOM_ID {
        vi: "Ai đoán được mã số thì trả lời thay server được. Mã số mỗi lần chạy phải là một số mà người lạ không đoán \
             ra; phần cho sẵn đưa nó cho bạn.",
        en: "Whoever guesses the id can answer in the place of the server. It must be a number that a stranger cannot \
             guess, anew in every run; the given part hands you one.",
    }

    NAMES {
        vi: "DNS có giới hạn: nhãn dài 1 đến 63 byte, cả tên nhiều nhất 255 byte tính theo cách nó đi trên mạng (mỗi \
             nhãn thêm một byte, cuối tên thêm số 0). Dấu chấm ở cuối không phải một nhãn. Tên sai thì báo lỗi trước \
             khi gửi.",
        en: "DNS has limits: a label has 1 to 63 bytes, a name at most 255, counted as it travels (one more byte for \
             each label, and the 0 at the end). A dot at the end is no label. A wrong name is reported before anything \
             is sent.",
    }

    AGAIN {
        vi: "Tôi không trả lời lần hỏi đầu: trên mạng thật, datagram có thể mất. Không ai gửi lại hộ bạn; hết hạn chờ \
             thì gửi lại đúng datagram ấy. → Bài 08, bước 9.",
        en: "I left the first query unanswered: on a real network a datagram may be lost. Nobody sends it again for \
             you; when the deadline passes, the same datagram goes out once more. → Lesson 08, step 9.",
    }

    GIVES_UP {
        vi: "Không có câu trả lời nào. Cần ba thứ: một hạn chờ cho mỗi lần, một số lần có giới hạn, và một câu báo lỗi \
             kèm mã thoát khi hết lượt.",
        en: "No answer came at all. Three things are needed: a deadline for each try, a bounded number of tries, and \
             at the end a sentence and an exit code that say so.",
    }

    DEADLINE {
        vi: "Tôi gửi liên tục những tin không phải câu trả lời, và hạn chờ của bạn không bao giờ hết. \
             `set_read_timeout` đếm lại từ đầu ở mỗi lần nhận; hạn chót là một thời điểm, còn lại bao nhiêu thì tính \
             lại mỗi lần.",
        en: "I kept sending messages that are no answer, and your waiting never ended. `set_read_timeout` starts anew \
             with each receive; a deadline is a point in time, and what is left of it is worked out each time.",
    }

    NOT_MINE {
        vi: "Tôi gửi trước một tin không trả lời câu hỏi của bạn: sai mã số, sai tên, hay không có bit QR. Tin như thế \
             coi như không có: không tin nó, cũng không vì nó mà dừng; câu trả lời thật vẫn đang tới.",
        en: "First I sent a message that does not answer your query: another id, another name, or no QR bit. Such a \
             message counts as nothing: do not believe it, and do not stop for it; the real answer is still on its \
             way.",
    }

    STRANGER {
        vi: "Câu trả lời đầu tiên đến từ một địa chỉ mà bạn không hỏi. Socket UDP nhận tin của bất kỳ ai; so sánh địa \
             chỉ người gửi, hay để kernel lọc hộ. → Bài 08, bước 7.",
        en: "The first answer came from an address that you did not ask. A UDP socket takes messages from anybody; \
             compare the sender, or let the kernel choose for you. → Lesson 08, step 7.",
    }

    TOO_SHORT {
        vi: "Tôi gửi vài tin ngắn hơn một câu trả lời, có tin 0 byte. Trước khi nhìn vào byte thứ mấy, bạn có biết tin \
             dài tới đó không? Tin ngắn thì bỏ qua rồi chờ tiếp.",
        en: "I sent a few messages too short for an answer, one of 0 bytes. Before you look at a byte, do you know \
             that the message reaches so far? Leave the short ones aside and wait on.",
    }

    CASE {
        vi: "Với DNS, WWW và www là một tên. Tôi trả lời bằng chữ hoa; bạn so sánh tên từng byte chăng?",
        en: "To DNS, WWW and www are one name. I answered in upper case; do you compare names byte by byte?",
    }

    LONG {
        vi: "Câu trả lời này dài hơn 512 byte. Phần không vừa buffer mất luôn, và tin trông như bị cụt. Một datagram \
             có thể dài tới đâu?",
        en: "This answer is longer than 512 bytes. What does not fit in the buffer is lost, and the message looks cut. \
             How long may a datagram be?",
    }

    ALIAS {
        vi: "Tên bạn hỏi là bí danh (CNAME) của một tên khác, tên ấy lại là bí danh nữa. Đi theo cho tới tên cuối, bản \
             ghi đứng theo thứ tự nào cũng vậy, rồi chỉ lấy địa chỉ của tên ấy.",
        en: "The name you asked for is an alias (CNAME) of another, which is an alias again. Follow them to the last \
             name, in whichever order the records stand, and take the addresses of that name only.",
    }

    POINTER {
        vi: "Tên trong câu trả lời được nén: sau vài nhãn, hay ngay từ đầu, là một con trỏ tới phần còn lại. Byte sau \
             tên, tính từ chỗ tên bắt đầu, nằm ở đâu: sau con trỏ hay sau nơi nó chỉ tới?",
        en: "The names in the answer are compressed: after some labels, or at once, stands a pointer to the rest. \
             Where does the next thing begin: after the pointer, or after the place it points to?",
    }

    CIRCLE {
        vi: "CNAME thứ nhất chỉ tới thứ hai, thứ hai chỉ về thứ nhất. Ai quyết định vòng lặp của bạn đi bao nhiêu \
             bước: bạn, hay tin của người lạ?",
        en: "The first CNAME leads to the second and the second back to the first. Who decides how many steps your \
             loop takes: you, or a message from a stranger?",
    }

    LOOP {
        vi: "Con trỏ trong câu trả lời chỉ vào chính nó, đi vòng, hay chỉ về phía trước. Nếu con trỏ nào cũng phải lùi \
             về trước nơi phần tên đang đọc bắt đầu thì không thể có vòng.",
        en: "A pointer in the answer points to itself, leads round in a circle, or forward. If each must lead back, \
             before the place where the part being read began, there can be no circle.",
    }

    CUT {
        vi: "Câu trả lời hết giữa chừng, hay bản ghi A không có đúng 4 byte. Độ dài trong tin là lời người khác nói: \
             so với số byte thật sự có rồi hãy đọc, và báo lỗi thay vì panic.",
        en: "The answer ends in the middle, or an A record has not 4 bytes. A length in a message is somebody else's \
             word: compare it with the bytes that are there before you read, and return an error in place of a panic.",
    }

    REFUSED {
        vi: "Không có ai ở cổng ấy, và kernel báo ECONNREFUSED ở lần gửi hay nhận sau đó. Đó là một lỗi để trả về kèm \
             địa chỉ, hoặc ít nhất là để hết lượt rồi báo; không phải lý do để panic. → Bài 08, bước 8.",
        en: "Nobody is at that port, and the kernel reports ECONNREFUSED at a later send or receive. It is an error to \
             return, with the address, or at the least to run out of tries over; no reason to panic. → Lesson 08, step \
             8.",
    }

    RCODE {
        vi: "Bốn bit cuối của cờ (RCODE) không phải 0: server nói không có tên này, hay nó không trả lời được. Khi đó \
             không có địa chỉ nào để in, và người dùng cần một câu cùng mã thoát.",
        en: "The last four bits of the flags (RCODE) are not 0: the server says that there is no such name, or that it \
             cannot answer. Then no address is to be printed, and the user needs a sentence and an exit code.",
    }

    TRUNCATED {
        vi: "Bit TC nói câu trả lời bị cắt: những gì có trong tin chỉ là một phần. In một phần như thể đủ thì tệ hơn \
             là báo lỗi.",
        en: "The bit TC says that the answer was cut: what the message holds is only a part. To print a part as if it \
             were all is worse than an error.",
    }

    NO_ADDRESS {
        vi: "Tên có thật nhưng không có bản ghi A nào. Không in gì mà mã thoát 0 thì người dùng hiểu là mọi việc ổn: \
             hãy nói ra.",
        en: "The name exists and has no A record. Nothing printed with exit code 0 looks as if all was well: say it.",
    }

    STAYS {
        vi: "Tôi đã trả lời mà chương trình vẫn chạy. Có câu trả lời rồi thì in ra và kết thúc: UDP không có EOF để \
             chờ.",
        en: "I have answered and the program still runs. Once there is an answer, print it and end: UDP has no EOF to \
             wait for.",
    }
}
