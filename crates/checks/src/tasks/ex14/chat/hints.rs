//! What the symptoms of a chat server point to.

use crate::hints;

hints! {
    NO_WELCOME {
        vi: "Tôi gửi tên, rồi chờ dòng `= …`, mà không thấy. Người mới cần dòng đó ngay, kể cả khi phòng còn trống \
             (chỉ `=`). Dòng ấy đi đường nào: hàng đợi của người mới có ai rút ra mà ghi chưa?",
        en: "I sent a name and waited for the line `= …`, which did not come. The newcomer needs it at once, also when \
             nobody is there (just `=`). Which way does that line go: does anybody take lines out of the newcomer's \
             queue and write them yet?",
    }

    WHO_IS_THERE {
        vi: "Dòng `=` kể những người có mặt trước người mới, theo thứ tự họ vào phòng, không có chính người mới. Cấu \
             trúc bạn chọn có nhớ thứ tự vào không? HashMap và BTreeMap thì không. → Bài 14, bước 8.",
        en: "The line `=` names those who were there before the newcomer, in the order in which they came, without the \
             newcomer. Does the structure you chose remember the order of arrival? HashMap and BTreeMap do not. \
             → Lesson 14, step 8.",
    }

    ARRIVALS {
        vi: "Có người mới vào, mà người đang ngồi trong phòng không nghe `+ tên`. Người ấy không gửi gì cả, chỉ ngồi \
             nghe: ghi cho họ có phải chờ tới lúc họ nói không?",
        en: "Somebody came in, and those who sit in the room did not hear `+ name`. They send nothing, they only \
             listen: does writing to them have to wait until they speak?",
    }

    OWN_ARRIVAL {
        vi: "Có người mới vào, và tôi chờ `+ tên` của họ ở những người đang ngồi đó, mà thấy dòng khác tới trước. Có \
             phải ai vừa vào cũng nghe cả tin về chính mình? `+ tên` chỉ dành cho những người kia: bạn báo trước hay \
             sau khi xếp người mới vào phòng?",
        en: "Somebody came in, and where I waited for `+ name` at those who sit there, another line came first. Does \
             each newcomer hear of its own arrival, too? `+ name` is for the others only: do you tell it before or \
             after you seat the newcomer?",
    }

    NOT_PASSED_ON {
        vi: "Một dòng đã nói ra mà người khác trong phòng không nhận đúng như vậy, hay không đúng thứ tự. Mỗi client \
             có một hàng đợi với một người rút: dòng ấy đã vào hàng đợi của những ai, và ai đang chờ ở đầu kia để ghi \
             ra socket?",
        en: "A line was said, and somebody else in the room did not get it as it should be, or not in order. Each \
             client has a queue, with one reader: into whose queues did this line go, and who waits at the other end \
             to write it to the socket?",
    }

    HEARS_ITSELF {
        vi: "Người nói nghe lại chính dòng mình vừa nói. Khi chuyển một dòng cho cả phòng, bạn biết người nói bằng gì \
             để bỏ qua đúng một mình họ?",
        en: "The speaker hears its own line again. When you pass a line to the room, by what do you know the speaker, \
             so that exactly this one is left out?",
    }

    LINES {
        vi: "Tôi gửi vài dòng trong một lần ghi: có dòng rỗng, có CRLF, có dấu cách ở đầu và cuối dòng. Dòng rỗng thì \
             không nói gì cả; CR trước LF thuộc về dấu hết dòng; dấu cách thì là của người nói. → Bài 04, bước 4.",
        en: "I sent some lines in one write: empty ones, CRLF, spaces at both ends of a line. An empty line says \
             nothing; a CR before the LF belongs to the line's end; spaces belong to the speaker. → Lesson 04, step 4.",
    }

    LEFTOVER {
        vi: "Tôi gửi tên và câu nói đầu tiên trong một lần ghi; câu nói biến mất. Nó đã nằm trong `BufReader` mà bạn \
             dùng để đọc tên: đọc tiếp bằng chính nó, hay bạn tạo một cái mới? → Bài 04, bước 2.",
        en: "I sent my name and my first words in one write; the words are lost. They were in the `BufReader` with \
             which you read the name: do you go on with that one, or make a new one? → Lesson 04, step 2.",
    }

    NAMES {
        vi: "Tôi xin vào với một tên sai quy cách, hoặc tên đã có người dùng trong chính phòng đó. Kết quả của \
             `introduction` cho biết cái thứ nhất. Cái thứ hai phải hỏi và xếp chỗ trong cùng một lần giữ khóa; người \
             bị từ chối thì không ai nghe tới.",
        en: "I asked to come in with a name that is not as it should be, or that somebody in this room has. What \
             `introduction` returns tells the first. The second must be asked while the lock is held that also seats \
             the newcomer; nobody hears of those who are turned away.",
    }

    REFUSED_THEN_CLOSED {
        vi: "Dòng `! …` tới rồi, mà kết nối không đóng lại gọn gàng ngay sau đó. Ai còn giữ một nửa của kết nối này: \
             một task đã tách ra, hay một biến còn sống?",
        en: "The line `! …` came, but the connection did not close in good order after it. Who still holds a half of \
             this connection: a task that was spawned, or a variable that lives on?",
    }

    ROOMS {
        vi: "Phòng này nghe chuyện của phòng kia, hoặc tên ở phòng kia bị coi là đã có người dùng. Một phòng là một \
             thế giới riêng: tên, người vào, người ra và lời nói đều ở trong đó. Không nêu phòng tức là `lobby`.",
        en: "One room heard what belongs to another, or a name in another room counted as taken. A room is a world of \
             its own: names, arrivals, departures and words stay in it. Naming no room means `lobby`.",
    }

    ONE_AT_A_TIME {
        vi: "Một client khác kết nối rồi không nói gì, và server đứng chờ nó. `.await` chỉ nhường chỗ cho task khác; \
             vòng lặp nhận khách mà tự `await` việc phục vụ, hay việc đọc tên, thì chẳng có task nào khác cả. → Bài \
             14, bước 2.",
        en: "Another client is connected and says nothing, and the server waits for it. `.await` gives way to other \
             tasks only; when the accept loop itself awaits the serving, or the reading of the name, there is no other \
             task. → Lesson 14, step 2.",
    }

    BLOCKED_THREAD {
        vi: "Vài client gõ dở tên rồi ngồi im, thế là cả server đứng lại. Runtime chỉ có vài thread cho mọi task. Task \
             nào chặn thread của nó thì không nhường cho ai được: tìm chỗ đọc hay ghi mà không có `.await`, hoặc một \
             khóa được giữ qua `.await`. → Bài 14, bước 3.",
        en: "Some clients typed half a name and sit there, and the whole server stands still. The runtime has a few \
             threads for all tasks. A task that blocks its thread gives way to nobody: look for a read or write \
             without `.await`, or for a lock that is held across an `.await`. → Lesson 14, step 3.",
    }

    HALF_A_LINE {
        vi: "Tôi gõ từng byte, và giữa hai byte có người khác nói. Thế là dòng của tôi mất vài byte. `select!` bỏ \
             future thua cuộc: những gì nó đã đọc vào một buffer của riêng nó thì mất theo. Buffer ấy sống ở đâu? \
             → Bài 14, bước 4.",
        en: "I type byte by byte, and between two bytes somebody else speaks. My line then lacks bytes. `select!` \
             drops the future that loses: what it has read into a buffer of its own is lost with it. Where does that \
             buffer live? → Lesson 14, step 4.",
    }

    LAST_LINE {
        vi: "Tôi nói một dòng thiếu LF rồi đóng chiều gửi. Hết luồng thì dòng dở dang ấy vẫn tính là đã nói, trước khi \
             báo `- tên`.",
        en: "I said a line without LF and closed my sending half. At the end of the stream that line counts as said, \
             before `- name` is told.",
    }

    LEAVES {
        vi: "Một client đã đi, mà những người còn lại không nghe `- tên` đúng như vậy. Mọi đường ra khỏi `handle_client` phải \
             đi qua một chỗ báo tin: hết luồng, lỗi, bị từ chối giữa chừng. Đường nào của bạn đi tắt?",
        en: "A client has left, and those who stay did not hear `- name` as they should. Every way out of `handle_client` has \
             to pass the place where this is told: end of stream, error, refused midway. Which of your ways takes a \
             short cut?",
    }

    NEVER_CLOSED {
        vi: "Client đã đóng chiều gửi và không còn gì để nhận, mà kết nối vẫn mở. Đọc đã xong; còn phía ghi đang chờ \
             gì? `recv` trên một hàng đợi chỉ kết thúc khi mọi `Sender` của nó đã bị drop: đếm xem còn ai giữ một cái.",
        en: "The client has closed its sending half and nothing more is due to it, yet the connection stays open. The \
             reading is over; what does the writing side wait for? `recv` on a queue ends only when every `Sender` of \
             it is gone: count who still holds one.",
    }

    CUT {
        vi: "Tôi cắt kết nối (RST), nên đọc hoặc ghi gặp lỗi. Lỗi ấy thoát ra bằng `?` hoặc panic ở đâu đó, và bỏ qua \
             đoạn báo `- tên` và trả chỗ. Một giá trị dọn dẹp trong `Drop` thì không đường nào bỏ qua được.",
        en: "I cut the connection (RST), so a read or write met an error. It left by a `?` or a panic somewhere, past \
             the place where `- name` is told and the seat given back. A value that cleans up in its `Drop` is passed \
             by no way out.",
    }

    NAME_KEPT {
        vi: "Một người ra về rồi quay lại với tên cũ, và bị từ chối, hoặc trong phòng còn cái bóng của họ. Tên đứng ở \
             mấy nơi trong chương trình của bạn, và nơi nào quên xóa?",
        en: "Somebody left and came back under the same name, and was refused, or a shadow of them is still in the \
             room. In how many places of your program does the name stand, and which of them is forgotten?",
    }

    STILL_ALLOWED {
        vi: "Dòng dài đúng 1.024 byte là còn được phép, không kể LF hay CRLF.",
        en: "A line of exactly 1,024 bytes is still allowed, its LF or CRLF not counted.",
    }

    NO_LIMIT {
        vi: "Tôi gửi quá 1.024 byte mà không xuống dòng, và server cứ gom tiếp. Ai chờ LF rồi mới đo độ dài thì bộ nhớ \
             do client quyết định. `next_line` biết dừng lúc nào; cái bạn đang dùng thì sao? → Bài 04, bước 7.",
        en: "I sent more than 1,024 bytes without a line end, and the server goes on gathering. Who waits for the LF \
             before it measures lets the client decide about its memory. `next_line` knows when to stop; does what you \
             use? → Lesson 04, step 7.",
    }

    SAID_BEFORE_CLOSING {
        vi: "Dòng quá dài thì phải nói `! line too long` rồi mới đóng. Nếu dòng báo ấy nằm trong hàng đợi mà task ghi \
             bị hủy ngay thì nó không bao giờ ra khỏi chương trình. → Bài 14, bước 10.",
        en: "After a line that is too long comes `! line too long`, and then the end. If that word lies in the queue \
             while the writing task is cancelled at once, it never leaves the program. → Lesson 14, step 10.",
    }

    SPEAKER_NOT_TOLD {
        vi: "Một client không đọc đã bị loại; mọi người khác phải nghe `- bang`, kể cả người đang nói. Dòng đang nói \
             thì bỏ qua người nói, còn tin này thì không.",
        en: "A client that does not read was dropped; everybody else must hear `- bang`, the one who speaks, too. What \
             is being said leaves out the speaker; this does not.",
    }

    STILL_OPEN {
        vi: "Client bị loại rồi mà kết nối của nó vẫn mở. Task ghi đang kẹt giữa chừng trong `write_all`, và sẽ kẹt \
             mãi vì không ai đọc; bỏ `Sender` đi không gọi nó dậy được. Cái gì dừng được một task đang chờ trong một \
             lời gọi như vậy? → Bài 14, bước 9.",
        en: "The client was dropped, but its connection is still open. The writing task is stuck in the middle of \
             `write_all`, for ever, as nobody reads; dropping the `Sender` does not wake it. What can stop a task that \
             waits inside such a call? → Lesson 14, step 9.",
    }

    WAITS_FOR_ONE {
        vi: "Một client thôi không đọc, và cả phòng im theo. Ai chờ nó? Tìm một `.await` mà chỉ client ấy mới làm cho \
             xong được: ghi thẳng ra socket của nó, hay chờ hàng đợi của nó có chỗ, nhất là trong lúc giữ khóa. → Bài \
             14, bước 9.",
        en: "One client stopped reading, and the whole room fell silent. Who waits for it? Look for an `.await` that \
             only this client can bring to an end: a write straight to its socket, or waiting for room in its queue, \
             above all while a lock is held. → Lesson 14, step 9.",
    }

    LOST_LINES {
        vi: "Có client nhận thiếu một đoạn ở giữa mà không hay biết. Hàng đợi đầy thì không được lặng lẽ bỏ dòng \
             (`try_send` báo lỗi gì?, `broadcast` báo `Lagged`): hoặc client nhận đủ mọi dòng, hoặc nó bị loại và ai \
             cũng biết. → Bài 14, bước 7.",
        en: "A client lacks some lines in the middle and does not know it. When a queue is full, a line must not be \
             left out in silence (what does `try_send` return? `broadcast` says `Lagged`): a client gets every line, \
             or it is dropped and everybody knows. → Lesson 14, step 7.",
    }

    NO_BOUND {
        vi: "Không ai phải chờ client này, nhưng mọi dòng cho nó nằm lại trong bộ nhớ của server, và không có giới hạn \
             nào. Mỗi client có một hàng đợi nhiều nhất 64 dòng: hàng đợi của bạn thuộc loại nào, có nói nó đầy lúc \
             nào không? → Bài 14, bước 7.",
        en: "Nobody waits for this client, but every line for it stays in the server's memory, and nothing limits \
             that. Each client has a queue of at most 64 lines: of which kind is yours, and does it say when it is \
             full? → Lesson 14, step 7.",
    }
}
