//! WebSocket (RFC 6455) over TCP: one message is one frame.
//!
//! Messages have lengths of their own, so that nothing has to be put in front of a picture. What it costs: whatever
//! a client sends is masked, an XOR over every byte on one side and again on the other, and the library
//! copies what it masks. What a message holds is in `websocket/message.rs`.

mod message;

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use tungstenite::handshake::HandshakeError;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, Message};

use super::stream::{self, Stream};
use super::{Client, Transport, address_in};
use crate::frame::{Acknowledgement, Frame, IO_TIMEOUT, Receiver};
pub(crate) use message::Content;

/// Bytes that the library asks of the kernel in one read. It zeroes as many before each read, which a much larger
/// number would pay for with every frame; a much smaller one pays in system calls.
const READ: usize = 64 * 1024;
/// The same for a driver, which reads answers of 16 bytes.
const READ_ANSWERS: usize = 4 * 1024;

/// Carries frames as messages on one WebSocket.
#[derive(Clone, Copy)]
pub(crate) struct WebSocket {
    pub(crate) content: Content,
}

impl Transport for WebSocket {
    fn serve(&self, host: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        let listener = TcpListener::bind(SocketAddr::new(host, 0))?;
        announce(&listener.local_addr()?.to_string());
        let content = self.content;
        accept(&listener, move |stream| serve(stream, READ, receiver, content))
    }

    fn connect(&self, address: &str) -> io::Result<Box<dyn Client>> {
        let address = address_in(address)?;
        Ok(Box::new(connect(tcp(address)?, address, self.content)?))
    }
}

/// Gives each connection a thread of its own, as soon as a permit is free.
pub(crate) fn accept(
    listener: &TcpListener,
    serve: impl FnOnce(TcpStream) -> io::Result<()> + Clone + Send + 'static,
) -> io::Result<()> {
    loop {
        let permit = stream::permit();
        let (stream, peer) = match listener.accept() {
            Err(error) if stream::gone_before(&error) => continue,
            accepted => accepted?,
        };
        let serve = serve.clone();
        thread::spawn(move || {
            let _permit = permit;
            if let Err(error) = set_up(&stream).and_then(|()| serve(stream)) {
                eprintln!("{peer}: {error}");
            }
        });
    }
}

/// A TCP connection that is ready for messages.
pub(crate) fn tcp(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, IO_TIMEOUT)?;
    set_up(&stream)?;
    Ok(stream)
}

fn set_up(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?; // a message leaves in one write: waiting for more of it gains nothing
    stream.set_write_timeout(Some(IO_TIMEOUT))?;
    stream.set_read_timeout(Some(IO_TIMEOUT))
}

/// Both limits stand at 64 and 16 MiB by default: too much to give away for the first, and a little too
/// little for a message that is a frame of 16 MiB and its number.
fn config(read: usize, content: Content) -> WebSocketConfig {
    let most = Some(content.most());
    WebSocketConfig::default().read_buffer_size(read).max_message_size(most).max_frame_size(most)
}

/// Takes frames in from one peer, until it closes.
pub(crate) fn serve(stream: impl Read + Write, read: usize, receiver: Receiver, content: Content) -> io::Result<()> {
    let config = Some(config(read, content));
    let mut socket = tungstenite::accept_with_config(Whole { stream, moved: true }, config).map_err(no_handshake)?;
    loop {
        socket.get_mut().moved = false;
        let message = loop {
            match socket.read() {
                Ok(message) => break message,
                // Between messages a driver may be silent for as long as the lab measures others, but not within one.
                Err(Error::Io(error)) if timed_out(&error) && !socket.get_ref().moved => {}
                Err(Error::ConnectionClosed) => return Ok(()),
                Err(error) => return Err(in_io(error)),
            }
        };
        if message.is_binary() || message.is_text() {
            let (number, payload) = content.unpack(message)?;
            let answer = receiver.acknowledge(number, &payload);
            socket.send(Message::binary(answer.to_bytes().to_vec())).map_err(in_io)?;
        }
    }
}

/// Asks for a WebSocket on a connection that stands.
pub(crate) fn connect<S: Stream>(stream: S, address: SocketAddr, content: Content) -> io::Result<WebSocketClient<S>> {
    let request = format!("ws://{address}/");
    let stream = Whole { stream, moved: true };
    let config = Some(config(READ_ANSWERS, content));
    let (socket, _) = tungstenite::client::client_with_config(request, stream, config).map_err(no_handshake)?;
    Ok(WebSocketClient { socket, content, limit: IO_TIMEOUT })
}

/// The sending end.
pub(crate) struct WebSocketClient<S: Read + Write> {
    socket: tungstenite::WebSocket<Whole<S>>,
    content: Content,
    /// The socket's own limit for a read, so that it is set only when it changes.
    limit: Duration,
}

impl<S: Stream> Client for WebSocketClient<S> {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        let socket = &mut self.socket;
        self.content.pack(frame, |message| socket.write(message).map_err(in_io))?;
        socket.flush().map_err(in_io)
    }

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        loop {
            let limit = until.map_or(IO_TIMEOUT, |until| until.saturating_duration_since(Instant::now()));
            if limit.is_zero() {
                return Ok(None);
            }
            if limit != self.limit {
                self.socket.get_ref().stream.read_within(limit)?;
                self.limit = limit;
            }
            match self.socket.read() {
                Ok(Message::Binary(answer)) => {
                    let answer = answer.as_ref().try_into().map_err(|_| wrong("an answer that has not 16 bytes"))?;
                    return Ok(Some(Acknowledgement::from_bytes(answer)));
                }
                Ok(_) => {} // a ping, which the library answers, or a Close, after which the next read fails
                Err(Error::Io(error)) if timed_out(&error) && until.is_some() => {}
                Err(error) => return Err(in_io(error)),
            }
        }
    }
}

impl<S: Read + Write> Drop for WebSocketClient<S> {
    fn drop(&mut self) {
        let _ = self.socket.close(None); // a server that hears no Close takes it for a fault
    }
}

/// A stream that takes all of what it is given. After a write that took a part only, tungstenite moves the rest to the
/// front of its buffer, which over TLS would happen every 64 KB of a frame.
pub(crate) struct Whole<S> {
    stream: S,
    /// Whether anything came since this was set to false.
    moved: bool,
}

impl<S: Read> Read for Whole<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.stream.read(buffer) {
                // A process that was stopped goes on with an interrupted read (signal(7)); tungstenite would end over it.
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => {
                    self.moved |= read.is_ok();
                    return read;
                }
            }
        }
    }
}

impl<S: Write> Write for Whole<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

fn timed_out(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

fn wrong(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

fn in_io(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        Error::ConnectionClosed => ErrorKind::UnexpectedEof.into(),
        error => wrong(&error.to_string()),
    }
}

fn no_handshake<R: tungstenite::handshake::HandshakeRole>(error: HandshakeError<R>) -> io::Error {
    match error {
        HandshakeError::Failure(error) => in_io(error),
        HandshakeError::Interrupted(_) => ErrorKind::TimedOut.into(), // the socket blocks: ten seconds are over
    }
}
