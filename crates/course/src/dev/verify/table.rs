//! The table at the end of `dev verify`.

use std::fmt::Write as _;

use super::variant::{Expect, VariantKind};
use super::{Row, Verified};
use crate::screen::Screen;
use crate::text::verify as text;

/// A block for each task, a line for each variant.
pub fn render(verified: &[Verified], screen: &Screen) -> String {
    let mut page = String::new();
    let widest = verified.iter().flat_map(|task| &task.rows).map(|row| row.variant.name.chars().count()).max();
    for Verified { task, rows, .. } in verified {
        let count = |kind| rows.iter().filter(|row| row.variant.kind == kind).count();
        let name = screen.bold(&format!("{:02} {}", task.number, task.name));
        let counts = text::counts(task.checks.len(), count(VariantKind::Wrong), count(VariantKind::Right));
        let _ = writeln!(page, "\n{name}   {counts}");
        // What is only to be built shows when it is not.
        for row in rows.iter().filter(|row| row.variant.expect != Expect::Built || row.result.is_err()) {
            let _ = writeln!(page, "  {}", line(row, widest.unwrap_or_default(), screen));
        }
    }
    page.push('\n');
    page
}

fn line(Row { variant, result }: &Row, widest: usize, screen: &Screen) -> String {
    let told = match result {
        Err(_) => screen.red(&format!("✗ {}", text::not_built())),
        Ok(tally) => {
            let sum = format!("{}/{}", tally.held + tally.unasked, tally.runs);
            match (&tally.problem, tally.unasked) {
                (Some(_), _) => screen.red(&format!("✗ {sum}")),
                (None, 0) => screen.green(&format!("✓ {sum}")),
                (None, unasked) => screen.yellow(&format!("○ {sum} {}", text::unasked(unasked))),
            }
        }
    };
    let by = match &variant.expect {
        Expect::Refused { by, hint: Some(hint) } => format!("   {by} → {hint}"),
        Expect::Refused { by, hint: None } => format!("   {by}"),
        Expect::Built | Expect::NotStarted | Expect::Passed => String::new(),
    };
    format!("{:<9}  {:<widest$}  {told}{}", variant.kind.word(), variant.name, screen.faint(&by))
}
