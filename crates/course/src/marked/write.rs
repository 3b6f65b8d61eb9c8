//! What is made from a marked solution: the stub, and the solution as a learner reads it.

use narrate::Lang;

use super::{Marked, Piece};

impl Marked {
    /// The file that the learner starts from.
    pub fn stub(&self) -> String {
        let mut page = Page::default();
        let mut size = Size::of(&self.pieces);
        for piece in &self.pieces {
            match piece {
                // The first paragraph of the header has ended: how much is to be written comes next.
                Piece::Shared(line) if line == "//!" && size.is_some() => {
                    page.line(line);
                    size.take().iter().flat_map(Size::header).for_each(|line| page.line(&line));
                    page.line(line);
                }
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

/// How much a learner is to write.
#[derive(Debug, PartialEq, Eq)]
struct Size {
    /// How many `todo!()` there are.
    functions: usize,
    /// The code lines of all answers, to the nearest five; blank lines and comments do not count.
    lines: usize,
    /// The function in which the first `todo!()` stands.
    start: String,
}

impl Size {
    /// Counts what `pieces` leave to the learner; `None` when no function is left.
    fn of(pieces: &[Piece]) -> Option<Size> {
        let (mut function, mut start) = (None, None);
        let (mut functions, mut lines) = (0, 0);
        for piece in pieces {
            match piece {
                Piece::Shared(line) => function = function_named(line).or(function),
                Piece::Region(region) => {
                    for line in &region.stub {
                        function = function_named(line).or(function);
                        if line.contains("todo!(") {
                            functions += 1;
                            start = start.or_else(|| function.clone());
                        }
                    }
                    lines += region.answer.iter().filter(|line| is_code(line)).count();
                }
            }
        }
        Some(Size { functions, lines: ((lines + 2) / 5 * 5).max(5), start: start? })
    }

    /// Returns the lines of the stub's header, in both languages.
    fn header(&self) -> [String; 2] {
        let Size { functions, lines, start } = self;
        let plural = if *functions == 1 { "" } else { "s" };
        [
            format!("//! Bạn viết {functions} hàm, khoảng {lines} dòng; bắt đầu từ `fn {start}`."),
            format!("//! You write {functions} function{plural}, about {lines} lines; start at `fn {start}`."),
        ]
    }
}

/// Returns the name of the function that `line` declares.
fn function_named(line: &str) -> Option<String> {
    let (before, after) = line.trim_start().split_once("fn ")?;
    let declares = before.split_whitespace().all(|word| matches!(word, "pub" | "pub(crate)" | "async" | "const"));
    let name = after.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
    (declares && !name.is_empty()).then(|| name.to_owned())
}

fn is_code(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with("//")
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
    fn the_header_says_how_much_to_write_and_where_to_start() {
        let header = |source| Size::of(&Marked::parse(source).unwrap().pieces).map(|size| size.header()[1].clone());
        let region =
            |stub| format!("//~ task\n//~ vi: a\n//~ en: a\n{stub}\nlet a = 1;\n\n// why\nlet b = 2;\n//~ end\n");
        let one = format!(
            "//! A\n//!\n//! B\nfn main() {{}}\nasync fn serve(a: u8) {{\n{}}}\n",
            region("//~ stub: todo!(\"x\")")
        );
        assert_eq!(header(&one).unwrap(), "//! You write 1 function, about 5 lines; start at `fn serve`.");
        let two = format!("{one}{}", region("//~ stub: fn more() {\n//~ stub:     todo!(\"y\")\n//~ stub: }"));
        assert_eq!(header(&two).unwrap(), "//! You write 2 functions, about 5 lines; start at `fn serve`.");
        assert_eq!(header("//~ task\nuse a;\n//~ end\n"), None);
        let stub = Marked::parse(&one).unwrap().stub();
        assert!(
            stub.starts_with("//! A\n//!\n//! Bạn viết 1 hàm") && stub.contains("`fn serve`.\n//!\n//! B\n"),
            "{stub}"
        );
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
