//! As many clients as one process may hold, against a server of one thread in a process of its own.

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use narrate::{Error, Lang, Side, Stage};
use socket2::{Domain, Protocol, Socket, Type};

use crate::limit::{self, OTHER_DESCRIPTORS};
use crate::{process, text};

/// Set for the server of the story: it ends when its last client has left.
pub(crate) const UNTIL_EMPTY: &str = "LESSON13_UNTIL_EMPTY";
/// Clients that are wanted.
const CLIENTS: usize = 10_000;
/// The last byte of each address that clients connect from, where all of 127.0.0.0/8 is this machine: each
/// address has its own ports.
const SOURCES: std::ops::RangeInclusive<u8> = 2..=9;
/// Connections that are opened without waiting for the server to accept them: well below what a backlog holds.
const BATCH: usize = 100;
/// How long to wait for a connection, for an answer, or for the kernel to take what is sent.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The longest line that the server prints, in bytes.
const MAX_LINE: u64 = 200;

/// The server in its own process; the clients here.
pub(crate) fn story(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: many
    stage.step(text::many_clients(CLIENTS));
    let count = raise_limit(stage);
    if count < CLIENTS {
        stage.say(text::fewer(count, CLIENTS));
    }
    let server = ServerProcess::start()?;
    // With the first client, the server touches the memory that it needs only once.
    let first = open(stage, server.address, 1)?;
    echo_round(&first, 0).map_err(|error| unanswered(error, 1))?;
    let (before, kernel_before) = (process::usage(server.pid()), process::kernel_objects());

    let clients = open(stage, server.address, count)?;
    exchange(stage, &clients, 0)?;
    // ANCHOR_END: many
    let (Some(before), Some(kernel_before)) = (before, kernel_before) else {
        stage.say(text::no_proc());
        return Ok(());
    };
    let (after, kernel_after) = (process::usage(server.pid()), process::kernel_objects());
    let (Some(after), Some(kernel_after)) = (after, kernel_after) else { return Ok(()) };
    stage.fact(Side::SERVER, text::threads_and_descriptors(after.threads, after.descriptors));
    let each = |grown: u64, count: usize| grown / count.max(1) as u64;
    let server_bytes = each(after.resident.saturating_sub(before.resident), clients.len());
    let kernel_bytes = each(kernel_after.saturating_sub(kernel_before), 2 * clients.len());
    stage.fact(Side::SERVER, text::memory(after.resident / 1024, server_bytes));
    stage.say(text::kernel_memory(kernel_bytes));
    Ok(())
}

/// Raises the limit of descriptors, shows it, and returns how many clients it allows, up to [`CLIENTS`].
pub(crate) fn raise_limit(stage: &Stage) -> usize {
    let before = limit::current();
    let limit = limit::raise((CLIENTS + OTHER_DESCRIPTORS) as u64);
    let [before, soft, hard] = [before.soft, limit.soft, limit.hard].map(limit::display);
    stage.fact(Side::CLIENT, text::descriptor_limit(before, soft, hard));
    let allowed = limit.soft.and_then(|soft| usize::try_from(soft).ok());
    allowed.map_or(CLIENTS, |allowed| allowed.saturating_sub(OTHER_DESCRIPTORS).clamp(1, CLIENTS))
}

/// Opens `count` connections, or as many as this machine allows. A server that does not answer is an error.
pub(crate) fn open(stage: &Stage, address: SocketAddr, count: usize) -> Result<Vec<TcpStream>, Error> {
    let (clients, failed) = connect_many(address, count);
    match failed {
        Some(error) if clients.is_empty() => return Err(Error::connecting(address, error)),
        Some(error) if is_timeout(&error) => return Err(unanswered(error, clients.len())),
        Some(error) => stage.returned(Side::CLIENT, "connect()", &Err::<(), _>(error)),
        None => {}
    }
    Ok(clients)
}

