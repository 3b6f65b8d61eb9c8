//! What a watching session knows; how it looks is decided elsewhere.

use anyhow::Result;
use checks::Lang;

use crate::catalog::{Catalog, Exercise};
use crate::checkout::Course;
use crate::evaluation::{Evaluation, Phase};
use crate::text::watch as text;
use crate::{hint, progress};

/// A learner, a task, and the last verdict on it.
pub struct Session {
    pub course: Course,
    catalog: Catalog,
    pub exercise: Exercise,
    /// What is known about the program.
    pub body: Body,
    /// A build or the checks are under way.
    pub running: bool,
    /// Something was saved meanwhile.
    pub again: bool,
    /// Counts the runs; a verdict of an earlier one is stale.
    pub run: u64,
    /// How far the run is.
    pub phase: Phase,
    /// The hint that was asked for last, until the next verdict that brings something new.
    pub hint: Option<hint::Shown>,
    /// Said once, below the verdict.
    pub notice: Option<String>,
    /// How many lines are scrolled away at the top.
    pub scroll: usize,
    /// Does what the compiler says get colours?
    pub colour: bool,
    /// How many tasks are done, of how many.
    pub done: (usize, usize),
}

/// What is known about the program.
pub enum Body {
    /// Nothing yet.
    Empty,
    /// The last verdict.
    Evaluation(Box<Evaluation>),
    /// Something on this machine kept us from reaching one.
    InternalError(String),
}

impl Session {
    /// A session that watches `exercise`; `colour` is for what the compiler says.
    ///
    /// # Errors
    /// When progress cannot be read.
    pub fn new(course: Course, catalog: Catalog, exercise: Exercise, colour: bool) -> Result<Session> {
        let mut session = Session {
            course,
            catalog,
            exercise,
            body: Body::Empty,
            running: false,
            again: false,
            run: 0,
            phase: Phase::Starting,
            hint: None,
            notice: None,
            scroll: 0,
            colour,
            done: (0, 0),
        };
        session.count()?;
        Ok(session)
    }

    /// The title of the lesson that the task belongs to.
    pub fn lesson(&self) -> &str {
        self.catalog.title_of(&self.exercise)
    }

    /// Takes in what a run came to.
    ///
    /// # Errors
    /// When progress cannot be read.
    pub fn take_in(&mut self, result: Result<Evaluation>) -> Result<()> {
        self.body = match result {
            Ok(verdict) => Body::Evaluation(Box::new(verdict)),
            Err(error) => Body::InternalError(format!("{error:#}")),
        };
        self.scroll = 0;
        self.notice = None;
        if self.passed() {
            self.hint = None;
        }
        self.count()
    }

    /// Did the program pass?
    pub fn passed(&self) -> bool {
        matches!(&self.body, Body::Evaluation(verdict) if verdict.passed())
    }

    /// Takes the next hint. One that stands in the verdict before the learner's eyes counts as
    /// shown.
    ///
    /// # Errors
    /// When progress cannot be read or written.
    pub fn take_hint(&mut self) -> Result<()> {
        let on_screen = match &self.body {
            Body::Evaluation(verdict) => verdict.hint_id(),
            Body::Empty | Body::InternalError(_) => None,
        };
        self.hint = hint::take(&self.course, self.exercise.task, on_screen)?;
        if self.hint.is_none() {
            self.notice = Some(crate::text::task::no_hints(self.exercise.words()));
        }
        Ok(())
    }

    /// Turns to the next open task; `false` when there is none.
    ///
    /// # Errors
    /// When progress cannot be read or written.
    pub fn turn_to_next(&mut self) -> Result<bool> {
        let known = progress::load(&self.course)?;
        let Some(next) = self.catalog.open_after(Some(&self.exercise), &known).cloned() else {
            self.notice = Some(if self.passed() { text::all_done() } else { text::only_this() });
            return Ok(false);
        };
        progress::update(&self.course, |progress| progress.at = Some(next.id()))?;
        self.exercise = next;
        self.body = Body::Empty;
        self.running = false;
        self.hint = None;
        self.notice = None;
        self.scroll = 0;
        Ok(true)
    }

    /// The language that is not spoken now.
    pub fn other_language(&self) -> Lang {
        match Lang::current() {
            Lang::Vi => Lang::En,
            Lang::En => Lang::Vi,
        }
    }

    fn count(&mut self) -> Result<()> {
        let known = progress::load(&self.course)?;
        let done = self.catalog.tasks().filter(|exercise| exercise.status(&known).is_done()).count();
        self.done = (done, self.catalog.tasks().count());
        Ok(())
    }
}
