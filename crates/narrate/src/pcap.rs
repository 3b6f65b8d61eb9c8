//! `--pcap`: what crossed, as a capture that Wireshark opens.
//!
//! A program without privileges sees bytes, not packets. So the bytes are real, and in the order
//! in which they crossed; the headers around them are made up from what each end did. Real
//! packets may be cut differently. The file format is libpcap's classic one, link type RAW:
//! each record begins with an IP header (see pcap-savefile(5)).

mod datagram;

use std::fs::File;
use std::io::{self, Write};
use std::net::{IpAddr, Shutdown, SocketAddr};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::event::{Endpoint, Event, Source};

const LINKTYPE_RAW: u32 = 101;
/// The largest payload that fits an IPv4 packet beside 20 bytes of IP and 20 of TCP header.
const SEGMENT: usize = 65_495;
const PROTOCOL_TCP: u8 = 6;

const FIN: u8 = 0x01;
const SYN: u8 = 0x02;
const RST: u8 = 0x04;
const PSH: u8 = 0x08;
const ACK: u8 = 0x10;

pub(crate) struct Capture {
    file: File,
    connections: Vec<Connection>,
    datagrams: datagram::Datagrams,
}

struct Connection {
    /// The address that connected, then the one that listened.
    addresses: [SocketAddr; 2],
    ways: [Way; 2],
    reset: bool,
}

impl Connection {
    /// The way against `way`. A socket that is connected to itself has one way only: what it
    /// sends is what it receives, and so it acknowledges its own numbers.
    fn against(&self, way: usize) -> usize {
        if self.addresses[0] == self.addresses[1] { way } else { 1 - way }
    }

    /// Nothing more can happen on it.
    fn over(&self) -> bool {
        self.reset || (self.ways[0].finished && self.ways[self.against(0)].finished)
    }
}

/// One direction of a connection: what its sender has done so far.
#[derive(Default)]
struct Way {
    /// Sequence number of the next byte. SYN and FIN count as one each (RFC 9293, 3.4).
    next: u32,
    /// Bytes reported by the sender's tap, bytes reported by the receiver's, bytes in the file.
    /// Either tap may report first, and one of them may not exist at all.
    wrote: usize,
    read: usize,
    filed: usize,
    finished: bool,
}

impl Capture {
    pub(crate) fn create(path: &Path) -> io::Result<Capture> {
        let mut file = File::create(path)?;
        let mut header = Vec::new();
        header.extend_from_slice(&0xa1b2_c3d4_u32.to_le_bytes()); // magic: microseconds, little-endian
        header.extend_from_slice(&2_u16.to_le_bytes()); // version 2.4
        header.extend_from_slice(&4_u16.to_le_bytes());
        header.extend_from_slice(&[0; 8]); // time zone and accuracy: always 0
        header.extend_from_slice(&65_535_u32.to_le_bytes()); // longest packet in the file
        header.extend_from_slice(&LINKTYPE_RAW.to_le_bytes());
        file.write_all(&header)?;
        Ok(Capture { file, connections: Vec::new(), datagrams: Default::default() })
    }

    /// A tap was set on a socket. The first of the two ends of a connection writes the handshake.
    pub(crate) fn opened(&mut self, source: Source) {
        match source {
            Source::Tcp(end) => self.connection_opened(end),
            Source::Udp { local, .. } => self.socket_opened(local),
            Source::Unix { .. } => {} // sends no packets
        }
    }

    fn connection_opened(&mut self, end: Endpoint) {
        let Some(peer) = end.peer else { return };
        if self.find(end).is_some() {
            return;
        }
        self.connections.retain(|connection| !connection.over()); // a server may see many
        let addresses = if end.side.connects { [end.local, peer] } else { [peer, end.local] };
        self.connections.push(Connection { addresses, ways: Default::default(), reset: false });
        let at = self.connections.len() - 1;
        let answering = self.connections[at].against(0);
        self.segment(at, 0, SYN, &[]);
        self.segment(at, answering, SYN | ACK, &[]);
        self.segment(at, 0, ACK, &[]);
    }

