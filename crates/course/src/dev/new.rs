//! `cargo course dev new`: lays out a lesson with all that belongs to it, and says what is still
//! empty in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use toml::{Table, Value};

use super::sync;
use crate::arguments::{Exit, SyncOptions};
use crate::checkout::{Course, Numbered};
use crate::patch;
use crate::screen::Screen;
use crate::text::{error, new as text};

/// What is still to be written carries this word.
const OPEN: &str = "TODO";
/// Where tasks and their ids are registered.
const TASKS: &str = "crates/checks/src/tasks/mod.rs";
const IDS: &str = "crates/checks/tests/ids.txt";

/// The files of a lesson, and their templates. `{NN}` is the number in two digits, `{N}` the number,
/// `{name}` and `{task}` what they say, `{task_mod}` the task as a module, `{title_vi}` and
/// `{title_en}` what `lessons.toml` calls the lesson.
macro_rules! templates {
    ($($path:literal: $file:literal)*) => {
        &[$(($path, include_str!(concat!("../../templates/", $file)))),*]
    };
}
const FILES: &[(&str, &str)] = templates! {
    "lessons/{NN}-{name}/Cargo.toml": "lesson/Cargo.toml.txt"
    "lessons/{NN}-{name}/src/main.rs": "lesson/main.rs.txt"
    "lessons/{NN}-{name}/src/server.rs": "lesson/server.rs.txt"
    "lessons/{NN}-{name}/src/text.rs": "lesson/text.rs.txt"
    "lessons/{NN}-{name}/tests/story.rs": "lesson/story.rs.txt"
    "solutions/{NN}-{name}/Cargo.toml": "solution/Cargo.toml.txt"
    "solutions/{NN}-{name}/src/bin/{task}.rs": "solution/task.rs.txt"
    "solutions/{NN}-{name}/tests/judged.rs": "solution/judged.rs.txt"
    "crates/checks/src/tasks/ex{NN}/mod.rs": "checks/exercise.rs.txt"
    "crates/checks/src/tasks/ex{NN}/{task_mod}/mod.rs": "checks/task.rs.txt"
    "crates/checks/src/tasks/ex{NN}/{task_mod}/checks.rs": "checks/checks.rs.txt"
    "crates/checks/src/tasks/ex{NN}/{task_mod}/hints.rs": "checks/hints.rs.txt"
    "book/vi/{NN}-{name}.md": "book/chapter.vi.md.txt"
    "book/en/{NN}-{name}.md": "book/chapter.en.md.txt"
};

/// Runs `dev new` for the lesson `name` (`05-many-clients`) whose exercise begins with `task`, the
/// lesson's own name without one. A lesson that is there already is not touched.
///
/// # Errors
/// When `name` is not the name of a lesson, its number is taken, or a file cannot be written.
pub fn run(course: &Course, name: &str, task: Option<&str>, screen: &Screen) -> Result<Exit> {
    let folder = Numbered::parse(name).ok_or_else(|| anyhow!(text::bad_name(name)))?;
    let taken = course.numbered("lessons")?.into_iter().find(|other| other.number == folder.number);
    match taken {
        Some(other) if other != folder => bail!(text::taken(other.name)),
        Some(_) => {}
        None => lay_out(course, &folder, task, screen)?,
    }
    let open = still_open(course, &folder)?;
    for line in &open {
        screen.line(&format!("  {line}"))?;
    }
    screen.line(&if open.is_empty() { text::complete(name) } else { text::open(name, open.len()) })?;
    Ok(if open.is_empty() { Exit::Passed } else { Exit::Failed })
}

