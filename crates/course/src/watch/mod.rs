//! `cargo course watch`: judges at each save, on a full screen or line by line.

mod files;
mod full;
mod keys;
mod plain;
mod session;
mod worker;

use std::sync::mpsc::{self, Receiver, Sender};

use anyhow::{Result, anyhow};

use crate::arguments::Exit;
use crate::arguments::Which;
use crate::catalog::Catalog;
use crate::checkout::Course;
use crate::commands::lang;
use crate::evaluation::{Evaluation, Phase};
use crate::progress;
use crate::screen::Screen;
use crate::text::watch as text;
use session::Session;
use worker::Workers;

/// Something that happened.
enum Event {
    /// A file of the exercise has changed.
    Saved,
    /// The learner pressed a key.
    Key(Key),
    /// The window has another size.
    Resized,
    /// The run with this number has come this far.
    Phase(u64, Phase),
    /// The run with this number has ended.
    Ended(u64, Result<Evaluation>),
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Hint,
    Next,
    Again,
    Language,
    Quit,
    /// So many lines down, or up when negative.
    Scroll(i32),
}

/// What has changed since the session was last shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// We watch this task now.
    Task,
    /// A run has begun or goes on.
    Running,
    /// There is a verdict.
    Evaluation,
    /// A hint was asked for.
    Hint,
    /// Something else about the looks: language, size, scrolling.
    Looks,
}

/// Where the session is shown: a full screen, or plain lines.
trait Face {
    /// Sends the learner's keys to `events`, for as long as there are any.
    fn listen(&self, events: Sender<Event>);
    /// Shows `session`, in which `change` has happened.
    fn show(&mut self, session: &mut Session, change: Change) -> Result<()>;
}

/// Runs `watch` on the task that `which` means, until the learner quits.
///
/// # Errors
/// When `which` names nothing that there is, or the system cannot watch files.
pub fn run(course: &Course, which: &Which, poll: bool, screen: &Screen) -> Result<Exit> {
    let catalog = Catalog::of(course)?;
    let exercise = catalog.one(which, &progress::load(course)?)?.clone();
    progress::update(course, |progress| progress.at = Some(exercise.id()))?;
    let session = Session::new(course.clone(), catalog, exercise, screen.style().colour)?;
    let (events, inbox) = mpsc::channel();
    if screen.is_terminal() {
        let mut face = full::FullScreen::open()?;
        follow(session, poll, &events, &inbox, &mut face)
    } else {
        follow(session, poll, &events, &inbox, &mut plain::Lines::new(*screen))
    }
}

fn follow(
    mut session: Session,
    poll: bool,
    events: &Sender<Event>,
    inbox: &Receiver<Event>,
    face: &mut dyn Face,
) -> Result<Exit> {
    face.listen(events.clone());
    let mut workers = Workers::new(events.clone());
    let mut watcher = files::Watcher::new(poll, events.clone())?;
    watcher.turn_to(&session.exercise.package)?;
    face.show(&mut session, Change::Task)?;
    workers.start(&mut session);
    face.show(&mut session, Change::Running)?;
    loop {
        let event = inbox.recv().map_err(|_| anyhow!(text::nothing_to_wait_for()))?;
        let change = match event {
            Event::Key(Key::Quit) => return Ok(Exit::Passed),
            Event::Saved | Event::Key(Key::Again) if session.running => {
                session.again = true;
                continue;
            }
            Event::Saved | Event::Key(Key::Again) => {
                workers.start(&mut session);
                Change::Running
            }
            Event::Phase(run, _) | Event::Ended(run, _) if run != session.run => continue, // of a task we left
            Event::Phase(_, phase) => {
                session.phase = phase;
                Change::Running
            }
            Event::Ended(_, result) => {
                session.running = false;
                session.take_in(result)?;
                if session.again {
                    workers.start(&mut session);
                }
                Change::Evaluation
            }
            Event::Key(Key::Hint) => {
                session.take_hint()?;
                Change::Hint
            }
            Event::Key(Key::Next) => {
                if session.turn_to_next()? {
                    watcher.turn_to(&session.exercise.package)?;
                    face.show(&mut session, Change::Task)?;
                    workers.start(&mut session);
                    Change::Running
                } else {
                    Change::Looks
                }
            }
            Event::Key(Key::Language) => {
                let other = session.other_language();
                lang::save(&session.course, other)?;
                other.speak();
                session.notice = None;
                Change::Looks
            }
            Event::Key(Key::Scroll(lines)) => {
                session.scroll = session.scroll.saturating_add_signed(lines as isize);
                Change::Looks
            }
            Event::Resized => Change::Looks,
        };
        face.show(&mut session, change)?;
    }
}

#[cfg(test)]
mod tests;
