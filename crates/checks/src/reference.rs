//! The vocabulary of a check, by noun: one line a method.
//!
//! | page | what it is about |
//! |---|---|
//! | [`start`] | starting the program, random choices, files, ports |
//! | [`server`] | a program that listens: connecting to it, ending it |
//! | [`stream`] | one connection: sending, receiving, backpressure, order of events |
//! | [`client`] | a program that connects to us, and what is left of one that has ended |
//! | [`datagram`] | UDP, on either side |
//! | [`path`] | Unix: servers at a path, datagram sockets with a name, files |
//! | [`stdin`] | a program that is told on its stdin what to do |
//! | `websocket` | frames and messages (feature `websocket`) |
//! | [`signals`] | SIGTERM, SIGSTOP, SIGKILL, resource limits |
//! | [`resources`] | descriptors, threads, idling |
//! | [`failure`] | failures, symptoms, hints |
//!
//! Every method that asks something of the program returns a `Result<_, Failure>`. "Linux" means that the check is
//! skipped elsewhere and says so. Every read has 1.5 s, every transfer 10 s, every start 5 s.

/// Starting the program, random choices, files, ports: [`CheckRun`](crate::CheckRun).
///
/// | method | what it does |
/// |---|---|
/// | [`start`](crate::CheckRun::start), [`start_with`](crate::CheckRun::start_with) | Starts a server, and waits for its `LISTENING` line. |
/// | [`start_client`](crate::CheckRun::start_client) | Starts a client with arguments. |
/// | [`start_at_any_address`](crate::CheckRun::start_at_any_address) | Starts a server that chooses its address or path itself; its stdin stays open. |
/// | [`spawn_interactive`](crate::CheckRun::spawn_interactive) | Starts a program that is told on its stdin what to do, see [`stdin`]. |
/// | [`rng`](crate::CheckRun::rng) | The random choices: [`bytes`](crate::Rng::bytes), [`word`](crate::Rng::word), [`between`](crate::Rng::between), [`cuts`](crate::Rng::cuts), [`next_u64`](crate::Rng::next_u64). The seed replays them. |
/// | [`file`](crate::CheckRun::file) | Writes a file for the program. |
/// | [`path`](crate::CheckRun::path) | Returns a free path in a folder of the check's own. |
/// | [`ports`](crate::CheckRun::ports) | Returns free ports in a row; [`arguments`](crate::Ports::arguments), [`listening`](crate::Ports::listening), [`bound`](crate::Ports::bound) hand them out or take them. |
/// | [`last_port`](crate::CheckRun::last_port) | Returns the last port there is, already taken (Linux). |
/// | [`ipv6_loopback`](crate::CheckRun::ipv6_loopback) | Returns `[::1]:0`, or skips the check on a machine without IPv6. |
/// | [`note`](crate::CheckRun::note) | Adds a remark to the timeline that a failure shows: `Text { vi, en }` or `sentence! { … }`. |
/// | [`retry`](crate::CheckRun::retry) | Asks again, for what a right program does only on a machine that stalls; one pass is enough. |
pub mod start {}

/// A program that listens: [`Server`](crate::Server). What it holds: [`resources`]; what is done to
/// it: [`signals`].
///
/// | method | what it does |
/// |---|---|
/// | [`connect`](crate::Server::connect) | Connects to it. |
/// | [`connect_options`](crate::Server::connect_options) | Prepares a connection: [`receive_buffer`](crate::ConnectOptions::receive_buffer) (a small one makes a slow reader), [`send_buffer`](crate::ConnectOptions::send_buffer), then [`connect`](crate::ConnectOptions::connect). |
/// | [`datagram_peer`](crate::Server::datagram_peer) | Returns a socket to send it datagrams, see [`datagram`]. |
/// | [`address`](crate::Server::address) | Its address. |
/// | [`wait_idle`](crate::Server::wait_idle) | Waits until it has done all it can do for now; fails if it has ended. |
/// | [`stop`](crate::Server::stop) | Ends it; fails if a thread of it has panicked. The last step of a check that did harm. |
pub mod server {}

