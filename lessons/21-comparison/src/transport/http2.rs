//! HTTP/2 without TLS (h2c): every frame is a POST again, and all of them share one connection.
//!
//! Both ends know beforehand that they speak HTTP/2 ("prior knowledge", RFC 9113, section 3.3). A request is a
//! stream; the bodies travel in DATA frames, interleaved, and never more than the receiver has granted:
//! there is a window for each stream and one for the connection, and they are the receiver's choice (`WINDOW_UPDATE`).
//! `http_request.rs` says what travels, and which copies remain.

use std::io;
use std::net::IpAddr;
use std::time::Instant;

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper::server::conn::http2::Builder;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;

use super::call_window::{CallWindow, Driven, trouble};
use super::{Client, Transport, address_in, http_request, server};
use crate::frame::{Acknowledgement, Frame, Receiver};

/// What a server windows each client.
#[derive(Clone, Copy)]
pub(crate) struct FlowControlWindows {
    /// Bytes of one stream that it has not read yet.
    stream: u32,
    /// Bytes of all streams of a connection that it has not read yet.
    connection: u32,
    /// The longest DATA frame: a client hands each to the kernel in a call of its own.
    data_frame: u32,
}

impl FlowControlWindows {
    /// The longest picture, raw and of 1920 x 1080, goes out at once, and so does a second one. DATA frames of the
    /// protocol's default, 16,384 bytes, cost both ends up to twice the CPU time.
    pub(crate) const GENEROUS: FlowControlWindows =
        FlowControlWindows { stream: 8 << 20, connection: 16 << 20, data_frame: 1 << 20 };
    /// The defaults of RFC 9113 (sections 6.5.2 and 6.9.2). A link of 1 Gbit/s with a round trip of 1 ms
    /// could have twice as much on its way.
    pub(crate) const SMALL: FlowControlWindows =
        FlowControlWindows { stream: 65_535, connection: 65_535, data_frame: 16_384 };
    /// Requests of one client at once, each with a payload in memory. A larger window of the lab is no error: the client
    /// keeps what is beyond until one of them is answered.
    const STREAMS: u32 = 8;

    /// How to serve HTTP/2 on these terms. No PINGs: a driver does nothing between two measurements, and would
    /// not answer them.
    pub(crate) fn builder(self) -> Builder<TokioExecutor> {
        let mut http = Builder::new(TokioExecutor::new());
        http.timer(TokioTimer::new())
            .max_concurrent_streams(Self::STREAMS)
            .initial_stream_window_size(self.stream)
            .initial_connection_window_size(self.connection)
            .max_frame_size(self.data_frame);
        http
    }
}

/// Carries frames over HTTP/2.
pub(crate) struct Http2 {
    pub(crate) windows: FlowControlWindows,
}

impl Transport for Http2 {
    fn serve(&self, host: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        let (http, router) = (self.windows.builder(), http_request::router(receiver));
        server::serve(host, announce, move |stream| {
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()))
        })
    }

    fn connect(&self, address: &str) -> io::Result<Box<dyn Client>> {
        let driven = Driven::new()?;
        let to = address_in(address)?;
        let connection = driven.wait(async {
            let stream = TcpStream::connect(to).await?;
            stream.set_nodelay(true)?;
            let (sender, connection) = handshake(TokioExecutor::new(), TokioIo::new(stream)).await.map_err(trouble)?;
            // The calls hear of whatever goes wrong here.
            tokio::spawn(async { drop(connection.await) });
            Ok(sender)
        })?;
        Ok(Box::new(Http2Client { host: address.to_owned(), connection, calls: CallWindow::new(driven) }))
    }
}

/// The sending end.
struct Http2Client {
    host: String,
    connection: SendRequest<Full<Bytes>>,
    calls: CallWindow,
}

impl Client for Http2Client {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        let request = http_request::request(&self.host, frame);
        let mut connection = self.connection.clone(); // another handle of the same connection
        self.calls.begin(async move {
            connection.ready().await.map_err(trouble)?;
            http_request::acknowledgement(connection.send_request(request).await.map_err(trouble)?).await
        });
        Ok(())
    }

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        self.calls.next(until)
    }
}
