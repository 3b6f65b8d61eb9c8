//! Lesson 11 · Unix socket · Socket Unix
//!
//! The calls of lessons 03 and 08, with a path in the place of IP and port, inside one kernel.
//!
//!     cargo run -p lesson11                      the whole story, on this machine
//!     cargo run -p lesson11 -- serve [PATH]      only the server: talk to it with `nc -U`
//!     cargo run -p lesson11 -- connect PATH      only the client; `@name` is an abstract name
//!
//! You should see a stream without TCP, datagrams without UDP that wait instead of getting lost, a
//! refusal that takes microseconds, a file that outlives its socket, and what all of it costs.
//!
//! The story begins in `story.rs`; each file in `story/` is a part of it. Where `std` has no Unix
//! sockets, as on Windows, the lesson says so in one sentence and ends with exit code 1.

#[cfg(unix)]
mod sides;
#[cfg(unix)]
mod story;
#[cfg(unix)]
mod text;

use std::process::ExitCode;

#[cfg(unix)]
fn main() -> ExitCode {
    if let Some(path) = story::permission::errand() {
        return story::permission::knock_and_tell(&path); // we are the second process of step 8
    }
    let (serve, connect) = (sides::serve, sides::connect);
    narrate::UnixLesson { number: 11, title: text::TITLE, story: story::tell, serve, connect, annotate: None }.run()
}

#[cfg(not(unix))]
fn main() -> ExitCode {
    use narrate::{Lang, Text};
    Lang::speak_as_asked(&std::env::args_os().skip(1).collect::<Vec<_>>());
    let needs_unix = Text {
        vi: "bài này cần một hệ có socket Unix: Linux, macOS, hoặc WSL trên Windows.",
        en: "this lesson needs a system with Unix sockets: Linux, macOS, or WSL on Windows.",
    };
    eprintln!("lesson11: {needs_unix}");
    ExitCode::FAILURE
}
