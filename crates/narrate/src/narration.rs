//! What a story shows of the calls that its taps hear.
//!
//! Bytes have crossed when they were read: a crossing is one line, printed for the end that read, however many
//! reads it took. Where the reading end is not on the screen (another process), the end that wrote stands in
//! for it. An end of the stream and an error are shown for the side that met them. Where the calls themselves
//! are the point, each is a line of its own with its result.

mod line;

use std::collections::HashMap;
use std::net::SocketAddr;

use crate::error::errno;
use crate::event::{Correspondent, Endpoint, Event, Side, Source};
use crate::screen::Colour;
use crate::text;
use line::{Bytes, Crossing, Entry, Label, What, is_told};

/// How much a story shows of what taps hear.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Detail {
    Nothing,
    /// What crossed, ends and errors.
    Crossings,
    /// Every call with its result.
    Calls,
}

pub(crate) struct Narration {
    colour: Colour,
    detail: Detail,
    /// Ends of TCP connections, by their own address and the peer's.
    ends: HashMap<[SocketAddr; 2], End>,
    /// UDP sockets and named Unix sockets.
    sockets: HashMap<Correspondent, End>,
    entries: Vec<Entry>,
    /// Bytes of a connection that were shown when they were written, because the reading end had no tap then.
    shown_early: HashMap<[SocketAddr; 2], usize>,
}

#[derive(Clone, Copy)]
struct End {
    side: Side,
    on_screen: bool,
}

impl Narration {
    pub(crate) fn new(colour: Colour, detail: Detail) -> Narration {
        let (ends, sockets, shown_early) = Default::default();
        Narration { colour, detail, ends, sockets, entries: Vec::new(), shown_early }
    }

    pub(crate) fn show(&mut self, detail: Detail) {
        self.detail = detail;
    }

    /// A tap was set on a socket; `path` is the name of a Unix socket that has one.
    pub(crate) fn name(&mut self, source: Source, path: Option<String>, on_screen: bool) {
        let end = End { side: source.side(), on_screen };
        match (source, path) {
            (Source::Tcp(endpoint), _) => drop(self.ends.insert(key(endpoint), end)),
            (Source::Udp { local, .. }, _) => drop(self.sockets.insert(Correspondent::Udp(plain(local)), end)),
            (Source::Unix { .. }, None) => {}
            (Source::Unix { .. }, path) => drop(self.sockets.insert(Correspondent::Unix(path), end)),
        }
    }

    pub(crate) fn report(&mut self, source: Source, peer: Option<Side>, call: &'static str, event: &Event) {
        let as_call = match self.detail {
            Detail::Nothing => return,
            Detail::Crossings => false,
            Detail::Calls => true,
        };
        let what = match event {
            Event::Read(bytes) => What::Read(Bytes::of(bytes)),
            Event::Wrote { bytes, offered } => What::Wrote(Bytes::of(bytes), *offered),
            Event::Received { from, bytes } => What::Received(from.clone(), Bytes::of(bytes)),
            Event::Sent { to, bytes } => What::Sent(to.clone(), Bytes::of(bytes)),
            Event::End => What::End,
            Event::Shutdown(how) if as_call => What::Shutdown(*how),
            Event::Failed { error, .. } if is_told(error, as_call) => match errno(error) {
                Some((name, meaning)) => What::Failed { name: name.into(), meaning: Some(meaning.to_string()) },
                None => What::Failed { name: error.to_string(), meaning: None },
            },
            Event::Shutdown(_) | Event::Failed { .. } | Event::Closed => return,
        };
        if let Some(last) = self.entries.last_mut()
            && (last.source, last.call, last.as_call) == (source, call, as_call)
        {
            match (&mut last.what, &what) {
                (What::Read(before), What::Read(bytes)) if !as_call => return before.append(bytes),
                (What::Wrote(before, _), What::Wrote(bytes, _)) if !as_call => return before.append(bytes),
                (What::End, What::End) => return last.times += 1,
                (What::Failed { name: before, .. }, What::Failed { name, .. }) if before == name => {
                    return last.times += 1;
                }
                _ => {}
            }
        }
        self.entries.push(Entry { source, peer, call, as_call, what, times: 1 });
    }

