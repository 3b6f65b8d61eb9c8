//! How much a learner writes: counted in the solution, and said in the first lines of the stub.
//!
//! ```text
//! //! Bạn viết 2 hàm, khoảng 30 dòng; bắt đầu ở `fn serve`.
//! //! You write 2 functions, about 30 lines; start at `fn serve`.
//! ```

use crate::marked::Marked;
use crate::text::sync as text;

/// How far the header may be off: this share of the lines, or so many.
const TOLERANCE_SHARE: usize = 5;
const TOLERANCE_LINES: usize = 3;

/// What there is to write.
#[derive(Debug, PartialEq, Eq)]
pub struct Amount {
    /// The functions of the stub in which a `todo!` stands, in order.
    functions: Vec<String>,
    /// The lines of the answers that are neither blank nor only a comment.
    lines: usize,
}

impl Amount {
    /// Counts what `marked`, whose stub is `stub`, leaves to write.
    pub fn of(marked: &Marked, stub: &str) -> Amount {
        let mut functions: Vec<String> = Vec::new();
        let mut current = None;
        for line in stub.lines().filter(|line| !line.trim_start().starts_with("//")) {
            current = function_of(line).or(current);
            if line.contains("todo!(")
                && let Some(function) = current
                && functions.last().is_none_or(|last| last != function)
            {
                functions.push(function.to_owned());
            }
        }
        let code = |line: &&String| !line.trim().is_empty() && !line.trim_start().starts_with("//");
        Amount { functions, lines: marked.answers().filter(code).count() }
    }
}

/// The name of the function that begins on `line`.
fn function_of(line: &str) -> Option<&str> {
    let at = line.find("fn ").filter(|at| *at == 0 || line[..*at].ends_with([' ', '(']))?;
    let rest = &line[at + 3..];
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_')?;
    (end > 0).then(|| &rest[..end])
}

/// What a header line says.
#[derive(Debug, PartialEq, Eq)]
struct Said<'a> {
    functions: usize,
    lines: usize,
    start: &'a str,
}

/// Reads `…You write 2 functions, about 30 lines; start at \`fn serve\`…` in either language.
fn read<'a>(line: &'a str, start: &str, unit: [&str; 2], about: &str, lines: &str, at: &str) -> Option<Said<'a>> {
    let rest = line.strip_prefix(start)?;
    let (functions, rest) = rest.split_once(' ')?;
    let rest = unit.iter().find_map(|unit| rest.strip_prefix(unit))?.strip_prefix(", ")?;
    let rest = rest.strip_prefix(about).unwrap_or(rest);
    let (count, rest) = rest.split_once(' ')?;
    let rest = rest.strip_prefix(lines)?.strip_prefix(at)?;
    let (start, _) = rest.split_once('`')?;
    Some(Said { functions: functions.parse().ok()?, lines: count.parse().ok()?, start })
}

/// Holds the header of `stub` to what was counted.
///
/// # Errors
/// A sentence that says what the header should say, in both languages.
pub fn check_header(stub: &str, amount: &Amount) -> Result<(), String> {
    let said = |read: &dyn Fn(&'_ str) -> bool| stub.lines().take_while(|line| line.starts_with("//!")).any(read);
    let true_of = |said: Said| {
        let margin = (amount.lines / TOLERANCE_SHARE).max(TOLERANCE_LINES);
        said.functions == amount.functions.len()
            && said.lines.abs_diff(amount.lines) <= margin
            && amount.functions.iter().any(|function| function == said.start)
    };
    let vi = said(&|line| {
        read(line, "//! Bạn viết ", ["hàm", "hàm"], "khoảng ", "dòng", "; bắt đầu ở `fn ").is_some_and(true_of)
    });
    let en = said(&|line| {
        read(line, "//! You write ", ["functions", "function"], "about ", "lines", "; start at `fn ")
            .is_some_and(true_of)
    });
    if vi && en {
        return Ok(());
    }
    let (functions, lines) = (amount.functions.len(), amount.lines);
    let start = amount.functions.first().map_or("?", String::as_str);
    Err(text::amount(
        format!("//! Bạn viết {functions} hàm, khoảng {lines} dòng; bắt đầu ở `fn {start}`."),
        format!(
            "//! You write {functions} function{}, about {lines} lines; start at `fn {start}`.",
            if functions == 1 { "" } else { "s" }
        ),
        amount.functions.join(", "),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKED: &str = "\
//! Bạn viết 2 hàm, khoảng 4 dòng; bắt đầu ở `fn serve`.
//! You write 2 functions, about 4 lines; start at `fn serve`.

fn serve() {
    //~ task
    //~ vi: một
    //~ en: one
    //~ stub: todo!(\"one\")
    // a comment
    a();

    b();
    //~ end
}

impl X {
    pub(crate) async fn echo(&self) -> u8 {
        //~ task
        //~ vi: hai
        //~ en: two
        //~ stub: todo!(\"two\")
        c(
        )
        //~ end
    }
}
";

    #[test]
    fn amount_counts_functions_with_a_todo_and_lines_of_code() {
        let marked = Marked::parse(MARKED).unwrap();
        let amount = Amount::of(&marked, &marked.stub(crate::marked::Form::Bilingual));
        assert_eq!(amount, Amount { functions: vec!["serve".into(), "echo".into()], lines: 4 });
    }

    #[test]
    fn check_header_refuses_another_count_start_or_language() {
        let amount = Amount { functions: vec!["serve".into(), "echo".into()], lines: 4 };
        assert_eq!(check_header(MARKED, &amount), Ok(()));
        assert_eq!(check_header(&MARKED.replace("4 lines", "7 lines"), &amount), Ok(()));
        for (from, to) in [("4 lines", "8 lines"), ("2 hàm", "3 hàm"), ("at `fn serve", "at `fn main"), ("You", "We")]
        {
            let message = check_header(&MARKED.replace(from, to), &amount).unwrap_err();
            assert!(message.contains("You write 2 functions, about 4 lines; start at `fn serve`."), "{message}");
        }
    }
}
