//! The same echo by four kinds of socket, in turns, so that a busy moment falls on all of them.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::thread;
use std::time::{Duration, Instant};

use narrate::{Error, Side, Stage};
use socket2::Socket;

use super::{GREETING, read_some};
use crate::text;

/// Bytes in one message of the echo.
const MESSAGE: usize = 64;
/// Round trips of one kind before it is the next one's turn, and how many turns each gets.
const TRIPS: usize = 200;
const TURNS: usize = 10;
/// Bytes that one write offers, and how many cross in one turn.
const PIECE: usize = 64 * 1024;
const LOAD: usize = 16 * 1024 * 1024;
/// How long a read waits, should a datagram get lost or the machine be very busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// Two connected sockets of one kind. To `socket2` all of them are the same type.
struct Pair {
    name: &'static str,
    near: Socket,
    far: Socket,
    stream: bool,
}

pub(crate) fn compare(stage: &Stage) -> Result<(), Error> {
    stage.step(text::measured(TRIPS * TURNS, MESSAGE, LOAD / 1024 / 1024));
    let pairs = pairs(stage)?;
    let mut trips = vec![Vec::new(); pairs.len()];
    let mut loads = vec![Vec::new(); pairs.len()];
    for _ in 0..TURNS {
        for (pair, trips) in pairs.iter().zip(&mut trips) {
            trips.extend(round_trips(pair)?);
        }
        for (pair, loads) in pairs.iter().zip(&mut loads).filter(|(pair, _)| pair.stream) {
            loads.push(load(pair)?);
        }
    }
    let trips: Vec<_> = trips.into_iter().map(|trips| median(trips) * 1e6).collect();
    let rates: Vec<_> = loads.into_iter().map(|loads| LOAD as f64 / 1e6 / median(loads)).collect();
    for (pair, (trip, rate)) in pairs.iter().zip(trips.iter().zip(&rates)) {
        let mut row = format!("{:<12}  {trip:>6.1} µs  × {:.2}", pair.name, trip / trips[0]);
        if pair.stream {
            row += &format!("   {rate:>6.0} MB/s  × {:.2}", rate / rates[0]);
        }
        stage.line(&format!("      {row}"));
    }
    Ok(())
}

fn pairs(stage: &Stage) -> Result<[Pair; 4], Error> {
    // ANCHOR: pairs
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let tcp = (TcpStream::connect(listener.local_addr()?)?, listener.accept()?.0);
    tcp.0.set_nodelay(true)?;
    tcp.1.set_nodelay(true)?;
    let udp = (UdpSocket::bind("127.0.0.1:0")?, UdpSocket::bind("127.0.0.1:0")?);
    udp.0.connect(udp.1.local_addr()?)?;
    udp.1.connect(udp.0.local_addr()?)?;
    let (unix_stream, unix_datagram) = (UnixStream::pair()?, UnixDatagram::pair()?);
    // ANCHOR_END: pairs
    greet(stage, &listener)?;
    let pairs = [
        Pair { name: "TCP", near: tcp.0.into(), far: tcp.1.into(), stream: true },
        Pair { name: "Unix STREAM", near: unix_stream.0.into(), far: unix_stream.1.into(), stream: true },
        Pair { name: "UDP", near: udp.0.into(), far: udp.1.into(), stream: false },
        Pair { name: "Unix DGRAM", near: unix_datagram.0.into(), far: unix_datagram.1.into(), stream: false },
    ];
    for pair in &pairs {
        pair.near.set_read_timeout(Some(PATIENCE))?;
        pair.far.set_read_timeout(Some(PATIENCE))?;
    }
    Ok(pairs)
}

/// One echo that the tape and the capture hear. What is measured after it they do not: to record
/// takes longer than to send.
fn greet(stage: &Stage, listener: &TcpListener) -> io::Result<()> {
    let mut near = stage.tap(Side::CLIENT, TcpStream::connect(listener.local_addr()?)?)?;
    let mut far = stage.tap(Side::SERVER, listener.accept()?.0)?;
    near.write_all(GREETING)?;
    let heard = read_some(&mut far, GREETING.len())?;
    far.write_all(&heard)?;
    read_some(&mut near, heard.len())?;
    Ok(())
}

// ANCHOR: trips
/// Sends a message and waits for its echo, one at a time.
fn round_trips(pair: &Pair) -> io::Result<Vec<Duration>> {
    thread::scope(|scope| {
        scope.spawn(|| -> io::Result<()> {
            let mut message = [0; MESSAGE];
            for _ in 0..TRIPS {
                (&pair.far).read_exact(&mut message)?;
                (&pair.far).write_all(&message)?;
            }
            Ok(())
        });
        let mut message = [b'x'; MESSAGE];
        (0..TRIPS)
            .map(|_| {
                let start = Instant::now();
                (&pair.near).write_all(&message)?;
                (&pair.near).read_exact(&mut message)?;
                Ok(start.elapsed())
            })
            .collect()
    })
}
// ANCHOR_END: trips

/// Sends a load in large pieces; the clock stops when the other side has all of it and says so.
fn load(pair: &Pair) -> io::Result<Duration> {
    thread::scope(|scope| {
        scope.spawn(|| -> io::Result<()> {
            let (mut room, mut left) = (vec![0; PIECE], LOAD);
            while left > 0 {
                match (&pair.far).read(&mut room)? {
                    0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                    count => left = left.saturating_sub(count),
                }
            }
            (&pair.far).write_all(b".")
        });
        let piece = vec![b'x'; PIECE];
        let start = Instant::now();
        for _ in 0..LOAD / PIECE {
            (&pair.near).write_all(&piece)?;
        }
        (&pair.near).read_exact(&mut [0])?;
        Ok(start.elapsed())
    })
}

/// In seconds; 0 of nothing.
fn median(mut of: Vec<Duration>) -> f64 {
    of.sort();
    of.get(of.len() / 2).map_or(0.0, Duration::as_secs_f64)
}
