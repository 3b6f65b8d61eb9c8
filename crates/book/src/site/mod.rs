//! Builds both books into one folder that any static host, or `file://`, can show.

mod interface;
mod postprocess;
mod searchindex;

pub use postprocess::files;

use crate::course::Course;
use crate::page::{self, Page};
use crate::problem::{Problem, Problems};
use crate::text;
use anyhow::{Context, Result, bail};
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem};
use mdbook_driver::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use narrate::{Lang, Text};
use std::fs;
use std::path::Path;

/// What the book is called.
pub const TITLE: Text = Text { vi: "Lập trình socket với Rust", en: "Socket Programming in Rust" };
/// What the book is, for search engines; a page's own first paragraph takes its place.
pub const DESCRIPTION: Text = Text {
    vi: "Khóa học lập trình socket: bài học chạy được, bài tập chấm qua socket thật, từng câu đều được kiểm chứng.",
    en: "A course in socket programming: lessons that run, exercises judged over real sockets, every sentence put to the test.",
};
/// A folder with this file in it was made here and may be replaced.
const MADE_HERE: &str = ".course-book";

/// Builds the book into `out`, which is replaced only after everything has succeeded.
///
/// # Errors
/// [`Problems`] when a page is broken; other errors when the disk or mdBook refuse.
pub fn build(course: &Course, out: &Path) -> Result<()> {
    guard(out)?;
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(|| text::cannot_write(parent.display()))?;
    // Beside `out`, so that the last step is a rename within one disk.
    let staging = tempfile::Builder::new()
        .prefix(".book-")
        .tempdir_in(parent)
        .with_context(|| text::cannot_write(parent.display()))?;
    // The staging folder is for us alone; the book in it can be read by whoever may read its like.
    let book = staging.path().join("book");
    for lang in Lang::ALL {
        build_one(course, lang, &book.join(lang.code()))?;
    }
    postprocess::run(&book)?;
    fs::write(book.join(MADE_HERE), "")?;
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| text::cannot_write(out.display()))?;
    }
    fs::rename(&book, out).with_context(|| text::cannot_write(out.display()))
}

/// Refuses to replace a folder that holds anything else than a book built here.
fn guard(out: &Path) -> Result<()> {
    let foreign = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_some() && !out.join(MADE_HERE).exists(),
        Err(_) => out.exists(),
    };
    if foreign {
        bail!(text::out_is_foreign(out.display()));
    }
    Ok(())
}

fn build_one(course: &Course, lang: Lang, out: &Path) -> Result<()> {
    let assets = Course::assets();
    let mut config = Config::from_disk(assets.join("book.toml"))?;
    config.book.language = Some(lang.code().to_owned());
    config.book.title = Some(TITLE.get(lang).to_owned());
    config.book.description = Some(DESCRIPTION.get(lang).to_owned());
    config.book.src = std::path::absolute(course.pages(lang))?;
    config.build.build_dir = std::path::absolute(out)?;
    let mut book = MDBook::load_with_config(assets, config).with_context(|| text::book_does_not_load(lang))?;
    book.with_preprocessor(Directives { course: course.clone(), lang });
    book.build().map_err(|error| match error.downcast::<Problems>() {
        Ok(problems) => problems.into(),
        Err(error) => error.context(text::book_does_not_build(lang)),
    })
}

/// Lets mdBook see pages without directives.
struct Directives {
    course: Course,
    lang: Lang,
}

impl Preprocessor for Directives {
    fn name(&self) -> &str {
        "course"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut problems: Vec<Problem> = Vec::new();
        book.for_each_mut(|item| {
            let BookItem::Chapter(chapter) = item else { return };
            let Some(path) = &chapter.source_path else { return };
            let name = path.to_string_lossy().replace('\\', "/");
            let file = Path::new("book").join(self.lang.code()).join(&name);
            let text = std::mem::take(&mut chapter.content);
            let (text, found) = page::expand(&self.course, &Page { lang: self.lang, name: name.clone(), file, text });
            chapter.content = text;
            problems.extend(found);
            if let Some(number) = lesson_number(&name) {
                chapter.name = format!("{number} · {}", chapter.name);
            }
        });
        Problems::check(problems)?;
        Ok(book)
    }
}

/// The number in front of a chapter's file name, which stands in front of its title too.
fn lesson_number(name: &str) -> Option<&str> {
    let number = name.get(..2)?;
    (name.get(2..3) == Some("-") && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}
