//! The conversations with a server of lines.

use std::collections::HashMap;

use super::super::hints::*;
use super::hints::*;
use crate::{CheckRun, Explain, Failure, Peer, Rng, Symptom};

/// The longest line that the specification allows, its end not counted.
const MAX_LINE: usize = 1024;

pub(super) fn set_get(check: &mut CheckRun) -> Result<(), Failure> {
    let [key, value, other] = [4, 6, 5].map(|count| check.rng().word(count));
    let mut peer = check.start()?.connect()?;
    for (request, answer) in [
        (format!("SET {key} {value}\n"), "OK\n".to_owned()),
        (format!("GET {key}\n"), format!("VALUE {value}\n")),
        (format!("SET {key} {other}\n"), "OK\n".to_owned()),
        (format!("GET {key}\n"), format!("VALUE {other}\n")),
    ] {
        ask(&mut peer, &request, &answer)
            .hint(Symptom::Silence, &NO_ANSWER)
            .hint_if_gone(&ONE_ONLY)
            .or_hint(&WORDING)?;
    }
    Ok(())
}

pub(super) fn two_in_one_write(check: &mut CheckRun) -> Result<(), Failure> {
    let [key, value] = [3, 6].map(|count| check.rng().word(count));
    let mut peer = check.start()?.connect()?;
    peer.send(format!("SET {key} {value}\nGET {key}\n").as_bytes())?;
    peer.expect(b"OK\n").or_hint(&JOINED)?;
    peer.expect(format!("VALUE {value}\n").as_bytes())
        .hint(Symptom::Reset, &ONE_ONLY)
        .hint(Symptom::WrongBytes, &JOINED)
        .or_hint(&LEFTOVER)
}

pub(super) fn one_and_a_half(check: &mut CheckRun) -> Result<(), Failure> {
    let [key, value] = [3, 6].map(|count| check.rng().word(count));
    let second = format!("GET {key}\n");
    let cut = check.rng().between(1, second.len() - 1);
    let mut peer = check.start()?.connect()?;
    peer.send(format!("SET {key} {value}\n{}", &second[..cut]).as_bytes())?;
    peer.expect(b"OK\n").hint(Symptom::Silence, &HELD_BACK).or_hint(&OUT_OF_STEP)?;
    ask(&mut peer, &second[cut..], &format!("VALUE {value}\n")).or_hint(&OUT_OF_STEP)
}

pub(super) fn missing_key(check: &mut CheckRun) -> Result<(), Failure> {
    let key = check.rng().word(6);
    let mut peer = check.start()?.connect()?;
    for (request, answer) in [
        (format!("GET {key}\n"), "NOT FOUND\n"),
        (format!("DEL {key}\n"), "NOT FOUND\n"),
        (format!("SET {key} x\n"), "OK\n"),
        (format!("DEL {key}\n"), "OK\n"),
        (format!("GET {key}\n"), "NOT FOUND\n"),
        (format!("DEL {key}\n"), "NOT FOUND\n"),
    ] {
        ask(&mut peer, &request, answer).hint_if_gone(&ERROR_IS_AN_ANSWER).or_hint(&WORDING)?;
    }
    Ok(())
}

pub(super) fn clear_errors(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peer = server.connect()?;
    for (request, answer) in [
        ("PUT k v\n", "ERROR unknown command\n"),
        ("get k\n", "ERROR unknown command\n"),
        ("\n", "ERROR unknown command\n"),
        ("SET k\n", "ERROR usage: SET key value\n"),
        ("SET  v\n", "ERROR usage: SET key value\n"),
        ("GET\n", "ERROR usage: GET key\n"),
        ("GET k k\n", "ERROR usage: GET key\n"),
        ("DEL\n", "ERROR usage: DEL key\n"),
        ("DEL k k\n", "ERROR usage: DEL key\n"),
        ("GET k\n", "NOT FOUND\n"),
    ] {
        ask(&mut peer, request, answer).hint(Symptom::WrongBytes, &PARTS).or_hint(&ERROR_IS_AN_ANSWER)?;
    }
    server.stop().or_hint(&ERROR_IS_AN_ANSWER)
}

pub(super) fn both_line_ends(check: &mut CheckRun) -> Result<(), Failure> {
    let [key, value] = [4, 7].map(|count| check.rng().word(count));
    let found = format!("VALUE {value}\n");
    let mut peer = check.start()?.connect()?;
    ask(&mut peer, &format!("SET {key} {value}\r\n"), "OK\n").or_hint(&CARRIAGE_RETURN)?;
    ask(&mut peer, &format!("GET {key}\n"), &found).or_hint(&CARRIAGE_RETURN)?;
    ask(&mut peer, &format!("GET {key}\r\n"), &found).or_hint(&CARRIAGE_RETURN)?;
    ask(&mut peer, "\r\n", "ERROR unknown command\n").or_hint(&CARRIAGE_RETURN)
}

