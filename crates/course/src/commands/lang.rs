//! `cargo course lang`: which language the course speaks.

use std::{env, fs};

use anyhow::{Result, anyhow};
use narrate::Lang;

use crate::arguments::Exit;
use crate::checkout::Course;
use crate::dev::sync;
use crate::marked::Form;
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

/// Runs `lang`: says which language it is, or changes that of the programs and of the files that
/// nobody has edited yet; `both` changes only these files, back to the committed form.
///
/// # Errors
/// When a file cannot be read or written.
pub fn run(course: &Course, form: Option<Form>, screen: &Screen) -> Result<Exit> {
    let Some(form) = form else {
        screen.prose(&text::language_now())?;
        return Ok(Exit::Passed);
    };
    if let Form::In(lang) = form {
        save(course, lang)?;
        lang.speak();
        screen.prose(&text::language_saved())?;
    }
    course.set_stub_form(form)?;
    let count = sync::translate(course, form)?;
    match form {
        Form::In(_) if count > 0 => screen.prose(&text::stubs_translated(count))?,
        Form::Bilingual => {
            screen.prose(&text::stubs_bilingual(count))?;
            screen.prose(&text::programs_still_speak())?;
        }
        Form::In(_) => {}
    }
    let variable = env::var("COURSE_LANG").ok().filter(|code| !code.is_empty());
    if let (Form::In(lang), Some(other)) = (form, variable)
        && other != lang.code()
    {
        screen.error(&text::variable_wins(other));
    }
    Ok(Exit::Passed)
}
