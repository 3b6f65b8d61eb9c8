//! Bài 13 · `idle-reaper MILLIS`: ai im lặng quá MILLIS mili giây thì nghe `bye` rồi kết nối đóng lại.
//! Exercise 13 · `idle-reaper MILLIS`: whoever is silent for MILLIS milliseconds is told `bye` and closed.
//!
//! Bạn viết 4 hàm, khoảng 20 dòng; bắt đầu từ `fn until_next_deadline`.
//! You write 4 functions, about 20 lines; start at `fn until_next_deadline`.
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
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

/// The token of the listener. A connection gets any other.
const LISTENER: Token = Token(0);

/// What a client hears when it has been silent for too long.
const BYE: &[u8] = b"bye\n";

/// How long to wait before another `accept` when the kernel had no descriptor for a caller.
const PAUSE: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    let Some(limit) = limit() else {
        eprintln!("Cách dùng: idle-reaper MILLIS     (im lặng tối đa bao nhiêu mili giây, từ 1 đến 86400000)");
        eprintln!("Usage: idle-reaper MILLIS     (the longest silence in milliseconds, from 1 to 86400000)");
        return ExitCode::from(2);
    };
    match serve(limit) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("idle-reaper: không chạy được · cannot run: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(limit: Duration) -> io::Result<()> {
    let mut server = Server::listen((Ipv4Addr::LOCALHOST, 0).into(), limit)?; // port 0: the kernel picks a free one
    println!("LISTENING {}", server.listener.local_addr()?);
    server.run()
}

/// The longest silence, from the only argument. A day is the most: nobody waits longer for a byte.
fn limit() -> Option<Duration> {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let mut arguments = env::args().skip(1);
    let millis = arguments.next()?.parse().ok().filter(|millis| (1..=DAY).contains(millis))?;
    arguments.next().is_none().then(|| Duration::from_millis(millis))
}

/// All that the only thread knows.
struct Server {
    poll: Poll,
    listener: TcpListener,
    /// True while callers may be waiting in the listener's queue.
    callers_wait: bool,
    /// How many connections there have been; the number of each is its token.
    count: usize,
    connections: HashMap<Token, Connection>,
    /// The longest silence.
    limit: Duration,
    /// When whose silence will have lasted too long, the nearest first: one entry a connection.
    deadlines: BTreeSet<(Instant, Token)>,
}

/// One client.
struct Connection {
    peer: TcpStream,
    /// When its silence will have lasted too long.
    deadline: Instant,
}

impl Server {
    fn listen(address: SocketAddr, limit: Duration) -> io::Result<Server> {
        let mut listener = TcpListener::bind(address)?;
        let poll = Poll::new()?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let (connections, deadlines) = Default::default();
        Ok(Server { poll, listener, callers_wait: false, count: 0, connections, limit, deadlines })
    }

