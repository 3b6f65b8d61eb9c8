//! What every line on the screen has in common: its width, its labels, its bytes.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use crate::event::Side;

/// Columns of the screen that a story may use.
pub(crate) const WIDTH: usize = 80;
/// Where the facts below a step begin.
pub(crate) const FACT_INDENT: usize = 6;
/// Columns of a label: `client` and `server` are six letters, so arrows stand below each other.
pub(crate) const LABEL: usize = 6;

/// Prints a line, or ends the run when nothing reads the output any more (`| head`).
pub(crate) fn print(line: &str) {
    if let Err(error) = writeln!(io::stdout(), "{line}") {
        let gone = error.kind() == io::ErrorKind::BrokenPipe;
        std::process::exit(if gone { 0 } else { 1 });
    }
}

/// Breaks a sentence into lines of at most `width` columns. A word that is longer stands alone.
/// Composed letters (NFC) are one column each, so counting `char`s is enough for both languages.
pub(crate) fn wrap(sentence: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in sentence.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// Whether lines go to a terminal that wants colour. Colour only tells the two sides apart.
#[derive(Clone, Copy)]
pub(crate) struct Colour(pub(crate) bool);

impl Colour {
    /// Not into a pipe, and not against `NO_COLOR` (<https://no-color.org>).
    pub(crate) fn detect() -> Colour {
        Colour(io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()))
    }

    /// The label of a side, padded to six columns.
    pub(crate) fn label(self, side: Side) -> String {
        let label = side.label;
        match (self.0, side.connects) {
            (false, _) => format!("{label:<LABEL$}"),
            (true, true) => format!("\x1b[36m{label:<LABEL$}\x1b[0m"),
            (true, false) => format!("\x1b[33m{label:<LABEL$}\x1b[0m"),
        }
    }
}

/// `78 69 6e   "xin"`: bytes in hex, then as text. In UTF-8 text a control character is a middle
/// dot; in anything else every byte that is not printable ASCII is one.
pub(crate) fn hex_line(bytes: &[u8]) -> String {
    let hex = hex_of(bytes);
    let printable = |byte: &u8| if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '·' };
    let text: String = match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().map(|letter| if letter.is_control() { '·' } else { letter }).collect(),
        Err(_) => bytes.iter().map(printable).collect(),
    };
    format!("{hex}  \"{text}\"")
}

/// `78 69 6e `: bytes in hex, each with a blank behind it.
pub(crate) fn hex_of(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        let _ = write!(hex, "{byte:02x} ");
    }
    hex
}

/// As many of `bytes` as [`hex_line`] shows in `width` columns, at most `most`.
pub(crate) fn fitting(bytes: &[u8], most: usize, width: usize) -> &[u8] {
    let fits = |count: &usize| hex_line(&bytes[..*count]).chars().count() <= width;
    &bytes[..(0..=bytes.len().min(most)).rev().find(fits).unwrap_or(0)]
}

/// Columns of a table: the subject of a row, and what one side sees, at least; so that the tables of one
/// story stand below each other.
const SUBJECT: usize = 13;
const CELL: usize = 24;
/// Columns between two columns.
const GAP: usize = 3;

/// A heading, then one line a row. A label of the heading comes with the columns that it takes on
/// the screen, which are fewer than its letters when it is coloured.
pub(crate) fn table(heading: &[(String, usize); 2], rows: &[(String, [String; 2])]) -> Vec<String> {
    let widest = |least, texts: &mut dyn Iterator<Item = &String>| {
        texts.map(|text| text.chars().count()).fold(least, usize::max)
    };
    let subject = widest(SUBJECT, &mut rows.iter().map(|(subject, _)| subject)) + GAP;
    let cell = widest(CELL, &mut rows.iter().map(|(_, cells)| &cells[0])) + GAP;

    let [(first, taken), (second, _)] = heading;
    let mut lines = vec![format!("{:subject$}{first}{:2$}{second}", "", "", cell.saturating_sub(*taken))];
    lines.extend(rows.iter().map(|(name, [one, other])| format!("{name:<subject$}{one:<cell$}{other}")));
    lines
}

/// A value with as many digits as it deserves, in groups of three.
pub fn grouped(value: f64) -> String {
    let digits = if value >= 100.0 || value.fract() == 0.0 { 0 } else { 1 };
    let text = format!("{value:.digits$}");
    let whole = text.split('.').next().unwrap_or_default().len();
    let mut grouped = String::new();
    for (n, c) in text.chars().enumerate() {
        if n > 0 && n < whole && (whole - n) % 3 == 0 {
            grouped.push('\u{202f}'); // a narrow space, which reads the same in both languages
        }
        grouped.push(c);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrap_breaks_between_words_only() {
        assert_eq!(wrap("một hai ba bốn", 7), ["một hai", "ba bốn"]);
        assert_eq!(wrap("a-very-long-word b", 4), ["a-very-long-word", "b"]);
    }

    #[test]
    fn hex_line_keeps_letters_with_marks_and_dots_control_bytes() {
        assert_eq!(hex_line("ô".as_bytes()), "c3 b4   \"ô\"");
        assert_eq!(hex_line("ô\r\n".as_bytes()), "c3 b4 0d 0a   \"ô··\"");
        assert_eq!(hex_line(b"a\r\n\xff"), "61 0d 0a ff   \"a···\"");
    }

    #[test]
    fn fitting_leaves_off_what_the_width_does_not_hold() {
        assert_eq!(fitting(b"abcdef", 12, 80), b"abcdef");
        assert_eq!(fitting(b"abcdef", 4, 80), b"abcd");
        assert_eq!(fitting(b"abcdef", 12, hex_line(b"abc").len()), b"abc");
    }

    #[test]
    fn table_puts_what_one_side_sees_into_one_column() {
        let row = |subject: &str, cells: [&str; 2]| (subject.to_owned(), cells.map(str::to_owned));
        let heading = [("\x1b[33mserver\x1b[0m".to_owned(), 6), ("client".to_owned(), 6)];
        let rows = [row("pid", ["1", "2"]), row("địa chỉ của mình", ["127.0.0.1:1", "127.0.0.1:2"])];
        let lines = table(&heading, &rows);
        let at = |line: &str, word: &str| line.find(word).map(|byte| line[..byte].chars().count());
        assert_eq!(at(&lines[0], "\x1b[33mserver"), at(&lines[1], "1"));
        assert_eq!(at(&lines[1], "1"), at(&lines[2], "127.0.0.1:1"));
        assert_eq!(at(&lines[1], "2"), at(&lines[2], "127.0.0.1:2"));
        let colours = "\x1b[33m\x1b[0m".len();
        assert_eq!(at(&lines[0], "client").map(|column| column - colours), at(&lines[1], "2"));
    }

    #[test]
    fn grouped_rounds_for_reading() {
        assert_eq!(grouped(22711.4), "22\u{202f}711");
        assert_eq!(grouped(36.04), "36.0");
        assert_eq!(grouped(423.0), "423");
    }
}
