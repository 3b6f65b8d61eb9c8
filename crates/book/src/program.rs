//! The program as a whole: from its arguments to its exit code.

use crate::cli::{Command, Invocation};
use crate::course::Course;
use crate::problem::Problems;
use crate::serve::Preview;
use crate::{check, site, text};
use anyhow::{Result, bail};
use narrate::Lang;
use std::ffi::OsString;
use std::process::ExitCode;

/// Does what the arguments of this process say. The exit code is 0 when all is well, 1 when the
/// book is not, 2 when the arguments make no sense.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    Lang::speak_as_asked(&arguments);
    let invocation = match Invocation::parse(arguments) {
        Ok(invocation) => invocation,
        Err(error) => {
            eprintln!("book: {error}\n\n{}", text::usage());
            return ExitCode::from(2);
        }
    };
    match run(invocation) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            match error.downcast_ref::<Problems>() {
                Some(problems) => {
                    eprintln!("{problems}\n\n{}", text::problem_count(problems.0.len()));
                }
                None => eprintln!("book: {error:#}"),
            }
            ExitCode::FAILURE
        }
    }
}

fn run(invocation: Invocation) -> Result<()> {
    let course = Course::here();
    match invocation.command {
        Command::Help => println!("{}", text::usage()),
        Command::Build { out } => {
            let out = out.unwrap_or_else(|| course.root().join("dist"));
            site::build(&course, &out)?;
            println!("{}", text::built(out.join("index.html").display()));
        }
        Command::Check => {
            let report = check::run(&course)?;
            println!("{report}");
        }
        Command::Bless { pages } => {
            for name in check::bless(&course, pages.as_deref())? {
                println!("{}", text::blessed(name));
            }
        }
        Command::Serve { chapter, address, out } => {
            let out = out.unwrap_or_else(|| course.root().join("dist"));
            let page = first_page(&course, chapter)?;
            let preview = Preview::start(&course, &out, address)?;
            let address = preview.address()?;
            println!("LISTENING {address}");
            println!("{}", text::serving(format_args!("http://{address}/{}/{page}", Lang::current())));
            preview.run()?;
        }
    }
    Ok(())
}

/// The page that the printed address leads to.
fn first_page(course: &Course, chapter: Option<u8>) -> Result<String> {
    let Some(number) = chapter else { return Ok("index.html".to_owned()) };
    match course.chapter(number) {
        Some(page) => Ok(page.replace(".md", ".html")),
        None => bail!(text::no_chapter(format_args!("{number:02}"))),
    }
}
