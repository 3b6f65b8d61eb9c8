//! A burst that is longer than the receive buffer: what does not fit is gone, and nobody is told.

use std::io;
use std::net::UdpSocket;
use std::time::{Duration, Instant};

use narrate::{Error, Side, Stage, TappedUdp, kernel};

use crate::{socket, text};

/// How many datagrams leave before the reader reads its first.
const BURST: u32 = 500;
/// Bytes in each, the first four of them its number.
const SIZE: usize = 1000;
/// How long the reader waits for datagrams that the kernel has neither delivered nor dropped.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn burst(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: burst
    stage.step(text::a_burst(BURST, SIZE));
    let reader = socket(stage, Side::SERVER)?.off_tape(); // too much for a screen
    let writer = socket(stage, Side::CLIENT)?.off_tape();
    writer.connect(reader.local_addr()?)?;
    let mut taken = 0;
    for number in 0..BURST {
        let mut datagram = [0; SIZE];
        datagram[..4].copy_from_slice(&number.to_be_bytes());
        taken += u32::from(writer.send(&datagram)? == SIZE);
    }
    stage.fact(Side::CLIENT, text::taken(taken));
    if let Ok(Some(row)) = kernel::udp::find(&reader) {
        stage.fact(Side::SERVER, text::buffer(row.receive_queue, row.drops));
    }
    let kept = read_all(&reader)?;
    // ANCHOR_END: burst
    stage.fact(Side::SERVER, text::kept(kept.len(), BURST as usize - kept.len()));
    if let Some(lost) = (0..BURST).find(|number| !kept.contains(number)) {
        stage.fact(Side::SERVER, text::first_lost(lost));
    }
    Ok(())
}

/// Reads until each datagram of the burst has come or was counted as dropped. A system that shows
/// no such counter leaves us with the clock.
fn read_all(reader: &TappedUdp) -> io::Result<Vec<u32>> {
    reader.set_nonblocking(true)?;
    let (mut kept, mut room) = (Vec::new(), [0; SIZE]);
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline && kept.len() as u64 + dropped(reader) < u64::from(BURST) {
        match reader.recv(&mut room) {
            Ok(_) => kept.push(u32::from_be_bytes([room[0], room[1], room[2], room[3]])),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => std::thread::yield_now(),
            Err(error) => return Err(error),
        }
    }
    Ok(kept)
}

/// The kernel's own count of datagrams that found no room in this socket.
fn dropped(reader: &UdpSocket) -> u64 {
    kernel::udp::find(reader).ok().flatten().map_or(0, |row| row.drops)
}
