//! The conversations with a program that measures. We are what it measures, and know what really happened.

use std::time::Duration;

use super::hints::*;
use super::participants::{FRAMES_PER_ROUND, Misbehaviour, Plan};
use super::run::{NAMES, Rate, Reported, Run, wrong};
use super::{ROUNDS, WARM_UP};
use crate::{CheckRun, Explain, Failure, Hint, Symptom, Text, sentence};

pub(super) fn predicts_first(check: &mut CheckRun) -> Result<(), Failure> {
    check.note(Text {
        vi: "không ứng viên nào trả lời trước khi tôi đọc được PREDICTED",
        en: "no candidate answers before I have read PREDICTED",
    });
    let mut run = Run::start(check, &NAMES, &[])?;
    let plans = NAMES.iter().map(|_| Plan::taking(0)).collect();
    run.finish(plans).map(drop)
}

pub(super) fn measures(check: &mut CheckRun) -> Result<(), Failure> {
    let names = ["slow-work", "plain", "stall"];
    let mut run = Run::start(check, &names, &[])?;
    let report = run.finish([10, 0, 20].map(Plan::taking).to_vec())?;
    for name in names {
        run.expect_measured(&report, name)?;
        run.rate(&report, name)?.expect_right()?;
    }
    Ok(())
}

pub(super) fn numbers(check: &mut CheckRun) -> Result<(), Failure> {
    let names = ["plain", "slow-work"];
    let mut run = Run::start(check, &names, &[])?;
    let report = run.finish([0, 2].map(Plan::taking).to_vec())?;
    for name in names {
        run.expect_measured(&report, name)?;
    }
    let seen = run.participants.seen();
    match seen.windows(2).find(|pair| pair[1].number != pair[0].number.wrapping_add(1)) {
        None => Ok(()),
        Some(pair) => {
            let (one, next) = (pair[0].number, pair[1].number);
            Err(wrong(sentence! {
                vi: "Sau khung số {one} là khung số {next}.",
                en: "After frame {one} comes frame {next}.",
            }))
            .or_hint(&NUMBERS_RISE)
        }
    }
}

pub(super) fn warm_up(check: &mut CheckRun) -> Result<(), Failure> {
    let names = ["cold", "slow-work"];
    let mut run = Run::start(check, &names, &[])?;
    let cold = Plan { cold: Duration::from_millis(100), ..Plan::taking(8) };
    let report = run.finish(vec![cold, Plan::taking(12)])?;
    run.expect_measured(&report, "cold")?;
    match run.rate(&report, "cold")? {
        Rate::TooLow(what) => Err(wrong(what)).or_hint(&WARM_UP_COUNTED),
        other => other.expect_right(),
    }
}

pub(super) fn rotation(check: &mut CheckRun) -> Result<(), Failure> {
    let names = ["plain", "cold", "slow-work", "stall"];
    let mut run = Run::start(check, &names, &[])?;
    let report = run.finish([0, 1, 2, 3].map(Plan::taking).to_vec())?;
    for name in names {
        run.expect_measured(&report, name)?;
    }
    let due: Vec<usize> =
        (0..ROUNDS).flat_map(|turn| (0..names.len()).map(move |place| (turn + place) % names.len())).collect();
    let came: Vec<usize> = run.participants.seen().chunks(FRAMES_PER_ROUND).map(|round| round[0].place).collect();
    let mixed = run
        .participants
        .seen()
        .chunks(FRAMES_PER_ROUND)
        .any(|round| round.iter().any(|seen| seen.place != round[0].place));
    if came == due && !mixed {
        return Ok(());
    }
    let shown = |order: &[usize]| order.iter().take(8).map(|place| names[*place]).collect::<Vec<_>>().join(", ");
    let (came, due) = (shown(&came), shown(&due));
    Err(wrong(sentence! {
        vi: "Thứ tự đo là {came}…; lẽ ra {due}…",
        en: "The order of measuring was {came}, …; it should be {due}, …",
    }))
    .or_hint(&NOT_ROTATED)
}

pub(super) fn median(check: &mut CheckRun) -> Result<(), Failure> {
    let names = ["plain", "slow-work"];
    let mut run = Run::start(check, &names, &[])?;
    check.note(Text {
        vi: "slow-work: một vòng may (0 ms mỗi khung), một vòng xui (160 ms), còn lại 8 ms",
        en: "slow-work: one lucky round (0 ms a frame), one unlucky (160 ms), the others 8 ms",
    });
    // 160 ms are so many times the others that a busy machine, which adds a little to each, cannot hide them.
    let mut uneven = Plan::taking(8);
    uneven.work[1] = Duration::ZERO;
    uneven.work[3] = Duration::from_millis(160);
    let report = run.finish(vec![Plan::taking(0), uneven])?;
    run.expect_measured(&report, "slow-work")?;
    match run.rate(&report, "slow-work")? {
        Rate::Right => Ok(()),
        Rate::TooHigh(what) | Rate::TooLow(what) => Err(wrong(what)).or_hint(&NOT_THE_MEDIAN),
    }
}

