//! Vietnamese words that no dictionary knows.
//!
//! English terms stay English in this book ("server", "thread"). A word without any mark that the
//! English edition uses too is taken for one of these, so that nobody keeps a list of them.

use super::Dictionary;
use super::prose::{Prose, figures, older_style, split_words};
use crate::course::Course;
use crate::problem::Problem;
use crate::text;
use narrate::Lang;
use std::collections::HashSet;
use std::path::Path;
use std::{env, fs};

/// Words that this book uses and no dictionary has: names, and English that stays English.
const OWN_WORDS: &str = "words.txt";
/// Where systems install the dictionary that Debian calls `hunspell-vi`.
const INSTALLED: [&str; 4] = [
    "/usr/share/hunspell/vi_VN.dic",
    "/usr/share/myspell/dicts/vi_VN.dic",
    "/opt/homebrew/share/hunspell/vi_VN.dic",
    "/usr/local/share/hunspell/vi_VN.dic",
];

/// Looks every word up and adds what is unknown to `problems`. Returns how many words there
/// were, or nothing when there is no dictionary; under `COURSE_TEST_ALL` that is a problem too.
pub fn problems(
    course: &Course,
    prose: &[Prose],
    dictionary: &Dictionary,
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    let own = course.book().join(OWN_WORDS);
    let Some(known) = words(dictionary) else {
        if env::var_os("COURSE_TEST_ALL").is_some_and(|value| value == "1") {
            problems.push(Problem::new(course.relative(&own), 0, text::dictionary_missing()));
        }
        return None;
    };
    let own_words = fs::read_to_string(&own).unwrap_or_default();
    let own_words: HashSet<String> =
        own_words.lines().map(str::trim).filter(|line| !line.starts_with('#')).map(str::to_lowercase).collect();
    let english = english_words(course);
    let mut count = 0;
    let mut told = HashSet::new();
    for piece in prose {
        for word in piece.text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| is_word(word)) {
            count += 1;
            let lower = word.to_lowercase();
            let older = older_style(&lower);
            let forms = [Some(&lower), older.as_ref()];
            let is_known = forms.into_iter().flatten().any(|form| known.contains(form) || own_words.contains(form))
                || word.is_ascii() && english.contains(&lower);
            // Once a file is enough: whoever mends one finds the others.
            if !is_known && told.insert((&piece.file, lower)) {
                problems.push(Problem::new(&piece.file, piece.line, text::unknown_word(word)));
            }
        }
    }
    Some(count)
}

/// Every word of the English edition, of the tables and of the figures, code included.
fn english_words(course: &Course) -> HashSet<String> {
    let pages = course.page_names(Lang::En).unwrap_or_default();
    let pages = pages.into_iter().map(|name| course.pages(Lang::En).join(name));
    let tables = ["claims.toml", "glossary.toml", "lessons.toml"].map(|name| course.book().join(name));
    pages
        .chain(tables)
        .chain(figures(course))
        .filter_map(|path| fs::read_to_string(path).ok())
        .flat_map(|text| split_words(&text).collect::<Vec<_>>())
        .collect()
}

/// Something to look up: letters only, and not an acronym such as TCP.
fn is_word(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(char::is_alphabetic)
        && !(word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()))
}

/// The words of the dictionary in lower case. The Vietnamese one is a plain list of syllables
/// without affixes, so that reading it needs no spelling library.
fn words(dictionary: &Dictionary) -> Option<HashSet<String>> {
    let text = match dictionary {
        Dictionary::Given(text) => text.clone(),
        Dictionary::Installed => INSTALLED.iter().map(Path::new).find_map(|path| fs::read_to_string(path).ok())?,
        Dictionary::None => return None,
    };
    let word = |line: &str| line.split('/').next().unwrap_or_default().trim().to_lowercase();
    Some(text.lines().skip(1).map(word).collect())
}
