//! The far end on another machine: `serve` without a name waits there, `--to HOST:PORT` asks it for servers.
//!
//! ```text
//! lab  → serve tcp 25            a server of this transport, 25 ms of work a frame
//! far  → LISTENING 192.0.2.7:41234      or: error SENTENCE
//! ```
//!
//! The servers that a connection has asked for end with it.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use narrate::Error;

use crate::contract::IO_TIMEOUT;
use crate::process::Process;
use crate::subject::Program;
use crate::text;

/// Longest line on this connection, in bytes.
const LINE: u64 = 1024;
/// How many labs may be connected at once, and how many servers each may ask for.
const LABS: usize = 4;
const SERVERS: usize = 64;
/// The most work that a lab may ask for, in milliseconds a frame.
const MOST_WORK: u64 = 1_000;

/// Starts servers on request, until it is stopped. It serves the program's own transports only, and is reachable only
/// at `host`: the loopback, unless `--host` says more.
///
/// # Errors
/// When it cannot listen at `host`.
pub(crate) fn serve_all(program: &Program, host: IpAddr) -> Result<(), Error> {
    let wanted = SocketAddr::new(host, 0);
    let listener = TcpListener::bind(wanted).map_err(|why| Error::listening(wanted, why))?;
    println!("LISTENING {}", listener.local_addr()?);
    eprintln!("{}", text::far_end_waits(program.name, listener.local_addr()?));
    static CONNECTED: AtomicUsize = AtomicUsize::new(0);
    thread::scope(|scope| {
        for lab in listener.incoming() {
            let Ok(lab) = lab else { continue }; // it has left again before we looked
            if CONNECTED.fetch_add(1, Ordering::Relaxed) >= LABS {
                CONNECTED.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            scope.spawn(move || {
                if let Err(why) = serve_lab(program, &lab, host) {
                    eprintln!("{}", text::lab_left(why));
                }
                CONNECTED.fetch_sub(1, Ordering::Relaxed);
            });
        }
    });
    Ok(())
}

/// Does what one lab asks, until it leaves.
fn serve_lab(program: &Program, lab: &TcpStream, host: IpAddr) -> io::Result<()> {
    lab.set_write_timeout(Some(IO_TIMEOUT))?;
    let mut servers = Vec::new();
    let mut lines = BufReader::new(lab);
    let mut answers = lab;
    loop {
        let mut line = String::new();
        // A lab may measure for minutes between two questions: there is no limit for silence, but one for a line.
        if lines.by_ref().take(LINE).read_line(&mut line)? == 0 {
            return Ok(());
        }
        let answer = match start(program, line.trim(), host).filter(|_| servers.len() < SERVERS) {
            Some(Ok((server, listening))) => {
                servers.push(server);
                listening
            }
            Some(Err(why)) => format!("error {}", why.replace('\n', " ")),
            None => "error `serve NAME MILLISECONDS` expected".to_owned(),
        };
        writeln!(answers, "{answer}")?;
    }
}

/// `serve NAME MILLISECONDS`: a server, and the line in which it says where it listens; `None` for any other line.
fn start(program: &Program, line: &str, host: IpAddr) -> Option<Result<(Process, String), String>> {
    let (name, work) = line.strip_prefix("serve ")?.split_once(' ')?;
    let work: u64 = work.parse().ok().filter(|work| *work <= MOST_WORK)?;
    let transport = program.transport(name).ok()?;
    let started = || {
        let program = std::env::current_exe().map_err(|why| why.to_string())?;
        let mut command = std::process::Command::new(program);
        command.args(["serve", transport.name(), "--host", &host.to_string(), "--work-ms", &work.to_string()]);
        let mut server = Process::start(&mut command)?;
        let line = server.read_line(IO_TIMEOUT)?;
        Ok((server, line))
    };
    Some(started())
}

/// The lab's side: a connection to the machine where the servers are.
pub(crate) struct RemoteServers {
    connection: BufReader<TcpStream>,
    /// What the driver must call when a server says that it listens at all addresses.
    ip: IpAddr,
}

impl RemoteServers {
    /// Connects to what `serve` announced on the other machine.
    ///
    /// # Errors
    /// When no program answers there.
    pub(crate) fn connect(address: &str) -> Result<RemoteServers, Error> {
        let mut found = address.to_socket_addrs().map_err(|why| Error::new(text::no_such_address(address, why)))?;
        let address = found.next().ok_or_else(|| Error::new(text::no_such_address(address, "DNS")))?;
        let connection =
            TcpStream::connect_timeout(&address, IO_TIMEOUT).map_err(|why| Error::connecting(address, why))?;
        connection.set_read_timeout(Some(IO_TIMEOUT))?;
        connection.set_write_timeout(Some(IO_TIMEOUT))?;
        Ok(RemoteServers { connection: BufReader::new(connection), ip: address.ip() })
    }

    /// Asks for a server; gives the address for its driver.
    ///
    /// # Errors
    /// What the other machine says, or that it says nothing.
    pub(crate) fn serve(&mut self, name: &str, work: Duration) -> Result<String, String> {
        let asked = writeln!(self.connection.get_mut(), "serve {name} {}", work.as_millis());
        let mut line = String::new();
        asked
            .and_then(|()| self.connection.by_ref().take(LINE * 4).read_line(&mut line))
            .map_err(text::far_end_silent)?;
        let address = line.trim().strip_prefix("LISTENING ").ok_or_else(|| line.trim().to_owned())?;
        let (socket, rest) = address.split_once('/').map_or((address, None), |(socket, rest)| (socket, Some(rest)));
        let socket: SocketAddr = socket.parse().map_err(|_| text::only_here(name))?;
        let ip = if socket.ip().is_unspecified() { self.ip } else { socket.ip() };
        let socket = SocketAddr::new(ip, socket.port());
        Ok(rest.map_or_else(|| socket.to_string(), |rest| format!("{socket}/{rest}")))
    }
}
