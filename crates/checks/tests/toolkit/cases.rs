//! One habit, one symptom.

use std::net::SocketAddr;
use std::path::Path;
#[cfg(target_os = "linux")]
use std::sync::atomic::{AtomicU32, Ordering};

use checks::{Check, Client, Failure, Options, Role, Symptom, Task, Trial, Verdict, judge, text};
use libtest_mimic::{Failed, Trial as Test};

use crate::player::PLAY;
use crate::readiness::READINESS_CASES;

/// The arguments that make the program behave so.
pub fn playing(behaviour: &str) -> [String; 2] {
    [PLAY.to_owned(), behaviour.to_owned()]
}

fn case(id: &'static str, run: fn(&mut Trial) -> Result<(), Failure>) -> Check {
    Check { id, title: text!("", ""), points: 1, run }
}

/// A name, what it must come to (`None` is a pass), and the conversation.
pub type Case = (&'static str, Option<Symptom>, fn(&mut Trial) -> Result<(), Failure>);

/// What each conversation must come to; `None` is a pass.
const CASES: &[Case] = &[
    ("says nothing", Some(Symptom::NotListening), |trial| starts(trial, "silent")),
    ("says it without a line end", Some(Symptom::NotListening), |trial| starts(trial, "no-newline")),
    ("says something else first", Some(Symptom::Garbage), |trial| starts(trial, "garbage")),
    ("announces no address", Some(Symptom::Garbage), |trial| starts(trial, "no-address")),
    ("prints without end", Some(Symptom::Flood), |trial| starts(trial, "flood")),
    ("ends at once", Some(Symptom::Exited), |trial| starts(trial, "exit")),
    ("panics at once", Some(Symptom::Panicked), |trial| starts(trial, "panic")),
    ("stops at todo", Some(Symptom::NotStarted), |trial| starts(trial, "todo")),
    ("answers nothing", Some(Symptom::Silence), |trial| echoes(trial, "mute")),
    ("closes early", Some(Symptom::EndOfStream), |trial| echoes(trial, "closes")),
    ("cuts the connection", Some(Symptom::Reset), |trial| echoes(trial, "resets")),
    ("changes a byte", Some(Symptom::WrongBytes), |trial| echoes(trial, "flips")),
    ("adds a byte", Some(Symptom::ExtraBytes), |trial| echoes(trial, "adds")),
    ("panics when called", Some(Symptom::Panicked), |trial| echoes(trial, "panics")),
    ("panics in a thread", Some(Symptom::Panicked), |trial| echoes(trial, "panics-alone")),
    ("ends when called", Some(Symptom::Exited), |trial| echoes(trial, "leaves")),
    ("never sees the end", Some(Symptom::Silence), |trial| echoes(trial, "spins")),
    ("prints without end while it serves well", None, |trial| echoes(trial, "talks")),
    ("serves well", None, |trial| echoes(trial, "serves")),
    ("answers no datagram", Some(Symptom::Silence), |trial| echoes_datagram(trial, "udp-mute")),
    ("ends at a datagram", Some(Symptom::Exited), |trial| echoes_datagram(trial, "udp-leaves")),
    ("answers from another address", Some(Symptom::WrongAddress), |trial| echoes_datagram(trial, "udp-moves")),
    ("cuts a datagram", Some(Symptom::CutShort), |trial| echoes_datagram(trial, "udp-cuts")),
    ("makes a datagram longer", Some(Symptom::ExtraBytes), |trial| echoes_datagram(trial, "udp-adds")),
    ("serves datagrams well", None, |trial| echoes_datagram(trial, "udp-serves")),
    ("is not called by a client that ends", Some(Symptom::Exited), |trial| is_called(trial, "print")),
    ("is not called by a client that stays", Some(Symptom::NoCall), |trial| is_called(trial, "silent")),
    ("a client calls where it was told to", None, |trial| {
        let (due, other) = (trial.listen()?, trial.listen()?);
        let client = dials(trial, due.address())?;
        due.accept_before(&[&other], &client)?;
        client.until_printed()?;
        other.expect_untouched()
    }),
    ("a client is content with another call", Some(Symptom::ExtraCall), |trial| {
        let (due, other) = (trial.listen()?, trial.listen()?);
        let client = dials(trial, other.address())?;
        due.accept_before(&[&other], &client).map(drop)
    }),
    ("a client calls one more", Some(Symptom::ExtraCall), |trial| {
        let other = trial.listen()?;
        dials(trial, other.address())?.until_printed()?;
        other.expect_untouched()
    }),
    ("what happens once is forgiven", None, |trial| {
        let mut times = 0;
        trial.retry(Symptom::ExtraCall, 2, |trial| {
            times += 1;
            if times == 1 { Err(Failure::new(Symptom::ExtraCall, text!("", ""))) } else { starts(trial, "serves") }
        })
    }),
    ("what happens every time is not", Some(Symptom::ExtraCall), |trial| {
        trial.retry(Symptom::ExtraCall, 3, |_| Err(Failure::new(Symptom::ExtraCall, text!("", ""))))
    }),
    ("a client does not end", Some(Symptom::StillRunning), |trial| client_ends(trial, "silent")),
    ("a client prints something else", Some(Symptom::WrongOutput), |trial| client_ends(trial, "garbage")),
    ("a client fails", Some(Symptom::WrongExit), |trial| client_ends(trial, "fail")),
];

#[cfg(target_os = "linux")]
const LINUX_CASES: &[Case] = &[
    ("a piece is a read of its own", None, |trial| {
        let mut peer = trial.start_with(&playing("counts-reads"))?.connect()?;
        peer.dribble(&[b'x'; 40])?;
        peer.expect(&[1; 40])?;
        peer.send_cut(&[b'x'; 60], &[10, 30])?;
        peer.expect(&[10, 20, 30])
    }),
    ("a slow address answers in the end", None, |trial| {
        let slow = trial.silent()?;
        let client = dials(trial, slow.address())?;
        slow.until_called(&client)?;
        slow.answer()?.accept(&client).map(drop)
    }),
    ("a client hears nothing from a silent address", Some(Symptom::Silence), |trial| {
        let silent = trial.silent()?;
        dials(trial, silent.address())?.until_printed()
    }),
    ("a client that ends has not called a silent address", Some(Symptom::Exited), |trial| {
        let silent = trial.silent()?;
        let client = trial.run(&playing("print"))?;
        silent.until_called(&client)
    }),
    ("does not take what is dribbled", Some(Symptom::Silence), |trial| {
        let server = trial.start_with(&playing("serves"))?;
        let mut peer = server.connect()?;
        server.while_suspended(|| peer.dribble(b"ab"))
    }),
    ("keeps descriptors", Some(Symptom::Leak), |trial| {
        let server = trial.start_with(&playing("keeps"))?;
        let before = server.descriptors()?;
        for _ in 0..5 {
            let mut peer = server.connect()?;
            peer.send(b"x")?;
            peer.expect(b"x")?;
        }
        server.expect_descriptors(before + 1)
    }),
    ("spins", Some(Symptom::Spin), |trial| {
        let server = trial.start_with(&playing("spins"))?;
        server.connect()?.close();
        // Until the close has arrived it rests, and how long that takes is up to the machine.
        (0..20).try_for_each(|_| server.expect_rest())
    }),
    ("rests", None, |trial| {
        let server = trial.start_with(&playing("serves"))?;
        let _idle = server.connect()?;
        server.expect_rest()
    }),
    ("is stuck when we do not read", None, |trial| {
        let server = trial.start_with(&playing("serves"))?;
        let mut peer = server.dial().receive_buffer(4096).connect()?;
        let bytes = trial.rng().bytes(32 * 1024 * 1024);
        let sent = peer.fill(&server, &bytes)?;
        assert!(peer.unread() == Some(true), "{sent} bytes went, and all of them were read");
        peer.widen(1024 * 1024)?;
        peer.expect(&bytes[..sent])
    }),
];

#[cfg(not(target_os = "linux"))]
const LINUX_CASES: &[Case] = &[];

fn starts(trial: &mut Trial, behaviour: &str) -> Result<(), Failure> {
    trial.start_with(&playing(behaviour)).map(drop)
}

fn echoes(trial: &mut Trial, behaviour: &str) -> Result<(), Failure> {
    let mut peer = trial.start_with(&playing(behaviour))?.connect()?;
    peer.send(b"hello")?;
    peer.expect(b"hello")?;
    peer.half_close()?;
    peer.expect_end()
}

fn is_called(trial: &mut Trial, behaviour: &str) -> Result<(), Failure> {
    let listener = trial.listen()?;
    let client = trial.run(&playing(behaviour))?;
    listener.accept(&client).map(drop)
}

fn dials(trial: &mut Trial, address: SocketAddr) -> Result<Client, Failure> {
    let [play, behaviour] = playing("dial");
    trial.run(&[play, behaviour, address.to_string()])
}

fn client_ends(trial: &mut Trial, behaviour: &str) -> Result<(), Failure> {
    let ended = trial.run(&playing(behaviour))?.finish()?;
    ended.expect_success()?;
    ended.expect_output("xin chao\n")
}

/// A task made of these checks, for as long as the process runs.
pub fn task_of(checks: Vec<Check>) -> &'static Task {
    Box::leak(Box::new(Task {
        number: 0,
        name: "toolkit",
        title: text!("", ""),
        role: Role::Server,
        checks: checks.leak(),
        hints: &[],
        source: "",
    }))
}

