//! What the program was asked to do.

use crate::text;
use lexopt::prelude::*;
use narrate::Lang;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

/// One call of the program, read.
#[derive(Debug, PartialEq, Eq)]
pub struct Invocation {
    /// What to do.
    pub command: Command,
}

/// What there is to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Say how to use the program.
    Help,
    /// Build the book.
    Build {
        /// Where to; `dist` when it is not said.
        out: Option<PathBuf>,
    },
    /// Refuse whatever is broken, stale, or on one side only.
    Check,
    /// Say that a person has brought pages in step with the other language.
    Bless {
        /// Which; all when none.
        pages: Option<Vec<String>>,
    },
    /// Build the book, show it, and build it again after each change.
    Serve {
        /// The lesson whose chapter to show first.
        chapter: Option<u8>,
        /// Where to listen; port 0 lets the kernel choose.
        address: SocketAddr,
        /// Where to build; `dist` when it is not said.
        out: Option<PathBuf>,
    },
}

impl Invocation {
    /// Reads the arguments behind the program's name. `--lang` has taken effect before
    /// ([`Lang::speak_as_asked`]); here it is held to name a language.
    ///
    /// # Errors
    /// A sentence that names the argument and what would be right.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, String> {
        let mut parser = lexopt::Parser::from_args(arguments);
        let (mut build, mut check, mut help, mut bless_all) = (false, false, false, false);
        let (mut out, mut chapter, mut address) = (None, None, None);
        let mut bless = Vec::new();
        while let Some(argument) = parser.next().map_err(text::bad_arguments)? {
            match argument {
                Long("build") => build = true,
                Long("check") => check = true,
                Long("bless-all") => bless_all = true,
                Long("bless") => bless.push(word(&mut parser, "--bless")?),
                Long("help") | Short('h') => help = true,
                Long("out") => out = Some(PathBuf::from(word(&mut parser, "--out")?)),
                Long("address") => {
                    let value = word(&mut parser, "--address")?;
                    address = Some(value.parse().map_err(|_| text::bad_address(&value))?);
                }
                Long("lang") => {
                    let value = word(&mut parser, "--lang")?;
                    Lang::from_code(&value).ok_or_else(|| text::bad_lang(&value))?;
                }
                Value(value) => {
                    let value = value.to_string_lossy().into_owned();
                    let number = value.parse().ok().filter(|_| value.len() == 2);
                    chapter = Some(number.ok_or_else(|| text::bad_argument(&value))?);
                }
                Long(name) => return Err(text::unknown_option(format_args!("--{name}"))),
                Short(letter) => return Err(text::unknown_option(format_args!("-{letter}"))),
            }
        }
        let asked = [build, check, bless_all, !bless.is_empty(), chapter.is_some()];
        if asked.iter().filter(|&&asked| asked).count() > 1 {
            return Err(text::one_thing_at_a_time());
        }
        let command = match () {
            () if help => Command::Help,
            () if build => Command::Build { out },
            () if check => Command::Check,
            () if bless_all => Command::Bless { pages: None },
            () if !bless.is_empty() => Command::Bless { pages: Some(bless) },
            () => {
                let address = address.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
                Command::Serve { chapter, address, out }
            }
        };
        Ok(Invocation { command })
    }
}

fn word(parser: &mut lexopt::Parser, option: &str) -> Result<String, String> {
    match parser.value() {
        Ok(value) => Ok(value.to_string_lossy().into_owned()),
        Err(_) => Err(text::value_missing(option)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        let arguments = line.split_whitespace().map(OsString::from);
        Invocation::parse(arguments).map(|invocation| invocation.command)
    }

    #[test]
    fn no_argument_shows_the_book_on_a_port_the_kernel_chooses() {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        assert_eq!(parse(""), Ok(Command::Serve { chapter: None, address, out: None }));
        assert_eq!(parse("03"), Ok(Command::Serve { chapter: Some(3), address, out: None }));
    }

    #[test]
    fn each_wrong_argument_is_named() {
        for (line, named) in [
            ("--bogus", "--bogus"),
            ("-x", "-x"),
            ("3", "3"),
            ("three", "three"),
            ("--address here", "here"),
            ("--lang fr", "fr"),
            ("--out", "--out"),
        ] {
            let error = parse(line).unwrap_err();
            assert!(error.contains(named), "{line}: {error}");
        }
    }

    #[test]
    fn two_commands_at_once_are_refused() {
        assert!(parse("--build --check").is_err());
        assert!(parse("03 --check").is_err());
    }
}
