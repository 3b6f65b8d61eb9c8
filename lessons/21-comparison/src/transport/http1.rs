//! HTTP/1.1: each frame is a POST on a connection that is kept.
//!
//! A connection has one request on its way; several at once need as many connections, so that a
//! window of W opens up to W (the server has places for 16). They are kept for the next frames: a new one costs a round trip before
//! the first byte, a new congestion window, and here a new task on both ends (`http1-close` shows it). `http_request.rs` says what
//! travels, and which copies remain.

use std::cell::RefCell;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::Request;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;

use super::call_window::{CallWindow, Driven, trouble};
use super::{Client, Transport, address_in, encodings, http_request, server};
use crate::frame::{Acknowledgement, Frame, Receiver};

/// How long the next request may take to come. hyper has one limit for the silence between two requests and for a head that
/// does not end: a driver is silent while the lab measures others, so that it must be longer than a run.
const LONGEST_SILENCE: Duration = Duration::from_secs(15 * 60);

/// Carries frames over HTTP/1.1.
#[derive(Clone, Copy)]
pub(crate) struct Http1 {
    pub(crate) connections: Connections,
    /// Makes the request of a frame.
    pub(crate) request: fn(&str, &Frame) -> Request<Full<Bytes>>,
}

/// What becomes of a connection when the answer is there.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Connections {
    /// It waits for the next frame.
    Kept,
    /// It is closed, as `Connection: close` asks: what a client does that is created for each request.
    NewForEachFrame,
}

impl Http1 {
    pub(crate) const RAW: Http1 = Http1 { connections: Connections::Kept, request: http_request::request };
    pub(crate) const CLOSE: Http1 = Http1 { connections: Connections::NewForEachFrame, ..Http1::RAW };
    pub(crate) const MULTIPART: Http1 = Http1 { request: encodings::multipart_request, ..Http1::RAW };
    pub(crate) const BASE64: Http1 = Http1 { request: encodings::base64_request, ..Http1::RAW };
}

impl Transport for Http1 {
    fn serve(&self, host: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        let router = http_request::router(receiver).merge(encodings::router(receiver));
        // `axum::serve` would do this in one line, but has no limit of any kind for silent peers.
        let mut http = Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(LONGEST_SILENCE);
        server::serve(host, announce, move |stream| {
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()))
        })
    }

    fn connect(&self, address: &str) -> io::Result<Box<dyn Client>> {
        let driven = Driven::new()?;
        let to = address_in(address)?;
        let first = driven.wait(open(to))?;
        let idle = Rc::new(RefCell::new(vec![first]));
        Ok(Box::new(Http1Client { how: *self, to, host: address.to_owned(), idle, calls: CallWindow::new(driven) }))
    }
}

/// A connection on which a request can be sent.
type Connection = SendRequest<Full<Bytes>>;

async fn open(to: SocketAddr) -> io::Result<Connection> {
    let stream = TcpStream::connect(to).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(trouble)?;
    // The call hears of whatever goes wrong here.
    tokio::spawn(async { drop(connection.await) });
    Ok(sender)
}

/// The sending end.
struct Http1Client {
    how: Http1,
    to: SocketAddr,
    host: String,
    /// Connections on which no request is on its way.
    idle: Rc<RefCell<Vec<Connection>>>,
    calls: CallWindow,
}

impl Client for Http1Client {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        let Http1 { connections, request } = self.how;
        let mut request = http_request::origin_form(request(&self.host, frame));
        if connections == Connections::NewForEachFrame {
            request.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        let (to, idle) = (self.to, Rc::clone(&self.idle));
        self.calls.begin(async move {
            let waiting = idle.borrow_mut().pop();
            let mut connection = match waiting {
                Some(connection) => connection,
                None => open(to).await?,
            };
            connection.ready().await.map_err(trouble)?;
            let answer = connection.send_request(request).await.map_err(trouble)?;
            let ack = http_request::acknowledgement(answer).await?;
            if connections == Connections::Kept {
                idle.borrow_mut().push(connection);
            }
            Ok(ack)
        });
        Ok(())
    }

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        self.calls.next(until)
    }
}
