//! A lesson whose sides are found at a path instead of an address and a port.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::Program;
use crate::arguments::ServerAddress;
use crate::error::Error;
use crate::lang::Text;
use crate::stage::Stage;
use crate::tape::Dissector;
use crate::text;

/// As [`crate::Lesson`], for Unix sockets: `serve [PATH]` and `connect PATH`.
pub struct UnixLesson {
    /// The number that lesson, exercise, solution and chapter share.
    pub number: u8,
    /// What the lesson is about, in a few words.
    pub title: Text,
    /// Both sides in one run: what the reader sees without arguments.
    pub story: fn(&Stage) -> Result<(), Error>,
    /// `serve [PATH]`: only the server, until Ctrl-C. Without a path it is the lesson that finds one.
    pub serve: fn(&Stage, Option<&Path>) -> Result<(), Error>,
    /// `connect PATH`: only the client.
    pub connect: fn(&Stage, &Path) -> Result<(), Error>,
    /// Explains the bytes of this lesson's protocol on the tape; `None` for plain text.
    pub dissector: Option<Dissector>,
}

impl UnixLesson {
    /// As [`crate::Lesson::run`].
    pub fn run(&self) -> ExitCode {
        let told = Program { number: self.number, title: self.title, story: self.story, dissector: self.dissector };
        told.run(
            Some(|stage: &Stage, Given(path): Given| (self.serve)(stage, path.as_deref())),
            Some(|stage: &Stage, Given(path): Given| (self.connect)(stage, &path.unwrap_or_default())),
        )
    }
}

/// The path on the command line, if there was one. Behind `connect` there always is.
struct Given(Option<PathBuf>);

impl ServerAddress for Given {
    fn fresh() -> Given {
        Given(None)
    }

    fn read(word: &OsStr) -> Result<Given, Error> {
        match word.is_empty() {
            true => Err(Error::new(text::unix::connect_needs_path())),
            false => Ok(Given(Some(word.into()))),
        }
    }

    fn missing() -> String {
        text::unix::connect_needs_path()
    }

    fn usage(program: &str, title: String) -> String {
        text::unix::usage(program, title)
    }

    fn capture_lacks() -> Option<String> {
        Some(text::unix::no_packets())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::{Command, parse};

    #[test]
    fn serve_takes_a_path_or_none_and_connect_needs_one() {
        let path = |line: &str| {
            parse(line.split(' ').map(Into::into)).map(|parsed| match parsed.command {
                Command::Serve(Given(path)) | Command::Connect(Given(path)) => path,
                Command::Story | Command::Help => panic!("{line} is neither"),
            })
        };
        assert_eq!(path("serve").unwrap(), None);
        assert_eq!(path("serve a/b.sock").unwrap(), Some("a/b.sock".into()));
        assert_eq!(path("connect @name").unwrap(), Some("@name".into()));
        assert!(path("connect").unwrap_err().to_string().contains("connect"));
        assert!(path("serve ").is_err(), "an empty path is no path");
    }
}
