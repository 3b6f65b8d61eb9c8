//! HTTP in front of the WebSocket: reads a request's head, decides whether it asks for the page or for the
//! room, and answers with a file of the page, an error, or the 101 of an upgrade.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;
use tungstenite::Error;
use tungstenite::error::ProtocolError;
use tungstenite::handshake::machine::TryParse;
use tungstenite::handshake::server::{Request, create_response, write_response};
use tungstenite::http::response::Builder;
use tungstenite::http::{Response, StatusCode, header};

/// Bytes of a request's head, at most.
const MAX_HEAD_SIZE: usize = 8 * 1024;
/// How long a head may take to arrive.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the client may take to receive the answer.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long, and for how many bytes, [`lingering_close`] reads on.
const LINGER_TIMEOUT: Duration = Duration::from_secs(1);
const LINGER_BYTES: u64 = 256 * 1024;

const SCRIPT: &str = "text/javascript; charset=utf-8";
/// Path, media type and content of each file of the page. They are part of the program.
const FILES: [(&str, &str, &str); 8] = [
    ("/", "text/html; charset=utf-8", include_str!("../../page/index.html")),
    ("/room.css", "text/css; charset=utf-8", include_str!("../../page/room.css")),
    ("/icon.svg", "image/svg+xml", include_str!("../../page/icon.svg")),
    ("/room.js", SCRIPT, include_str!("../../page/room.js")),
    ("/picture.js", SCRIPT, include_str!("../../page/picture.js")),
    ("/reconnect.js", SCRIPT, include_str!("../../page/reconnect.js")),
    ("/texts.js", SCRIPT, include_str!("../../page/texts.js")),
    ("/view.js", SCRIPT, include_str!("../../page/view.js")),
];

/// What came of a connection's request.
pub(super) enum RequestOutcome<S> {
    /// An upgrade: the 101 has been sent. The bytes were read behind the head and belong to the WebSocket.
    Upgraded(S, Vec<u8>),
    /// Answered with a page or an error, and closed.
    Answered(StatusCode),
    /// The client disconnected before its request was answered.
    Disconnected,
}

type PageResponse = Response<&'static str>;

/// Why a request is not served: the status, a sentence, and a header that some statuses demand.
struct Rejection(StatusCode, &'static str, Option<(&'static str, &'static str)>);

fn reject(status: StatusCode, reason: &'static str) -> Rejection {
    Rejection(status, reason, None)
}

/// Reads one request and answers it. After an upgrade the stream is handed back, otherwise it is closed.
pub(super) async fn handle_request<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S) -> RequestOutcome<S> {
    let routed = match timeout(READ_TIMEOUT, read_request(&mut stream)).await {
        Err(_) => Err(reject(StatusCode::REQUEST_TIMEOUT, "No whole request within 10 seconds.\n")),
        Ok(Ok(None)) => return RequestOutcome::Disconnected,
        Ok(Ok(Some((request, buffered)))) => route(&request).map(|response| (response, buffered)),
        Ok(Err(rejection)) => Err(rejection),
    };
    let (response, buffered) = match routed {
        Ok((response, buffered)) => (response, Some(buffered)),
        Err(Rejection(status, reason, extra)) => {
            let builder = response_builder(status, "text/plain; charset=utf-8");
            let builder = extra.into_iter().fold(builder, |builder, (name, value)| builder.header(name, value));
            (with_body(builder, reason), None)
        }
    };
    let mut bytes = Vec::new();
    if write_response(&mut bytes, &response).is_err() {
        return RequestOutcome::Disconnected;
    }
    bytes.extend_from_slice(response.body().as_bytes());
    match timeout(WRITE_TIMEOUT, stream.write_all(&bytes)).await {
        Ok(Ok(())) => {}
        Ok(Err(_)) | Err(_) => return RequestOutcome::Disconnected,
    }
    match buffered {
        Some(buffered) if response.status() == StatusCode::SWITCHING_PROTOCOLS => {
            RequestOutcome::Upgraded(stream, buffered)
        }
        _ => {
            lingering_close(stream).await;
            RequestOutcome::Answered(response.status())
        }
    }
}

