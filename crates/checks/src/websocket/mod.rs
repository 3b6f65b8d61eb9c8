//! A WebSocket client: it shakes hands, sends any frame, also one that no right client
//! would send, and says what came back in the words of the protocol.
//!
//! Frames are built and taken apart by tungstenite's public frame types; its reader and writer
//! are not used, since they would not send a wrong frame, nor tell how a right one came.

mod describe;
mod frames;
mod handshake;
mod receive;
mod send;

pub use frames::Frame;
pub use handshake::{ResponseHead, upgrade_request};
pub use receive::Received;

use crate::{Direction, Failure, Peer, Rng, Sentence, Server, sentence};

/// One WebSocket to the program, seen from our end. Closed, without a Close, when it is dropped.
pub struct WebSocketPeer {
    peer: Peer,
    /// Every frame of a client is masked with four unpredictable bytes (RFC 6455, 5.3).
    masks: Rng,
    /// Whether frames are recorded.
    logging: bool,
    /// A message of which only the first frames have come.
    begun: Option<receive::PartialMessage>,
}

impl WebSocketPeer {
    /// Connects to `server` and shakes hands. The key is random: an answer learnt by heart does not fit it.
    pub fn connect(server: &Server, rng: &mut Rng) -> Result<WebSocketPeer, Failure> {
        WebSocketPeer::upgrade(server.connect()?, rng)
    }

    /// Shakes hands on this connection.
    pub fn upgrade(mut peer: Peer, rng: &mut Rng) -> Result<WebSocketPeer, Failure> {
        peer.set_logging(false);
        let key = handshake::key(rng);
        peer.record(
            Direction::Out,
            sentence! { vi: "GET / … Upgrade: websocket", en: "GET / … Upgrade: websocket" },
            &[],
        );
        peer.send_unrecorded(upgrade_request(&key).as_bytes())?;
        let head = ResponseHead::read(&mut peer)?;
        let line = &head.line;
        peer.record(Direction::In, sentence! { vi: "{line}", en: "{line}" }, &[]);
        handshake::verify(&head, &key)?;
        Ok(WebSocketPeer::new(peer, rng))
    }

    fn new(mut peer: Peer, rng: &mut Rng) -> WebSocketPeer {
        peer.set_logging(false);
        let masks = Rng::new(rng.next_u64(), "masks");
        WebSocketPeer { peer, masks, logging: true, begun: None }
    }

    /// Turns the recording of frames on or off: a hundred messages alike make the record unreadable. Say in a note what
    /// went on meanwhile.
    pub fn set_logging(&mut self, on: bool) {
        self.logging = on;
    }

    /// Adds a frame to the record.
    fn record(&self, direction: Direction, what: Sentence, bytes: &[u8]) {
        if self.logging {
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

    /// Closes our sending half (FIN) without a Close, and goes on receiving.
    pub fn half_close(&mut self) -> Result<(), Failure> {
        self.peer.half_close()
    }

    /// Nothing more may come, and the stream must end in good order (FIN).
    pub fn expect_end(&mut self) -> Result<(), Failure> {
        self.peer.expect_end()
    }

    /// Enlarges our receive buffer: a slow reader becomes a quick one.
    pub fn grow_receive_buffer(&self, bytes: usize) -> Result<(), Failure> {
        self.peer.grow_receive_buffer(bytes)
    }

    /// Returns whether there is something to read by now.
    pub fn is_readable(&self) -> Result<bool, Failure> {
        self.peer.is_readable()
    }

    /// Waits until the program has read everything that we have sent.
    pub fn wait_read(&self) -> Result<(), Failure> {
        self.peer.wait_read()
    }
}
