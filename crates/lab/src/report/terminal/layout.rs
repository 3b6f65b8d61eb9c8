//! Lines of a known width.

use crate::results::Implementation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How wide a screen is.
pub(super) const COLUMNS: usize = 80;

/// What is shown, line by line.
pub(super) struct Screen {
    pub(super) text: String,
    colour: bool,
}

impl Screen {
    pub(super) fn new(colour: bool) -> Screen {
        Screen { text: String::new(), colour }
    }

    /// A terminal's font may lack the narrow space that keeps a figure in one piece until here.
    pub(super) fn line(&mut self, line: &str) {
        self.text += line.replace(['\u{202f}', '\u{a0}'], " ").trim_end();
        self.text.push('\n');
    }

    /// A heading, with a line of air above.
    pub(super) fn heading(&mut self, heading: &str) {
        self.line("");
        let (bold, plain) = if self.colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        wrapped(heading, COLUMNS - 1).iter().for_each(|line| self.line(&format!(" {bold}{line}{plain}")));
    }

    /// A remark, one column in.
    pub(super) fn note(&mut self, note: &str) {
        wrapped(note, COLUMNS - 1).iter().for_each(|line| self.line(&format!(" {line}")));
    }

    /// A sentence: what follows its first line stands further in.
    pub(super) fn sentence(&mut self, sentence: &str) {
        let lines = wrapped(sentence, COLUMNS - 4);
        for (at, line) in lines.iter().enumerate() {
            self.line(&format!("{:1$}{line}", "", if at == 0 { 2 } else { 4 }));
        }
    }

    /// What belongs to the sentence above.
    pub(super) fn indented(&mut self, sentence: &str) {
        wrapped(sentence, COLUMNS - 6).iter().for_each(|line| self.line(&format!("      {line}")));
    }

    /// In the implementation's colour, if there is colour.
    pub(super) fn paint(&self, implementation: Implementation, text: &str) -> String {
        let code = match implementation {
            Implementation::Rust => "33",
            Implementation::Python => "36",
            Implementation::Yours => "35",
        };
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Words in lines of at most `width` columns; a word that is longer is cut.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let mut word = word;
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        while word.width() > width {
            let head = fitting(word, width);
            lines.push(head.to_owned());
            word = &word[head.len()..];
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    lines.push(line);
    lines
}

/// As much of the beginning as fits into `width` columns.
fn fitting(text: &str, width: usize) -> &str {
    let mut taken = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        taken += c.width().unwrap_or(0);
        (taken > width).then_some(at)
    });
    &text[..end.unwrap_or(text.len())]
}

/// `text` in exactly `width` columns, from the left; what does not fit ends in an ellipsis.
pub(super) fn left(text: &str, width: usize) -> String {
    let text = if text.width() > width { format!("{}…", fitting(text, width - 1)) } else { text.to_owned() };
    let air = width.saturating_sub(text.width());
    text + &" ".repeat(air)
}

/// `text` in at least `width` columns, from the right.
pub(super) fn right(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(text.width())) + text
}
