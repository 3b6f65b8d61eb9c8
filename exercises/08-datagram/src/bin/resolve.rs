//! Bài 08 · `resolve SERVER TÊN`: hỏi một server DNS địa chỉ IPv4 của một tên, tự tay làm hết.
//! Exercise 08 · `resolve SERVER NAME`: ask a DNS server for the IPv4 addresses of a name, by hand.
//!
//! Bạn viết 5 hàm, khoảng 110 dòng; bắt đầu từ `fn build_query`.
//! You write 5 functions, about 110 lines; start at `fn build_query`.
//!
//!     cargo run -p ex08 --bin ex08-resolve -- 1.1.1.1:53 example.com      chạy · run it
//!     cargo course check 08 resolve                                       chấm · check it
//!     cargo course book 08                                                đọc · the chapter that helps
//!
//! Một tin DNS (RFC 1035, mục 4): 12 byte đầu là sáu số 16 bit, byte cao trước: mã số, cờ, rồi số
//! câu hỏi, số câu trả lời và hai số nữa. Sau đó là câu hỏi: tên, loại (A = 1), lớp (IN = 1).
//! Tên `a.bc` đi thành 1 'a' 2 'b' 'c' 0: mỗi nhãn có độ dài đứng trước, số 0 là hết.
//!
//! A DNS message (RFC 1035, section 4) starts with a 12-byte header: six 16-bit numbers, most significant
//! byte first: id, flags, the number of questions, the number of answers, and two more counts. The
//! question follows: a name, a type (A = 1), a class (IN = 1). The name `a.bc` is encoded as
//! 1 'a' 2 'b' 'c' 0: each label after its length, and 0 ends the name.
//!
//! Tự thử · By hand: `dig +short A example.com @1.1.1.1`

use std::env;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

// Những gì bạn cần thì `use` thêm ở đây.
//
// Add here what you need.

/// How often the query is sent in all, and how long to wait for an answer each time.
const TRIES: usize = 3;
const READ_TIMEOUT: Duration = Duration::from_millis(500);

/// Limits of RFC 1035, section 2.3.4, in bytes: of a label, of an encoded name.
const MAX_LABEL: usize = 63;
const MAX_NAME: usize = 255;

/// Record types and the class of a question (RFC 1035, sections 3.2.2 and 3.2.4).
const A: u16 = 1;
const CNAME: u16 = 5;
const IN: u16 = 1;

/// The length of the header, in bytes.
const HEADER_LENGTH: usize = 12;

/// An error is a sentence for the user.
type Result<T> = std::result::Result<T, String>;

/// Builds the query for the IPv4 addresses of `name`.
fn build_query(id: u16, name: &str) -> Result<Vec<u8>> {
    // Trả về tin DNS hỏi địa chỉ IPv4 của `name`.
    // - Header: `id`, cờ 0x0100 (chỉ bit RD: "hãy hỏi hộ tôi"), 1 câu hỏi, ba số kia là 0.
    // - Rồi câu hỏi: tên, loại A, lớp IN. Dấu chấm cuối tên, nếu có, không thêm nhãn nào.
    // - Nhãn rỗng, nhãn dài hơn MAX_LABEL, tên dài hơn MAX_NAME (tính cả các byte độ dài và số 0 cuối), tên
    //   rỗng: trả về lỗi, và không gửi gì.
    //
    // Return the DNS message that asks for the IPv4 addresses of `name`.
    // - The header: `id`, flags 0x0100 (only the RD bit: "please ask for me"), 1 question, the other three
    //   counts 0.
    // - Then the question: the name, type A, class IN. A dot at the end of the name adds no label.
    // - An empty label, a label over MAX_LABEL, a name over MAX_NAME (with its length bytes and the 0 at its
    //   end), an empty name: return an error, and nothing is sent.
    todo!("header and question for `name`")
}

/// Sends `query` to `server` and returns the message that answers it.
fn exchange(server: SocketAddr, query: &[u8]) -> Result<Vec<u8>> {
    // Gửi `query` tới `server` và trả về câu trả lời.
    // - Chờ READ_TIMEOUT mà chưa có câu trả lời thì gửi lại đúng datagram đó, tất cả TRIES lần; vẫn im lặng
    //   thì trả về lỗi.
    // - Tin từ địa chỉ khác `server`, và tin mà `is_answer` nói là không phải câu trả lời, coi như không có:
    //   chờ tiếp, và hạn chờ của lần gửi đó không dài thêm.
    // - Kernel báo ECONNREFUSED (không ai ở cổng đó) là lỗi để trả về.
    // - Câu trả lời có thể dài hơn 512 byte: nhận được tới 65.535.
    //
    // Send `query` to `server` and return the answer.
    // - If no answer comes within READ_TIMEOUT, send the same datagram again, TRIES times in all; if there is
    //   still no answer, return an error.
    // - A datagram from another address than `server`, and one that is no answer according to `is_answer`,
    //   counts as nothing: keep waiting, and the deadline of this try does not move.
    // - ECONNREFUSED from the kernel (no program has that port) is an error to return.
    // - An answer may be longer than 512 bytes: receive up to 65,535.
    todo!("send the query, wait for its answer, send again")
}

/// Returns whether `message` is an answer to `query`.
fn is_answer(query: &[u8], message: &[u8]) -> bool {
    // Đúng khi đủ cả năm điều:
    // - đủ dài để có header và câu hỏi của ta;
    // - cùng mã số;
    // - bit QR (bit cao nhất của byte 2) là 1;
    // - số câu hỏi là 1;
    // - câu hỏi giống hệt của ta, không kể chữ hoa hay chữ thường.
    //
    // True when all five hold:
    // - it is long enough for the header and our question;
    // - the id is the same;
    // - the QR bit (the highest bit of byte 2) is 1;
    // - the number of questions is 1;
    // - the question is ours, upper and lower case letters taken as equal.
    todo!("compare id, QR bit and question")
}

