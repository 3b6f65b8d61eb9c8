//! `{{#transcript 03 2-4}}`: what a lesson printed, whole or a few of its steps.

use super::{DirectiveContext, lesson_number, read};
use crate::course::Course;
use crate::markdown::fenced;
use crate::text;
use narrate::Lang;

/// The golden transcript of a lesson as a code block of class `transcript`.
pub fn expand(context: &DirectiveContext, lesson: &str, steps: Option<&str>) -> Result<String, String> {
    Ok(fenced("text transcript", &shown(context.course, context.lang(), lesson, steps)?))
}

/// What a lesson printed in `lang`: all of it, or the steps in a range such as `2-4`.
pub fn shown(course: &Course, lang: Lang, lesson: &str, steps: Option<&str>) -> Result<String, String> {
    let number = lesson_number(lesson)?;
    let path = course.transcript(number, lang).ok_or_else(|| text::lesson_missing(lesson))?;
    let whole = read(course, &path)?;
    let Some(range) = steps else { return Ok(whole) };
    let (first, last) = parse_range(range).ok_or_else(|| text::steps_wanted(range))?;
    let file = course.relative(&path).display().to_string();
    cut(&whole, first, last).map_err(|step| text::step_missing(file, step))
}

/// `2` or `2-4`.
fn parse_range(range: &str) -> Option<(usize, usize)> {
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last).then_some((first, last))
}

/// The number of the step that `line` begins: right-aligned in two columns, then two spaces.
fn step_of(line: &str) -> Option<usize> {
    let number = line.get(..2)?;
    let rest = line.get(2..)?;
    (rest.starts_with("  ") && number.ends_with(|c: char| c.is_ascii_digit()))
        .then(|| number.trim_start().parse().ok())
        .flatten()
}

/// The lines of the steps `first..=last`, or the first of them that is missing.
fn cut(transcript: &str, first: usize, last: usize) -> Result<String, usize> {
    let mut lines: Vec<&str> = Vec::new();
    let mut seen = Vec::new();
    let mut inside = false;
    for line in transcript.lines() {
        if let Some(step) = step_of(line) {
            inside = (first..=last).contains(&step);
            if inside {
                seen.push(step);
            }
        } else if !line.trim().is_empty() && !line.starts_with("    ") {
            inside = false; // the story is over: "Try next" starts at the margin
        }
        if inside {
            lines.push(line);
        }
    }
    match (first..=last).find(|step| !seen.contains(step)) {
        Some(missing) => Err(missing),
        None => Ok(lines.join("\n")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Lesson 03\n\n 1  one\n    more\n\n 2  two\n      bytes\n10  ten\n\n Try next\n   a command\n";

    #[test]
    fn steps_are_cut_at_their_numbers() {
        assert_eq!(cut(STORY, 1, 1).unwrap().trim_end(), " 1  one\n    more");
        assert_eq!(cut(STORY, 2, 2).unwrap(), " 2  two\n      bytes");
        assert_eq!(cut(STORY, 10, 10).unwrap().trim_end(), "10  ten");
    }

    #[test]
    fn a_step_that_the_story_lacks_is_named() {
        assert_eq!(cut(STORY, 2, 4), Err(3));
    }

    #[test]
    fn a_range_counts_upwards() {
        assert_eq!(parse_range("2-4"), Some((2, 4)));
        assert_eq!(parse_range("3"), Some((3, 3)));
        assert_eq!(parse_range("4-2"), None);
        assert_eq!(parse_range("a"), None);
    }
}
