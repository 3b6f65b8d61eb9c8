//! Datagrams in the capture, and the ICMP error that says that no socket took one.

use std::io;
use std::net::{IpAddr, SocketAddr};

use super::{Capture, address_bytes, checksum, ip_packet};
use crate::event::{Correspondent, Event};

const PROTOCOL_ICMP: u8 = 1;
const PROTOCOL_UDP: u8 = 17;
const PROTOCOL_ICMPV6: u8 = 58;
/// How much of the datagram an ICMP error quotes. RFC 792 asks for 8 bytes behind the IP header,
/// RFC 1812 (4.3.2.3) for as much as fits in 576 bytes.
const QUOTED: usize = 548;

/// What the capture remembers of the UDP sockets in this run.
#[derive(Default)]
pub(super) struct Datagrams {
    /// Sockets with a tap: what they send is filed when they send it.
    tapped: Vec<SocketAddr>,
    /// The last packet from one address to another, which an ICMP error would quote.
    last: Vec<(SocketAddr, SocketAddr, Vec<u8>)>,
}

impl Capture {
    pub(super) fn socket_opened(&mut self, local: SocketAddr) {
        self.datagrams.tapped.push(local);
    }

    pub(super) fn datagram_event(&mut self, local: SocketAddr, event: &Event) {
        match event {
            Event::Sent { to: Correspondent::Udp(to), bytes } => self.file_datagram(local, *to, bytes),
            Event::Received { from: Correspondent::Udp(from), .. } if self.is_tapped(*from) => {}
            Event::Received { from: Correspondent::Udp(from), bytes } => self.file_datagram(*from, local, bytes),
            Event::Failed { error, peer: Some(to) } if error.kind() == io::ErrorKind::ConnectionRefused => {
                self.refusal(local, *to);
            }
            _ => {}
        }
    }

    /// A socket bound to every address sends from whichever of them the route gives.
    fn is_tapped(&self, from: SocketAddr) -> bool {
        let same = |local: &SocketAddr| {
            local.port() == from.port() && (local.ip().is_unspecified() || plain(*local) == plain(from))
        };
        self.datagrams.tapped.iter().any(same)
    }

    fn file_datagram(&mut self, from: SocketAddr, to: SocketAddr, bytes: &[u8]) {
        let (from, to) = (plain(from), plain(to));
        let packet = ip_packet(from.ip(), to.ip(), PROTOCOL_UDP, &udp_datagram(from, to, bytes));
        self.record(&packet);
        self.datagrams.last.retain(|(source, target, _)| (*source, *target) != (from, to));
        self.datagrams.last.push((from, to, packet));
    }

    /// `to` has no socket at that port; its kernel says so to the one of `from`.
    fn refusal(&mut self, from: SocketAddr, to: SocketAddr) {
        let (from, to) = (plain(from), plain(to));
        let same = |(source, target, _): &&(SocketAddr, SocketAddr, Vec<u8>)| (*source, *target) == (from, to);
        let Some((_, _, refused)) = self.datagrams.last.iter().find(same) else { return };
        let (protocol, message) = port_unreachable(to.ip(), from.ip(), &refused[..refused.len().min(QUOTED)]);
        let packet = ip_packet(to.ip(), from.ip(), protocol, &message);
        self.record(&packet);
    }
}

/// An IPv4 peer of a dual-stack socket is `::ffff:a.b.c.d`; on the wire it is plain IPv4.
fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// RFC 768: ports, length, checksum, and that is all.
fn udp_datagram(from: SocketAddr, to: SocketAddr, payload: &[u8]) -> Vec<u8> {
    let mut datagram = Vec::with_capacity(8 + payload.len());
    datagram.extend_from_slice(&from.port().to_be_bytes());
    datagram.extend_from_slice(&to.port().to_be_bytes());
    datagram.extend_from_slice(&((8 + payload.len()) as u16).to_be_bytes());
    datagram.extend_from_slice(&[0; 2]);
    datagram.extend_from_slice(payload);
    let sum =
        match checksum(&[pseudo_header(from.ip(), to.ip(), PROTOCOL_UDP, datagram.len()), datagram.clone()].concat()) {
            0 => u16::MAX, // 0 would mean "no checksum"
            sum => sum,
        };
    datagram[6..8].copy_from_slice(&sum.to_be_bytes());
    datagram
}

/// "Port unreachable": type 3 code 3 in ICMP (RFC 792), type 1 code 4 in ICMPv6 (RFC 4443, 3.1).
fn port_unreachable(from: IpAddr, to: IpAddr, quoted: &[u8]) -> (u8, Vec<u8>) {
    let (protocol, head) = if from.is_ipv4() { (PROTOCOL_ICMP, [3, 3]) } else { (PROTOCOL_ICMPV6, [1, 4]) };
    let mut message = [&head[..], &[0; 6], quoted].concat();
    // Only the newer one covers the addresses.
    let covered = match from {
        IpAddr::V4(_) => Vec::new(),
        IpAddr::V6(_) => pseudo_header(from, to, protocol, message.len()),
    };
    let sum = checksum(&[covered, message.clone()].concat());
    message[2..4].copy_from_slice(&sum.to_be_bytes());
    (protocol, message)
}

/// What a checksum covers besides the datagram, so that it cannot be delivered elsewhere.
fn pseudo_header(from: IpAddr, to: IpAddr, protocol: u8, length: usize) -> Vec<u8> {
    let length = (length as u32).to_be_bytes();
    [&address_bytes(from)[..], &address_bytes(to), &length, &[0, 0, 0, protocol]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_datagram_with_its_checksum_sums_to_zero_in_both_families() {
        for (from, to) in [("127.0.0.1:9", "127.0.0.2:10"), ("[::1]:9", "[::1]:10")] {
            let (from, to): (SocketAddr, SocketAddr) = (from.parse().unwrap(), to.parse().unwrap());
            let datagram = udp_datagram(from, to, b"abc");
            let head = pseudo_header(from.ip(), to.ip(), PROTOCOL_UDP, datagram.len());
            assert_eq!(checksum(&[head, datagram].concat()), 0);
        }
    }

    #[test]
    fn a_checksum_that_comes_out_as_zero_is_sent_as_all_ones() {
        let (from, to): (SocketAddr, SocketAddr) = ("127.0.0.1:9".parse().unwrap(), "127.0.0.1:9".parse().unwrap());
        let plain = udp_datagram(from, to, &[0, 0]);
        // A payload equal to the checksum of the rest brings the sum to zero.
        let zero = udp_datagram(from, to, &plain[6..8]);
        assert_eq!(zero[6..8], [0xff, 0xff]);
    }

    #[test]
    fn a_refusal_quotes_the_datagram_and_its_checksum_is_right() {
        let address: IpAddr = "127.0.0.1".parse().unwrap();
        let (protocol, message) = port_unreachable(address, address, b"quoted");
        assert_eq!((protocol, &message[..2], &message[8..]), (PROTOCOL_ICMP, &[3, 3][..], &b"quoted"[..]));
        assert_eq!(checksum(&message), 0);
    }
}
