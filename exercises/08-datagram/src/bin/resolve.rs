//! Bài 08 · `resolve SERVER TÊN`: hỏi một server DNS địa chỉ IPv4 của một tên, tự tay làm hết.
//! Exercise 08 · `resolve SERVER NAME`: ask a DNS server for the IPv4 addresses of a name, by hand.
//!
//! Bạn viết 5 hàm, khoảng 110 dòng; bắt đầu từ `fn query`.
//! You write 5 functions, about 110 lines; start at `fn query`.
//!
//!     cargo run -p ex08 --bin ex08-resolve -- 1.1.1.1:53 example.com      chạy · run it
//!     cargo course check 08 resolve                                       chấm · check it
//!     cargo course book 08                                                đọc · the chapter that helps
//!
//! Một tin DNS (RFC 1035, mục 4): 12 byte đầu là sáu số 16 bit, byte cao trước: mã số, cờ, rồi số
//! câu hỏi, số câu trả lời và hai số nữa. Sau đó là câu hỏi: tên, loại (A = 1), lớp (IN = 1).
//! Tên `a.bc` đi thành 1 'a' 2 'b' 'c' 0: mỗi nhãn có độ dài đứng trước, số 0 là hết.
//!
//! A DNS message (RFC 1035, section 4): its first 12 bytes are six numbers of 16 bits, high byte
//! first: id, flags, then how many questions, how many answers, and two more counts. After that the
//! question: a name, a type (A = 1), a class (IN = 1). The name `a.bc` travels as 1 'a' 2 'b' 'c' 0:
//! each label behind its length, and 0 is the end.
//!
//! Tự thử · By hand: `dig +short A example.com @1.1.1.1`

use std::collections::hash_map::RandomState;
use std::env;
use std::hash::{BuildHasher, Hasher};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

// Những gì bạn cần thì `use` thêm ở đây.
//
// Add here what you need.

/// How often the query is sent in all, and how long each time we wait for its answer.
const TRIES: usize = 3;
const PATIENCE: Duration = Duration::from_millis(500);

/// Limits of RFC 1035, section 2.3.4, in bytes: of a label, of a name as it travels.
const LONGEST_LABEL: usize = 63;
const LONGEST_NAME: usize = 255;

/// The numbers of record types and of the class that we ask for.
const A: u16 = 1;
const CNAME: u16 = 5;
const IN: u16 = 1;

/// The bytes in front of the question.
const HEADER: usize = 12;

/// An error is a sentence for whoever runs this.
type Result<T> = std::result::Result<T, String>;

