//! Builds and judges on a thread of its own, so that the screen stays alive meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use checks::Options;

use super::Event;
use super::session::Session;
use crate::evaluation::{self, Phase};

/// The runs that are under way.
pub struct Workers {
    events: Sender<Event>,
    runs: Vec<Run>,
}

struct Run {
    thread: JoinHandle<()>,
    /// The checks have the learner's program running.
    judging: Arc<AtomicBool>,
}

impl Workers {
    /// Nobody works yet; `events` will hear of those who do.
    pub fn new(events: Sender<Event>) -> Workers {
        Workers { events, runs: Vec::new() }
    }

    /// Builds and judges the task of `session`.
    pub fn start(&mut self, session: &mut Session) {
        session.running = true;
        session.again = false;
        session.run += 1;
        session.phase = Phase::Starting;
        let (run, colour) = (session.run, session.colour);
        let (course, exercise) = (session.course.clone(), session.exercise.clone());
        let judging = Arc::new(AtomicBool::new(false));
        let (shared, events) = (Arc::clone(&judging), self.events.clone());
        let thread = thread::spawn(move || {
            // Nobody listens any more when the learner has quit meanwhile: no error.
            let tell = |event| drop::<Result<(), _>>(events.send(event));
            let result = evaluation::evaluate(&course, &exercise, &Options::default(), colour, |phase| {
                if phase == Phase::Judging {
                    shared.store(true, Ordering::SeqCst);
                }
                tell(Event::Phase(run, phase));
            });
            tell(Event::Ended(run, result));
        });
        self.runs.retain(|run| !run.thread.is_finished());
        self.runs.push(Run { thread, judging });
    }
}

impl Drop for Workers {
    /// Waits for checks that are under way, however the session has come to its end. They stop the
    /// learner's program when they are done; left alone now, it would run on without us. A build
    /// may be left alone.
    fn drop(&mut self) {
        for run in self.runs.drain(..) {
            if run.judging.load(Ordering::SeqCst) {
                // A thread that panicked has told so already, and holds no program any more.
                let _ = run.thread.join();
            }
        }
    }
}
