//! The conversations with somebody's own transport. Nothing is known of what goes over its wire: all questions go
//! through the two command lines of the contract.

use std::io::Write;
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

use super::hints::*;
use super::lab::{Driver, Lab, Measured, NOTICED, Picture, not_as_agreed};
use crate::{Explain, Failure, Server, Symptom, Trial, said, text};

/// A picture of 1920 × 1080 dots, 3 bytes each.
const FULL_HD: usize = 1920 * 1080 * 3;

/// So long a server stays suspended at most.
const LONGEST_HOLD: Duration = Duration::from_secs(2);

/// The longest payload.
const MOST: usize = 16 * 1024 * 1024;

pub(super) fn one_frame(trial: &mut Trial) -> Result<(), Failure> {
    let length = trial.rng().between(200, 900);
    let picture = Picture::new(trial, "a-1", length)?;
    let mut lab = Lab::open(trial)?;
    // Not 1: who counts by himself shows.
    for number in [4_000_000_007, 4_000_000_008] {
        lab.driver
            .carry(number, &picture)
            .hint(Symptom::WrongOutput, &NOT_ITS_NUMBER)
            .hint(Symptom::Silence, &NO_ANSWER)
            .or_hint(&NOT_CARRIED)?;
    }
    lab.server.stop()
}

pub(super) fn what_arrived(trial: &mut Trial) -> Result<(), Failure> {
    let small = Picture::new(trial, "a-1", 3000)?;
    let large = Picture::new(trial, "b-1", 300_000)?;
    let mut lab = Lab::open(trial)?;
    trial.note(text!("checksum báo trước là bịa", "the announced checksum is a lie"));
    for (number, picture) in [(1, &small), (2, &large)] {
        let lie = trial.rng().next_u64();
        lab.driver
            .carry_announced(number, lie, picture)
            .hint(Symptom::WrongOutput, &BELIEVES)
            .or_hint(&REFUSES_THE_LIE)?;
    }
    lab.server.stop()
}

pub(super) fn empty(trial: &mut Trial) -> Result<(), Failure> {
    let (nothing, after) = (Picture::new(trial, "a-1", 0)?, Picture::new(trial, "a-2", 500)?);
    let mut lab = Lab::open(trial)?;
    lab.driver.carry(1, &after).or_hint(&NOT_CARRIED)?;
    trial.note(text!("khung tiếp theo rỗng", "the next frame is empty"));
    lab.driver.carry(2, &nothing).or_hint(&EMPTY_IS_A_FRAME)?;
    lab.driver.carry(3, &after).or_hint(&EMPTY_IS_A_FRAME)?;
    lab.server.stop()
}

pub(super) fn sizes(trial: &mut Trial) -> Result<(), Failure> {
    let mut pictures = Vec::new();
    for (index, length) in [1, 65_535, 65_536, 65_537, 70_000, 131_072].into_iter().enumerate() {
        pictures.push((index as u64, length, Picture::new(trial, &format!("a-{index}"), length)?));
    }
    let mut lab = Lab::open(trial)?;
    for (number, length, picture) in &pictures {
        trial.note(said! { vi: "khung dài {length} byte", en: "a frame of {length} bytes" });
        lab.driver.carry(*number, picture).or_hint(&LENGTH_WRAPS)?;
    }
    lab.server.stop()
}

pub(super) fn picture(trial: &mut Trial) -> Result<(), Failure> {
    let picture = Picture::new(trial, "c-1", FULL_HD)?;
    let mut lab = Lab::open(trial)?;
    for number in 1..=2 {
        lab.driver.carry(number, &picture).or_hint(&LARGE_IN_PARTS)?;
    }
    lab.server.stop()
}

