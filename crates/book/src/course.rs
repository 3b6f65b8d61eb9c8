//! Where things stand in the repository, and the map of lessons.

use crate::problem::{Problem, line_at};
use narrate::Lang;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A checkout of the course.
#[derive(Clone, Debug)]
pub struct Course {
    root: PathBuf,
}

impl Course {
    /// The course whose top folder is `root`.
    pub fn at(root: impl Into<PathBuf>) -> Course {
        Course { root: root.into() }
    }

    /// The course that this program was built from.
    pub fn here() -> Course {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        Course::at(package.ancestors().nth(2).unwrap_or(package))
    }

    /// The top folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder `crates/book/assets` of this program: mdBook's configuration, the site's styles and scripts.
    pub fn assets() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
    }

    /// The folder `book`: pages, figures, data.
    pub fn book(&self) -> PathBuf {
        self.root.join("book")
    }

    /// The pages of one language.
    pub fn pages(&self, lang: Lang) -> PathBuf {
        self.book().join(lang.code())
    }

    /// `path`, which lies inside the course, as messages name it.
    pub fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// The folder `lessons/NN-name` or `solutions/NN-name`, whatever its name is.
    pub fn numbered(&self, shelf: &str, number: u8) -> Option<PathBuf> {
        let prefix = format!("{number:02}-");
        let mut found: Vec<PathBuf> = fs::read_dir(self.root.join(shelf))
            .ok()?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_dir())
            .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&prefix)))
            .collect();
        found.sort();
        found.into_iter().next()
    }

    /// All Markdown files of one language, as names like `03-stream.md`, sorted.
    pub fn page_names(&self, lang: Lang) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.pages(lang))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".md") {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// The page of lesson `number`, once somebody has written it.
    pub fn chapter(&self, number: u8) -> Option<String> {
        let prefix = format!("{number:02}-");
        let names = self.page_names(Lang::Vi).ok()?;
        names.into_iter().find(|name| name.starts_with(&prefix))
    }

    /// The golden transcript of a lesson's story.
    pub fn transcript(&self, number: u8, lang: Lang) -> Option<PathBuf> {
        Some(self.numbered("lessons", number)?.join(format!("transcript.{lang}.txt")))
    }

    /// A table of the book (`claims.toml`, `glossary.toml`, `lessons.toml`).
    pub fn table<T: DeserializeOwned>(&self, name: &str) -> Result<T, Problem> {
        let path = self.book().join(name);
        let file = self.relative(&path);
        let text = fs::read_to_string(&path).map_err(|error| Problem::new(file, 0, crate::text::cannot_read(error)))?;
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(0, |span| line_at(&text, span.start));
            Problem::new(file, line, error.message())
        })
    }

    /// The map of lessons.
    pub fn curriculum(&self) -> Result<Curriculum, Problem> {
        self.table("lessons.toml")
    }
}

/// A text that a table holds in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// The Vietnamese side.
    pub vi: String,
    /// The English side.
    pub en: String,
}

impl Both {
    /// The side in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// `lessons.toml`: the parts of the course and the lessons in each.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curriculum {
    /// The parts, in order.
    pub part: Vec<Part>,
}

/// Several lessons about one thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What the lessons of this part are about.
    pub title: Both,
    /// The lessons, in order.
    pub lesson: Vec<Lesson>,
}

/// One lesson, written or not yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// The number that lesson, exercise, solution and chapter share.
    pub number: u8,
    /// What it is called.
    pub title: Both,
    /// What a reader sees in it.
    pub shows: Both,
}

impl Curriculum {
    /// Every lesson, in order.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.part.iter().flat_map(|part| &part.lesson)
    }
}