/// One connection: [`Peer`](crate::Peer), closed when it is dropped.
///
/// | sending | what it does |
/// |---|---|
/// | [`send`](crate::Peer::send) | Sends all in one go. |
/// | [`send_cut`](crate::Peer::send_cut) | Sends pieces, each after the program has *read* the one before: two pieces never meet in one read (Linux; elsewhere a short pause has to do). |
/// | [`send_bytewise`](crate::Peer::send_bytewise) | The same, one byte at a time. |
/// | [`send_and_receive`](crate::Peer::send_and_receive) | Sends and reads at once: for anything larger than a few kilobytes. |
/// | [`half_close`](crate::Peer::half_close) | Closes our sending half (FIN). |
/// | [`close`](crate::Peer::close) | Closes both halves. |
/// | [`reset`](crate::Peer::reset) | Cuts the connection (RST). |
///
/// | receiving | what it does |
/// |---|---|
/// | [`expect`](crate::Peer::expect) | Exactly these bytes next; what follows is left. |
/// | [`expect_end`](crate::Peer::expect_end) | Nothing more, and FIN. To show that nothing *more* comes, close your half first: a pause proves nothing. |
/// | [`read_exactly`](crate::Peer::read_exactly), [`read_until`](crate::Peer::read_until), [`read_to_end`](crate::Peer::read_to_end) | Read by count, to a delimiter, to the end; the last two with a limit. |
/// | [`is_readable`](crate::Peer::is_readable), [`readable_within`](crate::Peer::readable_within) | Look without taking. |
/// | [`local_address`](crate::Peer::local_address), [`remote_address`](crate::Peer::remote_address) | Our address, the program's address. |
///
/// | backpressure | what it does |
/// |---|---|
/// | [`wait_read`](crate::Peer::wait_read) | Waits until the program has read all that we have sent. |
/// | [`wait_delivered`](crate::Peer::wait_delivered) | Waits for the program's kernel only. |
/// | [`has_unread`](crate::Peer::has_unread) | Whether bytes of ours are unread; `None` where the system does not tell. |
/// | [`wait_written`](crate::Peer::wait_written) | Waits until the program has written so much for us, or sleeps because the buffers are full. |
/// | [`fill_buffers`](crate::Peer::fill_buffers) | Sends without reading until the program is stuck. |
/// | [`send_until`](crate::Peer::send_until) | Goes little by little and leaves nothing on its way: until the program cannot send back what it has read ([`Until::Backpressured`](crate::Until::Backpressured)), or reads no more either ([`Until::NotReading`](crate::Until::NotReading)). |
/// | [`send_until_blocked`](crate::Peer::send_until_blocked) | Fills every buffer on the way to a program that is suspended. |
/// | [`grow_receive_buffer`](crate::Peer::grow_receive_buffer) | Makes a slow reader a quick one. |
/// | [`ReadyOrder::of`](crate::ReadyOrder::of), [`next`](crate::ReadyOrder::next), [`next_within`](crate::ReadyOrder::next_within) | Which connection was [`Readable`](crate::Readiness::Readable), or [`Writable`](crate::Readiness::Writable) after `send_until_blocked`, first, however late the question (Linux). |
pub mod stream {}

/// A program that connects to us: [`Client`](crate::Client), the addresses it is given, and
/// [`ProgramExit`](crate::ProgramExit), what is left of it.
///
/// | addresses | what it does |
/// |---|---|
/// | [`listen`](crate::CheckRun::listen), [`listen_at`](crate::CheckRun::listen_at) | Opens a [`Listener`](crate::Listener); its [`address`](crate::Listener::address) goes to the program. |
/// | [`receive_buffer`](crate::Listener::receive_buffer) | Makes our side of every connection a slow reader. |
/// | [`accept`](crate::Listener::accept) | Waits for the client to connect. |
/// | [`accept_before`](crate::Listener::accept_before) | The same, where it must not stay with one of the other listeners. |
/// | [`accept_within`](crate::Listener::accept_within) | Accepts a connection, if one comes in this time. |
/// | [`expect_no_connection`](crate::Listener::expect_no_connection) | No connection has come until now. |
/// | [`expect_no_connection_from`](crate::Listener::expect_no_connection_from) | The client ends and has not connected. |
/// | [`refusing_address`](crate::CheckRun::refusing_address), [`refusing_address_at`](crate::CheckRun::refusing_address_at) | An address that refuses connections; [`address`](crate::RefusingAddress::address). |
/// | [`blackhole`](crate::CheckRun::blackhole) | An address that drops every SYN (Linux); [`address`](crate::Blackhole::address), [`wait_connect`](crate::Blackhole::wait_connect), [`answer`](crate::Blackhole::answer) makes it a slow one. |
///
/// | the client, and its end | what it does |
/// |---|---|
/// | [`wait_printed`](crate::Client::wait_printed) | Waits until it has printed something, and sleeps. |
/// | [`finish`](crate::Client::finish) | Waits until it has ended; returns the [`ProgramExit`](crate::ProgramExit). |
/// | [`expect_success`](crate::ProgramExit::expect_success), [`expect_failure`](crate::ProgramExit::expect_failure), [`expect_code`](crate::ProgramExit::expect_code) | Exit code 0, another one, this one; never by a panic. |
/// | [`expect_output`](crate::ProgramExit::expect_output), [`stdout`](crate::ProgramExit::stdout) | Exactly this on stdout; what was on stdout. |
/// | [`expect_error_message`](crate::ProgramExit::expect_error_message) | Something on stderr. |
/// | [`expect_os_error`](crate::ProgramExit::expect_os_error) | The system's error on stderr. |
/// | [`expect_stderr_line`](crate::ProgramExit::expect_stderr_line) | This line on stderr. |
pub mod client {}

