//! Answers one request: a file of the built book, or the stream that says "reload".

use super::Builds;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;
use std::{fs, str};

/// The longest request line and head that is read; browsers send far less.
const HEAD_LIMIT: u64 = 16 * 1024;
/// How long a browser may take over one read or write.
const IO_TIMEOUT: Duration = Duration::from_secs(10);
/// A line goes to each waiting browser this often, so that one that has left is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Where the added script waits for the next build.
const RELOAD_PATH: &str = "/.reload";
const RELOAD_SCRIPT: &str =
    "<script>new EventSource('/.reload').addEventListener('built', () => location.reload());</script>";

/// Reads one request from `stream` and answers it.
///
/// # Errors
/// When the reader goes away or takes too long; there is nobody left to tell.
pub fn answer(stream: TcpStream, out: &Path, builds: &Builds) -> io::Result<()> {
    stream.set_read_timeout(Some(IO_TIMEOUT))?;
    stream.set_write_timeout(Some(IO_TIMEOUT))?;
    let mut head = BufReader::new(stream.try_clone()?.take(HEAD_LIMIT));
    let mut request = String::new();
    head.read_line(&mut request)?;
    let mut line = String::new();
    // The head ends with an empty line; 0 is the end of the stream or of what we are willing to read.
    while head.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let body_wanted = match method {
        "GET" => true,
        "HEAD" => false,
        _ => return reply(stream, "405 Method Not Allowed", "text/plain", b"", true),
    };
    if target == RELOAD_PATH && body_wanted {
        return wait_for_builds(stream, builds);
    }
    match file_of(target, out).and_then(|path| Some((fs::read(&path).ok()?, path))) {
        Some((mut body, path)) => {
            let kind = kind_of(&path);
            if kind.starts_with("text/html") {
                body.extend_from_slice(RELOAD_SCRIPT.as_bytes());
            }
            reply(stream, "200 OK", kind, &body, body_wanted)
        }
        None => reply(stream, "404 Not Found", "text/plain", b"not found\n", body_wanted),
    }
}

fn reply(mut stream: TcpStream, status: &str, kind: &str, body: &[u8], with_body: bool) -> io::Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    if with_body {
        stream.write_all(body)?;
    }
    Ok(())
}

/// Server-sent events: one event for each build after this moment.
fn wait_for_builds(mut stream: TcpStream, builds: &Builds) -> io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\nconnection: close\r\n\r\n",
    )?;
    let mut seen = builds.count();
    loop {
        let count = builds.wait_after(seen, HEARTBEAT);
        let news: &[u8] = if count > seen { b"event: built\ndata: \n\n" } else { b": still here\n\n" };
        stream.write_all(news)?;
        seen = count;
    }
}

/// The file that a request target names, never one outside `out`.
fn file_of(target: &str, out: &Path) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = PathBuf::from(percent_decoded(path)?);
    // No "..", no drive letter, no second root.
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let file = out.join(path);
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let digits = str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

fn kind_of(path: &Path) -> &'static str {
    match path.extension().and_then(|end| end.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_never_leaves_the_book() {
        let out = Path::new("/nowhere/book");
        for target in ["/../secret", "/vi/../../secret", "/%2e%2e/secret", "//etc/passwd", "vi", "/%zz", "/%"] {
            assert_eq!(file_of(target, out), None, "{target}");
        }
        assert_eq!(file_of("/vi/a%20b.html?x=1#y", out), Some(out.join("vi/a b.html")));
    }
}
