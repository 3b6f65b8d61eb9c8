//! The screen of a lesson: numbered steps, and under each what every side sees.

#[cfg(feature = "tokio")]
mod asynchronous;
mod datagram;
mod explained;
mod overhear;
#[cfg(unix)]
pub(crate) mod unix;

use std::cell::Cell;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use crate::kernel::{self, State};
use crate::tap::{Recorder, Tapped};
use crate::tape::{Annotate, hex_line};
use crate::{Endpoint, Error, Side, columns, errno, text};

/// Columns of the screen that a story may use.
pub(crate) const WIDTH: usize = 80;
/// Where the sentence of a step begins, after its number.
const STEP_INDENT: usize = 4;
/// Where the facts below a step begin.
const FACT_INDENT: usize = 6;
/// Bytes that one fact line shows; more are counted, not shown (the tape shows all).
const BYTES_SHOWN: usize = 12;
/// The same beside a call and its result, which take some of the line.
const BYTES_GIVEN: usize = 10;

/// How long a read of a story waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where a story is told. One per run; it prints, and it knows the tape.
pub struct Stage {
    number: u8,
    step: Cell<usize>,
    table_excused: Cell<bool>,
    live: bool,
    colour: bool,
    recorder: Recorder,
    pcap: Option<PathBuf>,
}

impl Stage {
    pub(crate) fn new(
        number: u8,
        tape: bool,
        live: bool,
        pcap: Option<PathBuf>,
        annotate: Option<Annotate>,
    ) -> Result<Stage, Error> {
        let cannot = |file: &PathBuf, why| Error::new(text::cannot_write_pcap(file.display(), why));
        let recorder = Recorder::new(tape, live, pcap.as_deref(), annotate)
            .map_err(|why| cannot(pcap.as_ref().unwrap_or(&PathBuf::new()), why))?;
        let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Ok(Stage { number, step: Cell::new(0), table_excused: Cell::new(false), live, colour, recorder, pcap })
    }

    /// The next numbered step, wrapped to the screen.
    pub fn step(&self, sentence: String) {
        self.flush_tape();
        self.step.set(self.step.get() + 1);
        let number = format!("{:>2}", self.step.get());
        let number = if self.colour { format!("\x1b[1m{number}\x1b[0m") } else { number };
        let mut lines = wrap(&sentence, WIDTH - STEP_INDENT).into_iter();
        self.line(&format!("{number}  {}", lines.next().unwrap_or_default()));
        for line in lines {
            self.line(&format!("{:STEP_INDENT$}{line}", ""));
        }
    }

    /// A further sentence below the step, set in a little.
    pub fn say(&self, sentence: String) {
        for line in wrap(&sentence, WIDTH - FACT_INDENT) {
            self.line(&format!("{:FACT_INDENT$}{line}", ""));
        }
    }

    /// What one side sees: its label, then the fact.
    pub fn fact(&self, side: Side, fact: impl Display) {
        self.line(&format!("{:FACT_INDENT$}{}   {fact}", "", self.label(side)));
    }

    /// One end of a connection as the kernel's table shows it now: state and addresses.
    pub fn socket(&self, end: &Endpoint) {
        let addresses = match end.peer {
            Some(peer) => format!("{} → {peer}", end.local),
            None => end.local.to_string(),
        };
        match self.state(end) {
            Some(state) => self.fact(end.side, format!("{state:<11} {addresses}")),
            None => self.fact(end.side, addresses),
        }
    }

    /// What both sides see of the same subjects, next to each other: a heading with the two labels,
    /// then one row a subject.
    pub fn side_by_side(&self, sides: [Side; 2], rows: &[(String, [String; 2])]) {
        let heading = sides.map(|side| (self.label(side), side.label.chars().count().max(LABEL)));
        for line in columns::table(&heading, rows) {
            self.line(&format!("{:FACT_INDENT$}{line}", ""));
        }
    }

    /// Several ends in one line, only their states: `client  FIN-WAIT-2    server  CLOSE-WAIT`.
    /// Waits (at most a second each) until the kernel has come to the state given beside each.
    pub fn states(&self, ends: &[(Endpoint, Option<State>)]) {
        let mut line = String::new();
        for (end, expected) in ends {
            kernel::settle(end, *expected);
            if let Some(state) = self.state(end) {
                line.push_str(&format!("{}   {state:<18} ", self.label(end.side)));
            }
        }
        if !line.is_empty() {
            self.line(&format!("{:FACT_INDENT$}{}", "", line.trim_end()));
        }
    }

