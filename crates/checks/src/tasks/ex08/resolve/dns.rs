//! The server's side of DNS, as far as the checks need it: answers are put together byte by byte,
//! so that they can be wrong in every way.

/// Record types.
pub(super) const A: u16 = 1;
pub(super) const CNAME: u16 = 5;
pub(super) const TXT: u16 = 16;

/// Flags of a proper answer: QR, RD, RA.
pub(super) const ANSWER: u16 = 0x8180;
/// The bit TC of RFC 1035: the answer was cut to fit.
pub(super) const TC: u16 = 0x0200;
/// RCODEs.
pub(super) const SERVFAIL: u16 = 2;
pub(super) const NXDOMAIN: u16 = 3;

/// A pointer to the name in the question, which begins right behind the header.
pub(super) const QUESTION: &[u8] = &[0xc0, 12];

/// `a.bc` as it travels: each label behind its length, 0 at the end.
pub(super) fn name(text: &str) -> Vec<u8> {
    let mut bytes = labels(text);
    bytes.push(0);
    bytes
}

/// The same without an end, for a pointer to follow.
pub(super) fn labels(text: &str) -> Vec<u8> {
    text.split('.').flat_map(|label| [&[label.len() as u8], label.as_bytes()].concat()).collect()
}

/// The query that is due for the addresses of `text`.
pub(super) fn query(id: [u8; 2], text: &str) -> Vec<u8> {
    [&id[..], &[1, 0, 0, 1, 0, 0, 0, 0, 0, 0], &name(text), &[0, 1, 0, 1]].concat()
}

/// An answer to `query` that is being put together.
pub(super) struct Answer {
    bytes: Vec<u8>,
}

impl Answer {
    /// The header and the question, and no record yet.
    pub(super) fn to(query: &[u8]) -> Answer {
        Answer { bytes: query.to_vec() }.flags(ANSWER)
    }

    pub(super) fn flags(mut self, flags: u16) -> Answer {
        self.bytes[2..4].copy_from_slice(&flags.to_be_bytes());
        self
    }

    /// Where the next record will begin.
    pub(super) fn end(&self) -> usize {
        self.bytes.len()
    }

    /// A record; `owner` and `data` go as they are.
    pub(super) fn record(mut self, owner: &[u8], kind: u16, data: &[u8]) -> Answer {
        self.bytes[7] += 1;
        self.bytes.extend_from_slice(owner);
        self.bytes.extend_from_slice(&kind.to_be_bytes());
        self.bytes.extend_from_slice(&[0, 1, 0, 0, 0, 60]); // class IN, a minute to live
        self.bytes.extend_from_slice(&(data.len() as u16).to_be_bytes());
        self.bytes.extend_from_slice(data);
        self
    }

    /// An address of the name in the question.
    pub(super) fn address(self, address: [u8; 4]) -> Answer {
        self.record(QUESTION, A, &address)
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// A pointer to byte `place` of the message.
pub(super) fn pointer(place: usize) -> [u8; 2] {
    (0xc000 | place as u16).to_be_bytes()
}
