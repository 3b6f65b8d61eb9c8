//! One client, from its name to its end.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::lines::{FrameError, Lines};
use super::rooms::{Line, Membership, QUEUE_CAPACITY, Rooms};
use super::{Limits, Stream};

/// How long a client that leaves may take to read what it was still sent.
const LINGER: Duration = Duration::from_secs(1);
/// The time between two lines at the rate limit: a hundred lines a second.
const LINE_INTERVAL: Duration = Duration::from_millis(10);
/// The most letters of a name or a room.
const MAX_NAME: usize = 24;
/// The room of a client that names none.
const DEFAULT_ROOM: &str = "lobby";

/// Why the connection to a client is closed.
enum CloseReason {
    /// The client has sent everything, or the server has.
    Finished,
    /// The client gets this line, then the end.
    Refused(String),
    /// The client did not read: nothing more is sent to it.
    TooSlow,
}

/// Serves one client. Dropping this future closes the connection at once; the others in the room get `- name`.
pub async fn handle_client<S: Stream>(stream: S, rooms: Arc<Rooms>, stop: CancellationToken, limits: Limits) {
    let (reader, mut writer) = tokio::io::split(stream);
    let mut lines = Lines::new(reader);
    let name_timeout = limits.name_timeout;
    let first = tokio::select! {
        () = stop.cancelled() => return,
        first = timeout(name_timeout, lines.next()) => first,
    };
    let reason = match first {
        Err(_) => CloseReason::Refused(format!("! no name within {name_timeout:?}\n")),
        Ok(Ok(Some(first))) => match join(&first, &rooms) {
            Ok((member, queue)) => relay(&mut lines, &mut writer, member, queue, limits.burst).await,
            Err(refusal) => CloseReason::Refused(refusal),
        },
        Ok(Ok(None)) => CloseReason::Finished,
        Ok(Err(error)) => error.into(),
    };
    close(lines.into_reader(), writer, reason).await;
}

fn join(first: &str, rooms: &Arc<Rooms>) -> Result<(Membership, mpsc::Receiver<Line>), String> {
    let (name, room) = first.split_once(' ').unwrap_or((first, DEFAULT_ROOM));
    if !is_name(name) || !is_name(room) {
        return Err("! bad name\n".into());
    }
    rooms.join(name, room).ok_or_else(|| "! name taken\n".into())
}

fn is_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    (1..=MAX_NAME).contains(&name.chars().count()) && name.chars().all(allowed)
}

// ANCHOR: relay
/// Reads and writes at once, until one of them ends. Both futures live as long as the connection,
/// so `select!` drops neither of them between two lines.
async fn relay<S: Stream>(
    lines: &mut Lines<ReadHalf<S>>,
    writer: &mut WriteHalf<S>,
    member: Membership,
    mut queue: mpsc::Receiver<Line>,
    burst: Duration,
) -> CloseReason {
    let writing = async {
        let mut lines: Vec<Line> = Vec::with_capacity(QUEUE_CAPACITY);
        while queue.recv_many(&mut lines, QUEUE_CAPACITY).await > 0 {
            let together = lines.concat(); // many lines, one call to the kernel
            lines.clear();
            writer.write_all(together.as_bytes()).await?;
        }
        Ok::<(), io::Error>(()) // the queue has no sender any more
    };
    tokio::pin!(writing);
    let reason = tokio::select! {
        () = member.evicted() => return CloseReason::TooSlow,
        _ = &mut writing => return CloseReason::Finished, // the shutdown has delivered everything, or the peer is gone
        reason = read_lines(lines, &member, burst) => reason,
    };
    drop(member); // the others are told now; the queue ends behind what is still in it
    match timeout(LINGER, writing).await {
        Ok(Ok(())) => reason,
        _ => CloseReason::TooSlow,
    }
}
// ANCHOR_END: relay

async fn read_lines<S: Stream>(lines: &mut Lines<ReadHalf<S>>, member: &Membership, burst: Duration) -> CloseReason {
    let mut due = Instant::now(); // when all that this client has sent would have been sent at the rate limit
    loop {
        match lines.next().await {
            Ok(Some(line)) if line.is_empty() => {}
            Ok(Some(line)) => member.send(&line),
            Ok(None) => return CloseReason::Finished,
            Err(error) => return error.into(),
        }
        // A thousand lines may have come in one read. The other tasks write theirs first, or one
        // burst would fill every queue.
        tokio::task::yield_now().await;
        // A client above the rate limit would outrun the clients that read, and they would be evicted in its stead.
        due = due.max(Instant::now()) + LINE_INTERVAL;
        let wait = due.saturating_duration_since(Instant::now()).saturating_sub(burst);
        if !wait.is_zero() {
            sleep(wait).await; // a sleep of zero would still take a millisecond
        }
    }
}

/// Ends the sending half, then reads on until the client ends its own. Closing a socket with unread bytes
/// sends a reset, and a reset may overtake the last line.
async fn close<S: Stream>(mut reader: ReadHalf<S>, mut writer: WriteHalf<S>, reason: CloseReason) {
    let last_line = match &reason {
        CloseReason::Refused(line) => line.as_bytes(),
        CloseReason::Finished | CloseReason::TooSlow => b"",
    };
    let lingering = async {
        writer.write_all(last_line).await?;
        writer.shutdown().await?;
        while reader.read(&mut [0; 1024]).await? > 0 {}
        Ok::<(), io::Error>(())
    };
    if matches!(reason, CloseReason::TooSlow) || timeout(LINGER, lingering).await.is_err() {
        let _ = reader.unsplit(writer).reset_on_close();
    }
}

impl From<FrameError> for CloseReason {
    fn from(error: FrameError) -> CloseReason {
        match error {
            FrameError::TooLong => CloseReason::Refused("! line too long\n".into()),
            FrameError::Io(_) => CloseReason::Finished,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn is_name_allows_letters_of_any_script_digits_and_two_signs() {
        assert!(["mai", "Bình", "李", "a_b-1", &"x".repeat(24)].into_iter().all(is_name));
        assert!(!["", "a b", "a:b", "a\u{1b}", "\u{fffd}", &"x".repeat(25)].into_iter().any(is_name));
    }
}
