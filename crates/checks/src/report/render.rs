//! A report as a person reads it.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::wrap::{hang, wrap};
use super::{Outcome, Report, Verdict, bytes};
use crate::{Direction, Event, Failure, Lang, Symptom, Text};

/// How to print: a terminal has a width and perhaps colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Use ANSI colours. They never carry a meaning of their own.
    pub colour: bool,
    /// The columns there are; 80 is what the course is written for.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Style {
        Style { colour: false, width: 80 }
    }
}

const GREEN: &str = "32";
const RED: &str = "31";
const CYAN: &str = "36";
const YELLOW: &str = "33";
const BOLD: &str = "1";
const DIM: &str = "2";

const DUE: Text = Text { vi: "lẽ ra", en: "expected" };
const CAME: Text = Text { vi: "nhận được", en: "received" };
const HINT: Text = Text { vi: "Gợi ý", en: "Hint" };
const REPLAY: Text = Text { vi: "Chạy lại", en: "Replay" };
const INFRA: Text = Text {
    vi: "chính bộ kiểm tra gặp trục trặc, không nói gì về chương trình của bạn:",
    en: "the checker itself had trouble, which says nothing about your program:",
};

/// How many steps of a conversation are shown from its beginning and from its end.
const FIRST_STEPS: usize = 4;
const LAST_STEPS: usize = 10;

impl Report {
    /// The whole report: a line for each check, then the first failure in full, then how to
    /// replay it.
    pub fn render(&self, lang: Lang, style: Style) -> String {
        let column = self.outcomes.iter().map(|outcome| outcome.check.id.len()).max().unwrap_or(0);
        let mut out = String::new();
        for outcome in &self.outcomes {
            out += &self.summary(outcome, column, lang, style);
        }
        // One trouble at a time; the first in the order in which a learner should meet them.
        if let Some(first) = self.failed().next() {
            out.push('\n');
            out += &self.render_outcome(first, lang, style);
        }
        out
    }

    /// One check in full: for a failure, what was said, where it went wrong, what to look at.
    pub fn render_outcome(&self, outcome: &Outcome, lang: Lang, style: Style) -> String {
        let Verdict::Failed(failure) = &outcome.verdict else {
            return self.summary(outcome, outcome.check.id.len(), lang, style);
        };
        let mark = style.paint(RED, "✗");
        let id = style.paint(BOLD, outcome.check.id);
        let title = wrap(outcome.check.title.get(lang), style.width.saturating_sub(4)).join("\n    ");
        let mut out = format!("{mark} {id}\n    {title}\n");
        out += &style.failure(failure, lang);
        if failure.symptom != Symptom::NotStarted {
            let label = style.paint(DIM, REPLAY.get(lang));
            let _ = writeln!(out, "\n  {label}  {}", self.replay());
        }
        out
    }

    fn summary(&self, outcome: &Outcome, column: usize, lang: Lang, style: Style) -> String {
        let (colour, mark) = match &outcome.verdict {
            Verdict::Passed => (GREEN, "✓"),
            Verdict::Failed(_) => (RED, "✗"),
            Verdict::Skipped(_) => (DIM, "·"),
            Verdict::Infra(_) => (YELLOW, "!"),
        };
        let words = match &outcome.verdict {
            Verdict::Passed | Verdict::Failed(_) => outcome.check.title.get(lang).to_owned(),
            Verdict::Skipped(reason) => reason.get(lang).to_owned(),
            Verdict::Infra(trouble) => format!("{} {trouble}", INFRA.get(lang)),
        };
        let line = hang(&format!("  {mark} {:column$}  ", outcome.check.id), &words, style.width);
        line.replacen(mark, &style.paint(colour, mark), 1)
    }
}

impl Style {
    fn paint(self, colour: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn failure(self, failure: &Failure, lang: Lang) -> String {
        let mut out = hang("  ", failure.what.get(lang), self.width);
        if !failure.timeline.is_empty() {
            out.push('\n');
            out += &self.timeline(&failure.timeline, lang);
        }
        if let Some(difference) = &failure.difference {
            let [due, came, caret] =
                bytes::difference(difference, DUE.get(lang), CAME.get(lang), self.width.saturating_sub(4));
            let caret = self.paint(RED, &caret);
            let _ = write!(out, "\n    {due}\n    {came}\n    {caret}\n");
        }
        if !failure.stderr.is_empty() {
            out.push('\n');
            for line in &failure.stderr {
                let label = self.paint(DIM, "stderr |");
                let _ = writeln!(out, "    {label} {line}");
            }
        }
        if let Some(hint) = failure.hint.or_else(|| failure.symptom.usual_hint()) {
            let label = HINT.get(lang);
            let text = hang(&format!("  {label}  "), hint.text.get(lang), self.width);
            out.push('\n');
            out += &text.replacen(label, &self.paint(YELLOW, label), 1);
        }
        out
    }

    fn timeline(self, events: &[Event], lang: Lang) -> String {
        // One connection needs no name; a few get a letter; a crowd, numbers.
        let column = match events.iter().filter_map(|event| event.peer).max() {
            None | Some(0) => 0,
            Some(last) => letter(last).len() + 1,
        };
        let skipped = events.len().saturating_sub(FIRST_STEPS + LAST_STEPS);
        let mut out = String::new();
        for (index, event) in events.iter().enumerate() {
            if skipped > 1 && index == FIRST_STEPS {
                let words = Text { vi: "bước nữa", en: "more steps" };
                let _ = writeln!(out, "    … {skipped} {}", words.get(lang));
            }
            let left_out = FIRST_STEPS..FIRST_STEPS + skipped;
            if skipped <= 1 || !left_out.contains(&index) {
                out += &self.event(event, column, lang);
            }
        }
        out
    }

    fn event(self, event: &Event, column: usize, lang: Lang) -> String {
        let (colour, arrow) = match event.direction {
            Direction::Out => (CYAN, "→"),
            Direction::In => (YELLOW, "←"),
            Direction::Note => (DIM, "·"),
        };
        let name = event.peer.filter(|_| column > 0).map(letter).unwrap_or_default();
        let head = format!("    {name:column$}{arrow} ");
        let what = event.what.get(lang);
        let mut lines = String::new();
        if event.total > 0 {
            let columns = if self.width >= 80 { 16 } else { 8 };
            let mut words = if what.is_empty() { String::new() } else { format!(" ({what})") };
            if event.total > columns {
                let count = event.total;
                let _ = write!(words, " {count} byte{}", if lang == Lang::En { "s" } else { "" });
            }
            let shown = bytes::line(&event.bytes, event.total, columns);
            if head.width() + shown.width() + words.width() <= self.width {
                let _ = writeln!(lines, "{head}{shown}{words}");
            } else {
                let indent = head.width();
                let _ = writeln!(lines, "{head}{shown}\n{:indent$}{}", "", words.trim_start());
            }
        } else {
            lines = hang(&head, what, self.width);
        }
        lines.replacen(arrow, &self.paint(colour, arrow), 1)
    }
}

/// A, B, … Z, then numbers.
fn letter(peer: usize) -> String {
    match u8::try_from(peer) {
        Ok(number) if number < 26 => char::from(b'A' + number).to_string(),
        _ => peer.to_string(),
    }
}
