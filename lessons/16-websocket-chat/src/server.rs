//! The server: accepts, asks what each connection is for, and seats members in the room.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use narrate::{Error, Side, Stage, TappedAsync, Tapper};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tungstenite::protocol::Role;

use crate::http::{self, Asked};
use crate::member::{self, End};
use crate::room::{Room, Settings};
use crate::text;

/// Connections at once: members, page requests, and whoever does not say what it wants.
const CONNECTIONS: usize = 256;
/// How often a member is pinged.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How far ahead of its pace a member may be: some forty lines, or three pictures.
const AHEAD: Duration = Duration::from_millis(400);
/// How long to wait after a failed `accept`, so that clients may leave and free something.
const PAUSE: Duration = Duration::from_millis(50);
/// How long the end of the server may take.
const END: Duration = Duration::from_secs(3);
/// Lines for the screen that may wait; when nobody looks, they are left out.
const NEWS: usize = 256;

/// Lines about what happens, for whoever runs the server.
pub(crate) type News = mpsc::Sender<String>;

/// `serve [ADDRESS]`: the room and its page, until Ctrl-C.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    Runtime::new()?.block_on(async {
        let listener = TcpListener::bind(address).await.map_err(|error| Error::listening(address, error))?;
        let address = listener.local_addr()?;
        stage.line(&format!("LISTENING {address}"));
        stage.line(&text::open_it(address));
        let room = Arc::new(Room::new(Settings { heartbeat: HEARTBEAT, ahead: AHEAD }));
        let connections = Arc::new(Semaphore::new(CONNECTIONS));
        let (news, mut screen) = mpsc::channel(NEWS);
        tokio::select! {
            () = run(listener, &room, &connections, news.clone(), stage.tapper(Side::SERVER)) => {}
            _ = tokio::signal::ctrl_c() => {}
            () = async { while let Some(line) = screen.recv().await { stage.fact(Side::SERVER, line) } } => {}
        }
        room.close();
        let _ = timeout(END, connections.acquire_many(CONNECTIONS as u32)).await; // all have ended
        Ok(())
    })
}

/// Accepts until it is dropped, a task for each connection.
pub(crate) async fn run(
    listener: TcpListener,
    room: &Arc<Room>,
    connections: &Arc<Semaphore>,
    news: News,
    tapper: Tapper,
) {
    loop {
        // No more than we have room for: further calls wait in the backlog.
        let Ok(permit) = Arc::clone(connections).acquire_owned().await else { return };
        // A client that was gone before we accepted it is no reason to stop serving the others. Nor
        // is a lack of descriptors; but then accept() would only fail again at once.
        let arrived = listener.accept().await.and_then(|(socket, peer)| Ok((tapper.tap(socket)?, peer)));
        let Ok((socket, peer)) = arrived else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let (room, news) = (Arc::clone(room), news.clone());
        tokio::spawn(async move {
            receive(socket, peer, &room, &news).await;
            drop(permit);
        });
    }
}

async fn receive(socket: TappedAsync, peer: SocketAddr, room: &Room, news: &News) {
    let tell = |line: String| drop(news.try_send(line));
    match http::ask(socket).await {
        Asked::Room(socket, rest) => {
            let socket = WebSocketStream::from_partially_read(socket, rest, Role::Server, Some(member::config())).await;
            member::attend(socket, room, |name, end| tell(described(name, end))).await;
        }
        Asked::Answered(status) => tell(text::answered(status.as_u16(), peer)),
        Asked::Nothing => {}
    }
}

fn described(name: &str, end: Option<&End>) -> String {
    match end {
        None => text::joined(name),
        Some(End::Left) => text::left(name),
        Some(End::Lost) => text::lost(name),
        Some(End::Silent) => text::silent(name),
        Some(End::Closed(code, reason) | End::Refused(code, reason)) => text::closed(name, u16::from(*code), reason),
    }
}
