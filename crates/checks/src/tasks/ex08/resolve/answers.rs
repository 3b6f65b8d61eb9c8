//! The conversations with a resolver about what it believes, and how it reads it.

use super::checks::fails_on;
use super::dns::{A, Answer, CNAME, QUESTION, TXT, labels, name, pointer, query};
use super::exchange::{Exchange, RIGHT};
use super::hints::*;
use crate::{CheckRun, Explain, Failure, Text};

/// An address that must not be believed.
const POISON: [u8; 4] = [198, 51, 100, 66];

pub(super) fn wrong_id(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    for bit in [0x01, 0x80] {
        let mut guess = Answer::to(&exchange.request.bytes).address(POISON).bytes();
        guess[usize::from(bit == 0x01)] ^= bit;
        exchange.send_answer(&guess, Text { vi: "mã số khác", en: "another id" })?;
    }
    exchange.answer(Answer::to(&exchange.request.bytes).address(RIGHT).bytes())?;
    exchange.expect_printed(&[RIGHT]).or_hint(&NOT_MINE)
}

pub(super) fn other_question(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    let id = [exchange.request.bytes[0], exchange.request.bytes[1]];
    let first = if exchange.name.starts_with('x') { "y" } else { "x" };
    let other = query(id, &format!("{first}{}", &exchange.name[1..]));
    exchange.send_answer(
        &Answer::to(&other).address(POISON).bytes(),
        Text { vi: "trả lời cho tên khác", en: "an answer about another name" },
    )?;
    // Our own query, sent back to us: it answers nothing.
    exchange.send_answer(
        &exchange.request.bytes,
        Text { vi: "chính câu hỏi, không phải trả lời", en: "the query itself, no answer" },
    )?;
    exchange.answer(Answer::to(&exchange.request.bytes).address(RIGHT).bytes())?;
    exchange.expect_printed(&[RIGHT]).or_hint(&NOT_MINE)
}

pub(super) fn stranger(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    let stranger = check.datagram_socket()?;
    let poison = Answer::to(&exchange.request.bytes).address(POISON).bytes();
    stranger.send_to(&poison, exchange.request.from, Text { vi: "người lạ trả lời", en: "a stranger's answer" })?;
    exchange.answer(Answer::to(&exchange.request.bytes).address(RIGHT).bytes())?;
    exchange.expect_printed(&[RIGHT]).or_hint(&STRANGER)
}

pub(super) fn short_messages(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    let answer = Answer::to(&exchange.request.bytes).address(RIGHT).bytes();
    for length in [0, 1, 3, 11, 12, exchange.request.bytes.len() - 1] {
        exchange
            .send_answer(&answer[..length], Text { vi: "quá ngắn để là câu trả lời", en: "too short for an answer" })?;
    }
    exchange.answer(answer)?;
    exchange.expect_printed(&[RIGHT]).or_hint(&TOO_SHORT)
}

pub(super) fn other_case(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    let shouted = exchange.name.to_uppercase();
    let answer = Answer::to(&query([exchange.request.bytes[0], exchange.request.bytes[1]], &shouted));
    exchange.answer(answer.record(&name(&shouted), A, &RIGHT).bytes())?;
    exchange.expect_printed(&[RIGHT]).or_hint(&CASE)
}

pub(super) fn long_answer(check: &mut CheckRun) -> Result<(), Failure> {
    let addresses: Vec<[u8; 4]> = (1..=100).map(|host| [203, 0, 113, host]).collect();
    let exchange = Exchange::start(check)?;
    let answer = addresses.iter().fold(Answer::to(&exchange.request.bytes), |answer, address| answer.address(*address));
    exchange.answer(answer.bytes())?;
    exchange.expect_printed(&addresses).or_hint(&LONG)
}

pub(super) fn aliases(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    // The records stand in no helpful order, and one address belongs to another name.
    let answer = Answer::to(&exchange.request.bytes)
        .record(&name("other.test"), A, &POISON)
        .record(&name("end.test"), A, &RIGHT)
        .record(&name("middle.test"), CNAME, &name("end.test"))
        .record(QUESTION, TXT, b"\x05hello")
        .record(QUESTION, CNAME, &name("middle.test"));
    exchange.answer(answer.bytes())?;
    exchange.expect_printed(&[RIGHT]).or_hint(&ALIAS)
}

pub(super) fn compressed(check: &mut CheckRun) -> Result<(), Failure> {
    let exchange = Exchange::start(check)?;
    let start = Answer::to(&exchange.request.bytes);
    // The target: a label of its own, then a pointer to ".test" in the question; and a pointer to it.
    let tld = 13 + exchange.name.rfind('.').unwrap_or(0); // 13: the header, and the length of the first label
    let target = [labels("far"), pointer(tld).to_vec()].concat();
    let place = start.end() + QUESTION.len() + 10;
    let answer = start.record(QUESTION, CNAME, &target).record(&pointer(place), A, &RIGHT).address(POISON);
    exchange.answer(answer.bytes())?;
    exchange.expect_printed(&[RIGHT]).or_hint(&POINTER)
}

pub(super) fn alias_circle(check: &mut CheckRun) -> Result<(), Failure> {
    fails_on(check, |query| {
        let there = Answer::to(query).record(QUESTION, CNAME, &name("round.test"));
        there.record(&name("round.test"), CNAME, QUESTION).bytes()
    })
    .or_hint(&CIRCLE)
}

pub(super) fn pointer_circles(check: &mut CheckRun) -> Result<(), Failure> {
    // To itself; to a label in front of itself, round and round; forward to a name that is there.
    fails_on(check, |query| Answer::to(query).record(&pointer(query.len()), A, &RIGHT).bytes()).or_hint(&LOOP)?;
    fails_on(check, |query| {
        let owner = [labels("a"), pointer(query.len()).to_vec()].concat();
        Answer::to(query).record(&owner, A, &RIGHT).bytes()
    })
    .or_hint(&LOOP)?;
    fails_on(check, |query| {
        let place = query.len() + 2 + 10;
        Answer::to(query).record(&pointer(place), CNAME, &name("x.test")).address(RIGHT).bytes()
    })
    .or_hint(&LOOP)
}

pub(super) fn cut_answers(check: &mut CheckRun) -> Result<(), Failure> {
    for less in [1, 5, 12, 15] {
        fails_on(check, |query| {
            let mut answer = Answer::to(query).address(RIGHT).bytes();
            answer.truncate(answer.len() - less);
            answer
        })
        .or_hint(&CUT)?;
    }
    fails_on(check, |query| Answer::to(query).record(QUESTION, A, &[192, 0, 2]).bytes()).or_hint(&CUT)
}
