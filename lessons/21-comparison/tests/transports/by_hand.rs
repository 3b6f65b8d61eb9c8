//! The HTTP transports take frames from any client: here from curl.

use std::process::Command;

use libtest_mimic::Trial;
use narrate::testing::{Failed, must, needing};

use crate::ends::{Frames, Server};

/// What is shown, the transport, the path behind its address, and what curl is told besides, `FRAME` being the payload's file.
type ByHand = (&'static str, &'static str, &'static str, &'static [&'static str]);

const BY_HAND: [ByHand; 3] = [
    (
        "raw",
        "http1",
        "/frame",
        &["--data-binary", "@FRAME", "-H", "x-frame-number: 7", "-H", "x-frame-checksum: 0123456789abcdef"],
    ),
    (
        "as a form",
        "http1-multipart",
        "/multipart",
        &["-F", "frame=@FRAME", "-F", "checksum=0123456789abcdef", "-F", "number=7"],
    ),
    (
        "as JSON",
        "http1-base64",
        "/base64",
        &["-d", r#"{"frame":"eGluIGNoYW8=", "number":7, "checksum":"0123456789abcdef"}"#],
    ),
];

pub fn trials() -> impl Iterator<Item = Trial> {
    let missing = Command::new("curl").arg("--version").output().is_err().then_some("curl");
    BY_HAND.into_iter().map(move |(what, transport, path, arguments)| {
        let name = format!("curl can post a frame by hand, {what}");
        needing(missing, &name, move || by_hand(transport, path, arguments))
    })
}

fn by_hand(transport: &str, path: &str, arguments: &[&str]) -> Result<(), Failed> {
    let (server, frames) = (Server::start(transport)?, Frames::new()?);
    let (file, mut checksum) = frames.file("one.bin", 49_635)?;
    if transport == "http1-base64" {
        checksum = xxhash_rust::xxh3::xxh3_64(b"xin chao");
    }
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--show-error", "--fail-with-body", "--max-time", "30"]);
    curl.arg(format!("http://{}{path}", server.address));
    curl.args(arguments.iter().map(|word| word.replace("FRAME", &file.display().to_string())));
    let output = curl.output()?;
    let expected = [7_u64.to_be_bytes(), checksum.to_be_bytes()].concat();
    must(output.status.success() && output.stdout == expected, || {
        format!("{}: {:?} {}", output.status, output.stdout, String::from_utf8_lossy(&output.stderr))
    })
}
