//! Bài 21 · `transport serve`, `transport drive`: cách chở khung hình của riêng bạn, đem vào phòng đo.
//! Exercise 21 · `transport serve`, `transport drive`: a way of your own to carry frames, for the lab.
//!
//!     cargo run -p ex21 --bin ex21-transport -- serve                               chạy · run it
//!     cargo run -p ex21 --bin ex21-transport -- drive ADDRESS --frames FOLDER
//!     cargo course check 21 transport                                                 chấm · check it
//!     cargo course book 21                                                            đọc · the chapter that helps
//!
//! Đo cạnh các cách khác · measure it beside the others:
//!
//!     cargo build --release -p ex21
//!     cargo run --release -p lesson21 -- measure --add target/release/ex21-transport
//!
//! Hai dòng lệnh ấy, và những gì đi qua stdin và stdout, là bản giao kèo crates/lab/CONTRACT.md: phần này
//! có sẵn. Bạn viết phần chở: một khung đi từ `Link::send` tới `Desk::take_in` bằng cách nào, và lời xác nhận quay về
//! ra sao.
//! The two command lines, and what goes over stdin and stdout, are the contract crates/lab/CONTRACT.md:
//! that part is given. You write how frames travel: from `Link::send` to `Desk::take_in`, and the acknowledgement back.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use xxhash_rust::xxh3::xxh3_64;

// Những gì bạn cần thì `use` thêm ở đây. Chở bằng gì tùy bạn: TCP, socket Unix, UDP…
//
// Add here what you need. What carries the bytes is your choice: TCP, a Unix socket, UDP…

/// The longest payload, in bytes.
const MOST: usize = 16 * 1024 * 1024;

/// A read or write that does not move for this long is an error.
const PATIENCE: Duration = Duration::from_secs(10);

/// Before a frame is due, sleep for all but this much: a sleeper wakes up tens of microseconds late, which would count
/// as latency of the transport.
const SPIN: Duration = Duration::from_micros(200);

/// What is carried.
struct Frame {
    number: u64,
    /// XXH3-64 of the payload, as the driver announces it. It may lie.
    checksum: u64,
    payload: Arc<[u8]>,
}

/// The server's word that a frame is there: its number, and the checksum of the payload *as it arrived*.
#[derive(Clone, Copy, Debug)]
struct Acknowledgement {
    number: u64,
    checksum: u64,
}

/// What a server does with a frame once all of it has arrived.
#[derive(Clone, Copy, Default)]
struct Desk {
    /// CPU time that each frame costs before it is acknowledged, as an inference would.
    work: Duration,
}

impl Desk {
    /// Computes the checksum of what arrived, works, and acknowledges.
    fn take_in(self, number: u64, payload: &[u8]) -> Acknowledgement {
        let checksum = xxh3_64(payload);
        let start = Instant::now();
        while start.elapsed() < self.work {
            std::hint::spin_loop(); // busy, not asleep: a computation keeps the CPU
        }
        Acknowledgement { number, checksum }
    }
}

/// How frames travel, as the lab sees it.
trait Transport {
    /// Listens at a free port of `host` (or at a path), says where through `announce`, and takes frames in for as
    /// long as the process lives.
    fn serve(&self, host: IpAddr, desk: Desk, announce: &mut dyn FnMut(&str)) -> io::Result<()>;

    /// Connects to what `serve` announced.
    fn connect(&self, address: &str) -> io::Result<Box<dyn Link>>;
}

/// The sending end. The caller decides how many frames may be unacknowledged.
trait Link {
    /// Begins to send a frame.
    fn send(&mut self, frame: &Frame) -> io::Result<()>;

    /// Waits for the next acknowledgement, of any frame that is on its way; with `until`, no longer than that.
    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>>;
}

/// Your transport.
struct Own;

// Đầu gửi của bạn: những gì `send` và `receive` cần nhớ giữa hai lần gọi.
//
// Your sending end: what `send` and `receive` must remember from one call to the next.
struct Wire;

