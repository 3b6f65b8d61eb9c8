//! The story says what it said when its transcript was recorded.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use regex_lite::Regex;

use super::{Subject, must, needing};
use crate::lang::Lang;

pub(super) fn trials(story: &'static Subject) -> Vec<Trial> {
    let not_linux = (!cfg!(target_os = "linux")).then_some("Linux, whose socket table the transcripts show");
    let missing = not_linux.or(story.missing);
    Lang::ALL
        .map(|lang| {
            let name = format!("the story in `{lang}` is the one in transcript.{lang}.txt");
            needing(missing, &name, move || compare(story, lang))
        })
        .into()
}

fn compare(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let path = Path::new(story.folder).join(format!("transcript.{lang}.txt"));
    let said = story.program().story(&["--lang", lang.code()])?;
    if std::env::var_os("COURSE_BLESS").is_some() {
        fs::write(&path, &said)?;
        return Ok(());
    }
    let again = format!("record it again: COURSE_BLESS=1 cargo test -p lesson{:02}", story.number);
    let recorded = fs::read_to_string(&path).map_err(|why| format!("{}: {why}; {again}", path.display()))?;
    let (said, recorded) = (steps(&mask(&said, story.varying)), steps(&mask(&recorded, story.varying)));
    let differs = (0..said.len().max(recorded.len())).find(|&at| said.get(at) != recorded.get(at));
    must(differs.is_none(), || {
        let at = differs.unwrap_or_default();
        let part = |parts: &[String]| parts.get(at).cloned().unwrap_or("(nothing)".into());
        format!(
            "{}\n  recorded: {}\n  said now: {}\nIf the new one is right, {again}",
            path.display(),
            part(&recorded),
            part(&said)
        )
    })
}

/// Replaces what differs from run to run. A transcript in the book keeps its real figures.
fn mask(text: &str, varying: &[&str]) -> String {
    let replace = |text: &str, pattern: &str, by: &str| {
        Regex::new(pattern).expect("the patterns below are right").replace_all(text, by).into_owned()
    };
    let mut text = replace(text, r"((?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:.%]+\]):\d{1,5}", "$1:PORT");
    text = replace(&text, r"\b\d+([.,]\d+)? ?(ns|µs|ms|s)\b", "TIME");
    for word in varying {
        text = match word.strip_suffix('…') {
            Some(before) => replace(&text, &format!("({before}).*"), "${1}…"),
            None => replace(&text, &format!(r"({word}(?:\W{{0,3}}| +))\d+(?: +\d+)*"), "${1}N"),
        };
    }
    text
}

/// One entry a step, spaces and line ends folded: a wider number must not change the comparison.
fn steps(text: &str) -> Vec<String> {
    let begins = Regex::new(r"^ ?\d+  ").expect("a constant pattern");
    let mut steps = vec![String::new()];
    for line in text.lines() {
        if begins.is_match(line) {
            steps.push(String::new());
        }
        for word in line.split_whitespace() {
            let step = steps.last_mut().expect("never empty");
            step.push_str(word);
            step.push(' ');
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mask_replaces_only_what_varies() {
        let said = "pid 4242 at 127.0.0.1:40517 and [::1]:9 after 1.5 ms: 8 bytes, fd: 12";
        assert_eq!(mask(said, &["pid", "fd"]), "pid N at 127.0.0.1:PORT and [::1]:PORT after TIME: 8 bytes, fd: N");
        assert_eq!(mask("pid       4242     4243\nstate 1", &["pid"]), "pid       N\nstate 1"); // a row for two sides
    }

    #[test]
    fn mask_with_an_ellipsis_replaces_the_rest_of_the_line() {
        assert_eq!(mask("localhost → [::1]:9, 127.0.0.1:9\n8 bytes", &["localhost →…"]), "localhost →…\n8 bytes");
    }

    #[test]
    fn steps_keep_a_changed_word_and_ignore_a_changed_wrap() {
        assert_eq!(steps(" 1  one\n    two\n 2  three"), steps(" 1  one two\n 2  three"));
        assert_ne!(steps(" 1  one two"), steps(" 1  one twe"));
    }
}
