//! As many clients as one process may hold, against a server of one thread in a process of its own.

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use narrate::{Error, Lang, Side, Stage};
use socket2::{Domain, Protocol, Socket, Type};

use crate::{limit, process, server, text};

/// How many we would like to be.
const CROWD: usize = 10_000;
/// Descriptors that a process needs besides: its screen, files it reads, a child's pipe.
const SPARE: usize = 64;
/// Where we call from, when this machine has more than one address for itself: a port can be used once for each.
const SOURCES: std::ops::RangeInclusive<u8> = 2..=9;
/// How many call without waiting for the server to come after: well below what a backlog holds.
const GROUP: usize = 100;
/// How long to wait for a connection or for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest line that the server says.
const LINE: u64 = 200;

/// The server in its own process; the crowd here.
pub(crate) fn story(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: crowd
    stage.step(text::a_crowd(CROWD));
    let size = raise_the_limit(stage);
    if size < CROWD {
        stage.say(text::fewer(size, CROWD));
    }
    let server = Server::start()?;
    // With the first, the server touches the memory that it needs only once.
    let first = gather(stage, server.address, 1)?;
    say_a_word(&first, 0).map_err(|error| unanswered(error, 1))?;
    let (before, kernel_before) = (process::usage(server.pid()), process::kernel_objects());

    let crowd = gather(stage, server.address, size)?;
    let answered = say_a_word(&crowd, 0).map_err(|error| unanswered(error, crowd.len()))?;
    stage.fact(Side::CLIENT, text::answered(crowd.len(), answered));
    // ANCHOR_END: crowd
    let (Some(before), Some(kernel_before)) = (before, kernel_before) else {
        stage.say(text::no_proc());
        return Ok(());
    };
    let (after, kernel_after) = (process::usage(server.pid()), process::kernel_objects());
    let (Some(after), Some(kernel_after)) = (after, kernel_after) else { return Ok(()) };
    stage.fact(Side::SERVER, text::threads_and_descriptors(after.threads, after.descriptors));
    let each = |grown: u64, count: usize| grown / count.max(1) as u64;
    let ours = each(after.resident.saturating_sub(before.resident), crowd.len());
    let kernels = each(kernel_after.saturating_sub(kernel_before), 2 * crowd.len());
    stage.fact(Side::SERVER, text::memory(after.resident / 1024, ours));
    stage.say(text::kernel_memory(kernels));
    Ok(())
}

/// `connect ADDRESS`: the crowd calls, says a word, and stays until you press Enter.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let size = raise_the_limit(stage);
    let crowd = gather(stage, address, size)?;
    let mut round = 0;
    loop {
        let answered = say_a_word(&crowd, round).map_err(|error| unanswered(error, crowd.len()))?;
        stage.fact(Side::CLIENT, text::answered(crowd.len(), answered));
        stage.say(text::press_enter());
        round += crowd.len();
        if io::stdin().lock().take(LINE).read_line(&mut String::new())? == 0 {
            return Ok(()); // Ctrl-D
        }
    }
}

/// Makes room for the crowd, and says how large it may be: as large as we would like, or as the limit allows.
fn raise_the_limit(stage: &Stage) -> usize {
    let before = limit::of_descriptors();
    let limit = limit::raise((CROWD + SPARE) as u64);
    let [before, soft, hard] = [before.soft, limit.soft, limit.hard].map(limit::shown);
    stage.fact(Side::CLIENT, text::may_hold(before, soft, hard));
    let allowed = limit.soft.and_then(|soft| usize::try_from(soft).ok());
    allowed.map_or(CROWD, |allowed| allowed.saturating_sub(SPARE).clamp(1, CROWD))
}

