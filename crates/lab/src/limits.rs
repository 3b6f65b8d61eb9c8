//! What this machine can do at most: the frame in which every other figure of the run is read.

use std::hint::black_box;
use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::contract::{IO_TIMEOUT, checksum};
use crate::placement::Placement;
use crate::process::Process;
use crate::results::{Limits, OneWay, PayloadSize};
use crate::statistics;
use crate::subject::Program;

/// How long each of these is measured, and how often.
const TIME: Duration = Duration::from_millis(200);
const TURNS: usize = 3;
/// What memory is copied: larger than the caches close to a core, as a large frame is.
const COPIED: usize = 8 << 20;
/// The longest write, in bytes: what `iperf3` makes at most, always of the same memory, and so do we. A limit is not a
/// picture that has to come out of memory first.
const LONGEST: usize = 1 << 20;

/// Measures them all; `iperf3` only if asked for and where it is installed.
pub(crate) fn measure(program: &Program, kinds: &[PayloadSize], with_iperf3: bool) -> Result<Limits, String> {
    let memory = vec![7_u8; COPIED];
    let mut copy = vec![0_u8; COPIED];
    let memcpy = per_second(|| {
        copy.copy_from_slice(black_box(&memory));
        black_box(&mut copy);
    }) * COPIED as f64;
    let checked = per_second(|| {
        black_box(checksum(black_box(&memory)));
    }) * COPIED as f64;
    let mut loopback = Vec::new();
    for PayloadSize { name, bytes } in kinds {
        let turns: Result<Vec<f64>, String> = (0..TURNS).map(|_| one_way(*bytes)).collect();
        let ours = statistics::median(&turns?).unwrap_or_default();
        let iperf3 = if with_iperf3 { iperf3(*bytes) } else { None };
        loopback.push(OneWay { kind: name.clone(), bytes: *bytes, ours, iperf3 });
    }
    Ok(Limits { memcpy, checksum: checked, harness_ns: (program.harness)(TIME)?, loopback })
}

/// How often a second something can be done, the best of a few turns: a limit is not an average.
fn per_second(mut what: impl FnMut()) -> f64 {
    let mut best = 0.0_f64;
    for _ in 0..TURNS {
        let (start, mut times) = (Instant::now(), 0);
        while start.elapsed() < TIME / 3 {
            what();
            times += 1;
        }
        best = best.max(f64::from(times) / start.elapsed().as_secs_f64());
    }
    best
}

/// Frames a second over TCP with writes of one frame each and no acknowledgement, between two processes.
fn one_way(bytes: usize) -> Result<f64, String> {
    let program = std::env::current_exe().map_err(|why| why.to_string())?;
    let mut sink = Process::start(Command::new(&program).args(["sink", &bytes.to_string()]))?;
    let line = sink.read_line(IO_TIMEOUT)?;
    let address = line.strip_prefix("LISTENING ").ok_or(&line)?;
    let mut blast = Process::start(Command::new(&program).args(["blast", address, &bytes.to_string()]))?;
    Placement::best().apply(Some(sink.id()), Some(blast.id()))?;
    blast.send_line("go")?;
    let rate = blast.read_line(IO_TIMEOUT)?;
    rate.parse().map_err(|_| format!("blast: {rate}"))
}

/// The receiving process of [`one_way`]: reads everything from one peer, then says how much it was.
pub(crate) fn sink(bytes: usize) -> io::Result<()> {
    let listener = TcpListener::bind((IpAddr::V4(Ipv4Addr::LOCALHOST), 0))?;
    println!("LISTENING {}", listener.local_addr()?);
    let (mut peer, _) = listener.accept()?;
    peer.set_read_timeout(Some(IO_TIMEOUT))?;
    let mut buffer = vec![0; bytes.min(LONGEST)];
    let mut sum = 0_u64;
    loop {
        match peer.read(&mut buffer)? {
            0 => return peer.write_all(&sum.to_be_bytes()),
            count => sum += count as u64,
        }
    }
}

/// The sending process: writes until the time is over, waits until all has been read, says frames a second.
pub(crate) fn blast(address: &str, bytes: usize) -> io::Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(IO_TIMEOUT))?;
    stream.set_write_timeout(Some(IO_TIMEOUT))?;
    let payload = vec![7_u8; bytes.min(LONGEST)];
    io::stdin().read_line(&mut String::new())?; // both are where they belong
    let start = Instant::now();
    while start.elapsed() < TIME {
        stream.write_all(&payload)?;
    }
    stream.shutdown(Shutdown::Write)?;
    let mut sum = [0; 8];
    stream.read_exact(&mut sum)?;
    let rate = u64::from_be_bytes(sum) as f64 / bytes as f64 / start.elapsed().as_secs_f64();
    println!("{rate}");
    Ok(())
}

/// The same by `iperf3` in one second; `None` where it is not installed or says nothing that makes sense.
fn iperf3(bytes: usize) -> Option<f64> {
    // It cannot pick a free port by itself; one that was free a moment ago will do, or this figure is missing.
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?.local_addr().ok()?.port().to_string();
    let mut server =
        Process::start(Command::new("iperf3").args(["-s", "-1", "--forceflush", "-B", "127.0.0.1", "-p", &port]))
            .ok()?;
    while !server.read_line(IO_TIMEOUT).ok()?.contains("listening") {}
    let length = bytes.min(LONGEST).to_string();
    let client = Command::new("iperf3")
        .args(["-c", "127.0.0.1", "-p", &port, "-l", &length, "-t", "1", "-J"])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let said: Value = serde_json::from_slice(&client.stdout).ok()?;
    let bits = said.pointer("/end/sum_received/bits_per_second")?.as_f64()?;
    Some(bits / 8.0 / bytes as f64)
}
