//! What a peer says to a server that means something, by protocol.

/// The words of a protocol.
#[derive(Clone, Copy)]
pub struct Protocol {
    /// The beginning of a conversation.
    pub begin: &'static [u8],
    /// What can be said over and over again after it, and makes the server answer; empty if nothing can.
    pub ask: &'static [u8],
    /// The first part of a conversation, in which it stops.
    pub half_begin: &'static [u8],
    /// The first part of a frame, after a whole beginning.
    pub half: &'static [u8],
}

/// The protocol of a transport whose server listens for connections of streams. One that shares its server with another
/// transport is left out, and so are those that have only datagrams.
pub fn protocol(name: &str) -> Option<Protocol> {
    match name {
        "http1" => Some(HTTP1),
        "http2" | "grpc-unary" | "grpc-stream" => Some(HTTP2),
        "wss" => Some(TLS),
        _ if name.starts_with("websocket") => Some(WEBSOCKET),
        _ if name == "unix" || name.starts_with("tcp") => Some(STREAM),
        _ => None,
    }
}

/// Length, number and checksum, as `stream.rs` has them, and then nothing or half a payload. An empty frame is whole
/// with its header, and answered.
const STREAM: Protocol = Protocol {
    begin: b"",
    ask: &[0; 20],
    half_begin: &[0; 7],
    // 16 MiB are announced, which is allowed.
    half: b"\x01\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0half of it",
};

/// A head without its end, and a head without its body.
const HTTP1: Protocol = Protocol {
    begin: b"",
    ask: b"GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n",
    half_begin: b"POST /frame HTTP/1.1\r\nhost: x\r\nx-frame-num",
    half: b"POST /frame HTTP/1.1\r\nhost: x\r\nx-frame-number: 1\r\nx-frame-checksum: 0123456789abcdef\r\n\
        content-length: 16777216\r\n\r\nhalf of it",
};

const HTTP2: Protocol = Protocol {
    // The preface of a client, and its SETTINGS, which are empty (RFC 9113, section 3.4).
    begin: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
    // A PING, which has to be answered (section 6.7).
    ask: b"\0\0\x08\x06\0\0\0\0\0xin chao",
    // The head of a frame, cut.
    half_begin: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0\0\0\x64\x01",
    // The head of a HEADERS frame of 100 bytes, and one byte of them.
    half: b"\0\0\x64\x01\x04\0\0\0\x01\x83",
};

/// Asks for a WebSocket (RFC 6455, section 4.1).
const WEBSOCKET: Protocol = Protocol {
    begin: super::websocket::UPGRADE,
    // A masked ping of five bytes, which has to be answered (section 5.5.2).
    ask: &[0x89, 0x85, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    half_begin: b"GET / HTTP/1.1\r\nHost: x\r\nConn",
    // A masked binary message of 16 MiB, cut.
    half: b"\x82\xff\0\0\0\0\x01\0\0\0\x01\x02\x03\x04half of it",
};

/// There is nothing that one can say to TLS and be answered without a key: the tests of TLS have more.
const TLS: Protocol = Protocol {
    begin: b"",
    ask: b"",
    // A handshake record of 512 bytes that ends in its head, and one that ends soon after.
    half_begin: &[22, 3, 1, 2],
    half: &[22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3],
};
