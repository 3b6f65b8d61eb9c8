//! Bài 14 · `chat [ĐỊA_CHỈ]`: phòng trò chuyện bằng task; client không chịu đọc thì không bắt được client khác chờ.
//! Exercise 14 · `chat [ADDRESS]`: chat rooms made of tasks; a client that does not read makes no other wait.
//!
//!     cargo run -p ex14 --bin ex14-chat      chạy · run it
//!     cargo course check 14 chat             chấm · check it
//!     cargo course book 14                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở vài terminal khác gõ `nc 127.0.0.1 PORT` với cổng mà nó in ra. Dòng đầu là tên,
//! ví dụ `mai` hay `mai saigon`, rồi gõ gì thì mọi người khác trong phòng thấy nấy.
//! By hand: run it, then in a few other terminals `nc 127.0.0.1 PORT`, with the port it prints. The first line is
//! a name, for example `mai` or `mai saigon`; after that, all others in the room see what you type.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use std::{env, io};

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

//~ task
//~ vi: Cần gì thì `use` thêm ở đây: tokio có task, hàng đợi, khóa và hẹn giờ; tokio-util có CancellationToken.
//~ en: Add here what you need: tokio has tasks, queues, locks and timers; tokio-util has CancellationToken.
use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
//~ end

/// The most lines that may wait for a client that does not read.
const QUEUE: usize = 64;

/// The longest line that is accepted, in bytes, its CRLF or LF not counted.
const MAX_LINE: usize = 1024;

/// The longest name of a client or a room, in characters.
const MAX_NAME: usize = 24;

/// The room of a client that names none.
const DEFAULT_ROOM: &str = "lobby";

//~ task
//~ vi: Mọi phòng, và trong mỗi phòng có những ai. Giữ gì trong đó là do bạn; phòng không còn ai thì không nên tốn
//~ vi: bộ nhớ nữa.
//~ en: All rooms, and the members of each. What it holds is up to you; a room without members should not cost any
//~ en: memory.
//~ stub: #[derive(Default)]
//~ stub: struct Rooms;
/// All rooms that have members. A `std` lock is enough: it is never held across an `.await`.
#[derive(Default)]
struct Rooms(Mutex<HashMap<String, Room>>);
//~ end

/// Accepts one client after another, forever.
async fn accept_loop(listener: &TcpListener) -> ! {
    //~ task
    //~ vi: Tạo một `Rooms`, rồi nhận (accept) hết client này đến client khác và chạy `handle_client` cho từng client.
    //~ vi: - `handle_client(…)` chưa làm gì cả: nó chỉ tạo ra một future, và future thì đợi có ai chạy. Nếu vòng lặp
    //~ vi:   này tự `.await` nó thì client sau phải chờ client trước: hãy giao nó cho một task riêng.
    //~ vi: - Lỗi của một client chỉ kết thúc kết nối đó.
    //~ vi: - `accept` lỗi thì nghỉ ACCEPT_RETRY_DELAY rồi nhận tiếp.
    //~ en: Make one `Rooms`, then accept one client after another and run `handle_client` for each.
    //~ en: - `handle_client(…)` does nothing yet: it makes a future, and a future waits until it is run. If this loop
    //~ en:   awaited it, the next client would have to wait for this one: give it to a task of its own.
    //~ en: - An error of one client ends that connection only.
    //~ en: - When `accept` fails, wait for ACCEPT_RETRY_DELAY and go on.
    //~ stub: todo!("accept clients, each in a task of its own")
    let rooms = Arc::<Rooms>::default();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("chat: {error}");
                tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
                continue;
            }
        };
        let rooms = Arc::clone(&rooms);
        tokio::spawn(async move {
            if let Err(error) = handle_client(stream, &rooms).await {
                eprintln!("chat: mất một client · a client is lost: {error}");
            }
        });
    }
    //~ end
}

