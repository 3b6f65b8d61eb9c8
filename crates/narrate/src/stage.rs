//! The screen of a lesson: numbered steps, and under each what every side sees.

use std::cell::Cell;
use std::fmt::Display;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::error::{Error, errno};
use crate::event::{Endpoint, Side};
use crate::kernel::{self, State};
use crate::narration::Detail;
use crate::observe::{self, Family, Observable};
use crate::recorder::Recorder;
use crate::screen::{Colour, FACT_INDENT, LABEL, WIDTH, hex_of, print, table, wrap};
use crate::tap::{Tapped, Tapper};
use crate::tape::Dissector;
use crate::text;

/// Where the sentence of a step begins, after its number.
const STEP_INDENT: usize = 4;
/// Where the meaning of a short part begins, to the right of eight bytes.
const MEANING: usize = 8 * 3;

/// Where a story is told. One per run; it prints what the story says and what its taps hear.
pub struct Stage {
    number: u8,
    step: Cell<usize>,
    table_excused: Cell<bool>,
    live: bool,
    colour: Colour,
    recorder: Recorder,
    pcap: Option<PathBuf>,
}

impl Stage {
    pub(crate) fn new(
        number: u8,
        tape: bool,
        live: bool,
        pcap: Option<PathBuf>,
        dissector: Option<Dissector>,
    ) -> Result<Stage, Error> {
        let cannot = |file: &PathBuf, why| Error::new(text::cannot_write_pcap(file.display(), why));
        let colour = Colour::detect();
        let recorder = Recorder::new(tape, live, colour, pcap.as_deref(), dissector)
            .map_err(|why| cannot(pcap.as_ref().unwrap_or(&PathBuf::new()), why))?;
        Ok(Stage { number, step: Cell::new(0), table_excused: Cell::new(false), live, colour, recorder, pcap })
    }

    /// The next numbered step, wrapped to the screen. What taps have heard so far belongs to the one before it.
    pub fn step(&self, sentence: String) {
        self.flush();
        self.flush_tape();
        self.recorder.step();
        self.step.set(self.step.get() + 1);
        let number = format!("{:>2}", self.step.get());
        let number = if self.colour.0 { format!("\x1b[1m{number}\x1b[0m") } else { number };
        let mut lines = wrap(&sentence, WIDTH - STEP_INDENT).into_iter();
        self.line(&format!("{number}  {}", lines.next().unwrap_or_default()));
        for line in lines {
            self.line(&format!("{:STEP_INDENT$}{line}", ""));
        }
    }

    /// Until the next step, every call on a socket with a tap is a line of its own, with its result: for a step in
    /// which the calls are the point. In `serve` and `connect`, where taps are silent otherwise, from here on.
    pub fn show_calls(&self) {
        self.flush();
        self.recorder.show(Detail::Calls);
    }

    /// Until the next step (or [`Stage::show_calls`]), nothing that taps hear is on the screen.
    pub fn hide_calls(&self) {
        self.flush();
        self.recorder.show(Detail::Nothing);
    }

    /// A further sentence below the step, set in a little.
    pub fn say(&self, sentence: String) {
        for line in wrap(&sentence, WIDTH - FACT_INDENT) {
            self.line(&format!("{:FACT_INDENT$}{line}", ""));
        }
    }

    /// What one side sees: its label, then the fact.
    pub fn fact(&self, side: Side, fact: impl Display) {
        self.line(&format!("{:FACT_INDENT$}{}   {fact}", "", self.colour.label(side)));
    }

    /// What a call returned that no tap can hear, such as `bind` or a `connect` that fails:
    /// `connect() → ECONNREFUSED: …`, or `bind() → OK`.
    pub fn returned<T>(&self, side: Side, call: &str, result: &io::Result<T>) {
        match result.as_ref().map_err(|error| (errno(error), error)) {
            Ok(_) => self.fact(side, format!("{call} → {}", text::ok())),
            Err((Some((name, meaning)), _)) => self.fact(side, format!("{call} → {name}: {meaning}")),
            Err((None, error)) => self.fact(side, format!("{call} → {error}")),
        }
    }

