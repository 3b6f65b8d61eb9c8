//! What the symptoms of an echo server in one event loop point to.

use crate::hints;

hints! {
    NO_ANSWER {
        vi: "Tôi gửi, rồi giữ kết nối mở để chờ. Sự kiện của kết nối này có tới được `Connection::process` không: nó đã đăng ký với \
             `registry()` chưa, token có đúng là khóa trong `connections` không?",
        en: "I sent something and kept the connection open. Does the event of this connection reach `Connection::process`: is it \
             registered with `registry()`, and is its token the key in `connections`?",
    }

    OTHER_BYTES {
        vi: "Thứ quay về không phải thứ tôi đã gửi. Trong buffer, chỉ những byte mà `read` vừa đếm là mới; trong \
             `unsent`, chỉ những byte mà `write` vừa đếm là đã đi.",
        en: "What came back is not what I sent. In the buffer, only the bytes that `read` counted are new; in \
             `unsent`, only the bytes that `write` counted are gone.",
    }

    NOT_AN_ERROR {
        vi: "Server trả lời tin đầu, rồi đóng kết nối. Đọc cạn thì `read` nói `WouldBlock`: nghĩa là \"giờ chưa có, \
             chờ sự kiện sau\", không phải kết nối hỏng. Nhánh nào trong code của bạn nhận nó? → Bài 13, bước 2.",
        en: "The server answered my first message and then closed. After the last byte, `read` says `WouldBlock`: \
             \"nothing now, wait for the next event\". The connection is not broken. Which branch of yours gets it? \
             → Lesson 13, step 2.",
    }

    BLOCKS {
        vi: "Một client khác kết nối trước mà không nói gì, và cả server đứng lại. Chỉ `poll` được phép chờ. Socket \
             nào của bạn đang ở chế độ chặn (blocking), hay vòng lặp nào quay mãi vì một client? → Bài 13, bước 1.",
        en: "Another client came first and says nothing, and the whole server stands still. Only `poll` may wait. \
             Which of your sockets is in blocking mode, or which loop goes round for one client's sake? → Lesson 13, \
             step 1.",
    }

    ONE_THREAD {
        vi: "Bài này không tạo thread: `poll` cho biết kết nối nào có việc, và một thread làm lần lượt hết. → Bài 13, \
             bước 3.",
        en: "This task creates no threads: `poll` tells which connections have work, and one thread does it all in \
             turn. → Lesson 13, step 3.",
    }

    NOT_DRAINED {
        vi: "Tôi gửi 12.000 byte một lượt rồi chờ; phần đầu quay về, phần sau nằm lại trong kernel. Cạnh (edge) chỉ \
             báo một lần cho cả lượt: sau một lần `read`, còn gì khiến bạn đọc tiếp? → Bài 13, bước 5.",
        en: "I sent 12,000 bytes at once and waited; the beginning came back, the rest still lies in the kernel. An \
             edge is reported once for all of it: after one `read`, what makes you read on? → Lesson 13, step 5.",
    }

    TURN_FORGOTTEN {
        vi: "Tôi gửi 48.000 byte một lượt, nhiều hơn một lượt đọc của bạn, rồi chờ. Hết lượt mà chưa đọc cạn thì sẽ \
             không có sự kiện nào nhắc lại. Ai nhớ rằng kết nối này còn việc?",
        en: "I sent 48,000 bytes at once, more than you read in one turn, and waited. When a turn is over and not \
             everything has been read, no event will say so again. Who remembers that this connection has work left?",
    }

    ONE_ACCEPT {
        vi: "20 client gọi tới cùng lúc, và có người không được nhận. Cả đám chỉ sinh ra một sự kiện của listener: sau \
             người đầu tiên, bạn làm sao biết còn ai chờ? → Bài 13, bước 6.",
        en: "20 clients called at the same time, and some were not taken. The whole crowd makes one event of the \
             listener: after the first, how do you know whether anyone else waits? → Lesson 13, step 6.",
    }

    WRITE_WOULD_BLOCK {
        vi: "Tôi gửi nhiều mà chưa đọc, và server bỏ luôn kết nối. Buffer gửi của kernel đầy thì `write` nói \
             `WouldBlock`: client chậm, không phải client hỏng. `write_all` làm gì khi gặp nó? → Bài 13, bước 8.",
        en: "I sent much and had read nothing yet, and the server dropped the connection. When the kernel's send \
             buffer is full, `write` says `WouldBlock`: the client is slow, not broken. What does `write_all` do when \
             it meets that? → Lesson 13, step 8.",
    }

    PART_OF_A_WRITE {
        vi: "Tôi đọc chậm, nên kernel có lúc chỉ nhận một phần những gì bạn ghi, có lúc không nhận gì. Byte quay về \
             vẫn phải đủ và đúng thứ tự. Phần kernel chưa nhận, bạn cất ở đâu, và ai gửi nó sau này?",
        en: "I read slowly, so that the kernel at times takes only a part of what you write, and at times nothing. \
             Still every byte must come back, in order. Where do you keep what the kernel did not take, and who sends \
             it later?",
    }

    UNBOUNDED {
        vi: "Một client gửi mãi mà không đọc sẽ chiếm hết bộ nhớ của bạn. Khi `unsent` đã đầy thì đừng đọc nữa: kernel \
             sẽ giữ phần còn lại, cửa sổ TCP khép lại, và chính client phải chờ.",
        en: "A client that sends for ever and reads nothing takes all your memory. When `unsent` is full, do not read: \
             the kernel keeps the rest, the TCP window closes, and it is the client who waits.",
    }

    NOT_RESUMED {
        vi: "Server ngừng đọc khi `unsent` đầy, vậy là đúng; nhưng tôi đã lấy hết, mà nó không đọc tiếp. Byte của tôi \
             tới từ lâu, nên sẽ không có sự kiện \"đọc được\" nào nữa. Khi ghi được trở lại, ai thử đọc? → Bài 13, \
             bước 8.",
        en: "Your server stopped reading when `unsent` was full, which is right; but I have taken everything, and it \
             does not read on. My bytes came long ago, so no \"readable\" event will come any more. When there is room \
             to write again, who tries to read? → Lesson 13, step 8.",
    }

    CUT_AT_END {
        vi: "Tôi gửi xong và đóng một chiều, nhưng vẫn đang nghe. `read` trả về 0 khi bạn còn nợ tôi một phần: trả cho \
             hết rồi hãy đóng.",
        en: "I said everything and closed one half, and was still listening. `read` returned 0 while you owed me a \
             part: send all of it, and only then close.",
    }

    END_NOT_SEEN {
        vi: "Tôi đã đóng chiều gửi, bạn trả lời đủ, nhưng kết nối vẫn mở. `read` trả về 0 thì ghi nhớ ở đâu? Và khi \
             không còn nợ gì, ai bỏ kết nối khỏi `connections`?",
        en: "I closed my sending half, you answered in full, yet the connection stays open. Where do you note that \
             `read` returned 0? And once nothing is owed, who takes the connection out of `connections`?",
    }

    UNFAIR {
        vi: "Đọc tới `WouldBlock` là đúng, nhưng một client gửi nhanh hơn bạn đọc thì không bao giờ cạn, và những \
             client khác phải chờ nó. Mỗi lượt bạn đọc của một client nhiều nhất bao nhiêu?",
        en: "Reading until `WouldBlock` is right, but a client that sends faster than you read never runs dry, and all \
             others wait for it. How much do you read from one client at most before it is the next one's turn?",
    }

    CUT {
        vi: "Một client cắt ngang kết nối (RST), `read` hoặc `write` của bạn gặp lỗi. Lỗi ấy chỉ là chuyện của một kết \
             nối: dấu `?` hay `unwrap` nào đưa nó ra khỏi vòng lặp chung?",
        en: "A client cut its connection (RST), and your `read` or `write` met an error. That error concerns one \
             connection: which `?` or `unwrap` carries it out of the loop that serves everyone?",
    }

    KEPT {
        vi: "Client đã đi, mà descriptor của nó còn đó. Sau `Next::Close`, và sau một lỗi, kết nối có ra khỏi \
             `connections` không?",
        en: "The client has gone, but its descriptor is still there. After `Next::Close`, and after an error, does the \
             connection leave `connections`?",
    }

    TOKEN_TAKEN {
        vi: "Một client đi, một client mới tới, và một người khác nữa bị mất kết nối. Client mới mang token nào? Nếu \
             token ấy đang có chủ thì `insert` thay người cũ bằng người mới. → Bài 13, bước 9.",
        en: "One client left, a new one came, and somebody else lost the connection. Which token did the newcomer get? \
             If it still belongs to somebody, `insert` puts the newcomer in that one's place. → Lesson 13, step 9.",
    }

    SPINS {
        vi: "Không ai gửi gì, mà `poll` cứ trả về. Một socket hầu như lúc nào cũng ghi được: mỗi lần đăng ký lại \
             (`reregister`) là thêm một sự kiện. Hay `run_queue` không bao giờ rỗng? → Bài 13, bước 7.",
        en: "Nobody sends anything, and `poll` returns again and again. A socket can nearly always be written to: each \
             `reregister` makes one more event. Or is `run_queue` never empty? → Lesson 13, step 7.",
    }

    SPINS_STUCK {
        vi: "Một client không đọc, nên server chưa ghi tiếp được; trong lúc đó nó quay vòng thử mãi. Gặp `WouldBlock` \
             thì trả về `Wait`: khi client đọc, sự kiện \"ghi được\" sẽ tới. Chỉ `GoOn` khi thật sự còn làm tiếp được. \
             → Bài 13, bước 8.",
        en: "A client does not read, so the server cannot write; meanwhile it tries again and again. After \
             `WouldBlock`, return `Wait`: when the client reads, a \"writable\" event will come. `GoOn` is only for a \
             connection that really can go on. → Lesson 13, step 8.",
    }

    NO_DESCRIPTORS {
        vi: "Server hết descriptor thì `accept` báo lỗi (EMFILE). Người gọi vẫn nằm trong hàng đợi; những người đã vào \
             vẫn phải được phục vụ, và server không được dừng.",
        en: "When a server has no descriptor left, `accept` fails (EMFILE). The caller stays in the queue; those who \
             are in must still be served, and the server must not stop.",
    }

    SPINS_ON_ACCEPT {
        vi: "`accept` báo lỗi vì hết descriptor, và chương trình gọi lại ngay, mãi mãi. Ra khỏi `accept_pending`: `run` \
             sẽ gọi lại sau một lát.",
        en: "`accept` fails because no descriptor is left, and the program calls it again at once, for ever. Leave \
             `accept_pending`: `run` calls it again after a while.",
    }

    CALLER_FORGOTTEN {
        vi: "Server đã có lại descriptor, mà những người còn trong hàng đợi không được nhận. Họ gọi tới từ trước, nên \
             listener không báo lại nữa. `accept_ready` nói gì sau khi `accept` gặp lỗi khác `WouldBlock`?",
        en: "The server has descriptors again, and those in the queue are not taken. They called before, so the \
             listener does not report them again. What does `accept_ready` say after `accept` failed with something \
             other than `WouldBlock`?",
    }

    CROWD {
        vi: "Nhiều client cùng kết nối, và có người không được trả lời. Mỗi vòng, `poll` chỉ đưa một số sự kiện; phần \
             còn lại tới ở vòng sau. Có kết nối nào bị bỏ quên giữa hai vòng không? → Bài 13, bước 10.",
        en: "Many clients are connected, and one got no answer. `poll` brings only so many events in each round; the \
             others come with the next. Is a connection forgotten between two rounds? → Lesson 13, step 10.",
    }
}
