//! Bài 08 · `resolve SERVER TÊN`: hỏi một server DNS địa chỉ IPv4 của một tên, tự tay làm hết.
//! Exercise 08 · `resolve SERVER NAME`: ask a DNS server for the IPv4 addresses of a name, by hand.
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

//~ task
//~ vi: Những gì bạn cần thì `use` thêm ở đây.
//~ en: Add here what you need.
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv6Addr, UdpSocket};
use std::time::Instant;
//~ end

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
    //~ task
    //~ vi: Trả về tin DNS hỏi địa chỉ IPv4 của `name`.
    //~ vi: - Header: `id`, cờ 0x0100 (chỉ bit RD: "hãy hỏi hộ tôi"), 1 câu hỏi, ba số kia là 0.
    //~ vi: - Rồi câu hỏi: tên, loại A, lớp IN. Dấu chấm cuối tên, nếu có, không thêm nhãn nào.
    //~ vi: - Nhãn rỗng, nhãn dài hơn MAX_LABEL, tên dài hơn MAX_NAME (tính cả các byte độ dài và số 0 cuối), tên
    //~ vi:   rỗng: trả về lỗi, và không gửi gì.
    //~ en: Return the DNS message that asks for the IPv4 addresses of `name`.
    //~ en: - The header: `id`, flags 0x0100 (only the RD bit: "please ask for me"), 1 question, the other three
    //~ en:   counts 0.
    //~ en: - Then the question: the name, type A, class IN. A dot at the end of the name adds no label.
    //~ en: - An empty label, a label over MAX_LABEL, a name over MAX_NAME (with its length bytes and the 0 at its
    //~ en:   end), an empty name: return an error, and nothing is sent.
    //~ stub: todo!("header and question for `name`")
    let mut message = Vec::new();
    for number in [id, 0x0100, 1, 0, 0, 0] {
        message.extend_from_slice(&number.to_be_bytes());
    }
    for label in name.strip_suffix('.').unwrap_or(name).split('.') {
        if label.is_empty() || label.len() > MAX_LABEL {
            return Err(format!("nhãn phải dài 1 đến 63 byte · a label has 1 to 63 bytes: {label:?}"));
        }
        message.push(label.len() as u8);
        message.extend_from_slice(label.as_bytes());
    }
    message.push(0);
    if message.len() - HEADER_LENGTH > MAX_NAME {
        return Err("tên dài quá 255 byte · the name has over 255 bytes".to_owned());
    }
    message.extend_from_slice(&A.to_be_bytes());
    message.extend_from_slice(&IN.to_be_bytes());
    Ok(message)
    //~ end
}

