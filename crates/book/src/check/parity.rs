//! Both languages say the same: the same headings with the same ids, the same code, figures,
//! links, lists, tables and boxes, in the same places.

use super::step::SUMMARY;
use crate::markdown::parser;
use crate::page::Page;
use crate::problem::Problem;
use crate::text;
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

/// One part of a page that must stand on both sides.
#[derive(Clone, Debug)]
struct Item {
    line: usize,
    what: String,
}

/// The skeleton of a page: its parts in order, and its links by section.
#[derive(Default)]
struct Skeleton {
    items: Vec<Item>,
    /// For each section the targets of its links; a sentence may order them differently.
    links: Vec<Vec<Item>>,
    /// Headings without an explicit id.
    unnamed: Vec<Item>,
}

/// Where the two sides part.
pub fn problems(vi: &Page, en: &Page) -> Vec<Problem> {
    let (left, right) = (skeleton(vi), skeleton(en));
    let mut problems = Vec::new();
    if vi.name != SUMMARY {
        for (page, side) in [(vi, &left), (en, &right)] {
            for heading in &side.unnamed {
                problems.push(page.problem(heading.line, text::heading_without_id(&heading.what)));
            }
        }
    }
    let longest = left.items.len().max(right.items.len());
    let differing = (0..longest).find(|&n| match (left.items.get(n), right.items.get(n)) {
        (Some(left), Some(right)) => left.what != right.what,
        _ => true,
    });
    match differing {
        // Whatever follows differs only because of this one.
        Some(n) => problems.push(differ(vi, en, left.items.get(n), right.items.get(n))),
        None => {
            for (left, right) in left.links.iter().zip(&right.links) {
                problems.extend(links_differ(vi, en, left, right));
            }
        }
    }
    problems
}

fn differ(vi: &Page, en: &Page, left: Option<&Item>, right: Option<&Item>) -> Problem {
    match (left, right) {
        (Some(left), Some(right)) => vi.problem(
            left.line,
            text::sides_differ(&left.what, format_args!("{}:{}", en.file.display(), right.line), &right.what),
        ),
        (Some(only), None) => vi.problem(only.line, text::side_lacks(en.file.display(), &only.what)),
        (None, Some(only)) => en.problem(only.line, text::side_lacks(vi.file.display(), &only.what)),
        (None, None) => unreachable!("one side has an item that the other lacks"),
    }
}

fn links_differ(vi: &Page, en: &Page, left: &[Item], right: &[Item]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (page, mine, other, others) in [(vi, left, en, right), (en, right, vi, left)] {
        for item in mine {
            let count = |items: &[Item]| items.iter().filter(|other| other.what == item.what).count();
            if count(mine) > count(others) {
                problems.push(page.problem(item.line, text::side_lacks(other.file.display(), &item.what)));
            }
        }
    }
    problems
}

fn skeleton(page: &Page) -> Skeleton {
    let mut side = Skeleton { links: vec![Vec::new()], ..Skeleton::default() };
    let mut code: Option<(usize, String, String)> = None;
    for (event, range) in parser(&page.text).into_offset_iter() {
        let line = page.line_at(range.start);
        let mut add = |what: String| side.items.push(Item { line, what });
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                match &id {
                    Some(id) => add(format!("{level} #{id}")),
                    None => {
                        add(level.to_string());
                        let heading = page.text[range].lines().next().unwrap_or_default().to_owned();
                        side.unnamed.push(Item { line, what: heading });
                    }
                }
                side.links.push(Vec::new());
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                code = Some((line, info, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((line, info, body)) = code.take() {
                    side.items.push(Item { line, what: code_item(&info, &body) });
                }
            }
            Event::Text(text) => {
                if let Some((_, _, body)) = &mut code {
                    body.push_str(&text);
                } else if text.starts_with("{{#") {
                    add(text.trim().to_owned());
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                if let Some(section) = side.links.last_mut() {
                    section.push(Item { line, what: format!("link {dest_url}") });
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => add(format!("image {dest_url}")),
            Event::Start(Tag::List(Some(_))) => add("numbered list".to_owned()),
            Event::Start(Tag::List(None)) => add("list".to_owned()),
            Event::Start(Tag::Item) => add("list item".to_owned()),
            Event::Start(Tag::Table(columns)) => add(format!("table of {} columns", columns.len())),
            Event::Start(Tag::TableRow) => add("table row".to_owned()),
            Event::Start(Tag::BlockQuote(Some(kind))) => add(format!("box {kind:?}")),
            Event::Start(Tag::BlockQuote(None)) => add("quotation".to_owned()),
            Event::Html(html) | Event::InlineHtml(html) => {
                tags(&html).into_iter().for_each(add);
            }
            _ => {}
        }
    }
    side
}

/// What must be the same about a code block. Output and comments may be translated, the
/// commands between them not; of a `text` block only its presence counts.
fn code_item(info: &str, body: &str) -> String {
    let language = info.split([' ', ',']).next().unwrap_or_default();
    let kept = match language {
        "text" => String::new(),
        "console" => body.lines().filter(|line| line.starts_with("$ ")).map(command).collect::<Vec<_>>().join("\n"),
        _ => body.trim().to_owned(),
    };
    if kept.is_empty() { format!("code block {info}") } else { format!("code block {info}: {kept}") }
}

/// A command without the comment behind it.
fn command(line: &str) -> &str {
    line.split(" # ").next().unwrap_or(line).trim_end()
}

/// The opening tags of raw HTML, without those that only carry a language's own text.
fn tags(html: &str) -> Vec<String> {
    html.split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>').map(|(tag, _)| tag.trim()))
        .filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|tag| format!("<{tag}>"))
        .collect()
}
