//! Bài 13 · `idle-reaper MILLIS`: ai im lặng quá MILLIS mili giây thì nghe `bye` rồi kết nối đóng lại.
//! Exercise 13 · `idle-reaper MILLIS`: a client that is silent for MILLIS milliseconds gets `bye` and is closed.
//!
//! Bạn viết 5 hàm, khoảng 70 dòng; bắt đầu từ `fn run`.
//! You write 5 functions, about 70 lines; start at `fn run`.
//!
//!     cargo run -p ex13 --bin ex13-idle-reaper -- 3000      chạy · run it
//!     cargo course check 13 idle-reaper                     chấm · check it
//!     cargo course book 13                                  đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở vài terminal khác gõ `nc 127.0.0.1 PORT` với cổng mà nó in ra. Ở một
//! terminal thì gõ đều tay, ở terminal kia thì ngồi im.
//! By hand: run it, then in a few other terminals `nc 127.0.0.1 PORT`, with the port it prints. Keep
//! typing in one of them, and sit still in the other.

use std::collections::{BTreeSet, HashMap};
use std::env;
use std::io::{self, ErrorKind, Read, Write};
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

/// The token of the listener. Connections get other tokens.
const LISTENER: Token = Token(0);

/// The line for a client that has been silent for too long.
const BYE: &[u8] = b"bye\n";

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
    /// How long a client may be silent.
    idle_timeout: Duration,
    /// The deadline of every connection, the nearest first: one entry per connection.
    deadlines: BTreeSet<(Instant, Token)>,
}

/// One client.
struct Connection {
    peer: TcpStream,
    /// The time until which it may be silent.
    deadline: Instant,
}

impl EventLoop {
    /// Serves forever. This is the only place where the program waits.
    fn run(&mut self) -> io::Result<()> {
        // Phục vụ mãi mãi: chờ sự kiện bằng `self.poll.poll`, lâu nhất là `poll_timeout()`; `Interrupted` không
        // phải là lỗi. Sau mỗi lần chờ, làm theo thứ tự:
        // 1. Sự kiện của từng kết nối: gọi `Connection::echo`. Có byte tới thì `reset_deadline`; hết luồng dữ liệu
        //    hay có lỗi thì `remove`: chỉ kết nối đó kết thúc. Token không còn trong `connections` thì bỏ qua.
        // 2. `reap`. Byte nào đã tới rồi là tới kịp, nên sự kiện xét trước, hạn chót xét sau.
        // 3. Sự kiện của LISTENER: nhận (accept) mọi client đang chờ, tới khi gặp `WouldBlock`. Mỗi kết nối nhận
        //    một token chưa dùng bao giờ, đăng ký để đọc, vào `connections`, và hạn chót của nó tính từ lúc này.
        //    Lỗi khác của `accept` (hết file descriptor chẳng hạn): thử lại sau ACCEPT_RETRY_DELAY, kể cả khi
        //    không có client mới nào; server không dừng, cũng không quay vòng.
        //
        // Serve forever: wait for events with `self.poll.poll`, for at most `poll_timeout()`; `Interrupted` is not
        // an error. After each wait, in this order:
        // 1. The events of connections: call `Connection::echo`. When bytes have come, `reset_deadline`; at the
        //    end of the stream or after an error, `remove`: only that connection ends. Ignore a token that is not
        //    in `connections`.
        // 2. `reap`. A byte that is here already came in time, so events come first and deadlines second.
        // 3. An event of LISTENER: accept every client that waits, until `WouldBlock`. Each connection gets a
        //    token never used before, is registered for reading, goes into `connections`, and its deadline counts
        //    from now. Any other error of `accept` (no file descriptor left, for example): try again after
        //    ACCEPT_RETRY_DELAY, even if no new client connects; the server neither stops nor spins.
        todo!("wait, then serve events, deadlines and new clients")
    }

