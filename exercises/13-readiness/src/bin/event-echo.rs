//! Bài 13 · `event-echo`: một thread, một vòng lặp sự kiện, trả lại byte cho mọi client.
//! Exercise 13 · `event-echo`: one thread and one event loop send back the bytes of every client.
//!
//! Bạn viết 3 hàm, khoảng 65 dòng; bắt đầu từ `fn accept_pending`.
//! You write 3 functions, about 65 lines; start at `fn accept_pending`.
//!
//!     cargo run -p ex13 --bin ex13-event-echo      chạy · run it
//!     cargo course check 13 event-echo             chấm · check it
//!     cargo course book 13                         đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở vài terminal khác gõ `nc -N 127.0.0.1 PORT` với cổng mà nó in ra.
//! By hand: run it, then in a few other terminals `nc -N 127.0.0.1 PORT`, with the port it prints.

use std::collections::{BTreeSet, HashMap};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use std::{io, mem};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

// Đọc và ghi trên `TcpStream` cần hai trait `std::io::Read` và `std::io::Write`.
// Những gì bạn cần thì `use` thêm ở đây.
//
// Reading and writing a `TcpStream` needs the traits `std::io::Read` and `std::io::Write`.
// Add here what you need.

/// The token of the listener. Connections get other tokens.
const LISTENER: Token = Token(0);

/// The most bytes that wait in this program for one client: received from it and not yet sent back.
const MAX_UNSENT: usize = 64 * 1024;

/// After this many bytes from one client, the others are served.
const READ_BUDGET: usize = 16 * 1024;

/// How long to wait before another `accept` when the kernel had no descriptor.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// The state of the server: one thread serves all clients.
struct EventLoop {
    poll: Poll,
    listener: TcpListener,
    /// True while clients may be waiting in the listener's backlog.
    accept_ready: bool,
    /// The token of the newest connection.
    last_token: usize,
    connections: HashMap<Token, Connection>,
    /// Connections that used up their budget. Edge-triggered: no further event will arrive for the
    /// bytes that they have not read yet.
    run_queue: BTreeSet<Token>,
}

/// One client.
struct Connection {
    peer: TcpStream,
    /// Bytes received and not yet sent back, at most [`MAX_UNSENT`].
    unsent: Vec<u8>,
    /// True when `read` has returned 0.
    end_of_stream: bool,
}

/// How far a connection has come.
#[derive(Debug)]
enum Progress {
    /// Neither reading nor writing can go on: the next event will say when.
    Blocked,
    /// It could go on, but has used up its budget.
    MoreToRead,
    /// Everything has been sent back, and no more will come.
    Finished,
}

impl EventLoop {
    /// Accepts the clients that wait in the backlog of `self.listener`.
    fn accept_pending(&mut self) {
        // Nhận (accept) mọi client đang chờ.
        // - Sự kiện kiểu edge-triggered chỉ báo một lần cho cả đám, nên phải `accept` tới khi gặp `WouldBlock`;
        //   lúc đó không còn ai chờ: `accept_ready` thành false.
        // - Mỗi kết nối nhận một token không ai khác đang mang (số chưa dùng bao giờ là dễ nhất), được đăng ký với
        //   `self.poll.registry()` cho cả đọc lẫn ghi, rồi vào `self.connections`.
        // - Lỗi khác (hết file descriptor chẳng hạn) thì thôi, giữ `accept_ready` là true: `run` sẽ gọi lại hàm
        //   này sau một lát, kể cả khi không có client mới nào. Server không dừng vì một lỗi như vậy.
        //
        // Accept every client that waits.
        // - An edge-triggered event is reported once for all of them, so `accept` until it returns `WouldBlock`;
        //   then no client waits any more: `accept_ready` becomes false.
        // - Each connection gets a token that no other connection has (a number never used before is easiest), is
        //   registered with `self.poll.registry()` for both reading and writing, and goes into `self.connections`.
        // - At any other error (no file descriptor left, for example) return, with `accept_ready` still true:
        //   `run` calls this function again after a while, even if no new client connects. Such an error never
        //   stops the server.
        todo!("accept every client that waits")
    }

