//! Bài 14 · `chat [ĐỊA_CHỈ]`: phòng trò chuyện bằng task; ai không chịu đọc thì không bắt được ai chờ.
//! Exercise 14 · `chat [ADDRESS]`: chat rooms made of tasks; who does not read makes nobody wait.
//!
//!     cargo run -p ex14 --bin ex14-chat      chạy · run it
//!     cargo course check 14 chat             chấm · check it
//!     cargo course book 14                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở vài terminal khác gõ `nc 127.0.0.1 PORT` với cổng mà nó in ra. Dòng đầu là tên,
//! ví dụ `mai` hay `mai saigon`, rồi gõ gì thì mọi người khác trong phòng thấy nấy.
//! By hand: run it, then in a few other terminals `nc 127.0.0.1 PORT`, with the port it prints. The first line is
//! a name, for example `mai` or `mai saigon`; after that, everybody else in the room sees what you type.

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

/// So many lines may wait for a client that does not read, and not one more.
const QUEUE: usize = 64;

/// The longest line that is taken, in bytes, its CRLF or LF not counted.
const MAX_LINE: usize = 1024;

/// The longest name of a client or a room, in characters.
const MAX_NAME: usize = 24;

/// The room of whoever names none.
const LOBBY: &str = "lobby";

/// How long the server rests when the kernel has no descriptor to give.
const REST: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> ExitCode {
    let Some(address) = address_to_listen_at() else {
        eprintln!("Cách dùng: chat [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: chat [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks one)");
        return ExitCode::from(2);
    };
    match listen(address).await {
        Ok(listener) => serve_all(&listener).await,
        Err(error) => {
            eprintln!("chat: không lắng nghe được tại · cannot listen at {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks the kernel for a socket that takes calls, and says where it listens.
async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address).await?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

//~ task
//~ vi: Mọi phòng, và trong mỗi phòng có những ai. Giữ gì trong đó là do bạn; phòng không còn ai thì không nên
//~ vi: tốn bộ nhớ nữa.
//~ en: All rooms, and who is in each of them. What it holds is up to you; a room with nobody left in it should
//~ en: cost no memory any more.
//~ stub: #[derive(Debug, Default)]
//~ stub: struct Rooms;
/// All rooms that somebody is in. A `std` lock does: it is never held across an `.await`.
#[derive(Default)]
struct Rooms(Mutex<HashMap<String, Room>>);
//~ end

/// Takes one call after another, for ever.
async fn serve_all(listener: &TcpListener) -> ! {
    let rooms = Arc::<Rooms>::default();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("chat: {error}");
                tokio::time::sleep(REST).await;
                continue;
            }
        };
        //~ task
        //~ vi: `serve(…)` chưa làm gì cả: nó chỉ tạo ra một future, và future thì đợi có ai chạy. Nếu vòng lặp này
        //~ vi: tự `.await` nó thì client sau phải chờ client trước: hãy giao nó cho một task riêng. Lỗi của một
        //~ vi: client chỉ kết thúc kết nối đó.
        //~ en: `serve(…)` does nothing yet: it makes a future, and a future waits until somebody runs it. If this
        //~ en: loop awaited it, the next client would have to wait for this one: give it to a task of its own. An
        //~ en: error of one client ends that connection only.
        //~ stub: let future = serve(stream, &rooms);
        //~ stub: todo!("run this future of {} bytes in a task of its own", size_of_val(&future))
        let rooms = Arc::clone(&rooms);
        tokio::spawn(async move {
            if let Err(error) = serve(stream, &rooms).await {
                eprintln!("chat: mất một client · a client is lost: {error}");
            }
        });
        //~ end
    }
}

