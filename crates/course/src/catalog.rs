//! The lessons and tasks that this checkout has, and how each one stands.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use checks::{Lang, Task};

use crate::arguments::Which;
use crate::checkout::{Course, Numbered};
use crate::progress::{self, LastResult, Progress};
use crate::text::error as text;

/// All lessons that have tasks, in order.
#[derive(Debug)]
pub struct Catalog {
    /// In the order of the curriculum.
    pub lessons: Vec<Lesson>,
}

/// One lesson, seen from its exercise.
#[derive(Debug)]
pub struct Lesson {
    /// The folder that lesson, exercise and solution share.
    pub folder: Numbered,
    title_vi: String,
    title_en: String,
    /// Its tasks, in the order of the curriculum.
    pub tasks: Vec<Exercise>,
}

/// One task and where its files are.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// How it is judged.
    pub task: &'static Task,
    /// The folder of its exercise.
    pub folder: Numbered,
    /// The crate that the learner works in.
    pub package: PathBuf,
    /// The file that the learner writes.
    pub file: PathBuf,
}

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The file is the stub that the course wrote.
    NotStarted,
    /// The learner has written something that was not judged yet.
    Started,
    /// The last run failed: so many checks passed of so many.
    Failing { passed: usize, of: usize },
    /// It passed.
    Passed,
    /// It passed, but the checks have changed since.
    CheckAgain,
}

impl Catalog {
    /// Looks at what stands in this checkout.
    pub fn of(course: &Course) -> Result<Catalog> {
        let mut lessons = Vec::new();
        for folder in course.numbered("exercises")? {
            let package = course.root().join("exercises").join(&folder.name);
            let tasks: Vec<Exercise> = checks::tasks()
                .iter()
                .filter(|task| task.number == folder.number)
                .map(|task| Exercise {
                    task,
                    folder: folder.clone(),
                    file: package.join("src").join("bin").join(format!("{}.rs", task.name)),
                    package: package.clone(),
                })
                .collect();
            if !tasks.is_empty() {
                let (title_en, title_vi) = titles(course, &folder);
                lessons.push(Lesson { folder, title_vi, title_en, tasks });
            }
        }
        if lessons.is_empty() {
            bail!(text::no_tasks());
        }
        Ok(Catalog { lessons })
    }

    /// All tasks, in the order of the curriculum.
    pub fn tasks(&self) -> impl Iterator<Item = &Exercise> {
        self.lessons.iter().flat_map(|lesson| &lesson.tasks)
    }

    /// What the lesson that `exercise` belongs to is about.
    pub fn title_of(&self, exercise: &Exercise) -> &str {
        let lesson = self.lessons.iter().find(|lesson| lesson.folder == exercise.folder);
        lesson.map(Lesson::title).unwrap_or_default()
    }