fn lay_out(course: &Course, folder: &Numbered, task: Option<&str>, screen: &Screen) -> Result<()> {
    let (number, name) = (format!("{:02}", folder.number), &folder.name[3..]);
    let task = task.unwrap_or(name);
    if !is_name(task) || !is_name(name) {
        bail!(text::bad_name(&folder.name));
    }
    let [title_vi, title_en] = titles(course, folder)?;
    let module = task.replace('-', "_");
    let commands = commands(&number, task);
    let values = [
        ("{NN}", number.as_str()),
        ("{N}", number.trim_start_matches('0')),
        ("{name}", name),
        ("{task}", task),
        ("{task_mod}", &module),
        ("{title_vi}", &title_vi),
        ("{title_en}", &title_en),
        ("{commands}", &commands),
    ];
    let fill = |template: &str| values.iter().fold(template.to_owned(), |text, (key, value)| text.replace(key, value));
    for (path, template) in FILES {
        let path = course.root().join(fill(path));
        if !path.exists() {
            write(course, &path, &fill(template))?;
            screen.line(&course.relative(&path))?;
        }
    }
    let edit = |path: &str, change: &dyn Fn(&str) -> String| -> Result<()> {
        let file = course.root().join(path);
        let old = read(course, &file)?;
        let new = change(&old);
        if new != old {
            write(course, &file, &new)?;
            screen.line(path)?;
        }
        Ok(())
    };
    let at = folder.number;
    edit(TASKS, &|old| {
        let entry = format!("    &ex{number}::{module}::TASK,");
        let listed = in_order(old, at, &format!("mod ex{number};"), |line| after(line, "mod ex"));
        in_order(&listed, at, &entry, |line| after(line.trim_start(), "&ex"))
    })?;
    edit(IDS, &|old| {
        let place = format!("ex{number}/{task}");
        let new = [format!("{place} check same-bytes"), format!("{place} hint waits-for-more")];
        let mut lines: Vec<&str> = old.lines().chain(new.iter().map(String::as_str)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines.join("\n") + "\n"
    })?;
    for (lang, title) in [("vi", &title_vi), ("en", &title_en)] {
        let row = format!("- [{title}]({}.md)", folder.name);
        edit(&format!("book/{lang}/SUMMARY.md"), &|old| {
            in_order(old, at, &row, |line| line.split_once("](").and_then(|(_, link)| after(link, "")))
        })?;
    }
    edit("book/lessons.toml", &|old| {
        let number = folder.number;
        if old.lines().any(|line| line == format!("number = {number}")) {
            return old.to_owned();
        }
        let both = |vi: &str, en: &str| format!("{{ vi = \"{vi}\", en = \"{en}\" }}");
        let (title, shows) = (both(&title_vi, &title_en), both("TODO", "TODO"));
        format!("{old}\n[[part.lesson]]\nnumber = {number}\ntitle = {title}\nshows = {shows}\n")
    })?;
    sync::run(course, SyncOptions { number: Some(folder.number), ..SyncOptions::default() }, screen)?;
    Ok(())
}

/// The commands in the header of a solution, their captions in one column: in one column of the
/// exercise, where `sol05` has become `ex05`.
fn commands(number: &str, task: &str) -> String {
    let commands = [
        (format!("cargo run -p ex{number} --bin ex{number}-{task}"), "chạy · run it"),
        (format!("cargo course check {number} {task}"), "chấm · check it"),
        (format!("cargo course book {number}"), "đọc · the chapter that helps"),
    ];
    let widest = commands.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
    let line = |(command, caption): &(String, &str)| {
        let gap = " ".repeat(widest - command.len() + 6);
        format!("//!     {}{gap}{caption}\n", command.replace(&format!("ex{number}"), &format!("sol{number}")))
    };
    commands.iter().map(line).collect()
}

/// What `lessons.toml` calls the lesson, in Vietnamese and English; its name when that knows it not.
fn titles(course: &Course, folder: &Numbered) -> Result<[String; 2]> {
    let path = course.root().join("book").join("lessons.toml");
    let table: Table = read(course, &path)?.parse().with_context(|| course.relative(&path))?;
    let parts = table.get("part").and_then(Value::as_array).into_iter().flatten();
    let mut lessons = parts.filter_map(|part| part.get("lesson")?.as_array()).flatten();
    let lesson = lessons.find(|lesson| lesson.get("number").and_then(Value::as_integer) == Some(folder.number.into()));
    let title = |lang| lesson.and_then(|lesson| lesson.get("title")?.get(lang)?.as_str()).map(str::to_owned);
    let plain = folder.name[3..].replace('-', " ");
    Ok([title("vi").unwrap_or_else(|| plain.clone()), title("en").unwrap_or(plain)])
}

/// Everything that is still to be written, one line each.
fn still_open(course: &Course, folder: &Numbered) -> Result<Vec<String>> {
    let name = &folder.name;
    let number = format!("{:02}", folder.number);
    let mut open = Vec::new();
    let folders = [
        format!("lessons/{name}"),
        format!("solutions/{name}"),
        format!("crates/checks/src/tasks/ex{number}"),
        format!("book/vi/{name}.md"),
        format!("book/en/{name}.md"),
    ];
    for path in folders.iter().map(|path| course.root().join(path)) {
        for file in files(&path)? {
            let count = fs::read_to_string(&file).unwrap_or_default().matches(OPEN).count();
            if count > 0 {
                open.push(text::marked(course.relative(&file), OPEN, count));
            }
        }
    }
    let there = |path: String| course.root().join(path).exists();
    if !there(format!("lessons/{name}/transcript.vi.txt")) || !there(format!("lessons/{name}/transcript.en.txt")) {
        open.push(text::no_transcripts(format!("COURSE_BLESS=1 cargo test -p lesson{number}")));
    }
    let solution = course.root().join("solutions").join(name);
    let (wrong, right) = (patch::files(&solution.join("wrong"))?.len(), patch::files(&solution.join("right"))?.len());
    if wrong == 0 || right == 0 {
        open.push(text::no_variants(wrong, right, format!("cargo course dev verify {number}")));
    }
    let stepped = |lang| {
        let page = course.root().join("book").join(lang).join(format!("{name}.md"));
        fs::read_to_string(page).unwrap_or_default().starts_with("<!-- in-step-with: ")
    };
    if !stepped("vi") || !stepped("en") {
        open.push(text::not_in_step(format!("cargo course book --bless {name}.md")));
    }
    for readme in ["README.md", "README.vi.md"] {
        let map = fs::read_to_string(course.root().join(readme)).unwrap_or_default();
        if !map.contains(&format!("lessons/{name}/")) {
            open.push(text::not_on_the_map(readme));
        }
    }
    Ok(open)
}

/// `text` with `line` behind the last entry of a smaller number; where none is, before the first.
/// `number_of` gives the number of a line that is an entry.
fn in_order(text: &str, number: u8, line: &str, number_of: impl Fn(&str) -> Option<u8>) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.contains(&line) {
        return text.to_owned();
    }
    let smaller = lines.iter().rposition(|there| number_of(there).is_some_and(|other| other <= number));
    let first = lines.iter().position(|there| number_of(there).is_some());
    let at = smaller.map(|index| index + 1).or(first).unwrap_or(lines.len());
    lines.insert(at, line);
    lines.join("\n") + "\n"
}

