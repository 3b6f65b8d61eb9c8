//! The preview over real sockets: pages, refusals, and a reload after each change.

use crate::fixture::Fixture;
use book::serve::Preview;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

/// No answer of the preview takes this long, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);

fn start() -> (Fixture, SocketAddr) {
    let fixture = Fixture::new();
    let out = fixture.course.root().join("dist");
    let preview = Preview::start(&fixture.course, &out, SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = preview.address().unwrap();
    // It serves until the test's process ends.
    thread::spawn(move || preview.run());
    (fixture, address)
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream
}

fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        // The preview closed before it had read all of a request that it refused.
        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => {}
        Err(error) => panic!("{error}"),
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn pages_are_served_and_nothing_outside_the_book() {
    let (_fixture, address) = start();
    let page = ask(address, "GET /vi/01-one.html?highlight=x HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("text/html; charset=utf-8"), "{page}");
    assert!(page.contains("Một cổng") && page.contains("/.reload"));
    assert!(ask(address, "GET / HTTP/1.1\r\n\r\n").contains("Tiếng Việt"));
    assert!(ask(address, "GET /vi HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 200"));

    let head = ask(address, "HEAD /vi/index.html HTTP/1.1\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "a HEAD has no body: {head}");
    assert!(ask(address, "POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405"));
    for target in
        ["/gone.html", "/../book/book.toml", "/%2e%2e/book/book.toml", "/vi/..%2f..%2fbook/book.toml", "nonsense"]
    {
        let answer = ask(address, &format!("GET {target} HTTP/1.1\r\n\r\n"));
        assert!(answer.starts_with("HTTP/1.1 404"), "{target}: {answer}");
    }
}

#[test]
fn a_broken_request_harms_nobody_else() {
    let (_fixture, address) = start();
    drop(connect(address)); // hangs up without a word
    ask(address, &"x".repeat(100_000)); // a request line without end
    ask(address, "\r\n\r\n");
    let silent = connect(address); // says nothing while others are served
    assert!(ask(address, "GET /en/index.html HTTP/1.1\r\n\r\n").contains("One lesson"));
    drop(silent);
}

#[test]
fn a_change_is_built_and_browsers_are_told() {
    let (fixture, address) = start();
    let mut waiting = connect(address);
    waiting.write_all(b"GET /.reload HTTP/1.1\r\n\r\n").unwrap();
    let mut lines = BufReader::new(waiting).lines();
    // The head of the answer says that the preview is listening for builds on our behalf.
    while !lines.next().unwrap().unwrap().is_empty() {}

    // The watch may need a moment to be set up; a change made again is a change.
    let mut told = false;
    for attempt in 0..20 {
        for lang in ["vi", "en"] {
            let name = format!("book/{lang}/01-one.md");
            fixture.write(&name, &(fixture.read(&name) + &format!("\nbuild {attempt}\n")));
        }
        // A line comes with each build, and a heartbeat without one.
        if lines.next().unwrap().unwrap() == "event: built" {
            told = true;
            break;
        }
    }
    assert!(told, "no browser was told of a build");
    let page = ask(address, "GET /vi/01-one.html HTTP/1.1\r\n\r\n");
    assert!(page.contains("build 0"), "{page}");
}

#[test]
fn an_address_that_is_taken_is_a_clear_error() {
    let (fixture, address) = start();
    let out = fixture.course.root().join("second");
    let error = match Preview::start(&fixture.course, &out, address) {
        Ok(_) => panic!("two previews on one address"),
        Err(error) => format!("{error:#}"),
    };
    assert!(error.contains(&address.to_string()) && error.contains("--address"), "{error}");
}
