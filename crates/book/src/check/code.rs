//! Rust on a page is Rust that compiles: taken from a crate of the workspace, never typed in.

use crate::course::Course;
use crate::markdown::Fences;
use crate::page::{Page, include};
use crate::problem::Problem;
use crate::text;
use std::path::Path;

/// Folders of a package whose `.rs` files cargo compiles.
const COMPILED: [&str; 4] = ["src", "tests", "examples", "benches"];

/// Code blocks that are typed in or taken from elsewhere, and blocks without a language.
pub fn problems(course: &Course, page: &Page) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut fences = Fences::default();
    let mut rust: Option<usize> = None; // the line that opened a block of Rust
    let mut taken = 0;
    for (index, line) in page.text.lines().enumerate() {
        let number = index + 1;
        if fences.step(line) {
            match fences.inside() {
                Some(info) => {
                    let language = info.split([' ', ',']).next().unwrap_or_default();
                    if language.is_empty() {
                        problems.push(page.problem(number, text::code_without_language()));
                    }
                    (rust, taken) = ((language == "rust").then_some(number), 0);
                }
                None => {
                    if let Some(opened) = rust.take().filter(|_| taken == 0) {
                        problems.push(page.problem(opened, text::code_typed_in()));
                    }
                }
            }
        } else if rust.is_some() && !line.trim().is_empty() {
            match target(line) {
                None => problems.push(page.problem(number, text::code_typed_in())),
                Some(target) => {
                    taken += 1;
                    let path = include::resolve(course, page, include::split(target).0);
                    if !path.is_some_and(|path| is_compiled(course, &path)) {
                        problems.push(page.problem(number, text::code_not_compiled(target)));
                    }
                }
            }
        }
    }
    problems
}

fn target(line: &str) -> Option<&str> {
    line.trim().strip_prefix("{{#include ")?.strip_suffix("}}").map(str::trim)
}

/// Whether cargo compiles this file as part of a package of the workspace.
fn is_compiled(course: &Course, path: &Path) -> bool {
    let package = path
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != course.root())
        .find(|folder| folder.join("Cargo.toml").is_file());
    let Some(inside) = package.and_then(|package| path.strip_prefix(package).ok()) else {
        return false;
    };
    let folder = inside.iter().next().and_then(|name| name.to_str()).unwrap_or_default();
    path.extension().is_some_and(|end| end == "rs") && COMPILED.contains(&folder)
}
