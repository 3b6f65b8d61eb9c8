//! `resolve` against a real DNS server, dnsmasq, and beside a real client, dig.
//!
//! Ignored, with the name of what is missing, on a machine without the two; with
//! `COURSE_TEST_ALL=1` that is a failure.

use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Output, Stdio};
use std::time::{Duration, Instant};
use std::{env, io, thread};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

/// The server has this long to answer its first question.
const START: Duration = Duration::from_secs(10);

/// More addresses than fit in the 512 bytes that a client without EDNS is sent.
const MANY: u8 = 60;

type Case = (&'static str, fn(&DnsMasq) -> Result<(), Failed>);

const CASES: &[Case] = &[
    ("a_name_with_one_address", |server| same_as_dig(server, "one.test")),
    ("a_name_with_several_addresses", |server| same_as_dig(server, "several.test")),
    ("upper_case_letters", |server| same_as_dig(server, "ONE.Test")),
    ("a_dot_at_the_end", |server| same_as_dig(server, "one.test.")),
    ("an_alias", |server| same_as_dig(server, "alias.test")),
    ("an_alias_of_an_alias", |server| same_as_dig(server, "far.test")),
    ("a_name_that_does_not_exist", |server| fails(server, "nowhere.test", "NXDOMAIN")),
    ("a_name_with_ipv6_only", |server| fails(server, "six.test", "IPv4")),
    ("an_answer_that_does_not_fit", |server| fails(server, "many.test", "TC")),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tests = CASES.iter().map(|(name, run)| Trial::ignorable_test(*name, move || put(*run))).collect();
    libtest_mimic::run(&arguments, tests).exit_code()
}

fn put(run: fn(&DnsMasq) -> Result<(), Failed>) -> Result<Completion, Failed> {
    if !is_started() {
        return Ok(Completion::ignored_with("not started yet · chưa bắt đầu"));
    }
    for (program, argument) in [("dnsmasq", "--version"), ("dig", "-v")] {
        if Command::new(program).arg(argument).output().is_err() {
            let missing = format!("{program} is not installed (apt install dnsmasq-base dnsutils)");
            if env::var("COURSE_TEST_ALL").is_ok_and(|value| value == "1") {
                return Err(missing.into());
            }
            return Ok(Completion::ignored_with(missing));
        }
    }
    run(&DnsMasq::start()?)?;
    Ok(Completion::Completed)
}

/// In an exercise, a file that is still the stub is not tested; a solution has no stub.
fn is_started() -> bool {
    let named = env::var(checks::NOT_STARTED_ENV).is_ok_and(|list| list.split(',').any(|id| id.trim() == "08/resolve"));
    !named && !checks::is_untouched(Path::new(env!("CARGO_MANIFEST_DIR")), "resolve")
}

/// A DNS server of our own, on a free port of the loopback. Ends when it is dropped.
struct DnsMasq {
    child: Child,
    port: u16,
}

impl DnsMasq {
    fn start() -> Result<DnsMasq, Failed> {
        // dnsmasq cannot be asked for "any port"; a free one may be taken until it gets there.
        for _ in 0..5 {
            let mut server = DnsMasq::at(free_port()?)?;
            let deadline = Instant::now() + START;
            while Instant::now() < deadline && server.child.try_wait()?.is_none() {
                if !server.dig("one.test")?.is_empty() {
                    return Ok(server);
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        Err("dnsmasq does not answer".into())
    }

    fn at(port: u16) -> io::Result<DnsMasq> {
        let mut command = Command::new("dnsmasq");
        // Nothing of this machine's own configuration, no upstream server, no change of user.
        command.args(["--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--user=", "--group="]);
        command.args(["--no-resolv", "--no-hosts", "--bind-interfaces", "--listen-address=127.0.0.1"]);
        command.args(["--local=/test/", "--host-record=one.test,192.0.2.1", "--host-record=six.test,2001:db8::6"]);
        command.args([
            "--host-record=end.test,192.0.2.7",
            "--cname=alias.test,end.test",
            "--cname=far.test,alias.test",
        ]);
        command.args([1, 2, 3].map(|host| format!("--address=/several.test/198.51.100.{host}")));
        command.args((1..=MANY).map(|host| format!("--address=/many.test/203.0.113.{host}")));
        command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(DnsMasq { child: command.spawn()?, port })
    }

    /// The addresses that dig finds. Among them it prints aliases, which end in a dot.
    fn dig(&self, name: &str) -> Result<Vec<String>, Failed> {
        let port = self.port.to_string();
        let output = Command::new("dig")
            .args(["+short", "+tries=3", "+time=2", "@127.0.0.1", "-p", &port, "A", name])
            .output()?;
        let is_address = |line: &String| !line.ends_with('.') && !line.starts_with(';');
        Ok(lines(&output).into_iter().filter(is_address).collect())
    }

    fn resolve(&self, name: &str) -> Result<Output, Failed> {
        let server = format!("127.0.0.1:{}", self.port);
        Ok(Command::new(env!("CARGO_BIN_EXE_ex08-resolve")).args([&server, name]).output()?)
    }
}

impl Drop for DnsMasq {
    fn drop(&mut self) {
        // Both fail only for a process that has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that is free at this moment for both protocols, since dnsmasq takes both.
fn free_port() -> io::Result<u16> {
    loop {
        let datagrams = UdpSocket::bind("127.0.0.1:0")?;
        let port = datagrams.local_addr()?.port();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
}

fn same_as_dig(server: &DnsMasq, name: &str) -> Result<(), Failed> {
    let output = server.resolve(name)?;
    // The order of several addresses is the server's to change from answer to answer.
    let (mut ours, mut theirs) = (lines(&output), server.dig(name)?);
    ours.sort();
    theirs.sort();
    if theirs.is_empty() || ours != theirs || !output.status.success() {
        return Err(format!("{name}: resolve says {output:?}, dig says {theirs:?}").into());
    }
    Ok(())
}

fn fails(server: &DnsMasq, name: &str, because: &str) -> Result<(), Failed> {
    let output = server.resolve(name)?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(1) && output.stdout.is_empty() && said.contains(because) {
        return Ok(());
    }
    Err(format!("{name}: no word of {because}: {output:?}").into())
}

/// The lines of its stdout.
fn lines(output: &Output) -> Vec<String> {
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}
