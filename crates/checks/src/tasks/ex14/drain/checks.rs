//! The conversations with a server that is told to leave.

use super::hints::*;
use crate::limits::{PROGRESS_TIMEOUT, poll};
use crate::{CheckRun, Explain, Failure, Hint, Peer, ProgramExit, Server, Signal, Symptom, Text};

/// How many jobs may be in flight for one connection.
const MAX_JOBS: usize = 16;

/// A deadline that is never reached, in milliseconds.
const FAR_DEADLINE: u32 = 600_000;

/// A deadline that is soon over, in milliseconds.
const NEAR_DEADLINE: u32 = 200;

pub(super) fn jobs(check: &mut CheckRun) -> Result<(), Failure> {
    let [one, two] = [4, 7].map(|count| check.rng().word(count));
    let mut peer = start(check, FAR_DEADLINE)?.connect()?;
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
        exchange(&mut peer, &line, &answer).or_hint(&ANSWERS)?;
    }
    // One is in flight.
    for number in 1..MAX_JOBS {
        exchange(&mut peer, &format!("BEGIN {number}"), &format!("BEGUN {number}")).or_hint(&ANSWERS)?;
    }
    exchange(&mut peer, "BEGIN 16", "NO").or_hint(&TOO_MANY)?;
    exchange(&mut peer, "END 1", "DONE 1").or_hint(&TOO_MANY)?;
    exchange(&mut peer, "BEGIN 16", "BEGUN 16").or_hint(&TOO_MANY)
}

pub(super) fn many_clients(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR_DEADLINE)?;
    let _silent = server.connect()?;
    let [mut one, mut two] = [server.connect()?, server.connect()?];
    begin_job(&mut one, "a").or_hint(&ONE_AT_A_TIME)?;
    begin_job(&mut two, "a").hint(Symptom::WrongBytes, &JOBS_ARE_SHARED).or_hint(&ONE_AT_A_TIME)?;
    end_job(&mut one, "a").or_hint(&JOBS_ARE_SHARED)?;
    end_job(&mut two, "a").or_hint(&JOBS_ARE_SHARED)?;
    one.half_close()?;
    one.expect_end().or_hint(&NOT_CLOSED)?;
    two.reset()?;
    let mut three = server.connect().or_hint(&NOT_CLOSED)?;
    begin_job(&mut three, "a").or_hint(&NOT_CLOSED)?;
    server.stop()
}

pub(super) fn leaves_at_once(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR_DEADLINE)?;
    server.signal(Signal::Terminate)?;
    expect_clean_exit(&server, &NOBODY_LEFT)
}

pub(super) fn idle_bye(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR_DEADLINE)?;
    let mut idle = server.connect()?;
    exchange(&mut idle, "hello", "NO").or_hint(&ANSWERS)?;
    let mut worked = server.connect()?;
    begin_job(&mut worked, "a").or_hint(&ANSWERS)?;
    end_job(&mut worked, "a")?;
    let mut typing = server.connect()?;
    exchange(&mut typing, "hello", "NO").or_hint(&ANSWERS)?;
    typing.send(b"BEG")?;
    typing.wait_read()?;
    server.signal(Signal::Terminate)?;
    for peer in [&mut idle, &mut worked, &mut typing] {
        expect_goodbye(peer).hint(Symptom::Silence, &IDLE_NOT_TOLD).or_hint(&BYE_FIRST)?;
    }
    expect_clean_exit(&server, &NOBODY_LEFT)
}

pub(super) fn stops_accepting(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR_DEADLINE)?;
    let mut busy = server.connect()?;
    begin_job(&mut busy, "a").or_hint(&ANSWERS)?;
    server.signal(Signal::Terminate)?;
    server.expect_connection_refused().hint(Symptom::StillListening, &LISTENER_KEPT)?;
    end_job(&mut busy, "a").or_hint(&CUT_OFF)
}

pub(super) fn job_finishes(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR_DEADLINE)?;
    let mut busy = server.connect()?;
    begin_job(&mut busy, "a").or_hint(&ANSWERS)?;
    begin_job(&mut busy, "b").or_hint(&ANSWERS)?;
    terminate(&server)?;
    end_job(&mut busy, "a").or_hint(&CUT_OFF)?;
    // Had it said goodbye after the first of two, it would stand before this answer.
    end_job(&mut busy, "b").or_hint(&EVERY_JOB)?;
    expect_goodbye(&mut busy).hint(Symptom::Silence, &NO_BYE_AFTER_JOB).or_hint(&BYE_FIRST)?;
    expect_clean_exit(&server, &NOBODY_LEFT)
}

pub(super) fn no_new_jobs(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR_DEADLINE)?;
    let mut busy = server.connect()?;
    begin_job(&mut busy, "a").or_hint(&ANSWERS)?;
    terminate(&server)?;
    // A moment ago its task may not have known yet; but soon it must.
    let refused = poll(PROGRESS_TIMEOUT, || match new_job(&mut busy) {
        Ok(true) => None,
        Ok(false) => Some(Ok(())),
        Err(failure) => Some(Err(failure)),
    });
    match refused {
        Some(answer) => answer.or_hint(&CUT_OFF)?,
        None => {
            let what = Text {
                vi: "Đã nhận SIGTERM, mà việc mới vẫn cứ bắt đầu.",
                en: "It was told to leave, and new jobs still begin.",
            };
            return Err(Failure::new(Symptom::WrongBytes, what)).or_hint(&NEW_JOBS);
        }
    }
    end_job(&mut busy, "a").or_hint(&CUT_OFF)?;
    expect_goodbye(&mut busy).hint(Symptom::Silence, &NO_BYE_AFTER_JOB).or_hint(&BYE_FIRST)
}

