//! Requests that a server refuses, with the status that says why, and goes on serving.

use std::io::{Read as _, Write as _};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, client::conn::http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use libtest_mimic::Trial;
use narrate::testing::{Failed, must};

use super::{MAX_PAYLOAD, call, survives};

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

/// For the transports over HTTP.
pub fn trials(name: &'static str) -> Vec<Trial> {
    match name {
        "http1" => vec![
            Trial::test("http1 refuses what is no frame, with the status that says why", refused),
            Trial::test("http1 takes no more than 16 MiB whose length is not announced", chunked),
        ],
        "http2" | "grpc-unary" | "grpc-stream" => {
            vec![Trial::test(format!("{name} takes no more than 16 MiB"), move || too_long(name))]
        }
        _ => Vec::new(),
    }
}

fn refused() -> Result<(), Failed> {
    survives("http1", |server| {
        for (what, head, body, status) in HTTP1 {
            let length = if body.is_empty() { String::new() } else { format!("\r\ncontent-length: {}", body.len()) };
            let expected = format!("HTTP/1.1 {status}");
            let mut peer = call(server)?;
            peer.write_all(format!("{head}\r\nhost: x{length}\r\n\r\n{body}").as_bytes())?;
            let mut answer = vec![0; expected.len()];
            peer.read_exact(&mut answer)?;
            let answer = String::from_utf8_lossy(&answer);
            must(answer == expected, || format!("{what}: {answer} instead of {expected}"))?;
        }
        Ok(())
    })
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
        while taken <= 4 * MAX_PAYLOAD && peer.write_all(&chunk).is_ok() {
            taken += 1 << 20;
        }
        must(taken <= 2 * MAX_PAYLOAD, || format!("{taken} bytes were taken"))?;
        Ok(vec![peer])
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
        let mut body = vec![0; MAX_PAYLOAD + 1];
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
            .body(Full::new(Bytes::from(body)))?;
        let answer = runtime.block_on(async {
            let stream = tokio::net::TcpStream::connect(&server.address).await?;
            let (mut sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            let answer = sender.send_request(request).await?;
            let (head, body) = answer.into_parts();
            let trailers = body.collect().await?.trailers().cloned().unwrap_or_default();
            let status = head.headers.get("grpc-status").or(trailers.get("grpc-status"));
            Ok::<_, Failed>(format!("{} {status:?}", head.status.as_u16()))
        })?;
        // gRPC says what went wrong in a field of its own: 11 is OUT_OF_RANGE.
        let expected = if grpc { "200 Some(\"11\")" } else { "413 None" };
        must(answer == expected, || format!("{answer} instead of {expected}"))
    })
}