    /// What both sides see of the same subjects, next to each other: a heading with the two labels,
    /// then one row a subject.
    pub fn side_by_side(&self, sides: [Side; 2], rows: &[(String, [String; 2])]) {
        let heading = sides.map(|side| (self.colour.label(side), side.label.chars().count().max(LABEL)));
        for line in table(&heading, rows) {
            self.line(&format!("{:FACT_INDENT$}{line}", ""));
        }
    }

    /// A part of a message and what it means: `c0 0c   name: as at byte 12`.
    pub fn explained(&self, side: Side, bytes: &[u8], meaning: &str) {
        self.fact(side, format!("{:<MEANING$} {meaning}", hex_of(bytes)));
    }

    /// Sets a tap on `socket`: what is read and written through the returned value is on the screen, on the tape
    /// and in the capture. In a story a read also gives up after five seconds, so that the story ends even when
    /// something is wrong; nothing else about the socket changes.
    ///
    /// # Errors
    /// When a TCP socket is not connected (any more).
    pub fn tap<S: Observable>(&self, side: Side, socket: S) -> io::Result<Tapped<S>> {
        self.tapper(side).tap(socket)
    }

    /// As [`Stage::tap`], for threads and tasks: the tapper can be cloned and sent.
    pub fn tapper(&self, side: Side) -> Tapper {
        Tapper::new(self.recorder.clone(), side, !self.live)
    }

    /// A socket as the kernel's table shows it now: its state and its addresses, or its kind and its name.
    pub fn show(&self, side: Side, socket: &impl Observable) {
        match observe::family(socket) {
            Ok(Family::Tcp { local, peer }) => self.tcp_socket(&Endpoint { side, local, peer }),
            Ok(Family::Udp { local, .. }) => self.udp_socket(side, socket, local),
            #[cfg(unix)]
            Ok(Family::Unix) => self.unix_socket(side, socket),
            #[cfg(not(unix))]
            Ok(Family::Unix) => {}
            Err(error) => self.fact(side, error),
        }
    }

    fn tcp_socket(&self, end: &Endpoint) {
        let addresses = match end.peer {
            Some(peer) => format!("{} → {peer}", end.local),
            None => end.local.to_string(),
        };
        match self.state(end) {
            Some(state) => self.fact(end.side, format!("{state:<11} {addresses}")),
            None => self.fact(end.side, addresses),
        }
    }

    fn udp_socket(&self, side: Side, socket: &impl Observable, local: SocketAddr) {
        match kernel::udp::find(socket) {
            Ok(Some(row)) if row.peer.port() != 0 => {
                self.fact(side, format!("{:<11} {local} → {}", row.state, row.peer));
            }
            Ok(Some(row)) => self.fact(side, format!("{:<11} {local}", row.state)),
            Ok(None) | Err(_) => {
                self.fact(side, local);
                self.excuse_table();
            }
        }
    }

    #[cfg(unix)]
    fn unix_socket(&self, side: Side, socket: &impl Observable) {
        match kernel::unix::find(socket) {
            Ok(Some(row)) => {
                let name = row.name.map_or_else(text::no_name, |name| observe::last_part(name.as_ref()));
                self.fact(side, format!("{:<11} {:<10} {name}", row.state, row.kind));
            }
            Ok(None) | Err(_) => self.excuse_table(),
        }
    }

    /// How many connections wait for `accept` in the queue of a TCP listener. Waits until there is one, at most a
    /// second: the kernel counts it a moment after `connect` has returned.
    pub fn show_backlog(&self, listener: &impl Observable) {
        let Ok(end) = Endpoint::of(Side::SERVER, listener) else { return };
        kernel::wait_until(&end, |row| row.is_some_and(|row| row.receive_queue > 0));
        match kernel::find(&end) {
            Ok(Some(row)) if row.receive_queue == 1 => self.fact(end.side, text::backlog_one()),
            Ok(Some(row)) => self.fact(end.side, text::backlog(row.receive_queue)),
            Ok(None) | Err(_) => {}
        }
    }

