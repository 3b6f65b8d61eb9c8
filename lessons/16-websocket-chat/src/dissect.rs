//! What the bytes of a WebSocket mean, for `--tape`: a head of HTTP, then frames (RFC 6455, 5.2).

use narrate::{Side, Span};

use crate::text;

/// Names the parts of every complete head and frame; an incomplete rest waits. A head begins with a
/// letter, and no frame can: its first four bits would be FIN 0 and a reserved bit that is set.
pub(crate) fn websocket(_: Side, mut bytes: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    while let Some(parts) = if bytes.first().is_some_and(u8::is_ascii_alphabetic) { head(bytes) } else { frame(bytes) }
    {
        bytes = &bytes[parts.iter().map(|part| part.length).sum::<usize>()..];
        spans.extend(parts.into_iter().filter(|part| part.length > 0));
    }
    spans
}

fn span(length: usize, meaning: String) -> Span {
    Span { length, meaning }
}

/// Returns the lines of a head; `None` until its empty line has come.
fn head(bytes: &[u8]) -> Option<Vec<Span>> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 2;
    let lines = bytes[..end].split_inclusive(|byte| *byte == b'\n');
    let mut spans: Vec<Span> = lines.clone().map(|line| span(line.len(), header_meaning(line))).collect();
    if lines.map(header_name).any(|name| name == "upgrade") {
        spans.push(span(2, text::tape_head_ends()));
    } else {
        // A page, or an error.
        let content = bytes.len() - end - 2;
        spans.extend([span(2, text::tape_content_follows()), span(content, text::tape_content(content))]);
    }
    Some(spans)
}

/// Returns the first word of a line in lower case: the name of a header, in front of its colon.
fn header_name(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line).to_ascii_lowercase();
    line.split([':', ' ']).next().unwrap_or_default().to_owned()
}

fn header_meaning(line: &[u8]) -> String {
    match header_name(line).as_str() {
        "get" => text::tape_request(),
        "http/1.1" if line.starts_with(b"HTTP/1.1 101 ") => text::tape_status(),
        "http/1.1" => text::tape_other_status(),
        "upgrade" => text::tape_upgrade(),
        "connection" => text::tape_connection(),
        "sec-websocket-key" => text::tape_key(),
        "sec-websocket-accept" => text::tape_accept(),
        "sec-websocket-version" => text::tape_version(),
        _ => text::tape_header(),
    }
}

/// Three bits for extensions (RFC 6455, section 5.2); no side here has negotiated one.
const RESERVED: u8 = 0x70;

/// Returns the parts of a frame; `None` until all of it has come.
fn frame(bytes: &[u8]) -> Option<Vec<Span>> {
    let [first, second, rest @ ..] = bytes else { return None };
    if first & RESERVED != 0 {
        return Some(vec![span(bytes.len(), text::tape_no_frame(bytes.len()))]);
    }
    let (fin, opcode, masked) = (first & 0x80 != 0, first & 0x0f, second & 0x80 != 0);
    let (extra, length) = match second & 0x7f {
        126 => (2, u64::from(u16::from_be_bytes(rest.get(..2)?.try_into().ok()?))),
        127 => (8, u64::from_be_bytes(rest.get(..8)?.try_into().ok()?)),
        short => (0, u64::from(short)),
    };
    let key_length = if masked { 4 } else { 0 };
    let key = rest.get(extra..extra + key_length)?;
    let length = usize::try_from(length).ok()?;
    let start = extra + key_length;
    let payload = rest.get(start..start.checked_add(length)?)?;

    let fin = if fin { text::tape_last() } else { text::tape_more() };
    let mask = if masked { text::tape_masked() } else { text::tape_unmasked() };
    let plain: Vec<u8> = payload.iter().enumerate().map(|(at, byte)| byte ^ key.get(at % 4).unwrap_or(&0)).collect();
    Some(vec![
        span(1, text::tape_first(fin, opcode, opcode_name(opcode))),
        span(1, text::tape_second(mask, second & 0x7f)),
        span(extra, text::tape_length(length)),
        span(key_length, text::tape_mask()),
        span(length, payload_meaning(opcode, &plain)),
    ])
}

fn opcode_name(opcode: u8) -> String {
    match opcode {
        0 => text::op_continuation(),
        1 => text::op_text(),
        2 => text::op_binary(),
        8 => "close".into(),
        9 => "ping".into(),
        10 => "pong".into(),
        _ => text::op_unknown(),
    }
}

