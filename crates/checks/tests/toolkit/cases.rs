//! One habit, one symptom.

use std::net::SocketAddr;
use std::path::Path;
#[cfg(target_os = "linux")]
use std::sync::atomic::{AtomicU32, Ordering};

use checks::{Check, CheckRun, Client, Failure, Options, Role, Symptom, Task, Text, Verdict, judge};
use libtest_mimic::{Failed, Trial};

use crate::player::PLAY;
use crate::readiness::READINESS_CASES;

/// The arguments that make the program behave so.
pub fn playing(behaviour: &str) -> [String; 2] {
    [PLAY.to_owned(), behaviour.to_owned()]
}

fn case(id: &'static str, run: fn(&mut CheckRun) -> Result<(), Failure>) -> Check {
    Check { id, title: Text { vi: "", en: "" }, points: 1, run }
}

/// A name, what it must come to (`None` is a pass), and the conversation.
pub type Case = (&'static str, Option<Symptom>, fn(&mut CheckRun) -> Result<(), Failure>);

/// What each conversation must come to; `None` is a pass.
const CASES: &[Case] = &[
    ("says nothing", Some(Symptom::NotListening), |check| starts(check, "silent")),
    ("says it without a line end", Some(Symptom::NotListening), |check| starts(check, "no-newline")),
    ("says something else first", Some(Symptom::Garbage), |check| starts(check, "garbage")),
    ("announces no address", Some(Symptom::Garbage), |check| starts(check, "no-address")),
    ("prints without end", Some(Symptom::RunawayOutput), |check| starts(check, "flood")),
    ("ends at once", Some(Symptom::Exited), |check| starts(check, "exit")),
    ("panics at once", Some(Symptom::Panicked), |check| starts(check, "panic")),
    ("stops at todo", Some(Symptom::NotStarted), |check| starts(check, "todo")),
    ("answers nothing", Some(Symptom::Silence), |check| echoes(check, "mute")),
    ("closes early", Some(Symptom::EndOfStream), |check| echoes(check, "closes")),
    ("cuts the connection", Some(Symptom::Reset), |check| echoes(check, "resets")),
    ("changes a byte", Some(Symptom::WrongBytes), |check| echoes(check, "flips")),
    ("adds a byte", Some(Symptom::ExtraBytes), |check| echoes(check, "adds")),
    ("panics at a connection", Some(Symptom::Panicked), |check| echoes(check, "panics")),
    ("panics in a thread", Some(Symptom::Panicked), |check| echoes(check, "panics-alone")),
    ("ends at a connection", Some(Symptom::Exited), |check| echoes(check, "leaves")),
    ("never sees the end", Some(Symptom::Silence), |check| echoes(check, "spins")),
    ("prints without end while it serves well", None, |check| echoes(check, "talks")),
    ("serves well", None, |check| echoes(check, "serves")),
    ("answers no datagram", Some(Symptom::Silence), |check| echoes_datagram(check, "udp-mute")),
    ("ends at a datagram", Some(Symptom::Exited), |check| echoes_datagram(check, "udp-leaves")),
    ("answers from another address", Some(Symptom::WrongAddress), |check| echoes_datagram(check, "udp-moves")),
    ("cuts a datagram", Some(Symptom::CutShort), |check| echoes_datagram(check, "udp-cuts")),
    ("makes a datagram longer", Some(Symptom::ExtraBytes), |check| echoes_datagram(check, "udp-adds")),
    ("serves datagrams well", None, |check| echoes_datagram(check, "udp-serves")),
    ("a client ends without connecting", Some(Symptom::Exited), |check| expect_connected(check, "print")),
    ("a client runs without connecting", Some(Symptom::NoConnection), |check| expect_connected(check, "silent")),
    ("a client connects to the first address", None, |check| {
        let (due, other) = (check.listen()?, check.listen()?);
        let client = start_connecting(check, due.address())?;
        due.accept_before(&[&other], &client)?;
        client.wait_printed()?;
        other.expect_no_connection()
    }),
    ("a client stays with another connection", Some(Symptom::UnexpectedConnection), |check| {
        let (due, other) = (check.listen()?, check.listen()?);
        let client = start_connecting(check, other.address())?;
        due.accept_before(&[&other], &client).map(drop)
    }),
    ("a client connects to one more address", Some(Symptom::UnexpectedConnection), |check| {
        let other = check.listen()?;
        start_connecting(check, other.address())?.wait_printed()?;
        other.expect_no_connection()
    }),
    ("retry forgives a failure that happens once", None, |check| {
        let mut times = 0;
        check.retry(Symptom::UnexpectedConnection, 2, |check| {
            times += 1;
            if times == 1 {
                Err(Failure::new(Symptom::UnexpectedConnection, Text { vi: "", en: "" }))
            } else {
                starts(check, "serves")
            }
        })
    }),
    ("retry keeps a failure that happens every time", Some(Symptom::UnexpectedConnection), |check| {
        check.retry(Symptom::UnexpectedConnection, 3, |_| {
            Err(Failure::new(Symptom::UnexpectedConnection, Text { vi: "", en: "" }))
        })
    }),
    ("a client does not end", Some(Symptom::StillRunning), |check| expect_client_end(check, "silent")),
    ("a client prints something else", Some(Symptom::WrongOutput), |check| expect_client_end(check, "garbage")),
    ("a client fails", Some(Symptom::WrongExitCode), |check| expect_client_end(check, "fail")),
];

#[cfg(target_os = "linux")]
const LINUX_CASES: &[Case] = &[
    ("each piece is a read of its own", None, |check| {
        let mut peer = check.start_with(&playing("counts-reads"))?.connect()?;
        peer.send_bytewise(&[b'x'; 40])?;
        peer.expect(&[1; 40])?;
        peer.send_cut(&[b'x'; 60], &[10, 30])?;
        peer.expect(&[10, 20, 30])
    }),
    ("a blackhole that answers gets the connection", None, |check| {
        let slow = check.blackhole()?;
        let client = start_connecting(check, slow.address())?;
        slow.wait_connect(&client)?;
        slow.answer()?.accept(&client).map(drop)
    }),
    ("a client prints nothing while a blackhole is silent", Some(Symptom::Silence), |check| {
        let silent = check.blackhole()?;
        start_connecting(check, silent.address())?.wait_printed()
    }),
    ("a client ends without connecting to a blackhole", Some(Symptom::Exited), |check| {
        let silent = check.blackhole()?;
        let client = check.start_client(&playing("print"))?;
        silent.wait_connect(&client)
    }),
    ("does not read what is sent bytewise", Some(Symptom::Silence), |check| {
        let server = check.start_with(&playing("serves"))?;
        let mut peer = server.connect()?;
        server.while_suspended(|| peer.send_bytewise(b"ab"))
    }),
    ("keeps descriptors", Some(Symptom::Leak), |check| {
        let server = check.start_with(&playing("keeps"))?;
        let before = server.descriptors()?;
        for _ in 0..5 {
            let mut peer = server.connect()?;
            peer.send(b"x")?;
            peer.expect(b"x")?;
        }
        server.expect_descriptors(before + 1)
    }),
    ("spins", Some(Symptom::BusyLoop), |check| {
        let server = check.start_with(&playing("spins"))?;
        server.connect()?.close();
        // Until the close has arrived it rests, and how long that takes is up to the machine.
        (0..20).try_for_each(|_| server.expect_idle())
    }),
    ("is idle", None, |check| {
        let server = check.start_with(&playing("serves"))?;
        let _idle = server.connect()?;
        server.expect_idle()
    }),
    ("is backpressured when we do not read", None, |check| {
        let server = check.start_with(&playing("serves"))?;
        let mut peer = server.connect_options().receive_buffer(4096).connect()?;
        let bytes = check.rng().bytes(32 * 1024 * 1024);
        let sent = peer.fill_buffers(&server, &bytes)?;
        assert!(peer.has_unread() == Some(true), "{sent} bytes went, and all of them were read");
        peer.grow_receive_buffer(1024 * 1024)?;
        peer.expect(&bytes[..sent])
    }),
];

#[cfg(not(target_os = "linux"))]
const LINUX_CASES: &[Case] = &[];

fn starts(check: &mut CheckRun, behaviour: &str) -> Result<(), Failure> {
    check.start_with(&playing(behaviour)).map(drop)
}

fn echoes(check: &mut CheckRun, behaviour: &str) -> Result<(), Failure> {
    let mut peer = check.start_with(&playing(behaviour))?.connect()?;
    peer.send(b"hello")?;
    peer.expect(b"hello")?;
    peer.half_close()?;
    peer.expect_end()
}

fn expect_connected(check: &mut CheckRun, behaviour: &str) -> Result<(), Failure> {
    let listener = check.listen()?;
    let client = check.start_client(&playing(behaviour))?;
    listener.accept(&client).map(drop)
}

fn start_connecting(check: &mut CheckRun, address: SocketAddr) -> Result<Client, Failure> {
    let [play, behaviour] = playing("dial");
    check.start_client(&[play, behaviour, address.to_string()])
}

fn expect_client_end(check: &mut CheckRun, behaviour: &str) -> Result<(), Failure> {
    let ended = check.start_client(&playing(behaviour))?.finish()?;
    ended.expect_success()?;
    ended.expect_output("xin chao\n")
}

/// A task made of these checks, for as long as the process runs.
pub fn task_of(checks: Vec<Check>) -> &'static Task {
    Box::leak(Box::new(Task {
        number: 0,
        name: "toolkit",
        title: Text { vi: "", en: "" },
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

pub fn tests() -> Vec<Trial> {
    let mut tests: Vec<Trial> = CASES
        .iter()
        .chain(LINUX_CASES)
        .chain(READINESS_CASES)
        .map(|case| Trial::test(case.0, || expect_outcome(case)))
        .collect();
    tests.push(Trial::test("a program that cannot be started is an infra failure", cannot_start));
    tests.push(Trial::test("after three timeouts the rest is skipped", three_deadlines));
    #[cfg(feature = "websocket")]
    tests.extend(crate::websocket::CASES.iter().map(|case| Trial::test(case.0, || expect_outcome(case))));
    #[cfg(target_os = "linux")]
    tests.push(Trial::test("judge leaves no process running", leaves_nothing_running));
    tests
}

/// Checks that the conversation comes to what it must.
pub fn expect_outcome((id, due, run): &'static Case) -> Result<(), Failed> {
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
    let task = task_of(vec![case("tells its id", |check| {
        let mut peer = check.start_with(&playing("tells-pid"))?.connect()?;
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
    let task = task_of(vec![case("start", |check| starts(check, "serves"))]);
    let report = judge(task, Path::new("/no/such/program"), &Options::default());
    match &report.outcomes[0].verdict {
        Verdict::Infra(trouble) if trouble.contains("/no/such/program") && !report.passed() => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

fn three_deadlines() -> Result<(), Failed> {
    let ids = ["one", "two", "three", "four", "five"];
    let task = task_of(ids.map(|id| case(id, |check| echoes(check, "mute"))).into());
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

fn echoes_datagram(check: &mut CheckRun, behaviour: &str) -> Result<(), Failure> {
    let peer = check.start_with(&playing(behaviour))?.datagram_peer()?;
    peer.send(b"hello")?;
    peer.expect(b"hello")
}
