//! The two READMEs show pieces of transcripts, and a reader believes them.
//!
//! GitHub expands no directive, so a piece is copied in, below a comment that says what it is:
//! `<!-- transcript 03 1-3 -->`. Here it is compared with the transcript.

use crate::course::Course;
use crate::markdown::Fences;
use crate::page::transcript;
use crate::problem::Problem;
use crate::text;
use narrate::Lang;
use std::fs;

/// Pieces that are not what the lesson prints. A README that is not there is nobody's fault here.
pub fn problems(course: &Course) -> Vec<Problem> {
    let readmes = [(Lang::En, "README.md"), (Lang::Vi, "README.vi.md")];
    let read = |name| fs::read_to_string(course.root().join(name)).ok();
    readmes
        .into_iter()
        .filter_map(|(lang, name)| Some((lang, name, read(name)?)))
        .flat_map(|(lang, name, text)| outdated(course, lang, name, &text))
        .collect()
}

fn outdated(course: &Course, lang: Lang, name: &str, readme: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut fences = Fences::default();
    let mut wanted = None;
    let mut block = String::new();
    for (index, line) in readme.lines().enumerate() {
        if fences.step(line) {
            if fences.inside().is_some() {
                block.clear();
            } else if let Some((at, lesson, steps)) = wanted.take() {
                match transcript::shown(course, lang, lesson, steps) {
                    Ok(shown) if shown.trim_end() == block.trim_end() => {}
                    Ok(_) => problems.push(Problem::new(name, at, text::readme_outdated(lesson))),
                    Err(message) => problems.push(Problem::new(name, at, message)),
                }
            }
        } else if fences.inside().is_some() {
            block.push_str(line);
            block.push('\n');
        } else if let Some(words) = line.strip_prefix("<!-- transcript ").and_then(|rest| rest.strip_suffix(" -->")) {
            let mut words = words.split_whitespace();
            wanted = Some((index + 1, words.next().unwrap_or_default(), words.next()));
        }
    }
    problems
}
