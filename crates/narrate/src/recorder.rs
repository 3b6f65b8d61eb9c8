//! Where every tap of a run reports: to the story on the screen, to the tape, to the capture.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::event::{Event, Side, Source};
use crate::narration::{Detail, Narration};
use crate::pcap::Capture;
use crate::screen::{Colour, print};
use crate::tape::{Dissector, Tape};

/// How much of the run a tap's socket takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Visibility {
    /// Only in the capture.
    Capture,
    /// On the tape too.
    Tape,
    /// On the screen too.
    Screen,
}

/// Cheap to clone; one record per run.
#[derive(Clone)]
pub(crate) struct Recorder(Arc<Mutex<Record>>);

struct Record {
    /// `serve` or `connect`: what happens is printed at once, and only where the lesson asks for it.
    live: bool,
    narration: Narration,
    tape: Option<Tape>,
    capture: Option<Capture>,
    taps: u64,
}

impl Recorder {
    pub(crate) fn new(
        tape: bool,
        live: bool,
        colour: Colour,
        pcap: Option<&Path>,
        dissector: Option<Dissector>,
    ) -> io::Result<Recorder> {
        let capture = pcap.map(Capture::create).transpose()?;
        let tape = tape.then(|| Tape::new(dissector, live));
        let narration = Narration::new(colour, if live { Detail::Nothing } else { Detail::Crossings });
        Ok(Recorder(Arc::new(Mutex::new(Record { live, narration, tape, capture, taps: 0 }))))
    }

    /// A number that no other tap of this run has.
    pub(crate) fn next_number(&self) -> u64 {
        let mut record = self.lock();
        record.taps += 1;
        record.taps
    }

    /// A tap was set on a socket.
    pub(crate) fn opened(&self, source: Source) {
        if let Some(capture) = &mut self.lock().capture {
            capture.opened(source);
        }
    }

    /// Names the socket of `source` to the story, whose other end is then labelled by it; `path` is the name of a
    /// Unix socket. What it does is printed only where it is `on_screen`.
    pub(crate) fn name(&self, source: Source, path: Option<String>, on_screen: bool) {
        self.lock().narration.name(source, path, on_screen);
    }

    pub(crate) fn dissect_with(&self, source: Source, dissector: Dissector) {
        if let Some(tape) = &mut self.lock().tape {
            tape.dissect_with(source, dissector);
        }
    }

    /// `call` on the socket of `source` did `event`. `peer` is the other end's side where the story has said it.
    pub(crate) fn report(
        &self,
        source: Source,
        peer: Option<Side>,
        visibility: Visibility,
        call: &'static str,
        event: &Event,
    ) {
        let mut record = self.lock();
        if let Some(capture) = &mut record.capture {
            capture.report(source, event);
        }
        if visibility >= Visibility::Tape
            && let Some(tape) = &mut record.tape
        {
            tape.report(source, event);
        }
        if visibility == Visibility::Screen {
            record.narration.report(source, peer, call, event);
        }
        if record.live {
            let Record { narration, tape, .. } = &mut *record;
            narration.take_lines().iter().for_each(|line| print(line));
            tape.iter_mut().flat_map(Tape::take_lines).for_each(|line| print(&line));
        }
    }

    /// How much the story shows from here on of what taps hear.
    pub(crate) fn show(&self, detail: Detail) {
        self.lock().narration.show(detail);
    }

    /// A step of a story begins; a live server has no steps that would change what it shows.
    pub(crate) fn step(&self) {
        let mut record = self.lock();
        if !record.live {
            record.narration.show(Detail::Crossings);
        }
    }

    /// What the story has to show since the last call.
    pub(crate) fn take_narration(&self) -> Vec<String> {
        self.lock().narration.take_lines()
    }

    /// The lines of the tape since the last call.
    pub(crate) fn take_tape(&self) -> Vec<String> {
        self.lock().tape.as_mut().map(Tape::take_lines).unwrap_or_default()
    }

    /// From now on nothing goes on the screen or on the tape; the capture goes on.
    pub(crate) fn stop(&self) {
        let mut record = self.lock();
        record.narration.show(Detail::Nothing);
        record.tape = None;
    }

    /// A thread that panicked while it recorded must not silence the others.
    fn lock(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