/// Serves one client from its first line until it leaves or is dropped.
async fn handle_client(stream: TcpStream, rooms: &Rooms) -> io::Result<()> {
    //~ task
    //~ vi: Mọi thứ đi qua kết nối là dòng UTF-8. Đọc bằng `next_line`; ghi ra thì mỗi dòng kết thúc bằng LF.
    //~ vi:
    //~ vi: VÀO PHÒNG. Dòng đầu là tên, có thể thêm một dấu cách và tên phòng; `introduction` tách hộ bạn.
    //~ vi: - Sai quy cách (kể cả dòng rỗng): gửi `! bad name` rồi đóng kết nối.
    //~ vi: - Trong phòng đó đã có người tên như vậy: gửi `! name taken` rồi đóng. Ở phòng khác thì không sao.
    //~ vi: - Được: người mới nhận `= binh lan`, tức những ai đang có mặt, theo thứ tự vào phòng, không có chính mình
    //~ vi:   (chỉ `=` khi chưa có ai). Những người kia nhận `+ mai`.
    //~ vi: NÓI. Mỗi dòng sau đó tới mọi người khác trong phòng, đúng thứ tự, y nguyên, dưới dạng `mai: xin chao`.
    //~ vi: - Người nói không nhận lại. Dòng rỗng thì bỏ qua. Phòng khác không nghe thấy gì.
    //~ vi: DÒNG QUÁ DÀI, dù là dòng nào: gửi `! line too long` rồi đóng kết nối.
    //~ vi: RA ĐI. Khi hết luồng dữ liệu, khi kết nối lỗi (RST) hay khi bị đóng: những người kia nhận `- mai`, server
    //~ vi: đóng kết nối, và tên đó dùng lại được. Dòng cuối thiếu LF vẫn tính là đã nói.
    //~ vi: KHÔNG AI PHẢI CHỜ AI. Một client có thể ngồi im, hay gõ từng byte, trong khi người khác đang nói. Nó cũng có
    //~ vi: thể không đọc gì cả:
    //~ vi: - Mỗi client có một hàng đợi, nhiều nhất QUEUE dòng.
    //~ vi: - Hàng đợi đầy mà còn một dòng nữa phải vào thì client đó bị loại: kết nối đóng ngay (không chờ nó đọc), mọi
    //~ vi:   người khác nhận `- tên`, kể cả người đang nói.
    //~ vi: - Chưa bị loại thì không được mất dòng nào.
    //~ en: All that crosses a connection is lines of UTF-8. Read with `next_line`; end each line that you write with
    //~ en: LF.
    //~ en:
    //~ en: JOINING. The first line is a name, optionally followed by one space and a room; `introduction` splits it.
    //~ en: - Not valid (an empty line, too): send `! bad name`, then close the connection.
    //~ en: - A member of that room has this name: send `! name taken`, then close. In another room it does no harm.
    //~ en: - Accepted: the newcomer gets `= binh lan`, the other members in order of joining, without itself (just `=`
    //~ en:   when there is no other). The others get `+ mai`.
    //~ en: SPEAKING. Every further line goes to all other members of the room, in order and unchanged, as `mai: xin
    //~ en: chao`.
    //~ en: - The speaker does not get it back. An empty line is ignored. Other rooms receive nothing.
    //~ en: A LINE TOO LONG, whichever it is: send `! line too long`, then close the connection. LEAVING. At the end of
    //~ en: the stream, at an error (RST), or when the connection is closed: the others get `- mai`, the server closes
    //~ en: the connection, and the name is free again. A last line without LF counts as sent. NO CLIENT WAITS FOR
    //~ en: ANOTHER. A client may sit still, or type a byte at a time while others speak. It may also read nothing at
    //~ en: all:
    //~ en: - Each client has a queue, of QUEUE lines at most.
    //~ en: - When the queue is full and one more line must go in, that client is dropped: its connection is closed at
    //~ en:   once (not when it reads again), and all others get `- name`, the speaker, too.
    //~ en: - Until it is dropped it must lose no line.
    //~ stub: todo!("read the name, join the room, then read and write lines until the client leaves")
    let (reader, mut writer) = stream.into_split();
    let (mut reader, mut line) = (BufReader::new(reader), Vec::new());
    let first = match next_line(&mut reader, &mut line).await? {
        Received::Line(first) => first,
        Received::TooLong => return writer.write_all(LINE_TOO_LONG.as_bytes()).await,
        Received::End => return Ok(()),
    };
    let Some((name, room)) = introduction(&first) else {
        return writer.write_all(b"! bad name\n").await;
    };
    let Some((membership, lines)) = rooms.join(name, room) else {
        return writer.write_all(b"! name taken\n").await;
    };
    // Reading and writing never wait for each other. Neither future starts over when the other makes progress,
    // so no half-read line is lost. Pinned: it goes on after the `select!`.
    let mut delivery = pin!(deliver(lines, writer));
    let final_line = tokio::select! {
        final_line = read_lines(&mut reader, &mut line, &membership) => final_line?,
        delivered = &mut delivery => return delivered,
        () = membership.dropped.cancelled() => return Ok(()), // also in the middle of a write that never ends
    };
    membership.leave(final_line);
    // Lines that were sent before it left still go to it, within a limit.
    timeout(LINGER, delivery).await?
    //~ end
}

