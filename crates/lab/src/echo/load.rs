//! The load: what the client's side does in one round.

use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use tungstenite::{Bytes, Message, WebSocket};

/// How long an answer may take.
const IO_TIMEOUT: Duration = Duration::from_secs(10);

/// Something that sends a round of messages and takes in the answers.
pub(crate) trait Load {
    fn round(&mut self) -> Result<(), Box<dyn Error>>;
}

/// The client's side, connected and ready.
pub(crate) type Loaded = Result<Box<dyn Load>, Box<dyn Error>>;

/// Connections that each send `message` and expect as many bytes back.
struct Streams<S> {
    peers: Vec<S>,
    message: Vec<u8>,
    answer: Vec<u8>,
}

impl<S: Read + Write> Load for Streams<S> {
    fn round(&mut self) -> Result<(), Box<dyn Error>> {
        for peer in &mut self.peers {
            peer.write_all(&self.message)?;
        }
        for peer in &mut self.peers {
            peer.read_exact(&mut self.answer)?;
        }
        if self.answer == self.message { Ok(()) } else { Err("the answer is another".into()) }
    }
}

fn connect(server: &str) -> Result<TcpStream, Box<dyn Error>> {
    let peer = TcpStream::connect(server)?;
    peer.set_nodelay(true)?;
    peer.set_read_timeout(Some(IO_TIMEOUT))?;
    peer.set_write_timeout(Some(IO_TIMEOUT))?;
    Ok(peer)
}

/// `count` connections, messages of `size` bytes.
pub(crate) fn streams(server: &str, count: usize, size: usize) -> Loaded {
    let peers = (0..count).map(|_| connect(server)).collect::<Result<_, _>>()?;
    Ok(Box::new(Streams { peers, message: vec![b'x'; size], answer: vec![0; size] }))
}

/// One connection, frames of `size` bytes behind a length of four.
pub(crate) fn frames(server: &str, size: usize) -> Loaded {
    let message = [&(size as u32).to_be_bytes()[..], &vec![b'x'; size]].concat();
    let answer = vec![0; message.len()];
    Ok(Box::new(Streams { peers: vec![connect(server)?], message, answer }))
}

/// One Unix connection, messages of `size` bytes.
#[cfg(unix)]
pub(crate) fn unix(server: &str, size: usize) -> Loaded {
    let peer = std::os::unix::net::UnixStream::connect(server)?;
    peer.set_read_timeout(Some(IO_TIMEOUT))?;
    peer.set_write_timeout(Some(IO_TIMEOUT))?;
    Ok(Box::new(Streams { peers: vec![peer], message: vec![b'x'; size], answer: vec![0; size] }))
}

/// One WebSocket, binary messages of `size` bytes.
pub(crate) fn websocket(server: &str, size: usize) -> Loaded {
    let url = format!("ws://{}/", server);
    let (socket, _) = tungstenite::client(url, connect(server)?).map_err(|error| error.to_string())?;
    Ok(Box::new(Messages { socket, message: Bytes::from(vec![b'x'; size]) }))
}

struct Messages {
    socket: WebSocket<TcpStream>,
    message: Bytes,
}

impl Load for Messages {
    fn round(&mut self) -> Result<(), Box<dyn Error>> {
        self.socket.send(Message::Binary(self.message.clone()))?;
        match self.socket.read()? {
            Message::Binary(answer) if answer == self.message => Ok(()),
            other => Err(format!("the answer is another: {} bytes", other.len()).into()),
        }
    }
}

/// A thousand connections need more descriptors than the usual soft limit of 1,024 leaves; servers inherit it.
pub(crate) fn raise_descriptor_limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        // Where even this is refused, the connections will say so.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    }
}
