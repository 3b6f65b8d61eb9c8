//! A WebSocket client of ours: it shakes hands, sends any frame, also one that no right client
//! would send, and says what came back in the words of the protocol.
//!
//! Frames are built and taken apart by tungstenite's public frame types; its reader and writer
//! are not used, since they would not send a wrong frame, nor tell how a right one came.

mod frames;
mod handshake;
mod hear;
mod say;
mod shown;

pub use frames::Frame;
pub use handshake::{Head, upgrade_request};
pub use hear::Heard;

use crate::{Direction, Failure, Peer, Rng, Said};

/// One WebSocket to the program, seen from our end. Closed, without a Close, when it is dropped.
pub struct WebSocketPeer {
    peer: Peer,
    /// Every frame of a client is masked with four bytes that nobody can guess (RFC 6455, 5.3).
    masks: Rng,
    /// Are frames left out of the record?
    quiet: bool,
    /// A message of which only the first frames have come.
    begun: Option<hear::Begun>,
}

impl WebSocketPeer {
    fn new(mut peer: Peer, rng: &mut Rng) -> WebSocketPeer {
        peer.hush();
        let masks = Rng::new(rng.next_u64(), "masks");
        WebSocketPeer { peer, masks, quiet: false, begun: None }
    }

    /// Leaves frames out of the record, or no longer: a hundred messages alike tell nobody anything.
    /// Say in a note what went on meanwhile.
    pub fn keep_quiet(&mut self, quiet: bool) {
        self.quiet = quiet;
    }

    /// Adds a frame to the record.
    fn record(&self, direction: Direction, what: Said, bytes: &[u8]) {
        if !self.quiet {
            self.peer.record(direction, what, bytes);
        }
    }

    /// Cuts the connection: the program's next read or write gets RST.
    pub fn reset(self) -> Result<(), Failure> {
        self.peer.reset()
    }

    /// Ends the connection in good order, but without a Close.
    pub fn drop_without_close(self) {
        self.peer.close();
    }

    /// Says "that was all" (FIN) without a Close, and keeps listening.
    pub fn half_close(&mut self) -> Result<(), Failure> {
        self.peer.half_close()
    }

    /// Nothing more may come, and the stream must end in good order (FIN).
    pub fn expect_end(&mut self) -> Result<(), Failure> {
        self.peer.expect_end()
    }

    /// Enlarges our receive buffer: a slow reader becomes a quick one.
    pub fn widen(&self, bytes: usize) -> Result<(), Failure> {
        self.peer.widen(bytes)
    }

    /// Is there something to read by now?
    pub fn arrived(&self) -> Result<bool, Failure> {
        self.peer.arrived()
    }

    /// Waits until the program has read everything that we have sent.
    pub fn until_taken(&self) -> Result<(), Failure> {
        self.peer.until_taken()
    }
}
