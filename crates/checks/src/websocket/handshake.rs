//! The handshake: an HTTP request that asks to speak something else from now on.

use tungstenite::handshake::derive_accept_key;

use super::describe;
use crate::{Failure, Peer, Rng, Symptom, Text, sentence};

/// An answer's head is longer than this only by mistake.
const LONGEST_HEAD: usize = 16 * 1024;

/// Returns the request of a client that wants a WebSocket (RFC 6455, section 4.1).
pub fn upgrade_request(key: &str) -> String {
    format!(
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    )
}

/// The first part of an HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseHead {
    /// Its first line.
    pub line: String,
    /// The number in it.
    pub status: Option<u16>,
    /// Names in lower case, and values.
    pub fields: Vec<(String, String)>,
}

impl ResponseHead {
    /// Reads an HTTP answer up to its empty line.
    pub fn read(peer: &mut Peer) -> Result<ResponseHead, Failure> {
        let mut left = LONGEST_HEAD;
        let mut lines = Vec::new();
        loop {
            let line = peer.read_until(b'\n', left)?;
            left -= line.len().min(left);
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let mut lines = lines.into_iter();
        let line = lines.next().unwrap_or_default();
        let status = line.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
        let field = |line: String| {
            let (name, value) = line.split_once(':')?;
            Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        };
        Ok(ResponseHead { line, status, fields: lines.filter_map(field).collect() })
    }

    /// Reads an HTTP answer, whose status must be one of those in `due`.
    pub fn expect_status(peer: &mut Peer, due: &[u16]) -> Result<ResponseHead, Failure> {
        let head = ResponseHead::read(peer)?;
        if head.status.is_some_and(|status| due.contains(&status)) {
            return Ok(head);
        }
        let due = due.iter().map(u16::to_string).collect::<Vec<_>>().join(" / ");
        let came = describe::text_in_words(&head.line);
        let (vi, en) = (came.vi, came.en);
        Err(Failure::new(
            Symptom::NoUpgrade,
            sentence! {
                vi: "Câu trả lời HTTP lẽ ra là {due}, tôi nhận được {vi}.",
                en: "The HTTP answer had to be {due}; I received {en}.",
            },
        ))
    }

    /// Returns the value of the field called `name` (in lower case), when there is exactly one.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut values = self.fields.iter().filter(|field| field.0 == name).map(|field| field.1.as_str());
        values.next().filter(|_| values.next().is_none())
    }
}

/// Returns the base64 of 16 random bytes: of the 22nd digit only two bits count.
pub(super) fn key(rng: &mut Rng) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |number: usize| char::from(DIGITS[number]);
    let mut key: String = (0..21).map(|_| digit(rng.between(0, 63))).collect();
    key.push(digit(rng.between(0, 3) * 16));
    key + "=="
}

/// Checks that this is the answer of a server that has understood this very request.
pub(super) fn verify(head: &ResponseHead, key: &str) -> Result<(), Failure> {
    if head.status != Some(101) {
        let line = &head.line;
        return Err(Failure::new(
            Symptom::NoUpgrade,
            sentence! {
                vi: "Tôi xin nâng cấp lên WebSocket. Câu trả lời lẽ ra là 101, tôi nhận được \"{line}\".",
                en: "I asked for a WebSocket. The answer had to be 101; I received \"{line}\".",
            },
        ));
    }
    let says = |name: &str, word: &str| {
        head.field(name).is_some_and(|value| value.split(',').any(|part| part.trim().eq_ignore_ascii_case(word)))
    };
    if !says("upgrade", "websocket") || !says("connection", "upgrade") {
        return Err(Failure::new(
            Symptom::NoUpgrade,
            Text {
                vi: "Câu trả lời 101 thiếu \"Upgrade: websocket\" hoặc \"Connection: Upgrade\".",
                en: "The 101 answer lacks \"Upgrade: websocket\" or \"Connection: Upgrade\".",
            },
        ));
    }
    let due = derive_accept_key(key.as_bytes());
    if head.field("sec-websocket-accept") == Some(due.as_str()) {
        return Ok(());
    }
    Err(Failure::new(
        Symptom::NoUpgrade,
        sentence! {
            vi: "Với khóa {key}, Sec-WebSocket-Accept lẽ ra là {due}.",
            en: "To the key {key}, Sec-WebSocket-Accept had to be {due}.",
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_is_canonical_base64_of_16_bytes() {
        let mut rng = Rng::new(7, "key");
        for _ in 0..50 {
            let key = key(&mut rng);
            assert_eq!((key.len(), &key[22..]), (24, "=="));
            assert!("AQgw".contains(&key[21..22]), "{key}");
        }
    }

    #[test]
    fn verify_accepts_only_the_answer_to_the_key() {
        // The example of RFC 6455, section 1.3.
        let head = |accept: &str| ResponseHead {
            line: "HTTP/1.1 101 Switching Protocols".to_owned(),
            status: Some(101),
            fields: vec![
                ("upgrade".to_owned(), "WebSocket".to_owned()),
                ("connection".to_owned(), "keep-alive, Upgrade".to_owned()),
                ("sec-websocket-accept".to_owned(), accept.to_owned()),
            ],
        };
        assert!(verify(&head("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "dGhlIHNhbXBsZSBub25jZQ==").is_ok());
        assert!(verify(&head("s3pPLMBiTxaQ9kYGzzhZRbK+xOo"), "dGhlIHNhbXBsZSBub25jZQ==").is_err());
    }
}
