//! The sentences of the book, wherever they stand, and how they are written.

use crate::course::Course;
use crate::figure::Figure;
use crate::markdown::parser;
use crate::page::{Claims, Glossary, Page};
use crate::problem::{Problem, line_at};
use crate::text;
use mdbook_markdown::pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use narrate::Lang;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A piece of Vietnamese text and where it stands.
#[derive(Debug)]
pub struct Prose {
    /// The file, relative to the top of the course.
    pub file: PathBuf,
    /// The line.
    pub line: usize,
    /// The words, without code and markup.
    pub text: String,
}

/// All Vietnamese prose: the pages, the tables and the labels of figures. What the note says is
/// left out, since it is quoted letter for letter.
pub fn collect<'a>(course: &Course, pages: impl Iterator<Item = &'a Page>) -> Vec<Prose> {
    let mut prose = Vec::new();
    for page in pages {
        for (line, text) in texts(page) {
            prose.push(Prose { file: page.file.clone(), line, text });
        }
    }
    if let Ok(claims) = Claims::read(course) {
        let reasons = claims.claim.iter().flat_map(|claim| claim.reason.iter().chain(&claim.so_far));
        prose.extend(from_table(course, "claims.toml", reasons.map(|reason| reason.vi.as_str())));
    }
    if let Ok(glossary) = Glossary::read(course) {
        let meanings = glossary.term.iter().map(|term| term.means.vi.as_str());
        prose.extend(from_table(course, "glossary.toml", meanings));
    }
    if let Ok(curriculum) = course.curriculum() {
        let shown = curriculum.lessons().flat_map(|lesson| [lesson.title.vi.as_str(), lesson.shows.vi.as_str()]);
        prose.extend(from_table(course, "lessons.toml", shown));
    }
    for path in figures(course) {
        prose.extend(from_figure(course, &path));
    }
    prose
}

fn from_table<'a>(course: &Course, name: &str, texts: impl Iterator<Item = &'a str>) -> Vec<Prose> {
    let path = course.book().join(name);
    let source = fs::read_to_string(&path).unwrap_or_default();
    let file = course.relative(&path);
    // A text may be folded over lines; its first words are enough to find it.
    let line = |text: &str| {
        let start: String = text.trim().chars().take(24).collect();
        source.find(&start).map_or(0, |at| line_at(&source, at))
    };
    texts.map(|text| Prose { file: file.to_owned(), line: line(text), text: without_code(text) }).collect()
}

/// Every figure of the book.
pub fn figures(course: &Course) -> Vec<PathBuf> {
    let entries = fs::read_dir(course.book().join("figures")).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "fig")).collect();
    paths.sort();
    paths
}

fn from_figure(course: &Course, path: &Path) -> Vec<Prose> {
    let file = course.relative(path).to_owned();
    let Ok(source) = fs::read_to_string(path) else { return Vec::new() };
    let Ok(figure) = Figure::parse(&source, Lang::Vi) else { return Vec::new() };
    let head = [&figure.title, &figure.description].map(|text| {
        let line = source.find(text.as_str()).map_or(0, |at| line_at(&source, at));
        Prose { file: file.clone(), line, text: without_code(text) }
    });
    // Settings such as `data: FILE` hold no words.
    let labels = figure.rows.iter().filter(|row| row.key.contains(' ') || row.key == "gap");
    let labels = labels.map(|row| Prose { file: file.clone(), line: row.line, text: without_code(&row.label) });
    head.into_iter().chain(labels).collect()
}

/// A sentence without what stands in backticks.
fn without_code(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// The running text of a page with its lines: no code, no addresses, no directives.
fn texts(page: &Page) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut in_code, mut in_address) = (false, false);
    for (event, range) in parser(&page.text).into_offset_iter() {
        let line = page.line_at(range.start);
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => in_address = true,
            Event::End(TagEnd::Link) => in_address = false,
            Event::Text(text) if !in_code && !in_address && !text.starts_with("{{#") => {
                found.push((line, text.to_string()));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let text = between_tags(&html);
                if !text.trim().is_empty() {
                    found.push((line, text));
                }
            }
            _ => {}
        }
    }
    found
}

fn between_tags(html: &str) -> String {
    if html.trim_start().starts_with("<!--") {
        return String::new();
    }
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<Vec<_>>().join(" ")
}

