//! The conversations with a server that is told to leave.

use super::hints::*;
use crate::limits::{PROGRESS_TIMEOUT, poll};
use crate::{CheckRun, Explain, Failure, Hint, Peer, ProgramExit, Server, Signal, Symptom, text};

/// So many jobs may be in flight for one connection.
const MAX_JOBS: usize = 16;

/// A deadline that is never reached, in milliseconds.
const FAR: u32 = 600_000;

/// A deadline that is soon over, in milliseconds.
const NEAR: u32 = 200;

pub(super) fn jobs(check: &mut CheckRun) -> Result<(), Failure> {
    let [one, two] = [4, 7].map(|count| check.rng().word(count));
    let mut peer = start(check, FAR)?.connect()?;
    for (line, answer) in [
        (format!("BEGIN {one}"), format!("BEGUN {one}")),
        (format!("BEGIN {two}"), format!("BEGUN {two}")),
        (format!("BEGIN {one}"), "NO".to_owned()),
        (format!("END {one}"), format!("DONE {one}")),
        (format!("END {one}"), "NO".to_owned()),
        ("hello".to_owned(), "NO".to_owned()),
        ("BEGIN".to_owned(), "NO".to_owned()),
        (format!("BEGIN {one}"), format!("BEGUN {one}")),
        (format!("END {two}"), format!("DONE {two}")),
    ] {
        ask(&mut peer, &line, &answer).or_hint(&ANSWERS)?;
    }
    // One is in flight.
    for number in 1..MAX_JOBS {
        ask(&mut peer, &format!("BEGIN {number}"), &format!("BEGUN {number}")).or_hint(&ANSWERS)?;
    }
    ask(&mut peer, "BEGIN 16", "NO").or_hint(&TOO_MANY)?;
    ask(&mut peer, "END 1", "DONE 1").or_hint(&TOO_MANY)?;
    ask(&mut peer, "BEGIN 16", "BEGUN 16").or_hint(&TOO_MANY)
}

pub(super) fn many_clients(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR)?;
    let _silent = server.connect()?;
    let [mut one, mut two] = [server.connect()?, server.connect()?];
    begin(&mut one, "a").or_hint(&ONE_AT_A_TIME)?;
    begin(&mut two, "a").hint(Symptom::WrongBytes, &JOBS_ARE_SHARED).or_hint(&ONE_AT_A_TIME)?;
    end(&mut one, "a").or_hint(&JOBS_ARE_SHARED)?;
    end(&mut two, "a").or_hint(&JOBS_ARE_SHARED)?;
    one.half_close()?;
    one.expect_end().or_hint(&NOT_CLOSED)?;
    two.reset()?;
    let mut three = server.connect().or_hint(&NOT_CLOSED)?;
    begin(&mut three, "a").or_hint(&NOT_CLOSED)?;
    server.stop()
}

pub(super) fn leaves_at_once(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR)?;
    server.signal(Signal::Terminate)?;
    leaves_well(&server, &NOBODY_LEFT)
}

pub(super) fn idle_bye(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR)?;
    let mut idle = server.connect()?;
    ask(&mut idle, "hello", "NO").or_hint(&ANSWERS)?;
    let mut worked = server.connect()?;
    begin(&mut worked, "a").or_hint(&ANSWERS)?;
    end(&mut worked, "a")?;
    let mut typing = server.connect()?;
    ask(&mut typing, "hello", "NO").or_hint(&ANSWERS)?;
    typing.send(b"BEG")?;
    typing.wait_read()?;
    server.signal(Signal::Terminate)?;
    for peer in [&mut idle, &mut worked, &mut typing] {
        goodbye(peer).hint(Symptom::Silence, &IDLE_NOT_TOLD).or_hint(&BYE_FIRST)?;
    }
    leaves_well(&server, &NOBODY_LEFT)
}

pub(super) fn stops_accepting(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR)?;
    let mut busy = server.connect()?;
    begin(&mut busy, "a").or_hint(&ANSWERS)?;
    server.signal(Signal::Terminate)?;
    server.expect_connection_refused().hint(Symptom::StillListening, &LISTENER_KEPT)?;
    end(&mut busy, "a").or_hint(&CUT_OFF)
}

pub(super) fn job_finishes(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR)?;
    let mut busy = server.connect()?;
    begin(&mut busy, "a").or_hint(&ANSWERS)?;
    begin(&mut busy, "b").or_hint(&ANSWERS)?;
    tell_to_leave(&server)?;
    end(&mut busy, "a").or_hint(&CUT_OFF)?;
    // Had it said goodbye after the first of two, it would stand before this answer.
    end(&mut busy, "b").or_hint(&EVERY_JOB)?;
    goodbye(&mut busy).hint(Symptom::Silence, &NO_BYE_AFTER_JOB).or_hint(&BYE_FIRST)?;
    leaves_well(&server, &NOBODY_LEFT)
}

pub(super) fn no_new_jobs(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR)?;
    let mut busy = server.connect()?;
    begin(&mut busy, "a").or_hint(&ANSWERS)?;
    tell_to_leave(&server)?;
    // A moment ago its task may not have known yet; but soon it must.
    let refused = poll(PROGRESS_TIMEOUT, || match new_job(&mut busy) {
        Ok(true) => None,
        Ok(false) => Some(Ok(())),
        Err(failure) => Some(Err(failure)),
    });
    match refused {
        Some(answer) => answer.or_hint(&CUT_OFF)?,
        None => {
            let what = text!(
                "Đã nhận SIGTERM, mà việc mới vẫn cứ bắt đầu.",
                "It was told to leave, and new jobs still begin."
            );
            return Err(Failure::new(Symptom::WrongBytes, what)).or_hint(&NEW_JOBS);
        }
    }
    end(&mut busy, "a").or_hint(&CUT_OFF)?;
    goodbye(&mut busy).hint(Symptom::Silence, &NO_BYE_AFTER_JOB).or_hint(&BYE_FIRST)
}