    /// The lines since the last call.
    pub(crate) fn take_lines(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        // The crossing that goes on while reads of the same direction follow each other.
        let mut crossing: Option<Crossing> = None;
        for entry in std::mem::take(&mut self.entries) {
            let peer = self.peer_of(&entry);
            if entry.as_call {
                lines.extend(crossing.take().iter().flat_map(|crossing| crossing.lines(self.colour)));
                lines.extend(entry.lines(&peer, self.colour));
                continue;
            }
            let own = Label::Side(entry.source.side());
            let (from, to, bytes, is_stream) = match entry.what {
                What::Read(bytes) => (peer, own, self.not_shown_early(entry.source, bytes), true),
                What::Wrote(bytes, _) if self.stands_in_for_reader(entry.source, bytes.count) => {
                    (own, peer, bytes, true)
                }
                What::Received(_, bytes) => (peer, own, bytes, false),
                What::Sent(to, bytes) if !self.is_on_screen(&to) => (own, peer, bytes, false),
                What::Wrote(..) | What::Sent(..) | What::Shutdown(_) => continue, // the other end shows it
                What::End | What::Failed { .. } => {
                    lines.extend(crossing.take().iter().flat_map(|crossing| crossing.lines(self.colour)));
                    lines.extend(entry.lines(&peer, self.colour));
                    continue;
                }
            };
            if is_stream && bytes.count == 0 {
                continue;
            }
            match &mut crossing {
                Some(before) if is_stream && before.is_continued_by(&from, &to, entry.source) => {
                    before.bytes.append(&bytes);
                }
                _ => {
                    lines.extend(crossing.take().iter().flat_map(|crossing| crossing.lines(self.colour)));
                    crossing = Some(Crossing { from, to, source: entry.source, is_stream, bytes });
                }
            }
        }
        lines.extend(crossing.iter().flat_map(|crossing| crossing.lines(self.colour)));
        lines
    }

    /// The other end of what an entry tells of, by its tap where it has one.
    fn peer_of(&self, entry: &Entry) -> Label {
        let other = || Label::Side(entry.peer.unwrap_or_else(|| entry.source.side().other()));
        let known = match (&entry.source, &entry.what) {
            (Source::Tcp(end), _) => self.ends.get(&opposite(*end)),
            (_, What::Received(correspondent, _) | What::Sent(correspondent, _)) => {
                match (entry.peer, self.socket(correspondent), correspondent) {
                    (None, None, Correspondent::Unix(None)) => return Label::Name(text::no_name()),
                    (None, None, Correspondent::Unix(Some(name))) => return Label::Name(name.clone()),
                    (_, known, _) => known,
                }
            }
            _ => None,
        };
        known.map_or_else(other, |end| Label::Side(end.side))
    }

    fn socket(&self, correspondent: &Correspondent) -> Option<&End> {
        let Correspondent::Udp(address) = correspondent else { return self.sockets.get(correspondent) };
        let everywhere = |ip: &str| ip.parse().ok().map(|ip| Correspondent::Udp(SocketAddr::new(ip, address.port())));
        self.sockets
            .get(&Correspondent::Udp(plain(*address)))
            .or_else(|| ["0.0.0.0", "::"].iter().find_map(|ip| self.sockets.get(&everywhere(ip)?)))
    }

    fn is_on_screen(&self, correspondent: &Correspondent) -> bool {
        self.socket(correspondent).is_some_and(|end| end.on_screen)
    }

    /// Whether bytes are shown for the end that wrote them, because the other end is not on the screen.
    fn stands_in_for_reader(&mut self, source: Source, count: usize) -> bool {
        let Source::Tcp(end) = source else { return false };
        if self.ends.get(&opposite(end)).is_some_and(|end| end.on_screen) {
            return false;
        }
        *self.shown_early.entry(key(end)).or_default() += count;
        true
    }

    /// What a read gave, without the bytes that were shown when they were written.
    fn not_shown_early(&mut self, source: Source, bytes: Bytes) -> Bytes {
        let Source::Tcp(end) = source else { return bytes };
        let Some(early) = self.shown_early.get_mut(&opposite(end)) else { return bytes };
        let skipped = bytes.count.min(*early);
        *early -= skipped;
        bytes.skip(skipped)
    }
}

fn key(end: Endpoint) -> [SocketAddr; 2] {
    [plain(end.local), plain(end.peer.unwrap_or(end.local))]
}

fn opposite(end: Endpoint) -> [SocketAddr; 2] {
    let [local, peer] = key(end);
    [peer, local]
}