//~ task
const LINE_TOO_LONG: &str = "! line too long\n";

/// How long a client that has sent everything may take to read the lines that still wait.
const LINGER: Duration = Duration::from_secs(1);

/// A line for many clients: one copy of it, LF included.
type Line = Arc<str>;

/// The members of a room, in order of joining.
type Room = Vec<Member>;

struct Member {
    name: String,
    queue: mpsc::Sender<Line>,
    dropped: CancellationToken,
}

/// A client's membership in its room. It ends when this is dropped, whichever way `handle_client` ends.
struct Membership<'a> {
    rooms: &'a Rooms,
    room: String,
    /// The sending end of its own queue; weak, so that the queue ends when the room removes the member.
    queue: mpsc::WeakSender<Line>,
    dropped: CancellationToken,
}

/// Reads the lines of a client and sends them to the room, until the end of its stream. Returns the line that
/// the client is to get last, if any.
async fn read_lines(
    reader: &mut (impl AsyncBufRead + Unpin),
    line: &mut Vec<u8>,
    membership: &Membership<'_>,
) -> io::Result<Option<&'static str>> {
    loop {
        match next_line(reader, line).await? {
            Received::Line(text) if text.is_empty() => {}
            Received::Line(text) => membership.send(&text),
            Received::TooLong => return Ok(Some(LINE_TOO_LONG)),
            Received::End => return Ok(None),
        }
    }
}

/// Writes the lines of a client's queue, until the queue has no sender any more.
async fn deliver(mut lines: mpsc::Receiver<Line>, mut writer: impl AsyncWrite + Unpin) -> io::Result<()> {
    while let Some(line) = lines.recv().await {
        writer.write_all(line.as_bytes()).await?;
    }
    Ok(())
}

impl Rooms {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Room>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a membership and a queue for `name`; `None` when a member of that room has this name.
    fn join(&self, name: &str, room: &str) -> Option<(Membership<'_>, mpsc::Receiver<Line>)> {
        let mut rooms = self.lock();
        let members = rooms.entry(room.to_owned()).or_default();
        if members.iter().any(|member| member.name == name) {
            return None;
        }
        let (queue, lines) = mpsc::channel(QUEUE);
        let present: String = members.iter().map(|member| format!(" {}", member.name)).collect();
        queue.try_send(format!("={present}\n").into()).ok()?; // cannot be full: the queue is new
        broadcast(members, None, format!("+ {name}\n"));
        let dropped = CancellationToken::new();
        let membership =
            Membership { rooms: self, room: room.to_owned(), queue: queue.downgrade(), dropped: dropped.clone() };
        members.push(Member { name: name.to_owned(), queue, dropped });
        Some((membership, lines))
    }
}