pub(super) fn limit(trial: &mut Trial) -> Result<(), Failure> {
    let small = Picture::new(trial, "a-1", 100)?;
    let (most, more) = (Picture::new(trial, "d-1", MOST)?, Picture::new(trial, "d-2", MOST + 1)?);
    let mut lab = Lab::open(trial)?;
    trial.note(text!("dài đúng 16 MiB", "exactly 16 MiB"));
    lab.driver.carry(1, &most).or_hint(&EXACTLY_THE_MOST)?;
    trial.note(text!("dài hơn một byte", "one byte more"));
    let line = lab.driver.ask(&lab.driver.sending(2, more.checksum, &more))?;
    if !line.starts_with("error") {
        return Err(not_as_agreed("error …", &line)).or_hint(&NO_MAXIMUM);
    }
    lab.driver.dialogue.hang_up()?;
    let mut next = Driver::connect(trial, &lab.server).or_hint(&TOO_LONG_ENDS_ALL)?;
    next.carry(3, &small).or_hint(&TOO_LONG_ENDS_ALL)?;
    lab.server.stop()
}

pub(super) fn measures(trial: &mut Trial) -> Result<(), Failure> {
    for (index, length) in [1200, 40_000, 0].into_iter().enumerate() {
        Picture::new(trial, &format!("a-{index}"), length)?;
    }
    let mut lab = Lab::open(trial)?;
    lab.driver.load("a", 3)?;
    for (window, frames) in [(1, 10), (4, 50)] {
        lab.driver.measure(window, frames).or_hint(&SEVERAL_AT_ONCE)?;
    }
    lab.server.stop()
}

pub(super) fn several_at_once(trial: &mut Trial) -> Result<(), Failure> {
    for index in 0..4 {
        Picture::new(trial, &format!("a-{index}"), 300 + index)?;
    }
    let mut lab = Lab::open(trial)?;
    lab.driver.load("a", 4)?;
    // All four wait in the kernel before the server sees the first.
    let since = Instant::now();
    lab.server.while_suspended(|| {
        lab.driver.dialogue.say("measure window=4 frames=8");
        lab.driver.dialogue.until_waits()
    })?;
    let line = lab.driver.hear(NOTICED).or_hint(&SEVERAL_AT_ONCE)?;
    let measured = Measured::read(&line).or_hint(&SEVERAL_AT_ONCE)?;
    measured.agrees(since.elapsed())?;
    lab.server.stop()
}

pub(super) fn window(trial: &mut Trial) -> Result<(), Failure> {
    Picture::new(trial, "a-1", 900)?;
    // Work makes frames wait: whoever sends without regard to the window has all of them on their way.
    let mut lab = Lab::open_with(trial, &["serve", "--work-ms", "10"])?;
    lab.driver.load("a", 1)?;
    for window in [1, 4] {
        let measured = lab.driver.measure(window, 24).or_hint(&SEVERAL_AT_ONCE)?;
        // At no time are more than `window` frames on their way, so that their times add up to no more than
        // `window` times the whole (Little's law).
        let (sum, took) = (measured.sum(), measured.took);
        if sum > took * window as u32 {
            return Err(Failure::new(
                Symptom::WrongOutput,
                said! {
                    vi: "window={window}, cả lần đo mất {took:?}, mà thời gian trên đường của các khung cộng lại là {sum:?}: \
                         có lúc hơn {window} khung chưa được xác nhận.",
                    en: "window={window} and all of it took {took:?}, yet the times of the frames on their way add up to {sum:?}: \
                         at some time more than {window} of them were unacknowledged.",
                },
            ))
            .or_hint(&NO_WINDOW);
        }
    }
    lab.server.stop()
}

pub(super) fn work(trial: &mut Trial) -> Result<(), Failure> {
    const WORK: Duration = Duration::from_millis(50);
    Picture::new(trial, "a-1", 900)?;
    let mut lab = Lab::open_with(trial, &["serve", "--work-ms", "50"])?;
    lab.driver.load("a", 1)?;
    let measured = lab.driver.measure(1, 5).or_hint(&NOT_CARRIED)?;
    let (took, smallest) = (measured.took, measured.smallest());
    if took < WORK * 5 || smallest < WORK {
        return Err(Failure::new(
            Symptom::WrongOutput,
            said! {
                vi: "Mỗi khung cần 50 ms tính toán, lần lượt từng khung, mà nó báo năm khung mất {took:?}, khung nhanh nhất {smallest:?}.",
                en: "Each frame costs 50 ms of work, one after the other, yet it reports {took:?} for five, and {smallest:?} for the quickest.",
            },
        ))
        .or_hint(&NO_WORK);
    }
    lab.server.stop()
}

