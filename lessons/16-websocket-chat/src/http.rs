//! The HTTP in front of a WebSocket: a request's head, the page's files, and the decision whether
//! this request is for the page or for the room.

use std::time::Duration;

use narrate::TappedAsync;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;
use tungstenite::Error;
use tungstenite::error::ProtocolError;
use tungstenite::handshake::machine::TryParse;
use tungstenite::handshake::server::{Request, create_response, write_response};
use tungstenite::http::response::Builder;
use tungstenite::http::{Response, StatusCode, header};

/// Bytes of a request's head, at most.
const HEAD: usize = 8 * 1024;
/// How long a head may take to arrive, and an answer to be taken.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long we listen to a peer whom we have told everything, and how much.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: u64 = 256 * 1024;

const SCRIPT: &str = "text/javascript; charset=utf-8";
/// Path, type and content of each file of the page. They are part of the program.
const FILES: [(&str, &str, &str); 8] = [
    ("/", "text/html; charset=utf-8", include_str!("../page/index.html")),
    ("/room.css", "text/css; charset=utf-8", include_str!("../page/room.css")),
    ("/icon.svg", "image/svg+xml", include_str!("../page/icon.svg")),
    ("/room.js", SCRIPT, include_str!("../page/room.js")),
    ("/link.js", SCRIPT, include_str!("../page/link.js")),
    ("/picture.js", SCRIPT, include_str!("../page/picture.js")),
    ("/texts.js", SCRIPT, include_str!("../page/texts.js")),
    ("/view.js", SCRIPT, include_str!("../page/view.js")),
];

/// What a request comes to.
pub(crate) enum Asked {
    /// For the room: the 101 has been sent. Bytes that came behind the head belong to the WebSocket.
    Room(TappedAsync, Vec<u8>),
    /// Answered with a page or an error, and closed.
    Answered(StatusCode),
    /// Gone before it had asked.
    Nothing,
}

type Answer = Response<&'static str>;

