//! What a story shows of UDP sockets.

use std::io;
use std::net::{SocketAddr, UdpSocket};

use super::{PATIENCE, Stage};
use crate::tap::datagram::TappedUdp;
use crate::{Side, kernel, text};

impl Stage {
    /// As [`Stage::tap`], for a UDP socket: what is sent and received through the returned value is
    /// recorded for `--tape` and `--pcap`, and in a story a receive gives up after five seconds.
    ///
    /// # Errors
    /// When the socket is not bound.
    pub fn tap_udp(&self, side: Side, socket: UdpSocket) -> io::Result<TappedUdp> {
        if !self.live {
            socket.set_read_timeout(Some(PATIENCE))?;
        }
        TappedUdp::new(self.recorder.clone(), side, socket)
    }

    /// A UDP socket as the kernel's table shows it now: state, address, and the peer that `connect` gave it.
    ///
    /// # Errors
    /// When the socket does not tell its address.
    pub fn udp_socket(&self, side: Side, socket: &UdpSocket) -> io::Result<()> {
        let local = socket.local_addr()?;
        match kernel::udp::find(socket) {
            Ok(Some(row)) if row.peer.port() != 0 => {
                self.fact(side, format!("{:<11} {local} → {}", row.state, row.peer));
            }
            Ok(Some(row)) => self.fact(side, format!("{:<11} {local}", row.state)),
            Ok(None) | Err(_) => {
                self.fact(side, local);
                self.excuse_table();
            }
        }
        Ok(())
    }

    /// As [`Stage::listening`], for a server that receives datagrams.
    pub fn receiving(&self, address: SocketAddr) {
        self.line(&format!("LISTENING {address}"));
        self.line(&text::talk_to_it_by_udp(address.ip(), address.port()));
    }
}
