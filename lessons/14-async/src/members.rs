//! The settings of the story's chat, and what its clients do again and again: join, read lines, show them.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use narrate::{Endpoint, Side, Stage, Tapped, Tapper, kernel};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::yield_now;

use crate::chat::{Chat, Limits, Stream};
use crate::{LAN, text};

/// Where every server of the story listens. Port 0: the kernel picks a free one.
pub(crate) const ADDRESS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// How long the server waits at the shutdown for clients that still read.
pub(crate) const SHUTDOWN_DEADLINE: Duration = Duration::from_secs(1);
/// More than the story needs.
pub(crate) const GENEROUS_LIMITS: Limits =
    Limits { max_clients: 10, name_timeout: Duration::from_secs(10), burst: Duration::MAX };
/// Two clients at most; a name is due almost at once, so that the story need not wait.
pub(crate) const STRICT_LIMITS: Limits =
    Limits { max_clients: 2, name_timeout: Duration::from_millis(100), burst: Duration::MAX };
/// The kernel's receive buffer for a client in bytes: small, so that it is soon full when the client does not read.
const RECEIVE_BUFFER_SIZE: u32 = 8 * 1024;
/// Bytes in each line for a client that does not read.
const LONG_LINE: usize = 1000;
/// Lines that wait in Lan's queue at the shutdown, before the last.
const UNREAD_LINES: usize = 3;
/// The room of all clients of the story.
const ROOM: &str = "lobby";

/// A connection of a client: it buffers what it reads, and writes at once.
pub(crate) type Member = BufReader<Tapped<TcpStream>>;

impl Stream for Tapped<TcpStream> {
    fn reset_on_close(&self) -> io::Result<()> {
        self.set_zero_linger()
    }
}

/// Returns a tapper for the server's side of each connection. The story shows lines of text as the clients receive
/// them, instead of the bytes.
pub(crate) fn server_tapper(stage: &Stage) -> Tapper {
    stage.tapper(Side::SERVER).with_dissector(text::dissect).off_screen()
}

/// Sends the name of the client's side, which joins the room.
pub(crate) async fn join(stream: Tapped<TcpStream>) -> io::Result<Member> {
    let name = stream.endpoint().side.label;
    let mut member = BufReader::new(stream.off_screen().with_dissector(text::dissect));
    member.write_all(format!("{name}\n").as_bytes()).await?;
    Ok(member)
}

/// Returns the next line; `None` at the end.
pub(crate) async fn read_line(member: &mut Member) -> io::Result<Option<String>> {
    let mut line = String::new();
    let count = member.read_line(&mut line).await?;
    Ok((count > 0).then(|| line.trim_end().to_owned()))
}

/// Reads lines up to this one, or up to the end.
pub(crate) async fn read_until(member: &mut Member, last: &str) -> io::Result<()> {
    while read_line(member).await?.is_some_and(|line| line != last) {}
    Ok(())
}

/// Reads `count` lines and shows them in one.
pub(crate) async fn read_and_show(stage: &Stage, member: &mut Member, count: usize) -> io::Result<()> {
    let mut received = String::new();
    for _ in 0..count {
        let line = read_line(member).await?.unwrap_or_else(text::end_of_stream);
        received.push_str(&format!("← {line:<16} "));
    }
    stage.fact(member.get_ref().endpoint().side, received.trim_end());
    Ok(())
}

/// Returns a socket that is not connected yet, with a small receive buffer.
pub(crate) fn small_socket() -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER_SIZE)?;
    Ok(socket)
}

/// Shows the connections that the kernel has made and the server has not accepted.
pub(crate) fn show_backlog(stage: &Stage, address: SocketAddr) {
    let listening = Endpoint { side: Side::SERVER, local: address, peer: None };
    kernel::wait_until(&listening, |row| row.is_some_and(|row| row.receive_queue > 0));
    if let Ok(Some(row)) = kernel::find(&listening) {
        stage.fact(Side::SERVER, text::backlog(row.receive_queue));
    }
}

/// Returns a line of `length` bytes, its end not counted.
pub(crate) fn line(length: usize) -> String {
    format!("{}\n", "x".repeat(length))
}

/// Returns how many lines wait in Lan's queue; 0 when she is not in the room.
pub(crate) fn queued(chat: &Chat) -> usize {
    chat.rooms.queued(LAN.label, ROOM).unwrap_or(0)
}

/// Sends long lines until a few wait in Lan's queue; `reader` receives each. Returns how many wait.
pub(crate) async fn fill_queue(chat: &Chat, sender: &mut Member, reader: &mut Member) -> io::Result<usize> {
    while queued(chat) < UNREAD_LINES {
        sender.write_all(line(LONG_LINE).as_bytes()).await?;
        read_line(reader).await?;
    }
    Ok(queued(chat))
}

/// Lets the tasks of the server run until so many lines wait in Lan's queue.
pub(crate) async fn wait_queued(chat: &Chat, count: usize) {
    while queued(chat) < count {
        yield_now().await;
    }
}
