//! Two other ways to put a frame into a POST, both common, both with more copies than a raw body has.
//!
//! `multipart/form-data` is what a browser's form and `requests.post(files=…)` send: parts between boundaries. The
//! client copies the payload into the body once; the server searches all of it for the boundary and gathers
//! the part that it found. JSON has no bytes, only text: base64 makes four characters of three bytes. The client
//! encodes, copies into the JSON, and sends a third more; the server checks the text, then decodes.

use std::borrow::Cow;

use axum::Router;
use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State};
use axum::http::StatusCode;
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::stream;
use http_body_util::Full;
use serde::{Deserialize, Serialize};

use super::http_request::{Refusal, acknowledge, checksum_digits, gathered, next_piece};
use crate::frame::{Frame, MAX_PAYLOAD, Receiver};

/// What may stand around the payload: the heads of the parts, the names in the JSON.
const AROUND: usize = 4096;

/// What the server does with the two paths.
pub(crate) fn router(receiver: Receiver) -> Router {
    Router::new()
        .route("/multipart", post(multipart).layer(DefaultBodyLimit::max(MAX_PAYLOAD + AROUND)))
        .route("/base64", post(base64))
        .with_state(receiver)
}

fn bad(what: &str) -> Refusal {
    (StatusCode::BAD_REQUEST, what.to_owned())
}

fn request(host: &str, path: &str, content_type: String, body: Vec<u8>) -> hyper::Request<Full<Bytes>> {
    let request = hyper::Request::post(format!("http://{host}{path}"));
    let request = request.header("host", host).header("content-type", content_type);
    request.body(Full::new(body.into())).expect("every part of it is a header's value")
}

/// The frame as a form of three parts: two of text, and a file.
pub(crate) fn multipart_request(host: &str, frame: &Frame) -> hyper::Request<Full<Bytes>> {
    let Frame { number, checksum, payload } = frame;
    // The boundary must not occur in the payload. That bytes contain their own XXH3 does not happen by chance.
    let boundary = format!("frame-{checksum:016x}-{number}");
    let text =
        |name, value| format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let mut body = Vec::with_capacity(payload.len() + AROUND);
    body.extend_from_slice(text("number", number.to_string()).as_bytes());
    body.extend_from_slice(text("checksum", format!("{checksum:016x}")).as_bytes());
    let head = "Content-Disposition: form-data; name=\"frame\"; filename=\"frame.bin\"\r\n\
                Content-Type: application/octet-stream\r\n\r\n";
    body.extend_from_slice(format!("--{boundary}\r\n{head}").as_bytes());
    body.extend_from_slice(payload);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    request(host, "/multipart", format!("multipart/form-data; boundary={boundary}"), body)
}

/// Takes a form in. Its parts may come in any order.
async fn multipart(State(receiver): State<Receiver>, form: Request) -> Result<Bytes, Refusal> {
    // The extractor itself would wait for the next piece forever.
    let patient = |body: Body| {
        Body::from_stream(stream::unfold(body, async |mut body| {
            let piece = next_piece(&mut body).await.map_err(|(_, why)| why);
            piece.transpose().map(|piece| (piece, body))
        }))
    };
    let wrong = |error: MultipartError| (error.status(), error.body_text());
    let mut form =
        Multipart::from_request(form.map(patient), &()).await.map_err(|error| (error.status(), error.body_text()))?;
    let (mut number, mut announced, mut payload) = (None, None, None);
    while let Some(part) = form.next_field().await.map_err(wrong)? {
        match part.name() {
            Some("number") => number = part.text().await.map_err(wrong)?.parse().ok(),
            Some("checksum") => announced = checksum_digits(&part.text().await.map_err(wrong)?),
            Some("frame") => payload = Some(part.bytes().await.map_err(wrong)?),
            _ => return Err(bad("a form has the parts number, checksum and frame")),
        }
    }
    let number = number.ok_or_else(|| bad("the part number must be there, with a whole number"))?;
    announced.ok_or_else(|| bad("the part checksum must be there, with 16 hexadecimal digits"))?;
    let payload = payload.ok_or_else(|| bad("the part frame must be there"))?;
    receive(receiver, number, &payload)
}

/// `{"number": 7, "checksum": "16 digits", "frame": "base64"}`; the checksum is text, as JSON's
/// numbers are exact up to 2⁵³ only in many languages.
#[derive(Serialize, Deserialize)]
struct Upload<'a> {
    number: u64,
    #[serde(borrow)]
    checksum: Cow<'a, str>,
    #[serde(borrow)]
    frame: Cow<'a, str>,
}

/// The frame as JSON.
pub(crate) fn base64_request(host: &str, frame: &Frame) -> hyper::Request<Full<Bytes>> {
    let upload = Upload {
        number: frame.number,
        checksum: format!("{:016x}", frame.checksum).into(),
        frame: STANDARD.encode(&frame.payload).into(),
    };
    let body = serde_json::to_vec(&upload).expect("numbers and text are JSON");
    request(host, "/base64", "application/json".to_owned(), body)
}

/// Takes JSON in.
async fn base64(State(receiver): State<Receiver>, body: Body) -> Result<Bytes, Refusal> {
    let body = gathered(body, MAX_PAYLOAD.div_ceil(3) * 4 + AROUND).await?;
    let upload: Upload<'_> = serde_json::from_slice(&body).map_err(|error| bad(&format!("the JSON: {error}")))?;
    checksum_digits(&upload.checksum).ok_or_else(|| bad("checksum must be 16 hexadecimal digits"))?;
    let payload = STANDARD.decode(&*upload.frame).map_err(|error| bad(&format!("frame, the base64: {error}")))?;
    receive(receiver, upload.number, &payload)
}

fn receive(receiver: Receiver, number: u64, payload: &[u8]) -> Result<Bytes, Refusal> {
    if payload.len() > MAX_PAYLOAD {
        return Err((StatusCode::PAYLOAD_TOO_LARGE, format!("a payload may have {MAX_PAYLOAD} bytes")));
    }
    Ok(acknowledge(receiver.acknowledge(number, payload)))
}