/// A request that is not served: status, why, and a header that some statuses ask for.
struct Refusal(StatusCode, &'static str, Option<(&'static str, &'static str)>);

fn refuse(status: StatusCode, why: &'static str) -> Refusal {
    Refusal(status, why, None)
}

/// Reads one request and answers it, unless it asks for the room: then it sends the 101 and hands
/// the socket on.
pub(crate) async fn ask(mut socket: TappedAsync) -> Asked {
    let asked = match timeout(PATIENCE, head(&mut socket)).await {
        Err(_) => Err(refuse(StatusCode::REQUEST_TIMEOUT, "No whole request within 10 seconds.\n")),
        Ok(Ok(None)) => return Asked::Nothing,
        Ok(Ok(Some((request, rest)))) => decide(&request).map(|answer| (answer, rest)),
        Ok(Err(answer)) => Err(answer),
    };
    let (answer, rest) = match asked {
        Ok((answer, rest)) => (answer, Some(rest)),
        Err(Refusal(status, why, more)) => {
            let builder = builder(status, "text/plain; charset=utf-8");
            (with(more.into_iter().fold(builder, |builder, (name, value)| builder.header(name, value)), why), None)
        }
    };
    let mut bytes = Vec::new();
    if write_response(&mut bytes, &answer).is_err() {
        return Asked::Nothing;
    }
    bytes.extend_from_slice(answer.body().as_bytes());
    match timeout(PATIENCE, socket.write_all(&bytes)).await {
        Ok(Ok(())) => {}
        Ok(Err(_)) | Err(_) => return Asked::Nothing,
    }
    match rest {
        Some(rest) if answer.status() == StatusCode::SWITCHING_PROTOCOLS => Asked::Room(socket, rest),
        _ => {
            linger(socket).await;
            Asked::Answered(answer.status())
        }
    }
}

/// The request's head, and what came behind it; `None` when the peer had nothing to ask.
async fn head(socket: &mut (impl AsyncRead + Unpin)) -> Result<Option<(Request, Vec<u8>)>, Refusal> {
    let mut bytes = Vec::new();
    let mut piece = [0; 1024];
    while bytes.len() < HEAD {
        let room = piece.len().min(HEAD - bytes.len()); // to the very limit, however the bytes are cut
        match socket.read(&mut piece[..room]).await {
            Ok(0) | Err(_) if bytes.is_empty() => return Ok(None),
            Ok(0) | Err(_) => return Err(refuse(StatusCode::BAD_REQUEST, "The request ends in its head.\n")),
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
        }
        if let Some((size, request)) = Request::try_parse(&bytes).map_err(|error| unreadable(&error))? {
            return Ok(Some((request, bytes.split_off(size))));
        }
    }
    Err(refuse(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "A head of more than 8 KiB.\n"))
}

fn unreadable(error: &Error) -> Refusal {
    match error {
        Error::Protocol(ProtocolError::WrongHttpMethod) => {
            Refusal(StatusCode::METHOD_NOT_ALLOWED, "Here is only GET.\n", Some(("Allow", "GET")))
        }
        Error::Protocol(ProtocolError::WrongHttpVersion) => {
            refuse(StatusCode::HTTP_VERSION_NOT_SUPPORTED, "HTTP/1.1, please.\n")
        }
        _ => refuse(StatusCode::BAD_REQUEST, "That is no HTTP request.\n"),
    }
}

// ANCHOR: decide
/// The same GET asks for the page or for the room; only its headers tell which.
fn decide(request: &Request) -> Result<Answer, Refusal> {
    let host = host(request)?;
    if !request.headers().contains_key(header::UPGRADE) {
        return page(request.uri().path(), host);
    }
    if request.uri().path() != "/" {
        return Err(refuse(StatusCode::NOT_FOUND, "The room is at /.\n"));
    }
    // A browser says which page's script calls; a page of ours comes from this very host and port.
    // Programs send no Origin: nobody's browser, nobody's cookies, so there is nobody to protect.
    if let Some(origin) = request.headers().get(header::ORIGIN) {
        let ours = ["http://", "https://"].map(|scheme| format!("{scheme}{host}"));
        if !ours.iter().any(|ours| origin == ours.as_str()) {
            return Err(refuse(StatusCode::FORBIDDEN, "Pages of other origins are not let in.\n"));
        }
    }
    match create_response(request) {
        Ok(response) => Ok(response.map(|()| "")),
        Err(Error::Protocol(ProtocolError::MissingSecWebSocketVersionHeader)) => Err(Refusal(
            StatusCode::UPGRADE_REQUIRED,
            "WebSocket version 13, please.\n",
            Some(("Sec-WebSocket-Version", "13")),
        )),
        Err(_) => Err(refuse(StatusCode::BAD_REQUEST, "An upgrade that is not RFC 6455's.\n")),
    }
}
// ANCHOR_END: decide

/// The one Host header, which must be `localhost` or an address. A name could be anybody's: a page
/// of evil.example may have its name point to 127.0.0.1 after it was loaded (DNS rebinding), and
/// then its origin and our Host would agree.
fn host(request: &Request) -> Result<&str, Refusal> {
    let bad = || refuse(StatusCode::BAD_REQUEST, "The Host header must be one address, or localhost.\n");
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(bad()) };
    let host = host.to_str().map_err(|_| bad())?;
    let is_address = host.parse::<std::net::SocketAddr>().is_ok() || host.parse::<std::net::IpAddr>().is_ok();
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    if is_address || name.eq_ignore_ascii_case("localhost") { Ok(host) } else { Err(bad()) }
}

