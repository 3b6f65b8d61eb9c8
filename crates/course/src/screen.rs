//! What the commands print on: how wide it is, and whether it has colours.

use std::io::{self, IsTerminal, Write};

use checks::{Style, hang};

/// The columns the course is written for, when nobody says how many there are.
const WIDTH: usize = 80;
/// Longer lines tire the eye.
const WIDEST: usize = 100;
/// Narrower than this nothing lines up any more.
const NARROWEST: usize = 40;

/// Standard output and standard error, as this process was given them.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    style: Style,
    terminal: bool,
    /// Standard error is a terminal on which a line can be replaced.
    watched: bool,
}

impl Screen {
    /// Looks at what standard output is. Colour only on a terminal, and not where `NO_COLOR` is
    /// set or the terminal is `dumb`.
    pub fn of_this_process() -> Screen {
        let terminal = io::stdout().is_terminal();
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
        let colour = terminal && !set("NO_COLOR") && !dumb && understands_colour();
        let width = match ratatui::crossterm::terminal::size() {
            Ok((columns, _)) if terminal => usize::from(columns).clamp(NARROWEST, WIDEST),
            _ => WIDTH,
        };
        let watched = io::stderr().is_terminal() && !dumb;
        Screen { style: Style { colour, width }, terminal, watched }
    }

    /// How reports are to be rendered for this screen.
    pub fn style(&self) -> Style {
        self.style
    }

    /// Is somebody looking at a terminal?
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// The columns there are.
    pub fn width(&self) -> usize {
        self.style.width
    }

    /// Prints `text` and ends the line.
    ///
    /// # Errors
    /// When nobody reads any more (`cargo course list | head -1`) or the disk is full.
    pub fn line(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        writeln!(out, "{text}")?;
        out.flush()
    }

    /// Prints `text` as it is; it brings its own line ends.
    ///
    /// # Errors
    /// As [`Screen::line`].
    pub fn text(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    /// Prints prose and ends the line. On a terminal it is broken between words.
    ///
    /// # Errors
    /// As [`Screen::line`].
    pub fn prose(&self, text: &str) -> io::Result<()> {
        self.text(&self.fitted(text))
    }

    /// Prints prose to standard error. There is nobody left to tell when that fails.
    pub fn error(&self, text: &str) {
        let _ = io::stderr().lock().write_all(self.fitted(text).as_bytes());
    }

    /// `text` with its longer lines broken, and a line end.
    fn fitted(&self, text: &str) -> String {
        let fit = |line: &str| {
            if self.terminal && line.chars().count() > self.style.width {
                hang("", line, self.style.width)
            } else {
                format!("{line}\n")
            }
        };
        text.split('\n').map(fit).collect()
    }

    /// A line that the next one replaces: what is going on, for whoever sits and waits.
    pub fn status_line(&self, text: &str) {
        if self.watched {
            let short: String = text.chars().take(self.style.width.saturating_sub(1)).collect();
            let mut out = io::stderr().lock();
            let _ = write!(out, "\r\x1b[2K{short}").and_then(|()| out.flush());
        }
    }

    /// `text` in bold.
    pub fn bold(&self, text: &str) -> String {
        self.wrapped_in("1", text)
    }

    /// `text` a little fainter than the rest.
    pub fn faint(&self, text: &str) -> String {
        self.wrapped_in("2", text)
    }

    /// `text` in green: it is well.
    pub fn green(&self, text: &str) -> String {
        self.wrapped_in("32", text)
    }

    /// `text` in yellow: it wants something.
    pub fn yellow(&self, text: &str) -> String {
        self.wrapped_in("33", text)
    }

    /// `text` in red: it failed.
    pub fn red(&self, text: &str) -> String {
        self.wrapped_in("31", text)
    }

    fn wrapped_in(&self, code: &str, text: &str) -> String {
        if self.style.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

#[cfg(windows)]
fn understands_colour() -> bool {
    ratatui::crossterm::ansi_support::supports_ansi()
}

#[cfg(not(windows))]
fn understands_colour() -> bool {
    true
}