pub(super) fn split_line_end(check: &mut CheckRun) -> Result<(), Failure> {
    let [key, value] = [4, 7].map(|count| check.rng().word(count));
    let mut peer = check.start()?.connect()?;
    let first = format!("SET {key} {value}\r");
    let both = format!("{first}\nGET {key}\r\n");
    peer.send_cut(both.as_bytes(), &[first.len()]).or_hint(&CR_THEN_LF)?;
    peer.expect(format!("OK\nVALUE {value}\n").as_bytes()).or_hint(&CR_THEN_LF)
}

pub(super) fn byte_by_byte(check: &mut CheckRun) -> Result<(), Failure> {
    let mut peer = check.start()?.connect()?;
    peer.send_bytewise("SET tên Nguyễn\nGET tên\n".as_bytes()).or_hint(&BYTE_BY_BYTE)?;
    peer.expect("OK\nVALUE Nguyễn\n".as_bytes()).or_hint(&BYTE_BY_BYTE)
}

pub(super) fn any_bytes(check: &mut CheckRun) -> Result<(), Failure> {
    let all: Vec<u8> = (0..=255).filter(|byte| *byte != b'\n').collect();
    let server = check.start()?;
    let mut peer = server.connect()?;
    peer.send(&[b"SET k ", all.as_slice(), b"\nGET k\n"].concat())?;
    peer.expect(&[b"OK\nVALUE ", all.as_slice(), b"\n"].concat()).or_hint(&NOT_TEXT)?;
    server.stop().or_hint(&NOT_TEXT)
}

pub(super) fn spaces(check: &mut CheckRun) -> Result<(), Failure> {
    let [one, two] = [3, 4].map(|count| check.rng().word(count));
    let mut peer = check.start()?.connect()?;
    for value in [format!("{one} {two}"), format!("  {one}   {two}\t "), String::new()] {
        ask(&mut peer, &format!("SET k {value}\n"), "OK\n").or_hint(&TRIMMED)?;
        ask(&mut peer, "GET k\n", &format!("VALUE {value}\n")).or_hint(&TRIMMED)?;
    }
    Ok(())
}

pub(super) fn longest_line(check: &mut CheckRun) -> Result<(), Failure> {
    let mut peer = check.start()?.connect()?;
    for end in ["\n", "\r\n"] {
        let value = check.rng().word(MAX_LINE - "SET k ".len());
        ask(&mut peer, &format!("SET k {value}{end}"), "OK\n").or_hint(&AT_THE_LIMIT)?;
        ask(&mut peer, "GET k\n", &format!("VALUE {value}\n")).or_hint(&AT_THE_LIMIT)?;
    }
    Ok(())
}

pub(super) fn line_too_long(check: &mut CheckRun) -> Result<(), Failure> {
    let mut peer = check.start()?.connect()?;
    ask(&mut peer, "SET k kept\n", "OK\n").or_hint(&NO_ANSWER)?;
    for (more, end) in [(1, "\n"), (1, "\r\n"), (3000, "\n")] {
        let value = check.rng().word(MAX_LINE - "SET k ".len() + more);
        ask(&mut peer, &format!("SET k {value}{end}"), "ERROR line too long\n").or_hint(&TOO_LONG)?;
        ask(&mut peer, "GET k\n", "VALUE kept\n").hint(Symptom::WrongBytes, &REST_OF_THE_LINE).or_hint(&TOO_LONG)?;
    }
    Ok(())
}

pub(super) fn endless_line(check: &mut CheckRun) -> Result<(), Failure> {
    let long = check.rng().word(20_000);
    let mut peer = check.start()?.connect()?;
    ask(&mut peer, "SET k kept\n", "OK\n").or_hint(&NO_ANSWER)?;
    peer.send(long.as_bytes())?;
    peer.expect(b"ERROR line too long\n").hint(Symptom::Silence, &NO_LIMIT).or_hint(&TOO_LONG)?;
    for _ in 0..3 {
        peer.send(long.as_bytes()).or_hint(&TOO_LONG)?;
    }
    ask(&mut peer, "\nGET k\n", "VALUE kept\n").hint(Symptom::WrongBytes, &REST_OF_THE_LINE).or_hint(&TOO_LONG)
}

