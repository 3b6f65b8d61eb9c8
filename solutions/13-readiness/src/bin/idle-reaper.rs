//! Bài 13 · `idle-reaper MILLIS`: ai im lặng quá MILLIS mili giây thì nghe `bye` rồi kết nối đóng lại.
//! Exercise 13 · `idle-reaper MILLIS`: a client that is silent for MILLIS milliseconds gets `bye` and is closed.
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
        //~ task
        //~ vi: Phục vụ mãi mãi: chờ sự kiện bằng `self.poll.poll`, lâu nhất là `poll_timeout()`; `Interrupted` không
        //~ vi: phải là lỗi. Sau mỗi lần chờ, làm theo thứ tự:
        //~ vi: 1. Sự kiện của từng kết nối: gọi `Connection::echo`. Có byte tới thì `reset_deadline`; hết luồng dữ liệu
        //~ vi:    hay có lỗi thì `remove`: chỉ kết nối đó kết thúc. Token không còn trong `connections` thì bỏ qua.
        //~ vi: 2. `reap`. Byte nào đã tới rồi là tới kịp, nên sự kiện xét trước, hạn chót xét sau.
        //~ vi: 3. Sự kiện của LISTENER: nhận (accept) mọi client đang chờ, tới khi gặp `WouldBlock`. Mỗi kết nối nhận
        //~ vi:    một token chưa dùng bao giờ, đăng ký để đọc, vào `connections`, và hạn chót của nó tính từ lúc này.
        //~ vi:    Lỗi khác của `accept` (hết file descriptor chẳng hạn): thử lại sau ACCEPT_RETRY_DELAY, kể cả khi
        //~ vi:    không có client mới nào; server không dừng, cũng không quay vòng.
        //~ en: Serve forever: wait for events with `self.poll.poll`, for at most `poll_timeout()`; `Interrupted` is not
        //~ en: an error. After each wait, in this order:
        //~ en: 1. The events of connections: call `Connection::echo`. When bytes have come, `reset_deadline`; at the
        //~ en:    end of the stream or after an error, `remove`: only that connection ends. Ignore a token that is not
        //~ en:    in `connections`.
        //~ en: 2. `reap`. A byte that is here already came in time, so events come first and deadlines second.
        //~ en: 3. An event of LISTENER: accept every client that waits, until `WouldBlock`. Each connection gets a
        //~ en:    token never used before, is registered for reading, goes into `connections`, and its deadline counts
        //~ en:    from now. Any other error of `accept` (no file descriptor left, for example): try again after
        //~ en:    ACCEPT_RETRY_DELAY, even if no new client connects; the server neither stops nor spins.
        //~ stub: todo!("wait, then serve events, deadlines and new clients")
        let mut events = Events::with_capacity(1024);
        loop {
            let mut timeout = self.poll_timeout();
            if self.accept_ready {
                timeout = Some(timeout.map_or(ACCEPT_RETRY_DELAY, |timeout| timeout.min(ACCEPT_RETRY_DELAY)));
            }
            match self.poll.poll(&mut events, timeout) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                polled => polled?,
            }
            // First the events, then the deadlines: a byte that is here already came in time.
            for event in &events {
                match event.token() {
                    LISTENER => self.accept_ready = true,
                    token => self.receive(token),
                }
            }
            self.reap();
            if self.accept_ready {
                self.accept_pending();
            }
        }
        //~ end
    }

    //~ task
    /// Accepts the clients that wait. The silence of each begins now.
    fn accept_pending(&mut self) {
        loop {
            let token = Token(self.last_token + 1);
            let accepted = self.listener.accept().and_then(|(mut peer, _)| {
                self.poll.registry().register(&mut peer, token, Interest::READABLE)?;
                Ok(peer)
            });
            match accepted {
                Ok(peer) => {
                    self.last_token += 1;
                    self.connections.insert(token, Connection { peer, deadline: Instant::now() });
                    self.reset_deadline(token);
                }
                Err(error) => {
                    // After any other error (no descriptor left, for example) clients may still wait.
                    self.accept_ready = error.kind() != ErrorKind::WouldBlock;
                    return;
                }
            }
        }
    }

    /// Sends back the bytes of this client, as the exercise `event-echo` does.
    fn receive(&mut self, token: Token) {
        let Some(connection) = self.connections.get_mut(&token) else { return };
        match connection.echo() {
            Ok(Some(0)) => {}
            Ok(Some(_)) => self.reset_deadline(token),
            Ok(None) => self.remove(token),
            Err(error) => {
                eprintln!("mất một client · a client is lost: {error}");
                self.remove(token);
            }
        }
    }
    //~ end

    /// Returns how long `poll` may sleep: until the nearest deadline, or forever when there is none.
    fn poll_timeout(&self) -> Option<Duration> {
        //~ task
        //~ vi: Trả về thời gian từ bây giờ tới hạn chót gần nhất; hạn đã qua thì 0; không có kết nối nào thì `None`.
        //~ vi: Đừng thức dậy theo nhịp cố định: khi không ai nói và chưa ai tới hạn, server ngủ.
        //~ en: Return the time from now to the nearest deadline; 0 if it has passed; `None` if there is no connection.
        //~ en: Do not wake at a fixed rate: while no client sends and no deadline is near, the server sleeps.
        //~ stub: todo!("time until the nearest deadline")
        let (nearest, _) = self.deadlines.first()?;
        Some(nearest.saturating_duration_since(Instant::now()))
        //~ end
    }

    /// Called when the client with this token has connected or sent something.
    fn reset_deadline(&mut self, token: Token) {
        //~ task
        //~ vi: Dời hạn chót của riêng client này: `self.idle_timeout` tính từ bây giờ. Hạn cũ không còn giá trị. Client
        //~ vi: mới kết nối chưa có mục nào trong `deadlines`.
        //~ en: Move this client's own deadline: `self.idle_timeout` from now. Its old deadline no longer counts. A
        //~ en: client that has just connected has no entry in `deadlines` yet.
        //~ stub: todo!("move the deadline of this client")
        if let Some(connection) = self.connections.get_mut(&token) {
            self.deadlines.remove(&(connection.deadline, token));
            connection.deadline = Instant::now() + self.idle_timeout;
            self.deadlines.insert((connection.deadline, token));
        }
        //~ end
    }

    /// Closes the connection with this token.
    fn remove(&mut self, token: Token) {
        //~ task
        //~ vi: Bỏ kết nối khỏi `connections` (bị drop là nó đóng), và bỏ cả hạn chót của nó.
        //~ en: Remove the connection from `connections` (it closes when it is dropped), and its deadline from
        //~ en: `deadlines`.
        //~ stub: todo!("remove the connection and its deadline")
        if let Some(connection) = self.connections.remove(&token) {
            self.deadlines.remove(&(connection.deadline, token));
        }
        //~ end
    }

    /// Closes all connections whose deadline has passed.
    fn reap(&mut self) {
        //~ task
        //~ vi: Với mỗi kết nối đã tới hạn:
        //~ vi: - gửi `BYE`, một lần, kể cả khi client chưa từng nói gì;
        //~ vi: - rồi đóng ngay, đừng chờ client đóng trước;
        //~ vi: - buffer của kernel đầy thì lời chào không gửi được: vẫn đóng.
        //~ vi: Kết nối chưa tới hạn thì đừng đụng tới.
        //~ en: For each connection whose deadline has come:
        //~ en: - send `BYE`, once, also to a client that has never sent anything;
        //~ en: - then close at once, do not wait until the client closes;
        //~ en: - if the kernel's buffer is full, the goodbye cannot be sent: close nevertheless.
        //~ en: Leave the other connections alone.
        //~ stub: todo!("send BYE to each idle client and close it")
        let now = Instant::now();
        while let Some((deadline, token)) = self.deadlines.first().copied()
            && deadline <= now
        {
            if let Some(connection) = self.connections.get_mut(&token) {
                // The send buffer has space for four bytes, or the client does not read.
                _ = connection.peer.write(BYE);
            }
            self.remove(token);
        }
        //~ end
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