/// Datagrams: [`DatagramPeer`](crate::DatagramPeer) sends to a server, [`DatagramSocket`](crate::DatagramSocket) is
/// what a client is told to ask, or a stranger.
///
/// | to a server | what it does |
/// |---|---|
/// | [`send`](crate::DatagramPeer::send) | Sends one datagram. |
/// | [`expect`](crate::DatagramPeer::expect) | The next one from the server's address, whole. |
/// | [`expect_each`](crate::DatagramPeer::expect_each) | These, in any order. |
/// | [`close_port`](crate::DatagramPeer::close_port) | Makes our port refuse (ICMP port unreachable). |
///
/// | from a client | what it does |
/// |---|---|
/// | [`datagram_socket`](crate::CheckRun::datagram_socket) | Opens a socket; [`address`](crate::DatagramSocket::address) goes to the program. |
/// | [`receive_from`](crate::DatagramSocket::receive_from) | Waits for the client's next [`Datagram`](crate::Datagram). To drop an answer, wait for the next one. |
/// | [`send_to`](crate::DatagramSocket::send_to) | Answers, or sends as a stranger. |
/// | [`count_until_end`](crate::DatagramSocket::count_until_end) | Answers nothing; counts until the client ends. |
/// | [`send_noise`](crate::DatagramSocket::send_noise) | Sends noise again and again until the client ends. |
/// | [`expect_nothing`](crate::DatagramSocket::expect_nothing) | Nothing has come. After the client's end. |
/// | [`close_port`](crate::DatagramSocket::close_port) | Makes our port refuse. |
pub mod datagram {}

/// Unix sockets and files. A task that needs them is `#[cfg(unix)]` in `tasks/mod.rs`.
///
/// | method | what it does |
/// |---|---|
/// | [`CheckRun::start_at`](crate::CheckRun::start_at) | Starts a server at a path, its stdin open until [`close_stdin`](crate::Server::close_stdin). |
/// | [`CheckRun::start_after`](crate::CheckRun::start_after) | The same, from a shell that has set something first: `"umask 000"`. |
/// | [`CheckRun::expect_start_refused`](crate::CheckRun::expect_start_refused) | The program must not listen: a word on stderr, a failure. |
/// | [`CheckRun::start_unless_refused`](crate::CheckRun::start_unless_refused) | It may listen or refuse. |
/// | [`Server::path`](crate::Server::path) | Where a [`UnixServer`](crate::UnixServer) listens; [`connect`](crate::Server::connect) as for TCP. |
/// | [`UnixDatagramPeer::open`](crate::UnixDatagramPeer::open) | A datagram socket with a [`UnixName`](crate::UnixName): a path, an abstract name (Linux), none. |
/// | [`send`](crate::UnixDatagramPeer::send), [`expect`](crate::UnixDatagramPeer::expect) | One datagram out, one in. |
/// | [`connect`](crate::UnixDatagramPeer::connect) | Takes datagrams from the server's socket only. |
/// | [`fill_queue`](crate::UnixDatagramPeer::fill_queue) | Makes it a peer that does not read. |
/// | [`expect_nothing`](crate::UnixDatagramPeer::expect_nothing), [`expect_nothing_before_end`](crate::UnixDatagramPeer::expect_nothing_before_end) | Nothing has come; nothing comes until the program ends. |
/// | [`close`](crate::UnixDatagramPeer::close) | Closes it and removes its name. |
/// | [`FileSnapshot::of`](crate::FileSnapshot::of), [`assert_unchanged`](crate::FileSnapshot::assert_unchanged) | What stands at a path, to compare later. |
/// | [`expect_content`](crate::expect_content), [`expect_mode`](crate::expect_mode), [`expect_nothing_at`](crate::expect_nothing_at) | What a file holds, its permissions, that there is none. |
#[cfg(unix)]
pub mod path {}

