//! Sentences in the columns there are.

use unicode_width::UnicodeWidthStr;

/// Breaks `text` into lines of at most `width` columns, between words. A word that is longer
/// than a line stands alone on one.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words(text) {
        let line = &mut lines[..];
        let Some(last) = line.last_mut() else { continue };
        if last.is_empty() {
            last.push_str(&word);
        } else if last.width() + 1 + word.width() <= width {
            last.push(' ');
            last.push_str(&word);
        } else {
            lines.push(word);
        }
    }
    lines
}

/// The words, where "→ Lesson" and "step 5." count as one each: no line ends in an arrow or begins with a
/// number that belongs to the word before it.
fn words(text: &str) -> Vec<String> {
    const SHORT: usize = 3; // in bytes: "5." and "04," are; an address or a port is a word of its own
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let number = word.len() <= SHORT && word.starts_with(|first: char| first.is_ascii_digit());
        match words.last_mut() {
            Some(last) if number || last == "→" => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// `text` behind `head`, wrapped, every further line indented as far as `head` is wide.
pub fn hang(head: &str, text: &str, width: usize) -> String {
    let indent = head.width();
    let mut out = String::new();
    for (number, line) in wrap(text, width.saturating_sub(indent).max(20)).iter().enumerate() {
        match number {
            0 => out.push_str(head),
            _ => out.extend(std::iter::repeat_n(' ', indent)),
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrap_counts_columns_not_bytes() {
        assert_eq!(wrap("đường truyền đứt", 12), ["đường truyền", "đứt"]);
    }

    #[test]
    fn wrap_puts_a_long_word_on_a_line_of_its_own() {
        assert_eq!(wrap("a bbbbbbbb c", 4), ["a", "bbbbbbbb", "c"]);
    }

    #[test]
    fn wrap_keeps_numbers_and_arrows_with_their_words() {
        assert_eq!(wrap("end. → Lesson 04, step 5.", 20), ["end. → Lesson 04,", "step 5."]);
        assert_eq!(wrap("end. → Lesson 04, step 5.", 16), ["end.", "→ Lesson 04,", "step 5."]);
        assert_eq!(wrap("run 127.0.0.1:4000 127.0.0.1:4001", 20), ["run 127.0.0.1:4000", "127.0.0.1:4001"]);
    }

    #[test]
    fn hang_indents_further_lines() {
        assert_eq!(hang("  Hint  ", "one two three four five", 28), "  Hint  one two three four\n        five\n");
    }
}