pub(super) fn half_a_line(check: &mut CheckRun) -> Result<(), Failure> {
    let id = check.rng().word(6);
    let line = format!("END {id}\n");
    let cut = check.rng().between(1, line.len() - 1);
    let server = start(check, FAR_DEADLINE)?;
    let mut busy = server.connect()?;
    begin_job(&mut busy, &id).or_hint(&ANSWERS)?;
    busy.send(&line.as_bytes()[..cut])?;
    busy.wait_read()?;
    let mut witness = server.connect()?;
    exchange(&mut witness, "hello", "NO").or_hint(&ONE_AT_A_TIME)?;
    terminate(&server)?;
    expect_goodbye(&mut witness).hint(Symptom::Silence, &IDLE_NOT_TOLD).or_hint(&BYE_FIRST)?;
    busy.send(&line.as_bytes()[cut..])?;
    busy.expect(format!("DONE {id}\n").as_bytes()).or_hint(&HALF_A_LINE)?;
    expect_goodbye(&mut busy).hint(Symptom::Silence, &NO_BYE_AFTER_JOB).or_hint(&BYE_FIRST)
}

pub(super) fn client_gone(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR_DEADLINE)?;
    let [mut one, mut two, mut early] = [server.connect()?, server.connect()?, server.connect()?];
    for peer in [&mut one, &mut two, &mut early] {
        begin_job(peer, "a").or_hint(&ANSWERS)?;
    }
    early.reset()?;
    terminate(&server)?;
    one.reset()?;
    two.half_close()?;
    two.expect_end().or_hint(&CLIENT_GONE)?;
    expect_clean_exit(&server, &CLIENT_GONE)
}

pub(super) fn deadline(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, NEAR_DEADLINE)?;
    let [mut one, mut two] = [server.connect()?, server.connect()?];
    begin_job(&mut one, "a").or_hint(&ANSWERS)?;
    begin_job(&mut one, "b").or_hint(&ANSWERS)?;
    begin_job(&mut two, "a").or_hint(&ANSWERS)?;
    server.signal(Signal::Terminate)?;
    let ended = server.expect_exit().hint(Symptom::StillRunning, &NO_DEADLINE)?;
    expect_cut_exit(&ended, 2)
}

pub(super) fn second_signal(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, FAR_DEADLINE)?;
    let mut peers = [server.connect()?, server.connect()?, server.connect()?];
    for peer in &mut peers {
        begin_job(peer, "a").or_hint(&ANSWERS)?;
    }
    terminate(&server)?;
    server.signal(Signal::Terminate)?;
    let ended = server.expect_exit().hint(Symptom::StillRunning, &ONE_SIGNAL_ONLY)?;
    expect_cut_exit(&ended, 3)
}

/// Starts the program with a deadline of so many milliseconds.
fn start(check: &mut CheckRun, deadline: u32) -> Result<Server, Failure> {
    check.start_with(&[deadline.to_string()])
}

/// Sends SIGTERM, and waits until connections are refused: from then on the program knows. Whatever it
/// does at once has happened when this returns.
fn terminate(server: &Server) -> Result<(), Failure> {
    server.signal(Signal::Terminate)?;
    server.expect_connection_refused().hint(Symptom::StillListening, &LISTENER_KEPT)?;
    server.wait_idle().or_hint(&CUT_OFF)
}

fn exchange(peer: &mut Peer, line: &str, answer: &str) -> Result<(), Failure> {
    peer.send(format!("{line}\n").as_bytes())?;
    peer.expect(format!("{answer}\n").as_bytes())
}

fn begin_job(peer: &mut Peer, id: &str) -> Result<(), Failure> {
    exchange(peer, &format!("BEGIN {id}"), &format!("BEGUN {id}"))
}

fn end_job(peer: &mut Peer, id: &str) -> Result<(), Failure> {
    exchange(peer, &format!("END {id}"), &format!("DONE {id}"))
}

/// Returns whether a new job begins. If so, it is ended at once.
fn new_job(peer: &mut Peer) -> Result<bool, Failure> {
    peer.send(b"BEGIN new\n")?;
    let answer = peer.read_until(b'\n', 64)?;
    match answer.as_slice() {
        b"NO\n" => Ok(false),
        b"BEGUN new\n" => end_job(peer, "new").map(|()| true),
        _ => Err(Failure::new(
            Symptom::WrongBytes,
            Text {
                vi: "BEGIN được trả lời bằng một dòng không phải BEGUN, cũng không phải NO.",
                en: "BEGIN was answered by a line that is neither BEGUN nor NO.",
            },
        )),
    }
}

fn expect_goodbye(peer: &mut Peer) -> Result<(), Failure> {
    peer.expect(b"BYE\n")?;
    peer.expect_end().hint(Symptom::Silence, &NOT_CLOSED)
}

fn expect_clean_exit(server: &Server, otherwise: &'static Hint) -> Result<(), Failure> {
    let ended = server.expect_exit().hint(Symptom::StillRunning, otherwise)?;
    ended.expect_code(0).or_hint(&EXIT_CODE)
}

fn expect_cut_exit(ended: &ProgramExit, cut: usize) -> Result<(), Failure> {
    ended.expect_code(1).or_hint(&EXIT_CODE)?;
    ended.expect_stderr_line(&format!("CUT {cut}")).or_hint(&HOW_MANY)
}