/// Reads a request's head. Returns it with the bytes that were read behind it, or `None` when the client
/// disconnected without sending a byte.
async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Result<Option<(Request, Vec<u8>)>, Rejection> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 1024];
    while bytes.len() < MAX_HEAD_SIZE {
        let capacity = buffer.len().min(MAX_HEAD_SIZE - bytes.len()); // the same limit, however the reads are cut
        match stream.read(&mut buffer[..capacity]).await {
            Ok(0) | Err(_) if bytes.is_empty() => return Ok(None),
            Ok(0) | Err(_) => return Err(reject(StatusCode::BAD_REQUEST, "The request ends in its head.\n")),
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
        if let Some((size, request)) = Request::try_parse(&bytes).map_err(|error| parse_rejection(&error))? {
            return Ok(Some((request, bytes.split_off(size))));
        }
    }
    Err(reject(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "A head of more than 8 KiB.\n"))
}

fn parse_rejection(error: &Error) -> Rejection {
    match error {
        Error::Protocol(ProtocolError::WrongHttpMethod) => {
            Rejection(StatusCode::METHOD_NOT_ALLOWED, "Only GET is served here.\n", Some(("Allow", "GET")))
        }
        Error::Protocol(ProtocolError::WrongHttpVersion) => {
            reject(StatusCode::HTTP_VERSION_NOT_SUPPORTED, "Only HTTP/1.1 is served here.\n")
        }
        _ => reject(StatusCode::BAD_REQUEST, "This is not an HTTP request.\n"),
    }
}

// ANCHOR: route
/// Answers a GET with a file of the page, or with the 101; only its headers tell what it asks for.
fn route(request: &Request) -> Result<PageResponse, Rejection> {
    let host = validated_host(request)?;
    if !request.headers().contains_key(header::UPGRADE) {
        return page_file(request.uri().path(), host);
    }
    if request.uri().path() != "/" {
        return Err(reject(StatusCode::NOT_FOUND, "The room is at /.\n"));
    }
    // A browser names the page whose script connects; our page comes from this host and port. Other
    // programs send no Origin: they carry no user's cookies, so no user needs protection from them.
    if let Some(origin) = request.headers().get(header::ORIGIN) {
        let ours = ["http://", "https://"].map(|scheme| format!("{scheme}{host}"));
        if !ours.iter().any(|ours| origin == ours.as_str()) {
            return Err(reject(StatusCode::FORBIDDEN, "Pages of other origins may not connect.\n"));
        }
    }
    match create_response(request) {
        Ok(response) => Ok(response.map(|()| "")),
        Err(Error::Protocol(ProtocolError::MissingSecWebSocketVersionHeader)) => Err(Rejection(
            StatusCode::UPGRADE_REQUIRED,
            "Only WebSocket version 13 is served here.\n",
            Some(("Sec-WebSocket-Version", "13")),
        )),
        Err(_) => Err(reject(StatusCode::BAD_REQUEST, "The upgrade does not follow RFC 6455.\n")),
    }
}
// ANCHOR_END: route

/// Returns the only Host header, which must be `localhost` or an address. Other names are not safe: once
/// its page is loaded, evil.example may let its name point to 127.0.0.1 (DNS rebinding), and then its
/// Origin and our Host would agree.
fn validated_host(request: &Request) -> Result<&str, Rejection> {
    let bad = || reject(StatusCode::BAD_REQUEST, "The Host header must be one address, or localhost.\n");
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(bad()) };
    let host = host.to_str().map_err(|_| bad())?;
    let is_address = host.parse::<std::net::SocketAddr>().is_ok() || host.parse::<std::net::IpAddr>().is_ok();
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    if is_address || name.eq_ignore_ascii_case("localhost") { Ok(host) } else { Err(bad()) }
}

