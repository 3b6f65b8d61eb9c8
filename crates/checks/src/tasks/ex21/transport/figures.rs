//! Can its figures be believed? They are compared with each other, with what we did meanwhile, and with our clock.

use std::time::{Duration, Instant};

use super::hints::*;
use super::lab::{FULL_HD, Lab, Measurement, NOTICE_TIMEOUT, Picture, shown};
use crate::{CheckRun, Explain, Failure, Symptom, Text, sentence};

/// So long a server stays suspended at most.
const LONGEST_HOLD: Duration = Duration::from_secs(2);

pub(super) fn measures(check: &mut CheckRun) -> Result<(), Failure> {
    for (index, length) in [1200, 40_000, 0].into_iter().enumerate() {
        Picture::new(check, &format!("a-{index}"), length)?;
    }
    let mut lab = Lab::open(check)?;
    lab.driver.load("a", 3)?;
    for (window, frames) in [(1, 10), (4, 50)] {
        lab.driver.measure(window, frames).or_hint(&SEVERAL_AT_ONCE)?;
    }
    lab.server.stop()
}

pub(super) fn several_at_once(check: &mut CheckRun) -> Result<(), Failure> {
    for index in 0..4 {
        Picture::new(check, &format!("a-{index}"), 300 + index)?;
    }
    let mut lab = Lab::open(check)?;
    lab.driver.load("a", 4)?;
    // All four wait in the kernel before the server sees the first.
    let since = Instant::now();
    lab.server.while_suspended(|| {
        lab.driver.process.send_line("measure window=4 frames=8");
        lab.driver.process.wait_idle()
    })?;
    let line = lab.driver.receive(NOTICE_TIMEOUT).or_hint(&SEVERAL_AT_ONCE)?;
    let measured = Measurement::read(&line).or_hint(&SEVERAL_AT_ONCE)?;
    measured.agrees(since.elapsed())?;
    lab.server.stop()
}

pub(super) fn window(check: &mut CheckRun) -> Result<(), Failure> {
    Picture::new(check, "a-1", 900)?;
    // Work makes frames wait: a driver that ignores the window has all of them on their way.
    let mut lab = Lab::open_with(check, &["serve", "--work-ms", "10"])?;
    lab.driver.load("a", 1)?;
    for window in [1, 4] {
        let measured = lab.driver.measure(window, 24).or_hint(&SEVERAL_AT_ONCE)?;
        // At no time are more than `window` frames on their way, so that their times add up to no more than
        // `window` times the whole (Little's law).
        let (sum, took) = (measured.sum(), measured.took);
        if sum > took * window as u32 {
            let (sum, took) = (shown(sum), shown(took));
            return Err(Failure::new(
                Symptom::WrongOutput,
                sentence! {
                    vi: "window={window}, cả lần đo mất {took}, mà thời gian trên đường của các khung cộng lại là \
                     {sum}: có lúc hơn {window} khung chưa được xác nhận.",
                    en: "window={window} and all of it took {took}, yet the times of the frames on their way add \
                     up to {sum}: at some time more than {window} of them were unacknowledged.",
                },
            ))
            .or_hint(&NO_WINDOW);
        }
    }
    lab.server.stop()
}

pub(super) fn work(check: &mut CheckRun) -> Result<(), Failure> {
    // So long that no pause of a busy machine is taken for it.
    const WORK: Duration = Duration::from_millis(200);
    const FRAMES: u32 = 3;
    Picture::new(check, "a-1", 900)?;
    let mut lab = Lab::open_with(check, &["serve", "--work-ms", "200"])?;
    lab.driver.load("a", 1)?;
    let measured = lab.driver.measure(1, FRAMES.into()).or_hint(&NOT_CARRIED)?;
    let (took, smallest) = (measured.took, measured.smallest());
    if took < WORK * FRAMES || smallest < WORK {
        let (took, smallest) = (shown(took), shown(smallest));
        return Err(Failure::new(
            Symptom::WrongOutput,
            sentence! {
                vi: "Mỗi khung cần 200 ms tính toán, lần lượt từng khung, mà nó báo ba khung mất {took}, khung \
                 nhanh nhất {smallest}.",
                en: "Each frame costs 200 ms of work, one after the other, yet it reports {took} for three, and \
                 {smallest} for the quickest.",
            },
        ))
        .or_hint(&NO_WORK);
    }
    lab.server.stop()
}

