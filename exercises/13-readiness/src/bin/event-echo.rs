//! Bài 13 · `event-echo`: một thread, một vòng lặp sự kiện, trả lại byte cho mọi client.
//! Exercise 13 · `event-echo`: one thread and one event loop send back the bytes of every client.
//!
//! Bạn viết 3 hàm, khoảng 65 dòng; bắt đầu từ `fn take_callers`.
//! You write 3 functions, about 65 lines; start at `fn take_callers`.
//!
//!     cargo run -p ex13 --bin ex13-event-echo      chạy · run it
//!     cargo course check 13 event-echo             chấm · check it
//!     cargo course book 13                         đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở vài terminal khác gõ `nc -N 127.0.0.1 PORT` với cổng mà nó in ra.
//! By hand: run it, then in a few other terminals `nc -N 127.0.0.1 PORT`, with the port it prints.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::mem;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

// Đọc và ghi trên `TcpStream` cần hai trait `std::io::Read` và `std::io::Write`.
// Những gì bạn cần thì `use` thêm ở đây.
//
// Reading and writing a `TcpStream` needs the traits `std::io::Read` and `std::io::Write`.
// Add here what you need.

/// The token of the listener. A connection gets any other.
const LISTENER: Token = Token(0);

/// At most so many bytes that one client has sent and not got back wait in this program.
const MOST_UNSENT: usize = 64 * 1024;

/// After so many bytes from one client, it is the others' turn.
const TURN: usize = 16 * 1024;

/// How long to wait before another `accept` when the kernel had no descriptor for a caller.
const PAUSE: Duration = Duration::from_millis(50);

fn main() -> io::Result<()> {
    let mut server = Server::listen((Ipv4Addr::LOCALHOST, 0).into())?; // port 0: the kernel picks a free one
    println!("LISTENING {}", server.listener.local_addr()?);
    server.run()
}

/// All that the only thread knows.
struct Server {
    poll: Poll,
    listener: TcpListener,
    /// True while callers may be waiting in the listener's queue.
    callers_wait: bool,
    /// How many connections there have been.
    count: usize,
    connections: HashMap<Token, Connection>,
    /// Who was interrupted for the sake of the others. An edge is reported once: the bytes that
    /// still wait for these will not be announced again.
    unfinished: BTreeSet<Token>,
}

/// One client.
struct Connection {
    peer: TcpStream,
    /// What it has sent and not got back, at most [`MOST_UNSENT`] bytes.
    unsent: Vec<u8>,
    /// It has said everything: `read` has returned 0.
    ended: bool,
}

/// How a connection stands after its turn.
#[derive(Debug)]
enum Next {
    /// Neither reading nor writing can go on: the next event will say when.
    Wait,
    /// It could go on, but its turn is over.
    GoOn,
    /// Everything has been sent back, and no more will come.
    Close,
}

impl Server {
    fn listen(address: SocketAddr) -> io::Result<Server> {
        let mut listener = TcpListener::bind(address)?;
        let poll = Poll::new()?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        Ok(Server {
            poll,
            listener,
            callers_wait: false,
            count: 0,
            connections: HashMap::new(),
            unfinished: BTreeSet::new(),
        })
    }

