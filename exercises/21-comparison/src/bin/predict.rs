//! Bài 21 · `predict NAME=ADDRESS…`: đoán thứ hạng trước, đo, rồi giải thích chỗ đoán sai.
//! Exercise 21 · `predict NAME=ADDRESS…`: predict the ranking, measure it, explain where you were wrong.
//!
//! Bạn viết 6 hàm, khoảng 85 dòng; bắt đầu từ `fn prediction`.
//! You write 6 functions, about 85 lines; start at `fn prediction`.
//!
//!     cargo run -p ex21 --bin ex21-predict -- candidates          mở năm ứng viên để tự thử · five candidates to try
//!     cargo run -p ex21 --bin ex21-predict -- NAME=ADDRESS…       chạy · run it
//!     cargo course check 21 predict                                 chấm · check it
//!     cargo course book 21                                          đọc · the chapter that helps
//!
//! Năm server nhận cùng một khung và xác nhận nó. Trước khi đo, bạn xếp chúng từ nhanh tới chậm:
//! Five servers take the same frame and acknowledge it. Before you measure, you rank them, the fastest first:
//!
//!     plain            trả lời ngay · answers at once
//!     cold             khung đầu của mỗi kết nối mất 60 ms, sau đó trả lời ngay
//!                      the first frame of each connection takes 60 ms, then it answers at once
//!     per-connection   đóng kết nối sau mỗi khung: khung sau phải gọi lại
//!                      closes after each frame: the next one has to call again
//!     slow-work        tính toán 25 ms cho mỗi khung · computes for 25 ms on each frame
//!     stall            ghi câu trả lời làm hai lần, nửa sau muộn 40 ms (Nagle gặp delayed ACK)
//!                      writes its answer in two parts, the second 40 ms late (Nagle meets a delayed ACK)
//!
//! Tự thử: `candidates` in ra một dòng NAME=ADDRESS…; để nó chạy đó, chép dòng ấy vào lệnh thứ hai ở terminal khác.
//! By hand: `candidates` prints a line NAME=ADDRESS…; leave it running, and copy that line into the second command in
//! another terminal.
//!
//! Bộ chấm mượn các tên này và cho chúng cư xử khác đi: bạn chỉ tin được những gì chương trình đo thấy.
//! The checks borrow these names and let them behave in other ways: all you can rely on is what your program measures.
//!
//! Một khung: độ dài 4 byte, số 8 byte, checksum 8 byte, payload. Lời xác nhận: số 8 byte, checksum của những gì đã
//! tới 8 byte. Mọi số theo thứ tự byte mạng.
//! A frame: length 4 bytes, number 8 bytes, checksum 8 bytes, payload. The acknowledgement: number 8 bytes, checksum of
//! what arrived 8 bytes. All numbers in network byte order.
//!
//! In ra, theo đúng thứ tự này · prints, in this order:
//!
//!     PREDICTED name name …              trước khi gọi bất cứ ai · before anybody is called
//!     MEASURED name RATE ROUNDS FRAMES   RATE: khung mỗi giây · frames a second
//!     INVALID name REASON                hoặc dòng này, nếu nó hỏng · or this one, if it fails
//!     RANKING name name …                nhanh nhất trước, trừ ai INVALID · the fastest first, without the INVALID
//!     BECAUSE name SENTENCE              cho ai đứng khác chỗ đã đoán · for each that stands elsewhere than predicted
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

// Những gì bạn cần thì `use` thêm ở đây.
//
// Add here what you need.

/// How often each candidate is measured. Odd, so that one round is the median.
const ROUNDS: usize = 5;

/// Frames at the beginning of each round that do not count.
const WARM_UP: usize = 2;

/// Frames of each round that count.
const FRAMES: usize = 5;

/// The picture, in bytes: as long as the JPEG that the lab begins with.
const LENGTH: u32 = 49_635;

/// A connection, a read or a write that takes longer than this has failed.
const PATIENCE: Duration = Duration::from_secs(2);

/// Your prediction: the five names, the fastest first.
fn prediction() -> Vec<&'static str> {
    // Viết trước khi đo lần đầu: đủ năm tên, mỗi tên một lần, nhanh nhất trước. Đo xong đừng sửa lại cho
    // đúng: chỗ đoán sai mới là chỗ học được.
    //
    // Write it before your first measurement: all five names, once each, the fastest first. Do not correct
    // it afterwards: where you were wrong is where you learn.
    todo!("the five names, the fastest first")
}