/// Serves one client from its first line until it leaves or is dropped.
async fn serve(stream: TcpStream, rooms: &Rooms) -> io::Result<()> {
    //~ task
    //~ vi: Mọi thứ đi qua kết nối là dòng UTF-8. Đọc bằng `next_line`; ghi ra thì mỗi dòng kết thúc bằng LF.
    //~ vi:
    //~ vi: VÀO PHÒNG. Dòng đầu là tên, có thể thêm một dấu cách và tên phòng; `introduction` tách hộ bạn.
    //~ vi: - Sai quy cách (kể cả dòng rỗng): gửi `! bad name` rồi đóng kết nối.
    //~ vi: - Trong phòng đó đã có người tên như vậy: gửi `! name taken` rồi đóng. Ở phòng khác thì không sao.
    //~ vi: - Được: người mới nhận `= binh lan`, tức những ai đang có mặt, theo thứ tự vào phòng, không có chính
    //~ vi:   mình (chỉ `=` khi chưa có ai). Những người kia nhận `+ mai`.
    //~ vi: NÓI. Mỗi dòng sau đó tới mọi người khác trong phòng, đúng thứ tự, y nguyên, dưới dạng `mai: xin chao`.
    //~ vi: Người nói không nhận lại. Dòng rỗng thì bỏ qua. Phòng khác không nghe thấy gì.
    //~ vi: DÒNG QUÁ DÀI, dù là dòng nào: gửi `! line too long` rồi đóng kết nối.
    //~ vi: RA ĐI. Khi hết luồng dữ liệu, khi kết nối lỗi (RST) hay khi bị đóng: những người kia nhận `- mai`, server
    //~ vi: đóng kết nối, và tên đó dùng lại được. Dòng cuối thiếu LF vẫn tính là đã nói.
    //~ vi: KHÔNG AI PHẢI CHỜ AI. Một client có thể ngồi im, hay gõ từng byte, trong khi người khác đang nói. Nó
    //~ vi: cũng có thể không đọc gì cả: mỗi client có một hàng đợi, nhiều nhất QUEUE dòng. Hàng đợi đầy mà còn một
    //~ vi: dòng nữa phải vào thì client ấy bị loại: kết nối đóng ngay (không chờ nó đọc), mọi người khác nhận
    //~ vi: `- tên`, kể cả người đang nói. Chưa bị loại thì không được mất dòng nào.
    //~ en: All that crosses a connection is lines of UTF-8. Read with `next_line`; what you write ends each line
    //~ en: in LF.
    //~ en:
    //~ en: JOINING. The first line is a name, and may go on with one space and a room; `introduction` splits it.
    //~ en: - Not as it should be (an empty line, too): send `! bad name`, then close the connection.
    //~ en: - Somebody in that room has this name: send `! name taken`, then close. In another room it is no harm.
    //~ en: - Accepted: the newcomer gets `= binh lan`, who else is there, in order of arrival, without itself
    //~ en:   (just `=` when nobody is there). The others get `+ mai`.
    //~ en: SPEAKING. Every further line goes to everybody else in the room, in order and unchanged, as
    //~ en: `mai: xin chao`. Who speaks does not get it back. An empty line is nothing. Other rooms hear nothing.
    //~ en: A LINE TOO LONG, whichever it is: send `! line too long`, then close the connection.
    //~ en: LEAVING. At the end of the stream, at an error (RST), or when it is closed: the others get `- mai`, the
    //~ en: server closes the connection, and the name is free again. A last line without LF counts as said.
    //~ en: NOBODY WAITS FOR ANYBODY. A client may sit still, or type a byte at a time while others speak. It may
    //~ en: also read nothing at all: each client has a queue, of QUEUE lines at most. When it is full and one more
    //~ en: line must go in, that client is dropped: its connection is closed at once (not when it reads again),
    //~ en: everybody else gets `- name`, who is speaking, too. Until it is dropped it must lose no line.
    //~ stub: let heard = next_line(&mut BufReader::new(stream), &mut Vec::new()).await?;
    //~ stub: let Heard::Line(line) = &heard else { todo!("what to do at {heard:?}") };
    //~ stub: todo!("seat {:?} among {rooms:?}, with a queue of {QUEUE} lines", introduction(line))
    let (reader, mut writer) = stream.into_split();
    let (mut reader, mut line) = (BufReader::new(reader), Vec::new());
    let first = match next_line(&mut reader, &mut line).await? {
        Heard::Line(first) => first,
        Heard::TooLong => return writer.write_all(TOO_LONG.as_bytes()).await,
        Heard::End => return Ok(()),
    };
    let Some((name, room)) = introduction(&first) else {
        return writer.write_all(b"! bad name\n").await;
    };
    let Some((seat, lines)) = rooms.join(name, room) else {
        return writer.write_all(b"! name taken\n").await;
    };
    // Two halves that never wait for each other. Neither starts over when the other has something to do, so
    // no half-read line is lost. Pinned: it goes on after the `select!`.
    let mut delivery = pin!(deliver(lines, writer));
    let last_word = tokio::select! {
        last_word = hear(&mut reader, &mut line, &seat) => last_word?,
        delivered = &mut delivery => return delivered,
        () = seat.dropped.cancelled() => return Ok(()), // also in the middle of a write that never ends
    };
    seat.leave(last_word);
    // What was said before it left is still owed to it, but not for ever.
    timeout(LINGER, delivery).await?
    //~ end
}

