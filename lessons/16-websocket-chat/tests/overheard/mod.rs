//! `--tape` and `--pcap` where only one side runs: what crosses is explained and captured all the same.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

use narrate::testing::{Failed, Program, Trial, dissects, must, with_tshark};
use tungstenite::{Error, Message};

/// What a capture of either side must hold.
const CROSSED: [(&str, &str); 5] = [
    ("http.response.code == 101", "the answer to the upgrade"),
    ("websocket.opcode == 1 && websocket.mask == 1", "text from a client, masked"),
    ("websocket.opcode == 1 && websocket.mask == 0", "text from the server, not masked"),
    ("websocket.payload.close.status_code == 1000", "a proper end"),
    ("tcp.flags.fin == 1", "the end of the connection"),
];

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("serve --tape explains what both sides send", serve_tape),
        Trial::test("connect --tape explains what both sides send", connect_tape),
        with_tshark("tshark dissects the capture of serve", serve_capture),
        with_tshark("tshark dissects the capture of connect", connect_capture),
    ]
}

fn lesson() -> Program {
    Program(env!("CARGO_BIN_EXE_lesson16").into())
}

/// A member comes, says something and leaves with a Close; then somebody asks for the page.
fn visit(address: &str) -> Result<(), Failed> {
    let (mut socket, _) = tungstenite::client(format!("ws://{address}/"), TcpStream::connect(address)?)?;
    socket.send(Message::text("mai"))?;
    socket.read()?;
    socket.send(Message::text("xin chào"))?;
    socket.close(Some(tungstenite::protocol::CloseFrame { code: 1000.into(), reason: "bye".into() }))?;
    while !matches!(socket.read(), Err(Error::ConnectionClosed)) {}
    let mut page = TcpStream::connect(address)?;
    write!(page, "GET / HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    let mut answer = String::new();
    page.take(64 * 1024).read_to_string(&mut answer)?;
    must(answer.starts_with("HTTP/1.1 200 "), || format!("the page is {answer:.60?}"))
}

fn serve_tape() -> Result<(), Failed> {
    let serving = lesson().serve(&["--tape", "--lang", "en"])?;
    visit(&serving.address)?;
    let said = serving.says(&[
        "↳ HTTP: asks with GET",
        "↳ 101: agrees to change the protocol",
        "↳ MASK: masked; length 9",
        "↳ payload: “xin chào”",
        "↳ payload: “=”",
        "↳ close code 1000, reason “bye”",
        "↳ HTTP: no change of protocol",
        "↳ content: ",
    ])?;
    must(!said.contains("unknown"), || format!("something was taken for a frame that is none: {said}"))
}

fn connect_tape() -> Result<(), Failed> {
    let serving = lesson().serve(&[])?;
    let said = lesson().run_typing(&["connect", &serving.address, "--tape", "--lang", "en"], "mai\nxin chào\n")?;
    must(said.code == Some(0), || format!("connect ended with {:?}: {}", said.code, said.stderr))?;
    for explained in ["↳ 101: agrees", "↳ payload: “xin chào”", "↳ payload: “=”", "↳ close code 1000"]
    {
        must(said.stdout.contains(explained), || format!("{explained} is not on the tape: {}", said.stdout))?;
    }
    Ok(())
}

fn serve_capture() -> Result<(), Failed> {
    let file = Capture::new("serve");
    let serving = lesson().serve(&["--tape", "--pcap", &file.name(), "--lang", "en"])?;
    visit(&serving.address)?;
    serving.says(&["↳ close code 1000, reason “bye”", "closes its sending half (FIN)", "↳ content: "])?;
    let page = [("http.response.code == 200", "the page")];
    dissects(&file.0, &[&CROSSED[..], &page].concat())
}

fn connect_capture() -> Result<(), Failed> {
    let file = Capture::new("connect");
    let serving = lesson().serve(&[])?;
    let said = lesson().run_typing(&["connect", &serving.address, "--pcap", &file.name()], "mai\nxin chào\n")?;
    must(said.code == Some(0), || format!("connect ended with {:?}: {}", said.code, said.stderr))?;
    dissects(&file.0, &CROSSED)
}

/// The file of one test, removed at its end.
struct Capture(PathBuf);

impl Capture {
    fn new(side: &str) -> Capture {
        Capture(std::env::temp_dir().join(format!("lesson16-{side}-{}.pcap", std::process::id())))
    }

    fn name(&self) -> String {
        self.0.to_string_lossy().into_owned()
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