/// One record of an answer; its data stands in `message[at..at + length]`.
struct Record {
    owner: String,
    kind: u16,
    class: u16,
    at: usize,
    length: usize,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let parsed = match arguments.as_slice() {
        [server, name] => server.parse::<SocketAddr>().ok().map(|server| (server, name)),
        _ => None,
    };
    let Some((server, name)) = parsed else {
        eprintln!("Cách dùng: resolve SERVER TÊN      ví dụ: resolve 1.1.1.1:53 example.com");
        eprintln!("Usage: resolve SERVER NAME      for example: resolve 1.1.1.1:53 example.com");
        return ExitCode::from(2);
    };
    match resolve(server, name) {
        Ok(found) => {
            found.iter().for_each(|address| println!("{address}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("resolve: {name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The addresses of `name`, as `server` tells them.
fn resolve(server: SocketAddr, name: &str) -> Result<Vec<Ipv4Addr>> {
    let query = query(random_id(), name)?;
    let answer = ask(server, &query)?;
    addresses(&answer, name)
}

/// A number that a stranger cannot guess: the standard library seeds its hash tables with such.
fn random_id() -> u16 {
    RandomState::new().build_hasher().finish() as u16
}

/// The query for the IPv4 addresses of `name`.
fn query(id: u16, name: &str) -> Result<Vec<u8>> {
    // Header: `id`, cờ 0x0100 (chỉ bit RD: "hãy hỏi hộ tôi"), 1 câu hỏi, ba số kia là 0. Rồi câu
    // hỏi: tên, loại A, lớp IN. Dấu chấm cuối tên, nếu có, không thêm nhãn nào. Nhãn rỗng, nhãn dài
    // hơn LONGEST_LABEL, tên dài hơn LONGEST_NAME (tính cả các byte độ dài và số 0 cuối), tên rỗng:
    // trả về lỗi, và không gửi gì.
    //
    // The header: `id`, flags 0x0100 (only the bit RD: "please ask for me"), 1 question, the other
    // three counts 0. Then the question: the name, type A, class IN. A dot at the end of the name
    // adds no label. An empty label, a label over LONGEST_LABEL, a name over LONGEST_NAME (with its
    // length bytes and the 0 at its end), an empty name: an error, and nothing is sent.
    todo!("ask {id} for {name}: type {A}, class {IN}, at most {LONGEST_LABEL} and {LONGEST_NAME}")
}

/// Sends `query` to `server` and returns the message that answers it.
fn ask(server: SocketAddr, query: &[u8]) -> Result<Vec<u8>> {
    // Gửi `query` tới `server`. Chờ PATIENCE mà chưa có câu trả lời thì gửi lại đúng datagram đó,
    // tất cả TRIES lần; vẫn im lặng thì trả về lỗi. Tin từ địa chỉ khác `server`, và tin mà
    // `answers` nói là không phải câu trả lời, coi như không có: chờ tiếp, và hạn chờ của lần gửi
    // đó không dài thêm. Kernel báo ECONNREFUSED (không ai ở cổng đó) là lỗi để trả về. Câu trả lời
    // có thể dài hơn 512 byte: nhận được tới 65.535.
    //
    // Send `query` to `server`. If no answer comes within PATIENCE, send the same datagram again,
    // TRIES times in all; after that silence is an error. What comes from another address than
    // `server`, and what is no answer according to `answers`, counts as nothing: wait on, and this
    // try's deadline does not move. ECONNREFUSED from the kernel (nobody at that port) is an error
    // to return. An answer may be longer than 512 bytes: take up to 65,535.
    todo!("ask {server} {TRIES} times, {PATIENCE:?} each; {}", answers(query, query))
}

/// Is `message` an answer to `query`?
fn answers(query: &[u8], message: &[u8]) -> bool {
    // Đúng khi: đủ dài để có header và câu hỏi của ta; cùng mã số; bit QR (bit cao nhất của byte 2)
    // là 1; số câu hỏi là 1; và câu hỏi giống hệt của ta, không kể chữ hoa hay chữ thường.
    //
    // It is when: it is long enough for the header and our question; the id is the same; the bit
    // QR (the highest of byte 2) is 1; the number of questions is 1; and the question is ours,
    // upper and lower case letters taken as equal.
    todo!("does {message:?} answer {query:?}?")
}

/// The addresses that `message`, an answer to our question about `name`, gives us.
pub(crate) fn addresses(message: &[u8], name: &str) -> Result<Vec<Ipv4Addr>> {
    // Cờ là số 16 bit ở byte 2. Bit TC (0x0200): câu trả lời bị cắt, trả về lỗi nói rõ như thế. Bốn bit
    // cuối là RCODE: 3 là không có tên đó, khác 0 là server không trả lời được; cả hai là lỗi.
    // Rồi đi theo tên: nếu `records` có CNAME của tên đang tìm thì tên tiếp theo là `read_name` ở `at`
    // của nó; các bản ghi đứng theo thứ tự nào cũng được. CNAME đi vòng là lỗi. Trả về địa chỉ trong
    // mọi bản ghi A, lớp IN, của tên cuối cùng, theo thứ tự trong tin; bản ghi của tên khác và loại
    // khác thì bỏ qua. Không có địa chỉ nào, hay bản ghi A không dài đúng 4 byte, là lỗi.
    //
    // The flags are the 16 bits at byte 2. Bit TC (0x0200): the answer was cut; an error that says
    // so. The last four bits are RCODE: 3 means there is no such name, any other but 0 that the
    // server could not answer; both are errors. Then follow the name: when `records` has a CNAME
    // of the name in question, the next name is `read_name` at its `at`; records stand in any
    // order. A CNAME that leads round in a circle is an error. Return the address in each record
    // of type A, class IN, of the last name, in the order of the message; records of other names
    // and types are left aside. No address at all, or an A record that has not 4 bytes, is an error.
    let first = records(message)?.into_iter().next();
    let parts = first.map(|record| (record.owner, record.kind, record.class, record.at, record.length));
    todo!("{name}: follow the CNAMEs ({CNAME}) in {parts:?}")
}

/// Reads the name that begins at byte `start` of `message`: its text, and where the next thing begins.
fn read_name(message: &[u8], start: usize) -> Result<(String, usize)> {
    // Đọc từng nhãn cho tới độ dài 0, nối bằng dấu chấm. Hai bit cao của byte độ dài là 11: đó là con
    // trỏ, 14 bit còn lại (của hai byte) là nơi phần sau của tên đang nằm; thứ tiếp theo bắt đầu ngay
    // sau con trỏ đầu tiên. Con trỏ phải lùi về trước nơi phần tên đang đọc bắt đầu; con trỏ tiến, con
    // trỏ vòng, hai bit cao là 01 hay 10, tên dài hơn LONGEST_NAME, tin hết giữa chừng: đều là lỗi.
    //
    // Read label after label until a length of 0, and join them with dots. When the two high bits of
    // a length are 11, it is a pointer: the other 14 bits (of two bytes) say where the rest of the
    // name stands; what comes next begins right after the first pointer. A pointer must lead back,
    // before the place where the part being read began. A pointer forward or in a circle, high bits
    // 01 or 10, a name over LONGEST_NAME, a message that ends too early: each is an error.
    todo!("read the name at {start}: {:?}", number(message, start)?)
}

/// The records in the answer section of `message`, behind its one question.
fn records(message: &[u8]) -> Result<Vec<Record>> {
    let (_, after_name) = read_name(message, HEADER)?;
    let mut at = after_name + 4; // type and class of the question
    let mut records = Vec::new();
    for _ in 0..number(message, 6)? {
        let (owner, fixed) = read_name(message, at)?;
        let length = usize::from(number(message, fixed + 8)?);
        at = fixed + 10; // type 2, class 2, time to live 4, length 2
        if message.len() < at + length {
            return Err(malformed(at));
        }
        records.push(Record { owner, kind: number(message, fixed)?, class: number(message, fixed + 2)?, at, length });
        at += length;
    }
    Ok(records)
}

/// The 16 bits at byte `at`, high byte first.
fn number(message: &[u8], at: usize) -> Result<u16> {
    let bytes = message.get(at..at + 2).and_then(|bytes| bytes.try_into().ok());
    bytes.map(u16::from_be_bytes).ok_or_else(|| malformed(at))
}

fn malformed(at: usize) -> String {
    format!("câu trả lời sai dạng ở byte {at} · the answer is malformed at byte {at}")
}
