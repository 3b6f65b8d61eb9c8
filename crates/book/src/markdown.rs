//! Small helpers around Markdown and HTML that several parts of the book share.

use mdbook_markdown::pulldown_cmark::{Parser, html};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

/// The parser that mdBook uses, with the options of `book.toml`.
pub fn parser(text: &str) -> Parser<'_> {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = false;
    new_cmark_parser(text, &options)
}

/// A sentence with `code`, *emphasis* and links as HTML without the paragraph around it.
pub fn inline(text: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, parser(text));
    let out = out.trim();
    // One paragraph loses its tags; anything else (a list, two paragraphs) keeps them.
    match out.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(body) if !body.contains("<p>") => body.replace('\n', " "),
        _ => out.replace('\n', " "),
    }
}

/// Text as HTML text or as the value of a quoted attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A fenced code block whose fence is longer than any run of backticks in `body`.
pub fn fenced(info: &str, body: &str) -> String {
    let longest = body.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{info}\n{}\n{fence}", body.trim_end_matches('\n'))
}

/// Follows the fences of code blocks from line to line.
#[derive(Debug, Default)]
pub struct Fences {
    open: Option<(char, usize, String)>,
}

impl Fences {
    /// Takes the next line; true when it opens or closes a block.
    pub fn step(&mut self, line: &str) -> bool {
        let line = line.trim();
        let Some(mark) = line.chars().next().filter(|c| matches!(c, '`' | '~')) else {
            return false;
        };
        let run = line.chars().take_while(|&c| c == mark).count();
        if run < 3 {
            return false;
        }
        let info = line[run..].trim();
        match &self.open {
            Some((open, width, _)) if *open == mark && run >= *width && info.is_empty() => {
                self.open = None;
                true
            }
            Some(_) => false,
            None => {
                self.open = Some((mark, run, info.to_owned()));
                true
            }
        }
    }

    /// The info string of the block that the last line belongs to or has opened.
    pub fn inside(&self) -> Option<&str> {
        self.open.as_ref().map(|(_, _, info)| info.as_str())
    }
}
