//! Watching line by line, for a pipe, a log, or a screen reader.

use std::io::BufRead;
use std::sync::mpsc::Sender;
use std::{io, thread};

use anyhow::Result;
use checks::{Lang, hang};

use super::session::{Body, Session};
use super::{Change, Event, Face, keys};
use crate::commands::{check, status};
use crate::screen::Screen;
use crate::text::watch as text;

/// Plain lines on standard output; keys are lines on standard input.
pub struct Lines {
    screen: Screen,
}

impl Lines {
    /// Lines on `screen`.
    pub fn new(screen: Screen) -> Lines {
        Lines { screen }
    }
}

impl Face for Lines {
    fn listen(&self, events: Sender<Event>) {
        thread::spawn(move || {
            // At the end of standard input (`< /dev/null`) we go on watching, without keys.
            for line in io::stdin().lock().lines().map_while(Result::ok) {
                if let Some(key) = keys::of_line(&line)
                    && events.send(Event::Key(key)).is_err()
                {
                    return;
                }
            }
        });
    }

    fn show(&mut self, session: &mut Session, change: Change) -> Result<()> {
        let screen = &self.screen;
        match change {
            Change::Task => {
                let file = session.course.relative(&session.exercise.file);
                screen.text(&check::heading(&session.exercise, session.lesson(), screen))?;
                screen.line(&format!("{}\n", text::watching(file)))?;
            }
            Change::Evaluation => {
                match &session.body {
                    Body::Empty => {}
                    Body::Evaluation(verdict) => {
                        screen.text(&check::show(&session.course, &session.exercise, verdict, screen))?;
                    }
                    Body::InternalError(why) => screen.line(&crate::text::error::trouble(why))?,
                }
                let (done, all) = session.done;
                screen.line(&format!("{}   {}\n", status::how_far(done, all), text::keys()))?;
            }
            Change::Hint => match &session.hint {
                Some(shown) => {
                    screen.line(&crate::text::task::hint_title(session.exercise.words(), shown.number, shown.of))?;
                    screen.line(&hang("  ", shown.text.get(Lang::current()), screen.width()))?;
                }
                None => screen.line(session.notice.as_deref().unwrap_or_default())?,
            },
            Change::Looks => {
                screen.line(session.notice.as_deref().unwrap_or(&text::keys()))?;
            }
            Change::Running => {}
        }
        Ok(())
    }
}
