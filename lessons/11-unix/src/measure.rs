//! The same echo over four kinds of socket, in turns, so that a busy moment affects all of them.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::thread;
use std::time::{Duration, Instant};

use narrate::{Error, Side, Stage};
use socket2::Socket;

use crate::{GREETING, read_exactly, text};

/// Bytes in one message of the echo.
const MESSAGE: usize = 64;
/// Round trips of one kind in one round, and the number of rounds.
const TRIPS: usize = 200;
const ROUNDS: usize = 10;
/// Bytes of one write, and bytes sent in one round.
const WRITE_SIZE: usize = 64 * 1024;
const BULK: usize = 16 * 1024 * 1024;
/// Ends a read should a datagram get lost or the machine be very busy.
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// Two connected sockets of one kind; `socket2` has the same type for all of them.
struct Pair {
    name: &'static str,
    client: Socket,
    server: Socket,
    stream: bool,
}

pub(crate) fn compare(stage: &Stage) -> Result<(), Error> {
    stage.step(text::comparison(TRIPS * ROUNDS, MESSAGE, BULK / 1024 / 1024));
    let pairs = pairs(stage)?;
    let mut trips = vec![Vec::new(); pairs.len()];
    let mut transfers = vec![Vec::new(); pairs.len()];
    for _ in 0..ROUNDS {
        for (pair, trips) in pairs.iter().zip(&mut trips) {
            trips.extend(round_trips(pair)?);
        }
        for (pair, transfers) in pairs.iter().zip(&mut transfers).filter(|(pair, _)| pair.stream) {
            transfers.push(bulk_transfer(pair)?);
        }
    }
    let trips: Vec<_> = trips.into_iter().map(|trips| median(trips) * 1e6).collect();
    let rates: Vec<_> = transfers.into_iter().map(|transfers| BULK as f64 / 1e6 / median(transfers)).collect();
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
    recorded_echo(stage, &listener)?;
    let pairs = [
        Pair { name: "TCP", client: tcp.0.into(), server: tcp.1.into(), stream: true },
        Pair { name: "Unix STREAM", client: unix_stream.0.into(), server: unix_stream.1.into(), stream: true },
        Pair { name: "UDP", client: udp.0.into(), server: udp.1.into(), stream: false },
        Pair { name: "Unix DGRAM", client: unix_datagram.0.into(), server: unix_datagram.1.into(), stream: false },
    ];
    for pair in &pairs {
        pair.client.set_read_timeout(Some(READ_TIMEOUT))?;
        pair.server.set_read_timeout(Some(READ_TIMEOUT))?;
    }
    Ok(pairs)
}

/// One echo for the tape and the capture. The measured echoes have no tap: recording takes longer than
/// sending.
fn recorded_echo(stage: &Stage, listener: &TcpListener) -> io::Result<()> {
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(listener.local_addr()?)?)?.off_screen();
    let mut server = stage.tap(Side::SERVER, listener.accept()?.0)?.off_screen();
    client.write_all(GREETING)?;
    let request = read_exactly(&mut server, GREETING.len())?;
    server.write_all(&request)?;
    read_exactly(&mut client, request.len())?;
    Ok(())
}

// ANCHOR: trips
/// Sends a message and waits for its echo, one at a time.
fn round_trips(pair: &Pair) -> io::Result<Vec<Duration>> {
    thread::scope(|scope| {
        scope.spawn(|| -> io::Result<()> {
            let mut message = [0; MESSAGE];
            for _ in 0..TRIPS {
                (&pair.server).read_exact(&mut message)?;
                (&pair.server).write_all(&message)?;
            }
            Ok(())
        });
        let mut message = [b'x'; MESSAGE];
        (0..TRIPS)
            .map(|_| {
                let start = Instant::now();
                (&pair.client).write_all(&message)?;
                (&pair.client).read_exact(&mut message)?;
                Ok(start.elapsed())
            })
            .collect()
    })
}
// ANCHOR_END: trips

/// Sends [`BULK`] bytes in large writes; the clock stops when the other side has confirmed all of them.
fn bulk_transfer(pair: &Pair) -> io::Result<Duration> {
    thread::scope(|scope| {
        scope.spawn(|| -> io::Result<()> {
            let (mut buffer, mut left) = (vec![0; WRITE_SIZE], BULK);
            while left > 0 {
                match (&pair.server).read(&mut buffer)? {
                    0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                    count => left = left.saturating_sub(count),
                }
            }
            (&pair.server).write_all(b".")
        });
        let bytes = vec![b'x'; WRITE_SIZE];
        let start = Instant::now();
        for _ in 0..BULK / WRITE_SIZE {
            (&pair.client).write_all(&bytes)?;
        }
        (&pair.client).read_exact(&mut [0])?;
        Ok(start.elapsed())
    })
}

/// The median in seconds; 0 when there are no `times`.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
}

/// `8.1 µs` or `102.0 ms`.
pub(crate) fn format_time(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1000.0 { format!("{micros:.1} µs") } else { format!("{:.1} ms", micros / 1000.0) }
}
