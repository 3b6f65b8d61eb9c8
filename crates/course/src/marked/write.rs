//! What is made from a marked solution: the stub, and the solution as a learner reads it.

use narrate::Lang;

use super::language::one_language;
use super::{Form, Marked, Piece, Region};

impl Marked {
    /// The file that the learner starts from.
    pub fn stub(&self, form: Form) -> String {
        let mut page = Page::default();
        for piece in &self.pieces {
            match piece {
                Piece::Shared(line) => page.line(line),
                Piece::Tests => page.gap = true,
                Piece::Region(region) => {
                    let lines = specification(region, form);
                    let lines: Vec<String> = lines.into_iter().chain(region.stub.iter().cloned()).collect();
                    for line in &lines {
                        page.indented(&region.indent, line);
                    }
                    page.gap = lines.is_empty();
                }
            }
        }
        match form {
            Form::Bilingual => page.end(),
            Form::In(lang) => one_language(&page.end(), lang),
        }
    }

    /// The lines of all answers, in order.
    pub fn answers(&self) -> impl Iterator<Item = &String> {
        self.pieces.iter().flat_map(|piece| match piece {
            Piece::Region(region) => &region.answer[..],
            Piece::Shared(_) | Piece::Tests => &[],
        })
    }

    /// The solution without its markers, with the specification in one language.
    pub fn shown(&self, lang: Lang) -> String {
        let mut page = Page::default();
        for piece in &self.pieces {
            match piece {
                Piece::Shared(line) => page.line(line),
                Piece::Tests => page.gap = true,
                Piece::Region(region) => {
                    for line in region.specification(lang) {
                        page.indented(&region.indent, &comment(line));
                    }
                    for line in &region.answer {
                        page.line(line);
                    }
                }
            }
        }
        page.end()
    }
}

/// The comment lines that say what a region's answer must do.
fn specification(region: &Region, form: Form) -> Vec<String> {
    match form {
        Form::Bilingual => {
            let gap = (!region.vi.is_empty()).then(|| "//".to_owned());
            let (vi, en) = (region.vi.iter(), region.en.iter());
            vi.map(|line| comment(line)).chain(gap).chain(en.map(|line| comment(line))).collect()
        }
        Form::In(lang) => region.specification(lang).iter().map(|line| comment(line)).collect(),
    }
}

fn comment(text: &str) -> String {
    if text.is_empty() { "//".to_owned() } else { format!("// {text}") }
}

/// Text that is written line by line, and stays as rustfmt would have it where a region vanished.
#[derive(Default)]
struct Page {
    text: String,
    /// A region has just left nothing behind.
    gap: bool,
}

impl Page {
    fn line(&mut self, line: &str) {
        if self.gap {
            let before = self.text.lines().next_back();
            let opens = before.is_none_or(|last| last.is_empty() || last.ends_with('{'));
            if line.is_empty() && opens {
                return;
            }
            if line.trim_start().starts_with('}') && before == Some("") {
                self.text.pop();
            }
            self.gap = false;
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The text, without blank lines before a last region that vanished.
    fn end(mut self) -> String {
        while self.gap && self.text.ends_with("\n\n") {
            self.text.pop();
        }
        self.text
    }

    fn indented(&mut self, indent: &str, line: &str) {
        if line.is_empty() { self.line("") } else { self.line(&format!("{indent}{line}")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKED: &str = include_str!("testdata/marked.rs.txt");

    #[test]
    fn the_stub_is_the_golden_one() {
        let stub = Marked::parse(MARKED).unwrap().stub(Form::Bilingual);
        assert_eq!(stub, include_str!("testdata/stub.rs.txt"));
    }

    #[test]
    fn line_ends_of_windows_make_no_difference() {
        let windows = MARKED.replace('\n', "\r\n");
        let stub = Marked::parse(&windows).unwrap().stub(Form::Bilingual);
        assert_eq!(stub, include_str!("testdata/stub.rs.txt"));
    }

    #[test]
    fn the_shown_solution_has_the_answer_and_one_language() {
        let shown = Marked::parse(MARKED).unwrap().shown(Lang::Vi);
        assert_eq!(shown, include_str!("testdata/shown.vi.rs.txt"));
        let shown = Marked::parse(MARKED).unwrap().shown(Lang::En);
        assert!(shown.contains("// Read until") && !shown.contains("// Đọc"), "{shown}");
    }

    #[test]
    fn a_region_that_vanishes_leaves_no_hole() {
        let stub = |source| Marked::parse(source).unwrap().stub(Form::Bilingual);
        assert_eq!(stub("use a;\n//~ task\nuse b;\n//~ end\n\nfn f() {}\n"), "use a;\n\nfn f() {}\n");
        assert_eq!(stub("a\n\n//~ task\nb\n//~ end\n\nc\n"), "a\n\nc\n");
        assert_eq!(stub("f {\n    //~ task\n    b\n    //~ end\n\n    c\n}\n"), "f {\n    c\n}\n");
        let tests = "//~ task\nb\n//~ end\nfn f() {}\n\n//~ tests\n#[cfg(test)]\nmod tests {}\n//~ end\n";
        assert_eq!(stub(tests), "fn f() {}\n");
        assert_eq!(Marked::parse(tests).unwrap().shown(Lang::Vi), "b\nfn f() {}\n");
        assert_eq!(stub("f {\n    a\n\n    //~ task\n    b\n    //~ end\n}\n"), "f {\n    a\n}\n");
    }
}
