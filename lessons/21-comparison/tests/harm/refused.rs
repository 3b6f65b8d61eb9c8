//! Requests that a server refuses, with the status that says why, and goes on serving.

use std::io::{self, Read as _, Write as _};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, client::conn::http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use libtest_mimic::Trial;
use narrate::testing::Failed;

use super::{call, survives};
use crate::ends::Server;

const MOST: usize = 16 << 20;

/// What is wrong with a request, its head without the blank line at the end, its body if it has one, and the status.
const HTTP1: [(&str, &str, &str, &str); 12] = [
    ("another path", "POST /other HTTP/1.1", "", "404"),
    ("another method", "GET /frame HTTP/1.1", "", "405"),
    ("no number", "POST /frame HTTP/1.1\r\nx-frame-checksum: 0123456789abcdef", "", "400"),
    ("no checksum", "POST /frame HTTP/1.1\r\nx-frame-number: 1", "", "400"),
    (
        "a negative number",
        "POST /frame HTTP/1.1\r\nx-frame-number: -1\r\nx-frame-checksum: 0123456789abcdef",
        "",
        "400",
    ),
    (
        "a checksum with a sign",
        "POST /frame HTTP/1.1\r\nx-frame-number: 1\r\nx-frame-checksum: +123456789abcdef",
        "",
        "400",
    ),
    (
        "a byte too many",
        "POST /frame HTTP/1.1\r\nx-frame-number: 1\r\nx-frame-checksum: 0123456789abcdef\r\ncontent-length: 16777217",
        "",
        "413",
    ),
    (
        "base64 with a character too few",
        "POST /base64 HTTP/1.1",
        r#"{"number":1,"checksum":"0123456789abcdef","frame":"eGluIGNoYW8"}"#,
        "400",
    ),
    ("too much JSON", "POST /base64 HTTP/1.1\r\ncontent-length: 30000000", "", "413"),
    ("a form that is none", "POST /multipart HTTP/1.1\r\ncontent-type: text/plain", "no", "400"),
    (
        "a form without the checksum",
        "POST /multipart HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n1\r\n\
         --b\r\nContent-Disposition: form-data; name=\"frame\"\r\n\r\nxin chao\r\n--b--\r\n",
        "400",
    ),
    (
        "a form without its end",
        "POST /multipart HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n1\r\nand no end",
        "400",
    ),
];

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<_> = HTTP1
        .map(|(what, head, body, status)| {
            let length = if body.is_empty() { String::new() } else { format!("\r\ncontent-length: {}", body.len()) };
            let request = format!("{head}\r\nhost: x{length}\r\n\r\n{body}");
            let answer = format!("HTTP/1.1 {status}");
            Trial::test(format!("http1 answers {status} to {what}"), move || http1(&request, &answer))
        })
        .into();
    trials.push(Trial::test("http1 takes no more than 16 MiB whose length is not announced", chunked));
    for name in ["http2", "grpc-unary", "grpc-stream"] {
        trials.push(Trial::test(format!("{name} takes no more than 16 MiB"), move || too_long(name)));
    }
    trials
}

fn http1(request: &str, expected: &str) -> Result<(), Failed> {
    let answer = |server: &Server| {
        let mut peer = call(server)?;
        peer.write_all(request.as_bytes())?;
        let mut answer = vec![0; expected.len()];
        peer.read_exact(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        if answer == expected { Ok(peer) } else { Err(io::Error::other(format!("{answer} instead of {expected}"))) }
    };
    survives("http1", answer)
}

fn chunked() -> Result<(), Failed> {
    survives("http1", |server| {
        let mut peer = call(server)?;
        peer.write_all(
            b"POST /frame HTTP/1.1\r\nhost: x\r\nx-frame-number: 1\r\nx-frame-checksum: 0123456789abcdef\r\n",
        )?;
        peer.write_all(b"transfer-encoding: chunked\r\n\r\n")?;
        let chunk = [&b"100000\r\n"[..], &vec![b'x'; 1 << 20], b"\r\n"].concat();
        let mut taken = 0;
        // The server answers 413 and closes; what it has not read then may reset the connection.
        while taken <= 4 * MOST && peer.write_all(&chunk).is_ok() {
            taken += 1 << 20;
        }
        if taken <= 2 * MOST { Ok(peer) } else { Err(io::Error::other(format!("{taken} bytes were taken"))) }
    })
}

/// Over HTTP/2: a body of a byte too many, or a message of so many.
fn too_long(name: &str) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let grpc = name.starts_with("grpc");
    survives(name, |server| {
        let (path, content_type) = match name {
            "grpc-unary" => ("/lab.v1.Lab/Send", "application/grpc"),
            "grpc-stream" => ("/lab.v1.Lab/Stream", "application/grpc"),
            _ => ("/frame", "application/octet-stream"),
        };
        let mut body = vec![0; MOST + 1];
        if grpc {
            body.extend([0; 2000]);
            let length = body.len() as u32 - 5;
            body[1..5].copy_from_slice(&length.to_be_bytes());
        }
        let request = Request::post(format!("http://{}{path}", server.address))
            .header("content-type", content_type)
            .header("te", "trailers")
            .header("x-frame-number", 1)
            .header("x-frame-checksum", "0123456789abcdef")
            .body(Full::new(Bytes::from(body)))
            .map_err(io::Error::other)?;
        let answer = runtime.block_on(async {
            let stream = tokio::net::TcpStream::connect(&server.address).await?;
            let (mut sender, connection) =
                http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.map_err(io::Error::other)?;
            tokio::spawn(connection);
            let answer = sender.send_request(request).await.map_err(io::Error::other)?;
            let (head, body) = answer.into_parts();
            let trailers = body.collect().await.map_err(io::Error::other)?.trailers().cloned().unwrap_or_default();
            let status = head.headers.get("grpc-status").or(trailers.get("grpc-status"));
            Ok::<_, io::Error>(format!("{} {status:?}", head.status.as_u16()))
        })?;
        // gRPC says what went wrong in a field of its own: 11 is OUT_OF_RANGE.
        let expected = if grpc { "200 Some(\"11\")" } else { "413 None" };
        if answer == expected { Ok(()) } else { Err(io::Error::other(format!("{answer} instead of {expected}"))) }
    })
}
