//! One language out of two: the header, the messages and the specifications of a stub.
//!
//! The committed form of a stub is bilingual. The rules by which the sides are told apart:
//!
//! - a paragraph of the header has the Vietnamese lines first, then the English ones; the cut is
//!   before the first line from which on no line is Vietnamese, and which begins a sentence. Or two paragraphs follow each other;
//! - a caption or a message on one line is `tiếng Việt · English`;
//! - two calls in a row print `Cách dùng: …` and `Usage: …`.
//!
//! A line is Vietnamese when a letter of it carries a mark that English has not; what stands in
//! backquotes or quotation marks does not count.

use narrate::Lang;

const LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";

/// The mark between the two halves of one line.
const BETWEEN: &str = " · ";

/// Returns `source`, a bilingual file, in `lang` alone.
pub fn one_language(source: &str, lang: Lang) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let end = lines.iter().position(|line| !line.starts_with("//!")).unwrap_or(lines.len());
    let mut result = header(&lines[..end], lang);
    let mut body = lines[end..].iter().peekable();
    while let Some(line) = body.next() {
        if body.peek().is_some_and(|next| is_usage_pair(line, next)) {
            let english = body.next().unwrap_or(line);
            result.push((if lang == Lang::Vi { line } else { english }).to_string());
        } else {
            result.push(messages(line, lang));
        }
    }
    result.iter().flat_map(|line| [line, "\n"]).collect()
}

/// What a block of the header is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Commands or a table: indented.
    Indented,
    /// Prose in both languages; the English begins at this line.
    Both(usize),
    Vietnamese,
    English,
}

/// The `//!` lines, one language of them.
fn header(lines: &[&str], lang: Lang) -> Vec<String> {
    let blocks: Vec<&[&str]> = lines.split(|line| line.trim_end() == "//!").filter(|block| !block.is_empty()).collect();
    let kinds: Vec<Block> = blocks.iter().map(|block| kind(block)).collect();
    let mut kept: Vec<Vec<String>> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let paired = match kinds[index] {
            Block::Vietnamese => kinds.get(index + 1) == Some(&Block::English),
            Block::English => index > 0 && kinds[index - 1] == Block::Vietnamese,
            _ => false,
        };
        let own = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        match (kinds[index], lang) {
            (Block::Indented, _) => kept.push(indented(block, lang)),
            (Block::Both(cut), Lang::Vi) => kept.push(own(&block[..cut])),
            (Block::Both(cut), Lang::En) => kept.push(own(&block[cut..])),
            (Block::Vietnamese, Lang::En) | (Block::English, Lang::Vi) if paired => {}
            _ => kept.push(block.iter().map(|line| half_of(line, lang)).collect()),
        }
    }
    kept.join(&"//!".to_owned())
}

fn kind(block: &[&str]) -> Block {
    if block[0].starts_with("//!     ") {
        return Block::Indented;
    }
    let mut cut = block.iter().rposition(|line| is_vietnamese(line)).map_or(0, |last| last + 1);
    // The rest of a sentence may have no letter with a mark: "ra sao."
    while cut > 0 && block.get(cut).is_some_and(|line| line[3..].trim_start().starts_with(char::is_lowercase)) {
        cut += 1;
    }
    match cut {
        0 => Block::English,
        cut if cut == block.len() => Block::Vietnamese,
        cut => Block::Both(cut),
    }
}

/// Lines with a caption behind the last gap, `command   chạy · run it`; or a Vietnamese line, and
/// below it the same in English.
fn indented(block: &[&str], lang: Lang) -> Vec<String> {
    let mut result = Vec::new();
    let mut lines = block.iter().peekable();
    while let Some(line) = lines.next() {
        let text = line.trim_start_matches("//!").trim_start();
        let start = line.len() - text.len() + text.rfind("  ").map_or(0, |gap| gap + 2);
        let (command, caption) = line.split_at(start);
        let below = lines.peek().filter(|next| {
            let deep = next.len() - next.trim_start_matches("//!").trim_start().len();
            is_vietnamese(caption) && !caption.contains(BETWEEN) && !is_vietnamese(next) && deep >= command.len()
        });
        if let Some(english) = below {
            let english = english.trim_start_matches("//!").trim_start().to_owned();
            lines.next();
            result.push(format!("{command}{}", if lang == Lang::Vi { caption } else { &english }));
        } else {
            result.push(format!("{command}{}", half_of(caption, lang)));
        }
    }
    result
}

/// A line of code, in whose string literals one language stays.
fn messages(line: &str, lang: Lang) -> String {
    let mut result = String::new();
    let mut rest = line;
    while let Some(open) = rest.find('"') {
        let literal = &rest[open + 1..];
        let Some(length) = end_of_literal(literal) else { break };
        result.push_str(&rest[..=open]);
        result.push_str(&half_of(&literal[..length], lang));
        result.push('"');
        rest = &literal[length + 1..];
    }
    result + rest
}

/// The length of a string literal whose opening quotation mark stands before `text`.
fn end_of_literal(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(index, letter)| {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends.then_some(index)
    })
}

/// Do these two calls print how to use the program, one in each language?
fn is_usage_pair(first: &str, second: &str) -> bool {
    let call = |line: &str| line.find("println!(\"").map(|at| line[..at].to_owned());
    call(first).is_some()
        && call(first) == call(second)
        && first.to_lowercase().contains("cách dùng:")
        && second.to_lowercase().contains("usage:")
}

