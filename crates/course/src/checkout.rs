//! Where the course stands on this machine.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Result, anyhow};
use narrate::Lang;

use crate::marked::Form;
use crate::text::error;

/// The folders that make a directory the course's own.
const FOLDERS: [&str; 3] = ["lessons", "exercises", "solutions"];

/// A checkout of the course.
#[derive(Clone, Debug)]
pub struct Course {
    root: PathBuf,
}

impl Course {
    /// The course that the current directory lies in; else the one that this tool was built in
    /// (`cargo run` names it), so that `--manifest-path` works from anywhere.
    pub fn find() -> Result<Course> {
        let here = env::current_dir()?;
        let built_in = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        [Some(here.clone()), built_in]
            .into_iter()
            .flatten()
            .find_map(|start| Course::above(&start))
            .ok_or_else(|| anyhow!(error::not_a_course(here.display())))
    }

    /// The course that `start` lies in.
    pub fn above(start: &Path) -> Option<Course> {
        let is_root = |folder: &&Path| {
            folder.join("Cargo.toml").is_file() && FOLDERS.iter().all(|name| folder.join(name).is_dir())
        };
        let root = start.ancestors().find(is_root)?;
        Some(Course { root: root.to_owned() })
    }

    /// The top of the checkout.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the tool keeps what is this learner's alone. Git ignores it.
    pub fn state_dir(&self) -> PathBuf {
        self.root.join(".course")
    }

    /// The languages in which untouched stubs speak in this checkout, as `lang` was told.
    pub fn stub_form(&self) -> Form {
        let code = fs::read_to_string(self.stub_form_file()).unwrap_or_default();
        Lang::from_code(code.trim()).map_or(Form::Bilingual, Form::In)
    }

    /// Remembers [`Course::stub_form`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_stub_form(&self, form: Form) -> Result<()> {
        let path = self.stub_form_file();
        let done = match form {
            Form::In(lang) => fs::create_dir_all(self.state_dir()).and_then(|()| fs::write(&path, format!("{lang}\n"))),
            Form::Bilingual if path.exists() => fs::remove_file(&path),
            Form::Bilingual => Ok(()),
        };
        done.map_err(|why| anyhow!(error::cannot_write(self.relative(&path), why)))
    }

    fn stub_form_file(&self) -> PathBuf {
        self.state_dir().join("stubs")
    }

    /// The numbered folders in `part` (`lessons`, `exercises`, `solutions`), in order.
    pub fn numbered(&self, part: &str) -> Result<Vec<Numbered>> {
        let folder = self.root.join(part);
        let cannot = |error| anyhow!(error::cannot_read(folder.display(), error));
        let mut found = Vec::new();
        for entry in fs::read_dir(&folder).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(number) = number_of(&name)
                && entry.path().join("Cargo.toml").is_file()
            {
                found.push(Numbered { number, name });
            }
        }
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }

    /// `path` as the learner would type it at the top of the course.
    pub fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}

/// A folder such as `03-stream`, which lessons, exercises and solutions have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// `3`
    pub number: u8,
    /// `03-stream`
    pub name: String,
}

/// The number that the name of a numbered folder begins with.
fn number_of(name: &str) -> Option<u8> {
    let (digits, rest) = name.split_once('-')?;
    let two_digits = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (two_digits && !rest.is_empty()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_folder_has_two_digits_and_a_name() {
        assert_eq!(number_of("03-stream"), Some(3));
        assert_eq!(number_of("3-stream"), None);
        assert_eq!(number_of("03-"), None);
        assert_eq!(number_of("+3-stream"), None);
        assert_eq!(number_of("stream"), None);
    }

    #[test]
    fn the_course_is_found_from_any_folder_below_it() {
        let course = Course::above(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(course.root().join("crates/course/Cargo.toml").is_file());
        let below = Course::above(&course.root().join("crates/course/src/text")).unwrap();
        assert_eq!(below.root(), course.root());
        assert!(Course::above(&env::temp_dir()).is_none());
    }
}