//~ task
const TOO_LONG: &str = "! line too long\n";

/// How long a client that has said everything may take to read what is still on its way.
const LINGER: Duration = Duration::from_secs(1);

/// A line on its way to many clients: one copy of it, LF included.
type Line = Arc<str>;

/// Who is in a room, in order of arrival.
type Room = Vec<Member>;

struct Member {
    name: String,
    queue: mpsc::Sender<Line>,
    dropped: CancellationToken,
}

/// A client's place in its room. It is given up when this goes, whichever way `serve` ends.
struct Seat<'a> {
    rooms: &'a Rooms,
    room: String,
    /// The sending end of its own queue; weak, so that the queue ends when the room lets go of it.
    queue: mpsc::WeakSender<Line>,
    dropped: CancellationToken,
}

/// Reads what a client says and passes it on, until it has said everything. Its last word from us, if any.
async fn hear(
    reader: &mut (impl AsyncBufRead + Unpin),
    line: &mut Vec<u8>,
    seat: &Seat<'_>,
) -> io::Result<Option<&'static str>> {
    loop {
        match next_line(reader, line).await? {
            Heard::Line(said) if said.is_empty() => {}
            Heard::Line(said) => seat.say(&said),
            Heard::TooLong => return Ok(Some(TOO_LONG)),
            Heard::End => return Ok(None),
        }
    }
}

/// Writes what waits in a client's queue, until nobody can put anything in any more.
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

    /// A place and a queue for `name`, unless somebody there has this name.
    fn join(&self, name: &str, room: &str) -> Option<(Seat<'_>, mpsc::Receiver<Line>)> {
        let mut rooms = self.lock();
        let members = rooms.entry(room.to_owned()).or_default();
        if members.iter().any(|member| member.name == name) {
            return None;
        }
        let (queue, lines) = mpsc::channel(QUEUE);
        let present: String = members.iter().map(|member| format!(" {}", member.name)).collect();
        queue.try_send(format!("={present}\n").into()).ok()?; // there is room: the queue is new
        tell(members, None, format!("+ {name}\n"));
        let dropped = CancellationToken::new();
        let seat = Seat { rooms: self, room: room.to_owned(), queue: queue.downgrade(), dropped: dropped.clone() };
        members.push(Member { name: name.to_owned(), queue, dropped });
        Some((seat, lines))
    }
}