/// The two digits behind `start`.
fn after(line: &str, start: &str) -> Option<u8> {
    line.strip_prefix(start)?.get(..2)?.parse().ok()
}

/// May `name` be that of a program and, with `_`, of a module?
fn is_name(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(plain)
}

/// `path`, or the files below it.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(Vec::from_iter(path.is_file().then(|| path.to_owned())));
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        found.extend(files(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}

fn read(course: &Course, path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|why| anyhow!(error::cannot_read(course.relative(path), why)))
}

fn write(course: &Course, path: &Path, content: &str) -> Result<()> {
    let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
    parent
        .and_then(|()| fs::write(path, content))
        .map_err(|why| anyhow!(error::cannot_write(course.relative(path), why)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order_puts_a_line_behind_the_last_smaller_number() {
        let list = "mod ex03;\n#[cfg(unix)]\nmod ex11;\n";
        let number_of = |line: &str| after(line, "mod ex");
        assert_eq!(in_order(list, 5, "mod ex05;", number_of), "mod ex03;\nmod ex05;\n#[cfg(unix)]\nmod ex11;\n");
        assert_eq!(in_order(list, 24, "mod ex24;", number_of), format!("{list}mod ex24;\n"));
        assert_eq!(in_order(list, 1, "mod ex01;", number_of), format!("mod ex01;\n{list}"));
        assert_eq!(in_order(list, 3, "mod ex03;", number_of), list);
    }
}
