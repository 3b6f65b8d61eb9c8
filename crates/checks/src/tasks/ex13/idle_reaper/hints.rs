//! What the symptoms of a server with deadlines point to.

use crate::hints;

hints! {
    ECHO {
        vi: "Những gì client nói phải quay lại nguyên vẹn; phần đó có sẵn trong `echo`. Token của sự kiện có còn dẫn \
             tới đúng kết nối không, và vòng lặp có tới được `poll` không?",
        en: "What a client says must come back unchanged; that part is given, in `echo`. Does the token of the event \
             still lead to the right connection, and does the loop get back to `poll`?",
    }

    TOO_EARLY {
        vi: "Client này vừa mới tới, hoặc vừa mới nói, mà đã bị chào tạm biệt. Hạn chót của nó tính từ lúc nào, và lúc \
             bạn tiễn nó thì hạn đã qua chưa?",
        en: "This client has only just come, or has only just spoken, and it was left already. From which moment does \
             its deadline count, and had it passed when you left?",
    }

    NO_BYE {
        vi: "Tôi ngồi im quá hạn, và lẽ ra phải nghe đúng một lần `bye` kèm dấu xuống dòng rồi tới EOF. Không ai gửi \
             gì thì không có sự kiện nào: cái gì đánh thức `poll`, và sau khi thức dậy bạn làm gì trước khi kết nối bị \
             drop?",
        en: "I was silent past the deadline, and should have heard `bye` with its line end exactly once, then EOF. \
             While nobody sends, there is no event: what wakes `poll`, and once awake, what do you do before the \
             connection is dropped?",
    }

    NEVER_SPOKE {
        vi: "Client này kết nối rồi không nói gì cả, và được ngồi mãi. Hạn chót có từ lúc kết nối, không phải từ byte \
             đầu tiên: `reset_deadline` làm gì với một client chưa có mục nào trong `deadlines`?",
        en: "This client called and never said anything, and may stay for ever. Its deadline counts from its arrival, \
             not from its first byte: what does `reset_deadline` do for a client that has no entry in `deadlines` yet?",
    }

    STAYS_OPEN {
        vi: "Tôi nghe `bye`, nhưng kết nối vẫn mở. Chào xong thì đóng ngay, đừng chờ client đóng trước: ai còn giữ \
             `TcpStream` này?",
        en: "I heard `bye`, but the connection stays open. Close at once after the goodbye, do not wait for the \
             client: what still holds this `TcpStream`?",
    }

    REAPS_THE_ACTIVE {
        vi: "Client A nói đều đều, nhưng khi client B im lặng quá hạn thì A cũng bị tiễn. Mỗi byte dời hạn chót của A: \
             hạn cũ của A còn nằm đâu đó không? Và khi tới hạn của B, bạn tiễn những ai?",
        en: "Client A speaks all the time, yet it was left when client B had been silent for too long. Each byte moves \
             A's deadline: does its old one still lie somewhere? And when B's deadline comes, whom do you leave?",
    }

    SHARED {
        vi: "Chỉ cần một client còn nói là client im lặng được ở lại mãi. Hạn chót là của riêng từng kết nối: byte của \
             A có dời hạn của B không? Và bạn xem hạn chót sau mỗi lần `poll`, hay chỉ khi không có sự kiện?",
        en: "As long as one client speaks, a silent one may stay. Each connection has a deadline of its own: do A's \
             bytes move B's? And do you look at the deadlines after each `poll`, or only when there was no event?",
    }

    OVERSLEEPS {
        vi: "Client B tới hạn trước A nửa chặng, vậy mà hai bên bị tiễn cùng lúc: server ngủ quá hạn của B. `poll` \
             phải ngủ tới hạn chót gần nhất, tính từ bây giờ, không phải trọn MILLIS mỗi lần.",
        en: "Client B's deadline came half a limit before A's, yet both were left at once: your server slept past B's. \
             `poll` must sleep until the nearest deadline, counted from now, and not for the whole MILLIS each time.",
    }

    LEAVER_KEPT {
        vi: "Client đã đi, mà kết nối của nó còn đó. `remove` có bỏ nó khỏi `connections` không?",
        en: "The client has gone, and its connection is still there. Does `remove` take it out of `connections`?",
    }

    GHOST {
        vi: "Một client đi trước hạn chót của nó; tới hạn đó thì server hỏng. Khi một kết nối đi, hạn chót của nó có \
             đi theo không? Và khi tới một hạn mà không còn chủ, bạn làm gì?",
        en: "A client left before its deadline; when the deadline came, the server broke. When a connection goes, does \
             its deadline go with it? And what do you do at a deadline that has no owner any more?",
    }

    TICKS {
        vi: "Server thức dậy theo nhịp để xem có ai tới hạn không. Chẳng cần xem: bạn biết hạn chót gần nhất là lúc \
             nào. Từ bây giờ tới đó còn bao lâu, và khi không có hạn nào thì ngủ bao lâu?",
        en: "Your server wakes up at a rate to see whether a deadline has come. There is no need to look: you know the \
             nearest one. How long is it from now, and how long may you sleep when there is none?",
    }

    SPINS {
        vi: "Không có gì để làm, mà `poll` cứ trả về ngay. Một hạn chót đã qua thì thời gian còn lại là 0, lần nào \
             cũng vậy, cho tới khi nó ra khỏi `deadlines`. Hạn nào còn nằm lại?",
        en: "There is nothing to do, yet `poll` returns at once, again and again. For a deadline that has passed the \
             time left is 0, each time, until it leaves `deadlines`. Which one stays?",
    }
}
