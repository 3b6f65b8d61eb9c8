//! `cargo course lang`: which language the course speaks.

use std::{env, fs};

use anyhow::{Result, anyhow};
use narrate::Lang;

use crate::arguments::Exit;
use crate::checkout::Course;
use crate::screen::Screen;
use crate::text::{error, task as text};

/// Remembers `lang` for this checkout: every program of the course reads it.
///
/// # Errors
/// When `.course/lang` cannot be written.
pub fn save(course: &Course, lang: Lang) -> Result<()> {
    let path = course.state_dir().join("lang");
    fs::create_dir_all(course.state_dir())
        .and_then(|()| fs::write(&path, format!("{lang}\n")))
        .map_err(|why| anyhow!(error::cannot_write(course.relative(&path), why)))
}

/// Runs `lang`: says which language it is, or changes it.
///
/// # Errors
/// As [`save`].
pub fn run(course: &Course, lang: Option<Lang>, screen: &Screen) -> Result<Exit> {
    let Some(lang) = lang else {
        screen.prose(&text::language_now())?;
        return Ok(Exit::Passed);
    };
    save(course, lang)?;
    lang.speak();
    screen.prose(&text::language_saved())?;
    if let Some(other) = env::var("COURSE_LANG").ok().filter(|code| !code.is_empty() && code != lang.code()) {
        screen.error(&text::variable_wins(other));
    }
    Ok(Exit::Passed)
}