    /// Bytes that went from one side to the other: in hex, and as text where they are text.
    pub fn bytes(&self, from: Side, to: Side, bytes: &[u8]) {
        let shown = &bytes[..bytes.len().min(BYTES_SHOWN)];
        let arrow = format!("{:FACT_INDENT$}{} → {}", "", self.label(from), self.label(to));
        self.line(&format!("{arrow}   {}", hex_line(shown)));
        if bytes.len() > shown.len() {
            let indent = FACT_INDENT + from.label.len().max(LABEL) + to.label.len().max(LABEL) + 6;
            self.line(&format!("{:indent$}{}", "", text::bytes_more(bytes.len() - shown.len())));
        }
    }

    /// What a call gave: `read() → 3   78 69 6e   "xin"`.
    pub fn gave(&self, side: Side, call: &str, bytes: &[u8]) {
        let shown = &bytes[..bytes.len().min(BYTES_GIVEN)];
        self.fact(side, format!("{call} → {:<2}   {}", bytes.len(), hex_line(shown)));
        if bytes.len() > shown.len() {
            self.fact(Side { label: "", ..side }, text::bytes_more(bytes.len() - shown.len()));
        }
    }

    /// An error that a call met, with its C name: `connect → ECONNREFUSED: nobody listens there`.
    pub fn met(&self, side: Side, call: &str, error: &io::Error) {
        match errno(error) {
            Some((name, meaning)) => self.fact(side, format!("{call} → {name}: {meaning}")),
            None => self.fact(side, format!("{call} → {error}")),
        }
    }

    /// The tape listens in on `stream`: what is read and written through the returned value is
    /// recorded for `--tape` and `--pcap`. In a story a read also gives up after five seconds, so
    /// that the story ends even when something is wrong; nothing else about the stream changes.
    ///
    /// # Errors
    /// When the socket is not connected any more.
    pub fn tap(&self, side: Side, stream: TcpStream) -> io::Result<Tapped> {
        if !self.live {
            stream.set_read_timeout(Some(PATIENCE))?;
        }
        Tapped::new(self.recorder.clone(), side, stream)
    }

    /// What a server prints first, so that programs and people find it; then how to talk to it.
    pub fn listening(&self, address: SocketAddr) {
        self.line(&format!("LISTENING {address}"));
        self.line(&text::talk_to_it(address.ip(), address.port()));
    }

    /// The end of a story: commands to try by hand, each with a word on what it shows, then the
    /// exercise and the chapter of the same number.
    pub fn try_next(&self, commands: &[(&str, String)]) {
        self.flush_tape();
        self.recorder.stop_tape(); // what is dropped after the last step is not part of the story
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

    /// One line as it is. When nobody reads our output any more (`| head`), the run ends quietly.
    pub fn line(&self, line: &str) {
        print(line);
    }

    /// Prints what the tape still holds and closes the capture.
    pub(crate) fn finish(&self) {
        self.flush_tape();
        if let Some(file) = &self.pcap {
            self.line(&text::pcap_written(file.display()));
        }
    }

    fn flush_tape(&self) {
        for line in self.recorder.take_lines() {
            self.line(&line);
        }
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

    fn label(&self, side: Side) -> String {
        let label = side.label;
        match (self.colour, side.calls) {
            (false, _) => format!("{label:<LABEL$}"),
            (true, true) => format!("\x1b[36m{label:<LABEL$}\x1b[0m"),
            (true, false) => format!("\x1b[33m{label:<LABEL$}\x1b[0m"),
        }
    }
}

/// Columns of a label: `client` and `server` are six letters, so arrows stand below each other.
const LABEL: usize = 6;

/// Prints a line, or ends the run when there is nobody to read it.
pub(crate) fn print(line: &str) {
    if let Err(error) = writeln!(io::stdout(), "{line}") {
        let gone = error.kind() == io::ErrorKind::BrokenPipe;
        std::process::exit(if gone { 0 } else { 1 });
    }
}

/// Breaks a sentence into lines of at most `width` columns. A word that is longer stands alone.
/// Composed letters (NFC) are one column each, so counting `char`s is enough for both languages.
pub(crate) fn wrap(sentence: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in sentence.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn a_sentence_breaks_between_words_only() {
        assert_eq!(wrap("một hai ba bốn", 7), ["một hai", "ba bốn"]);
        assert_eq!(wrap("a-very-long-word b", 4), ["a-very-long-word", "b"]);
    }
}