pub(super) fn paced(trial: &mut Trial) -> Result<(), Failure> {
    Picture::new(trial, "a-1", 900)?;
    // A frame is due every 50 ms and takes 80: the next is due before the acknowledgement can be there.
    let mut lab = Lab::open_with(trial, &["serve", "--work-ms", "80"])?;
    lab.driver.load("a", 1)?;
    let since = Instant::now();
    let line = lab.driver.ask("measure window=4 millis=300 rate=20")?;
    let measured = Measured::read(&line).hint(Symptom::Complaint, &UNTIL_IS_NO_ERROR)?;
    measured.agrees(since.elapsed())?;
    trial.note(text!("và sau đó từng khung một", "and after that one at a time"));
    lab.driver.measure(1, 2).hint(Symptom::Complaint, &UNTIL_IS_NO_ERROR)?;
    lab.server.stop()
}

pub(super) fn suspended(trial: &mut Trial) -> Result<(), Failure> {
    Picture::new(trial, "c-1", FULL_HD)?;
    let mut lab = Lab::open(trial)?;
    lab.driver.load("c", 1)?;
    // Longer than all that follows once the server goes on: what a figure leaves out must show.
    let usual = lab.driver.measure(1, 2).or_hint(&NOT_CARRIED)?.took;
    let hold = usual * 2 + Duration::from_millis(40);
    let since = Instant::now();
    lab.server.suspend()?;
    lab.driver.dialogue.say("measure window=1 frames=1");
    lab.driver.dialogue.until_waits()?;
    let begun = Instant::now();
    std::thread::sleep(hold.min(LONGEST_HOLD)); // a part of the frame's time: nothing is ordered by it
    let held = begun.elapsed();
    lab.server.resume()?;
    let line = lab.driver.hear(NOTICED).or_hint(&NO_ANSWER)?;
    let measured = Measured::read(&line).or_hint(&NOT_CARRIED)?;
    measured.agrees(since.elapsed())?;
    let (took, largest) = (measured.took, measured.largest() * 102 / 100);
    if took < held {
        return Err(Failure::new(
            Symptom::WrongOutput,
            said! {
                vi: "Server bị tạm dừng {held:?} trong lúc khung đang trên đường, mà nó báo khung đã được xác nhận sau {took:?}.",
                en: "The server was suspended for {held:?} while the frame was on its way, yet it reports the acknowledgement after {took:?}.",
            },
        ))
        .or_hint(&NOT_THE_SERVER);
    }
    if largest < held {
        return Err(Failure::new(
            Symptom::WrongOutput,
            said! {
                vi: "Server bị tạm dừng {held:?} trong lúc khung đang trên đường, mà độ trễ báo ra chỉ có {largest:?}.",
                en: "The server was suspended for {held:?} while the frame was on its way, yet the latency reported is {largest:?}.",
            },
        ))
        .or_hint(&LATENCY_TOO_LATE);
    }
    lab.server.stop()
}

pub(super) fn server_gone(trial: &mut Trial) -> Result<(), Failure> {
    let picture = Picture::new(trial, "a-1", 700)?;
    let mut lab = Lab::open(trial)?;
    lab.driver.carry(1, &picture).or_hint(&NOT_CARRIED)?;
    lab.server.suspend()?;
    let line = lab.driver.sending(2, picture.checksum, &picture);
    lab.driver.dialogue.say(&line);
    lab.driver.dialogue.until_waits()?;
    lab.server.kill()?;
    // It never ran again, so it has never read a byte of that frame.
    let line = match lab.driver.hear(NOTICED).hint(Symptom::Silence, &HANGS) {
        Err(failure) if failure.symptom == Symptom::Exited => {
            return Err(failure).or_hint(&ERROR_IS_AN_ANSWER);
        }
        heard => heard?,
    };
    if line.starts_with("error") {
        return Ok(());
    }
    Err(not_as_agreed("error …", &line)).or_hint(&NOT_THE_SERVER)
}