/// A program that is told on its stdin what to do: [`InteractiveProcess`](crate::InteractiveProcess).
///
/// | method | what it does |
/// |---|---|
/// | [`send_line`](crate::InteractiveProcess::send_line) | Writes a line to its stdin. |
/// | [`receive_line`](crate::InteractiveProcess::receive_line) | The next line of its stdout, within a time. |
/// | [`receive_to_end`](crate::InteractiveProcess::receive_to_end) | All further lines. |
/// | [`wait_idle`](crate::InteractiveProcess::wait_idle) | Waits until it has read its stdin and sleeps (Linux). |
/// | [`close_stdin`](crate::InteractiveProcess::close_stdin) | Closes its stdin and waits for its end; also of a [`Server`](crate::Server::close_stdin). |
/// | [`kill`](crate::InteractiveProcess::kill) | Kills it. |
pub mod stdin {}

/// WebSocket: [`WebSocketPeer`](crate::WebSocketPeer). `course` and every exercise that needs it turn on the feature
/// `websocket`, so that `cargo test -p ex04` builds without it. A frame is one readable line of the timeline.
///
/// | method | what it does |
/// |---|---|
/// | [`connect`](crate::WebSocketPeer::connect) | Connects to a server and shakes hands. |
/// | [`upgrade`](crate::WebSocketPeer::upgrade) | Shakes hands on a connection that is there, such as a slow reader's. |
/// | [`send_text`](crate::WebSocketPeer::send_text), [`send_binary`](crate::WebSocketPeer::send_binary), [`send_ping`](crate::WebSocketPeer::send_ping), [`send_close`](crate::WebSocketPeer::send_close) | Send as a right client does. |
/// | [`send`](crate::WebSocketPeer::send), [`send_all`](crate::WebSocketPeer::send_all) | Sends any frame; frames in one go. |
/// | [`send_bytewise`](crate::WebSocketPeer::send_bytewise), [`send_raw`](crate::WebSocketPeer::send_raw) | Sends a frame byte by byte; bytes that are no frame. |
/// | [`receive`](crate::WebSocketPeer::receive) | The next [`Received`](crate::Received) message, whole; pings are answered by themselves. |
/// | [`expect_text`](crate::WebSocketPeer::expect_text), [`expect_binary`](crate::WebSocketPeer::expect_binary), [`expect_pong`](crate::WebSocketPeer::expect_pong), [`expect_close`](crate::WebSocketPeer::expect_close), [`expect_any_close`](crate::WebSocketPeer::expect_any_close), [`expect_end`](crate::WebSocketPeer::expect_end) | What must come next. |
/// | [`half_close`](crate::WebSocketPeer::half_close), [`drop_without_close`](crate::WebSocketPeer::drop_without_close), [`reset`](crate::WebSocketPeer::reset) | FIN, FIN without a Close, RST. |
/// | [`is_readable`](crate::WebSocketPeer::is_readable), [`wait_read`](crate::WebSocketPeer::wait_read), [`grow_receive_buffer`](crate::WebSocketPeer::grow_receive_buffer) | As on a [`stream`]. |
/// | [`set_logging`](crate::WebSocketPeer::set_logging) | Leaves a crowd of frames out of the timeline. |
/// | [`upgrade_request`](crate::upgrade_request), [`ResponseHead::read`](crate::ResponseHead::read), [`ResponseHead::expect_status`](crate::ResponseHead::expect_status), [`ResponseHead::field`](crate::ResponseHead::field) | The handshake by hand. |
///
/// | frames | what it does |
/// |---|---|
/// | [`text`](crate::Frame::text), [`text_bytes`](crate::Frame::text_bytes), [`binary`](crate::Frame::binary), [`continuation`](crate::Frame::continuation) | Data frames. |
/// | [`ping`](crate::Frame::ping), [`pong`](crate::Frame::pong), [`close`](crate::Frame::close), [`close_with`](crate::Frame::close_with) | Control frames. |
/// | [`of_kind`](crate::Frame::of_kind) | A frame of an unknown kind. |
/// | [`unfinished`](crate::Frame::unfinished), [`unmasked`](crate::Frame::unmasked), [`reserved`](crate::Frame::reserved), [`announcing`](crate::Frame::announcing) | What may be wrong with it. |
#[cfg(feature = "websocket")]
pub mod websocket {}

