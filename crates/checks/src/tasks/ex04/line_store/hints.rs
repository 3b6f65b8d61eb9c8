//! What the symptoms of a server of lines point to.

use crate::hints;

hints! {
    NO_ANSWER {
        vi: "Tôi gửi một dòng trọn vẹn, có LF, rồi chờ, kết nối vẫn mở. Server còn đợi gì: EOF, hay một dòng nữa? Hay \
             câu trả lời thiếu LF, hoặc đang nằm trong một buffer chưa flush? → Bài 04, bước 4.",
        en: "I sent one whole line, with its LF, and waited, with the connection still open. What does your server \
             wait for: EOF, or another line? Or does the answer lack its LF, or lie in a buffer that nobody flushed? \
             → Lesson 04, step 4.",
    }

    WORDING {
        vi: "Dấu ^ đứng dưới byte sai đầu tiên. Câu trả lời là OK, VALUE và giá trị, NOT FOUND hoặc ERROR…, viết đúng \
             như đề bài, kết thúc bằng một LF, trước LF không có CR.",
        en: "The ^ stands under the first wrong byte. An answer is OK, VALUE and the value, NOT FOUND or ERROR…, in \
             the words of the task, with one LF at the end and no CR before it.",
    }

    ERROR_IS_AN_ANSWER {
        vi: "Một dòng sai cũng là một dòng: hãy trả lời nó bằng ERROR…, và kết nối vẫn mở. Dòng rỗng cũng vậy. Gõ nhầm \
             không phải là lỗi mạng: chỗ nào trong chương trình coi nó là lỗi mạng?",
        en: "A wrong line is a line, too: its answer is ERROR…, and the connection stays open. The same goes for an \
             empty line. A typing mistake is not a network error: where does your program treat it as one?",
    }

    PARTS {
        vi: "Xem dòng nào bị trả lời sai: thiếu phần, thừa phần, hay khóa rỗng? GET và DEL có đúng hai phần, SET có \
             ba, và chỉ phần thứ ba được chứa dấu cách.",
        en: "Which line got the wrong answer: a part missing, a part too many, an empty key? GET and DEL have exactly \
             two parts, SET has three, and only the third may contain spaces.",
    }

    CARRIAGE_RETURN {
        vi: "Dòng này kết thúc bằng CR LF. CR đứng ngay trước LF thuộc về dấu hết dòng, không thuộc về giá trị hay \
             khóa: để lại nó thì `k` và `k` kèm CR thành hai khóa khác nhau. → Bài 04, bước 4.",
        en: "This line ends in CR LF. A CR right before the LF belongs to the end of the line, not to the value or the \
             key: if you keep it, `k` and `k` with a CR are two different keys. → Lesson 04, step 4.",
    }

    CR_THEN_LF {
        vi: "CR tới trong một lần đọc, LF trong lần sau. Chỉ LF mới kết thúc dòng; CR ở cuối một lần đọc chưa nói lên \
             điều gì, còn phải chờ byte sau nó. → Bài 04, bước 3 và 4.",
        en: "The CR came with one read, the LF with the next. Only the LF ends a line; a CR at the end of a read says \
             nothing yet: the byte after it decides. → Lesson 04, steps 3 and 4.",
    }

    BYTE_BY_BYTE {
        vi: "Dòng này tới từng byte một: nửa lệnh, nửa chữ ễ. Một lần đọc không phải là một dòng, và byte đầu của một \
             chữ chưa phải là chữ. Những gì đã tới mà chưa có LF, bạn giữ ở đâu? → Bài 04, bước 3.",
        en: "This line came byte by byte: half a command, half a letter ễ. One read is not a line, and the first byte \
             of a letter is not a letter yet. Where do you keep what has come while there is no LF yet? → Lesson 04, \
             step 3.",
    }

    NOT_TEXT {
        vi: "Giá trị này không phải UTF-8. Chỗ nào đổi dòng ra `String` thì hoặc báo lỗi, hoặc thay byte lạ bằng ký tự \
             khác. CR giữa dòng, byte 0, dấu tab cũng chỉ là byte. → Bài 04, bước 3.",
        en: "This value is not UTF-8. Wherever a line becomes a `String`, it fails, or strange bytes are replaced. A \
             CR inside a line, a byte 0, a tab are bytes like any other. → Lesson 04, step 3.",
    }

    TRIMMED {
        vi: "Dấu cách trong giá trị bị mất hay bị gộp. Sau khóa là đúng một dấu cách; mọi thứ sau nó là giá trị, kể cả \
             dấu cách ở đầu, ở cuối, và giá trị rỗng. Cách bạn cắt dòng có giữ chúng không?",
        en: "Spaces of the value are lost or merged. One space follows the key; everything after that space is the \
             value, with its spaces at the beginning and at the end, and it may be empty. Does the way you split the \
             line keep them?",
    }

    AT_THE_LIMIT {
        vi: "Dòng này dài đúng 1024 byte: bằng giới hạn chứ chưa vượt, và LF hay CR LF ở cuối không tính. Xem lại phép \
             so sánh: bạn so trước hay sau khi bỏ dấu hết dòng?",
        en: "This line has exactly 1024 bytes: equal to the limit, not above it, and the LF or CR LF behind it does \
             not count. Look at the comparison: does it come before or after you take off the end of the line?",
    }

    TOO_LONG {
        vi: "Dòng này dài hơn 1024 byte, có LF đàng hoàng. Không thực hiện nó; trả lời ERROR line too long một lần, \
             rồi dòng sau như thường. → Bài 04, bước 7.",
        en: "This line has more than 1024 bytes, and it does have its LF. Do not carry it out; answer ERROR line too \
             long once, then take the next line as usual. → Lesson 04, step 7.",
    }

    REST_OF_THE_LINE {
        vi: "Sau ERROR line too long, phần còn lại của dòng dài ấy vẫn đang tới. Bạn coi nó là dòng mới, nên trả lời \
             thừa. Nó chưa hết cho tới LF: bỏ đi, và nhớ là đang bỏ. → Bài 04, bước 7.",
        en: "After ERROR line too long, the rest of that long line still arrives. You take it for a new line, and send \
             one answer too many. It is not over until its LF: drop it, and remember that you are dropping. → Lesson \
             04, step 7.",
    }

    NO_LIMIT {
        vi: "Tôi gửi 20.000 byte không có LF rồi chờ. Server gom hết để đợi LF: người lạ làm đầy bộ nhớ của bạn chính \
             bằng cách ấy. Bạn đếm lúc nào: trong lúc đọc, hay khi đã đủ dòng? LF có thể không bao giờ tới. → Bài 04, \
             bước 7.",
        en: "I sent 20,000 bytes without an LF, and waited. Your server waits for the LF: this is how a stranger fills \
             your memory. When does your program count: while it reads, or only when the line is complete? The LF may \
             never come. → Lesson 04, step 7.",
    }

    OUT_OF_STEP {
        vi: "Nhiều dòng đi liền nhau, bị cắt ở chỗ bất kỳ. Mỗi dòng một câu trả lời, đúng thứ tự; dòng sau thấy những \
             gì dòng trước đã làm. Giữa hai dòng, buffer của bạn giữ gì và bỏ gì?",
        en: "Many lines came one after another, cut anywhere. Each has one answer, in order, and sees what the lines \
             before it have done. What does your buffer keep between two lines, and what does it drop?",
    }

    CUT_SHORT {
        vi: "Dòng cuối không có LF: EOF đã cắt nó. Server lại thực hiện nó như một dòng trọn vẹn, trong khi client có \
             thể còn định viết tiếp. Hàm đọc dòng mà bạn dùng cho biết có LF hay không bằng cách nào? → Bài 04, bước \
             8.",
        en: "The last line has no LF: EOF has cut it off. Your server carried it out like a whole line, but perhaps \
             the client wanted to send more. How does the function that reads your lines tell you whether there was an \
             LF? → Lesson 04, step 8.",
    }

    OWN_STORE {
        vi: "Client A đã SET và nhận OK, client B không thấy giá trị đó. Mọi kết nối dùng chung một kho: kho được tạo \
             ở đâu, một lần hay mỗi kết nối một lần?",
        en: "Client A has said SET and heard OK, client B does not see the value. All connections share one store: \
             where is it made, once or once for each connection?",
    }

    KEPT_WAITING {
        vi: "Client A còn giữ kết nối và im lặng, thế là client B không được trả lời. Hoặc server phục vụ từng người \
             một, hoặc A đang giữ khóa (lock) của kho: cái mà `lock()` đưa cho bạn được trả lại lúc nào?",
        en: "Client A keeps its connection and is silent, and so client B gets no answer. Either your server serves \
             one client after another, or A holds the lock on the store: when do you give back what `lock()` gave you?",
    }
}
