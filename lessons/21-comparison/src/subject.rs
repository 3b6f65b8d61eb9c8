//! Every transport by its name, and what the lab is handed: a program that serves and drives each of them.

use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use lab::{Program, Subject, Tool};
use narrate::Error;

#[cfg(unix)]
use crate::transport::unix;
use crate::transport::{Transport, grpc, http1, http2, quic, stream, tcp, udp, websocket, wss};
use crate::{choices, claims, drive, serve};
use grpc::{CallType, Grpc};
use http1::Http1;
use http2::{FlowControlWindows, Http2};
use stream::{Read, Writes};
use tcp::Tcp;
use udp::Udp;
use websocket::{Content, WebSocket};

/// What the lab is handed.
pub(crate) fn program() -> Program<'static> {
    Program {
        name: "lesson21",
        transports: ALL.iter().map(|entry| entry as &dyn Subject).collect(),
        control: "tcp",
        references: &[(Tool::Wrk, "http1"), (Tool::H2load, "http2"), (Tool::Sockperf, "tcp")],
        choices: choices::CHOICES,
        claims: claims::verdicts,
        harness: drive::harness,
    }
}

/// A transport by the name under which the lab shows it.
pub(crate) struct Entry {
    /// As in tables and files; never changes.
    pub(crate) name: &'static str,
    /// True for those that are all compared with each other; false for a variant that differs from one of them in a single choice.
    pub(crate) in_the_table: bool,
    /// Copies of the payload in user space, both ends together, as its file says. The two that the kernel
    /// makes, into the socket and out of it, are not among them.
    pub(crate) copies: u32,
    /// Makes it.
    pub(crate) transport: fn() -> Box<dyn Transport>,
}

impl Entry {
    const fn shown(name: &'static str, copies: u32, transport: fn() -> Box<dyn Transport>) -> Entry {
        Entry { name, in_the_table: true, copies, transport }
    }

    const fn variant(name: &'static str, copies: u32, transport: fn() -> Box<dyn Transport>) -> Entry {
        Entry { name, in_the_table: false, copies, transport }
    }
}

/// Every transport of the lab, and below them the ones that differ from one of these in a single
/// choice: `--explain` measures what that choice costs.
pub(crate) const ALL: &[Entry] = &[
    Entry::shown("tcp", 0, || Box::new(Tcp::default())),
    #[cfg(unix)]
    Entry::shown("unix", 0, || Box::new(unix::Unix)),
    Entry::shown("udp", 2, || Box::new(Udp::default())),
    Entry::shown("websocket", 2, || Box::new(WebSocket { content: Content::Binary })),
    Entry::shown("wss", 4, || Box::new(wss::Wss)),
    Entry::shown("http1", 1, || Box::new(Http1::RAW)),
    Entry::shown("http1-close", 1, || Box::new(Http1::CLOSE)),
    Entry::shown("http1-multipart", 3, || Box::new(Http1::MULTIPART)),
    Entry::shown("http1-base64", 4, || Box::new(Http1::BASE64)),
    Entry::shown("http2", 1, || Box::new(Http2 { windows: FlowControlWindows::GENEROUS })),
    Entry::shown("grpc-unary", 2, || Box::new(Grpc { call: CallType::Unary, windows: FlowControlWindows::GENEROUS })),
    Entry::shown("grpc-stream", 2, || Box::new(Grpc { call: CallType::Stream, windows: FlowControlWindows::GENEROUS })),
    Entry::shown("quic", 2, || Box::new(quic::Quic)),
    Entry::variant("tcp-two-writes", 0, || Box::new(Tcp { writes: Writes::Two, ..Tcp::default() })),
    Entry::variant("tcp-read-1024", 1, || Box::new(Tcp { read: Read::InPieces, ..Tcp::default() })),
    Entry::variant("udp-1400", 2, || Box::new(Udp { short: true })),
    Entry::variant("websocket-base64", 6, || Box::new(WebSocket { content: Content::Base64 })),
    Entry::variant("websocket-deflate", 4, || Box::new(WebSocket { content: Content::Deflate })),
    Entry::variant("http2-small-windows", 1, || Box::new(Http2 { windows: FlowControlWindows::SMALL })),
    Entry::variant("grpc-small-windows", 2, || {
        Box::new(Grpc { call: CallType::Unary, windows: FlowControlWindows::SMALL })
    }),
];

/// Makes the transport of that name.
pub(crate) fn transport(name: &str) -> Option<Box<dyn Transport>> {
    ALL.iter().find(|entry| entry.name == name).map(|entry| (entry.transport)())
}

impl Subject for Entry {
    fn name(&self) -> &'static str {
        self.name
    }

    fn is_in_table(&self) -> bool {
        self.in_the_table
    }

    fn copies(&self) -> u32 {
        self.copies
    }

    fn uses_datagrams(&self) -> bool {
        self.name.starts_with("udp") || self.name == "quic"
    }

    fn serve(&self, host: IpAddr, work: Duration) -> Result<(), Error> {
        serve::serve(self.name, (self.transport)(), host, work)
    }

    fn drive(&self, address: &str, frames: &Path) -> io::Result<()> {
        drive::drive(&*(self.transport)(), address, frames)
    }
}