/// Judges this very program.
pub fn judge_self(task: &'static Task, seed: Option<u64>) -> Result<checks::Report, Failed> {
    let myself = std::env::current_exe()?;
    Ok(judge(task, &myself, &Options { seed, ..Options::default() }))
}

pub fn tests() -> Vec<Test> {
    let mut tests: Vec<Test> =
        CASES.iter().chain(LINUX_CASES).chain(READINESS_CASES).map(|case| Test::test(case.0, || meets(case))).collect();
    tests.push(Test::test("a program that cannot be started is no fault of the learner", cannot_start));
    tests.push(Test::test("three deadlines are enough", three_deadlines));
    #[cfg(feature = "websocket")]
    tests.extend(crate::websocket::CASES.iter().map(|case| Test::test(case.0, || meets(case))));
    #[cfg(target_os = "linux")]
    tests.push(Test::test("nothing is left running", leaves_nothing_running));
    tests
}

/// Does the conversation come to what it must?
pub fn meets((id, due, run): &'static Case) -> Result<(), Failed> {
    let report = judge_self(task_of(vec![case(id, *run)]), None)?;
    let seen = match &report.outcomes[0].verdict {
        Verdict::Passed => None,
        Verdict::Failed(failure) => Some(failure.symptom),
        other => return Err(format!("{other:?}").into()),
    };
    if seen != *due {
        let text = report.render(checks::Lang::En, checks::Style::default());
        return Err(format!("due: {due:?}, seen: {seen:?}\n{text}").into());
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn leaves_nothing_running() -> Result<(), Failed> {
    static ID: AtomicU32 = AtomicU32::new(0);
    let task = task_of(vec![case("tells its id", |trial| {
        let mut peer = trial.start_with(&playing("tells-pid"))?.connect()?;
        peer.send(b"?")?;
        let line = peer.read_until(b'\n', 20)?;
        ID.store(String::from_utf8_lossy(&line).trim().parse().unwrap_or(0), Ordering::Relaxed);
        Ok(())
    })]);
    let passed = judge_self(task, None)?.passed();
    let id = ID.load(Ordering::Relaxed);
    if !passed || id == 0 {
        return Err("the program did not tell its id".into());
    }
    if Path::new(&format!("/proc/{id}")).exists() { Err(format!("process {id} is still there").into()) } else { Ok(()) }
}

fn cannot_start() -> Result<(), Failed> {
    let task = task_of(vec![case("start", |trial| starts(trial, "serves"))]);
    let report = judge(task, Path::new("/no/such/program"), &Options::default());
    match &report.outcomes[0].verdict {
        Verdict::Infra(trouble) if trouble.contains("/no/such/program") && !report.passed() => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

fn three_deadlines() -> Result<(), Failed> {
    let ids = ["one", "two", "three", "four", "five"];
    let task = task_of(ids.map(|id| case(id, |trial| echoes(trial, "mute"))).into());
    let one_by_one = Options { jobs: 1, ..Options::default() };
    let report = judge(task, &std::env::current_exe()?, &one_by_one);
    let verdicts: Vec<&str> = report
        .outcomes
        .iter()
        .map(|outcome| match outcome.verdict {
            Verdict::Failed(_) => "failed",
            Verdict::Skipped(reason) if reason == checks::Skip::TIMEOUTS => "skipped",
            _ => "?",
        })
        .collect();
    if verdicts == ["failed", "failed", "failed", "skipped", "skipped"] && !report.passed() {
        return Ok(());
    }
    Err(format!("{verdicts:?}").into())
}

fn echoes_datagram(trial: &mut Trial, behaviour: &str) -> Result<(), Failure> {
    let peer = trial.start_with(&playing(behaviour))?.datagram_peer()?;
    peer.send(b"hello")?;
    peer.expect(b"hello")
}
