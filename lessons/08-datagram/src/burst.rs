//! A burst that is longer than the receive buffer: the datagrams, and the count of those that arrived.

use std::io;
use std::net::UdpSocket;
use std::time::{Duration, Instant};

use narrate::{Side, Stage, Tapped, kernel};

use crate::text;

/// How many datagrams are sent before the receiver reads its first.
pub(crate) const COUNT: u32 = 500;
/// Bytes in each of them, the first four its number.
pub(crate) const SIZE: usize = 1000;
/// How long to wait for datagrams that the kernel has neither delivered nor counted as dropped.
const DEADLINE: Duration = Duration::from_secs(2);

pub(crate) fn datagram(number: u32) -> [u8; SIZE] {
    let mut datagram = [0; SIZE];
    datagram[..4].copy_from_slice(&number.to_be_bytes());
    datagram
}

/// Reads until each datagram of the burst has come or was counted as dropped. On a system that shows no
/// such counter only the deadline ends the wait.
pub(crate) fn receive(receiver: &Tapped<UdpSocket>) -> io::Result<Vec<u32>> {
    receiver.set_nonblocking(true)?;
    let (mut numbers, mut buffer) = (Vec::new(), [0; SIZE]);
    let deadline = Instant::now() + DEADLINE;
    while Instant::now() < deadline && numbers.len() as u64 + dropped(receiver) < u64::from(COUNT) {
        match receiver.recv(&mut buffer) {
            Ok(_) => numbers.push(u32::from_be_bytes([buffer[0], buffer[1], buffer[2], buffer[3]])),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => std::thread::yield_now(),
            Err(error) => return Err(error),
        }
    }
    Ok(numbers)
}

/// The kernel's count of datagrams that found this socket's receive buffer full.
fn dropped(receiver: &UdpSocket) -> u64 {
    kernel::udp::find(receiver).ok().flatten().map_or(0, |row| row.drops)
}

/// Shows the receive buffer, where the kernel tells.
pub(crate) fn show_buffer(stage: &Stage, receiver: &UdpSocket) {
    if let Ok(Some(row)) = kernel::udp::find(receiver) {
        stage.fact(Side::SERVER, text::receive_buffer(row.receive_queue, row.drops));
    }
}

/// Shows how many datagrams arrived, how many are lost, and which was lost first.
pub(crate) fn show_lost(stage: &Stage, received: &[u32]) {
    stage.fact(Side::SERVER, text::received_and_lost(received.len(), COUNT as usize - received.len()));
    if let Some(lost) = (0..COUNT).find(|number| !received.contains(number)) {
        stage.fact(Side::SERVER, text::first_lost(lost));
    }
}
