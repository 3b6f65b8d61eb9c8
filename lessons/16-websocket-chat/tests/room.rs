//! The server of `serve`, tested from outside, over sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tungstenite::client::IntoClientRequest;
use tungstenite::protocol::frame::Frame;
use tungstenite::protocol::frame::coding::{Data, OpCode};
use tungstenite::{Error, Message, WebSocket};

/// How long one read may take before a test gives up.
const READ_TIMEOUT: Duration = Duration::from_secs(20);

/// A server that runs until this value is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lesson16"))
            .args(["serve", "--lang", "en"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the lesson runs");
        let mut screen = BufReader::new(child.stdout.take().expect("its output is ours"));
        let mut line = String::new();
        screen.read_line(&mut line).expect("it prints a line");
        std::thread::spawn(move || std::io::copy(&mut screen, &mut std::io::sink()));
        let address = line.trim().strip_prefix("LISTENING ").expect("LISTENING and an address").to_owned();
        Server { child, address }
    }

    fn stream(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(READ_TIMEOUT)).expect("a timeout");
        stream
    }

    /// Connects a client that has not sent its name.
    fn connect(&self) -> WebSocket<TcpStream> {
        tungstenite::client(format!("ws://{}/", self.address), self.stream()).expect("a handshake").0
    }

    /// Connects a client that has joined.
    fn member(&self, name: &str) -> WebSocket<TcpStream> {
        let mut socket = self.connect();
        socket.send(Message::text(name)).expect("a name");
        while !receive_line(&mut socket).starts_with('=') {}
        socket
    }

    /// Sends a request and returns the whole response.
    fn exchange(&self, request: &str) -> String {
        let mut stream = self.stream();
        stream.write_all(request.as_bytes()).expect("a request");
        stream.shutdown(Shutdown::Write).expect("nothing more to say");
        let mut response = Vec::new();
        stream.read_to_end(&mut response).expect("a response, and no reset");
        String::from_utf8_lossy(&response).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn receive_line(socket: &mut WebSocket<TcpStream>) -> String {
    match socket.read().expect("a message") {
        Message::Text(line) => line.to_string(),
        other => panic!("a line was expected, not {other:?}"),
    }
}

/// Receives a Close and then the end of the connection without a reset. Returns the code.
fn receive_close(socket: &mut WebSocket<TcpStream>) -> u16 {
    let code = match socket.read().expect("a Close") {
        Message::Close(Some(frame)) => frame.code.into(),
        other => panic!("a Close was expected, not {other:?}"),
    };
    assert!(matches!(socket.read(), Err(Error::ConnectionClosed)), "the server ends the connection after the Closes");
    code
}

#[test]
fn serve_rejects_names_with_a_line_and_a_close() {
    let server = Server::start();
    let _mai = server.member("mai");
    for (name, expected, code) in [
        (Message::text("mai"), "! name taken", 1008),
        (Message::text("mai lan"), "! bad name", 1008),
        (Message::text(""), "! bad name", 1008),
        (Message::binary("lan"), "! bad name", 1008),
        (Message::text("x".repeat(1025)), "! line too long", 1009),
    ] {
        let mut socket = server.connect();
        socket.send(name).expect("a name");
        assert_eq!((receive_line(&mut socket).as_str(), receive_close(&mut socket)), (expected, code));
    }
}

#[test]
fn serve_closes_invalid_messages_with_their_code_and_tells_the_others() {
    let server = Server::start();
    let mut mai = server.member("mai");
    let frame = |bytes: &'static [u8], kind| Message::Frame(Frame::message(bytes, OpCode::Data(kind), true));
    for (message, code) in [
        (frame(b"\xff\x00", Data::Text), 1007),
        (Message::binary(vec![0; 64 * 1024 + 1]), 1009),
        (frame(b"nothing was begun", Data::Continue), 1002),
    ] {
        let mut lan = server.member("lan");
        assert_eq!(receive_line(&mut mai), "+ lan");
        lan.send(message).expect("a message");
        assert_eq!(receive_close(&mut lan), code);
        assert_eq!(receive_line(&mut mai), "- lan");
    }
    let mut lan = server.member("lan");
    assert_eq!(receive_line(&mut mai), "+ lan");
    lan.send(Message::text("x".repeat(1024))).expect("a line as long as it may be");
    assert_eq!(receive_line(&mut mai).len(), "lan: ".len() + 1024);
    lan.send(Message::text("x".repeat(1025))).expect("one byte more");
    assert_eq!((receive_line(&mut lan).as_str(), receive_close(&mut lan)), ("! line too long", 1009));
    assert_eq!(receive_line(&mut mai), "- lan");
}

#[test]
fn serve_answers_a_close_and_notices_a_connection_cut_without_one() {
    let server = Server::start();
    let mut mai = server.member("mai");
    let mut lan = server.member("lan");
    lan.close(None).expect("a Close");
    assert!(matches!(lan.read(), Ok(Message::Close(None))));
    assert!(matches!(lan.read(), Err(Error::ConnectionClosed)));
    drop(server.member("tu")); // no Close: the program ended
    let received: Vec<String> = (0..4).map(|_| receive_line(&mut mai)).collect();
    assert_eq!(received, ["+ lan", "- lan", "+ tu", "- tu"]);
}

#[test]
fn serve_upgrades_only_pages_of_its_own_origin() {
    let server = Server::start();
    let with = |origin: &str| {
        let mut request = format!("ws://{}/", server.address).into_client_request().expect("a request");
        request.headers_mut().insert("Origin", origin.parse().expect("a header"));
        tungstenite::client(request, server.stream()).map(drop).map_err(|error| error.to_string())
    };
    assert_eq!(with(&format!("http://{}", server.address)), Ok(()));
    for stranger in ["http://evil.example", "null", "http://127.0.0.1:1", "file://"] {
        assert!(with(stranger).is_err_and(|why| why.contains("403")), "{stranger} was let in");
    }
}

#[test]
fn serve_answers_each_invalid_request_with_its_status() {
    let server = Server::start();
    let host = format!("Host: {}\r\n", server.address);
    let upgrade = format!("{host}Connection: Upgrade\r\nUpgrade: websocket\r\n");
    for (request, status) in [
        (format!("GET / HTTP/1.1\r\n{host}\r\n"), "200"),
        ("GET / HTTP/1.1\r\nHost: localhost:1\r\n\r\n".to_owned(), "200"),
        (format!("GET /../Cargo.toml HTTP/1.1\r\n{host}\r\n"), "404"),
        (format!("GET /room HTTP/1.1\r\n{upgrade}\r\n"), "404"),
        (format!("POST / HTTP/1.1\r\n{host}\r\n"), "405"),
        (format!("GET / HTTP/1.0\r\n{host}\r\n"), "505"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "400"),
        (format!("GET / HTTP/1.1\r\n{host}{host}\r\n"), "400"),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(), "400"),
        ("\x16\x03\x01 no HTTP at all\r\n\r\n".to_owned(), "400"),
        ("GET / HT".to_owned(), "400"),
        (format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(9000)), "431"),
        (format!("GET / HTTP/1.1\r\n{upgrade}\r\n"), "426"),
        (format!("GET / HTTP/1.1\r\n{upgrade}Sec-WebSocket-Version: 13\r\n\r\n"), "400"),
    ] {
        let response = server.exchange(&request);
        assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{request:.60?} was answered {response:.60?}");
    }
    assert_eq!(server.exchange(""), "", "a client that sends nothing receives nothing");
}

#[test]
fn connect_sends_typed_lines_and_leaves_with_ctrl_d() {
    let server = Server::start();
    let mut mai = server.member("mai");
    mai.send(Message::text("ch\u{1b}[2Jào")).expect("a line");
    let mut terminal = Command::new(env!("CARGO_BIN_EXE_lesson16"))
        .args(["connect", &server.address, "--lang", "en"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the lesson runs");
    let mut keyboard = terminal.stdin.take().expect("its input is ours");
    keyboard.write_all("lan\nxin chào\n".as_bytes()).expect("typing");
    drop(keyboard);
    let received: Vec<String> = (0..3).map(|_| receive_line(&mut mai)).collect();
    assert_eq!(received, ["+ lan", "lan: xin chào", "- lan"]);
    let output = terminal.wait_with_output().expect("it ends");
    let screen = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success());
    assert!(screen.contains("mai: ch·[2Jào") && !screen.contains('\u{1b}'), "{screen:?}");
}
