//! An echo server for datagrams: one socket, as many clients as there are.
//!
//! It needs `std` only. Copy this file into a program of your own and call
//! `serve(&UdpSocket::bind("127.0.0.1:7008")?)`.

use std::io;
use std::net::{SocketAddr, UdpSocket};

/// The payload of the largest datagram over IPv4: 65,535 bytes less 20 of IP header and 8 of UDP header.
pub const LARGEST: usize = 65_535 - 20 - 8;

/// What the server needs of its socket.
pub trait DatagramSocket {
    /// As [`UdpSocket::recv_from`].
    ///
    /// # Errors
    /// As [`UdpSocket::recv_from`].
    fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)>;

    /// As [`UdpSocket::send_to`].
    ///
    /// # Errors
    /// As [`UdpSocket::send_to`].
    fn send_to(&self, datagram: &[u8], peer: SocketAddr) -> io::Result<usize>;
}

impl DatagramSocket for UdpSocket {
    fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        self.recv_from(buffer)
    }

    fn send_to(&self, datagram: &[u8], peer: SocketAddr) -> io::Result<usize> {
        self.send_to(datagram, peer)
    }
}

// ANCHOR: serve
/// Sends each datagram back to the address that it came from, forever.
///
/// # Errors
/// When the socket cannot receive any more.
pub fn serve(socket: &impl DatagramSocket) -> io::Result<()> {
    let mut buffer = vec![0; LARGEST]; // one byte less would cut the largest datagram
    loop {
        match socket.recv_from(&mut buffer) {
            // An answer that cannot be sent concerns one client; the others are served on.
            Ok((count, client)) => drop(socket.send_to(&buffer[..count], client)),
            // Windows reports here that an earlier answer was refused; a signal may interrupt any wait.
            Err(error) if matches!(error.kind(), io::ErrorKind::ConnectionReset | io::ErrorKind::Interrupted) => {}
            Err(error) => return Err(error),
        }
    }
}
// ANCHOR_END: serve