/// An IPv4 peer of a dual-stack socket is `::ffff:a.b.c.d`, and a.b.c.d for its own program.
fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::WIDTH;
    use std::io;

    const MAI: Side = Side::client("mai");

    fn end(side: Side, own: u16, peer: u16) -> Source {
        let address = |port| SocketAddr::from(([127, 0, 0, 1], port));
        Source::Tcp(Endpoint { side, local: address(own), peer: Some(address(peer)) })
    }

    fn narration(detail: Detail) -> Narration {
        Narration::new(Colour(false), detail)
    }

    fn wrote(bytes: &[u8], offered: usize) -> Event<'_> {
        Event::Wrote { bytes, offered }
    }

    #[test]
    fn reads_of_one_direction_are_one_line_and_their_writes_none() {
        let mut narration = narration(Detail::Crossings);
        let (client, server) = (end(Side::CLIENT, 1, 2), end(Side::SERVER, 2, 1));
        narration.name(client, None, true);
        narration.name(server, None, true);
        narration.report(client, None, "write", &wrote(b"xin", 3));
        narration.report(server, None, "read", &Event::Read(b"xi"));
        narration.report(client, None, "write", &wrote(b"!", 1));
        narration.report(server, None, "read", &Event::Read(b"n!"));
        narration.report(server, None, "read", &Event::End);
        assert_eq!(
            narration.take_lines(),
            ["      client → server   78 69 6e 21   \"xin!\"", "      server   read() → 0"]
        );
        assert!(narration.take_lines().is_empty());
    }

    #[test]
    fn bytes_are_shown_when_written_where_the_reader_has_no_tap_and_only_once() {
        let mut narration = narration(Detail::Crossings);
        let (client, server) = (end(Side::CLIENT, 1, 2), end(Side::SERVER, 2, 1));
        narration.name(server, None, true);
        narration.report(server, None, "write", &wrote(b"hi", 2));
        narration.report(server, None, "read", &Event::Read(b"ho"));
        assert_eq!(
            narration.take_lines(),
            ["      server → client   68 69   \"hi\"", "      client → server   68 6f   \"ho\""]
        );
        narration.name(client, None, true); // it gets its tap only now
        narration.report(client, None, "read", &Event::Read(b"hi!"));
        assert_eq!(narration.take_lines(), ["      server → client   21   \"!\""]);
    }

    #[test]
    fn calls_are_a_line_each_with_the_peer_by_name_and_what_a_write_did_not_take() {
        let mut narration = narration(Detail::Calls);
        let (mai, server) = (end(MAI, 1, 2), end(Side::SERVER, 2, 1));
        narration.name(mai, None, true);
        narration.report(mai, None, "write", &wrote(b"ab", 5));
        narration.report(server, None, "read", &Event::Read(b"ab"));
        for _ in 0..3 {
            let error = &io::ErrorKind::WouldBlock.into();
            narration.report(server, None, "read", &Event::Failed { error, peer: None });
        }
        assert_eq!(
            narration.take_lines(),
            [
                "      mai      write() → 2 of 5   61 62   \"ab\"",
                "      server   read(mai) → 2    61 62   \"ab\"",
                "      server   read(mai) → EAGAIN × 3"
            ]
        );
    }

    #[test]
    fn a_datagram_is_a_line_of_its_own_and_a_refusal_is_told() {
        let mut narration = narration(Detail::Crossings);
        let address = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let socket = |side, port| Source::Udp { side, local: address(port) };
        narration.name(socket(MAI, 1), None, true);
        narration.name(socket(Side::SERVER, 2), None, true);
        for bytes in [&b"a"[..], b""] {
            narration.report(
                socket(MAI, 1),
                None,
                "send_to",
                &Event::Sent { to: Correspondent::Udp(address(2)), bytes },
            );
            let from = Correspondent::Udp(address(1));
            narration.report(socket(Side::SERVER, 2), None, "recv_from", &Event::Received { from, bytes });
        }
        let error = &io::ErrorKind::ConnectionRefused.into();
        narration.report(socket(MAI, 1), None, "send", &Event::Failed { error, peer: Some(address(2)) });
        let lines = narration.take_lines();
        assert_eq!(lines[..2], ["      mai    → server   61   \"a\"", "      mai    → server     \"\""]);
        assert!(lines[2].starts_with("      mai      send() → ECONNREFUSED: "), "{lines:?}");
    }

    #[test]
    fn many_bytes_fit_the_screen_and_are_counted() {
        let mut narration = narration(Detail::Crossings);
        narration.report(end(Side::SERVER, 2, 1), None, "read", &Event::Read(&[b'x'; 100]));
        let lines = narration.take_lines();
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH), "{lines:?}");
        assert!(lines[1].ends_with("… 88 bytes more"), "{lines:?}");
    }
}