/// The crowd, or as much of it as this machine lets call. A server that does not answer is an error.
fn gather(stage: &Stage, address: SocketAddr, size: usize) -> Result<Vec<TcpStream>, Error> {
    let (crowd, failed) = call(address, size);
    match failed {
        Some(error) if crowd.is_empty() => return Err(Error::connecting(address, error)),
        Some(error) if is_timeout(&error) => return Err(unanswered(error, crowd.len())),
        Some(error) => stage.met(Side::CLIENT, "connect()", &error),
        None => {}
    }
    Ok(crowd)
}

/// A read that waited for too long is `WouldBlock` on Unix, `TimedOut` on Windows.
fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

/// What became of the crowd, in a sentence.
fn unanswered(error: io::Error, open: usize) -> Error {
    if is_timeout(&error) { Error::new(text::unanswered(open, PATIENCE.as_secs())) } else { error.into() }
}

/// Calls `count` times, or until a call fails.
// ANCHOR: call
fn call(address: SocketAddr, count: usize) -> (Vec<TcpStream>, Option<io::Error>) {
    let mut crowd = Vec::with_capacity(count);
    for (number, source) in (1..=count).zip(SOURCES.cycle()) {
        match call_from(source, address) {
            Ok(stream) => crowd.push(stream),
            Err(error) => return (crowd, Some(error)),
        }
        // An answer to the last of a group says that all of it have been accepted.
        // Callers who outrun the server fill its backlog, and lose a second each.
        if number % GROUP == 0
            && let Err(error) = say_a_word(&crowd[number - 1..], number)
        {
            return (crowd, Some(error));
        }
    }
    (crowd, None)
}

fn call_from(source: u8, address: SocketAddr) -> io::Result<TcpStream> {
    let family = Domain::for_address(address);
    let socket = Socket::new(family, Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(target_os = "linux") && address.ip() == IpAddr::V4(Ipv4Addr::LOCALHOST) {
        let source = SocketAddr::new(Ipv4Addr::new(127, 0, 0, source).into(), 0);
        socket.bind(&source.into())?; // on Linux all of 127.0.0.0/8 is this machine
    }
    socket.connect_timeout(&address.into(), PATIENCE)?;
    // To hang up is then a RST: all has been answered, and no port rests in TIME-WAIT.
    socket.set_linger(Some(Duration::ZERO))?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    Ok(socket.into())
}
// ANCHOR_END: call

/// Everybody says a number of their own, then everybody listens. Returns how many heard theirs.
// ANCHOR: say
fn say_a_word(crowd: &[TcpStream], from: usize) -> io::Result<usize> {
    let word = |number: usize| format!("{:08}", from + number);
    for (number, mut client) in crowd.iter().enumerate() {
        client.write_all(word(number).as_bytes())?;
    }
    let mut answered = 0;
    for (number, mut client) in crowd.iter().enumerate() {
        let mut answer = [0; 8];
        client.read_exact(&mut answer)?;
        answered += usize::from(answer == word(number).as_bytes());
    }
    Ok(answered)
}
// ANCHOR_END: say

/// `lesson13 serve` in a process of its own. It ends with this value, or with its last caller.
struct Server {
    child: Child,
    address: SocketAddr,
    /// Kept open: who prints to nobody ends.
    _screen: BufReader<ChildStdout>,
}

impl Server {
    // ANCHOR: start
    fn start() -> Result<Server, Error> {
        let mut child = Command::new(env::current_exe()?)
            .args(["serve", "--lang", Lang::current().code()])
            .env(server::UNTIL_EMPTY, "1") // should we be stopped half-way, nobody else would stop it
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut screen = BufReader::new(child.stdout.take().ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe))?);
        let mut line = String::new();
        screen.by_ref().take(LINE).read_line(&mut line)?; // LISTENING 127.0.0.1:PORT
        let address = line.trim().strip_prefix("LISTENING ").and_then(|address| address.parse().ok());
        let address = address.ok_or_else(|| Error::new(text::server_did_not_start(&line)))?;
        Ok(Server { child, address, _screen: screen })
    }
    // ANCHOR_END: start

    fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