    pub(crate) fn report(&mut self, source: Source, event: &Event) {
        match source {
            Source::Tcp(end) => self.stream_event(end, event),
            Source::Udp { local, .. } => self.datagram_event(local, event),
            Source::Unix { .. } => {}
        }
    }

    fn stream_event(&mut self, end: Endpoint, event: &Event) {
        let Some(at) = self.find(end) else { return };
        let connection = &mut self.connections[at];
        let mine = usize::from(connection.addresses[0] != end.local);
        let theirs = connection.against(mine);
        match event {
            Event::Wrote { bytes, .. } => {
                connection.ways[mine].wrote += bytes.len();
                self.file_new(at, mine, bytes, |way| way.wrote);
            }
            Event::Read(bytes) => {
                connection.ways[theirs].read += bytes.len();
                self.file_new(at, theirs, bytes, |way| way.read);
            }
            Event::End => self.finish(at, theirs),
            Event::Shutdown(Shutdown::Write | Shutdown::Both) => self.finish(at, mine),
            Event::Failed { error, .. } if error.kind() == io::ErrorKind::ConnectionReset => self.reset(at, theirs),
            // A socket that closes with bytes unread sends RST, not FIN (RFC 2525, 2.17).
            Event::Closed if connection.ways[theirs].filed > connection.ways[theirs].read => self.reset(at, mine),
            Event::Closed => self.finish(at, mine),
            Event::Shutdown(Shutdown::Read) | Event::Failed { .. } | Event::Sent { .. } | Event::Received { .. } => {}
        }
    }

    fn find(&self, end: Endpoint) -> Option<usize> {
        let peer = end.peer?;
        let same = |connection: &Connection| {
            !connection.over()
                && (connection.addresses == [end.local, peer] || connection.addresses == [peer, end.local])
        };
        self.connections.iter().rposition(same)
    }

    /// Files those of `bytes` that the other end's tap has not reported already.
    fn file_new(&mut self, at: usize, way: usize, bytes: &[u8], reported: impl Fn(&Way) -> usize) {
        let state = &mut self.connections[at].ways[way];
        let new = reported(state).saturating_sub(state.filed).min(bytes.len());
        state.filed += new;
        for chunk in bytes[bytes.len() - new..].chunks(SEGMENT) {
            self.segment(at, way, PSH | ACK, chunk);
        }
    }

    fn finish(&mut self, at: usize, way: usize) {
        if !std::mem::replace(&mut self.connections[at].ways[way].finished, true) {
            let answering = self.connections[at].against(way);
            self.segment(at, way, FIN | ACK, &[]);
            self.segment(at, answering, ACK, &[]);
        }
    }

    fn reset(&mut self, at: usize, way: usize) {
        self.connections[at].reset = true;
        self.segment(at, way, RST | ACK, &[]);
    }

    fn segment(&mut self, at: usize, way: usize, flags: u8, payload: &[u8]) {
        let connection = &mut self.connections[at];
        let (from, to) = (connection.addresses[way], connection.addresses[1 - way]);
        let acknowledged = if flags & ACK == 0 { 0 } else { connection.ways[connection.against(way)].next };
        // A SYN is the first of its way; a socket that answers its own says it a second time.
        let sequence = if flags & SYN == 0 { connection.ways[way].next } else { 0 };
        let tcp = tcp_segment(from, to, sequence, acknowledged, flags, payload);
        let counted = payload.len() as u32 + u32::from(flags & (SYN | FIN) != 0);
        connection.ways[way].next = sequence.wrapping_add(counted);

        self.record(&ip_packet(from.ip(), to.ip(), PROTOCOL_TCP, &tcp));
    }