pub(super) fn paced(check: &mut CheckRun) -> Result<(), Failure> {
    Picture::new(check, "a-1", 900)?;
    // A frame is due every 50 ms and takes 80: the next is due before the acknowledgement can be there.
    let mut lab = Lab::open_with(check, &["serve", "--work-ms", "80"])?;
    lab.driver.load("a", 1)?;
    let since = Instant::now();
    let line = lab.driver.ask("measure window=4 millis=300 rate=20")?;
    let measured = Measurement::read(&line).hint(Symptom::UnexpectedError, &UNTIL_IS_NO_ERROR)?;
    measured.agrees(since.elapsed())?;
    check.note(Text { vi: "và sau đó từng khung một", en: "and after that one at a time" });
    lab.driver.measure(1, 2).hint(Symptom::UnexpectedError, &UNTIL_IS_NO_ERROR)?;
    lab.server.stop()
}

pub(super) fn suspended(check: &mut CheckRun) -> Result<(), Failure> {
    Picture::new(check, "c-1", FULL_HD)?;
    let mut lab = Lab::open(check)?;
    lab.driver.load("c", 1)?;
    // Longer than all that follows once the server goes on: what a figure leaves out must show.
    let usual = lab.driver.measure(1, 2).or_hint(&NOT_CARRIED)?.took;
    lab.server.stop()?;
    // A connection on which nothing was read yet: once a receive buffer has grown (tcp(7), tcp_moderate_rcvbuf), the
    // kernel takes the whole frame at once, and a write that ends early is no mistake to be seen.
    let mut lab = Lab::open(check)?;
    lab.driver.load("c", 1)?;
    let hold = usual * 2 + Duration::from_millis(40);
    let since = Instant::now();
    lab.server.suspend()?;
    lab.driver.process.send_line("measure window=1 frames=1");
    lab.driver.process.wait_idle()?;
    let begun = Instant::now();
    std::thread::sleep(hold.min(LONGEST_HOLD)); // a part of the frame's time: nothing is ordered by it
    let held = begun.elapsed();
    lab.server.resume()?;
    let line = lab.driver.receive(NOTICE_TIMEOUT).or_hint(&NO_ANSWER)?;
    let measured = Measurement::read(&line).or_hint(&NOT_CARRIED)?;
    measured.agrees(since.elapsed())?;
    let (took, largest) = (measured.took, measured.largest() * 102 / 100);
    if took < held {
        let (took, held) = (shown(took), shown(held));
        return Err(Failure::new(
            Symptom::WrongOutput,
            sentence! {
                vi: "Server bị tạm dừng {held} trong lúc khung đang trên đường, mà nó báo khung đã được xác nhận \
                 sau {took}.",
                en: "The server was suspended for {held} while the frame was on its way, yet it reports the \
                 acknowledgement after {took}.",
            },
        ))
        .or_hint(&NOT_THE_SERVER);
    }
    if largest < held {
        let (largest, held) = (shown(largest), shown(held));
        return Err(Failure::new(
            Symptom::WrongOutput,
            sentence! {
                vi: "Server bị tạm dừng {held} trong lúc khung đang trên đường, mà độ trễ báo ra chỉ có {largest}.",
                en: "The server was suspended for {held} while the frame was on its way, yet the latency reported \
                 is {largest}.",
            },
        ))
        .or_hint(&LATENCY_TOO_LATE);
    }
    lab.server.stop()
}
