//! A frame as the body of a POST, raw: what the client sends, and what the server does with it. HTTP/1.1 and
//! HTTP/2 carry the same request and the same answer.
//!
//! ```text
//! POST /frame HTTP/1.1            HTTP/1.1 200 OK
//! x-frame-number: 7               content-length: 16
//! x-frame-checksum: 16 digits
//! content-length: 49635           the acknowledgement's 16 bytes
//!
//! the payload
//! ```
//!
//! Copies: the client gives the payload to the kernel from where it lies. The server reads pieces of what
//! came and copies them into one buffer of the announced length, unless a single piece was all.

use std::io::{self, ErrorKind};

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::{Request, Response};
use tokio::time::timeout;

use crate::frame::{Acknowledgement, Frame, IO_TIMEOUT, MAX_PAYLOAD, Receiver};

pub(crate) const NUMBER: &str = "x-frame-number";
pub(crate) const CHECKSUM: &str = "x-frame-checksum";
/// The longest answer that a client reads: an acknowledgement has 16 bytes, a refusal a sentence.
const LONGEST_ANSWER: usize = 4096;

/// Why a request is not taken: its status, and a sentence.
pub(crate) type Refusal = (StatusCode, String);

/// The request that carries a frame to `host`, which is the address as it was announced.
pub(crate) fn request(host: &str, frame: &Frame) -> Request<Full<Bytes>> {
    let request = Request::post(format!("http://{host}/frame"));
    request
        .header("host", host)
        .header(NUMBER, frame.number)
        .header(CHECKSUM, format!("{:016x}", frame.checksum))
        .body(Full::new(frame.payload.clone()))
        .expect("every part of it is a header's value")
}

/// `request` as HTTP/1.1 sends it to an origin server: its target is the path alone (RFC 9112, section 3.2.1). HTTP/2
/// keeps scheme and host.
pub(crate) fn origin_form(mut request: Request<Full<Bytes>>) -> Request<Full<Bytes>> {
    if let Some(path) = request.uri().path_and_query().cloned() {
        *request.uri_mut() = path.into();
    }
    request
}

/// The acknowledgement in an answer.
pub(crate) async fn acknowledgement(answer: Response<Incoming>) -> io::Result<Acknowledgement> {
    let status = answer.status();
    let body = Limited::new(answer.into_body(), LONGEST_ANSWER)
        .collect()
        .await
        .map_err(|error| io::Error::other(error.to_string()))?
        .to_bytes();
    if status != StatusCode::OK {
        return Err(io::Error::other(format!("{status}: {}", String::from_utf8_lossy(&body))));
    }
    let bytes = body[..].try_into().map_err(|_| {
        io::Error::new(ErrorKind::InvalidData, format!("an acknowledgement has 16 bytes, not {}", body.len()))
    })?;
    Ok(Acknowledgement::from_bytes(bytes))
}

/// What the server does with each path. Others are answered with 404, other methods with 405.
pub(crate) fn router(receiver: Receiver) -> Router {
    Router::new().route("/frame", post(frame)).with_state(receiver)
}

/// Takes a raw frame in.
async fn frame(State(receiver): State<Receiver>, headers: HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    let number = header(&headers, NUMBER, |text| text.parse().ok(), "a whole number")?;
    header(&headers, CHECKSUM, checksum_digits, "16 hexadecimal digits")?;
    Ok(acknowledge(receiver.acknowledge(number, &gathered(body, MAX_PAYLOAD).await?)))
}

/// The body of an answer.
pub(crate) fn acknowledge(ack: Acknowledgement) -> Bytes {
    Bytes::copy_from_slice(&ack.to_bytes())
}

/// A checksum as text: 16 hexadecimal digits.
pub(crate) fn checksum_digits(text: &str) -> Option<u64> {
    let digits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

fn header<T>(headers: &HeaderMap, name: &str, read: fn(&str) -> Option<T>, what: &str) -> Result<T, Refusal> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    text.and_then(read)
        .ok_or_else(|| (StatusCode::BAD_REQUEST, format!("the header {name} must be there, with {what}")))
}

/// Gathers a body of at most `most` bytes. axum's extractor `Bytes` would hold every piece until the last has come, and
/// wait forever.
pub(crate) async fn gathered(mut body: Body, most: usize) -> Result<Bytes, Refusal> {
    let too_long = || (StatusCode::PAYLOAD_TOO_LARGE, format!("a body may have {most} bytes here"));
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > most {
        return Err(too_long());
    }
    let first = next_piece(&mut body).await?.unwrap_or_default();
    if first.len() <= most && body.is_end_stream() {
        return Ok(first);
    }
    let mut whole = Vec::with_capacity(announced);
    let mut next = Some(first);
    while let Some(piece) = next {
        if whole.len() + piece.len() > most {
            return Err(too_long());
        }
        whole.extend_from_slice(&piece);
        drop(piece); // its memory takes the next one in
        next = next_piece(&mut body).await?;
    }
    Ok(whole.into())
}

/// The next piece of a body, which must come within ten seconds; `None` at its end.
pub(crate) async fn next_piece(body: &mut Body) -> Result<Option<Bytes>, Refusal> {
    loop {
        let late = |_| (StatusCode::REQUEST_TIMEOUT, "nothing of the body came for ten seconds".to_owned());
        match timeout(IO_TIMEOUT, body.frame()).await.map_err(late)? {
            None => return Ok(None),
            Some(Err(error)) => return Err((StatusCode::BAD_REQUEST, format!("the body broke off: {error}"))),
            Some(Ok(frame)) => {
                if let Ok(piece) = frame.into_data() {
                    return Ok(Some(piece));
                } // else trailers, which say nothing to us
            }
        }
    }
}
