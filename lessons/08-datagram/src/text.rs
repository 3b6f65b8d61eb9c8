//! Every sentence of lesson 08, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Socket datagram", en: "Datagram socket" };

texts! {
    sockets() {
        vi: "Mỗi bên xin một socket UDP, mỗi socket một cổng. Thế là gửi được: không listen(), không accept(), không có kết nối nào.",
        en: "Each side asks for a UDP socket, and each socket gets a port. That is all: no listen(), no accept(), no connection.",
    }
    boundaries(count) {
        vi: "Gửi {count} lần thì nhận {count} lần, lần nào ra lần nấy. Datagram rỗng cũng là một datagram: nhận được 0 byte không có nghĩa là hết.",
        en: "{count} sends give {count} receives (one, two, nothing, three). The third datagram is empty: recv_from() returns 0, and that is not EOF.",
    }
    buffer_too_small(length, buffer) {
        vi: "Datagram dài {length} byte, bộ đệm chỉ có {buffer}. Phần thừa mất luôn: lần nhận sau là datagram sau. Trên Linux, std không báo lỗi gì.",
        en: "A {length}-byte datagram, a buffer of {buffer} bytes. The rest is gone: the next receive gives the next datagram. On Linux, std reports no error.",
    }
    datagram_too_long(largest) {
        vi: "Một datagram chở nhiều nhất {largest} byte (IPv4). Dài hơn một byte là gửi lỗi: kernel không tách ra hai datagram. Mai gửi cho chính mình.",
        en: "One datagram carries {largest} bytes at most (IPv4). One byte more and the send fails: the kernel does not make two of it. (Mai sends to herself.)",
    }
    many_clients() {
        vi: "Thêm một client. Server vẫn dùng đúng một socket: recv_from() cho biết địa chỉ bên gửi, send_to() trả lời địa chỉ đó.",
        en: "A second client. The server still has one socket: recv_from() returns the sender's address, and send_to() answers it.",
    }
    from(count, address) { vi: "{count} byte từ {address}", en: "{count} bytes from {address}" }
    connect_sends_nothing() {
        vi: "Mai gọi connect(). Không gói tin nào đi: kernel phía Mai ghi lại một địa chỉ và đổi trạng thái của socket. Server không hay biết.",
        en: "Mai calls connect(). No packet leaves: the kernel on her side writes down an address and changes the state's name. The server knows nothing of it.",
    }
    connected_socket_filters() {
        vi: "Từ giờ Mai chỉ nhận tin từ địa chỉ ấy. Bình gửi cho Mai: gửi thành công, nhưng kernel không đưa cho Mai. Mai hỏi server và nhận được trả lời.",
        en: "From now on Mai receives from that address only. Binh's datagram is sent, but the kernel drops it. Mai gets the server's answer only.",
    }
    late_refusal() {
        vi: "Server đóng socket. Mai gửi ba lần, lần hai gặp lỗi: đó là ICMP trả lời lần một, còn lần hai chưa hề đi. Bình không connect() nên không nhận lỗi nào.",
        en: "The server closes its socket. Mai's second send fails: ICMP has answered the first, the second never left. Binh, without connect(), gets no error.",
    }
    burst(count, size) {
        vi: "Gửi {count} datagram, mỗi cái {size} byte, khi bên nhận chưa đọc. Không có mạng nào ở giữa. Bộ đệm nhận đầy, kernel vứt phần còn lại, bên gửi không biết.",
        en: "{count} datagrams of {size} bytes leave before the receiver reads. No network is in between. The receive buffer fills up, the kernel drops the rest; the sender gets no error.",
    }
    sent(count) { vi: "send() → OK, {count} lần", en: "send() → OK, {count} times" }
    receive_buffer(used, drops) {
        vi: "bộ đệm nhận: {used} byte bộ nhớ; đã vứt: {drops}",
        en: "receive buffer: {used} bytes of memory; dropped: {drops}",
    }
    received_and_lost(count, lost) { vi: "đọc được: {count}; mất: {lost}", en: "received: {count}; lost: {lost}" }
    first_lost(number) { vi: "datagram đầu tiên bị mất: số {number}", en: "the first one lost: number {number}" }

    dns_question(count) {
        vi: "Cả một giao thức trong hai datagram: DNS. Mai gửi {count} byte hỏi địa chỉ của bai08.test; câu trả lời nhắc lại mã số, câu hỏi, rồi thêm một bản ghi.",
        en: "A whole protocol in two datagrams: DNS. In {count} bytes Mai asks for the address of bai08.test. The answer repeats id and question, then adds a record.",
    }
    dns_id(id) { vi: "mã số (id) {id}", en: "id {id}" }
    dns_asks(flags) { vi: "cờ: câu hỏi, {flags}", en: "flags: a question, {flags}" }
    dns_answers(code, cut) { vi: "cờ: câu trả lời, RCODE {code}{cut}", en: "flags: an answer, RCODE {code}{cut}" }
    dns_counts(questions, answers, authority, more) {
        vi: "hỏi {questions}, đáp {answers}, thẩm quyền {authority}, bổ sung {more}",
        en: "asks {questions}, answers {answers}, authority {authority}, extra {more}",
    }
    dns_name(name) { vi: "tên {name}", en: "name {name}" }
    dns_pointer(offset, name) { vi: "tên: như ở byte {offset}, {name}", en: "name: as at byte {offset}, {name}" }
    dns_type(kind, class) { vi: "loại {kind}, lớp {class}", en: "type {kind}, class {class}" }
    dns_ttl(seconds) { vi: "giữ được {seconds} s", en: "TTL: may be cached for {seconds} s" }
    dns_length(count) { vi: "dữ liệu: {count} byte", en: "data: {count} bytes" }
    dns_data(count) { vi: "{count} byte dữ liệu", en: "{count} bytes of data" }
    dns_opt(size, length) {
        vi: "OPT: bên hỏi nhận được {size} byte; {length} byte tùy chọn",
        en: "OPT: the client accepts {size} bytes; {length} bytes of options",
    }

    no_answer(seconds) { vi: "{seconds} s rồi không thấy gì: mất lúc đi, hoặc lúc về", en: "nothing within {seconds} s: lost on the way there, or back" }
    no_answer_at_all(address, count) {
        vi: "datagram gửi tới {address}: {count}, câu trả lời: 0. Server có chạy ở đó, đúng cổng ấy không? Im lặng thì không biết được là chưa chạy hay bị mất.",
        en: "datagrams sent to {address}: {count}, answers: 0. Does a server run there, at that port? Silence does not tell an absent server from a lost datagram.",
    }

    try_serve() {
        vi: "rồi ở hai cửa sổ khác: nc -u 127.0.0.1 PORT. Gõ vài dòng ở cả hai. Tắt server giữa chừng, gõ tiếp: nc biết được bằng cách nào?",
        en: "then in two other windows: nc -u 127.0.0.1 PORT. Type lines in both. Stop the server and type on: how does nc come to know?",
    }
    try_closed() {
        vi: "gõ một dòng: cổng này không có socket nào. Rồi thử cổng mà nc -luv 127.0.0.1 0 in ra: nó nhận mà không trả lời. Hai kết quả khác nhau ra sao?",
        en: "type a line. Then try the port that nc -luv 127.0.0.1 0 prints: it receives and sends nothing. How do the two results differ?",
    }
    try_dig() {
        vi: "rồi: dig +tries=1 @127.0.0.1 -p PORT bai08.test. dig phàn nàn điều gì?",
        en: "then: dig +tries=1 @127.0.0.1 -p PORT bai08.test: what is its complaint?",
    }
}

/// What to try by hand.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run -p lesson08 -- serve", try_serve()),
        ("cargo run -p lesson08 -- connect 127.0.0.1:9", try_closed()),
        ("cargo run -p lesson08 -- serve --tape", try_dig()),
    ]
}
