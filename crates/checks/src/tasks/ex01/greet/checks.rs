//! The conversations with a client that greets.

use super::super::right_until;
use super::hints::*;
use crate::{Client, Explain, Failure, Peer, Symptom, Trial, text};

/// The longest answer that the specification allows, its newline included.
const MAX_ANSWER: usize = 1024;

pub(super) fn introduces(trial: &mut Trial) -> Result<(), Failure> {
    let (_client, mut server) = introduced(trial, "Lan")?;
    server.half_close()?;
    server.expect_end().hint(Symptom::ExtraBytes, &ONE_LINE).hint(Symptom::Silence, &SPINS_AT_THE_END)
}

pub(super) fn prints_the_answer(trial: &mut Trial) -> Result<(), Failure> {
    let answer = trial.rng().word(12);
    let (client, mut server) = introduced(trial, "Lan")?;
    say(&mut server, &line(&answer))?;
    server.half_close().hint_if_gone(&LEAVES_BEFORE)?;
    prints(&client, &answer).hint(Symptom::StillRunning, &READS_ON).or_hint(&NOT_THE_ANSWER)
}

pub(super) fn letters(trial: &mut Trial) -> Result<(), Failure> {
    for (name, answer) in [("Nguyễn Thị Ánh", "Chào chị Ánh"), ("Đỗ Đức Dũng", "Chào anh Dũng")] {
        let (client, mut server) = call(trial, name)?;
        server.expect(line(&format!("HELLO {name}")).as_bytes()).or_hint(&LETTERS_ARE_BYTES)?;
        say(&mut server, &line(answer))?;
        prints(&client, answer).or_hint(&BYTES_ARE_NO_LETTERS)?;
    }
    Ok(())
}

pub(super) fn stays_open(trial: &mut Trial) -> Result<(), Failure> {
    let answer = trial.rng().word(12);
    let (client, mut server) = introduced(trial, "Lan")?;
    say(&mut server, &line(&answer))?;
    trial.note(text!("tôi không đóng kết nối", "I do not close the connection"));
    prints(&client, &answer).hint(Symptom::StillRunning, &WAITS_FOR_THE_END).or_hint(&NOT_THE_ANSWER)
}

pub(super) fn pieces(trial: &mut Trial) -> Result<(), Failure> {
    let answer = trial.rng().word(12);
    let (client, mut server) = introduced(trial, "Lan")?;
    server.dribble(line(&answer).as_bytes()).hint_if_gone(&ONE_READ)?;
    prints(&client, &answer).or_hint(&ONE_READ)
}

pub(super) fn split_letter(trial: &mut Trial) -> Result<(), Failure> {
    let number = trial.rng().between(2, 99);
    let answer = format!("Chào Ánh, bạn là khách thứ {number}");
    let (client, mut server) = introduced(trial, "Ánh")?;
    let inside_letters: Vec<usize> = (0..answer.len()).filter(|place| !answer.is_char_boundary(*place)).collect();
    server.send_cut(line(&answer).as_bytes(), &inside_letters).or_hint(&HALF_A_LETTER)?;
    prints(&client, &answer).or_hint(&HALF_A_LETTER)
}

pub(super) fn more_follows(trial: &mut Trial) -> Result<(), Failure> {
    let answer = trial.rng().word(12);
    let (client, mut server) = introduced(trial, "Lan")?;
    say(&mut server, &format!("{answer}\nmai gap lai\nva nua"))?;
    prints(&client, &answer).hint(Symptom::StillRunning, &WAITS_FOR_THE_END).or_hint(&MORE_THAN_A_LINE)
}

pub(super) fn no_answer(trial: &mut Trial) -> Result<(), Failure> {
    let (client, server) = introduced(trial, "Lan")?;
    server.close();
    complains(&client).hint(Symptom::StillRunning, &SPINS_AT_THE_END).or_hint(&END_IS_NO_ANSWER)
}

pub(super) fn half_an_answer(trial: &mut Trial) -> Result<(), Failure> {
    let (client, mut server) = introduced(trial, "Lan")?;
    say(&mut server, "chao L")?;
    server.close();
    complains(&client).hint(Symptom::StillRunning, &SPINS_AT_THE_END).or_hint(&HALF_IS_NO_ANSWER)
}

pub(super) fn reset(trial: &mut Trial) -> Result<(), Failure> {
    let (client, server) = introduced(trial, "Lan")?;
    server.reset()?;
    complains(&client).hint(Symptom::StillRunning, &SPINS_AT_THE_END).or_hint(&ERRORS_HAPPEN)
}

pub(super) fn nobody_there(trial: &mut Trial) -> Result<(), Failure> {
    let closed = trial.closed()?;
    let client = trial.run(&[closed.address().to_string(), "Lan".to_owned()])?;
    complains(&client).or_hint(&ERRORS_HAPPEN)
}

pub(super) fn longest(trial: &mut Trial) -> Result<(), Failure> {
    let answer = trial.rng().word(MAX_ANSWER - 1);
    let (client, mut server) = introduced(trial, "Lan")?;
    say(&mut server, &line(&answer))?;
    prints(&client, &answer).or_hint(&LIMIT_TOO_SMALL)
}

pub(super) fn too_long(trial: &mut Trial) -> Result<(), Failure> {
    let letters = trial.rng().word(MAX_ANSWER);
    let (client, mut server) = introduced(trial, "Lan")?;
    say(&mut server, &letters)?;
    trial.note(text!("tôi không gửi \\n, cũng không đóng", "I send no \\n, and do not close"));
    complains(&client).hint(Symptom::StillRunning, &NO_LIMIT).or_hint(&HALF_IS_NO_ANSWER)
}

/// Starts the program as `name` and takes its call.
fn call(trial: &mut Trial, name: &str) -> Result<(Client, Peer), Failure> {
    let listener = trial.listen()?;
    let client = trial.run(&[listener.address().to_string(), name.to_owned()])?;
    let server = listener.accept(&client).or_hint(&CALLS_NOBODY)?;
    Ok((client, server))
}

/// Starts the program as `name`, takes its call, and hears it say so.
fn introduced(trial: &mut Trial, name: &str) -> Result<(Client, Peer), Failure> {
    let (client, mut server) = call(trial, name)?;
    let introduction = line(&format!("HELLO {name}"));
    let heard = server.expect(introduction.as_bytes());
    match heard.as_ref().err().and_then(right_until) {
        Some(place) if place + 1 == introduction.len() => heard.or_hint(&LINE_WITHOUT_END)?,
        _ => heard.or_hint(&OTHER_WORDS)?,
    }
    Ok((client, server))
}

/// Answers, in one go.
fn say(server: &mut Peer, words: &str) -> Result<(), Failure> {
    server.send(words.as_bytes()).hint_if_gone(&LEAVES_BEFORE)
}

fn line(words: &str) -> String {
    format!("{words}\n")
}

/// The client must print `answer` and be content.
fn prints(client: &Client, answer: &str) -> Result<(), Failure> {
    let ended = client.finish()?;
    ended.expect_success()?;
    ended.expect_output(&line(answer))
}

/// The client must print no answer, and say on stderr why.
fn complains(client: &Client) -> Result<(), Failure> {
    let ended = client.finish()?;
    ended.expect_failure()?;
    ended.expect_output("")?;
    ended.expect_complaint().or_hint(&SAY_WHY)
}
