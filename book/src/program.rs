//! The program as a whole: from its arguments to its exit code.

use crate::cli::{Command, Invocation};
use crate::course::Course;
use crate::problem::Problems;
use crate::{check, serve, site, text};
use anyhow::Result;
use narrate::Lang;
use std::process::ExitCode;

/// Does what the arguments of this process say. The exit code is 0 when all is well, 1 when the
/// book is not, 2 when the arguments make no sense.
pub fn main() -> ExitCode {
    Lang::detect().speak();
    let invocation = match Invocation::parse(std::env::args_os().skip(1)) {
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
            serve::run(&course, &out, address, chapter)?;
        }
    }
    Ok(())
}