    /// Serves the connection with this token until it blocks or has used up its budget.
    fn process(&mut self, token: Token) {
        // Tìm kết nối mang `token` rồi gọi `Connection::process`.
        // - Sự kiện chỉ là một lời nhắc, có khi thừa: không tìm thấy kết nối thì thôi.
        // - `Progress::MoreToRead`: ghi `token` vào `self.run_queue`, vì sẽ không có sự kiện nào nhắc lại.
        // - `Progress::Finished`: bỏ kết nối khỏi `self.connections`: bị drop là nó đóng.
        // - Gặp lỗi (RST chẳng hạn) cũng bỏ: chỉ kết nối đó kết thúc, server vẫn chạy.
        //
        // Find the connection with `token` and call `Connection::process`.
        // - An event is a hint, at times a needless one: if there is no such connection, do nothing.
        // - `Progress::MoreToRead`: put `token` in `self.run_queue`, as no event will report it again.
        // - `Progress::Finished`: remove the connection from `self.connections`: it closes when it is dropped.
        // - After an error (RST, for example), remove it, too: that connection ends, and the server goes on.
        todo!("process the connection and act on its progress")
    }
}

impl Connection {
    /// Sends back what it can, within the budget. Never waits.
    fn process(&mut self) -> io::Result<Progress> {
        // Ghi các byte đang chờ trong `unsent`, đọc thêm, ghi tiếp, cho tới khi gặp một trong các điều sau:
        // - `read` trả về `WouldBlock`: đã đọc cạn. Trả về `Blocked`.
        // - `write` trả về `WouldBlock` và `unsent` đã đầy: đọc nữa sẽ vượt `MAX_UNSENT` byte. Đừng đọc, trả về
        //   `Blocked`; client không lấy thì nó phải chờ. Khi ghi được nữa, lần sau đọc tiếp.
        // - Lần gọi này đã đọc `READ_BUDGET` byte: trả về `MoreToRead`, tới lượt client khác.
        // - `read` trả về 0: client nói xong. Gửi cho hết `unsent` rồi mới trả về `Finished`.
        // `write` có thể chỉ nhận một phần: phần còn lại nằm trong `unsent`. `WouldBlock` không phải là lỗi; lỗi
        // khác thì trả về lỗi đó, đừng panic.
        //
        // Write the bytes that wait in `unsent`, read more, write those, until one of these happens:
        // - `read` returns `WouldBlock`: everything has been read. Return `Blocked`.
        // - `write` returns `WouldBlock` and `unsent` is full: another read would bring it over `MAX_UNSENT`
        //   bytes. Do not read, return `Blocked`; a client that does not read has to wait. When `write` can go on,
        //   a later call reads on.
        // - `READ_BUDGET` bytes have been read in this call: return `MoreToRead`, other clients are to be served.
        // - `read` returns 0: the client has sent everything. Send all of `unsent`, only then return `Finished`.
        // `write` may take only a part: the rest stays in `unsent`. `WouldBlock` is not an error; any other error
        // is returned, without a panic.
        todo!("write what waits, read more, until one of the four")
    }
}

impl EventLoop {
    fn listen(address: SocketAddr) -> io::Result<EventLoop> {
        let mut listener = TcpListener::bind(address)?;
        let poll = Poll::new()?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let (connections, run_queue) = Default::default();
        Ok(EventLoop { poll, listener, accept_ready: false, last_token: 0, connections, run_queue })
    }

    /// Serves forever. This is the only place where the program waits.
    fn run(&mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(1024);
        loop {
            let timeout = match () {
                () if !self.run_queue.is_empty() => Some(Duration::ZERO), // look for events, do not wait
                () if self.accept_ready => Some(ACCEPT_RETRY_DELAY),
                () => None,
            };
            match self.poll.poll(&mut events, timeout) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                polled => polled?,
            }
            let mut ready = mem::take(&mut self.run_queue);
            for event in &events {
                match event.token() {
                    LISTENER => self.accept_ready = true,
                    token => _ = ready.insert(token),
                }
            }
            for token in ready {
                self.process(token);
            }
            if self.accept_ready {
                self.accept_pending();
            }
        }
    }
}

fn main() -> io::Result<()> {
    let mut server = EventLoop::listen((Ipv4Addr::LOCALHOST, 0).into())?; // port 0: the kernel picks a free one
    println!("LISTENING {}", server.listener.local_addr()?);
    server.run()
}
