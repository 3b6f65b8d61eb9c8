//! Every sentence of lesson 02, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Địa chỉ", en: "Addresses" };

texts! {
    three_choices() {
        vi: "Xin kernel một socket là chọn ba thứ: họ địa chỉ, kiểu, giao thức. Để giao thức là 0 thì kernel lấy giao thức thường dùng; ba thứ không đi với nhau được thì kernel báo lỗi.",
        en: "To ask the kernel for a socket is to choose three things: address family, type, protocol. Protocol 0 stands for the usual one. If the three do not fit together, the kernel returns an error.",
    }
    family() { vi: "họ", en: "family" }
    kind() { vi: "kiểu", en: "type" }
    protocol() { vi: "giao thức", en: "protocol" }
    ports() {
        vi: "Chỉ bên kết nối phải biết trước địa chỉ bên kia. Server xin cổng 0, kernel chọn một cổng trống. Client chưa có cổng, đến connect() kernel mới chọn cho nó; server biết cổng ấy nhờ accept().",
        en: "Only the side that connects must know an address in advance. The server binds port 0: the kernel picks a free one. The client has no port until connect() gives it one, and the server learns it from accept().",
    }
    before_connect(address) { vi: "trước connect(): {address}", en: "before connect(): {address}" }
    unix_socket() {
        vi: "Socket Unix không có IP, không có cổng. Địa chỉ server là một đường dẫn. Client không có tên nào cả, vậy mà byte vẫn qua.",
        en: "A Unix socket has no IP and no port. The server's address is a path. The client has no name at all, and yet bytes cross.",
    }
    #[cfg(unix)]
    accept_returns(peer) { vi: "accept() → {peer}", en: "accept() → {peer}" }
    #[cfg(unix)]
    no_name() { vi: "(không tên)", en: "(no name)" }
    #[cfg(not(unix))]
    no_unix_sockets() {
        vi: "(Thư viện chuẩn của Rust chưa mở được socket Unix trên hệ điều hành này.)",
        en: "(Rust's standard library opens no Unix sockets on this system.)",
    }
    one_address_or_all() {
        vi: "127.0.0.2 cũng là máy này, nhưng là một địa chỉ khác. Socket lắng nghe ở 127.0.0.1 không nhận kết nối tới đó; lắng nghe ở 0.0.0.0 thì nhận ở mọi địa chỉ IPv4 của máy.",
        en: "127.0.0.2 is this machine too, but another address. A socket that listens on 127.0.0.1 gets no connection to it; 0.0.0.0 stands for every address of the machine.",
    }
    both_families() {
        vi: "Một socket IPv6 lắng nghe cho cả hai họ (IPV6_V6ONLY tắt). Client kết nối bằng IPv4 thì server thấy địa chỉ ấy viết theo kiểu IPv6: ::ffff:a.b.c.d.",
        en: "One IPv6 socket listens for both families (IPV6_V6ONLY off). The server sees the address of an IPv4 client written as an IPv6 address: ::ffff:a.b.c.d.",
    }
    names() {
        vi: "Tên không phải địa chỉ. Phân giải tên thì được một danh sách địa chỉ; std::net thử lần lượt, địa chỉ này không được thì sang địa chỉ sau.",
        en: "A name is not an address. A lookup returns a list; std::net tries one after the other, and goes on to the next when one fails.",
    }
    attempts(first, second) { vi: "thử {first}, rồi {second}", en: "tries {first}, then {second}" }
    three_errors(address, refusing, broadcast) {
        vi: "Ba lỗi, ba lý do: lắng nghe lần nữa ở {address}; kết nối tới {refusing}, nơi có socket đã bind() mà không lắng nghe; kết nối tới {broadcast}, địa chỉ quảng bá: TCP chỉ kết nối tới một máy.",
        en: "Three errors, three reasons: listen on {address} again; connect to {refusing}, where a socket is bound but does not listen; connect to {broadcast}, the broadcast address: TCP connects to one machine only.",
    }
    no_listener(own) {
        vi: "Socket đã bind() vào {own} giờ kết nối tới chính địa chỉ đó, nơi không có socket nào lắng nghe. SYN đi ra gặp SYN đi vào: TCP cho phép vậy (RFC 9293, mục 3.5), và trên Linux thế là đủ để có kết nối.",
        en: "The socket that has bound {own} now connects to that very address, where no socket listens. TCP lets a SYN going out meet a SYN coming in (RFC 9293, section 3.5), and on Linux that is enough for a connection.",
    }
    listeners(count) { vi: "đang LISTEN ở địa chỉ này: {count}", en: "in LISTEN at this address: {count}" }
    you_connected(from, to) { vi: "Bạn kết nối từ {from} tới {to}.", en: "You connected from {from} to {to}." }
    try_serve() {
        vi: "rồi ở cửa sổ khác, dùng nc -d kết nối tới 127.0.0.1, 127.0.0.2 và ::1, vẫn PORT ấy. Thay '[::]:0' bằng 127.0.0.1:0 thì địa chỉ nào còn kết nối được?",
        en: "then, in another window, nc -d to 127.0.0.1, 127.0.0.2 and ::1 at that PORT. With 127.0.0.1:0 instead of '[::]:0', which of them still connect?",
    }
    try_self() {
        vi: "PORT là một cổng trống bất kỳ, ví dụ 40404. Gõ một dòng: ai trả lời?",
        en: "PORT is any free port, such as 40404. Type a line: who answers?",
    }
    try_names() {
        vi: "danh sách đứng sau một tên, mỗi địa chỉ một dòng cho mỗi kiểu socket.",
        en: "the list behind a name: for each address, one line per type of socket.",
    }
}

/// The name of a client that `accept` returned.
#[cfg(unix)]
pub(crate) fn accepted(name: Option<String>) -> String {
    accept_returns(name.unwrap_or_else(no_name))
}

/// What to try by hand.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run -p lesson02 -- serve '[::]:0'", try_serve()),
        ("nc -p PORT 127.0.0.1 PORT", try_self()),
        ("getent ahosts localhost", try_names()),
    ]
}