/// Why the candidate called `name` is as fast, or as slow, as it is.
fn because(name: &str) -> &'static str {
    // Mỗi ứng viên một câu của chính bạn, từ ba chữ trở lên, viết sau khi đã đo: cái gì quyết định tốc độ
    // của nó? Tính được thì tính: 25 ms mỗi khung là bao nhiêu khung một giây?
    //
    // A sentence of your own for each candidate, three words or more, written after you have measured:
    // what decides its speed? Calculate where you can: with 25 ms a frame, how many frames a second?
    todo!("one sentence about {name}")
}

/// Measures one round of one candidate: frames a second, or why it is invalid.
fn round(address: SocketAddr, frames: &mut Frames) -> Result<f64, String> {
    // Gọi `address`, gửi WARM_UP khung, rồi FRAMES khung, từng khung một: `frames.next()` cho khung tiếp
    // theo, gửi nó, chờ lời xác nhận của nó, rồi mới tới khung sau.
    // - Trả về số khung một giây: FRAMES chia cho thời gian từ trước khi gửi khung đầu tiên được tính tới
    //   khi có lời xác nhận cuối cùng. Khởi động và lần gọi đầu không tính.
    // - Lời xác nhận nào cũng phải đúng số và đúng checksum, kể cả lúc khởi động; sai là `Err` kèm lý do.
    // - Ứng viên có thể đóng kết nối sau một lời xác nhận: khi ấy gọi lại và gửi lại chính khung đó, thời
    //   gian này tính. Kết nối mới tinh mà đóng trước khi xác nhận khung nào là lỗi.
    // - Không ai nhận cuộc gọi, hay quá PATIENCE mà không có gì, cũng là lỗi. Lỗi thì trả về, không panic.
    //
    // Call `address`, send WARM_UP frames, then FRAMES frames, one at a time: `frames.next()` gives the
    // next one; send it, wait for its acknowledgement, and only then go on.
    // - Return frames a second: FRAMES, divided by the time from before the first counted frame is sent
    //   until the last acknowledgement is there. The warm-up and the first call do not count.
    // - Each acknowledgement must have the right number and the right checksum, in the warm-up, too; if
    //   not, return an `Err` with the reason.
    // - A candidate may close after an acknowledgement: then call again and send that very frame again;
    //   this time counts. A fresh connection that closes before it has acknowledged any frame is an error.
    // - Nobody takes the call, or nothing comes within PATIENCE: errors, too. Return them, never panic.
    let Frame { number, checksum, bytes } = frames.next();
    let first = format!("{number}, checksum {checksum:016x}, {} bytes", bytes.len());
    todo!("{address}: {WARM_UP} frames, then {FRAMES}, each within {PATIENCE:?}; the first is {first}")
}

/// Measures all candidates; what became of each, in their order.
fn measure(candidates: &[Candidate], frames: &mut Frames) -> Vec<Outcome> {
    // ROUNDS vòng; mỗi vòng đo từng ứng viên một lần (`round`).
    // - Vòng đầu bắt đầu từ ứng viên thứ nhất, vòng sau từ ứng viên thứ hai, cứ thế xoay: máy có lúc bận
    //   lúc rảnh, đừng để lần nào cũng một người chịu.
    // - Kết quả của một ứng viên là trung vị các vòng của nó: một vòng may hay xui không kéo nó đi.
    // - Ai hỏng thì `Invalid` kèm lý do, và không đo nữa; những ứng viên khác vẫn được đo đủ.
    //
    // ROUNDS rounds; each measures every candidate once (`round`).
    // - The first round begins with the first candidate, the next with the second, and so on in turn: a
    //   machine is busy now and then, and it must not always hit the same one.
    // - The result of a candidate is the median of its rounds: one lucky or unlucky round does not move
    //   it.
    // - One that fails is `Invalid`, with the reason, and is not measured any more; the others are
    //   measured in full.
    let rate = candidates.first().map(|one| round(one.address, frames));
    let _ = [Outcome::Measured(0.0), Outcome::Invalid(String::new())];
    todo!("the median of {ROUNDS} rounds like {rate:?}")
}

