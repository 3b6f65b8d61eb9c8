//! Bài 13 · `event-echo`: một thread, một vòng lặp sự kiện, trả lại byte cho mọi client.
//! Exercise 13 · `event-echo`: one thread and one event loop send back the bytes of every client.
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

//~ task
//~ vi: Đọc và ghi trên `TcpStream` cần hai trait `std::io::Read` và `std::io::Write`.
//~ vi: Những gì bạn cần thì `use` thêm ở đây.
//~ en: Reading and writing a `TcpStream` needs the traits `std::io::Read` and `std::io::Write`.
//~ en: Add here what you need.
use std::io::{ErrorKind, Read, Write};
//~ end

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
        //~ task
        //~ vi: Nhận (accept) mọi client đang chờ.
        //~ vi: - Sự kiện kiểu edge-triggered chỉ báo một lần cho cả đám, nên phải `accept` tới khi gặp `WouldBlock`;
        //~ vi:   lúc đó không còn ai chờ: `accept_ready` thành false.
        //~ vi: - Mỗi kết nối nhận một token không ai khác đang mang (số chưa dùng bao giờ là dễ nhất), được đăng ký với
        //~ vi:   `self.poll.registry()` cho cả đọc lẫn ghi, rồi vào `self.connections`.
        //~ vi: - Lỗi khác (hết file descriptor chẳng hạn) thì thôi, giữ `accept_ready` là true: `run` sẽ gọi lại hàm
        //~ vi:   này sau một lát, kể cả khi không có client mới nào. Server không dừng vì một lỗi như vậy.
        //~ en: Accept every client that waits.
        //~ en: - An edge-triggered event is reported once for all of them, so `accept` until it returns `WouldBlock`;
        //~ en:   then no client waits any more: `accept_ready` becomes false.
        //~ en: - Each connection gets a token that no other connection has (a number never used before is easiest), is
        //~ en:   registered with `self.poll.registry()` for both reading and writing, and goes into `self.connections`.
        //~ en: - At any other error (no file descriptor left, for example) return, with `accept_ready` still true:
        //~ en:   `run` calls this function again after a while, even if no new client connects. Such an error never
        //~ en:   stops the server.
        //~ stub: todo!("accept every client that waits")
        loop {
            let token = Token(self.last_token + 1);
            let accepted = self.listener.accept().and_then(|(mut peer, _)| {
                // Both, once: each event then says that another try is worthwhile.
                let both = Interest::READABLE | Interest::WRITABLE;
                self.poll.registry().register(&mut peer, token, both)?;
                Ok(peer)
            });
            match accepted {
                Ok(peer) => {
                    self.last_token += 1;
                    self.connections.insert(token, Connection { peer, unsent: Vec::new(), end_of_stream: false });
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.accept_ready = false;
                    return;
                }
                // Most likely EMFILE: the client stays in the backlog, and no event will report it again.
                Err(error) => {
                    eprintln!("chưa nhận được client · cannot accept: {error}");
                    return;
                }
            }
        }
        //~ end
    }

    /// Serves the connection with this token until it blocks or has used up its budget.
    fn process(&mut self, token: Token) {
        //~ task
        //~ vi: Tìm kết nối mang `token` rồi gọi `Connection::process`.
        //~ vi: - Sự kiện chỉ là một lời nhắc, có khi thừa: không tìm thấy kết nối thì thôi.
        //~ vi: - `Progress::MoreToRead`: ghi `token` vào `self.run_queue`, vì sẽ không có sự kiện nào nhắc lại.
        //~ vi: - `Progress::Finished`: bỏ kết nối khỏi `self.connections`: bị drop là nó đóng.
        //~ vi: - Gặp lỗi (RST chẳng hạn) cũng bỏ: chỉ kết nối đó kết thúc, server vẫn chạy.
        //~ en: Find the connection with `token` and call `Connection::process`.
        //~ en: - An event is a hint, at times a needless one: if there is no such connection, do nothing.
        //~ en: - `Progress::MoreToRead`: put `token` in `self.run_queue`, as no event will report it again.
        //~ en: - `Progress::Finished`: remove the connection from `self.connections`: it closes when it is dropped.
        //~ en: - After an error (RST, for example), remove it, too: that connection ends, and the server goes on.
        //~ stub: todo!("process the connection and act on its progress")
        let Some(connection) = self.connections.get_mut(&token) else { return };
        match connection.process() {
            Ok(Progress::Blocked) => {}
            Ok(Progress::MoreToRead) => _ = self.run_queue.insert(token),
            Ok(Progress::Finished) => _ = self.connections.remove(&token),
            Err(error) => {
                eprintln!("mất một client · a client is lost: {error}");
                self.connections.remove(&token);
            }
        }
        //~ end
    }
}

