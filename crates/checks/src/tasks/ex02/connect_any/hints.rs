//! What to look at next when `connect-any` fails a check.

use crate::hints;

hints! {
    CALLS_NOBODY {
        vi: "Tôi lắng nghe ở địa chỉ đã đưa mà không ai gọi tới. Trước khi gọi, chương trình xếp lại danh sách: \
             `interleave` trả về đủ mọi địa chỉ chưa? → Bài 02, bước 6.",
        en: "I listened at the address I gave, and nobody called. Before it calls, your program puts the list in \
             order: does `interleave` return every address? → Lesson 02, step 6.",
    }

    NOT_USED {
        vi: "Bạn gọi tới, tôi nhận và nói vài chữ, mà những chữ ấy không ra stdout. `print_stream` có sẵn in mọi điều nó \
             nghe được từ kết nối mà `connect_any` trả về: đó có phải kết nối này không, và nó còn mở không?",
        en: "You called, I took the call and said a few words, and they never reached stdout. The function \
             `print_stream`, which is given, prints what it hears on the connection that `connect_any` returns: is it \
             this one, and is it still open?",
    }

    FIRST_ERROR_ENDS {
        vi: "Một địa chỉ từ chối, thế là chương trình bỏ cuộc, dù địa chỉ sau có người lắng nghe. Lỗi của một địa chỉ \
             chỉ nói về địa chỉ đó. Trong vòng lặp của bạn, lỗi ấy đi đâu? → Bài 02, bước 6.",
        en: "One address refused, and your program gave up, though somebody listens at a later one. An error at one \
             address says nothing about the others. Where does it go in your loop? → Lesson 02, step 6.",
    }

    NO_WINNER {
        vi: "Không địa chỉ nào kết nối được. Đó cũng là một kết quả, và `connect_any` trả về `Result` chính là để nói \
             ra điều ấy: hết địa chỉ để gọi, hết cuộc gọi còn chờ, thì hàm trả về gì? `main` lo phần in lỗi ra stderr.",
        en: "No address could be reached. That is a result, too, and `connect_any` returns a `Result` in order to say \
             so: when no address is left to call and no call is still waiting, what does it return? `main` prints the \
             error on stderr.",
    }

    PANICS {
        vi: "Một thread đã panic. Địa chỉ từ chối hay im lặng không phải lỗi lập trình mà là câu trả lời của mạng. \
             Dòng stderr ở trên chỉ ra chỗ chương trình tin rằng kết nối nào cũng thành công, hay danh sách nào cũng \
             có địa chỉ trả lời.",
        en: "A thread panicked. An address that refuses or stays silent is not a programming error: it is an answer \
             from the network. The stderr line above shows where your program trusts that every call succeeds, or that \
             some address always answers.",
    }

    WAITS_AFTER_FAILURE {
        vi: "Các địa chỉ đầu từ chối tức thì, vậy mà chương trình không tới được địa chỉ cuối trước hạn chót. \
             CONNECTION_ATTEMPT_DELAY dành cho địa chỉ im lặng; địa chỉ đã từ chối thì còn gì để đợi? Tìm chỗ chương trình dừng lại \
             sau một lỗi. → Bài 02, bước 7.",
        en: "The first addresses refuse at once, and yet your program did not reach the last one before the deadline. \
             CONNECTION_ATTEMPT_DELAY is for an address that is silent; what is left to wait for when it has refused? Find where you \
             pause after an error. → Lesson 02, step 7.",
    }

    NOT_IN_ORDER {
        vi: "Mọi địa chỉ cùng một họ, nên thứ tự tôi đưa là thứ tự phải gọi. Chương trình bắt đầu từ địa chỉ khác. Nó \
             có sắp xếp danh sách, hay lấy từ cuối lên không?",
        en: "All addresses are of one family, so you call them in the order in which I give them. Your program began \
             with another one. Does it sort the list, or take from its end?",
    }

    ALL_AT_ONCE {
        vi: "Địa chỉ đầu trả lời ngay, mà chương trình gọi cả địa chỉ khác. Gọi tất cả cùng lúc thì bạn được nhanh, \
             còn server nào cũng phải nhận một kết nối rồi bỏ đi. Giữa hai lần gọi, chương trình chờ gì, và chờ bao \
             lâu?",
        en: "The first address answered at once, and your program called others as well. Calling all at once is quick \
             for you, but every server gets a connection that nobody uses. What do you wait for between two calls, and \
             how long?",
    }

    NO_TURNS {
        vi: "Địa chỉ IPv4 đầu tiên từ chối. Kế đó phải là địa chỉ IPv6, dù trong danh sách nó đứng sau một địa chỉ \
             IPv4 nữa: nếu mạng IPv4 hỏng thì lần thử thứ hai đã sang mạng kia. Xem `interleave` trả về gì cho [4, 4, \
             6].",
        en: "The first IPv4 address refused. Next comes the IPv6 address, though another IPv4 address stands before it \
             in the list: if all of IPv4 is broken, the second try already uses the other network. Look at what \
             `interleave` makes of [4, 4, 6].",
    }

    PREFERS_A_FAMILY {
        vi: "Có hai địa chỉ, mỗi họ một, và cả hai đều trả lời; lẽ ra phải dùng địa chỉ đứng đầu danh sách. Hệ thống \
             đã xếp địa chỉ nó cho là tốt hơn lên trước. `interleave` dựa vào đâu mà biết họ nào đi trước?",
        en: "There were two addresses, one of each family, and both answer; the first in the list should have been \
             used. The system has put first the address that it thinks is better. How does `interleave` know which \
             family begins?",
    }

    DROPS_THE_REST {
        vi: "Ba địa chỉ IPv4, một địa chỉ IPv6: địa chỉ IPv4 cuối cùng không được gọi. Khi một họ đã hết, phần còn lại \
             của họ kia đi đâu? Đếm xem danh sách vào và danh sách ra có dài bằng nhau không.",
        en: "Three IPv4 addresses and one IPv6 address: the last IPv4 one was never called. When one family has run \
             out, where does the rest of the other go? Count: is the list that comes out as long as the one that went \
             in?",
    }

    WAITS_FOR_THE_SILENT {
        vi: "Địa chỉ đầu không từ chối, nó chỉ im lặng, và chương trình ngồi chờ nó mãi. Đang ở trong `connect` thì \
             thread không làm được việc gì khác, mà kernel thì gọi đi gọi lại hơn hai phút. Ai sẽ gọi địa chỉ kế tiếp \
             trong lúc đó?",
        en: "The first address does not refuse, it says nothing, and your program waits for it. While a thread is in \
             `connect` it can do nothing else, and the kernel repeats the call for more than two minutes. Who calls \
             the next address in the meantime?",
    }

    WAITS_FOR_THE_LOSER {
        vi: "Kết nối với tôi đã mở, mà chương trình chưa dùng: nó còn chờ địa chỉ im lặng kia. Một kết nối thắng là \
             đủ. Chỗ nào đợi mọi thread xong mới trả về? Nhớ rằng `thread::scope` cũng đợi.",
        en: "The connection with me is open, and your program does not use it yet: it still waits for the silent \
             address. One winner is enough. What waits for all threads before it returns? `thread::scope` does that, \
             too.",
    }

    EACH_SILENCE {
        vi: "Bốn địa chỉ im lặng rồi mới tới tôi, và chương trình không đi tới nơi. Một địa chỉ im lặng chỉ được giữ \
             chân bạn CONNECTION_ATTEMPT_DELAY, không phải cả DEADLINE. Sau lần gọi thứ hai, cái gì khiến chương trình gọi tiếp lần \
             thứ ba?",
        en: "Four addresses are silent, then comes mine, and your program never got here. A silent address may hold \
             you up for CONNECTION_ATTEMPT_DELAY, not for the whole DEADLINE. After the second call, what makes your program go on \
             to the third?",
    }

    NO_DEADLINE {
        vi: "Không địa chỉ nào trả lời, và chương trình chờ mãi. Bạn không đặt hạn thì hơn hai phút sau kernel mới \
             thôi. DEADLINE có tới được mọi chỗ chương trình ngồi chờ không: chờ kết nối, và chờ kết quả?",
        en: "No address answers, and your program waits on. If you set no limit, the kernel gives up only after more \
             than two minutes. Does DEADLINE reach every place where the program waits: for a connection, and for a \
             result?",
    }

    A_DEADLINE_EACH {
        vi: "Nhiều địa chỉ im lặng, và chương trình chạy lâu hơn DEADLINE nhiều. Hạn chót là một thời điểm cho cả danh \
             sách, không phải một khoảng cho từng địa chỉ. Mỗi lần chờ, chương trình tính xem còn lại bao nhiêu, hay \
             lại bắt đầu từ đầu?",
        en: "Many addresses are silent, and your program ran far longer than DEADLINE. A deadline is one moment for \
             the whole list, not a span for each address. Each time you wait: do you work out how much is left, or \
             start from zero?",
    }

    GIVES_UP_THE_SLOW {
        vi: "Địa chỉ đầu chậm, sau một giây nó mới trả lời; địa chỉ sau từ chối. Chương trình không đợi địa chỉ đầu \
             nữa. Có phải cuộc gọi đầu bị bỏ khi bạn gọi sang địa chỉ sau, hay lỗi của địa chỉ cuối được coi là kết \
             quả chung? Còn bao nhiêu cuộc gọi chưa ngã ngũ?",
        en: "The first address is slow and answers after a second; the next refuses. Your program no longer waited for \
             the first. Was that call dropped when you made the next one, or do you take the error of the last address \
             for the result of all? How many calls are still undecided?",
    }

    WAITS_BESIDE_THE_SILENT {
        vi: "Địa chỉ đầu còn im lặng, các địa chỉ sau từ chối tức thì, và chương trình không tới được địa chỉ cuối \
             trước hạn chót. Có địa chỉ từ chối thì tới lượt địa chỉ kế tiếp ngay, dù còn cuộc gọi khác đang chờ. Khi \
             nhận một lỗi, vòng lặp của bạn làm gì tiếp?",
        en: "The first address is still silent, the others refuse at once, and your program did not reach the last \
             before the deadline. After a refusal it is the turn of the next address at once, even while other calls \
             are waiting. When an error comes in, what does your loop do next?",
    }

    KEEPS_THE_LOSER {
        vi: "Đã có kết nối thắng rồi địa chỉ chậm mới trả lời, và kết nối đến muộn ấy cứ mở: server bên đó giữ một \
             client không bao giờ nói gì. Một `TcpStream` đóng khi nó bị drop. Nó nằm ở đâu trong chương trình, và cái \
             gì còn giữ nó?",
        en: "You had a winner, then the slow address answered, and that late connection stays open: the server there \
             holds a client that will never speak. A `TcpStream` closes when it is dropped. Where in your program does \
             it end up, and what holds it?",
    }

    CALLS_ON {
        vi: "Bạn đã kết nối được, mà sau đó chương trình vẫn gọi địa chỉ kế tiếp. Ai quyết định gọi tiếp: một chiếc \
             đồng hồ hẹn từ đầu, hay một chỗ biết rằng đã có kết nối thắng?",
        en: "You were connected, and after that your program still called the next address. Who decides to go on: a \
             clock that was set at the start, or a place that knows there is a winner?",
    }
}
