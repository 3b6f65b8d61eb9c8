//! What every transport has to do: carry whole frames of every length, say what has arrived, and measure.

use libtest_mimic::Trial;
use narrate::testing::{Failed, must};

use crate::ends::{Driver, Frames, Server};

/// Nothing, one byte, both sides of 64 KiB, more than it, and raw pictures of 640 x 480 and of 1920 x 1080.
const LENGTHS: [usize; 7] = [0, 1, 65_535, 65_536, 70_000, 921_600, 6_220_800];
/// The longest frame that there is.
const LIMIT: usize = 16 << 20;

/// The tests of one transport.
pub fn trials(name: &'static str) -> [Trial; 2] {
    [
        Trial::test(format!("{name} acknowledges what has arrived"), move || acknowledges(name)),
        Trial::test(format!("{name} measures"), move || measures(name)),
    ]
}

fn acknowledges(name: &str) -> Result<(), Failed> {
    let (server, frames) = (Server::start(name)?, Frames::new()?);
    let mut driver = Driver::start(name, &server, &frames)?;
    for (number, length) in (1..).zip(LENGTHS) {
        driver.send(number * 1_000_000_007, length, false, &frames)?;
        // A server that answers with what it was told does so at any length: the large ones need not go twice.
        if length <= 70_000 {
            driver.send(number * 1_000_000_007, length, true, &frames)?;
        }
    }
    driver.send(u64::MAX, LIMIT, false, &frames)
}

fn measures(name: &str) -> Result<(), Failed> {
    let (server, frames) = (Server::start(name)?, Frames::new()?);
    frames.file("mixed-0.bin", 49_635)?;
    frames.file("mixed-1.bin", 300_000)?;
    frames.file("mixed-2.bin", 3)?;
    let mut driver = Driver::start(name, &server, &frames)?;
    let answer = driver.ask("load mixed")?;
    must(answer == "loaded 3", || answer)?;
    for (line, least, most) in [
        ("measure window=1 frames=20", 20, 20),
        ("measure window=8 frames=50", 50, 50),
        ("measure window=12 frames=30", 30, 30),
        ("measure window=2 millis=50", 1, u64::MAX),
        // Open loop: a frame is due every 5 ms, from the start on, before 50 ms are over.
        ("measure window=2 millis=50 rate=200", 1, 10),
        ("measure window=1 frames=1", 1, 1),
    ] {
        let answer = driver.ask(line)?;
        let wrong = |why: &str| format!("{line}: {why}: {answer}");
        let (count, latencies) = measured(&answer).ok_or_else(|| wrong("“measured FRAMES NANOSECONDS LATENCIES”"))?;
        must((least..=most).contains(&count), || wrong(&format!("{least} to {most} frames")))?;
        must(latencies == count, || wrong("a latency for each frame"))?;
    }
    Ok(())
}

/// The number of frames in an answer, and the number of latencies.
fn measured(answer: &str) -> Option<(u64, u64)> {
    let mut words = answer.strip_prefix("measured ")?.split(' ');
    let (count, _nanoseconds) = (words.next()?.parse().ok()?, words.next()?.parse::<u64>().ok()?);
    let pairs = words.next()?.split(',').map(|pair| pair.split_once(':')?.1.parse::<u64>().ok());
    Some((count, pairs.sum::<Option<u64>>()?))
}