impl Connection {
    /// Sends back what it can, within the budget. Never waits.
    fn process(&mut self) -> io::Result<Progress> {
        //~ task
        //~ vi: Ghi các byte đang chờ trong `unsent`, đọc thêm, ghi tiếp, cho tới khi gặp một trong các điều sau:
        //~ vi: - `read` trả về `WouldBlock`: đã đọc cạn. Trả về `Blocked`.
        //~ vi: - `write` trả về `WouldBlock` và `unsent` đã đầy: đọc nữa sẽ vượt `MAX_UNSENT` byte. Đừng đọc, trả về
        //~ vi:   `Blocked`; client không lấy thì nó phải chờ. Khi ghi được nữa, lần sau đọc tiếp.
        //~ vi: - Lần gọi này đã đọc `READ_BUDGET` byte: trả về `MoreToRead`, tới lượt client khác.
        //~ vi: - `read` trả về 0: client nói xong. Gửi cho hết `unsent` rồi mới trả về `Finished`.
        //~ vi: `write` có thể chỉ nhận một phần: phần còn lại nằm trong `unsent`. `WouldBlock` không phải là lỗi; lỗi
        //~ vi: khác thì trả về lỗi đó, đừng panic.
        //~ en: Write the bytes that wait in `unsent`, read more, write those, until one of these happens:
        //~ en: - `read` returns `WouldBlock`: everything has been read. Return `Blocked`.
        //~ en: - `write` returns `WouldBlock` and `unsent` is full: another read would bring it over `MAX_UNSENT`
        //~ en:   bytes. Do not read, return `Blocked`; a client that does not read has to wait. When `write` can go on,
        //~ en:   a later call reads on.
        //~ en: - `READ_BUDGET` bytes have been read in this call: return `MoreToRead`, other clients are to be served.
        //~ en: - `read` returns 0: the client has sent everything. Send all of `unsent`, only then return `Finished`.
        //~ en: `write` may take only a part: the rest stays in `unsent`. `WouldBlock` is not an error; any other error
        //~ en: is returned, without a panic.
        //~ stub: todo!("write what waits, read more, until one of the four")
        let mut buffer = [0; 4096];
        let mut total = 0;
        loop {
            self.flush()?;
            if self.end_of_stream {
                return Ok(if self.unsent.is_empty() { Progress::Finished } else { Progress::Blocked });
            }
            if self.unsent.len() + buffer.len() > MAX_UNSENT {
                return Ok(Progress::Blocked); // `write` cannot go on, so a writable event will come
            }
            if total >= READ_BUDGET {
                return Ok(Progress::MoreToRead);
            }
            match self.peer.read(&mut buffer) {
                Ok(0) => self.end_of_stream = true,
                Ok(count) => {
                    self.unsent.extend_from_slice(&buffer[..count]);
                    total += count;
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(Progress::Blocked),
                Err(error) => return Err(error),
            }
        }
        //~ end
    }

    //~ task
    /// Writes as much of `unsent` as the kernel takes now.
    fn flush(&mut self) -> io::Result<()> {
        while !self.unsent.is_empty() {
            match self.peer.write(&self.unsent) {
                Ok(count) => drop(self.unsent.drain(..count)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
    //~ end
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
