//! What the symptoms of somebody's own transport point to.

use crate::hints;

hints! {
    NOT_READY {
        vi: "`drive` nhận nguyên văn địa chỉ mà `serve` vừa báo, và lẽ ra in READY ngay khi kết nối được. `connect` có \
             hiểu chuỗi mà `announce` đã nhận không, và nó có đang chờ điều gì mà server chỉ nói sau khi nhận khung \
             đầu tiên?",
        en: "`drive` gets the very address that `serve` announced, and should print READY once it is connected. Does \
             `connect` understand what `announce` was given, and does it wait for something that the server says only \
             after the first frame?",
    }

    NO_ANSWER {
        vi: "Tôi bảo gửi một khung, và không có lời đáp nào. Một trong hai đầu đang chờ đầu kia: server còn đợi byte \
             nào nữa mà bên gửi không gửi, hay lời xác nhận còn nằm trong một bộ đệm chưa đẩy đi?",
        en: "I asked for a frame to be sent, and nothing was answered. One of the two ends waits for the other: for \
             which byte does the server still wait that the driver will not send, or does the acknowledgement lie in a \
             buffer that was never flushed?",
    }

    SPEAKS_OTHERWISE {
        vi: "Phòng đo chỉ hiểu những câu trả lời đúng như bản giao kèo. Phần đọc lệnh và trả lời có sẵn trong đề; nếu \
             bạn viết lại thì so với bảng trong crates/lab/CONTRACT.md. Muốn in thêm để tự xem thì in ra \
             stderr.",
        en: "The lab understands only the answers of the contract. Reading commands and answering them is given; if \
             you wrote that anew, compare it with the table in crates/lab/CONTRACT.md. What you print for \
             yourself goes to stderr.",
    }

    FIGURES_DISAGREE {
        vi: "Các con số của một lần đo tự mâu thuẫn. FRAMES đếm khung đã được xác nhận, không đếm khung đã gửi; mỗi \
             khung ấy có đúng một độ trễ; NANOSECONDS chạy tới lời xác nhận cuối cùng, nên còn khung chưa về thì chưa \
             được dừng. → Chương 21.",
        en: "The figures of one measurement contradict each other. FRAMES counts acknowledged frames, not frames sent; \
             each of these has exactly one latency; NANOSECONDS runs until the last acknowledgement, so that nobody \
             may stop while frames are still owed. → Chapter 21.",
    }

    NOT_CARRIED {
        vi: "Một khung nhỏ, một bên gửi, không có gì đặc biệt, mà khung không tới nơi nguyên vẹn. Đặt hai phía cạnh \
             nhau: những gì `send` ghi ra, theo đúng thứ tự ấy và đúng số byte ấy, `serve` có đọc vào không?",
        en: "One small frame, one driver, nothing special, and it does not arrive whole. Put the two sides next to \
             each other: what `send` writes, is it read by `serve` in the same order and with the same number of \
             bytes?",
    }

    NOT_ITS_NUMBER {
        vi: "Xác nhận mang số khác với số của khung. Bên gửi tự chọn số, không bắt đầu từ 0 hay 1; server không đếm mà \
             chỉ nhắc lại số nó đọc được. Số ấy có đủ chỗ cho 64 bit trên đường đi không?",
        en: "The acknowledgement is of another frame. The driver chooses the numbers, and they start anywhere; a \
             server does not count, it repeats the number that it has read. Is there room for 64 bits of it on your \
             wire?",
    }

    BELIEVES {
        vi: "Tôi báo trước một checksum bịa, và xác nhận của bạn không mang checksum của những byte đã tới. Chỉ ai đọc \
             hết mọi byte mới tính ra được nó; lời xác nhận đáng tin vì thế. Con số trong xác nhận của bạn lấy từ đâu, \
             và được tính khi payload đã tới bao nhiêu?",
        en: "I announced a checksum that I made up, and your acknowledgement is not the checksum of the bytes that \
             arrived. Only who has read every byte can compute that one; this is why an acknowledgement can be \
             believed. Where does yours come from, and how much of the payload had arrived when it was computed?",
    }

    REFUSES_THE_LIE {
        vi: "Checksum báo trước không khớp với những gì tới nơi, và lần này không có lời xác nhận. Phân xử là việc của \
             bên gửi: server nói nó đã nhận được gì, kể cả khi khác.",
        en: "The announced checksum does not match what arrived, and this time no acknowledgement came. To judge is \
             the driver's affair: the server says what it got, also when that differs.",
    }

    EMPTY_IS_A_FRAME {
        vi: "Một khung không có byte nào cũng có số, có checksum, và cũng chờ xác nhận. Trên đường đi của bạn, \"khung \
             dài 0\" có trông giống \"hết\" hay \"chưa có gì\" không? Server phân biệt bằng cách nào?",
        en: "A frame without a byte has a number and a checksum, too, and waits for its acknowledgement. On your wire, \
             does \"a frame of length 0\" look like \"the end\" or like \"nothing yet\"? How does the server tell them \
             apart?",
    }

    LENGTH_WRAPS {
        vi: "Khung ngắn thì tới, khung quanh mốc 65.536 byte thì không. 16 bit đếm tới 65.535 rồi quay về 0. Trong \
             những số bạn ghi lên đường đi, số nào chỉ có hai byte, và giá trị lớn nhất bạn từng đặt vào đó là bao \
             nhiêu? → Chương 21.",
        en: "Short frames arrive, those around 65,536 bytes do not. 16 bits count to 65,535 and then start again at 0. \
             Which of the numbers on your wire has only two bytes, and what is the largest value that you ever put \
             there? → Chapter 21.",
    }

    LARGE_IN_PARTS {
        vi: "Khung nhỏ thì tới, ảnh 6 MB thì không. Kernel không giữ được cả tấm ảnh: nó giao từng phần, một lần \
             `read` trả về ít hơn bạn xin, một lần `write` nhận ít hơn bạn đưa. Chỗ nào trong hai phía tin rằng một \
             lần gọi là đủ, hay đặt sẵn một giới hạn quá nhỏ? → Bài 04, bước 3.",
        en: "Small frames arrive, a picture of 6 MB does not. The kernel cannot hold all of it: it hands over parts, \
             one `read` returns less than you asked for, one `write` takes less than you gave. Where do your two sides \
             trust that one call is enough, or set a limit that is too small? → Lesson 04, step 3.",
    }

    EXACTLY_THE_MOST {
        vi: "Khung dài đúng 16 MiB còn nằm trong giới hạn, mà nó không tới nơi. So sánh của bạn, ở đầu gửi và ở đầu \
             nhận, là \"lớn hơn\" hay \"từ đó trở lên\"?",
        en: "A frame of exactly 16 MiB is within the limit, and it did not arrive. Does your comparison, at either \
             end, say \"more than\" or \"at least\"?",
    }

    NO_MAXIMUM {
        vi: "Khung dài hơn 16 MiB một byte mà vẫn đi lọt. Không có giới hạn thì ai gửi cũng có thể bắt server giữ bao \
             nhiêu bộ nhớ tùy họ. `send` có biết MAX_PAYLOAD không, và phía server có tự canh lấy không?",
        en: "A frame of one byte more than 16 MiB goes through. Without a limit, whoever sends decides how much memory \
             your server holds. Does `send` know of MAX_PAYLOAD, and does the server watch for itself?",
    }

    TOO_LONG_ENDS_ALL {
        vi: "Khung quá dài bị từ chối, đúng; nhưng sau đó server không phục vụ ai nữa. Lỗi của một bên gửi chỉ được \
             kết thúc kết nối của riêng nó. Từ chỗ phát hiện khung quá dài, lỗi ấy đi ngược lên tới đâu?",
        en: "The frame that was too long is refused, rightly, but after that your server serves nobody. An error of \
             one driver may end only that driver's connection. From where you notice the length, how far up does the \
             error travel?",
    }

    SEVERAL_AT_ONCE {
        vi: "Từng khung một thì được, vài khung cùng trên đường thì hỏng. Khi ấy một lần đọc của server có thể mang về \
             cuối khung này lẫn đầu khung sau, và một lần đọc của bên gửi có thể mang về hai xác nhận. Phần đọc dư của \
             bạn nằm ở đâu, và ai còn giữ nó lúc đọc khung tiếp theo? → Bài 04, bước 2.",
        en: "One frame at a time works, several on their way do not. Then one read of the server may bring the end of \
             this frame and the beginning of the next, and one read of the driver may bring two acknowledgements. \
             Where is what you have read too much, and who still has it when the next frame is read? → Lesson 04, step \
             2.",
    }

    NO_WINDOW {
        vi: "Cửa sổ W nghĩa là lúc nào cũng có nhiều nhất W khung chưa được xác nhận. Vòng lặp có sẵn gọi `send` khi \
             còn chỗ rồi mới chờ ở `receive`: bạn có đổi điều kiện ấy, hay `receive` trả về trước khi server nói gì?",
        en: "A window of W means that at any time at most W frames are unacknowledged. The loop that is given calls \
             `send` while there is room, and then waits in `receive`: did you change that condition, or does `receive` \
             return before the server has said anything?",
    }

    NO_WORK {
        vi: "Với `--work-ms 50`, mỗi khung phải tốn 50 ms tính toán trước khi được xác nhận, như một lần suy luận \
             thật. `Receiver::acknowledge` vừa tính checksum vừa làm việc ấy: khung của bạn có đi qua nó không, và xác nhận \
             rời server trước hay sau?",
        en: "With `--work-ms 50` each frame costs 50 ms of computing before it is acknowledged, as a real inference \
             would. `Receiver::acknowledge` computes the checksum and does that work: does your frame pass through it, and \
             does the acknowledgement leave before or after?",
    }

    UNTIL_IS_NO_ERROR {
        vi: "Khi gửi theo nhịp, `receive` được hẹn giờ: tới lúc đó chưa có xác nhận thì chỉ là phải gửi khung tiếp \
             theo, không phải lỗi. Kernel báo hết giờ bằng một `Err` (WouldBlock hay TimedOut): bạn đổi nó thành gì? \
             Và thời hạn đặt cho socket lần này có còn đó ở lần gọi sau, khi không ai hẹn giờ?",
        en: "When frames are paced, `receive` is given a moment: if nothing has come by then, the next frame is due, \
             that is all. The kernel says so with an `Err` (WouldBlock or TimedOut): what do you make of it? And is \
             the limit that you set on the socket this time still there at the next call, which names no moment?",
    }

    NOT_THE_SERVER {
        vi: "Server đứng yên, chưa đọc byte nào của khung này, mà bên gửi đã có lời xác nhận. Vậy lời ấy không phải \
             của server. `write` thành công chỉ nghĩa là kernel bên này đã nhận byte. Trong `receive`, con số bạn trả \
             về có phải vừa đọc từ phía bên kia không? → Chương 21.",
        en: "The server stood still and had not read a byte of this frame, yet the driver has an acknowledgement. So \
             it is not the server's. A `write` that succeeds says only that the kernel on this side has the bytes. In \
             `receive`, is what you return something that you have read from the other side? → Chapter 21.",
    }

    LATENCY_TOO_LATE {
        vi: "Khung này nằm chờ vì server đứng yên, mà độ trễ báo ra không có quãng chờ ấy. Đồng hồ của một khung chạy \
             từ lúc bắt đầu gửi, không phải từ lúc ghi xong: với khung lớn, chính lúc ghi mới là lúc lâu nhất.",
        en: "This frame had to wait because the server stood still, and the reported latency lacks that wait. The \
             clock of a frame runs from when its sending begins, not from when the write is done: with a large frame, \
             the write itself is what takes the longest.",
    }

    HANGS {
        vi: "Tôi kill server trong lúc bên gửi chờ xác nhận, và bên gửi cứ chờ. Phía bên kia đi mất thì `read` trả về \
             `Ok(0)` hoặc một lỗi, không bao giờ có byte nào nữa. `receive` làm gì với từng trường hợp ấy, và có gì \
             giới hạn thời gian nó chờ?",
        en: "I killed the server while the driver waited for an acknowledgement, and it waits on. When the other side \
             has gone, `read` returns `Ok(0)` or an error, and never a byte again. What does `receive` make of each, \
             and does anything limit its waiting?",
    }

    ERROR_IS_AN_ANSWER {
        vi: "Server biến mất, và `drive` kết thúc không một lời. Phòng đo cần biết vì sao: trả lỗi từ `receive`, phần \
             có sẵn sẽ in ra `error` kèm lý do. Chỗ nào dừng cả chương trình thay vì trả về `Err`?",
        en: "The server vanished, and `drive` ended without a word. The lab wants to know why: return the error from \
             `receive`, and the part that is given prints `error` with the reason. What ends the whole program instead \
             of returning an `Err`?",
    }

    ONE_DRIVER_ONLY {
        vi: "Bên gửi đầu tiên làm xong và đi; bên thứ hai tới thì không ai phục vụ. `serve` nhận khung mãi mãi: hết \
             một kết nối thì nó quay lại chờ ở đâu?",
        en: "The first driver finished and left; the second found nobody to serve it. `serve` takes frames in for \
             ever: when one connection has ended, where does it go back to wait?",
    }

    ONE_ERROR_ENDS_ALL {
        vi: "Tôi kill bên gửi khi khung mới đi được một nửa, và sau đó không ai được phục vụ nữa. Giữa khung mà gặp \
             EOF hay RST là lỗi của kết nối ấy thôi. Lỗi ấy, hay một `unwrap`, có ra khỏi vòng `accept` không?",
        en: "I killed a driver with half of its frame sent, and after that nobody is served. EOF or RST in the middle \
             of a frame is an error of that connection only. Does it, or an `unwrap`, get out of your `accept` loop?",
    }

    STRANGER_ENDS_ALL {
        vi: "Một người lạ gửi byte bừa tới cổng của bạn, và server không qua khỏi. Cổng nào rồi cũng có người lạ gọi: \
             mọi số đọc từ mạng đều có thể là 0 hoặc lớn nhất có thể. Dòng stderr cho thấy số nào đã được tin ngay.",
        en: "A stranger sent random bytes to your port, and the server did not survive it. Every port gets such calls: \
             any number read from the network may be 0, or the largest there is. The stderr line shows which of them \
             was trusted.",
    }

    STAYS_BEHIND {
        vi: "Tôi đóng stdin của server, và nó không kết thúc êm. Phòng đo bị kill giữa chừng thì stdin của server hết, \
             nhờ đó không còn server nào bị bỏ lại. Phần ấy có sẵn: `serve` của bạn có thay hay chặn nó không?",
        en: "I closed the stdin of your server, and it did not end in good order. When a lab is killed, the stdin of \
             its servers ends, and so none is left behind. That part is given: did you replace it, or keep it from \
             running?",
    }
}