    /// Several ends in one line, only their states: `client  FIN-WAIT-2    server  CLOSE-WAIT`.
    /// Waits (at most a second each) until the kernel has come to the state given beside each
    /// (`None`: until it has forgotten that end). What is printed is what the kernel says.
    pub fn states(&self, ends: &[(Endpoint, Option<State>)]) {
        let mut line = String::new();
        for (end, expected) in ends {
            kernel::wait_state(end, *expected);
            if let Some(state) = self.state(end) {
                line.push_str(&format!("{}   {state:<18} ", self.colour.label(end.side)));
            }
        }
        if !line.is_empty() {
            self.line(&format!("{:FACT_INDENT$}{}", "", line.trim_end()));
        }
    }

    /// What a server prints first, so that programs and people find it; then how to talk to it. `socket` is a
    /// listener, or the datagram socket that a server receives on.
    ///
    /// # Errors
    /// When the socket does not tell its address.
    pub fn listening(&self, socket: &impl Observable) -> io::Result<()> {
        match observe::family(socket)? {
            Family::Tcp { local, .. } => {
                self.line(&format!("LISTENING {local}"));
                self.line(&text::talk_to_it(local.ip(), local.port()));
            }
            Family::Udp { local, .. } => {
                self.line(&format!("LISTENING {local}"));
                self.line(&text::talk_to_it_by_udp(local.ip(), local.port()));
            }
            #[cfg(unix)]
            Family::Unix => {
                let address = observe::unix_address(socket)?;
                self.line(&format!("LISTENING {address}"));
                match address.strip_prefix('@') {
                    Some(name) => self.line(&text::unix::talk_to_it_by_name(name)),
                    None => self.line(&text::unix::talk_to_it_by_path(&address)),
                }
            }
            #[cfg(not(unix))]
            Family::Unix => {}
        }
        Ok(())
    }

    /// The end of a story: commands to try by hand, each with a word on what it shows, then the
    /// exercise and the chapter of the same number. What is dropped after it is not part of the story.
    pub fn try_next(&self, commands: &[(&str, String)]) {
        self.flush();
        self.flush_tape();
        self.recorder.stop();
        self.line("");
        self.line(&format!(" {}", text::try_next()));
        for (command, why) in commands {
            self.line(&format!("   {command}"));
            for line in wrap(why, WIDTH - FACT_INDENT - 2) {
                self.line(&format!("{:1$}{line}", "", FACT_INDENT + 2));
            }
        }
        self.line(&format!(" {}", text::what_follows(self.number)));
    }

    /// One line as it is, after what taps have heard before it. When nothing reads our output any more
    /// (`| head`), the run ends quietly.
    pub fn line(&self, line: &str) {
        self.flush();
        print(line);
    }

    /// Prints what taps have heard and what the tape still holds, and closes the capture.
    pub(crate) fn finish(&self) {
        self.flush();
        self.flush_tape();
        if let Some(file) = &self.pcap {
            self.line(&text::pcap_written(file.display()));
        }
    }

    fn flush(&self) {
        self.recorder.take_narration().iter().for_each(|line| print(line));
    }

    fn flush_tape(&self) {
        self.recorder.take_tape().iter().for_each(|line| print(line));
    }

    /// The state as a word; `None` (and once a sentence) where the system shows no table.
    fn state(&self, end: &Endpoint) -> Option<String> {
        match kernel::find(end) {
            Ok(Some(row)) => Some(row.state.to_string()),
            Ok(None) => Some(format!("({})", text::gone())),
            Err(_) => {
                self.excuse_table();
                None
            }
        }
    }

    /// Says once that this system shows no table.
    fn excuse_table(&self) {
        if !self.table_excused.replace(true) {
            self.say(text::no_table());
        }
    }
}
