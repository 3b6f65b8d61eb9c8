//! Lesson 16
mod annotate;
mod connect;
mod http;
mod member;
mod room;
mod server;
mod text;
use narrate::{Error, Lesson, Stage};
use std::process::ExitCode;
fn main() -> ExitCode {
    let (serve, connect) = (Some(server::serve as _), Some(connect::connect as _));
    Lesson { number: 16, title: text::TITLE, story, serve, connect, annotate: Some(annotate::websocket) }.run()
}
fn story(_stage: &Stage) -> Result<(), Error> {
    Ok(())
}
