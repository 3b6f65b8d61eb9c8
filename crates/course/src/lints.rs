//! The lints of an exercise: the workspace's own, without those that a stub meets by being unfinished.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use toml::{Table, Value};

use crate::text::error;

/// How the manifest of a solution says that its lints are the workspace's.
pub const INHERITED: &str = "[lints]\nworkspace = true\n";

/// A stub does not use its parameters, helpers and imports yet.
const ALLOWED: [&str; 4] = ["dead_code", "unused_imports", "unused_mut", "unused_variables"];

/// Returns the table `[lints]` of every exercise in the course at `root`.
///
/// # Errors
/// When the workspace's manifest cannot be read.
pub fn of_exercises(root: &Path) -> Result<Table> {
    let path = root.join("Cargo.toml");
    let source = fs::read_to_string(&path).map_err(|error| anyhow!(error::cannot_read(path.display(), error)))?;
    let manifest: Table = source.parse().with_context(|| path.display().to_string())?;
    let workspace = manifest.get("workspace").and_then(|workspace| workspace.get("lints"));
    let mut lints = workspace.and_then(Value::as_table).cloned().unwrap_or_default();
    let rust = lints.entry("rust").or_insert_with(|| Table::new().into());
    for lint in ALLOWED {
        rust.as_table_mut().map(|rust| rust.insert(lint.to_owned(), "allow".into()));
    }
    Ok(lints)
}

/// Returns `lints` as a manifest has them: one table for each tool, one line for each lint.
pub fn written_out(lints: &Table) -> String {
    let mut tables = Vec::new();
    for (tool, lints) in lints {
        let mut table = format!("[lints.{tool}]\n");
        for (lint, level) in lints.as_table().into_iter().flatten() {
            let _ = writeln!(table, "{lint} = {level}");
        }
        tables.push(table);
    }
    tables.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lints_of_exercises_are_the_workspaces_and_allow_what_is_unused() {
        let course = tempfile::tempdir().unwrap();
        let manifest = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n\
                        [workspace.lints.clippy]\nall = { level = \"warn\", priority = -1 }\n";
        fs::write(course.path().join("Cargo.toml"), manifest).unwrap();
        let lints = written_out(&of_exercises(course.path()).unwrap());
        assert_eq!(
            lints,
            "[lints.clippy]\nall = { level = \"warn\", priority = -1 }\n\n\
             [lints.rust]\ndead_code = \"allow\"\nunsafe_code = \"forbid\"\nunused_imports = \"allow\"\n\
             unused_mut = \"allow\"\nunused_variables = \"allow\"\n"
        );
    }
}