/// Describes an unmasked payload: text as text, a Close by its code, bytes by their number.
fn payload_meaning(opcode: u8, plain: &[u8]) -> String {
    match (opcode, plain) {
        (8, [high, low, reason @ ..]) => {
            text::tape_close(u16::from_be_bytes([*high, *low]), String::from_utf8_lossy(reason))
        }
        (2, _) => text::tape_bytes(plain.len()),
        (_, plain) => match std::str::from_utf8(plain) {
            Ok(text) => text::tape_text(text.escape_debug()),
            Err(_) => text::tape_not_utf8(plain.len()),
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tungstenite::protocol::frame::Frame;
    use tungstenite::protocol::frame::coding::{Data, OpCode};

    use super::*;

    fn lengths(bytes: &[u8]) -> Vec<usize> {
        websocket(Side::CLIENT, bytes).iter().map(|span| span.length).collect()
    }

    fn meaning(bytes: &[u8]) -> String {
        websocket(Side::CLIENT, bytes).last().map(|span| span.meaning.clone()).unwrap_or_default()
    }

    #[test]
    fn websocket_names_each_part_of_frames_behind_a_head() {
        assert_eq!(
            lengths(b"GET / HTTP/1.1\r\nUpgrade: a\r\n\r\n\x81\x02hi\x81\x82\0\0\0\0hi"),
            [16, 12, 2, 1, 1, 2, 1, 1, 4, 2]
        );
    }

    #[test]
    fn websocket_names_nothing_of_an_incomplete_head_or_frame() {
        for bytes in
            [&b"GET / HTTP/1.1\r\n"[..], b"\x81", b"\x81\x82\0\0\0", b"\x81\x05hell", b"\x82\x7e\x01", b"\x82\xff"]
        {
            assert!(lengths(bytes).is_empty(), "{bytes:?}");
        }
    }

    #[test]
    fn websocket_unmasks_text_and_names_close_codes() {
        // The examples of RFC 6455, section 5.7.
        assert_eq!(meaning(b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"), text::tape_text("Hello"));
        assert_eq!(meaning(b"\x88\x04\x03\xe8ok"), text::tape_close(1000, "ok"));
        assert_eq!(meaning(b"\x81\x01\xff"), text::tape_not_utf8(1));
    }

    #[test]
    fn websocket_names_lengths_of_two_and_eight_bytes() {
        let frame = |head: &[u8], length: usize| [head, &vec![0; length]].concat();
        assert_eq!(lengths(&frame(b"\x82\x7e\x01\x00", 256)), [1, 1, 2, 256]);
        assert_eq!(lengths(&frame(b"\x82\x7f\0\0\0\0\0\x01\0\0", 65536)), [1, 1, 8, 65536]);
        assert!(lengths(b"\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff").is_empty());
    }

    #[test]
    fn websocket_names_a_page_content_behind_its_head_and_no_frame_alone() {
        let page = b"HTTP/1.1 200 OK\r\n\r\n<!doctype html>";
        assert_eq!(lengths(page), [17, 2, 15]);
        assert_eq!(meaning(page), text::tape_content(15));
        assert_eq!(meaning(&page[19..]), text::tape_no_frame(15));
    }

    /// Returns a frame as the library writes it.
    fn encode_frame(kind: u8, payload: Vec<u8>, mask: Option<[u8; 4]>) -> Vec<u8> {
        let data = |kind| Frame::message(payload.clone(), OpCode::Data(kind), true);
        let mut frame = match kind {
            0 => data(Data::Continue),
            1 => data(Data::Text),
            2 => data(Data::Binary),
            _ => Frame::ping(payload),
        };
        frame.header_mut().mask = mask;
        let mut bytes = Vec::new();
        frame.format(&mut bytes).unwrap();
        bytes
    }

    proptest! {
        #[test]
        fn websocket_names_no_more_bytes_than_any_input_has(
            bytes in prop::collection::vec(prop_oneof![0u8..3, 0x7du8..0x90, Just(b'G'), any::<u8>()], 0..200),
        ) {
            let lengths = lengths(&bytes);
            prop_assert!(lengths.iter().all(|length| *length > 0));
            prop_assert!(lengths.iter().sum::<usize>() <= bytes.len());
        }

        #[test]
        fn websocket_names_every_byte_of_written_frames_wherever_they_are_cut(
            frames in prop::collection::vec(
                (0u8..4, prop::collection::vec(any::<u8>(), 0..300), any::<Option<[u8; 4]>>()),
                1..6,
            ),
            size in 1usize..100,
        ) {
            let frames = frames.into_iter().flat_map(|(kind, payload, mask)| encode_frame(kind, payload, mask));
            let bytes: Vec<u8> = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n".iter().copied().chain(frames).collect();
            let whole = websocket(Side::CLIENT, &bytes);
            prop_assert_eq!(whole.iter().map(|span| span.length).sum::<usize>(), bytes.len());
            let (mut spans, mut open) = (Vec::new(), Vec::new());
            for piece in bytes.chunks(size) {
                open.extend_from_slice(piece);
                let found = websocket(Side::CLIENT, &open);
                open.drain(..found.iter().map(|span| span.length).sum::<usize>());
                spans.extend(found);
            }
            prop_assert_eq!(spans, whole);
        }
    }
}