/// What a check does to a server.
///
/// | method | what it does |
/// |---|---|
/// | [`signal`](crate::Server::signal) | Sends SIGTERM (skipped where there are no signals). |
/// | [`expect_exit`](crate::Server::expect_exit), [`finish`](crate::Server::finish) | Waits for its end; returns the [`ProgramExit`](crate::ProgramExit). |
/// | [`expect_connection_refused`](crate::Server::expect_connection_refused) | Connects until the kernel refuses. |
/// | [`kill`](crate::Server::kill) | SIGKILL. |
/// | [`close_stdin`](crate::Server::close_stdin) | Closes its stdin, and waits for its end. |
/// | [`suspend`](crate::Server::suspend), [`resume`](crate::Server::resume), [`suspend_and_resume`](crate::Server::suspend_and_resume) | SIGSTOP, SIGCONT (Linux). What a suspended program was sent, and is then killed, it has never read. |
/// | [`while_suspended`](crate::Server::while_suspended) | Lets connections come and go before the program sees any of them. |
/// | [`limit_descriptors`](crate::Server::limit_descriptors) | It can open only so many more (Linux). |
/// | [`limit_file_size`](crate::Server::limit_file_size) | Its files cannot grow beyond this: a full disk (Linux). |
pub mod signals {}

/// What a server holds, and whether it works (Linux). For a step that a check can do without:
/// [`if_supported`](crate::IfSupported::if_supported).
///
/// | method | what it does |
/// |---|---|
/// | [`resources`](crate::Server::resources), then [`wait_released`](crate::Server::wait_released) | The program has *noticed* what was done to it: it has given back what it took. |
/// | [`descriptors`](crate::Server::descriptors), [`threads`](crate::Server::threads) | Counts them now. |
/// | [`expect_descriptors`](crate::Server::expect_descriptors), [`expect_threads`](crate::Server::expect_threads) | Waits until there are at most so many. |
/// | [`expect_idle`](crate::Server::expect_idle) | Fails a program that spins. |
/// | [`sample_idle`](crate::Server::sample_idle) | How often it woke up in a time in which it had nothing to do. |
/// | [`is_asleep`](crate::Program::is_asleep) | Whether all its threads sleep. |
pub mod resources {}

/// What a check returns: a [`Failure`](crate::Failure) has a [`Symptom`](crate::Symptom), and a
/// [`Hint`](crate::Hint) that fits what the check was doing; the first that fits stays.
///
/// | method | what it does |
/// |---|---|
/// | [`hint`](crate::Explain::hint) | This symptom means this hint here. |
/// | [`hint_if_gone`](crate::Explain::hint_if_gone) | The same for [every way to be gone](crate::Symptom::is_gone): end, reset and refusal differ by timing alone. |
/// | [`hint_when`](crate::Explain::hint_when) | The same for symptoms that a function chooses. |
/// | [`or_hint`](crate::Explain::or_hint) | Whatever the symptom; last. |
/// | [`Failure::new`](crate::Failure::new), [`with_more`](crate::Failure::with_more) | A failure of the check's own, and one more sentence. |
/// | [`right_bytes`](crate::Failure::right_bytes) | How much was right before the first byte that differs. |
/// | [`Failure::infra`](crate::Failure::infra) | Trouble of the checker: tried again, never laid at the learner's door. |
/// | [`Failure::unsupported`](crate::Failure::unsupported), [`Failure::no_ipv6`](crate::Failure::no_ipv6) | Skips the check. |
/// | [`Difference::find`](crate::Difference::find), [`Difference::at`](crate::Difference::at) | Where bytes differ, to be shown with a caret. |
pub mod failure {}
