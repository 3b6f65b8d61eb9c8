//! Bài 21 · `predict NAME=ADDRESS…`: đoán thứ hạng trước, đo, rồi giải thích chỗ đoán sai.
//! Exercise 21 · `predict NAME=ADDRESS…`: predict the ranking, measure it, explain where you were wrong.
//!
//!     cargo run -p sol21 --bin sol21-predict -- candidates          mở năm ứng viên để tự thử · five candidates to try
//!     cargo run -p sol21 --bin sol21-predict -- NAME=ADDRESS…       chạy · run it
//!     cargo course check 21 predict                                 chấm · check it
//!     cargo course book 21                                          đọc · the chapter that helps
//!
//! Năm server nhận cùng một khung và xác nhận nó. Trước khi đo, bạn xếp chúng từ nhanh tới chậm:
//! Five servers take the same frame and acknowledge it. Before you measure, you rank them, the fastest first:
//!
//!     plain            trả lời ngay · answers at once
//!     cold             khung đầu của mỗi kết nối mất 60 ms, sau đó trả lời ngay
//!                      the first frame of each connection takes 60 ms, then it answers at once
//!     per-connection   đóng kết nối sau mỗi khung: khung sau phải kết nối lại
//!                      closes after each frame: the next one has to connect again
//!     slow-work        tính toán 25 ms cho mỗi khung · computes for 25 ms on each frame
//!     stall            ghi câu trả lời làm hai lần, nửa sau muộn 40 ms (Nagle gặp delayed ACK)
//!                      writes its answer in two parts, the second 40 ms late (Nagle meets a delayed ACK)
//!
//! Tự thử: `candidates` in ra một dòng NAME=ADDRESS…; để nó chạy đó, chép dòng ấy vào lệnh thứ hai ở terminal khác.
//! By hand: `candidates` prints a line NAME=ADDRESS…; leave it running, and copy that line into the second command in
//! another terminal.
//!
//! Bộ chấm mượn các tên này và cho chúng cư xử khác đi: bạn chỉ tin được những gì chương trình đo thấy.
//! The checks use the same names with other behaviour: you can rely only on what your program measures.
//!
//! Một khung: độ dài 4 byte, số 8 byte, checksum 8 byte, payload. Lời xác nhận: số 8 byte, checksum của những gì đã
//! tới 8 byte. Mọi số theo thứ tự byte mạng.
//! A frame: length 4 bytes, number 8 bytes, checksum 8 bytes, payload. The acknowledgement: number 8 bytes, checksum of
//! the bytes that arrived 8 bytes. All numbers in network byte order.
//!
//! In ra, theo đúng thứ tự này · prints, in this order:
//!
//!     PREDICTED name name …              trước kết nối đầu tiên · before the first connection
//!     MEASURED name RATE ROUNDS FRAMES   RATE: khung mỗi giây · frames per second
//!     INVALID name REASON                hoặc dòng này, nếu nó hỏng · or this one, if it fails
//!     RANKING name name …                nhanh nhất trước, trừ ai INVALID · the fastest first, without the INVALID
//!     BECAUSE name SENTENCE              cho ai đứng khác chỗ đã đoán · for each with another rank than predicted
//!
//! Mỗi ứng viên một dòng MEASURED hoặc INVALID, theo thứ tự trên dòng lệnh.
//! One line MEASURED or INVALID for each candidate, in the order of the command line.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, thread};

use xxhash_rust::xxh3::xxh3_64;

//~ task
//~ vi: Những gì bạn cần thì `use` thêm ở đây.
//~ en: Add here what you need.
use std::io::ErrorKind;
//~ end

/// How often each candidate is measured. Odd, so that one round is the median.
const ROUNDS: usize = 5;

/// Frames at the beginning of each round that do not count.
const WARM_UP: usize = 2;

/// Frames of each round that count.
const FRAMES: usize = 5;

/// The picture, in bytes: as long as the JPEG that the lab begins with.
const FRAME_LENGTH: u32 = 49_635;

/// A connection, a read or a write that takes longer than this has failed.
const IO_TIMEOUT: Duration = Duration::from_secs(2);

/// Returns your prediction: the five names, the fastest first.
fn prediction() -> Vec<&'static str> {
    //~ task
    //~ vi: Viết trước khi đo lần đầu: đủ năm tên, mỗi tên một lần, nhanh nhất trước. Đo xong đừng sửa lại cho đúng: chỗ
    //~ vi: đoán sai mới là chỗ học được.
    //~ en: Write it before your first measurement: all five names, once each, the fastest first. Do not correct it
    //~ en: afterwards:
    //~ en: you learn where you were wrong.
    //~ stub: todo!("the five names, the fastest first")
    vec!["plain", "per-connection", "cold", "slow-work", "stall"]
    //~ end
}