pub(super) fn half_a_line(check: &mut CheckRun) -> Result<(), Failure> {
    let id = check.rng().word(6);
    let line = format!("END {id}\n");
    let cut = check.rng().between(1, line.len() - 1);
    let server = start(check, FAR)?;
    let mut busy = server.connect()?;
    begin(&mut busy, &id).or_hint(&ANSWERS)?;
    busy.send(&line.as_bytes()[..cut])?;
    busy.wait_read()?;
    let mut witness = server.connect()?;
    ask(&mut witness, "hello", "NO").or_hint(&ONE_AT_A_TIME)?;
    tell_to_leave(&server)?;
    goodbye(&mut witness).hint(Symptom::Silence, &IDLE_NOT_TOLD).or_hint(&BYE_FIRST)?;
    busy.send(&line.as_bytes()[cut..])?;
    busy.expect(format!("DONE {id}\n").as_bytes()).or_hint(&HALF_A_LINE)?;
    goodbye(&mut busy).hint(Symptom::Silence, &NO_BYE_AFTER_JOB).or_hint(&BYE_FIRST)
}

pub(super) fn client_gone(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR)?;
    let [mut one, mut two, mut early] = [server.connect()?, server.connect()?, server.connect()?];
    for peer in [&mut one, &mut two, &mut early] {
        begin(peer, "a").or_hint(&ANSWERS)?;
    }
    early.reset()?;
    tell_to_leave(&server)?;
    one.reset()?;
    two.half_close()?;
    two.expect_end().or_hint(&CLIENT_GONE)?;
    leaves_well(&server, &CLIENT_GONE)
}

pub(super) fn deadline(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, NEAR)?;
    let [mut one, mut two] = [server.connect()?, server.connect()?];
    begin(&mut one, "a").or_hint(&ANSWERS)?;
    begin(&mut one, "b").or_hint(&ANSWERS)?;
    begin(&mut two, "a").or_hint(&ANSWERS)?;
    server.signal(Signal::Terminate)?;
    let ended = server.expect_exit().hint(Symptom::StillRunning, &NO_DEADLINE)?;
    leaves_in_haste(&ended, 2)
}

pub(super) fn second_signal(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR)?;
    let mut peers = [server.connect()?, server.connect()?, server.connect()?];
    for peer in &mut peers {
        begin(peer, "a").or_hint(&ANSWERS)?;
    }
    tell_to_leave(&server)?;
    server.signal(Signal::Terminate)?;
    let ended = server.expect_exit().hint(Symptom::StillRunning, &ONE_SIGNAL_ONLY)?;
    leaves_in_haste(&ended, 3)
}

/// Starts the program with a deadline of so many milliseconds.
fn start(check: &mut CheckRun, deadline: u32) -> Result<Server, Failure> {
    check.start_with(&[deadline.to_string()])
}

/// Says SIGTERM, and waits until nobody can call any more: from then on the program knows. Whatever it
/// does at once has happened when this returns.
fn tell_to_leave(server: &Server) -> Result<(), Failure> {
    server.signal(Signal::Terminate)?;
    server.expect_connection_refused().hint(Symptom::StillListening, &LISTENER_KEPT)?;
    server.wait_idle().or_hint(&CUT_OFF)
}

fn ask(peer: &mut Peer, line: &str, answer: &str) -> Result<(), Failure> {
    peer.send(format!("{line}\n").as_bytes())?;
    peer.expect(format!("{answer}\n").as_bytes())
}

fn begin(peer: &mut Peer, id: &str) -> Result<(), Failure> {
    ask(peer, &format!("BEGIN {id}"), &format!("BEGUN {id}"))
}

fn end(peer: &mut Peer, id: &str) -> Result<(), Failure> {
    ask(peer, &format!("END {id}"), &format!("DONE {id}"))
}

/// Does a new job begin? If so, it is done at once.
fn new_job(peer: &mut Peer) -> Result<bool, Failure> {
    peer.send(b"BEGIN new\n")?;
    let answer = peer.read_until(b'\n', 64)?;
    match answer.as_slice() {
        b"NO\n" => Ok(false),
        b"BEGUN new\n" => end(peer, "new").map(|()| true),
        _ => Err(Failure::new(
            Symptom::WrongBytes,
            text!(
                "BEGIN được trả lời bằng một dòng không phải BEGUN, cũng không phải NO.",
                "BEGIN was answered by a line that is neither BEGUN nor NO."
            ),
        )),
    }
}

fn goodbye(peer: &mut Peer) -> Result<(), Failure> {
    peer.expect(b"BYE\n")?;
    peer.expect_end().hint(Symptom::Silence, &NOT_CLOSED)
}

fn leaves_well(server: &Server, otherwise: &'static Hint) -> Result<(), Failure> {
    let ended = server.expect_exit().hint(Symptom::StillRunning, otherwise)?;
    ended.expect_code(0).or_hint(&EXIT_CODE)
}

fn leaves_in_haste(ended: &ProgramExit, cut: usize) -> Result<(), Failure> {
    ended.expect_code(1).or_hint(&EXIT_CODE)?;
    ended.expect_stderr_line(&format!("CUT {cut}")).or_hint(&HOW_MANY)
}
