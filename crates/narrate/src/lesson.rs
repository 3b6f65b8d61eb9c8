//! A lesson as a program: its story, its two sides, its command line.

#[cfg(unix)]
pub(crate) mod unix;

use std::net::SocketAddr;
use std::process::ExitCode;

use crate::arguments::{self, Command, ServerAddress};
use crate::error::Error;
use crate::lang::{Lang, Text};
use crate::stage::Stage;
use crate::tape::Dissector;
use crate::{deadline, text};

/// The usage was wrong: nothing was tried.
const USAGE: u8 = 2;

/// One side of the lesson, run alone at (or towards) an address.
pub type OneSide = fn(&Stage, SocketAddr) -> Result<(), Error>;

/// What a lesson is made of. `main` is `LESSON.run()`.
pub struct Lesson {
    /// The number that lesson, exercise, solution and chapter share.
    pub number: u8,
    /// What the lesson is about, in a few words.
    pub title: Text,
    /// Both sides in one run: what the reader sees without arguments.
    pub story: fn(&Stage) -> Result<(), Error>,
    /// `serve [ADDRESS]`: only the server, until Ctrl-C.
    pub serve: Option<OneSide>,
    /// `connect ADDRESS`: only the client.
    pub connect: Option<OneSide>,
    /// Explains the bytes of this lesson's protocol on the tape; `None` for plain text.
    pub dissector: Option<Dissector>,
}

impl Lesson {
    /// Reads the command line and does what it asks.
    ///
    /// The exit code is 0 after a story that went to its end, 1 when the network refused,
    /// 2 when the command line was wrong. The sentence that says why goes to stderr.
    pub fn run(&self) -> ExitCode {
        let told = Program { number: self.number, title: self.title, story: self.story, dissector: self.dissector };
        told.run::<SocketAddr>(self.serve, self.connect)
    }
}

/// The `main` of a lesson on Unix sockets where there are none (Windows): says so, exit code 1.
pub fn unsupported(number: u8, title: Text) -> ExitCode {
    Lang::speak_as_asked(&std::env::args_os().skip(1).collect::<Vec<_>>());
    eprintln!("{}", text::lesson(number, title));
    eprintln!("{}", text::needs_unix());
    ExitCode::FAILURE
}

/// What a lesson is made of whatever its sides talk by.
struct Program {
    number: u8,
    title: Text,
    story: fn(&Stage) -> Result<(), Error>,
    dissector: Option<Dissector>,
}

impl Program {
    fn run<A: ServerAddress>(
        &self,
        serve: Option<impl FnOnce(&Stage, A) -> Result<(), Error>>,
        connect: Option<impl FnOnce(&Stage, A) -> Result<(), Error>>,
    ) -> ExitCode {
        let program = format!("lesson{:02}", self.number);
        let complain = |error: &Error| eprintln!("{program}: {error}");

        let arguments = match arguments::parse::<A>(std::env::args_os().skip(1)) {
            Ok(arguments) => arguments,
            Err(error) => {
                complain(&error);
                eprintln!("{}", text::see_help(&program));
                return USAGE.into();
            }
        };
        let live = matches!(arguments.command, Command::Serve(_) | Command::Connect(_));
        let lacking = arguments.pcap.as_ref().and_then(|_| A::capture_lacks());
        let stage = match Stage::new(self.number, arguments.tape, live, arguments.pcap, self.dissector) {
            Ok(stage) => stage,
            Err(error) => {
                complain(&error);
                return ExitCode::FAILURE;
            }
        };
        let not_here = |word| Err(Error::new(text::one_side_not_here(word)));
        let done = match arguments.command {
            Command::Help => {
                stage.line(&A::usage(&program, text::lesson(self.number, self.title)));
                Ok(())
            }
            Command::Story => {
                deadline::end_after(deadline::STORY, text::story_is_stuck(&program, deadline::STORY.as_secs()));
                stage.line(&text::lesson(self.number, self.title));
                stage.line("");
                (self.story)(&stage)
            }
            Command::Serve(address) => serve.map_or_else(|| not_here("serve"), |serve| serve(&stage, address)),
            Command::Connect(address) => {
                connect.map_or_else(|| not_here("connect"), |connect| connect(&stage, address))
            }
        };
        stage.finish();
        lacking.iter().for_each(|lacking| stage.line(lacking));
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                complain(&error);
                ExitCode::FAILURE
            }
        }
    }
}
