//! Every link on every built page leads somewhere: the file exists, and so does the fragment.

use crate::course::Course;
use crate::problem::{Problem, line_at};
use crate::site::files;
use crate::text;
use anyhow::Result;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// What a page offers and what it asks for.
#[derive(Debug, Default)]
struct Anchors {
    ids: HashSet<String>,
    twice: Vec<String>,
    targets: Vec<String>,
}

/// How many links there are, and those that lead nowhere; also ids that a page has twice.
pub fn problems(course: &Course, out: &Path) -> Result<(usize, Vec<Problem>)> {
    let mut pages = HashMap::new();
    for path in files(out)? {
        if path.extension().is_some_and(|end| end == "html") {
            let anchors = read(&fs::read_to_string(&path)?);
            pages.insert(path, anchors);
        }
    }
    let (mut count, mut problems) = (0, Vec::new());
    for (path, anchors) in &pages {
        for id in &anchors.twice {
            problems.push(at_source(course, out, path, id, text::id_twice(id)));
        }
        for target in anchors.targets.iter().filter(|target| !leaves_the_book(target)) {
            count += 1;
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let file = file.split('?').next().unwrap_or_default();
            let found = if file.is_empty() { path.clone() } else { join(path, file) };
            if !found.is_file() {
                problems.push(at_source(course, out, path, target, text::link_no_file(target)));
            } else if !fragment.is_empty() && pages.get(&found).is_some_and(|page| !page.ids.contains(fragment)) {
                problems.push(at_source(course, out, path, target, text::link_no_id(target)));
            }
        }
    }
    Ok((count, problems))
}

fn leaves_the_book(target: &str) -> bool {
    ["http:", "https:", "mailto:", "data:"].iter().any(|scheme| target.starts_with(scheme))
}

fn join(page: &Path, target: &str) -> PathBuf {
    let mut path = page.parent().unwrap_or(page).to_owned();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    path
}

/// Names the Markdown line that a built page's link or id comes from, as far as it can be found.
fn at_source(course: &Course, out: &Path, page: &Path, what: &str, message: String) -> Problem {
    let inside = page.strip_prefix(out).unwrap_or(page);
    let mut source = course.book().join(inside).with_extension("md");
    if source.file_name().is_some_and(|name| name == "index.md") && !source.exists() {
        source.set_file_name("README.md");
    }
    let Ok(text) = fs::read_to_string(&source) else {
        return Problem::new(inside, 0, message);
    };
    let (file, fragment) = what.split_once('#').unwrap_or((what, ""));
    let written = if fragment.is_empty() { file.replace(".html", "") } else { format!("#{fragment}") };
    let line = text.find(&written).map_or(0, |at| line_at(&text, at));
    Problem::new(course.relative(&source), line, message)
}

fn read(html: &str) -> Anchors {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.anchors.into_inner()
}

/// Takes the tags of a page as the HTML tokenizer finds them.
#[derive(Default)]
struct Sink {
    anchors: RefCell<Anchors>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(Tag { kind: TagKind::StartTag, name, attrs, .. }) = token else {
            return TokenSinkResult::Continue;
        };
        let mut anchors = self.anchors.borrow_mut();
        for attribute in &attrs {
            let value = attribute.value.to_string();
            match &*attribute.name.local {
                "id" if !anchors.ids.insert(value.clone()) => anchors.twice.push(value),
                "href" | "src" => anchors.targets.push(value),
                _ => {}
            }
        }
        // What stands in a script is not markup, though it may look like it.
        match &*name {
            "script" => TokenSinkResult::RawData(html5ever::tokenizer::states::RawKind::ScriptData),
            "style" => TokenSinkResult::RawData(html5ever::tokenizer::states::RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_markup_counts() {
        let anchors =
            read("<a id=one href=\"x.html#y\">&lt;a href=\"no\"&gt;</a><script>'<a id=\"two\">'</script><b id=one>");
        assert_eq!(anchors.targets, ["x.html#y"]);
        assert_eq!(anchors.ids, HashSet::from(["one".to_owned()]));
        assert_eq!(anchors.twice, ["one"]);
    }
}
