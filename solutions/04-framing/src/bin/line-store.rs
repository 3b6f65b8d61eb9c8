//! Bài 04 · `line-store [ĐỊA_CHỈ]`: server giữ giá trị theo khóa cho mọi client, mỗi dòng một lệnh.
//! Exercise 04 · `line-store [ADDRESS]`: a server that keeps values under keys for all clients, line by line.
//!
//!     cargo run -p ex04 --bin ex04-line-store      chạy · run it
//!     cargo course check 04 line-store             chấm · check it
//!     cargo course book 04                         đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ `nc 127.0.0.1 PORT` với cổng mà nó in ra. Gõ từng dòng:
//! SET city Huế, GET city, DEL city.
//! By hand: run it, then in another terminal `nc 127.0.0.1 PORT`, with the port it prints. Type line by line:
//! SET city Huế, GET city, DEL city.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, io, thread};

//~ task
//~ vi: Đọc và ghi trên `TcpStream` cần các trait của `std::io`. Cần gì thì `use` thêm ở đây.
//~ en: Reading and writing a `TcpStream` needs traits of `std::io`. Add here what you need.
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::PoisonError;
//~ end

/// The longest line that is accepted, in bytes, its CRLF or LF not counted.
const MAX_LINE: usize = 1024;

/// The keys and values that all clients share. Both are bytes, and need not be UTF-8.
type Store = Mutex<HashMap<Vec<u8>, Vec<u8>>>;

/// Serves one client until its stream ends. An error ends this connection and no other.
fn handle_client(peer: &TcpStream, store: &Store) -> io::Result<()> {
    //~ task
    //~ vi: Mỗi yêu cầu là một dòng, kết thúc bằng LF hoặc CRLF. Trả lời mỗi dòng bằng đúng một dòng, kết thúc
    //~ vi: bằng LF. Đúng thứ tự, và ngay khi dòng đã đủ: client có thể chờ trả lời rồi mới gửi tiếp, cũng có thể
    //~ vi: gửi nhiều dòng trong một lần ghi.
    //~ vi:
    //~ vi:   SET <khóa> <giá trị>   OK
    //~ vi:   GET <khóa>             VALUE <giá trị>, hoặc NOT FOUND
    //~ vi:   DEL <khóa>             OK, hoặc NOT FOUND khi không có gì để xóa
    //~ vi:
    //~ vi: - Lệnh viết hoa, các phần cách nhau đúng một dấu cách. Khóa có ít nhất một byte, không chứa dấu cách.
    //~ vi: - Giá trị là phần còn lại của dòng, byte nào cũng được: dấu cách ở bất cứ đâu, có thể rỗng, không cần
    //~ vi:   là UTF-8. GET trả lại y nguyên. Chỉ CR đứng ngay trước LF mới thuộc về dấu hết dòng.
    //~ vi: - Lệnh lạ, dòng rỗng:  ERROR unknown command
    //~ vi: - Lệnh quen mà thiếu phần, thừa phần hay khóa rỗng:  ERROR usage: SET key value
    //~ vi:   (hoặc ERROR usage: GET key, ERROR usage: DEL key)
    //~ vi: - Dòng dài hơn MAX_LINE byte, không kể LF hay CRLF:  ERROR line too long
    //~ vi:   Trả lời một lần, ngay khi biết là quá dài, đừng chờ hết dòng. Bỏ phần còn lại của dòng đó.
    //~ vi: - Trả lời lỗi rồi thì kết nối vẫn mở, dòng tiếp theo vẫn được trả lời như thường.
    //~ vi: - Hết luồng dữ liệu (EOF): trả lời nốt các dòng trọn vẹn rồi đóng. Dòng cuối thiếu LF là dòng bị cắt:
    //~ vi:   không thực hiện, không trả lời (`DEL an` có thể là phần đầu của `DEL anh`).
    //~ vi: - Mọi client dùng chung `store`. Một client im lặng không được bắt client khác chờ.
    //~ vi: - Không panic, dù client gửi gì.
    //~ en: Each request is a line, ended by LF or CRLF. Answer each line with exactly one line, ended by LF. In
    //~ en: order, and as soon as the line is whole: the client may wait for the answer before it sends more; it
    //~ en: may also send many lines in one write.
    //~ en:
    //~ en:   SET <key> <value>   OK
    //~ en:   GET <key>           VALUE <value>, or NOT FOUND
    //~ en:   DEL <key>           OK, or NOT FOUND when there was nothing to delete
    //~ en:
    //~ en: - Commands are in capitals, the parts exactly one space apart. A key has at least one byte and no space.
    //~ en: - The value is the rest of the line, whatever its bytes: it may have spaces anywhere, it may be empty,
    //~ en:   it need not be UTF-8. GET gives it back as it came. Only a CR right before the LF belongs to the
    //~ en:   newline.
    //~ en: - An unknown command, an empty line:  ERROR unknown command
    //~ en: - A known command with a part missing, a part too many or an empty key:  ERROR usage: SET key value
    //~ en:   (or ERROR usage: GET key, ERROR usage: DEL key)
    //~ en: - A line of more than MAX_LINE bytes, not counting LF or CRLF:  ERROR line too long
    //~ en:   Answer once, as soon as you know it is too long; do not wait for its end. Drop the rest of it.
    //~ en: - After any error the connection stays open, and the next line is answered as usual.
    //~ en: - End of the stream (EOF): answer the lines that came whole, then close. A last line without LF was
    //~ en:   cut off: do not execute it, do not answer (`DEL an` may be the beginning of `DEL ann`).
    //~ en: - All clients share `store`. A silent client must not make another one wait.
    //~ en: - Never panic, whatever a client sends.
    //~ stub: todo!("answer each line with one line")
    let mut reader = BufReader::new(peer);
    let mut writer = peer;
    let mut line = Vec::new();
    loop {
        line.clear();
        // take: without it, read_until would collect a line without end until the memory is full.
        reader.by_ref().take(MAX_RAW_LINE).read_until(b'\n', &mut line)?;
        if let Some(request) = line.strip_suffix(b"\n") {
            let request = request.strip_suffix(b"\r").unwrap_or(request);
            writer.write_all(&answer(request, store))?;
        } else if line.len() as u64 == MAX_RAW_LINE {
            writer.write_all(LINE_TOO_LONG)?; // now: the end of this line may be far away
            reader.skip_until(b'\n')?;
        } else {
            return Ok(()); // the stream has ended; what is left in `line` was cut off
        }
    }
    //~ end
}

