//! Both ends of a WebSocket, and a look at the bytes that lie in between.

use std::error::Error;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use narrate::{Side, Stage, Tapped};
use tungstenite::{Message, WebSocket};

/// How long bytes may take from one end to the other.
const PATIENCE: Duration = Duration::from_secs(5);

/// A client and a server that have shaken hands.
pub(crate) fn pair(stage: &Stage) -> Result<(WebSocket<Tapped>, WebSocket<Tapped>), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let stream = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?;
    let accepted = stage.tap(Side::SERVER, listener.accept()?.0)?;
    let server = thread::spawn(move || tungstenite::accept(accepted).map_err(|why| why.to_string()));
    let (client, _) = tungstenite::client(format!("ws://{address}/"), stream)?;
    Ok((client, server.join().map_err(|_| "accept")??))
}

/// The first `count` bytes that lie in the kernel for `stream`, unread: what really crossed. `peek`
/// looks and takes nothing.
pub(crate) fn lying(stream: &TcpStream, count: usize) -> io::Result<Vec<u8>> {
    let deadline = Instant::now() + PATIENCE;
    let mut bytes = vec![0; count];
    while stream.peek(&mut bytes)? < count {
        if Instant::now() > deadline {
            return Err(io::ErrorKind::TimedOut.into());
        }
        thread::yield_now();
    }
    Ok(bytes)
}

/// How many bytes lie there now, at most 1,024.
pub(crate) fn arrived(stream: &TcpStream) -> io::Result<usize> {
    stream.set_nonblocking(true)?;
    let count = match stream.peek(&mut [0; 1024]) {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
        count => count,
    };
    stream.set_nonblocking(false)?;
    count
}

/// A message as the story shows it: `Text("chào")`, `Binary(ff 00)`, `Close(1000 "bye")`.
pub(crate) fn shown(message: &Message) -> String {
    match message {
        Message::Text(text) => format!("Text({:?})", text.as_str()),
        Message::Close(Some(frame)) => format!("Close({} {:?})", u16::from(frame.code), frame.reason.as_str()),
        Message::Binary(bytes) => {
            let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("Binary({})", hex.join(" "))
        }
        other => format!("{other:?}"),
    }
}