impl Transport for Own {
    fn serve(&self, host: IpAddr, desk: Desk, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        // Lắng nghe ở một cổng trống của `host` (hay ở một đường dẫn), báo địa chỉ qua `announce`, rồi
        // nhận khung mãi mãi. Mỗi khung: đọc hết payload, đưa cho `desk.take_in`, gửi lời xác nhận của nó
        // về.
        // - Khung nào cũng có đúng một lời xác nhận, mang số của khung và checksum của những gì đã tới, kể
        //   cả khi khác với checksum được báo trước. Khung rỗng cũng là khung.
        // - Mỗi lúc phục vụ một bên gửi là đủ. Giữa hai khung bên gửi im bao lâu cũng được; giữa chừng một
        //   khung thì không quá PATIENCE.
        // - Khung không dài quá MOST: đừng giữ hơn thế trong bộ nhớ.
        // - Bên gửi đi mất giữa chừng, hay nói bậy, thì chỉ riêng nó bị bỏ: in lý do ra stderr, rồi phục
        //   vụ bên tiếp theo.
        //
        // Listen at a free port of `host` (or at a path), say where through `announce`, then take frames
        // in for ever. For each: read all of the payload, hand it to `desk.take_in`, send back the
        // acknowledgement that it gives.
        // - Each frame gets exactly one acknowledgement, with the frame's number and the checksum of what
        //   arrived, also when that differs from the one announced. An empty frame is a frame.
        // - One driver at a time is enough. Between frames it may be silent for as long as it likes;
        //   within a frame, no longer than PATIENCE.
        // - No frame is longer than MOST: keep no more than that in memory.
        // - A driver that vanishes midway, or talks nonsense, ends only its own connection: say why on
        //   stderr, and serve the next.
        let _ = announce;
        todo!("listen at {host}; each frame is answered as this one: {:?}", desk.take_in(0, &[]))
    }

    fn connect(&self, address: &str) -> io::Result<Box<dyn Link>> {
        // Kết nối tới `address`, là đúng chuỗi `serve` đã báo, chờ không quá PATIENCE.
        //
        // Connect to `address`, the very string that `serve` announced, within PATIENCE.
        let _wire: Box<dyn Link> = Box::new(Wire);
        todo!("connect to {address} within {PATIENCE:?}")
    }
}

impl Link for Wire {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        // Gửi số, checksum đã báo và payload của khung.
        // - Khung dài hơn MOST thì không gửi gì cả, trả về lỗi; vừa bằng MOST thì gửi.
        // - Gửi xong chưa phải là tới nơi: xác nhận là lời của server, không phải của bạn.
        // - Đếm xem mỗi khung bạn ghi mấy lần, và Nagle nghĩ gì về chuyện đó.
        //
        // Send the frame's number, announced checksum and payload.
        // - If it is longer than MOST, send nothing and return an error; exactly MOST is sent.
        // - Sent is not arrived: to acknowledge is for the server, not for you.
        // - Count the writes that a frame costs you, and mind what Nagle thinks of them.
        let Frame { number, checksum, payload } = frame;
        todo!("send {number}, checksum {checksum:016x}, {} bytes of at most {MOST}", payload.len())
    }

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        // Trả về lời xác nhận tiếp theo mà server gửi về.
        // - Có `until`: tới lúc đó chưa có thì trả về `None`. Đó không phải là lỗi, và phần đã đọc không
        //   mất.
        // - Không có `until`: chờ không quá PATIENCE, hết hạn là lỗi.
        // - Server đi mất cũng là lỗi, báo ngay khi biết.
        //
        // Return the next acknowledgement that the server has sent.
        // - With `until`: if none is there by then, return `None`. That is no error, and what has been
        //   read is not lost.
        // - Without: wait for at most PATIENCE; then it is an error.
        // - A server that has gone is an error, too, as soon as you know.
        todo!("the next acknowledgement; until {until:?}")
    }
}