/// Returns why the candidate `name` is as fast, or as slow, as it is.
fn because(name: &str) -> &'static str {
    //~ task
    //~ vi: Mỗi ứng viên một câu của chính bạn, từ ba chữ trở lên, viết sau khi đã đo: cái gì quyết định tốc độ của nó?
    //~ vi: Tính được thì tính: 25 ms mỗi khung là bao nhiêu khung một giây?
    //~ en: A sentence of your own for each candidate, three words or more, written after you have measured: what
    //~ en: decides its speed? Calculate where you can: with 25 ms per frame, how many frames per second?
    //~ stub: todo!("one sentence about each candidate")
    match name {
        "plain" => "a frame and its answer cross the loopback in well under a millisecond, and nothing else happens",
        "cold" => "only the first frame of a connection waits, and the warm-up takes that one",
        "per-connection" => "each frame pays for a handshake as well, some tens of microseconds on the loopback",
        "slow-work" => "25 ms of work leave room for 40 frames a second, whatever carries them",
        "stall" => "40 ms of waiting leave room for 25 frames a second, and the CPU is idle meanwhile",
        _ => "",
    }
    //~ end
}

/// Measures one round of one candidate. Returns frames per second, or why the candidate is invalid.
fn measure_round(address: SocketAddr, frames: &mut Frames) -> Result<f64, String> {
    //~ task
    //~ vi: Kết nối tới `address`, gửi WARM_UP khung, rồi FRAMES khung, từng khung một: `frames.next()` cho khung tiếp
    //~ vi: theo, gửi nó, chờ lời xác nhận của nó, rồi mới tới khung sau.
    //~ vi: - Trả về số khung một giây: FRAMES chia cho thời gian từ trước khi gửi khung đầu tiên được tính tới khi có
    //~ vi:   lời xác nhận cuối cùng. Khởi động và lần kết nối đầu không tính.
    //~ vi: - Lời xác nhận nào cũng phải đúng số và đúng checksum, kể cả lúc khởi động; sai là `Err` kèm lý do.
    //~ vi: - Ứng viên có thể đóng kết nối sau một lời xác nhận: khi ấy kết nối lại và gửi lại chính khung đó, thời gian
    //~ vi:   này tính. Kết nối mới tinh mà đóng trước khi xác nhận khung nào là lỗi.
    //~ vi: - Không kết nối được, hay quá IO_TIMEOUT mà không có gì, cũng là lỗi. Lỗi thì trả về, không panic.
    //~ en: Connect to `address`, send WARM_UP frames, then FRAMES frames, one at a time: `frames.next()` gives the next
    //~ en: one; send it, wait for its acknowledgement, and only then go on.
    //~ en: - Return frames per second: FRAMES, divided by the time from before the first counted frame is sent until
    //~ en:   the last acknowledgement is there. The warm-up and the first connect do not count.
    //~ en: - Each acknowledgement must have the right number and the right checksum, in the warm-up, too; if not,
    //~ en:   return an `Err` with the reason.
    //~ en: - A candidate may close after an acknowledgement: then connect again and send the same frame again; this
    //~ en:   time counts. A fresh connection that closes before it has acknowledged any frame is an error.
    //~ en: - A connection that is refused, or nothing within IO_TIMEOUT: errors, too. Return them, never panic.
    //~ stub: todo!("warm up, then time the frames one by one")
    let mut connection = Connection::connect(address)?;
    for _ in 0..WARM_UP {
        connection.deliver(&frames.next())?;
    }
    let start = Instant::now();
    for _ in 0..FRAMES {
        connection.deliver(&frames.next())?;
    }
    Ok(FRAMES as f64 / start.elapsed().as_secs_f64())
    //~ end
}

