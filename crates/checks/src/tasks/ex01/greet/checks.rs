//! The conversations with a client that greets.

use super::hints::*;
use crate::{CheckRun, Client, Explain, Failure, Peer, Symptom, Text};

/// The longest answer that the specification allows, its newline included.
const MAX_ANSWER: usize = 1024;

pub(super) fn introduces(check: &mut CheckRun) -> Result<(), Failure> {
    let (_client, mut server) = expect_introduction(check, "Lan")?;
    server.half_close()?;
    server.expect_end().hint(Symptom::ExtraBytes, &ONE_LINE).hint(Symptom::Silence, &SPINS_AT_THE_END)
}

pub(super) fn prints_the_answer(check: &mut CheckRun) -> Result<(), Failure> {
    let answer = check.rng().word(12);
    let (client, mut server) = expect_introduction(check, "Lan")?;
    send_answer(&mut server, &line(&answer))?;
    server.half_close().hint_if_gone(&LEAVES_BEFORE)?;
    expect_printed(&client, &answer).hint(Symptom::StillRunning, &READS_ON).or_hint(&NOT_THE_ANSWER)
}

pub(super) fn letters(check: &mut CheckRun) -> Result<(), Failure> {
    for (name, answer) in [("Nguyễn Thị Ánh", "Chào chị Ánh"), ("Đỗ Đức Dũng", "Chào anh Dũng")] {
        let (client, mut server) = start_and_accept(check, name)?;
        server.expect(line(&format!("HELLO {name}")).as_bytes()).or_hint(&LETTERS_ARE_BYTES)?;
        send_answer(&mut server, &line(answer))?;
        expect_printed(&client, answer).or_hint(&BYTES_ARE_NO_LETTERS)?;
    }
    Ok(())
}

pub(super) fn stays_open(check: &mut CheckRun) -> Result<(), Failure> {
    let answer = check.rng().word(12);
    let (client, mut server) = expect_introduction(check, "Lan")?;
    send_answer(&mut server, &line(&answer))?;
    check.note(Text { vi: "tôi không đóng kết nối", en: "I do not close the connection" });
    expect_printed(&client, &answer).hint(Symptom::StillRunning, &WAITS_FOR_THE_END).or_hint(&NOT_THE_ANSWER)
}

pub(super) fn pieces(check: &mut CheckRun) -> Result<(), Failure> {
    let answer = check.rng().word(12);
    let (client, mut server) = expect_introduction(check, "Lan")?;
    server.send_bytewise(line(&answer).as_bytes()).hint_if_gone(&ONE_READ)?;
    expect_printed(&client, &answer).or_hint(&ONE_READ)
}

pub(super) fn split_letter(check: &mut CheckRun) -> Result<(), Failure> {
    let number = check.rng().between(2, 99);
    let answer = format!("Chào Ánh, bạn là khách thứ {number}");
    let (client, mut server) = expect_introduction(check, "Ánh")?;
    let inside_letters: Vec<usize> = (0..answer.len()).filter(|place| !answer.is_char_boundary(*place)).collect();
    server.send_cut(line(&answer).as_bytes(), &inside_letters).or_hint(&HALF_A_LETTER)?;
    expect_printed(&client, &answer).or_hint(&HALF_A_LETTER)
}

pub(super) fn more_follows(check: &mut CheckRun) -> Result<(), Failure> {
    let answer = check.rng().word(12);
    let (client, mut server) = expect_introduction(check, "Lan")?;
    send_answer(&mut server, &format!("{answer}\nmai gap lai\nva nua"))?;
    expect_printed(&client, &answer).hint(Symptom::StillRunning, &WAITS_FOR_THE_END).or_hint(&MORE_THAN_A_LINE)
}

pub(super) fn no_answer(check: &mut CheckRun) -> Result<(), Failure> {
    let (client, server) = expect_introduction(check, "Lan")?;
    server.close();
    expect_error(&client).hint(Symptom::StillRunning, &SPINS_AT_THE_END).or_hint(&END_IS_NO_ANSWER)
}

pub(super) fn half_an_answer(check: &mut CheckRun) -> Result<(), Failure> {
    let (client, mut server) = expect_introduction(check, "Lan")?;
    send_answer(&mut server, "chao L")?;
    server.close();
    expect_error(&client).hint(Symptom::StillRunning, &SPINS_AT_THE_END).or_hint(&HALF_IS_NO_ANSWER)
}

pub(super) fn reset(check: &mut CheckRun) -> Result<(), Failure> {
    let (client, server) = expect_introduction(check, "Lan")?;
    server.reset()?;
    expect_error(&client).hint(Symptom::StillRunning, &SPINS_AT_THE_END).or_hint(&ERRORS_HAPPEN)
}

pub(super) fn nobody_there(check: &mut CheckRun) -> Result<(), Failure> {
    let refusing = check.refusing_address()?;
    let client = check.start_client(&[refusing.address().to_string(), "Lan".to_owned()])?;
    expect_error(&client).or_hint(&ERRORS_HAPPEN)
}

pub(super) fn longest(check: &mut CheckRun) -> Result<(), Failure> {
    let answer = check.rng().word(MAX_ANSWER - 1);
    let (client, mut server) = expect_introduction(check, "Lan")?;
    send_answer(&mut server, &line(&answer))?;
    expect_printed(&client, &answer).or_hint(&LIMIT_TOO_SMALL)
}

pub(super) fn too_long(check: &mut CheckRun) -> Result<(), Failure> {
    let letters = check.rng().word(MAX_ANSWER);
    let (client, mut server) = expect_introduction(check, "Lan")?;
    send_answer(&mut server, &letters)?;
    check.note(Text { vi: "tôi không gửi \\n, cũng không đóng", en: "I send no \\n, and do not close" });
    expect_error(&client).hint(Symptom::StillRunning, &NO_LIMIT).or_hint(&HALF_IS_NO_ANSWER)
}

/// Starts the program as `name` and takes its call.
fn start_and_accept(check: &mut CheckRun, name: &str) -> Result<(Client, Peer), Failure> {
    let listener = check.listen()?;
    let client = check.start_client(&[listener.address().to_string(), name.to_owned()])?;
    let server = listener.accept(&client).or_hint(&CALLS_NOBODY)?;
    Ok((client, server))
}

/// Starts the program as `name`, takes its call, and hears it say so.
fn expect_introduction(check: &mut CheckRun, name: &str) -> Result<(Client, Peer), Failure> {
    let (client, mut server) = start_and_accept(check, name)?;
    let introduction = line(&format!("HELLO {name}"));
    let received = server.expect(introduction.as_bytes());
    match received.as_ref().err().and_then(Failure::right_bytes) {
        Some(place) if place + 1 == introduction.len() => received.or_hint(&LINE_WITHOUT_END)?,
        _ => received.or_hint(&OTHER_WORDS)?,
    }
    Ok((client, server))
}

/// Answers, in one go.
fn send_answer(server: &mut Peer, words: &str) -> Result<(), Failure> {
    server.send(words.as_bytes()).hint_if_gone(&LEAVES_BEFORE)
}

fn line(words: &str) -> String {
    format!("{words}\n")
}

/// The client must print `answer` and be content.
fn expect_printed(client: &Client, answer: &str) -> Result<(), Failure> {
    let ended = client.finish()?;
    ended.expect_success()?;
    ended.expect_output(&line(answer))
}

/// The client must print no answer, and say on stderr why.
fn expect_error(client: &Client) -> Result<(), Failure> {
    let ended = client.finish()?;
    ended.expect_failure()?;
    ended.expect_output("")?;
    ended.expect_error_message().or_hint(&SAY_WHY)
}
