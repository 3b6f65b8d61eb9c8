//! `serve` and `connect` with `--tape` and `--pcap`: the bytes of one side are explained and captured.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

use narrate::testing::{Failed, Program, Trial, dissects, must, with_tshark};
use tungstenite::{Error, Message};

/// What a capture of either side must contain.
const CAPTURED: [(&str, &str); 5] = [
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

/// Joins, sends a line and leaves with a Close; then requests the page.
fn exercise_server(address: &str) -> Result<(), Failed> {
    let (mut socket, _) = tungstenite::client(format!("ws://{address}/"), TcpStream::connect(address)?)?;
    socket.send(Message::text("mai"))?;
    socket.read()?;
    socket.send(Message::text("xin chào"))?;
    socket.close(Some(tungstenite::protocol::CloseFrame { code: 1000.into(), reason: "bye".into() }))?;
    while !matches!(socket.read(), Err(Error::ConnectionClosed)) {}
    let mut page = TcpStream::connect(address)?;
    write!(page, "GET / HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    let mut response = String::new();
    page.take(64 * 1024).read_to_string(&mut response)?;
    must(response.starts_with("HTTP/1.1 200 "), || format!("the page is {response:.60?}"))
}

fn serve_tape() -> Result<(), Failed> {
    let server = lesson().serve(&["--tape", "--lang", "en"])?;
    exercise_server(&server.address)?;
    let output = server.wait_printed(&[
        "↳ HTTP: asks with GET",
        "↳ 101: agrees to change the protocol",
        "↳ MASK: masked; length 9",
        "↳ payload: “xin chào”",
        "↳ payload: “=”",
        "↳ close code 1000, reason “bye”",
        "↳ HTTP: no change of protocol",
        "↳ content: ",
    ])?;
    must(!output.contains("unknown"), || format!("bytes that are no frame were taken for one: {output}"))
}

fn connect_tape() -> Result<(), Failed> {
    let server = lesson().serve(&[])?;
    let output = lesson().run_typing(&["connect", &server.address, "--tape", "--lang", "en"], "mai\nxin chào\n")?;
    must(output.code == Some(0), || format!("connect ended with {:?}: {}", output.code, output.stderr))?;
    for explanation in ["↳ 101: agrees", "↳ payload: “xin chào”", "↳ payload: “=”", "↳ close code 1000"]
    {
        must(output.stdout.contains(explanation), || format!("{explanation} is not on the tape: {}", output.stdout))?;
    }
    Ok(())
}

fn serve_capture() -> Result<(), Failed> {
    let file = Capture::new("serve");
    let server = lesson().serve(&["--tape", "--pcap", &file.name(), "--lang", "en"])?;
    exercise_server(&server.address)?;
    server.wait_printed(&["↳ close code 1000, reason “bye”", "closes its sending half (FIN)", "↳ content: "])?;
    let page = [("http.response.code == 200", "the page")];
    dissects(&file.0, &[&CAPTURED[..], &page].concat())
}

fn connect_capture() -> Result<(), Failed> {
    let file = Capture::new("connect");
    let server = lesson().serve(&[])?;
    let output = lesson().run_typing(&["connect", &server.address, "--pcap", &file.name()], "mai\nxin chào\n")?;
    must(output.code == Some(0), || format!("connect ended with {:?}: {}", output.code, output.stderr))?;
    dissects(&file.0, &CAPTURED)
}

/// The capture file of one test, removed at its end.
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