/// Returns a file of the page. The page may load nothing from other origins, and connect only to this host.
fn page_file(path: &str, host: &str) -> Result<PageResponse, Rejection> {
    let Some((_, media_type, content)) = FILES.iter().find(|(name, ..)| *name == path) else {
        return Err(reject(StatusCode::NOT_FOUND, "There is no such page. The room is at /.\n"));
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
         connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    Ok(with_body(
        response_builder(StatusCode::OK, media_type)
            .header(header::CONTENT_SECURITY_POLICY, policy)
            .header(header::REFERRER_POLICY, "no-referrer"),
        content,
    ))
}

fn response_builder(status: StatusCode, media_type: &str) -> Builder {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media_type)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::CONNECTION, "close")
}

/// Builds the response. This cannot fail: its headers are ours, except for the host, which was validated.
fn with_body(builder: Builder, body: &'static str) -> PageResponse {
    builder.header(header::CONTENT_LENGTH, body.len()).body(body).unwrap_or_else(|_| {
        let mut fallback = Response::new("");
        *fallback.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        fallback
    })
}

/// Closes a connection after its last bytes were sent. Closing a socket with unread bytes sends a reset, and
/// a reset may destroy bytes that the peer has not read yet; so this reads to the peer's end first.
pub(super) async fn lingering_close(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let _ = timeout(LINGER_TIMEOUT, async {
        stream.shutdown().await?;
        tokio::io::copy(&mut stream.take(LINGER_BYTES), &mut tokio::io::sink()).await
    })
    .await;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns what `read_request` makes of the bytes: path and headers, the status of a rejection, or `None`.
    /// No read gives more than is left of one piece.
    fn read_pieces(pieces: &[Vec<u8>]) -> Result<Option<String>, u16> {
        let empty: Box<dyn AsyncRead + Unpin> = Box::new(tokio::io::empty());
        let mut cut = pieces.iter().fold(empty, |before, piece| Box::new(before.chain(piece.as_slice())));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let head = runtime.block_on(read_request(&mut cut)).map_err(|Rejection(status, ..)| status.as_u16())?;
        let Some((request, buffered)) = head else { return Ok(None) };
        let bytes = pieces.concat();
        let end = Request::try_parse(&bytes).ok().flatten().map_or(0, |(end, _)| end);
        // The bytes read behind the head belong to the WebSocket, and begin right there.
        assert!(bytes[end..].starts_with(&buffered), "{buffered:?} does not follow the head");
        Ok(Some(format!("{} {:?}", request.uri(), request.headers())))
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            1 => prop::collection::vec(any::<u8>(), 0..10),
            3 => "(GET|POST|get)?( /[a-z]{0,3})?( HTTP/1\\.[01])?\r?\n?".prop_map(String::into_bytes),
            3 => "([A-Za-z-]{1,9}: ?[ -~]{0,9}\r\n){0,3}".prop_map(String::into_bytes),
            1 => (0..2 * MAX_HEAD_SIZE).prop_map(|length| format!("X: {}\r\n", "x".repeat(length)).into_bytes()),
        ]
    }

    proptest! {
        #[test]
        fn read_request_gives_the_same_wherever_the_bytes_are_cut(
            good: bool,
            pieces in prop::collection::vec(piece(), 0..8),
            size in 1usize..2000,
        ) {
            let first = if good { b"GET / HTTP/1.1\r\n".to_vec() } else { Vec::new() };
            let last = if good { b"\r\n".to_vec() } else { Vec::new() };
            let whole = [vec![first], pieces, vec![last]].concat().concat();
            let cut: Vec<Vec<u8>> = whole.chunks(size).map(<[u8]>::to_vec).collect();
            prop_assert_eq!(read_pieces(&cut), read_pieces(&[whole]));
        }

        #[test]
        fn read_request_accepts_a_head_of_the_limit_and_no_byte_more(size in 1usize..2000) {
            for (length, accepted) in [(MAX_HEAD_SIZE, true), (MAX_HEAD_SIZE + 1, false)] {
                let (front, end) = ("GET / HTTP/1.1\r\nX: ", "\r\n\r\n");
                let head = format!("{front}{}{end}", "x".repeat(length - front.len() - end.len()));
                let cut: Vec<Vec<u8>> = head.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
                prop_assert_eq!(read_pieces(&cut).is_ok(), accepted);
            }
        }
    }
}
