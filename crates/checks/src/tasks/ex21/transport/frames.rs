//! Whether frames arrive. Nothing is known of a program's own wire format: all questions go through the two
//! command lines of the contract.

use super::hints::*;
use super::lab::{Driver, FULL_HD, Lab, Picture, not_as_agreed};
use crate::{CheckRun, Explain, Failure, Symptom, Text, sentence};

/// The longest payload.
const MOST: usize = 16 * 1024 * 1024;

pub(super) fn one_frame(check: &mut CheckRun) -> Result<(), Failure> {
    let length = check.rng().between(200, 900);
    let picture = Picture::new(check, "a-1", length)?;
    let mut lab = Lab::open(check)?;
    // Not 1: a program that counts by itself shows.
    for number in [4_000_000_007, 4_000_000_008] {
        lab.driver
            .carry(number, &picture)
            .hint(Symptom::WrongOutput, &NOT_ITS_NUMBER)
            .hint(Symptom::Silence, &NO_ANSWER)
            .or_hint(&NOT_CARRIED)?;
    }
    lab.server.stop()
}

pub(super) fn what_arrived(check: &mut CheckRun) -> Result<(), Failure> {
    let small = Picture::new(check, "a-1", 3000)?;
    let large = Picture::new(check, "b-1", 300_000)?;
    let mut lab = Lab::open(check)?;
    check.note(Text { vi: "checksum báo trước là bịa", en: "the announced checksum is a lie" });
    for (number, picture) in [(1, &small), (2, &large)] {
        let lie = check.rng().next_u64();
        lab.driver
            .carry_announced(number, lie, picture)
            .hint(Symptom::WrongOutput, &BELIEVES)
            .or_hint(&REFUSES_THE_LIE)?;
    }
    lab.server.stop()
}

pub(super) fn empty(check: &mut CheckRun) -> Result<(), Failure> {
    let (nothing, after) = (Picture::new(check, "a-1", 0)?, Picture::new(check, "a-2", 500)?);
    let mut lab = Lab::open(check)?;
    lab.driver.carry(1, &after).or_hint(&NOT_CARRIED)?;
    check.note(Text { vi: "khung tiếp theo rỗng", en: "the next frame is empty" });
    lab.driver.carry(2, &nothing).or_hint(&EMPTY_IS_A_FRAME)?;
    lab.driver.carry(3, &after).or_hint(&EMPTY_IS_A_FRAME)?;
    lab.server.stop()
}

pub(super) fn sizes(check: &mut CheckRun) -> Result<(), Failure> {
    let mut pictures = Vec::new();
    for (index, length) in [1, 65_535, 65_536, 65_537, 70_000, 131_072].into_iter().enumerate() {
        pictures.push((index as u64, length, Picture::new(check, &format!("a-{index}"), length)?));
    }
    let mut lab = Lab::open(check)?;
    for (number, length, picture) in &pictures {
        check.note(sentence! { vi: "khung dài {length} byte", en: "a frame of {length} bytes" });
        lab.driver.carry(*number, picture).or_hint(&LENGTH_WRAPS)?;
    }
    lab.server.stop()
}

pub(super) fn picture(check: &mut CheckRun) -> Result<(), Failure> {
    let picture = Picture::new(check, "c-1", FULL_HD)?;
    let mut lab = Lab::open(check)?;
    for number in 1..=2 {
        lab.driver.carry(number, &picture).or_hint(&LARGE_IN_PARTS)?;
    }
    lab.server.stop()
}

pub(super) fn limit(check: &mut CheckRun) -> Result<(), Failure> {
    let small = Picture::new(check, "a-1", 100)?;
    let (most, more) = (Picture::new(check, "d-1", MOST)?, Picture::new(check, "d-2", MOST + 1)?);
    let mut lab = Lab::open(check)?;
    check.note(Text { vi: "dài đúng 16 MiB", en: "exactly 16 MiB" });
    lab.driver.carry(1, &most).or_hint(&EXACTLY_THE_MOST)?;
    check.note(Text { vi: "dài hơn một byte", en: "one byte more" });
    let line = lab.driver.ask(&lab.driver.sending(2, more.checksum, &more))?;
    if !line.starts_with("error") {
        return Err(not_as_agreed("error …", &line)).or_hint(&NO_MAXIMUM);
    }
    lab.driver.process.close_stdin()?;
    let mut next = Driver::connect(check, &lab.server).or_hint(&TOO_LONG_ENDS_ALL)?;
    next.carry(3, &small).or_hint(&TOO_LONG_ENDS_ALL)?;
    lab.server.stop()
}