pub(super) fn ranking(check: &mut CheckRun) -> Result<(), Failure> {
    let names = ["stall", "plain", "slow-work", "cold"];
    let mut run = Run::start(check, &names, &[])?;
    let report = run.finish([20, 0, 8, 3].map(Plan::taking).to_vec())?;
    for name in names {
        run.expect_measured(&report, name)?;
    }
    expect_ranking(&report)
}

pub(super) fn explains(check: &mut CheckRun) -> Result<(), Failure> {
    let mut run = Run::start(check, &NAMES, &[])?;
    check.note(Text {
        vi: "tôi làm ngược lời đoán: ai đoán nhanh nhất thì chậm nhất",
        en: "I turn the prediction round: who is predicted fastest is slowest",
    });
    // The middle one stands where it was predicted, and needs no explanation.
    let millis = [32, 16, 8, 4, 0];
    let plan = |name: &str| {
        let place = run.predicted.iter().position(|one| one == name);
        Plan::taking(place.and_then(|place| millis.get(place).copied()).unwrap_or_default())
    };
    let plans = NAMES.iter().map(|name| plan(name)).collect();
    let report = run.finish(plans)?;
    expect_ranking(&report)?;
    // By our own clock, too: on a machine that is too busy the middle one may have moved, and then nothing is asked.
    let mut medians = Vec::new();
    for name in &run.predicted {
        let mut took = run.participants.took(run.place(name)?);
        took.sort();
        medians.push((took.get(ROUNDS / 2).copied(), name));
    }
    medians.sort();
    if medians.get(2).map(|(_, name)| *name) != run.predicted.get(2) {
        return Err(Failure::infra("explains", &"this machine is too busy to keep five candidates apart"));
    }
    let due: Vec<&String> =
        report.ranking.iter().zip(&run.predicted).filter(|(one, other)| one != other).map(|(one, _)| one).collect();
    let came: Vec<&String> = report.because.iter().map(|(name, _)| name).collect();
    if came != due {
        let list = |names: &[&String]| names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
        let (came, due) = (list(&came), list(&due));
        return Err(wrong(sentence! {
            vi: "Đứng khác chỗ đã đoán là {due}; chương trình giải thích cho: {came}.",
            en: "Elsewhere than predicted stand {due}; the program explains: {came}.",
        }))
        .or_hint(&WHO_IS_EXPLAINED);
    }
    for (place, (name, sentence)) in report.because.iter().enumerate() {
        let again = report.because[..place].iter().any(|(_, other)| other == sentence);
        if again || sentence.split(' ').count() < 3 {
            return Err(wrong(sentence! {
                vi: "Lời giải thích cho {name} là \"{sentence}\": quá ngắn, hay giống hệt của ứng viên khác.",
                en: "The explanation of {name} is \"{sentence}\": too short, or the same as another's.",
            }))
            .or_hint(&NO_EXPLANATION);
        }
    }
    Ok(())
}

pub(super) fn reconnects(check: &mut CheckRun) -> Result<(), Failure> {
    let names = ["per-connection", "plain"];
    let mut run = Run::start(check, &names, &[])?;
    check.note(Text {
        vi: "per-connection đóng kết nối sau mỗi lời xác nhận",
        en: "per-connection closes after each acknowledgement",
    });
    let report = run.finish(vec![Plan { closes: true, ..Plan::taking(6) }, Plan::taking(0)])?;
    let rate =
        run.rate(&report, "per-connection").hint(Symptom::UnexpectedError, &CLOSES_AFTERWARDS).or_hint(&HOW_MANY)?;
    rate.expect_right()?;
    run.expect_measured(&report, "plain")
}