/// The words of one section of a page, in lower case, each with its line.
#[derive(Debug)]
pub struct Section {
    /// The line of its heading.
    pub line: usize,
    words: Vec<(usize, String)>,
}

impl Section {
    /// The line on which the words of `phrase` follow each other, if they do.
    pub fn line_of(&self, phrase: &str) -> Option<usize> {
        let phrase: Vec<String> = split_words(phrase).collect();
        let mut windows = self.words.windows(phrase.len().max(1));
        let hit = windows.find(|window| window.iter().map(|(_, word)| word).eq(phrase.iter()))?;
        hit.first().map(|(line, _)| *line)
    }
}

/// The words of a page, section by section.
pub fn words_of(page: &Page) -> Vec<Section> {
    let headings: Vec<usize> = parser(&page.text)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })))
        .map(|(_, range)| page.line_at(range.start))
        .collect();
    let mut sections: Vec<Section> =
        [1].into_iter().chain(headings).map(|line| Section { line, words: Vec::new() }).collect();
    for (line, text) in texts(page) {
        let at = sections.iter().rposition(|section| section.line <= line).unwrap_or(0);
        sections[at].words.extend(split_words(&text).map(|word| (line, word)));
    }
    sections
}

/// Words in lower case. Letters and digits belong to a word, everything else parts words.
pub fn split_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Text that is not NFC (in any file of the book), and tone marks in the older style.
pub fn problems(course: &Course, prose: &[Prose]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for path in sources(course) {
        let Ok(source) = fs::read_to_string(&path) else { continue };
        for (index, line) in source.lines().enumerate().filter(|(_, line)| !is_nfc(line)) {
            let word = line.split_whitespace().find(|word| !is_nfc(word)).unwrap_or(line);
            let composed: String = word.nfc().collect();
            problems.push(Problem::new(course.relative(&path), index + 1, text::not_nfc(composed)));
        }
    }
    for piece in prose {
        for word in split_words(&piece.text) {
            if let Some(newer) = newer_style(&word) {
                problems.push(Problem::new(&piece.file, piece.line, text::older_tone(word, newer)));
            }
        }
    }
    problems
}

/// Lines that begin with TODO: a template's, or an author's own, still to be written.
pub fn unwritten(page: &Page) -> Vec<Problem> {
    let lines = page.text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("TODO"));
    lines.map(|(index, _)| page.problem(index + 1, text::unwritten())).collect()
}

/// Every text file that a person writes for the book.
fn sources(course: &Course) -> Vec<PathBuf> {
    let mut found = figures(course);
    found.extend(["claims.toml", "glossary.toml", "lessons.toml", "words.txt"].map(|name| course.book().join(name)));
    for lang in Lang::ALL {
        let names = course.page_names(lang).unwrap_or_default();
        found.extend(names.into_iter().map(|name| course.pages(lang).join(name)));
    }
    found
}

/// The pairs of an open syllable: older style, newer style.
const TONES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// The newer spelling of a word in the older style ("hoà" gives "hòa"). Only a syllable that
/// ends in oa, oe or uy has two styles; in "quý" the u belongs to the consonant.
pub fn newer_style(word: &str) -> Option<String> {
    restyle(word, |(older, newer)| (older, newer))
}

/// The older spelling of a word in the newer style, as the spelling dictionary has it.
pub fn older_style(word: &str) -> Option<String> {
    restyle(word, |(older, newer)| (newer, older))
}

fn restyle(word: &str, pick: fn((&'static str, &'static str)) -> (&'static str, &'static str)) -> Option<String> {
    let (stem, ending) = TONES.map(pick).into_iter().find_map(|(from, to)| Some((word.strip_suffix(from)?, to)))?;
    (!stem.ends_with('q')).then(|| format!("{stem}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_syllables_have_two_styles_and_closed_ones_one() {
        assert_eq!(newer_style("hoà").as_deref(), Some("hòa"));
        assert_eq!(newer_style("khoẻ").as_deref(), Some("khỏe"));
        assert_eq!(newer_style("thuỷ").as_deref(), Some("thủy"));
        for word in ["hòa", "hoàn", "quý", "thuyền", "hóa", "khoét"] {
            assert_eq!(newer_style(word), None, "{word}");
        }
        assert_eq!(older_style("tùy").as_deref(), Some("tuỳ"));
    }
}
