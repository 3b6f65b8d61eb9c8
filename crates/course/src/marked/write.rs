//! What is made from a marked solution: the stub, and the solution as a learner reads it.

use narrate::Lang;

use super::{Marked, Piece};

impl Marked {
    /// The file that the learner starts from.
    pub fn stub(&self) -> String {
        let mut page = Page::default();
        for piece in &self.pieces {
            match piece {
                Piece::Shared(line) => page.line(line),
                Piece::Region(region) => {
                    let vi = region.vi.iter().map(|line| comment(line));
                    let gap = (!region.vi.is_empty()).then(|| "//".to_owned());
                    let en = region.en.iter().map(|line| comment(line));
                    let stub = region.stub.iter().cloned();
                    let lines: Vec<String> = vi.chain(gap).chain(en).chain(stub).collect();
                    for line in &lines {
                        page.indented(&region.indent, line);
                    }
                    page.gap = lines.is_empty();
                }
            }
        }
        page.text
    }

    /// The solution without its markers, with the specification in one language.
    pub fn shown(&self, lang: Lang) -> String {
        let mut page = Page::default();
        for piece in &self.pieces {
            match piece {
                Piece::Shared(line) => page.line(line),
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
        page.text
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
        let stub = Marked::parse(MARKED).unwrap().stub();
        assert_eq!(stub, include_str!("testdata/stub.rs.txt"));
    }

    #[test]
    fn line_ends_of_windows_make_no_difference() {
        let windows = MARKED.replace('\n', "\r\n");
        let stub = Marked::parse(&windows).unwrap().stub();
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
        let stub = |source| Marked::parse(source).unwrap().stub();
        assert_eq!(stub("use a;\n//~ task\nuse b;\n//~ end\n\nfn f() {}\n"), "use a;\n\nfn f() {}\n");
        assert_eq!(stub("a\n\n//~ task\nb\n//~ end\n\nc\n"), "a\n\nc\n");
        assert_eq!(stub("f {\n    //~ task\n    b\n    //~ end\n\n    c\n}\n"), "f {\n    c\n}\n");
        assert_eq!(stub("f {\n    a\n\n    //~ task\n    b\n    //~ end\n}\n"), "f {\n    a\n}\n");
    }
}