//~ task
/// The longest line with its CRLF, in bytes. More bytes than this without an LF are no line.
const MAX_RAW_LINE: u64 = (MAX_LINE + b"\r\n".len()) as u64;
const LINE_TOO_LONG: &[u8] = b"ERROR line too long\n";

/// Executes one request, a line without its newline, and returns the answer.
fn answer(request: &[u8], store: &Store) -> Vec<u8> {
    if request.len() > MAX_LINE {
        return LINE_TOO_LONG.to_vec();
    }
    let mut parts = request.splitn(3, |byte| *byte == b' '); // the third part keeps its spaces
    let (command, key, value) = (parts.next(), parts.next(), parts.next());
    let key = key.filter(|key| !key.is_empty());
    // Locked for this request alone: held while waiting for the next, it would stop every client.
    let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
    match (command.unwrap_or_default(), key, value) {
        (b"SET", Some(key), Some(value)) => {
            store.insert(key.to_vec(), value.to_vec());
            b"OK\n".to_vec()
        }
        (b"GET", Some(key), None) => match store.get(key) {
            Some(value) => [b"VALUE ", value.as_slice(), b"\n"].concat(),
            None => b"NOT FOUND\n".to_vec(),
        },
        (b"DEL", Some(key), None) => match store.remove(key) {
            Some(_) => b"OK\n".to_vec(),
            None => b"NOT FOUND\n".to_vec(),
        },
        (b"SET", ..) => b"ERROR usage: SET key value\n".to_vec(),
        (b"GET", ..) => b"ERROR usage: GET key\n".to_vec(),
        (b"DEL", ..) => b"ERROR usage: DEL key\n".to_vec(),
        _ => b"ERROR unknown command\n".to_vec(),
    }
}
//~ end