/// Measures all candidates. Returns their outcomes, in the same order.
fn measure(candidates: &[Candidate], frames: &mut Frames) -> Vec<Outcome> {
    //~ task
    //~ vi: ROUNDS vòng; mỗi vòng đo từng ứng viên một lần (`measure_round`).
    //~ vi: - Vòng đầu bắt đầu từ ứng viên thứ nhất, vòng sau từ ứng viên thứ hai, cứ thế xoay: máy có lúc bận lúc rảnh,
    //~ vi:   đừng để lần nào cũng một ứng viên chịu.
    //~ vi: - Kết quả của một ứng viên là trung vị các vòng của nó: một vòng may hay xui không kéo nó đi.
    //~ vi: - Ứng viên hỏng thì `Invalid` kèm lý do, và không đo nữa; những ứng viên khác vẫn được đo đủ.
    //~ en: ROUNDS rounds; each measures every candidate once (`measure_round`).
    //~ en: - The first round begins with the first candidate, the next with the second, and so on in turn: a machine is
    //~ en:   busy now and then, and it must not always hit the same candidate.
    //~ en: - The result of a candidate is the median of its rounds: one lucky or unlucky round does not move it.
    //~ en: - A candidate that fails is `Invalid`, with the reason, and is not measured any more; the others are
    //~ en:   measured in full.
    //~ stub: todo!("rounds in turn, then a median for each candidate")
    let mut rates: Vec<Result<Vec<f64>, String>> = candidates.iter().map(|_| Ok(Vec::new())).collect();
    for round in 0..ROUNDS {
        for index in 0..candidates.len() {
            let index = (round + index) % candidates.len();
            let Ok(done) = &mut rates[index] else { continue };
            match measure_round(candidates[index].address, frames) {
                Ok(rate) => done.push(rate),
                Err(error) => rates[index] = Err(error),
            }
        }
    }
    let outcome = |rates: Result<Vec<f64>, String>| match rates {
        Ok(mut rates) => {
            rates.sort_by(f64::total_cmp);
            Outcome::Measured(rates[rates.len() / 2])
        }
        Err(error) => Outcome::Invalid(error),
    };
    rates.into_iter().map(outcome).collect()
    //~ end
}

/// Returns the names, the fastest first.
fn ranking<'a>(measured: &[(&'a str, f64)]) -> Vec<&'a str> {
    //~ task
    //~ vi: Xếp theo số khung một giây, nhiều nhất đứng đầu.
    //~ en: In order of frames per second, the most first.
    //~ stub: todo!("sort by frames per second")
    let mut measured = measured.to_vec();
    measured.sort_by(|one, other| other.1.total_cmp(&one.1));
    measured.into_iter().map(|(name, _)| name).collect()
    //~ end
}

/// Returns the names whose rank is not the predicted one, in the order of the ranking.
fn surprises<'a>(predicted: &[&str], ranking: &[&'a str]) -> Vec<&'a str> {
    //~ task
    //~ vi: Ai không có trong `ranking` (INVALID) thì bỏ khỏi `predicted` trước, rồi so từng chỗ.
    //~ en: First remove from `predicted` the names that are not in `ranking` (INVALID), then compare rank by rank.
    //~ stub: todo!("compare prediction and ranking, rank by rank")
    let expected = predicted.iter().filter(|name| ranking.contains(name));
    expected.zip(ranking).filter(|(expected, name)| expected != name).map(|(_, name)| *name).collect()
    //~ end
}

//~ task
//~ vi: Các hàm phụ của bạn, nếu cần.
//~ en: Functions of your own, if you need some.
/// A connection to a candidate.
struct Connection {
    address: SocketAddr,
    stream: TcpStream,
    /// True when a frame has been acknowledged on this connection.
    used: bool,
}

impl Connection {
    fn connect(address: SocketAddr) -> Result<Connection, String> {
        let connected = TcpStream::connect_timeout(&address, IO_TIMEOUT).and_then(|stream| {
            stream.set_read_timeout(Some(IO_TIMEOUT))?;
            stream.set_write_timeout(Some(IO_TIMEOUT))?;
            Ok(stream)
        });
        connected.map(|stream| Connection { address, stream, used: false }).map_err(|error| format!("connect: {error}"))
    }

    /// Sends a frame and waits until it is acknowledged; connects again if the candidate has closed.
    fn deliver(&mut self, frame: &Frame) -> Result<(), String> {
        let mut answer = exchange(&self.stream, &frame.bytes);
        if self.used && answer.as_ref().is_err_and(is_closed) {
            *self = Connection::connect(self.address)?;
            answer = exchange(&self.stream, &frame.bytes);
        }
        let answer = answer.map_err(|error| format!("frame {}: {error}", frame.number))?;
        let (number, checksum) = ((answer >> 64) as u64, answer as u64);
        if number != frame.number {
            return Err(format!("frame {}: the acknowledgement is of frame {number}", frame.number));
        }
        if checksum != frame.checksum {
            return Err(format!("frame {number}: checksum {checksum:016x} instead of {:016x}", frame.checksum));
        }
        self.used = true;
        Ok(())
    }
}

/// Sends the bytes and reads the 16-byte answer.
fn exchange(mut stream: &TcpStream, bytes: &[u8]) -> io::Result<u128> {
    stream.write_all(bytes)?;
    let mut answer = [0; 16];
    stream.read_exact(&mut answer)?;
    Ok(u128::from_be_bytes(answer))
}

/// Returns whether the error means that the other side has closed. Which one the kernel reports is a matter of timing.
fn is_closed(error: &io::Error) -> bool {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof)
}
//~ end

/// A server that is to be measured.
struct Candidate {
    name: String,
    address: SocketAddr,
}

