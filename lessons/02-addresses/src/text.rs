//! Every sentence of lesson 02, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Địa chỉ", en: "Addresses" };

texts! {
    three_choices() {
        vi: "Xin kernel một socket là chọn ba thứ: họ địa chỉ, kiểu, giao thức. Để giao thức là 0 thì kernel lấy giao thức thường dùng; ba thứ không đi với nhau được thì kernel từ chối.",
        en: "To ask the kernel for a socket is to choose three things: address family, type, protocol. Protocol 0 stands for the usual one; what does not fit together is refused.",
    }
    family() { vi: "họ", en: "family" }
    kind() { vi: "kiểu", en: "type" }
    protocol() { vi: "giao thức", en: "protocol" }
    who_picks_the_port() {
        vi: "Chỉ bên gọi phải biết trước địa chỉ bên kia. Server xin cổng 0, kernel chọn một cổng trống. Client chưa có cổng, đến connect() kernel mới chọn cho nó; server biết cổng ấy nhờ accept().",
        en: "Only the caller must know an address beforehand. The server binds port 0: the kernel picks a free one. The client has no port until connect() gives it one, and the server learns it from accept().",
    }
    before_connect(address) { vi: "trước connect(): {address}", en: "before connect(): {address}" }
    neither_ip_nor_port() {
        vi: "Socket Unix không có IP, không có cổng. Địa chỉ server là một tệp. Client không có tên nào cả, vậy mà hai bên vẫn nói chuyện.",
        en: "A Unix socket has no IP and no port. The server's address is a file. The client has no name at all, and yet they talk.",
    }
    no_name() { vi: "(không tên)", en: "(no name)" }
    no_unix_sockets() {
        vi: "(Thư viện chuẩn của Rust chưa mở được socket Unix trên hệ điều hành này.)",
        en: "(Rust's standard library opens no Unix sockets on this system.)",
    }
    one_address_or_all() {
        vi: "127.0.0.2 cũng là máy này, nhưng là một địa chỉ khác. Socket nghe ở 127.0.0.1 không nhận cuộc gọi tới đó; socket nghe ở 0.0.0.0 nhận ở mọi địa chỉ của máy.",
        en: "127.0.0.2 is this machine too, but another address. A socket that listens on 127.0.0.1 gets no call to it; 0.0.0.0 stands for every address of the machine.",
    }
    both_families() {
        vi: "Một socket IPv6 lắng nghe cho cả hai họ (IPV6_V6ONLY tắt). Client gọi bằng IPv4 thì server thấy địa chỉ ấy viết theo kiểu IPv6: ::ffff:a.b.c.d.",
        en: "One IPv6 socket listens for both families (IPV6_V6ONLY off). A client that calls by IPv4 shows up in IPv6 spelling: ::ffff:a.b.c.d.",
    }
    a_name_is_a_list() {
        vi: "Tên không phải địa chỉ. Tra tên thì ra một danh sách địa chỉ; std::net thử lần lượt, địa chỉ này không được thì sang địa chỉ sau.",
        en: "A name is no address. It is looked up and gives a list; std::net tries one after another, and goes on to the next when one fails.",
    }
    a_dead_one_first(dead, live) { vi: "thử {dead}, rồi {live}", en: "tries {dead}, then {live}" }
    three_refusals(here, silent, nowhere) {
        vi: "Ba lần bị từ chối, ba lý do: lắng nghe lần nữa ở {here}; gọi {silent}, cổng có chủ mà chủ không lắng nghe; gọi {nowhere}, địa chỉ quảng bá, không thuộc riêng máy nào.",
        en: "Three refusals, three reasons: to listen at {here} again; to call {silent}, a port whose owner does not listen; to call {nowhere}, the broadcast address, which is no single machine.",
    }
    nobody_listens(own) {
        vi: "Một socket bind() vào {own} rồi gọi chính địa chỉ đó, nơi không ai lắng nghe. SYN đi ra gặp SYN đi vào: TCP cho phép vậy (RFC 9293, mục 3.5), và trên Linux thế là đủ để có kết nối.",
        en: "A socket binds {own} and calls that very address, where nobody listens. TCP lets a SYN going out meet a SYN coming in (RFC 9293, section 3.5), and on Linux that is enough for a connection.",
    }
    listening_there(count) { vi: "đang LISTEN ở địa chỉ này: {count}", en: "in LISTEN at this address: {count}" }
    you_called(from, to) { vi: "Bạn gọi từ {from} tới {to}.", en: "You called from {from} to {to}." }
    try_serve() {
        vi: "rồi ở cửa sổ khác, dùng nc -d gọi 127.0.0.1, 127.0.0.2 và ::1, vẫn PORT ấy. Thay '[::]:0' bằng 127.0.0.1:0 thì địa chỉ nào còn gọi được?",
        en: "then, in another window, nc -d to 127.0.0.1, 127.0.0.2 and ::1 at that PORT. With 127.0.0.1:0 in place of '[::]:0', which still get through?",
    }
    try_alone() {
        vi: "PORT là một cổng trống bất kỳ, ví dụ 40404. Gõ một dòng: ai trả lời?",
        en: "PORT is any free port, such as 40404. Type a line: who answers?",
    }
    try_names() {
        vi: "danh sách đứng sau một tên, mỗi địa chỉ một dòng cho mỗi kiểu socket.",
        en: "the list behind a name: for each address, one line per type of socket.",
    }
}