/// `text` in one language: one half of `tiếng Việt · English`; as it is when it has no halves.
///
/// A leading `program: ` belongs to both halves. What the English half has from its first
/// placeholder on belongs to both when the Vietnamese half has none, and so does what follows
/// `usage`, or a first colon.
fn half_of(text: &str, lang: Lang) -> String {
    let halves = text
        .match_indices(BETWEEN)
        .map(|(at, _)| (&text[..at], &text[at + BETWEEN.len()..]))
        .find(|(left, right)| is_vietnamese(left) && !is_vietnamese(right));
    let Some((left, right)) = halves else { return text.to_owned() };
    match lang {
        Lang::Vi => format!("{left}{}", &right[shared_tail(left, right)..]),
        Lang::En => {
            let margin = &left[..left.len() - left.trim_start_matches("//!").trim_start().len()];
            let words = &left[margin.len()..];
            let word = words.find(": ").map(|colon| &words[..colon + 2]);
            let is_name = |name: &&str| name[..name.len() - 2].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            let name = word.filter(is_name).unwrap_or_default();
            let capital = words[name.len()..].starts_with(char::is_uppercase);
            let right = if capital { capitalised(right) } else { right.to_owned() };
            format!("{margin}{name}{right}")
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Where in `right` the part begins that the left half shares.
fn shared_tail(left: &str, right: &str) -> usize {
    if left.contains('{') {
        return right.len();
    }
    match right.find('{') {
        Some(placeholder) => {
            let before = &right[..placeholder];
            let bracket = before.rfind(" (").filter(|open| !before[*open..].contains(')'));
            bracket.unwrap_or_else(|| before.trim_end_matches(|sign: char| !sign.is_alphanumeric()).len())
        }
        None => match right.find(':') {
            Some(colon) if right[..colon].eq_ignore_ascii_case("usage") || !left.contains(':') => {
                let rest = right[colon + 1..].trim();
                let code = rest.is_empty() || rest.starts_with('`') || right[..colon].eq_ignore_ascii_case("usage");
                if code { colon } else { right.len() }
            }
            _ => right.len(),
        },
    }
}

/// Does a letter carry a mark that only Vietnamese has? Quoted words do not count.
pub fn is_vietnamese(text: &str) -> bool {
    let mut outside = String::new();
    let mut rest = text;
    while let Some(open) = rest.find(['`', '"']) {
        let quote = &rest[open..=open];
        outside.push_str(&rest[..open]);
        match rest[open + 1..].find(quote) {
            Some(length) => rest = &rest[open + length + 2..],
            None => rest = &rest[open + 1..],
        }
    }
    outside.push_str(rest);
    outside.to_lowercase().chars().any(|letter| LETTERS.contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_keeps_what_both_sides_share() {
        for (both, vi, en) in [
            ("không nhận được · cannot accept: {error}", "không nhận được: {error}", "cannot accept: {error}"),
            (
                "tally: không mở được · cannot open {name}: {e}",
                "tally: không mở được {name}: {e}",
                "tally: cannot open {name}: {e}",
            ),
            ("im lặng quá {LIMIT:?} · silent for {LIMIT:?}", "im lặng quá {LIMIT:?}", "silent for {LIMIT:?}"),
            ("tally: cách dùng · usage: tally FILE", "tally: cách dùng: tally FILE", "tally: usage: tally FILE"),
            ("không trả lời · no answer (RCODE {code})", "không trả lời (RCODE {code})", "no answer (RCODE {code})"),
            ("cần Linux · needs Linux: std has none", "cần Linux", "needs Linux: std has none"),
            ("đo bên cạnh · measure it beside the others:", "đo bên cạnh:", "measure it beside the others:"),
            ("Tự thử · by hand: `nc`", "Tự thử: `nc`", "By hand: `nc`"),
            ("plain · text", "plain · text", "plain · text"),
        ] {
            assert_eq!((half_of(both, Lang::Vi), half_of(both, Lang::En)), (vi.to_owned(), en.to_owned()), "{both}");
        }
    }

    #[test]
    fn one_language_of_header_usage_and_messages_stays() {
        let source = "\
//! Bài 03 · `echo`: trả lại.
//! Exercise 03 · `echo`: sends back.
//!
//!     cargo run -p ex03      chạy · run it
//!     cold     khung đầu mất 60 ms
//!              the first frame takes 60 ms
//!
//! Giao thức: một dòng.
//!
//! The protocol: one line with `Huế` in it.
//!
//! Tự thử · By hand: `nc -l`

fn main() {
    eprintln!(\"Cách dùng: echo\");
    eprintln!(\"Usage: echo\");
    eprintln!(\"lỗi · error: {error}\");
}
";
        let vi = one_language(source, Lang::Vi);
        assert_eq!(
            vi,
            "\
//! Bài 03 · `echo`: trả lại.
//!
//!     cargo run -p ex03      chạy
//!     cold     khung đầu mất 60 ms
//!
//! Giao thức: một dòng.
//!
//! Tự thử: `nc -l`

fn main() {
    eprintln!(\"Cách dùng: echo\");
    eprintln!(\"lỗi: {error}\");
}
"
        );
        let en = one_language(source, Lang::En);
        assert!(en.starts_with("//! Exercise 03 · `echo`: sends back.\n//!\n//!     cargo run -p ex03      run it\n"));
        assert!(en.contains("//!     cold     the first frame takes 60 ms\n//!\n//! The protocol: one line with `Huế` in it.\n//!\n//! By hand: `nc -l`\n\n"), "{en}");
        assert!(en.contains("{\n    eprintln!(\"Usage: echo\");\n    eprintln!(\"error: {error}\");\n"), "{en}");
    }
}