// Các hàm phụ của bạn, nếu cần.
//
// Functions of your own, if you need some.

fn main() -> ExitCode {
    let words: Option<Vec<String>> = env::args_os().skip(1).map(|word| word.into_string().ok()).collect();
    let words = words.unwrap_or_default();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["serve"] => serve(Desk::default()),
        ["serve", "--work-ms", millis] if millis.parse::<u32>().is_ok() => {
            serve(Desk { work: Duration::from_millis(millis.parse().unwrap_or_default()) })
        }
        ["drive", address, "--frames", folder] => drive(address, Path::new(folder)),
        _ => {
            eprintln!("Cách dùng · usage: transport serve [--work-ms N] | transport drive ADDRESS --frames FOLDER");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("transport: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Where `serve` listens, once it has said so.
static ANNOUNCED: OnceLock<String> = OnceLock::new();

/// Serves until the standard input ends: a lab that is killed leaves no servers behind.
fn serve(desk: Desk) -> io::Result<()> {
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        if let Some(path) = ANNOUNCED.get().filter(|address| address.starts_with('/')) {
            let _ = fs::remove_file(path); // gone already is as good
        }
        process::exit(0)
    });
    Own.serve(Ipv4Addr::LOCALHOST.into(), desk, &mut |address| {
        let _ = ANNOUNCED.set(address.to_owned());
        say(&format!("LISTENING {address}"));
    })
}

/// Connects, then does what each line of the standard input says until that ends.
fn drive(address: &str, frames: &Path) -> io::Result<()> {
    let link = match Own.connect(address) {
        Ok(link) => link,
        Err(why) => {
            say(&format!("error connect: {why}"));
            return Ok(());
        }
    };
    let mut driver = Driver { link, frames: frames.to_owned(), loaded: Vec::new(), number: 0 };
    say("READY");
    for line in io::stdin().lock().lines() {
        say(&driver.answer(&line?).unwrap_or_else(|why| format!("error {}", why.replace('\n', " · "))));
    }
    Ok(())
}

/// Prints a line. A lab that no longer reads has ended, and with it our standard input.
fn say(line: &str) {
    let mut out = io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// The sending end between two lines of its standard input.
struct Driver {
    link: Box<dyn Link>,
    frames: PathBuf,
    /// The frames of one kind, with their checksums.
    loaded: Vec<(u64, Arc<[u8]>)>,
    /// The number of the last frame that `measure` sent.
    number: u64,
}

impl Driver {
    fn answer(&mut self, line: &str) -> Result<String, String> {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        match words[..] {
            ["load", kind] => self.load(&format!("{kind}-")),
            ["send", number, checksum, file] => self.send(number, checksum, Path::new(file)),
            ["measure", ..] => self.measure(line),
            _ => Err(format!("not understood: {line}")),
        }
    }

    fn load(&mut self, kind: &str) -> Result<String, String> {
        let listed = fs::read_dir(&self.frames).map_err(|why| format!("{}: {why}", self.frames.display()))?;
        let mut files: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
        let name = |file: &Path| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.retain(|file| name(file).starts_with(kind) && name(file).ends_with(".bin"));
        files.sort();
        self.loaded.clear();
        for file in &files {
            let payload = read(file)?;
            self.loaded.push((xxh3_64(&payload), payload));
        }
        Ok(format!("loaded {}", files.len()))
    }

    fn send(&mut self, number: &str, checksum: &str, file: &Path) -> Result<String, String> {
        let number = number.parse().map_err(|_| format!("send: {number} is not a number"))?;
        let checksum = u64::from_str_radix(checksum, 16).map_err(|_| format!("send: {checksum} is not a checksum"))?;
        let frame = Frame { number, checksum, payload: read(file)? };
        self.link.send(&frame).map_err(|why| format!("send: {why}"))?;
        let answer = self.link.receive(None).map_err(|why| format!("receive: {why}"))?;
        let Acknowledgement { number, checksum } = answer.ok_or("no acknowledgement came")?;
        Ok(format!("ack {number} {checksum:016x}"))
    }

    /// `measure window=W frames=N`, `measure window=W millis=M [rate=R]`
    fn measure(&mut self, line: &str) -> Result<String, String> {
        let value = |key: &str| line.split(' ').find_map(|word| word.strip_prefix(key)?.strip_prefix('='));
        let number = |key: &str| value(key).map(|text| text.parse::<u64>().map_err(|_| format!("{key}={text}?")));
        let (window, frames, millis) = (number("window"), number("frames"), number("millis"));
        let window = window.ok_or("measure: window= is missing")??.max(1) as usize;
        let (frames, millis) = (frames.transpose()?, millis.transpose()?.map(Duration::from_millis));
        let rate = value("rate").map(|text| text.parse::<f64>().ok().filter(|rate| *rate > 0.0).ok_or("rate=?"));
        let rate = rate.transpose()?;
        if self.loaded.is_empty() || frames.is_some() == millis.is_some() {
            return Err("measure: wants frames to be loaded, and one of frames= and millis=".into());
        }

        let mut latencies = BTreeMap::<u64, u64>::new();
        let mut on_their_way = VecDeque::<(u64, u64, Instant)>::new();
        let (mut sent, mut acknowledged) = (0_u64, 0_u64);
        let start = Instant::now();
        let mut last = start;
        loop {
            let enough = frames.is_some_and(|most| sent >= most) || millis.is_some_and(|most| last - start >= most);
            if enough && on_their_way.is_empty() {
                break;
            }
            // Open loop: when a frame is due does not depend on the frames before it.
            let due = rate.map(|rate| start + Duration::from_secs_f64(sent as f64 / rate));
            let room = !enough && on_their_way.len() < window;
            if room && due.is_none_or(|due| due <= Instant::now()) {
                self.number += 1;
                let (checksum, payload) = &self.loaded[sent as usize % self.loaded.len()];
                let (number, checksum, since) = (self.number, *checksum, due.unwrap_or_else(Instant::now));
                let frame = Frame { number, checksum, payload: Arc::clone(payload) };
                self.link.send(&frame).map_err(|why| format!("frame {number} could not be sent: {why}"))?;
                on_their_way.push_back((number, checksum, since));
                sent += 1;
                continue; // first fill the window, then wait
            }
            if on_their_way.is_empty() {
                last = Instant::now();
                due.into_iter().for_each(|due| thread::sleep((due - last).saturating_sub(SPIN)));
                continue;
            }
            // While the window has room, the next frame that is due must not wait for an acknowledgement.
            let until = due.filter(|_| room);
            let Some(ack) = self.link.receive(until).map_err(|why| format!("after frame {}: {why}", self.number))?
            else {
                continue;
            };
            last = Instant::now();
            let place = on_their_way.iter().position(|(number, ..)| *number == ack.number);
            let Some((number, due_sum, since)) = place.and_then(|place| on_their_way.remove(place)) else {
                return Err(format!("an acknowledgement of frame {} that nobody waits for", ack.number));
            };
            if ack.checksum != due_sum {
                return Err(format!("frame {number}: the server computed {:016x}, not {due_sum:016x}", ack.checksum));
            }
            acknowledged += 1;
            *latencies.entry(rounded((last - since).as_nanos() as u64)).or_default() += 1;
        }
        let pairs: Vec<String> = latencies.iter().map(|(value, count)| format!("{value}:{count}")).collect();
        Ok(format!("measured {acknowledged} {} {}", (last - start).as_nanos(), pairs.join(",")))
    }
}

/// A latency to three significant digits, and never zero.
fn rounded(nanos: u64) -> u64 {
    let mut unit = 1;
    while nanos / unit >= 1000 {
        unit *= 10;
    }
    ((nanos + unit / 2) / unit * unit).max(1)
}

fn read(file: &Path) -> Result<Arc<[u8]>, String> {
    fs::read(file).map(Arc::from).map_err(|why| format!("{}: {why}", file.display()))
}
