//! One client, from its name to its end.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use narrate::TappedAsync;
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::Limits;
use super::lines::{Broken, Lines};
use super::rooms::{Line, Place, QUEUE, Rooms};

/// How long a client that leaves may take to read what it was still sent.
const FAREWELL: Duration = Duration::from_secs(1);
/// What a line takes when its author speaks at the highest pace: a hundred lines a second.
const LINE: Duration = Duration::from_millis(10);
/// Letters of a name or a room.
const LONGEST_NAME: usize = 24;
const LOBBY: &str = "lobby";

/// Why a visit ended.
enum End {
    /// The client has said everything, or we have.
    Left,
    /// It gets this line, then the end.
    Refused(String),
    /// It did not read: nothing is said to it any more.
    TooSlow,
}

/// Serves one client. Whoever drops this future ends the visit at once: the others hear `- name`.
pub(crate) async fn visit(stream: TappedAsync, rooms: Arc<Rooms>, stop: CancellationToken, limits: Limits) {
    let (reader, mut writer) = tokio::io::split(stream);
    let mut lines = Lines::new(reader);
    let name_within = limits.name_within;
    let first = tokio::select! {
        () = stop.cancelled() => return,
        first = timeout(name_within, lines.next()) => first,
    };
    let end = match first {
        Err(_) => End::Refused(format!("! no name within {name_within:?}\n")),
        Ok(Ok(Some(first))) => match enter(&first, &rooms) {
            Ok((place, queue)) => talk(&mut lines, &mut writer, place, queue, limits.ahead).await,
            Err(refusal) => End::Refused(refusal),
        },
        Ok(Ok(None)) => End::Left,
        Ok(Err(broken)) => broken.into(),
    };
    leave(lines.into_reader(), writer, end).await;
}

fn enter(first: &str, rooms: &Arc<Rooms>) -> Result<(Place, mpsc::Receiver<Line>), String> {
    let (name, room) = first.split_once(' ').unwrap_or((first, LOBBY));
    if !is_name(name) || !is_name(room) {
        return Err("! bad name\n".into());
    }
    rooms.join(name, room).ok_or_else(|| "! name taken\n".into())
}

fn is_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    (1..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(allowed)
}

// ANCHOR: talk
/// Reads and writes at once, until one of them ends. Both futures live as long as the visit, so
/// `select!` drops neither of them between two lines.
async fn talk(
    lines: &mut Lines<ReadHalf<TappedAsync>>,
    writer: &mut WriteHalf<TappedAsync>,
    place: Place,
    mut queue: mpsc::Receiver<Line>,
    ahead: Duration,
) -> End {
    let writing = async {
        let mut lines: Vec<Line> = Vec::with_capacity(QUEUE);
        while queue.recv_many(&mut lines, QUEUE).await > 0 {
            let together = lines.concat(); // many lines, one call to the kernel
            lines.clear();
            writer.write_all(together.as_bytes()).await?;
        }
        Ok::<(), io::Error>(()) // nobody can put a line into the queue any more
    };
    tokio::pin!(writing);
    let end = tokio::select! {
        () = place.dropped() => return End::TooSlow,
        _ = &mut writing => return End::Left, // the server leaves and all is said, or the peer is gone
        end = read(lines, &place, ahead) => end,
    };
    drop(place); // the others hear it now; our queue ends behind what is still in it
    match timeout(FAREWELL, writing).await {
        Ok(Ok(())) => end,
        _ => End::TooSlow,
    }
}
// ANCHOR_END: talk

async fn read(lines: &mut Lines<ReadHalf<TappedAsync>>, place: &Place, ahead: Duration) -> End {
    let mut due = Instant::now(); // when all that this client said would have been said at its pace
    loop {
        match lines.next().await {
            Ok(Some(line)) if line.is_empty() => {}
            Ok(Some(line)) => place.say(&line),
            Ok(None) => return End::Left,
            Err(broken) => return broken.into(),
        }
        // A thousand lines may have come in one read. The others write theirs first, or a burst of one
        // would fill the queues of all.
        tokio::task::yield_now().await;
        // One who goes on like that is faster than those who read: they would be dropped in its place.
        due = due.max(Instant::now()) + LINE;
        let wait = due.saturating_duration_since(Instant::now()).saturating_sub(ahead);
        if !wait.is_zero() {
            sleep(wait).await; // even of nothing at all it would make a millisecond
        }
    }
}

/// Ends our half, then reads on until the client ends its own. Closing a socket with bytes unread
/// sends a reset, and a reset may overtake our last words.
async fn leave(reader: ReadHalf<TappedAsync>, mut writer: WriteHalf<TappedAsync>, end: End) {
    let last_words = match &end {
        End::Refused(line) => line.as_bytes(),
        End::Left | End::TooSlow => b"",
    };
    let mut reader = reader;
    let farewell = async {
        writer.write_all(last_words).await?;
        writer.shutdown().await?;
        while reader.read(&mut [0; 1024]).await? > 0 {}
        Ok::<(), io::Error>(())
    };
    if matches!(end, End::TooSlow) || timeout(FAREWELL, farewell).await.is_err() {
        // What the kernel still holds for a client that does not read is thrown away: a reset.
        let _ = reader.unsplit(writer).stream().set_zero_linger();
    }
}

impl From<Broken> for End {
    fn from(broken: Broken) -> End {
        match broken {
            Broken::TooLong => End::Refused("! line too long\n".into()),
            Broken::Network(_) => End::Left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_name_is_letters_of_any_script_digits_and_two_signs() {
        assert!(["mai", "Bình", "李", "a_b-1", &"x".repeat(24)].into_iter().all(is_name));
        assert!(!["", "a b", "a:b", "a\u{1b}", "\u{fffd}", &"x".repeat(25)].into_iter().any(is_name));
    }
}