/// A file of the page, which may load nothing from elsewhere and connect to nothing but this host.
fn page(path: &str, host: &str) -> Result<Answer, Refusal> {
    let Some((_, kind, content)) = FILES.iter().find(|(name, ..)| *name == path) else {
        return Err(refuse(StatusCode::NOT_FOUND, "There is no such page. The room is at /.\n"));
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
         connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    Ok(with(
        builder(StatusCode::OK, kind)
            .header(header::CONTENT_SECURITY_POLICY, policy)
            .header(header::REFERRER_POLICY, "no-referrer"),
        content,
    ))
}

fn builder(status: StatusCode, kind: &str) -> Builder {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, kind)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::CONNECTION, "close")
}

/// The whole answer. Its headers are ours but for the host, which has been judged: it cannot fail.
fn with(builder: Builder, body: &'static str) -> Answer {
    builder.header(header::CONTENT_LENGTH, body.len()).body(body).unwrap_or_else(|_| {
        let mut plain = Response::new("");
        *plain.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        plain
    })
}

/// Ends a connection whose last words we have sent. Closing a socket in which unread bytes lie sends
/// a reset, and a reset may take our last words away from the peer; so we read to its end first.
pub(crate) async fn linger(mut socket: TappedAsync) {
    let _ = timeout(LINGER, async {
        socket.shutdown().await?;
        tokio::io::copy(&mut socket.take(LINGER_BYTES), &mut tokio::io::sink()).await
    })
    .await;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What comes of a request: its path and headers, the status of a refusal, or nothing. No read gives
    /// more than is left of one piece.
    fn asked(pieces: &[Vec<u8>]) -> Result<Option<String>, u16> {
        let empty: Box<dyn AsyncRead + Unpin> = Box::new(tokio::io::empty());
        let mut cut = pieces.iter().fold(empty, |before, piece| Box::new(before.chain(piece.as_slice())));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let head = runtime.block_on(head(&mut cut)).map_err(|Refusal(status, ..)| status.as_u16())?;
        let Some((request, rest)) = head else { return Ok(None) };
        let bytes = pieces.concat();
        let end = Request::try_parse(&bytes).ok().flatten().map_or(0, |(end, _)| end);
        // What was read behind the head belongs to the WebSocket, and begins right there.
        assert!(bytes[end..].starts_with(&rest), "{rest:?} does not follow the head");
        Ok(Some(format!("{} {:?}", request.uri(), request.headers())))
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            1 => prop::collection::vec(any::<u8>(), 0..10),
            3 => "(GET|POST|get)?( /[a-z]{0,3})?( HTTP/1\\.[01])?\r?\n?".prop_map(String::into_bytes),
            3 => "([A-Za-z-]{1,9}: ?[ -~]{0,9}\r\n){0,3}".prop_map(String::into_bytes),
            1 => (0..2 * HEAD).prop_map(|length| format!("X: {}\r\n", "x".repeat(length)).into_bytes()),
        ]
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_the_same_wherever_they_are_cut(
            good: bool,
            pieces in prop::collection::vec(piece(), 0..8),
            size in 1usize..2000,
        ) {
            let first = if good { b"GET / HTTP/1.1\r\n".to_vec() } else { Vec::new() };
            let last = if good { b"\r\n".to_vec() } else { Vec::new() };
            let whole = [vec![first], pieces, vec![last]].concat().concat();
            let cut: Vec<Vec<u8>> = whole.chunks(size).map(<[u8]>::to_vec).collect();
            prop_assert_eq!(asked(&cut), asked(&[whole]));
        }

        #[test]
        fn a_head_up_to_the_limit_is_taken_and_one_byte_more_is_not(size in 1usize..2000) {
            for (length, taken) in [(HEAD, true), (HEAD + 1, false)] {
                let (front, end) = ("GET / HTTP/1.1\r\nX: ", "\r\n\r\n");
                let head = format!("{front}{}{end}", "x".repeat(length - front.len() - end.len()));
                let cut: Vec<Vec<u8>> = head.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
                prop_assert_eq!(asked(&cut).is_ok(), taken);
            }
        }
    }
}