pub(super) fn next_driver(trial: &mut Trial) -> Result<(), Failure> {
    let picture = Picture::new(trial, "a-1", 700)?;
    let mut lab = Lab::open(trial)?;
    lab.driver.carry(1, &picture).or_hint(&NOT_CARRIED)?;
    lab.driver.dialogue.hang_up()?.expect_success()?;
    let mut next = Driver::connect(trial, &lab.server).or_hint(&ONE_DRIVER_ONLY)?;
    next.carry(1, &picture).or_hint(&ONE_DRIVER_ONLY)?;
    lab.server.stop()
}

pub(super) fn cut_frame(trial: &mut Trial) -> Result<(), Failure> {
    let picture = Picture::new(trial, "c-1", FULL_HD)?;
    let small = Picture::new(trial, "a-1", 700)?;
    let lab = Lab::open(trial)?;
    lab.server.while_suspended(|| {
        lab.driver.dialogue.say(&lab.driver.sending(1, picture.checksum, &picture));
        lab.driver.dialogue.until_waits()?;
        lab.driver.dialogue.kill();
        Ok(())
    })?;
    let mut next = Driver::connect(trial, &lab.server).or_hint(&ONE_ERROR_ENDS_ALL)?;
    next.carry(2, &small).or_hint(&ONE_ERROR_ENDS_ALL)?;
    lab.server.stop().or_hint(&ONE_ERROR_ENDS_ALL)
}

pub(super) fn stranger(trial: &mut Trial) -> Result<(), Failure> {
    let picture = Picture::new(trial, "a-1", 700)?;
    let server = trial.start_anywhere(&["serve"])?;
    trial.note(text!(
        "người lạ gọi tới: byte bừa, 24 MiB toàn ff, rồi đi",
        "strangers call: random bytes, 24 MiB of ff, and leave",
    ));
    let noise = trial.rng().bytes(1400);
    shout(&server, &noise, 1);
    shout(&server, &[0xff; 64 * 1024], 24 * 16);
    shout(&server, &[], 0);
    let mut driver = Driver::connect(trial, &server).or_hint(&STRANGER_ENDS_ALL)?;
    driver.carry(1, &picture).or_hint(&STRANGER_ENDS_ALL)?;
    server.stop().or_hint(&STRANGER_ENDS_ALL)
}

pub(super) fn stdin_ends(trial: &mut Trial) -> Result<(), Failure> {
    let picture = Picture::new(trial, "a-1", 700)?;
    let mut lab = Lab::open(trial)?;
    lab.driver.carry(1, &picture).or_hint(&NOT_CARRIED)?;
    lab.server.hang_up().and_then(|ended| ended.expect_success()).or_hint(&STAYS_BEHIND)
}

/// Says `words` so many `times` to whatever listens there, for as long as it takes them.
fn shout(server: &Server<String>, words: &[u8], times: usize) {
    /// Who does not read for so long is not told more.
    const PATIENCE: Duration = Duration::from_millis(500);
    let Ok(address) = server.address.parse::<SocketAddr>() else {
        #[cfg(unix)]
        if let Ok(stream) = std::os::unix::net::UnixStream::connect(&server.address) {
            let _ = stream.set_write_timeout(Some(PATIENCE));
            repeat(stream, words, times);
        }
        return;
    };
    match TcpStream::connect_timeout(&address, PATIENCE) {
        Ok(stream) => {
            let _ = stream.set_write_timeout(Some(PATIENCE));
            repeat(stream, words, times);
        }
        // Datagrams, then. Nobody answers for them.
        Err(_) => {
            if let Ok(socket) = UdpSocket::bind((address.ip(), 0)) {
                let _ = socket.send_to(&words[..words.len().min(60_000)], address);
            }
        }
    }
}

fn repeat(mut stream: impl Write, words: &[u8], times: usize) {
    for _ in 0..times {
        if stream.write_all(words).is_err() {
            return;
        }
    }
}
