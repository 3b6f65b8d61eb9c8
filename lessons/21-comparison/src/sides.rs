//! What the story does not tell: servers in the background, speeds, and one side alone.

use std::ffi::OsString;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use lab::contract::{IO_TIMEOUT, Measure, Until, checksum};
use narrate::{Error, Lesson, Stage};

use crate::frame::{Frame, Receiver};
use crate::transport::Transport;
use crate::transport::tcp::Tcp;
use crate::{drive, subject, text};

/// Before what counts: caches, congestion windows and buffers find their size.
const WARM_UP: Duration = Duration::from_millis(50);
/// How long frames are sent without work, and with it.
const TIMES: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(600)];

/// Whether a command line is for the lab: one of its commands is, but `serve ADDRESS` is one side of this lesson.
pub(crate) fn asks_the_lab(words: &[OsString]) -> bool {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let Some(at) = words.iter().position(|word| lab::COMMANDS.contains(&&**word)) else { return false };
    words[at] != "serve" || words.get(at + 1).is_none_or(|next| !next.contains(':'))
}

/// Runs the lesson; its `--help` also names the lab's commands.
pub(crate) fn with_lab_help(words: &[OsString], lesson: Lesson) -> ExitCode {
    let exit = lesson.run();
    if words.iter().any(|word| word == "--help" || word == "-h") {
        println!("\n{}", text::lab_help());
    }
    exit
}

/// Starts a server of that transport in the background, which costs no work; returns its address.
pub(crate) fn start(name: &str) -> io::Result<String> {
    start_working(name, Duration::ZERO)
}

fn start_working(name: &str, work: Duration) -> io::Result<String> {
    let transport = transport(name)?;
    let (sender, receiver) = mpsc::channel();
    // Not joined: it serves for as long as the program runs.
    thread::spawn(move || {
        let announced = sender.clone();
        let announce = &mut |address: &str| drop(announced.send(Ok(address.to_owned())));
        if let Err(error) = transport.serve(Ipv4Addr::LOCALHOST.into(), Receiver { work }, announce) {
            let _ = sender.send(Err(error)); // the story may have ended
        }
    });
    receiver.recv_timeout(IO_TIMEOUT).map_err(io::Error::other)?
}

fn transport(name: &str) -> io::Result<Box<dyn Transport>> {
    subject::transport(name).ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Measures a transport with one frame at a time, `work_ms` milliseconds of work for each.
pub(crate) fn frames_per_second(name: &str, work_ms: u64, payload: &Bytes) -> Result<f64, Error> {
    let address = start_working(name, Duration::from_millis(work_ms))?;
    let mut client = transport(name)?.connect(&address)?;
    let (frames, mut number) = ([(checksum(payload), payload.clone())], 0);
    let mut measure = |time| {
        let measure = Measure { window: 1, until: Until::Time(time), rate: None };
        drive::run(&mut *client, &frames, &mut number, measure).map_err(Error::new)
    };
    measure(WARM_UP)?;
    Ok(measure(TIMES[usize::from(work_ms > 0)])?.rate())
}

/// `serve ADDRESS`: takes in frames over TCP.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let listener = TcpListener::bind(address).map_err(|why| Error::listening(address, why))?;
    stage.listening(&listener)?;
    Ok(Tcp::default().accept_loop(&listener, Receiver::default())?)
}

/// `connect ADDRESS`: sends one picture over TCP, and prints the acknowledgement.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let payload = Bytes::from(lab::payloads::jpeg(21).map_err(io::Error::other)?);
    let mut client = Tcp::default().connect(&address.to_string()).map_err(|why| Error::connecting(address, why))?;
    client.send(&Frame { number: 1, checksum: checksum(&payload), payload })?;
    let answer = client.receive(None)?.ok_or_else(|| io::Error::from(io::ErrorKind::TimedOut))?;
    stage.line(&text::acknowledged(answer.number, format!("{:016x}", answer.checksum)));
    Ok(())
}
