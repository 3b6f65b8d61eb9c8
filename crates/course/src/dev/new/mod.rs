//! `cargo course dev new`: lays out a lesson with all that belongs to it, and says what is still
//! empty in it.

mod open;
mod register;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use toml::{Table, Value};

use super::sync;
use crate::arguments::{Exit, SyncOptions};
use crate::checkout::{Course, Numbered};
use crate::screen::Screen;
use crate::text::{error, new as text};
use register::{after, in_order};

/// Where tasks are registered.
const TASKS: &str = "crates/checks/src/tasks/mod.rs";

/// The files of a lesson, and their templates. `{NN}` is the number in two digits, `{N}` the number,
/// `{name}` and `{task}` what they say, `{task_mod}` the task as a module, `{title_vi}` and
/// `{title_en}` what `lessons.toml` calls the lesson.
macro_rules! templates {
    ($($path:literal: $file:literal)*) => {
        &[$(($path, include_str!(concat!("../../../templates/", $file)))),*]
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
    "crates/checks/src/tasks/ex{NN}/{task_mod}/mod.rs": "checks/task.rs.txt"
    "crates/checks/src/tasks/ex{NN}/{task_mod}/checks.rs": "checks/checks.rs.txt"
    "crates/checks/src/tasks/ex{NN}/{task_mod}/hints.rs": "checks/hints.rs.txt"
    "book/vi/{NN}-{name}.md": "book/chapter.vi.md.txt"
    "book/en/{NN}-{name}.md": "book/chapter.en.md.txt"
};

/// Runs `dev new` for the lesson `name` (`05-many-clients`) whose exercise begins with `task`, the
/// lesson's own name without one. To a lesson that is there already, a `task` that is not is added;
/// what is there is not touched.
///
/// # Errors
/// When `name` is not the name of a lesson or `task` of a task, its number is taken, or a file cannot be written.
pub fn run(course: &Course, name: &str, task: Option<&str>, screen: &Screen) -> Result<Exit> {
    let folder = Numbered::parse(name).ok_or_else(|| anyhow!(text::bad_name(name)))?;
    if !is_name(&folder.name[3..]) {
        bail!(text::bad_name(name));
    }
    if let Some(task) = task
        && !is_name(task)
    {
        bail!(text::bad_task(task));
    }
    let taken = course.numbered("lessons")?.into_iter().find(|other| other.number == folder.number);
    match (taken, task) {
        (Some(other), _) if other != folder => bail!(text::taken(other.name)),
        (Some(_), Some(task)) if !has_task(course, &folder, task) => lay_out(course, &folder, task, false, screen)?,
        (Some(_), _) => {}
        (None, _) => lay_out(course, &folder, task.unwrap_or(&folder.name[3..]), true, screen)?,
    }
    let open = open::still_open(course, &folder)?;
    for line in &open {
        screen.line(&format!("  {line}"))?;
    }
    screen.line(&if open.is_empty() { text::complete(name) } else { text::open(name, open.len()) })?;
    Ok(if open.is_empty() { Exit::Passed } else { Exit::Failed })
}

/// Whether the solution of `task` is there.
fn has_task(course: &Course, folder: &Numbered, task: &str) -> bool {
    let programs = course.root().join("solutions").join(&folder.name).join("src").join("bin");
    programs.join(format!("{task}.rs")).is_file()
}

/// Lays out `task` and, for a `new_lesson`, all that the lesson has besides.
fn lay_out(course: &Course, folder: &Numbered, task: &str, new_lesson: bool, screen: &Screen) -> Result<()> {
    let (number, name) = (format!("{:02}", folder.number), &folder.name[3..]);
    let [title_vi, title_en] = titles(course, folder)?;
    let module = task.replace('-', "_");
    let commands = commands(&number, task);
    let values = [
        ("{NN}", number.as_str()),
        ("{N}", &folder.number.to_string()),
        ("{name}", name),
        ("{task}", task),
        ("{task_mod}", &module),
        ("{title_vi}", &title_vi),
        ("{title_en}", &title_en),
        ("{commands}", &commands),
    ];
    let fill = |template: &str| values.iter().fold(template.to_owned(), |text, (key, value)| text.replace(key, value));
    let is_laid_out = |path: &str| new_lesson || !(path.starts_with("lessons/") || path.starts_with("book/"));
    for (path, template) in FILES.iter().filter(|(path, _)| is_laid_out(path)) {
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
    edit(TASKS, &|old| register::task(old, at, &module))?;
    edit(&format!("solutions/{}/Cargo.toml", folder.name), &|old| register::program(old, at, task))?;
    if new_lesson {
        register_lesson(folder, [&title_vi, &title_en], &edit)?;
    }
    sync::run(course, SyncOptions { number: Some(at), ..SyncOptions::default() }, screen)?;
    Ok(())
}

/// Changes the file of a name.
type Edit<'a> = dyn Fn(&str, &dyn Fn(&str) -> String) -> Result<()> + 'a;

/// Adds the lesson to the contents of both books and to `lessons.toml`.
fn register_lesson(folder: &Numbered, [title_vi, title_en]: [&str; 2], edit: &Edit) -> Result<()> {
    let at = folder.number;
    for (lang, title) in [("vi", title_vi), ("en", title_en)] {
        let row = format!("- [{title}]({}.md)", folder.name);
        edit(&format!("book/{lang}/SUMMARY.md"), &|old| {
            in_order(old, at, &row, |line| line.split_once("](").and_then(|(_, link)| after(link, "")))
        })?;
    }
    edit("book/lessons.toml", &|old| {
        if old.lines().any(|line| line == format!("number = {at}")) {
            return old.to_owned();
        }
        let both = |vi: &str, en: &str| format!("{{ vi = \"{vi}\", en = \"{en}\" }}");
        let (title, shows) = (both(title_vi, title_en), both("TODO", "TODO"));
        format!("{old}\n[[part.lesson]]\nnumber = {at}\ntitle = {title}\nshows = {shows}\n")
    })
}

/// The commands in the header of a solution, their captions in one column. They name the exercise, as those of
/// every solution do.
fn commands(number: &str, task: &str) -> String {
    let commands = [
        (format!("cargo run -p ex{number} --bin ex{number}-{task}"), "chạy · run it"),
        (format!("cargo course check {number} {task}"), "chấm · check it"),
        (format!("cargo course book {number}"), "đọc · the chapter that helps"),
    ];
    let widest = commands.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
    commands.iter().map(|(command, caption)| format!("//!     {command:<widest$}      {caption}\n")).collect()
}

/// What `lessons.toml` says of the lesson, if it knows it.
fn curriculum_row(course: &Course, folder: &Numbered) -> Result<Option<Value>> {
    let path = course.root().join("book").join("lessons.toml");
    let table: Table = read(course, &path)?.parse().with_context(|| course.relative(&path))?;
    let parts = table.get("part").and_then(Value::as_array).into_iter().flatten();
    let mut lessons = parts.filter_map(|part| part.get("lesson")?.as_array()).flatten();
    let number = Some(folder.number.into());
    Ok(lessons.find(|lesson| lesson.get("number").and_then(Value::as_integer) == number).cloned())
}

/// What `lessons.toml` calls the lesson, in Vietnamese and English; its name when that knows it not.
fn titles(course: &Course, folder: &Numbered) -> Result<[String; 2]> {
    let lesson = curriculum_row(course, folder)?;
    let title = |lang| lesson.as_ref().and_then(|lesson| lesson.get("title")?.get(lang)?.as_str()).map(str::to_owned);
    let plain = folder.name[3..].replace('-', " ");
    Ok([title("vi").unwrap_or_else(|| plain.clone()), title("en").unwrap_or(plain)])
}

/// May `name` be that of a program and, with `_`, of a module?
fn is_name(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(plain)
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
