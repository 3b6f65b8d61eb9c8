//! Exercise 14: lines that come in pieces, read by futures that somebody drops between two of them.

/// Bytes in pieces, many of which end lines.
fn pieces() -> impl proptest::strategy::Strategy<Value = Vec<Vec<u8>>> {
    use proptest::prelude::*;
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..10),
        "[a-zà-ỹ ]{0,8}\r?\n?".prop_map(String::into_bytes),
        // As long as the longest lines of both programs, nearly.
        (prop_oneof![254usize..260, 1022usize..1028], "\r?\n?")
            .prop_map(|(length, end)| ["x".repeat(length), end].concat().into_bytes()),
        Just(b"\n".to_vec()),
    ];
    prop::collection::vec(piece, 0..12)
}

/// The lines of the text without their ends, the last one too; and whether the last had an end.
fn split(text: &[u8]) -> Vec<(&[u8], bool)> {
    let lines = text.split_inclusive(|byte| *byte == b'\n');
    let cut = |line| <[u8]>::strip_suffix(line, b"\n");
    lines.map(|line| cut(line).map_or((line, false), |cut| (cut.strip_suffix(b"\r").unwrap_or(cut), true))).collect()
}

#[allow(dead_code, reason = "a whole program, of which only the parser is tried")]
mod chat {
    include!(concat!(env!("OUT_DIR"), "/chat.rs"));

    mod properties {
        use proptest::prelude::*;
        use robustness::{Pieces, poll_once};

        use super::super::{pieces, split};
        use super::{BufReader, Received, MAX_LINE, introduction, is_name, next_line};

        /// The lines until the end, or until one that is too long: then `true`.
        fn heard(pieces: &[Vec<u8>]) -> (Vec<String>, bool) {
            let (mut reader, mut line, mut lines) = (BufReader::new(Pieces::new(pieces)), Vec::new(), Vec::new());
            loop {
                // Whenever it has to wait it is dropped, and begun anew with the same line.
                let heard = poll_once(next_line(&mut reader, &mut line));
                assert!(line.capacity() <= 4 * MAX_LINE, "{} bytes are kept", line.capacity());
                match heard.transpose().unwrap() {
                    None => {}
                    Some(Received::Line(line)) => lines.push(line),
                    Some(Received::TooLong) => return (lines, true),
                    Some(Received::End) => return (lines, false),
                }
            }
        }

        fn expected(text: &[u8]) -> (Vec<String>, bool) {
            let lines = split(text);
            let fits = |(line, _): &&(&[u8], bool)| line.len() <= MAX_LINE;
            let taken = lines.iter().take_while(fits).map(|(line, _)| String::from_utf8_lossy(line).into_owned());
            let taken: Vec<String> = taken.collect();
            let broken = taken.len() < lines.len();
            (taken, broken)
        }

        proptest! {
            #[test]
            fn any_bytes_are_the_same_lines_wherever_they_are_cut_and_the_future_dropped(pieces in pieces()) {
                prop_assert_eq!(heard(&pieces), expected(&pieces.concat()));
            }

            #[test]
            fn an_introduction_is_a_name_and_perhaps_a_room_and_nothing_else(line in "[a-zà-ỹ_ :\u{1b}-]{0,60}") {
                if let Some((name, room)) = introduction(&line) {
                    for word in [name, room] {
                        prop_assert!(is_name(word) && !word.contains([' ', ':', '\u{1b}']), "{:?} is no name", word);
                    }
                    prop_assert!(line == name || line == [name, room].join(" "));
                }
            }
        }
    }
}

#[allow(dead_code, reason = "a whole program, of which only the parser is tried")]
mod drain {
    include!(concat!(env!("OUT_DIR"), "/drain.rs"));

    mod properties {
        use proptest::prelude::*;
        use robustness::{Pieces, poll_once};

        use super::super::{pieces, split};
        use super::{BufReader, MAX_LINE, next_line};

        /// The lines until the end, or until one that cannot be taken: then `true`.
        fn read(pieces: &[Vec<u8>]) -> (Vec<String>, bool) {
            let (mut reader, mut line, mut lines) = (BufReader::new(Pieces::new(pieces)), Vec::new(), Vec::new());
            loop {
                let next = poll_once(next_line(&mut reader, &mut line));
                assert!(line.capacity() <= 4 * MAX_LINE, "{} bytes are kept", line.capacity());
                match next {
                    None => {}
                    Some(Ok(Some(line))) => lines.push(line),
                    Some(Ok(None)) => return (lines, false),
                    Some(Err(_)) => return (lines, true),
                }
            }
        }

        fn expected(text: &[u8]) -> (Vec<String>, bool) {
            let mut lines = Vec::new();
            for (line, whole) in split(text) {
                match String::from_utf8(line.to_vec()) {
                    // What the stream has cut is no line, and only then does it matter how long it is.
                    _ if !whole => return (lines, line.len() >= MAX_LINE + 2),
                    Ok(line) if line.len() <= MAX_LINE => lines.push(line),
                    _ => return (lines, true),
                }
            }
            (lines, false)
        }

        proptest! {
            #[test]
            fn any_bytes_are_the_same_lines_wherever_they_are_cut_and_the_future_dropped(pieces in pieces()) {
                prop_assert_eq!(read(&pieces), expected(&pieces.concat()));
            }
        }
    }
}