    /// Writes one record. A capture that cannot be written any further (disk full) ends there;
    /// the lesson it listens to goes on.
    fn record(&mut self, packet: &[u8]) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let length = (packet.len() as u32).to_le_bytes();
        let mut record = Vec::with_capacity(packet.len() + 16);
        record.extend_from_slice(&(now.as_secs() as u32).to_le_bytes());
        record.extend_from_slice(&now.subsec_micros().to_le_bytes());
        record.extend_from_slice(&length); // bytes in the file
        record.extend_from_slice(&length); // bytes on the wire
        record.extend_from_slice(packet);
        let _ = self.file.write_all(&record);
    }
}

/// RFC 9293, section 3.1, without options; the checksum is filled in.
fn tcp_segment(
    from: SocketAddr,
    to: SocketAddr,
    sequence: u32,
    acknowledged: u32,
    flags: u8,
    payload: &[u8],
) -> Vec<u8> {
    let mut segment = Vec::with_capacity(20 + payload.len());
    segment.extend_from_slice(&from.port().to_be_bytes());
    segment.extend_from_slice(&to.port().to_be_bytes());
    segment.extend_from_slice(&sequence.to_be_bytes());
    segment.extend_from_slice(&acknowledged.to_be_bytes());
    segment.extend_from_slice(&[5 << 4, flags]); // five 32-bit words of header
    segment.extend_from_slice(&u16::MAX.to_be_bytes()); // window: as large as it gets
    segment.extend_from_slice(&[0; 4]); // checksum, urgent pointer
    segment.extend_from_slice(payload);

    // The checksum covers a pseudo-header too, so that a segment cannot be delivered elsewhere.
    let mut covered = [address_bytes(from.ip()), address_bytes(to.ip())].concat();
    covered.extend_from_slice(&(segment.len() as u32).to_be_bytes());
    covered.extend_from_slice(&[0, 0, 0, PROTOCOL_TCP]);
    covered.extend_from_slice(&segment);
    segment[16..18].copy_from_slice(&checksum(&covered).to_be_bytes());
    segment
}

/// An IPv4 header (RFC 791) or an IPv6 one (RFC 8200) in front of `payload`.
fn ip_packet(from: IpAddr, to: IpAddr, protocol: u8, payload: &[u8]) -> Vec<u8> {
    const HOPS: u8 = 64;
    let mut packet;
    if from.is_ipv4() {
        let length = (20 + payload.len()) as u16;
        packet = vec![0x45, 0];
        packet.extend_from_slice(&length.to_be_bytes());
        packet.extend_from_slice(&[0, 0, 0x40, 0, HOPS, protocol, 0, 0]); // "don't fragment"
        packet.extend_from_slice(&[address_bytes(from), address_bytes(to)].concat());
        let sum = checksum(&packet);
        packet[10..12].copy_from_slice(&sum.to_be_bytes());
    } else {
        packet = vec![0x60, 0, 0, 0];
        packet.extend_from_slice(&(payload.len() as u16).to_be_bytes());
        packet.extend_from_slice(&[protocol, HOPS]);
        packet.extend_from_slice(&[address_bytes(from), address_bytes(to)].concat());
    }
    packet.extend_from_slice(payload);
    packet
}

fn address_bytes(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    }
}

/// The Internet checksum (RFC 1071): the one's complement of the one's complement sum.
fn checksum(bytes: &[u8]) -> u16 {
    let word = |pair: &[u8]| u32::from(u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)]));
    let mut sum: u32 = bytes.chunks(2).map(word).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_is_the_one_of_rfc_1071() {
        assert_eq!(checksum(&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), !0xddf2);
    }

    #[test]
    fn ip_packet_with_its_checksum_sums_to_zero() {
        let packet = ip_packet("127.0.0.1".parse().unwrap(), "127.0.0.2".parse().unwrap(), PROTOCOL_TCP, b"abc");
        assert_eq!(checksum(&packet[..20]), 0);
    }
}