/// Returns the addresses of `name` in `message`, the answer to our query.
pub(crate) fn addresses(message: &[u8], name: &str) -> Result<Vec<Ipv4Addr>> {
    // Cờ là số 16 bit ở byte 2.
    // - Bit TC (0x0200): câu trả lời bị cắt, trả về lỗi nói rõ như thế.
    // - Bốn bit cuối là RCODE: 3 là không có tên đó, khác 0 là server không trả lời được; cả hai là lỗi.
    // Rồi đi theo tên:
    // - Nếu `records` có CNAME của tên đang tìm thì tên tiếp theo là `read_name` ở `at` của nó; các bản ghi
    //   đứng theo thứ tự nào cũng được. CNAME đi vòng là lỗi.
    // - Trả về địa chỉ trong mọi bản ghi A, lớp IN, của tên cuối cùng, theo thứ tự trong tin; bản ghi của tên
    //   khác và loại khác thì bỏ qua.
    // - Không có địa chỉ nào, hay bản ghi A không dài đúng 4 byte, là lỗi.
    //
    // The flags are the 16-bit number at byte 2.
    // - The TC bit (0x0200): the answer was truncated; return an error that says so.
    // - The last four bits are the RCODE: 3 means that there is no such name, any other but 0 that the server
    //   could not answer; both are errors.
    // Then follow the name:
    // - When `records` has a CNAME of the name in question, the next name is `read_name` at its `at`; records
    //   stand in any order. CNAMEs that form a loop are an error.
    // - Return the address in each record of type A, class IN, of the last name, in the order of the message;
    //   ignore records of other names and types.
    // - No address at all, or an A record that does not have 4 bytes, is an error.
    todo!("check the flags, follow the CNAMEs, collect the A records")
}

/// Reads the name at byte `start` of `message`; returns its text and the position of the byte after it.
fn read_name(message: &[u8], start: usize) -> Result<(String, usize)> {
    // Đọc từng nhãn cho tới độ dài 0, nối bằng dấu chấm.
    // - Hai bit cao của byte độ dài là 11: đó là con trỏ, 14 bit còn lại (của hai byte) là nơi phần sau của tên
    //   đang nằm; thứ tiếp theo trong tin bắt đầu ngay sau con trỏ đầu tiên.
    // - Con trỏ phải lùi về trước nơi phần tên đang đọc bắt đầu.
    // - Con trỏ tiến, con trỏ vòng, hai bit cao là 01 hay 10, tên dài hơn MAX_NAME, tin hết giữa chừng: đều là
    //   lỗi.
    //
    // Read label after label until a length of 0, and join them with dots.
    // - When the two high bits of a length are 11, it is a pointer: the other 14 bits (of two bytes) are the
    //   position of the rest of the name; the next field of the message begins right after the first pointer.
    // - A pointer must lead back, to before the place where the part being read began.
    // - A pointer forward or in a loop, high bits 01 or 10, a name over MAX_NAME, a message that ends too early:
    //   each is an error.
    todo!("read labels and follow pointers")
}

/// One record of an answer; its data stands in `message[at..at + length]`.
struct Record {
    owner: String,
    record_type: u16,
    class: u16,
    at: usize,
    length: usize,
}

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let server = arguments.next().and_then(|server| server.parse::<SocketAddr>().ok());
    let (Some(server), Some(name), None) = (server, arguments.next(), arguments.next()) else {
        eprintln!("Cách dùng: resolve SERVER TÊN      ví dụ: resolve 1.1.1.1:53 example.com");
        eprintln!("Usage: resolve SERVER NAME      for example: resolve 1.1.1.1:53 example.com");
        return ExitCode::from(2);
    };
    match resolve(server, &name) {
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

/// Returns the addresses of `name` that `server` answers with.
fn resolve(server: SocketAddr, name: &str) -> Result<Vec<Ipv4Addr>> {
    addresses(&exchange(server, &build_query(random_id(), name)?)?, name)
}

/// Returns a number that an attacker cannot guess: the standard library seeds its hash tables with such.
fn random_id() -> u16 {
    RandomState::new().build_hasher().finish() as u16
}

/// Returns the records in the answer section of `message`, which follows the one question.
fn records(message: &[u8]) -> Result<Vec<Record>> {
    let (_, after_name) = read_name(message, HEADER_LENGTH)?;
    let mut at = after_name + 4; // type and class of the question
    let mut records = Vec::new();
    for _ in 0..read_u16(message, 6)? {
        let (owner, fixed) = read_name(message, at)?;
        let length = usize::from(read_u16(message, fixed + 8)?);
        at = fixed + 10; // type 2, class 2, time to live 4, length 2
        if message.len() < at + length {
            return Err(malformed(at));
        }
        let (record_type, class) = (read_u16(message, fixed)?, read_u16(message, fixed + 2)?);
        records.push(Record { owner, record_type, class, at, length });
        at += length;
    }
    Ok(records)
}

/// Returns the 16-bit number at byte `at`, most significant byte first.
fn read_u16(message: &[u8], at: usize) -> Result<u16> {
    let bytes = message.get(at..at + 2).and_then(|bytes| bytes.try_into().ok());
    bytes.map(u16::from_be_bytes).ok_or_else(|| malformed(at))
}

fn malformed(at: usize) -> String {
    format!("câu trả lời sai dạng ở byte {at} · the answer is malformed at byte {at}")
}