/// The names, the fastest first.
fn ranking<'a>(measured: &[(&'a str, f64)]) -> Vec<&'a str> {
    // Xếp theo số khung một giây, nhiều nhất đứng đầu.
    //
    // In order of frames a second, the most first.
    todo!("rank {measured:?}")
}

/// The names that stand elsewhere than predicted, in the order of the ranking.
fn surprises<'a>(predicted: &[&str], ranking: &[&'a str]) -> Vec<&'a str> {
    // Ai không có trong `ranking` (INVALID) thì bỏ khỏi `predicted` trước, rồi so từng chỗ.
    //
    // First drop from `predicted` who is not in `ranking` (INVALID), then compare place by place.
    todo!("compare {predicted:?} with {ranking:?}")
}

// Các hàm phụ của bạn, nếu cần.
//
// Functions of your own, if you need some.

/// A server that is to be measured.
struct Candidate {
    name: String,
    address: SocketAddr,
}

/// What became of a candidate.
enum Outcome {
    /// Frames a second.
    Measured(f64),
    /// Why it cannot be ranked.
    Invalid(String),
}

/// A frame as it goes over the wire, and what its acknowledgement must say.
struct Frame {
    number: u64,
    checksum: u64,
    /// Header and payload together: they leave in one write.
    bytes: Vec<u8>,
}

/// The same picture again and again, under numbers that rise by one.
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
    let words: Vec<String> = env::args_os().skip(1).filter_map(|word| word.into_string().ok()).collect();
    if words == ["candidates"] {
        return done(serve_candidates());
    }
    let candidates: Option<Vec<Candidate>> = words.iter().map(|word| candidate(word)).collect();
    let Some(candidates) = candidates.filter(|candidates| !candidates.is_empty()) else {
        eprintln!("Cách dùng · usage: predict NAME=ADDRESS… | predict candidates");
        return ExitCode::from(2);
    };
    done(report(&candidates))
}

fn done(result: io::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("predict: {error}");
            ExitCode::FAILURE
        }
    }
}

fn candidate(word: &str) -> Option<Candidate> {
    let (name, address) = word.split_once('=')?;
    Some(Candidate { name: name.to_owned(), address: address.parse().ok()? })
}

/// Predicts, measures, ranks, explains.
fn report(candidates: &[Candidate]) -> io::Result<()> {
    let names: BTreeSet<&str> = candidates.iter().map(|candidate| candidate.name.as_str()).collect();
    let predicted: Vec<&str> = prediction().into_iter().filter(|name| names.contains(name)).collect();
    if predicted.len() != candidates.len() || predicted.iter().copied().collect::<BTreeSet<_>>() != names {
        let why = "prediction() phải có đủ các tên, mỗi tên một lần · must have every name once";
        return Err(io::Error::other(why));
    }
    let mut out = io::stdout();
    writeln!(out, "PREDICTED {}", predicted.join(" "))?;
    out.flush()?;

    let picture: Vec<u8> = (0..LENGTH).map(|place| (place.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let outcomes = measure(candidates, &mut Frames { checksum: xxh3_64(&picture), picture, number: 0 });
    let mut measured = Vec::new();
    for (Candidate { name, .. }, outcome) in candidates.iter().zip(outcomes) {
        match outcome {
            Outcome::Measured(rate) => {
                measured.push((name.as_str(), rate));
                writeln!(out, "MEASURED {name} {rate:.1} {ROUNDS} {}", ROUNDS * FRAMES)?;
            }
            Outcome::Invalid(why) => writeln!(out, "INVALID {name} {}", why.replace('\n', " "))?,
        }
    }
    let ranking = ranking(&measured);
    writeln!(out, "RANKING {}", ranking.join(" "))?;
    for name in surprises(&predicted, &ranking) {
        writeln!(out, "BECAUSE {name} {}", because(name))?;
    }
    out.flush()
}

/// The five candidates, each at a port of its own, until the standard input ends.
fn serve_candidates() -> io::Result<()> {
    for name in ["plain", "cold", "per-connection", "slow-work", "stall"] {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        print!("{name}={} ", listener.local_addr()?);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = acknowledge(stream, name); // whoever leaves in the middle has seen enough
            }
        });
    }
    println!();
    io::copy(&mut io::stdin(), &mut io::sink()).map(drop)
}

/// Acknowledges frames as the candidate called `name` does.
fn acknowledge(mut stream: TcpStream, name: &str) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE * 5))?;
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