impl Seat<'_> {
    /// Says `said` to everybody else in the room.
    fn say(&self, said: &str) {
        let mut rooms = self.rooms.lock();
        if let Some((members, place)) = self.find(&mut rooms) {
            let line = format!("{}: {said}\n", members[place].name);
            tell(members, Some(place), line);
        }
    }

    /// Gives up the place, unless that has happened already, and tells the others.
    fn leave(&self, last_word: Option<&str>) {
        let mut rooms = self.rooms.lock();
        if let Some((members, place)) = self.find(&mut rooms) {
            let Member { name, queue, .. } = members.remove(place);
            if let Some(word) = last_word {
                let _ = queue.try_send(word.into()); // a full queue: it reads nothing, this neither
            }
            tell(members, None, format!("- {name}\n"));
            if members.is_empty() {
                rooms.remove(&self.room);
            }
        }
    }

    /// The room and our place in it. Not by name: after us, somebody else may have taken it.
    fn find<'r>(&self, rooms: &'r mut HashMap<String, Room>) -> Option<(&'r mut Room, usize)> {
        let queue = self.queue.upgrade()?;
        let members = rooms.get_mut(&self.room)?;
        let place = members.iter().position(|member| member.queue.same_channel(&queue))?;
        Some((members, place))
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.leave(None);
    }
}

/// Puts `line` in every queue but that of the member at `speaker`. Nothing here waits: whose queue is full is
/// dropped, and then the others must be told that, too.
fn tell(members: &mut Room, speaker: Option<usize>, line: String) {
    let mut due = VecDeque::from([(Line::from(line), speaker)]);
    while let Some((line, speaker)) = due.pop_front() {
        let mut place = 0..;
        members.retain(|member| {
            let stays = place.next() == speaker || member.queue.try_send(Arc::clone(&line)).is_ok();
            if !stays {
                member.dropped.cancel();
                due.push_back((format!("- {}\n", member.name).into(), None));
            }
            stays
        });
    }
}
//~ end

/// The name and the room in a client's first line; `None` when it is not as it should be.
fn introduction(line: &str) -> Option<(&str, &str)> {
    let (name, room) = line.split_once(' ').unwrap_or((line, LOBBY));
    (is_name(name) && is_name(room)).then_some((name, room))
}

/// 1 to MAX_NAME characters: letters of any script, digits, `_` and `-`.
fn is_name(word: &str) -> bool {
    (1..=MAX_NAME).contains(&word.chars().count())
        && word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
}

/// What `next_line` has found.
#[derive(Debug)]
enum Heard {
    /// A line without its end. What is not UTF-8 has been replaced.
    Line(String),
    /// More than MAX_LINE bytes without a line end.
    TooLong,
    /// Nothing more will come.
    End,
}

/// The next line from `reader`. As long as it is not whole, it stands in `line`: whoever drops this future
/// midway (`select!` does that) calls again with the same `line`, and no byte is lost.
async fn next_line(reader: &mut (impl AsyncBufRead + Unpin), line: &mut Vec<u8>) -> io::Result<Heard> {
    const TOO_MUCH: usize = MAX_LINE + b"\r\n".len();
    let room = TOO_MUCH.saturating_sub(line.len());
    reader.take(room as u64).read_until(b'\n', line).await?;
    let whole = line.strip_suffix(b"\n").map(|whole| whole.strip_suffix(b"\r").unwrap_or(whole));
    let heard = match whole {
        Some(whole) if whole.len() <= MAX_LINE => Heard::Line(String::from_utf8_lossy(whole).into_owned()),
        None if line.is_empty() => Heard::End,
        None if line.len() <= MAX_LINE => Heard::Line(String::from_utf8_lossy(line).into_owned()),
        _ => Heard::TooLong,
    };
    line.clear();
    Ok(heard)
}

/// The address on the command line; without one, this machine only, on a port that the kernel
/// picks. `None` when the command line is not as the usage says.
fn address_to_listen_at() -> Option<SocketAddr> {
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
                Some(Heard::Line(line)) => lines.push(line),
                Some(Heard::TooLong) => return (lines, true),
                Some(Heard::End) => return (lines, false),
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