    /// The lesson with this number.
    pub fn lesson(&self, number: u8) -> Result<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.folder.number == number).ok_or_else(|| {
            let numbers: Vec<String> =
                self.lessons.iter().map(|lesson| format!("{:02}", lesson.folder.number)).collect();
            anyhow!(text::unknown_lesson(format!("{number:02}"), numbers.join(", ")))
        })
    }

    /// The tasks that `which` names: one, or all of a lesson; none when it names nothing.
    pub fn named(&self, which: &Which) -> Result<Vec<&Exercise>> {
        let Some(number) = which.number else { return Ok(Vec::new()) };
        let lesson = self.lesson(number)?;
        let Some(name) = &which.task else { return Ok(lesson.tasks.iter().collect()) };
        let found = lesson.tasks.iter().find(|exercise| exercise.task.name == name);
        let found = found.ok_or_else(|| {
            let names: Vec<&str> = lesson.tasks.iter().map(|exercise| exercise.task.name).collect();
            anyhow!(text::unknown_task(format!("{number:02}"), name, names.join(", ")))
        })?;
        Ok(vec![found])
    }

    /// The one task that `which` means: the one it names; of a lesson, the first that is still
    /// open; else the one where the learner is.
    pub fn one(&self, which: &Which, progress: &Progress) -> Result<&Exercise> {
        let named = self.named(which)?;
        let open = named.iter().find(|exercise| !exercise.status(progress).is_done());
        match open.or(named.first()) {
            Some(exercise) => Ok(exercise),
            None => self.current(progress),
        }
    }

    /// The task where the learner is: the one they last turned to, or when that is done the
    /// first open one after it; the first one of all when nothing is open any more.
    pub fn current(&self, progress: &Progress) -> Result<&Exercise> {
        let at = self.at(progress);
        match at {
            Some(exercise) if !exercise.status(progress).is_done() => Ok(exercise),
            _ => self.open_after(at, progress).or(at).or(self.tasks().next()).ok_or_else(|| anyhow!(text::no_tasks())),
        }
    }

    /// The first open task behind `exercise`, going round at the end.
    pub fn open_after(&self, exercise: Option<&Exercise>, progress: &Progress) -> Option<&Exercise> {
        let start = exercise
            .and_then(|exercise| self.tasks().position(|other| other.is(exercise)))
            .map_or(0, |index| index + 1);
        let open = |other: &&Exercise| {
            !other.status(progress).is_done() && exercise.is_none_or(|exercise| !other.is(exercise))
        };
        self.tasks().skip(start).find(open).or_else(|| self.tasks().take(start).find(open))
    }

    /// The task that the learner last turned to.
    pub fn at(&self, progress: &Progress) -> Option<&Exercise> {
        let at = progress.at.as_deref()?;
        self.tasks().find(|exercise| exercise.id() == at)
    }
}

impl Lesson {
    /// What the lesson is about.
    pub fn title(&self) -> &str {
        match Lang::current() {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }
}

impl Exercise {
    /// The stable id, `03/echo`.
    pub fn id(&self) -> String {
        progress::id(self.task)
    }

    /// As it is typed after a command, `03 echo`.
    pub fn words(&self) -> String {
        format!("{:02} {}", self.task.number, self.task.name)
    }

    /// The name of the crate, `ex03`.
    pub fn package_name(&self) -> String {
        format!("ex{:02}", self.task.number)
    }

    /// The name of the program, `ex03-echo`.
    pub fn program(&self) -> String {
        format!("{}-{}", self.package_name(), self.task.name)
    }

    /// Is this the same task?
    pub fn is(&self, other: &Exercise) -> bool {
        self.task.number == other.task.number && self.task.name == other.task.name
    }

    /// Is the file still the stub that the course wrote?
    pub fn is_untouched(&self) -> bool {
        checks::is_untouched(&self.package, self.task.name)
    }

    /// How the task stands.
    pub fn status(&self, progress: &Progress) -> Status {
        if self.is_untouched() {
            return Status::NotStarted;
        }
        match progress.last_result(self.task) {
            LastResult::None => Status::Started,
            LastResult::Passed => Status::Passed,
            LastResult::PassedOlder => Status::CheckAgain,
            LastResult::Failed { passed, of } => Status::Failing { passed, of },
        }
    }
}

impl Status {
    /// Is there nothing more to do?
    pub fn is_done(self) -> bool {
        self == Status::Passed
    }
}

/// What a lesson is about, in English and Vietnamese: the first line of its program says it
/// (`//! Lesson 03 · Stream socket · Socket luồng`). Without such a line, the folder's name.
fn titles(course: &Course, folder: &Numbered) -> (String, String) {
    let main = course.root().join("lessons").join(&folder.name).join("src").join("main.rs");
    let source = fs::read_to_string(main).unwrap_or_default();
    let first = source.lines().next().unwrap_or_default();
    match first.split(" · ").collect::<Vec<_>>()[..] {
        [_, en, vi] => (en.trim().to_owned(), vi.trim().to_owned()),
        _ => {
            let name = folder.name[3..].replace('-', " ");
            (name.clone(), name)
        }
    }
}