    /// Serves, for ever. This is the only place where the program waits.
    fn run(&mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(1024);
        loop {
            let mut patience = self.until_next_deadline();
            if self.callers_wait {
                patience = Some(patience.map_or(PAUSE, |left| left.min(PAUSE)));
            }
            match self.poll.poll(&mut events, patience) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                polled => polled?,
            }
            // First what has come, then the deadlines: a byte that is here already came in time.
            for event in &events {
                match event.token() {
                    LISTENER => self.callers_wait = true,
                    token => self.hear(token),
                }
            }
            self.reap();
            if self.callers_wait {
                self.take_callers();
            }
        }
    }

    /// Takes the callers that wait. The silence of each begins with its arrival.
    fn take_callers(&mut self) {
        loop {
            let token = Token(self.count + 1);
            let arrival = self.listener.accept().and_then(|(mut peer, _)| {
                self.poll.registry().register(&mut peer, token, Interest::READABLE)?;
                Ok(peer)
            });
            match arrival {
                Ok(peer) => {
                    self.count += 1;
                    self.connections.insert(token, Connection { peer, deadline: Instant::now() });
                    self.put_off(token);
                }
                Err(error) => {
                    // After any other error (no descriptor left, say) somebody may still wait there.
                    self.callers_wait = error.kind() != ErrorKind::WouldBlock;
                    return;
                }
            }
        }
    }

    /// Sends back what has come from this client, as `echo` does.
    fn hear(&mut self, token: Token) {
        let Some(connection) = self.connections.get_mut(&token) else { return };
        match connection.echo() {
            Ok(Heard::Nothing) => {}
            Ok(Heard::Something) => self.put_off(token),
            Ok(Heard::TheEnd) => self.forget(token),
            Err(error) => {
                eprintln!("mất một client · a client is lost: {error}");
                self.forget(token);
            }
        }
    }

    /// How long `poll` may sleep: until the nearest deadline, or for ever when there is none.
    fn until_next_deadline(&self) -> Option<Duration> {
        // Trả về thời gian từ bây giờ tới hạn chót gần nhất; hạn đã qua thì 0; không có kết nối nào thì
        // `None`. Đừng thức dậy theo nhịp cố định: khi không ai nói và chưa ai tới hạn, server ngủ.
        //
        // Return the time from now to the nearest deadline; 0 if it has passed; `None` if there is no
        // connection. Do not wake at a fixed rate: while nobody speaks and no deadline is near, the
        // server sleeps.
        todo!("when is the first of {} deadlines?", self.deadlines.len())
    }

    /// The client with this token has come, or something has come from it.
    fn put_off(&mut self, token: Token) {
        // Dời hạn chót của riêng client này: `self.limit` tính từ bây giờ. Hạn cũ không còn giá trị. Client
        // mới tới chưa có mục nào trong `deadlines`.
        //
        // Move this client's own deadline: `self.limit` from now. Its old one no longer counts. A client that
        // has only just come has no entry in `deadlines` yet.
        let old = self.connections.get(&token).map(|connection| connection.deadline);
        todo!("{:?} from now instead of {old:?}", self.limit)
    }

    /// The client with this token has left, or is to be left.
    fn forget(&mut self, token: Token) {
        // Bỏ kết nối khỏi `connections` (bị drop là nó đóng), và bỏ cả hạn chót của nó.
        //
        // Take the connection out of `connections` (it closes when it is dropped), and its deadline with it.
        todo!("forget {token:?}")
    }

    /// Says goodbye to all whose deadline has passed.
    fn reap(&mut self) {
        // Mỗi kết nối đã tới hạn: gửi `BYE`, một lần, kể cả khi client chưa từng nói gì; rồi đóng ngay, đừng
        // chờ client đóng trước. Buffer của kernel đầy thì lời chào không gửi được: vẫn đóng. Kết nối chưa
        // tới hạn thì đừng đụng tới.
        //
        // For each connection whose deadline has come: send `BYE`, once, also to a client that has never said
        // anything; then close at once, do not wait until the client closes. If the kernel's buffer is full,
        // the goodbye cannot be sent: close nevertheless. Leave the others alone.
        todo!("send {BYE:?} to those whose deadline is not after {:?}", Instant::now())
    }
}

/// What has come from a client.
enum Heard {
    Nothing,
    Something,
    TheEnd,
}

impl Connection {
    /// Reads all there is and sends it back. A client that does not take it back is given up. How to keep
    /// what could not be written, and how not to listen to one client for ever, is the subject of `event-echo`.
    fn echo(&mut self) -> io::Result<Heard> {
        let mut buffer = [0; 4096];
        let mut heard = Heard::Nothing;
        loop {
            match self.peer.read(&mut buffer) {
                Ok(0) => return Ok(Heard::TheEnd),
                Ok(count) => {
                    heard = Heard::Something;
                    if self.peer.write(&buffer[..count])? < count {
                        return Err(io::Error::other("nó không đọc · it does not read"));
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(heard),
                Err(error) => return Err(error),
            }
        }
    }
}
