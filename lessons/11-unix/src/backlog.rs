//! Two queues that are full: the datagrams of a receiver that does not read, and the connections of a server
//! that does not accept. In both the other side waits.

use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::time::{Duration, Instant};

use narrate::{Error, Side, Stage, errno};
use socket2::{Domain, SockAddr, Socket, Type};

use crate::measure::format_time;
use crate::text;

/// How long `connect` waits for a place in the backlog.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(100);

pub(crate) fn full_queue(stage: &Stage, folder: &Path) -> Result<(), Error> {
    // ANCHOR: full
    stage.step(text::queue_full());
    let path = folder.join("slow.sock");
    let (receiver, sender) = (UnixDatagram::bind(&path)?, UnixDatagram::unbound()?);
    receiver.set_nonblocking(true)?;
    sender.set_nonblocking(true)?; // a blocking send_to() would wait until the receiver reads
    let mut sent = 0_u32;
    let full = loop {
        match sender.send_to(&sent.to_be_bytes(), &path) {
            Ok(_) => sent += 1,
            Err(full) => break full,
        }
    };
    // ANCHOR_END: full
    stage.fact(Side::CLIENT, text::sent(sent));
    stage.fact(Side::CLIENT, text::queue_has_no_place(errno(&full).map_or("?", |(name, _)| name)));

    let mut received = receive_all(&receiver)?;
    let after_reads = sender.send_to(&sent.to_be_bytes(), &path); // the queue has a place again
    stage.returned(Side::CLIENT, "send_to()", &after_reads);
    received.extend(receive_all(&receiver)?);
    let lost = (0..=sent).filter(|number| !received.contains(number)).count();
    stage.fact(Side::SERVER, text::received_and_lost(received.len(), lost));
    Ok(())
}

/// Reads the numbers of all datagrams in the queue.
fn receive_all(receiver: &UnixDatagram) -> io::Result<Vec<u32>> {
    let (mut numbers, mut buffer) = (Vec::new(), [0; 4]);
    loop {
        match receiver.recv(&mut buffer) {
            Ok(_) => numbers.push(u32::from_be_bytes(buffer)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(numbers),
            Err(error) => return Err(error),
        }
    }
}

pub(crate) fn full_backlog(stage: &Stage, folder: &Path) -> Result<(), Error> {
    // ANCHOR: backlog
    stage.step(text::backlog_full(CONNECT_TIMEOUT.as_millis()));
    let address = SockAddr::unix(folder.join("busy.sock"))?;
    let listener = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    listener.bind(&address)?;
    listener.listen(0)?; // on Linux the backlog holds one connection more than this number

    let mut clients = Vec::new(); // kept open: a connection that was closed still fills the backlog
    for _ in 0..2 {
        clients.push(connect(stage, &address)?);
    }
    stage.returned(Side::SERVER, "accept()", &listener.accept());
    clients.push(connect(stage, &address)?);
    // ANCHOR_END: backlog
    Ok(())
}

/// Connects, and shows the result and how long it took.
fn connect(stage: &Stage, address: &SockAddr) -> io::Result<Socket> {
    let client = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    client.set_write_timeout(Some(CONNECT_TIMEOUT))?; // it limits connect() too (unix(7), SO_SNDTIMEO)
    let start = Instant::now();
    let connected = client.connect(address);
    let call = format!("connect(), {}", format_time(start.elapsed()));
    match &connected {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            stage.fact(Side::CLIENT, text::backlog_has_no_place(call));
        }
        _ => stage.returned(Side::CLIENT, &call, &connected),
    }
    Ok(client)
}