    /// Serves, for ever. This is the only place where the program waits.
    fn run(&mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(1024);
        loop {
            let patience = match () {
                () if !self.unfinished.is_empty() => Some(Duration::ZERO), // only ask, do not wait
                () if self.callers_wait => Some(PAUSE),
                () => None,
            };
            match self.poll.poll(&mut events, patience) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                polled => polled?,
            }
            let mut due = mem::take(&mut self.unfinished);
            for event in &events {
                match event.token() {
                    LISTENER => self.callers_wait = true,
                    token => _ = due.insert(token),
                }
            }
            for token in due {
                self.turn(token);
            }
            if self.callers_wait {
                self.take_callers();
            }
        }
    }

    /// Takes the callers that wait at `self.listener`.
    fn take_callers(&mut self) {
        // Nhận mọi client đang chờ. Cạnh (edge) chỉ báo một lần cho cả đám, nên phải `accept` tới
        // khi gặp `WouldBlock`; lúc đó không còn ai chờ: `callers_wait` thành false.
        // Mỗi kết nối nhận một token không ai khác đang mang (số chưa dùng bao giờ là dễ nhất), được đăng ký với
        // `self.poll.registry()` cho cả đọc lẫn ghi, rồi vào `self.connections`.
        // Lỗi khác (hết file descriptor chẳng hạn) thì thôi, giữ `callers_wait` là true: `run` sẽ gọi lại
        // hàm này sau một lát, kể cả khi không có ai mới gọi tới. Server không dừng vì một lỗi như vậy.
        //
        // Take everyone who waits. An edge is reported once for the whole crowd, so `accept` until it
        // says `WouldBlock`; then nobody waits any more: `callers_wait` becomes false.
        // Each connection gets a token that nobody else has (a number never used is easiest), is registered with
        // `self.poll.registry()` for both reading and writing, and goes into `self.connections`.
        // At any other error (no file descriptor left, say) leave, with `callers_wait` still true: `run`
        // calls this function again after a while, even if nobody new calls. Such an error never
        // stops the server.
        let first = self.listener.accept().map(|(peer, _)| Connection::new(peer));
        todo!("take all, not only one ({}), after the {} before", first.is_ok(), self.count)
    }

    /// Gives the connection with this token its turn.
    fn turn(&mut self, token: Token) {
        // Tìm kết nối mang `token` rồi gọi `go_on`. Sự kiện chỉ là một lời nhắc, có khi thừa: không tìm thấy
        // thì thôi. `Next::GoOn` thì ghi `token` vào `self.unfinished`, vì sẽ không có sự kiện nào nhắc lại.
        // `Next::Close` thì bỏ kết nối khỏi `self.connections`: bị drop là nó đóng. Gặp lỗi (RST chẳng
        // hạn) cũng bỏ: chỉ kết nối ấy kết thúc, server vẫn chạy.
        //
        // Find the connection with `token` and call `go_on`. An event is a hint, at times a needless one:
        // if there is no such connection, leave it. At `Next::GoOn`, put `token` in `self.unfinished`, as no
        // event will name it again. At `Next::Close`, take the connection out of `self.connections`: it
        // closes when it is dropped. After an error (RST, say), take it out, too: that connection ends, and
        // the server goes on.
        let next = self.connections.get_mut(&token).map(Connection::go_on);
        todo!("what follows from {next:?}?")
    }
}

impl Connection {
    fn new(peer: TcpStream) -> Connection {
        Connection { peer, unsent: Vec::new(), ended: false }
    }

    /// Sends back what it can, for one turn. Never waits.
    fn go_on(&mut self) -> io::Result<Next> {
        // Ghi những gì đang nợ trong `unsent`, đọc thêm, ghi tiếp, cho tới khi gặp một trong các điều sau:
        // - `read` nói `WouldBlock`: đã đọc cạn. Trả về `Wait`.
        // - `write` nói `WouldBlock` và `unsent` đã đầy: đọc nữa sẽ vượt `MOST_UNSENT` byte. Đừng đọc,
        //   trả về `Wait`; client không lấy thì nó phải chờ. Khi ghi được nữa, lượt sau đọc tiếp.
        // - Lượt này đã đọc `TURN` byte: trả về `GoOn`, tới lượt người khác.
        // - `read` trả về 0: client nói xong. Gửi cho hết `unsent` rồi mới trả về `Close`.
        // `write` có thể chỉ nhận một phần: phần còn lại nằm trong `unsent`. `WouldBlock` không phải là lỗi;
        // lỗi khác thì trả về lỗi đó, đừng panic.
        //
        // Write what is owed from `unsent`, read more, write that, until one of these happens:
        // - `read` says `WouldBlock`: everything has been read. Return `Wait`.
        // - `write` says `WouldBlock` and `unsent` is full: another read would bring it over `MOST_UNSENT`
        //   bytes. Do not read, return `Wait`; a client that takes nothing has to wait. When there is room
        //   again, a later turn reads on.
        // - `TURN` bytes have been read in this turn: return `GoOn`, the others' turn has come.
        // - `read` returns 0: the client has said everything. Send all of `unsent`, only then return `Close`.
        // `write` may take only a part: the rest stays in `unsent`. `WouldBlock` is not an error; any other
        // error is returned, without a panic.
        let answers = [Next::Wait, Next::GoOn, Next::Close];
        let known = (&self.peer, self.unsent.len(), self.ended, MOST_UNSENT, TURN);
        todo!("one of {answers:?} for {known:?}")
    }
}
