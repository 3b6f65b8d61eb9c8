//! The conversations with a resolver about what it asks, and when it asks again.

use super::dns::{ANSWER, Answer, NXDOMAIN, QUESTION, SERVFAIL, TC, TXT};
use super::exchange::{Exchange, RIGHT, expect_failure_reported};
use super::hints::*;
use crate::{CheckRun, Explain, Failure, Symptom, sentence};

/// How often the specification lets a query be sent.
const TRIES: usize = 3;

pub(super) fn asks(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    exchange.expect_query()?;
    exchange.answer(Answer::to(&exchange.request.bytes).address(RIGHT).bytes())?;
    exchange.expect_printed(&[RIGHT]).or_hint(&PRINT)
}

pub(super) fn all_addresses(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    let addresses = [[192, 0, 2, 200], RIGHT, [203, 0, 113, 255]];
    let answer = addresses.iter().fold(Answer::to(&exchange.request.bytes), |answer, address| answer.address(*address));
    exchange.answer(answer.bytes())?;
    exchange.expect_printed(&addresses).or_hint(&ALL)
}

pub(super) fn random_id(check: &mut CheckRun) -> Result<(), Failure> {
    let mut ids = Vec::new();
    for _ in 0..3 {
        let exchange = Exchange::start(check)?;
        ids.push(exchange.request.bytes.get(..2).map(<[u8]>::to_vec));
        exchange.answer(Answer::to(&exchange.request.bytes).address(RIGHT).bytes())?;
        exchange.expect_printed(&[RIGHT]).or_hint(&PRINT)?;
    }
    if ids.iter().any(|id| *id != ids[0]) {
        return Ok(());
    }
    let what = sentence! {
        vi: "Ba lần chạy, ba câu hỏi, cùng một mã số.",
        en: "Three runs, three queries, one and the same id.",
    };
    Err(Failure::new(Symptom::WrongBytes, what)).or_hint(&RANDOM_ID)
}

pub(super) fn refuses_names(check: &mut CheckRun) -> Result<(), Failure> {
    let label = check.rng().word(63);
    let long = [&*label, &label, &label, &check.rng().word(62)].join(".");
    for name in [format!("{label}x.test"), long, "a..test".to_owned(), String::new()] {
        let server = check.datagram_socket()?;
        let client = check.start_client(&[server.address().to_string(), name])?;
        expect_failure_reported(&client).or_hint(&NAMES)?;
        server.expect_nothing().or_hint(&NAMES)?;
    }
    Ok(())
}

pub(super) fn longest_names(check: &mut CheckRun) -> Result<(), Failure> {
    let label = check.rng().word(63);
    let longest = [&*label, &label, &label, &check.rng().word(61)].join(".");
    for (given, asked) in [(longest.clone(), longest), ("www.test.".to_owned(), "www.test".to_owned())] {
        let server = check.datagram_socket()?;
        let client = check.start_client(&[server.address().to_string(), given])?;
        let exchange = Exchange::of(server, client, asked).or_hint(&NAMES)?;
        exchange.expect_query()?;
        exchange.answer(Answer::to(&exchange.request.bytes).address(RIGHT).bytes())?;
        exchange.expect_printed(&[RIGHT]).or_hint(&NAMES)?;
    }
    Ok(())
}

pub(super) fn asks_again(check: &mut CheckRun) -> Result<(), Failure> {
    let mut exchange = Exchange::start(check)?;
    check.note(sentence! { vi: "tôi im lặng, như thể câu hỏi bị mất", en: "I stay silent, as if the query was lost" });
    let first = exchange.request.bytes.clone();
    exchange.request = exchange.server.receive_from(&exchange.client).or_hint(&AGAIN)?;
    if exchange.request.bytes != first {
        let what = sentence! {
            vi: "Lần hỏi lại không phải đúng datagram lần đầu.",
            en: "The second try is not the datagram of the first.",
        };
        return Err(Failure::new(Symptom::WrongBytes, what)).or_hint(&AGAIN);
    }
    exchange.answer(Answer::to(&first).address(RIGHT).bytes())?;
    exchange.expect_printed(&[RIGHT]).or_hint(&AGAIN)
}

pub(super) fn gives_up(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    check.note(sentence! { vi: "tôi không trả lời câu nào", en: "I answer none" });
    let queries = 1 + exchange.server.count_until_end(&exchange.client)?;
    expect_failure_reported(&exchange.client).or_hint(&GIVES_UP)?;
    expect_tries(queries).or_hint(&GIVES_UP)
}

pub(super) fn keeps_its_deadline(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    let mut noise = Answer::to(&exchange.request.bytes).address(RIGHT).bytes();
    noise[0] ^= 0xff;
    let queries = 1 + exchange.server.send_noise(&noise, &exchange.request, &exchange.client)?;
    expect_failure_reported(&exchange.client).hint(Symptom::StillRunning, &DEADLINE).or_hint(&NOT_MINE)?;
    expect_tries(queries).or_hint(&DEADLINE)
}

fn expect_tries(queries: usize) -> Result<(), Failure> {
    if queries == TRIES {
        return Ok(());
    }
    let what = sentence! {
        vi: "Không có câu trả lời nào, và chương trình hỏi {queries} lần (đặc tả: {TRIES}).",
        en: "There was no answer, and the program asked {queries} times (the specification: {TRIES}).",
    };
    Err(Failure::new(Symptom::UnexpectedConnection, what))
}

pub(super) fn refused(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.datagram_socket()?;
    server.close_port()?;
    let client = check.start_client(&[server.address().to_string(), "www.test".to_owned()])?;
    expect_failure_reported(&client).or_hint(&REFUSED)
}

pub(super) fn no_such_name(check: &mut CheckRun) -> Result<(), Failure> {
    fails_on(check, |query| Answer::to(query).flags(ANSWER | NXDOMAIN).bytes()).or_hint(&RCODE)
}

pub(super) fn server_failure(check: &mut CheckRun) -> Result<(), Failure> {
    // The records of a failed answer mean nothing.
    fails_on(check, |query| Answer::to(query).flags(ANSWER | SERVFAIL).address(RIGHT).bytes()).or_hint(&RCODE)
}

pub(super) fn truncated(check: &mut CheckRun) -> Result<(), Failure> {
    fails_on(check, |query| Answer::to(query).flags(ANSWER | TC).address(RIGHT).bytes()).or_hint(&TRUNCATED)
}

pub(super) fn no_address(check: &mut CheckRun) -> Result<(), Failure> {
    fails_on(check, |query| Answer::to(query).bytes()).or_hint(&NO_ADDRESS)?;
    fails_on(check, |query| Answer::to(query).record(QUESTION, TXT, b"\x02hi").bytes()).or_hint(&NO_ADDRESS)
}

/// An answer after which there is nothing to print.
pub(super) fn fails_on(check: &mut CheckRun, answer: impl Fn(&[u8]) -> Vec<u8>) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    exchange.answer(answer(&exchange.request.bytes))?;
    expect_failure_reported(&exchange.client)
}
