//! Bytes as a person reads them: hex for what they are, text for what they may mean.

use crate::Difference;

/// `78 69 6e`
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.join(" ")
}

/// `"xin"`: one column for each byte, a point for what is no printable ASCII.
pub(super) fn quoted(bytes: &[u8]) -> String {
    let shown = |byte: &u8| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' };
    format!("\"{}\"", bytes.iter().map(shown).collect::<String>())
}

/// The first `columns` of `bytes`, in hex and as text, of which there were `total`.
pub(super) fn line(bytes: &[u8], total: usize, columns: usize) -> String {
    let shown = &bytes[..bytes.len().min(columns)];
    let more = if total > shown.len() { " …" } else { "" };
    // Short messages stand close to their text; only long ones fill the columns.
    let width = if shown.len() > columns / 2 { columns * 3 + 1 } else { columns / 2 * 3 + 1 };
    let digits = hex(shown) + more;
    let text = quoted(shown);
    format!("{digits:width$} {text}{more}")
}

/// The three lines that show a difference: what was due, what came, and a caret under the
/// first byte that differs. Only hex if `width` leaves no room for text.
pub(super) fn difference(difference: &Difference, due: &str, came: &str, width: usize) -> [String; 3] {
    let Difference { offset, expected, received, start } = difference;
    let lead = if *start > 0 { "… " } else { "" };
    let indent = due.chars().count().max(came.chars().count());
    let digits = expected.len().max(received.len()) * 3 + lead.chars().count();
    let wide = indent + 2 + digits + 1 + expected.len().max(received.len()) + 2 <= width;
    let row = |label: &str, bytes: &[u8]| {
        let shown = format!("{lead}{}", hex(bytes));
        let text = if wide { quoted(bytes) } else { String::new() };
        format!("{label:indent$}  {shown:digits$} {text}").trim_end().to_owned()
    };
    let before = indent + 2 + lead.chars().count() + (offset - start) * 3;
    [row(due, expected), row(came, received), format!("{:before$}^^", "")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_shows_hex_and_text() {
        assert_eq!(line(b"xin", 3, 16), "78 69 6e                  \"xin\"");
        assert_eq!(line(b"abc\n", 900, 2), "61 62 … \"ab\" …");
    }

    #[test]
    fn difference_puts_the_caret_under_the_first_wrong_byte() {
        let found = Difference::find(b"hello", b"heLlo").unwrap();
        let [due, came, caret] = difference(&found, "due", "came", 80);
        assert_eq!(due, "due   68 65 6c 6c 6f  \"hello\"");
        assert_eq!(came, "came  68 65 4c 6c 6f  \"heLlo\"");
        assert_eq!(caret, "            ^^");
        assert_eq!(&came[12..14], "4c");
    }

    #[test]
    fn difference_without_space_for_text_keeps_the_caret() {
        let found = Difference::find(b"hello", b"heLlo").unwrap();
        let lines = difference(&found, "due", "came", 24);
        assert_eq!(lines, ["due   68 65 6c 6c 6f", "came  68 65 4c 6c 6f", "            ^^"]);
    }

    #[test]
    fn difference_caret_allows_for_omitted_bytes() {
        let expected = b"0123456789abcdefghij";
        let mut received = *expected;
        received[15] = b'!';
        let found = Difference::find(expected, &received).unwrap();
        let [_, came, caret] = difference(&found, "due", "came", 80);
        let column = caret.chars().count() - 2;
        assert_eq!(came.chars().skip(column).take(2).collect::<String>(), "21");
    }

    #[test]
    fn difference_points_at_missing_bytes() {
        let found = Difference::at(2, b"abcd", b"ab");
        let [due, _, caret] = difference(&found, "due", "came", 80);
        let column = caret.chars().count() - 2;
        assert_eq!(due.chars().skip(column).take(2).collect::<String>(), "63");
    }
}