/// How long to wait after a failed `accept`: the kernel has no descriptor or thread to give.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    let Some(address) = parse_arguments() else {
        eprintln!("Cách dùng: line-store [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: line-store [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks one)");
        return ExitCode::from(2);
    };
    match listen(address) {
        Ok(listener) => accept_loop(&listener, &Arc::default()),
        Err(error) => {
            eprintln!("line-store: không lắng nghe được tại · cannot listen at {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks the kernel for a socket that accepts connections, and prints its address.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

/// Accepts clients forever; each gets a thread of its own.
fn accept_loop(listener: &TcpListener, store: &Arc<Store>) -> ! {
    loop {
        let spawned = listener.accept().and_then(|(peer, address)| {
            let store = Arc::clone(store);
            thread::Builder::new().spawn(move || {
                if let Err(error) = handle_client(&peer, &store) {
                    eprintln!("line-store: {address}: {error}");
                }
            })
        });
        if let Err(error) = spawned {
            eprintln!("line-store: {error}");
            thread::sleep(ACCEPT_RETRY_DELAY);
        }
    }
}

/// Returns the address from the command line; without one, the loopback address and port 0 (the
/// kernel picks a free port). `None` when the command line is not as the usage says.
fn parse_arguments() -> Option<SocketAddr> {
    let mut arguments = env::args_os().skip(1);
    let address = match arguments.next() {
        Some(argument) => argument.to_str()?.parse().ok()?,
        None => SocketAddr::from(([127, 0, 0, 1], 0)),
    };
    arguments.next().is_none().then_some(address)
}

//~ tests
#[cfg(test)]
mod tests {
    use std::net::Shutdown;

    use proptest::prelude::*;

    use super::*;

    /// Returns what the server answers to these pieces, over a socket, until it ends the stream.
    fn served(pieces: &[Vec<u8>]) -> Vec<u8> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        client.set_nodelay(true).unwrap();
        let (server, _) = listener.accept().unwrap();
        let serving = thread::spawn(move || handle_client(&server, &Store::default()));
        pieces.iter().for_each(|piece| client.write_all(piece).unwrap());
        client.shutdown(Shutdown::Write).unwrap();
        let mut answers = Vec::new();
        client.take(1 << 20).read_to_end(&mut answers).unwrap();
        serving.join().expect("no panic").expect("no error");
        answers
    }

    /// The same by the letter of the specification, from the whole text at once.
    fn expected(bytes: &[u8]) -> Vec<u8> {
        let store = Store::default();
        let mut answers = Vec::new();
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let whole = line.strip_suffix(b"\n");
            let line = whole.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
            match line {
                Some(line) if line.len() <= MAX_LINE => answers.extend(answer(line, &store)),
                Some(_) => answers.extend(b"ERROR line too long\n"),
                None => {}
            }
        }
        answers
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..20),
            "(SET|GET|DEL|set)? ?[ab]? ?.{0,3}\r?\n?".prop_map(String::into_bytes),
            (MAX_LINE - 3..MAX_LINE + 4, "\r?\n?")
                .prop_map(|(length, end)| ["x".repeat(length), end].concat().into_bytes()),
            Just(b"\n".to_vec()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn handle_client_answers_any_bytes_line_by_line_wherever_they_are_cut(pieces in prop::collection::vec(piece(), 0..12)) {
            let mut pieces = pieces;
            pieces.push(b"\n".to_vec()); // a long line that the stream cuts is answered, too: not asked here
            prop_assert_eq!(served(&pieces), expected(&pieces.concat()));
        }
    }

    proptest! {
        #[test]
        fn answer_to_get_is_the_value_that_was_set(key in "[^ \r\n]{1,20}", value in prop::collection::vec(any::<u8>(), 0..50)) {
            let store = Store::default();
            let set = [b"SET ", key.as_bytes(), b" ", &value].concat();
            prop_assert_eq!(answer(&set, &store), b"OK\n");
            let got = answer(&[b"GET ", key.as_bytes()].concat(), &store);
            prop_assert_eq!(got, [b"VALUE ", value.as_slice(), b"\n"].concat());
        }
    }
}
//~ end
