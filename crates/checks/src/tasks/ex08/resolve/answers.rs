//! The conversations with a resolver about what it believes, and how it reads it.

use super::checks::fails_on;
use super::dns::{A, Answer, CNAME, QUESTION, TXT, labels, name, pointer, query};
use super::hints::*;
use super::talk::{RIGHT, Talk};
use crate::{CheckRun, Explain, Failure, text};

/// An address that must not be believed.
const POISON: [u8; 4] = [198, 51, 100, 66];

pub(super) fn wrong_id(check: &mut CheckRun) -> Result<(), Failure> {
    let talk = Talk::begin(check)?;
    for bit in [0x01, 0x80] {
        let mut guess = Answer::to(&talk.call.bytes).address(POISON).bytes();
        guess[usize::from(bit == 0x01)] ^= bit;
        talk.say(&guess, text!("mã số khác", "another id"))?;
    }
    talk.answer(Answer::to(&talk.call.bytes).address(RIGHT).bytes())?;
    talk.prints(&[RIGHT]).or_hint(&NOT_MINE)
}

pub(super) fn other_question(check: &mut CheckRun) -> Result<(), Failure> {
    let talk = Talk::begin(check)?;
    let id = [talk.call.bytes[0], talk.call.bytes[1]];
    let first = if talk.name.starts_with('x') { "y" } else { "x" };
    let other = query(id, &format!("{first}{}", &talk.name[1..]));
    talk.say(
        &Answer::to(&other).address(POISON).bytes(),
        text!("trả lời cho tên khác", "an answer about another name"),
    )?;
    // Our own query, sent back to us: it answers nothing.
    talk.say(&talk.call.bytes, text!("chính câu hỏi, không phải trả lời", "the query itself, no answer"))?;
    talk.answer(Answer::to(&talk.call.bytes).address(RIGHT).bytes())?;
    talk.prints(&[RIGHT]).or_hint(&NOT_MINE)
}

pub(super) fn stranger(check: &mut CheckRun) -> Result<(), Failure> {
    let talk = Talk::begin(check)?;
    let stranger = check.datagram_socket()?;
    let poison = Answer::to(&talk.call.bytes).address(POISON).bytes();
    stranger.send_to(&poison, talk.call.from, text!("người lạ trả lời", "a stranger's answer"))?;
    talk.answer(Answer::to(&talk.call.bytes).address(RIGHT).bytes())?;
    talk.prints(&[RIGHT]).or_hint(&STRANGER)
}

pub(super) fn short_messages(check: &mut CheckRun) -> Result<(), Failure> {
    let talk = Talk::begin(check)?;
    let answer = Answer::to(&talk.call.bytes).address(RIGHT).bytes();
    for length in [0, 1, 3, 11, 12, talk.call.bytes.len() - 1] {
        talk.say(&answer[..length], text!("quá ngắn để là câu trả lời", "too short for an answer"))?;
    }
    talk.answer(answer)?;
    talk.prints(&[RIGHT]).or_hint(&TOO_SHORT)
}

pub(super) fn other_case(check: &mut CheckRun) -> Result<(), Failure> {
    let talk = Talk::begin(check)?;
    let shouted = talk.name.to_uppercase();
    let answer = Answer::to(&query([talk.call.bytes[0], talk.call.bytes[1]], &shouted));
    talk.answer(answer.record(&name(&shouted), A, &RIGHT).bytes())?;
    talk.prints(&[RIGHT]).or_hint(&CASE)
}

pub(super) fn long_answer(check: &mut CheckRun) -> Result<(), Failure> {
    let addresses: Vec<[u8; 4]> = (1..=100).map(|host| [203, 0, 113, host]).collect();
    let talk = Talk::begin(check)?;
    let answer = addresses.iter().fold(Answer::to(&talk.call.bytes), |answer, address| answer.address(*address));
    talk.answer(answer.bytes())?;
    talk.prints(&addresses).or_hint(&LONG)
}

pub(super) fn aliases(check: &mut CheckRun) -> Result<(), Failure> {
    let talk = Talk::begin(check)?;
    // The records stand in no helpful order, and one address belongs to somebody else.
    let answer = Answer::to(&talk.call.bytes)
        .record(&name("other.test"), A, &POISON)
        .record(&name("end.test"), A, &RIGHT)
        .record(&name("middle.test"), CNAME, &name("end.test"))
        .record(QUESTION, TXT, b"\x05hello")
        .record(QUESTION, CNAME, &name("middle.test"));
    talk.answer(answer.bytes())?;
    talk.prints(&[RIGHT]).or_hint(&ALIAS)
}

pub(super) fn compressed(check: &mut CheckRun) -> Result<(), Failure> {
    let talk = Talk::begin(check)?;
    let start = Answer::to(&talk.call.bytes);
    // The target: a label of its own, then a pointer to ".test" in the question; and a pointer to it.
    let tld = 13 + talk.name.rfind('.').unwrap_or(0); // 13: the header, and the length of the first label
    let target = [labels("far"), pointer(tld).to_vec()].concat();
    let place = start.end() + QUESTION.len() + 10;
    let answer = start.record(QUESTION, CNAME, &target).record(&pointer(place), A, &RIGHT).address(POISON);
    talk.answer(answer.bytes())?;
    talk.prints(&[RIGHT]).or_hint(&POINTER)
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