pub(super) fn pipelined(check: &mut CheckRun) -> Result<(), Failure> {
    let mut peer = check.start()?.connect()?;
    let rng = check.rng();
    let exchanges = exchanges(rng, 120);
    let requests: String = exchanges.iter().map(|(request, _)| request.as_str()).collect();
    let cuts = rng.cuts(requests.len(), 12);
    peer.send_cut(requests.as_bytes(), &cuts).or_hint(&OUT_OF_STEP)?;
    for (_, answer) in &exchanges {
        peer.expect(answer.as_bytes()).or_hint(&OUT_OF_STEP)?;
    }
    Ok(())
}

pub(super) fn shared_store(check: &mut CheckRun) -> Result<(), Failure> {
    let value = check.rng().word(5);
    let server = check.start()?;
    let mut first = server.connect()?;
    ask(&mut first, &format!("SET k {value}\n"), "OK\n").or_hint(&NO_ANSWER)?;
    first.close();
    ask(&mut server.connect()?, "GET k\n", &format!("VALUE {value}\n")).or_hint(&OWN_STORE)
}

pub(super) fn silent_client(check: &mut CheckRun) -> Result<(), Failure> {
    let [value, other] = [5, 6].map(|count| check.rng().word(count));
    let server = check.start()?;
    let mut silent = server.connect()?;
    ask(&mut silent, &format!("SET k {value}\n"), "OK\n").or_hint(&NO_ANSWER)?;
    silent.send(b"GET ")?;
    // Only now: of two that connect at the same time, either may be the first to be served.
    let mut busy = server.connect()?;
    ask(&mut busy, "GET k\n", &format!("VALUE {value}\n"))
        .hint(Symptom::WrongBytes, &OWN_STORE)
        .or_hint(&KEPT_WAITING)?;
    ask(&mut busy, &format!("SET k {other}\n"), "OK\n").or_hint(&KEPT_WAITING)?;
    ask(&mut silent, "k\n", &format!("VALUE {other}\n")).or_hint(&OUT_OF_STEP)
}

pub(super) fn half_close(check: &mut CheckRun) -> Result<(), Failure> {
    let value = check.rng().word(5);
    let mut peer = check.start()?.connect()?;
    peer.send(format!("SET k {value}\nGET k\nDEL k\n").as_bytes())?;
    peer.half_close()?;
    peer.expect(format!("OK\nVALUE {value}\nOK\n").as_bytes()).or_hint(&ANSWER_THEN_CLOSE)?;
    peer.expect_end().hint(Symptom::Silence, &NOT_CLOSED).or_hint(&ANSWER_THEN_CLOSE)
}

pub(super) fn cut_line(check: &mut CheckRun) -> Result<(), Failure> {
    let value = check.rng().word(5);
    let server = check.start()?;
    ask(&mut server.connect()?, &format!("SET an {value}\n"), "OK\n").or_hint(&NO_ANSWER)?;
    for cut in ["DEL an", "SET an x", "SET an x\r"] {
        let mut peer = server.connect()?;
        peer.send(cut.as_bytes())?;
        peer.half_close()?;
        peer.expect_end().hint(Symptom::Silence, &NOT_CLOSED).or_hint(&CUT_SHORT)?;
        ask(&mut server.connect()?, "GET an\n", &format!("VALUE {value}\n")).or_hint(&CUT_SHORT)?;
    }
    server.stop().or_hint(&CUT_SHORT)
}

/// Sends a line, or the rest of one, and expects its answer.
fn ask(peer: &mut Peer, request: &str, answer: &str) -> Result<(), Failure> {
    peer.send(request.as_bytes())?;
    peer.expect(answer.as_bytes())
}

/// `count` requests on few keys, each with the answer that a right server gives when they come in
/// this order.
fn exchanges(rng: &mut Rng, count: usize) -> Vec<(String, String)> {
    let mut store: HashMap<usize, String> = HashMap::new();
    let not_found = || "NOT FOUND\n".to_owned();
    let mut exchange = || {
        let key = rng.between(1, 5);
        let end = if rng.between(0, 1) == 0 { "\n" } else { "\r\n" };
        match rng.between(0, 3) {
            0 => (format!("DEL key{key}{end}"), store.remove(&key).map_or_else(not_found, |_| "OK\n".to_owned())),
            1 => (
                format!("GET key{key}{end}"),
                store.get(&key).map_or_else(not_found, |value| format!("VALUE {value}\n")),
            ),
            _ => {
                let length = rng.between(0, 60);
                let value = rng.word(length);
                let request = format!("SET key{key} {value}{end}");
                store.insert(key, value);
                (request, "OK\n".to_owned())
            }
        }
    };
    (0..count).map(|_| exchange()).collect()
}