impl Membership<'_> {
    /// Sends `text` to all other members of the room.
    fn send(&self, text: &str) {
        let mut rooms = self.rooms.lock();
        if let Some((members, index)) = self.find(&mut rooms) {
            let line = format!("{}: {text}\n", members[index].name);
            broadcast(members, Some(index), line);
        }
    }

    /// Ends the membership, unless that has happened already, and tells the others.
    fn leave(&self, final_line: Option<&str>) {
        let mut rooms = self.rooms.lock();
        if let Some((members, index)) = self.find(&mut rooms) {
            let Member { name, queue, .. } = members.remove(index);
            if let Some(word) = final_line {
                let _ = queue.try_send(word.into()); // a full queue: the client does not read
            }
            broadcast(members, None, format!("- {name}\n"));
            if members.is_empty() {
                rooms.remove(&self.room);
            }
        }
    }

    /// Returns the room and our index in it. Not by name: after us, another client may have taken it.
    fn find<'r>(&self, rooms: &'r mut HashMap<String, Room>) -> Option<(&'r mut Room, usize)> {
        let queue = self.queue.upgrade()?;
        let members = rooms.get_mut(&self.room)?;
        let index = members.iter().position(|member| member.queue.same_channel(&queue))?;
        Some((members, index))
    }
}

impl Drop for Membership<'_> {
    fn drop(&mut self) {
        self.leave(None);
    }
}

/// Puts `line` in every queue but that of the member at `speaker`. Nothing here waits: a member whose queue is
/// full is dropped, and then the others must be told that, too.
fn broadcast(members: &mut Room, speaker: Option<usize>, line: String) {
    let mut pending = VecDeque::from([(Line::from(line), speaker)]);
    while let Some((line, speaker)) = pending.pop_front() {
        let mut index = 0..;
        members.retain(|member| {
            let stays = index.next() == speaker || member.queue.try_send(Arc::clone(&line)).is_ok();
            if !stays {
                member.dropped.cancel();
                pending.push_back((format!("- {}\n", member.name).into(), None));
            }
            stays
        });
    }
}
//~ end