/// Lets every client exchange a message with the server, and shows how many got theirs back.
pub(crate) fn exchange(stage: &Stage, clients: &[TcpStream], first_number: usize) -> Result<(), Error> {
    let answered = echo_round(clients, first_number).map_err(|error| unanswered(error, clients.len()))?;
    stage.fact(Side::CLIENT, text::answered(clients.len(), answered));
    Ok(())
}

/// A read that timed out is `WouldBlock` on Unix, `TimedOut` on Windows.
fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

/// Says in a sentence that the server does not answer any more; other errors stay as they are.
fn unanswered(error: io::Error, open: usize) -> Error {
    if is_timeout(&error) { Error::new(text::unanswered(open, TIMEOUT.as_secs())) } else { error.into() }
}

/// Opens `count` connections, or as many as succeed before one fails.
// ANCHOR: connect
fn connect_many(address: SocketAddr, count: usize) -> (Vec<TcpStream>, Option<io::Error>) {
    let mut clients = Vec::with_capacity(count);
    for (number, source) in (1..=count).zip(SOURCES.cycle()) {
        match connect_from(source, address) {
            Ok(stream) => clients.push(stream),
            Err(error) => return (clients, Some(error)),
        }
        // An answer to the last of a batch says that all of it have been accepted. Connecting
        // faster than `accept` overflows the backlog; each dropped SYN costs a second.
        if number % BATCH == 0
            && let Err(error) = echo_round(&clients[number - 1..], number)
        {
            return (clients, Some(error));
        }
    }
    (clients, None)
}

fn connect_from(source: u8, address: SocketAddr) -> io::Result<TcpStream> {
    let family = Domain::for_address(address);
    let socket = Socket::new(family, Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(target_os = "linux") && address.ip() == IpAddr::V4(Ipv4Addr::LOCALHOST) {
        let source = SocketAddr::new(Ipv4Addr::new(127, 0, 0, source).into(), 0);
        socket.bind(&source.into())?; // on Linux all of 127.0.0.0/8 is this machine
    }
    socket.connect_timeout(&address.into(), TIMEOUT)?;
    // Closing is then a RST: all has been answered, and no port stays in TIME-WAIT.
    socket.set_linger(Some(Duration::ZERO))?;
    socket.set_read_timeout(Some(TIMEOUT))?;
    socket.set_write_timeout(Some(TIMEOUT))?;
    Ok(socket.into())
}
// ANCHOR_END: connect

/// Every client sends a number of its own, then every client reads. Returns how many got theirs back.
// ANCHOR: round
fn echo_round(clients: &[TcpStream], first_number: usize) -> io::Result<usize> {
    let message = |index: usize| format!("{:08}", first_number + index);
    for (index, mut client) in clients.iter().enumerate() {
        client.write_all(message(index).as_bytes())?;
    }
    let mut answered = 0;
    for (index, mut client) in clients.iter().enumerate() {
        let mut answer = [0; 8];
        client.read_exact(&mut answer)?;
        answered += usize::from(answer == message(index).as_bytes());
    }
    Ok(answered)
}
// ANCHOR_END: round

/// `lesson13 serve` in a process of its own. It is ended with this value, or ends after its last client.
struct ServerProcess {
    child: Child,
    address: SocketAddr,
    /// Kept open: a program that prints into a closed pipe ends.
    _stdout: BufReader<ChildStdout>,
}

impl ServerProcess {
    // ANCHOR: start
    fn start() -> Result<ServerProcess, Error> {
        let mut child = Command::new(env::current_exe()?)
            .args(["serve", "--lang", Lang::current().code()])
            .env(UNTIL_EMPTY, "1") // if this process is killed, nothing else would end the server
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdout = BufReader::new(child.stdout.take().ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe))?);
        let mut line = String::new();
        stdout.by_ref().take(MAX_LINE).read_line(&mut line)?; // LISTENING 127.0.0.1:PORT
        let address = line.trim().strip_prefix("LISTENING ").and_then(|address| address.parse().ok());
        let address = address.ok_or_else(|| Error::new(text::server_did_not_start(&line)))?;
        Ok(ServerProcess { child, address, _stdout: stdout })
    }
    // ANCHOR_END: start

    fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