/// Sends `query` to `server` and returns the message that answers it.
fn exchange(server: SocketAddr, query: &[u8]) -> Result<Vec<u8>> {
    //~ task
    //~ vi: Gửi `query` tới `server` và trả về câu trả lời.
    //~ vi: - Chờ READ_TIMEOUT mà chưa có câu trả lời thì gửi lại đúng datagram đó, tất cả TRIES lần; vẫn im lặng
    //~ vi:   thì trả về lỗi.
    //~ vi: - Tin từ địa chỉ khác `server`, và tin mà `is_answer` nói là không phải câu trả lời, coi như không có:
    //~ vi:   chờ tiếp, và hạn chờ của lần gửi đó không dài thêm.
    //~ vi: - Kernel báo ECONNREFUSED (không ai ở cổng đó) là lỗi để trả về.
    //~ vi: - Câu trả lời có thể dài hơn 512 byte: nhận được tới 65.535.
    //~ en: Send `query` to `server` and return the answer.
    //~ en: - If no answer comes within READ_TIMEOUT, send the same datagram again, TRIES times in all; if there is
    //~ en:   still no answer, return an error.
    //~ en: - A datagram from another address than `server`, and one that is no answer according to `is_answer`,
    //~ en:   counts as nothing: keep waiting, and the deadline of this try does not move.
    //~ en: - ECONNREFUSED from the kernel (no program has that port) is an error to return.
    //~ en: - An answer may be longer than 512 bytes: receive up to 65,535.
    //~ stub: todo!("send the query, wait for its answer, send again")
    let any = match server {
        SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    let failed = |error: std::io::Error| format!("không hỏi được · cannot ask {server}: {error}");
    let socket = UdpSocket::bind((any, 0)).map_err(failed)?;
    socket.connect(server).map_err(failed)?; // the kernel drops datagrams of other senders, and reports refusals
    let mut buffer = vec![0; 65_535];
    for _ in 0..TRIES {
        socket.send(query).map_err(failed)?;
        let deadline = Instant::now() + READ_TIMEOUT;
        loop {
            let time_left = deadline.saturating_duration_since(Instant::now());
            if time_left.is_zero() {
                break; // and a read timeout of zero would be an error
            }
            socket.set_read_timeout(Some(time_left)).map_err(failed)?;
            match socket.recv(&mut buffer) {
                Ok(count) if is_answer(query, &buffer[..count]) => return Ok(buffer[..count].to_vec()),
                Ok(_) => {} // a forged answer, or the answer to another query
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(failed(error)),
            }
        }
    }
    Err(format!("{server} không trả lời sau {TRIES} lần hỏi · no answer from {server} after {TRIES} tries"))
    //~ end
}

/// Returns whether `message` is an answer to `query`.
fn is_answer(query: &[u8], message: &[u8]) -> bool {
    //~ task
    //~ vi: Đúng khi đủ cả năm điều:
    //~ vi: - đủ dài để có header và câu hỏi của ta;
    //~ vi: - cùng mã số;
    //~ vi: - bit QR (bit cao nhất của byte 2) là 1;
    //~ vi: - số câu hỏi là 1;
    //~ vi: - câu hỏi giống hệt của ta, không kể chữ hoa hay chữ thường.
    //~ en: True when all five hold:
    //~ en: - it is long enough for the header and our question;
    //~ en: - the id is the same;
    //~ en: - the QR bit (the highest bit of byte 2) is 1;
    //~ en: - the number of questions is 1;
    //~ en: - the question is ours, upper and lower case letters taken as equal.
    //~ stub: todo!("compare id, QR bit and question")
    message.len() >= query.len()
        && message[..2] == query[..2]
        && message[2] & 0x80 != 0
        && message[4..6] == [0, 1]
        && message[HEADER_LENGTH..query.len()].eq_ignore_ascii_case(&query[HEADER_LENGTH..])
    //~ end
}

/// Returns the addresses of `name` in `message`, the answer to our query.
pub(crate) fn addresses(message: &[u8], name: &str) -> Result<Vec<Ipv4Addr>> {
    //~ task
    //~ vi: Cờ là số 16 bit ở byte 2.
    //~ vi: - Bit TC (0x0200): câu trả lời bị cắt, trả về lỗi nói rõ như thế.
    //~ vi: - Bốn bit cuối là RCODE: 3 là không có tên đó, khác 0 là server không trả lời được; cả hai là lỗi.
    //~ vi: Rồi đi theo tên:
    //~ vi: - Nếu `records` có CNAME của tên đang tìm thì tên tiếp theo là `read_name` ở `at` của nó; các bản ghi
    //~ vi:   đứng theo thứ tự nào cũng được. CNAME đi vòng là lỗi.
    //~ vi: - Trả về địa chỉ trong mọi bản ghi A, lớp IN, của tên cuối cùng, theo thứ tự trong tin; bản ghi của tên
    //~ vi:   khác và loại khác thì bỏ qua.
    //~ vi: - Không có địa chỉ nào, hay bản ghi A không dài đúng 4 byte, là lỗi.
    //~ en: The flags are the 16-bit number at byte 2.
    //~ en: - The TC bit (0x0200): the answer was truncated; return an error that says so.
    //~ en: - The last four bits are the RCODE: 3 means that there is no such name, any other but 0 that the server
    //~ en:   could not answer; both are errors.
    //~ en: Then follow the name:
    //~ en: - When `records` has a CNAME of the name in question, the next name is `read_name` at its `at`; records
    //~ en:   stand in any order. CNAMEs that form a loop are an error.
    //~ en: - Return the address in each record of type A, class IN, of the last name, in the order of the message;
    //~ en:   ignore records of other names and types.
    //~ en: - No address at all, or an A record that does not have 4 bytes, is an error.
    //~ stub: todo!("check the flags, follow the CNAMEs, collect the A records")
    let flags = read_u16(message, 2)?;
    if flags & 0x0200 != 0 {
        return Err("câu trả lời bị cắt (TC), cần TCP · the answer is truncated (TC), TCP would be needed".to_owned());
    }
    match flags & 0x000f {
        0 => {}
        3 => return Err("không có tên này · there is no such name (NXDOMAIN)".to_owned()),
        code => return Err(format!("server không trả lời được · the server could not answer (RCODE {code})")),
    }
    let records = records(message)?;
    let mut wanted = name.strip_suffix('.').unwrap_or(name).to_owned();
    let owns = |record: &&Record, name: &str| record.class == IN && record.owner.eq_ignore_ascii_case(name);
    let mut aliases = 0;
    while let Some(alias) = records.iter().find(|record| record.record_type == CNAME && owns(record, &wanted)) {
        (wanted, _) = read_name(message, alias.at)?;
        aliases += 1;
        // Each record can be followed once; after that the CNAMEs form a loop.
        if aliases > records.len() {
            return Err("CNAME đi vòng · the CNAMEs lead round in a circle".to_owned());
        }
    }
    let mut found = Vec::new();
    for record in records.iter().filter(|record| record.record_type == A && owns(record, &wanted)) {
        let data = &message[record.at..record.at + record.length];
        let data: [u8; 4] = data.try_into().map_err(|_| malformed(record.at))?;
        found.push(Ipv4Addr::from(data));
    }
    if found.is_empty() {
        return Err(format!("{wanted} không có địa chỉ IPv4 · {wanted} has no IPv4 address"));
    }
    Ok(found)
    //~ end
}

/// Reads the name at byte `start` of `message`; returns its text and the position of the byte after it.
fn read_name(message: &[u8], start: usize) -> Result<(String, usize)> {
    //~ task
    //~ vi: Đọc từng nhãn cho tới độ dài 0, nối bằng dấu chấm.
    //~ vi: - Hai bit cao của byte độ dài là 11: đó là con trỏ, 14 bit còn lại (của hai byte) là nơi phần sau của tên
    //~ vi:   đang nằm; thứ tiếp theo trong tin bắt đầu ngay sau con trỏ đầu tiên.
    //~ vi: - Con trỏ phải lùi về trước nơi phần tên đang đọc bắt đầu.
    //~ vi: - Con trỏ tiến, con trỏ vòng, hai bit cao là 01 hay 10, tên dài hơn MAX_NAME, tin hết giữa chừng: đều là
    //~ vi:   lỗi.
    //~ en: Read label after label until a length of 0, and join them with dots.
    //~ en: - When the two high bits of a length are 11, it is a pointer: the other 14 bits (of two bytes) are the
    //~ en:   position of the rest of the name; the next field of the message begins right after the first pointer.
    //~ en: - A pointer must lead back, to before the place where the part being read began.
    //~ en: - A pointer forward or in a loop, high bits 01 or 10, a name over MAX_NAME, a message that ends too early:
    //~ en:   each is an error.
    //~ stub: todo!("read labels and follow pointers")
    let (mut name, mut length) = (String::new(), 1); // 1: the 0 at the end counts, too
    let (mut at, mut segment_start, mut next) = (start, start, None);
    loop {
        let size = usize::from(*message.get(at).ok_or_else(|| malformed(at))?);
        match size {
            0 => return Ok((name, next.unwrap_or(at + 1))),
            1..=MAX_LABEL => {
                let label = message.get(at + 1..at + 1 + size).ok_or_else(|| malformed(at))?;
                if !name.is_empty() {
                    name.push('.');
                }
                name += &String::from_utf8_lossy(label);
                at += 1 + size;
                length += 1 + size;
            }
            0xc0.. => {
                let target = usize::from(read_u16(message, at)? & 0x3fff);
                next = next.or(Some(at + 2));
                // Pointers only lead further back: so they cannot form a loop.
                if target >= segment_start {
                    return Err(malformed(at));
                }
                (at, segment_start) = (target, target);
            }
            _ => return Err(malformed(at)),
        }
        if length > MAX_NAME {
            return Err(malformed(at));
        }
    }
    //~ end
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

//~ tests
#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns a name as it travels: each label behind its length, 0 at the end.
    fn name(labels: &[String]) -> Vec<u8> {
        let mut bytes: Vec<u8> =
            labels.iter().flat_map(|label| [&[label.len() as u8], label.as_bytes()].concat()).collect();
        bytes.push(0);
        bytes
    }

    /// Returns a proper answer: the question, then one A record for each address. The owner of a record is the
    /// name once more, or a pointer to it.
    fn answer(labels: &[String], addresses: &[[u8; 4]], pointer: bool) -> Vec<u8> {
        let mut message = vec![0, 1, 0x81, 0x80, 0, 1, 0, addresses.len() as u8, 0, 0, 0, 0];
        message.extend(name(labels));
        message.extend([0, 1, 0, 1]);
        for address in addresses {
            message.extend(if pointer { vec![0xc0, 12] } else { name(labels) });
            message.extend([0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
            message.extend(address);
        }
        message
    }

    fn labels() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-z0-9-]{1,20}", 1..6)
    }

    fn ips() -> impl Strategy<Value = Vec<[u8; 4]>> {
        prop::collection::vec(any::<[u8; 4]>(), 1..8)
    }

    proptest! {
        #[test]
        fn addresses_of_a_proper_answer_come_in_its_order(labels in labels(), ips in ips(), pointer: bool) {
            let found = addresses(&answer(&labels, &ips, pointer), &labels.join("."));
            let expected: Vec<Ipv4Addr> = ips.into_iter().map(Ipv4Addr::from).collect();
            prop_assert_eq!(found, Ok(expected));
        }

        #[test]
        fn addresses_of_an_answer_that_is_cut_is_an_error(labels in labels(), ips in ips(), cut: prop::sample::Index) {
            let whole = answer(&labels, &ips, true);
            prop_assert!(addresses(&whole[..cut.index(whole.len())], &labels.join(".")).is_err());
        }

        /// Any bytes: an error, or addresses of which each stands somewhere in the message.
        #[test]
        fn addresses_of_random_bytes_stand_in_the_message(message in prop::collection::vec(any::<u8>(), 0..300)) {
            for address in addresses(&message, "a.test").unwrap_or_default() {
                prop_assert!(message.windows(4).any(|bytes| bytes == address.octets()));
            }
        }

        /// Random bytes seldom get past the header; a right message with a few of them wrong does.
        #[test]
        fn addresses_of_a_damaged_answer_stand_in_the_message(
            labels in labels(),
            ips in ips(),
            pointer: bool,
            wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        ) {
            let mut message = answer(&labels, &ips, pointer);
            for (place, byte) in wrong {
                let place = place.index(message.len());
                message[place] = byte;
            }
            for address in addresses(&message, &labels.join(".")).unwrap_or_default() {
                prop_assert!(message.windows(4).any(|bytes| bytes == address.octets()));
            }
        }

        /// Pointers everywhere, most of them to places where no name begins.
        #[test]
        fn addresses_of_a_message_full_of_pointers_ends(targets in prop::collection::vec(0u16..80, 1..30)) {
            let mut message = vec![0, 1, 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0];
            message.extend(targets.iter().flat_map(|target| (0xc000 | target).to_be_bytes()));
            let _ = addresses(&message, "a.test");
        }
    }
}
//~ end
