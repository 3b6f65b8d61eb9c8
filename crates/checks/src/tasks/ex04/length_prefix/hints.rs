//! What the symptoms of a server of frames point to.

use crate::hints;

hints! {
    NO_ANSWER {
        vi: "Tôi gửi một khung trọn vẹn rồi chờ, kết nối vẫn mở. Server còn đợi gì: đợi EOF, hay đợi nhiều byte hơn độ \
             dài đã báo? Hay câu trả lời đang nằm trong một buffer chưa flush? → Bài 04, bước 5.",
        en: "I sent one whole frame and waited, with the connection still open. What does your server wait for: EOF, \
             or more bytes than the length announced? Or does the answer lie in a buffer that nobody flushed? → Lesson \
             04, step 5.",
    }

    BYTE_ORDER {
        vi: "Tôi gửi một khung 5 byte, server đóng kết nối. Bốn byte 00 00 00 05 là 5 khi byte cao đi trước \
             (big-endian); đọc ngược lại thì thành 83.886.080, quá giới hạn. Thử in độ dài đọc được ra xem. → Bài 04, \
             bước 5.",
        en: "I sent a frame of 5 bytes, and your server closed. The bytes 00 00 00 05 mean 5 when the high byte comes \
             first (big-endian); read the other way round they mean 83,886,080, which is over the limit. Print the \
             length that you read. → Lesson 04, step 5.",
    }

    LENGTH_FIELD {
        vi: "Bốn byte đầu của câu trả lời chưa đúng. Đó là độ dài của nội dung, byte cao đi trước, và không tính chính \
             bốn byte ấy. So với dòng \"lẽ ra\": ngược thứ tự, hay lệch đi 4? → Bài 04, bước 5.",
        en: "The first four bytes of the answer are not right. They are the length of the payload, the high byte \
             first, and do not count themselves. Compare with the line \"expected\": the other way round, or wrong by \
             4? → Lesson 04, step 5.",
    }

    PAYLOAD {
        vi: "Độ dài đúng, nội dung chưa đúng. Nội dung phải quay ngược: byte cuối đi trước. Nếu chỉ thiếu vài byte \
             cuối, hãy xem bạn có trừ 4 khỏi độ dài không: nó chỉ đếm nội dung. → Bài 04, bước 5.",
        en: "The length is right, the payload is not. It must come back reversed, the last byte first. If only some \
             bytes at its end are missing: do you subtract 4 from the length? The length counts the payload only. \
             → Lesson 04, step 5.",
    }

    HEADER_IN_PIECES {
        vi: "Bốn byte độ dài tới trong nhiều lần đọc. `read` trả về ngay khi có một byte, và con số nó trả về là số \
             byte đã đọc được: bạn có xem con số ấy không? → Bài 04, bước 3.",
        en: "The four bytes of the length came in several reads. `read` returns as soon as there is one byte, and says \
             how many it brought: do you look at that number? → Lesson 04, step 3.",
    }

    PAYLOAD_IN_PIECES {
        vi: "Nội dung tới thành nhiều mẩu, mỗi mẩu một lần đọc. Khung chỉ trọn vẹn khi đủ số byte đã báo: chương trình \
             làm gì với một mẩu còn thiếu? → Bài 04, bước 3.",
        en: "The payload came in pieces, one for each read. A frame is whole only when all the announced bytes are \
             there: what does your program do with a piece that is too short? → Lesson 04, step 3.",
    }

    OUT_OF_STEP {
        vi: "Nhiều khung đi liền nhau, bị cắt ở chỗ bất kỳ. Tới khung ghi ở trên thì bạn lạc nhịp: byte bạn coi là đầu \
             khung không còn là đầu khung. Giữa hai khung, buffer của bạn giữ gì và bỏ gì?",
        en: "Many frames came one after another, cut anywhere. At the place shown you lost the rhythm: what you take \
             for the beginning of a frame is not one any more. What does your buffer keep between two frames, and what \
             does it drop?",
    }

    EMPTY {
        vi: "Khung rỗng là một khung: độ dài 0, không có nội dung, và vẫn được trả lời bằng một khung rỗng. Đừng lẫn \
             \"0 byte nội dung\" với \"`read` trả về 0\": chỉ điều sau mới là EOF. → Bài 04, bước 5.",
        en: "An empty frame is a frame: length 0, no payload, and its answer is an empty frame. Do not mix up \"a \
             payload of 0 bytes\" and \"`read` returned 0\": only the second is EOF. → Lesson 04, step 5.",
    }

    NOT_TEXT {
        vi: "Nội dung là byte, không phải chữ. Chỗ nào đổi nó ra `String` hay `char` thì hoặc báo lỗi, hoặc thay byte \
             lạ bằng ký tự khác, hoặc đảo từng chữ thay vì từng byte. → Bài 04, bước 3 và 5.",
        en: "A payload is bytes, not text. Wherever it becomes a `String` or `char`s, it fails, or strange bytes are \
             replaced, or letters are reversed instead of bytes. → Lesson 04, steps 3 and 5.",
    }

    SIXTEEN_BITS {
        vi: "Khung này dài 70.000 byte, không vừa 16 bit (65.535). Độ dài có cả bốn byte: có chỗ nào ép nó xuống \
             `u16`, hay một buffer chỉ dài 64 KiB không?",
        en: "This frame has 70,000 bytes, more than 16 bits can count (65,535). The length has four bytes: is it \
             forced into a `u16` somewhere, or into a buffer of 64 KiB?",
    }

    AT_THE_LIMIT {
        vi: "Nội dung này dài đúng 1 MiB, bằng giới hạn chứ chưa vượt. Xem lại phép so sánh: lớn hơn, hay lớn hơn hoặc \
             bằng? Và nó so nội dung, hay so cả bốn byte độ dài?",
        en: "This payload is exactly 1 MiB: equal to the limit, not above it. Look at the comparison: greater, or \
             greater or equal? And does it compare the payload, or the four bytes of length as well?",
    }

    NO_LIMIT {
        vi: "Tôi báo một khung quá giới hạn rồi ngồi im. Server vẫn chờ nội dung: bốn byte của người lạ bắt nó giữ \
             chừng ấy bộ nhớ. So với giới hạn ngay khi biết độ dài, trước khi đọc tiếp. → Bài 04, bước 7.",
        en: "I announced a frame over the limit and fell silent. Your server waits for the payload: four bytes from a \
             stranger make it hold that much memory. Compare with the limit as soon as you know the length, before you \
             read on. → Lesson 04, step 7.",
    }

    REFUSE_AND_CLOSE {
        vi: "Khung quá dài thì không có câu trả lời nào: đóng kết nối đó, và chỉ kết nối đó. Khung đứng trước nó vẫn \
             phải được trả lời, client khác vẫn được phục vụ. → Bài 04, bước 7.",
        en: "A frame that is too long gets no answer at all: close that connection, and only that one. The frames \
             before it are still answered, other clients are still served. → Lesson 04, step 7.",
    }

    BIG_NUMBER {
        vi: "Độ dài FF FF FF FF là số lớn nhất mà bốn byte viết được. Cộng thêm vào nó thì tràn, đổi sang kiểu có dấu \
             thì thành −1. So với giới hạn trước, tính toán sau. → Bài 04, bước 7.",
        en: "The length FF FF FF FF is the greatest number that fits into four bytes. Add to it and it overflows; make \
             it signed and it is −1. Compare with the limit first, calculate later. → Lesson 04, step 7.",
    }

    CUT_SHORT {
        vi: "EOF tới giữa một khung: nó không bao giờ trọn vẹn nữa. Không trả lời phần đã có, không panic, chỉ đóng. \
             Luồng hết sớm thì đoạn đọc nội dung của bạn có nhận ra không? → Bài 04, bước 8.",
        en: "EOF came in the middle of a frame: it will never be whole. Do not answer, do not panic, just close. Does \
             the part that reads the payload notice that the stream stopped early? → Lesson 04, step 8.",
    }
}