/// The result of a candidate.
enum Outcome {
    /// Frames per second.
    Measured(f64),
    /// Why it cannot be ranked.
    Invalid(String),
}

/// An encoded frame, and the values that its acknowledgement must have.
struct Frame {
    number: u64,
    checksum: u64,
    /// Header and payload together: they leave in one write.
    bytes: Vec<u8>,
}

/// The same picture again and again, with numbers that rise by one.
struct Frames {
    picture: Vec<u8>,
    checksum: u64,
    number: u64,
}

impl Frames {
    fn next(&mut self) -> Frame {
        self.number += 1;
        let (number, checksum, length) = (self.number, self.checksum, self.picture.len() as u32);
        let header = [&length.to_be_bytes()[..], &number.to_be_bytes(), &checksum.to_be_bytes()].concat();
        Frame { number, checksum, bytes: [header, self.picture.clone()].concat() }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args_os().skip(1).filter_map(|argument| argument.into_string().ok()).collect();
    if arguments == ["candidates"] {
        return exit_code(serve_candidates());
    }
    let candidates: Option<Vec<Candidate>> = arguments.iter().map(|argument| candidate(argument)).collect();
    let Some(candidates) = candidates.filter(|candidates| !candidates.is_empty()) else {
        eprintln!("Cách dùng · usage: predict NAME=ADDRESS… | predict candidates");
        return ExitCode::from(2);
    };
    exit_code(report(&candidates))
}

fn exit_code(result: io::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("predict: {error}");
            ExitCode::FAILURE
        }
    }
}

fn candidate(argument: &str) -> Option<Candidate> {
    let (name, address) = argument.split_once('=')?;
    Some(Candidate { name: name.to_owned(), address: address.parse().ok()? })
}

/// Predicts, measures, ranks, explains.
fn report(candidates: &[Candidate]) -> io::Result<()> {
    let names: BTreeSet<&str> = candidates.iter().map(|candidate| candidate.name.as_str()).collect();
    let predicted: Vec<&str> = prediction().into_iter().filter(|name| names.contains(name)).collect();
    if predicted.len() != candidates.len() || predicted.iter().copied().collect::<BTreeSet<_>>() != names {
        let error = "prediction() phải có đủ các tên, mỗi tên một lần · must have every name once";
        return Err(io::Error::other(error));
    }
    let mut out = io::stdout();
    writeln!(out, "PREDICTED {}", predicted.join(" "))?;
    out.flush()?;

    let picture: Vec<u8> = (0..FRAME_LENGTH).map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let outcomes = measure(candidates, &mut Frames { checksum: xxh3_64(&picture), picture, number: 0 });
    let mut measured = Vec::new();
    for (Candidate { name, .. }, outcome) in candidates.iter().zip(outcomes) {
        match outcome {
            Outcome::Measured(rate) => {
                measured.push((name.as_str(), rate));
                writeln!(out, "MEASURED {name} {rate:.1} {ROUNDS} {}", ROUNDS * FRAMES)?;
            }
            Outcome::Invalid(error) => writeln!(out, "INVALID {name} {}", error.replace('\n', " "))?,
        }
    }
    let ranking = ranking(&measured);
    writeln!(out, "RANKING {}", ranking.join(" "))?;
    for name in surprises(&predicted, &ranking) {
        writeln!(out, "BECAUSE {name} {}", because(name))?;
    }
    out.flush()
}

/// Runs the five candidates, each on a port of its own, until the standard input ends.
fn serve_candidates() -> io::Result<()> {
    for name in ["plain", "cold", "per-connection", "slow-work", "stall"] {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        print!("{name}={} ", listener.local_addr()?);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = acknowledge(stream, name); // a client that leaves in the middle has measured enough
            }
        });
    }
    println!();
    io::copy(&mut io::stdin(), &mut io::sink()).map(drop)
}

/// Acknowledges frames as the candidate `name` does.
fn acknowledge(mut stream: TcpStream, name: &str) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(IO_TIMEOUT * 5))?;
    for count in 0.. {
        let mut header = [0; 20];
        stream.read_exact(&mut header)?;
        let mut payload = Vec::new();
        let length = u32::from_be_bytes(std::array::from_fn(|index| header[index]));
        (&stream).take(length.into()).read_to_end(&mut payload)?;
        match name {
            "cold" if count == 0 => thread::sleep(Duration::from_millis(60)),
            "slow-work" => {
                let start = Instant::now();
                while start.elapsed() < Duration::from_millis(25) {} // busy, not asleep: it computes
            }
            _ => {}
        }
        stream.write_all(&header[4..12])?;
        if name == "stall" {
            thread::sleep(Duration::from_millis(40));
        }
        stream.write_all(&xxh3_64(&payload).to_be_bytes())?;
        if name == "per-connection" {
            break;
        }
    }
    Ok(())
}