/// How long to wait after a failed `accept`: the kernel has no descriptor to give.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> ExitCode {
    let Some(address) = parse_arguments() else {
        eprintln!("Cách dùng: chat [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: chat [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks one)");
        return ExitCode::from(2);
    };
    match listen(address).await {
        Ok(listener) => accept_loop(&listener).await,
        Err(error) => {
            eprintln!("chat: không lắng nghe được tại · cannot listen at {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks the kernel for a socket that accepts connections, and prints its address.
async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address).await?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

/// Returns the name and the room in a client's first line; `None` when one of them is not valid.
fn introduction(line: &str) -> Option<(&str, &str)> {
    let (name, room) = line.split_once(' ').unwrap_or((line, DEFAULT_ROOM));
    (is_name(name) && is_name(room)).then_some((name, room))
}

/// Returns whether `word` has 1 to MAX_NAME characters: letters of any script, digits, `_` and `-`.
fn is_name(word: &str) -> bool {
    (1..=MAX_NAME).contains(&word.chars().count())
        && word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
}

/// The result of `next_line`.
#[derive(Debug)]
enum Received {
    /// A line without its newline. Bytes that are not UTF-8 have been replaced.
    Line(String),
    /// More than MAX_LINE bytes without a newline.
    TooLong,
    /// The end of the stream.
    End,
}

/// Reads the next line from `reader`. As long as it is not whole, its bytes are in `line`: a caller that drops
/// this future midway (`select!` does that) calls again with the same `line`, and no byte is lost.
async fn next_line(reader: &mut (impl AsyncBufRead + Unpin), line: &mut Vec<u8>) -> io::Result<Received> {
    const MAX_RAW_LINE: usize = MAX_LINE + b"\r\n".len();
    let capacity = MAX_RAW_LINE.saturating_sub(line.len());
    reader.take(capacity as u64).read_until(b'\n', line).await?;
    let whole = line.strip_suffix(b"\n").map(|whole| whole.strip_suffix(b"\r").unwrap_or(whole));
    let received = match whole {
        Some(whole) if whole.len() <= MAX_LINE => Received::Line(String::from_utf8_lossy(whole).into_owned()),
        None if line.is_empty() => Received::End,
        None if line.len() <= MAX_LINE => Received::Line(String::from_utf8_lossy(line).into_owned()),
        _ => Received::TooLong,
    };
    line.clear();
    Ok(received)
}

/// Returns the address from the command line; without one, the loopback address and port 0 (the
/// kernel picks a free port). `None` when the command line is not as the usage says.
fn parse_arguments() -> Option<SocketAddr> {
    let mut arguments = env::args_os().skip(1);
    let address = match arguments.next() {
        Some(argument) => argument.to_str()?.parse().ok()?,
        None => SocketAddr::from(([127, 0, 0, 1], 0)),
    };
    arguments.next().is_none().then_some(address)
}

//~ tests
#[cfg(test)]
mod tests {
    use checks::Pieces;
    use proptest::prelude::*;

    use super::*;

    /// Returns the lines until the end, or until one that is too long: then `true`.
    fn lines_of(pieces: &[Vec<u8>]) -> (Vec<String>, bool) {
        let (mut reader, mut line, mut lines) = (BufReader::new(Pieces::new(pieces)), Vec::new(), Vec::new());
        loop {
            // Whenever it has to wait it is dropped, and begun anew with the same line.
            let received = Pieces::poll_once(next_line(&mut reader, &mut line));
            assert!(line.capacity() <= 4 * MAX_LINE, "{} bytes are kept", line.capacity());
            match received.transpose().unwrap() {
                None => {}
                Some(Received::Line(line)) => lines.push(line),
                Some(Received::TooLong) => return (lines, true),
                Some(Received::End) => return (lines, false),
            }
        }
    }

    fn expected(text: &[u8]) -> (Vec<String>, bool) {
        let lines = split(text);
        let fits = |(line, _): &&(&[u8], bool)| line.len() <= MAX_LINE;
        let taken: Vec<String> =
            lines.iter().take_while(fits).map(|(line, _)| String::from_utf8_lossy(line).into_owned()).collect();
        let too_long = taken.len() < lines.len();
        (taken, too_long)
    }

    /// Pieces of a stream, many of which end lines, some nearly as long as a line may be.
    fn pieces() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let piece = prop_oneof![
            prop::collection::vec(any::<u8>(), 0..10),
            "[a-zà-ỹ ]{0,8}\r?\n?".prop_map(String::into_bytes),
            (MAX_LINE - 2..MAX_LINE + 4, "\r?\n?")
                .prop_map(|(length, end)| ["x".repeat(length), end].concat().into_bytes()),
            Just(b"\n".to_vec()),
        ];
        prop::collection::vec(piece, 0..12)
    }

    /// Returns the lines of the text without their ends, the last one too; and whether the line had an end.
    fn split(text: &[u8]) -> Vec<(&[u8], bool)> {
        let lines = text.split_inclusive(|byte| *byte == b'\n');
        let cut = |line| <[u8]>::strip_suffix(line, b"\n");
        lines
            .map(|line| cut(line).map_or((line, false), |cut| (cut.strip_suffix(b"\r").unwrap_or(cut), true)))
            .collect()
    }

    proptest! {
        #[test]
        fn next_line_returns_the_same_lines_wherever_they_are_cut_and_the_future_dropped(pieces in pieces()) {
            prop_assert_eq!(lines_of(&pieces), expected(&pieces.concat()));
        }

        #[test]
        fn introduction_is_a_name_and_perhaps_a_room(line in "[a-zà-ỹ_ :\u{1b}-]{0,60}") {
            if let Some((name, room)) = introduction(&line) {
                for word in [name, room] {
                    prop_assert!(is_name(word) && !word.contains([' ', ':', '\u{1b}']), "{:?} is no name", word);
                }
                prop_assert!(line == name || line == [name, room].join(" "));
            }
        }
    }
}
//~ end