    /// Returns how long `poll` may sleep: until the nearest deadline, or forever when there is none.
    fn poll_timeout(&self) -> Option<Duration> {
        // Trả về thời gian từ bây giờ tới hạn chót gần nhất; hạn đã qua thì 0; không có kết nối nào thì `None`.
        // Đừng thức dậy theo nhịp cố định: khi không ai nói và chưa ai tới hạn, server ngủ.
        //
        // Return the time from now to the nearest deadline; 0 if it has passed; `None` if there is no connection.
        // Do not wake at a fixed rate: while no client sends and no deadline is near, the server sleeps.
        todo!("time until the nearest deadline")
    }

    /// Called when the client with this token has connected or sent something.
    fn reset_deadline(&mut self, token: Token) {
        // Dời hạn chót của riêng client này: `self.idle_timeout` tính từ bây giờ. Hạn cũ không còn giá trị. Client
        // mới kết nối chưa có mục nào trong `deadlines`.
        //
        // Move this client's own deadline: `self.idle_timeout` from now. Its old deadline no longer counts. A
        // client that has just connected has no entry in `deadlines` yet.
        todo!("move the deadline of this client")
    }

    /// Closes the connection with this token.
    fn remove(&mut self, token: Token) {
        // Bỏ kết nối khỏi `connections` (bị drop là nó đóng), và bỏ cả hạn chót của nó.
        //
        // Remove the connection from `connections` (it closes when it is dropped), and its deadline from
        // `deadlines`.
        todo!("remove the connection and its deadline")
    }

    /// Closes all connections whose deadline has passed.
    fn reap(&mut self) {
        // Với mỗi kết nối đã tới hạn:
        // - gửi `BYE`, một lần, kể cả khi client chưa từng nói gì;
        // - rồi đóng ngay, đừng chờ client đóng trước;
        // - buffer của kernel đầy thì lời chào không gửi được: vẫn đóng.
        // Kết nối chưa tới hạn thì đừng đụng tới.
        //
        // For each connection whose deadline has come:
        // - send `BYE`, once, also to a client that has never sent anything;
        // - then close at once, do not wait until the client closes;
        // - if the kernel's buffer is full, the goodbye cannot be sent: close nevertheless.
        // Leave the other connections alone.
        todo!("send BYE to each idle client and close it")
    }
}

impl Connection {
    /// Reads all there is and sends it back. Returns how many bytes there were, `None` at the end of the stream.
    /// A client that does not read is an error. How to keep bytes that could not be written, and how to stop
    /// serving one client for the others' sake, is the subject of `event-echo`.
    fn echo(&mut self) -> io::Result<Option<usize>> {
        let (mut buffer, mut total) = ([0; 4096], 0);
        loop {
            match self.peer.read(&mut buffer) {
                Ok(0) => return Ok(None),
                Ok(count) if self.peer.write(&buffer[..count])? == count => total += count,
                Ok(_) => return Err(io::Error::other("nó không đọc · it does not read")),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(Some(total)),
                Err(error) => return Err(error),
            }
        }
    }
}

impl EventLoop {
    /// Listens on a free port and prints it.
    fn listen(idle_timeout: Duration) -> io::Result<EventLoop> {
        let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?; // port 0: the kernel picks a free one
        println!("LISTENING {}", listener.local_addr()?);
        let poll = Poll::new()?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let (connections, deadlines) = Default::default();
        Ok(EventLoop { poll, listener, accept_ready: false, last_token: 0, connections, idle_timeout, deadlines })
    }
}

fn main() -> ExitCode {
    let Some(idle_timeout) = parse_arguments() else {
        eprintln!("Cách dùng: idle-reaper MILLIS     (im lặng tối đa bao nhiêu mili giây, từ 1 đến 86400000)");
        eprintln!("Usage: idle-reaper MILLIS     (the longest silence in milliseconds, from 1 to 86400000)");
        return ExitCode::from(2);
    };
    match EventLoop::listen(idle_timeout).and_then(|mut server| server.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("idle-reaper: không chạy được · cannot run: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns how long a client may be silent, from the only argument: at most a day.
fn parse_arguments() -> Option<Duration> {
    let mut arguments = env::args().skip(1);
    let millis = arguments.next()?.parse().ok().filter(|millis| (1..=86_400_000).contains(millis))?;
    arguments.next().is_none().then(|| Duration::from_millis(millis))
}