pub(super) fn wrong_checksum(check: &mut CheckRun) -> Result<(), Failure> {
    // Once in the warm-up of some round, and once among the frames that count.
    for (first, last) in [(0, WARM_UP - 1), (WARM_UP, FRAMES_PER_ROUND - 1)] {
        let place = check.rng().between(0, ROUNDS - 1) * FRAMES_PER_ROUND + check.rng().between(first, last);
        check.note(sentence! {
            vi: "slow-work xác nhận sai checksum ở khung thứ {place} của nó (đếm từ 0, {FRAMES_PER_ROUND} khung một vòng)",
            en: "slow-work acknowledges a wrong checksum at its frame {place} (counted from 0, {FRAMES_PER_ROUND} in a round)",
        });
        expect_disbelieved(check, (place, Misbehaviour::OtherChecksum), &BELIEVES_ANYTHING)?;
    }
    Ok(())
}

pub(super) fn wrong_number(check: &mut CheckRun) -> Result<(), Failure> {
    // In a round in which others have their turn after it.
    let round = [0, 1, 3, 4][check.rng().between(0, 3)];
    let place = round * FRAMES_PER_ROUND + check.rng().between(0, FRAMES_PER_ROUND - 1);
    check.note(sentence! {
        vi: "slow-work xác nhận số của khung khác ở khung thứ {place} của nó (đếm từ 0, {FRAMES_PER_ROUND} khung một vòng)",
        en: "slow-work acknowledges another frame's number at its frame {place} (counted from 0, {FRAMES_PER_ROUND} in a \
         round)",
    });
    expect_disbelieved(check, (place, Misbehaviour::OtherNumber), &BELIEVES_ANYTHING)
}

pub(super) fn silent(check: &mut CheckRun) -> Result<(), Failure> {
    let place = check.rng().between(0, FRAMES_PER_ROUND);
    check.note(sentence! {
        vi: "từ khung thứ {place} (đếm từ 0), slow-work không trả lời nữa, và không đóng",
        en: "from its frame {place} on (counted from 0), slow-work answers no more, and does not close",
    });
    expect_disbelieved(check, (place, Misbehaviour::Silence), &SILENCE_IS_A_RESULT)
}

pub(super) fn closes_unanswered(check: &mut CheckRun) -> Result<(), Failure> {
    check.note(Text {
        vi: "slow-work nhận khung rồi đóng, không xác nhận, lần nào cũng vậy",
        en: "slow-work takes a frame and closes without acknowledging it, each time",
    });
    expect_disbelieved(check, (0, Misbehaviour::Closing), &CALLS_FOR_EVER)
}

pub(super) fn refuses(check: &mut CheckRun) -> Result<(), Failure> {
    let closed = check.refusing_address()?;
    let mut run = Run::start(check, &["plain", "stall"], &[("slow-work", closed.address())])?;
    check.note(Text {
        vi: "ở địa chỉ của slow-work không có ai lắng nghe",
        en: "no socket listens on the address of slow-work",
    });
    let report = run.finish([0, 2].map(Plan::taking).to_vec()).or_hint(&DIES)?;
    run.expect_invalid(&report, "slow-work").or_hint(&DIES)?;
    rest_is_measured(&run, &report)
}

/// `slow-work` is not to be believed, because of what it does `at` some frame; the others are.
fn expect_disbelieved(check: &mut CheckRun, at: (usize, Misbehaviour), hint: &'static Hint) -> Result<(), Failure> {
    let mut run = Run::start(check, &["plain", "slow-work", "stall"], &[])?;
    let liar = Plan { at: Some(at), ..Plan::taking(1) };
    let report = run.finish_or(vec![Plan::taking(0), liar, Plan::taking(2)], hint)?;
    run.expect_invalid(&report, "slow-work").or_hint(hint)?;
    rest_is_measured(&run, &report)
}

fn rest_is_measured(run: &Run, report: &Reported) -> Result<(), Failure> {
    for name in ["plain", "stall"] {
        run.is_measured(report, name).or_hint(&REST_IS_MEASURED)?;
    }
    Ok(())
}

/// The ranking agrees with the program's own figures.
fn expect_ranking(report: &Reported) -> Result<(), Failure> {
    let rate = |name: &String| report.measured.iter().find(|one| one.name == *name).map_or(0.0, |one| one.rate);
    let complete = report.ranking.len() == report.measured.len()
        && report.measured.iter().all(|one| report.ranking.contains(&one.name));
    if complete && report.ranking.iter().is_sorted_by(|one, next| rate(one) >= rate(next)) {
        return Ok(());
    }
    Err(wrong(sentence! {
        vi: "RANKING không theo các dòng MEASURED: phải có đủ ai đã đo, nhiều khung một giây nhất đứng đầu.",
        en: "RANKING does not follow the lines MEASURED: it must have all that were measured, the most frames a \
         second first.",
    }))
    .or_hint(&RANKED_WRONGLY)
}
