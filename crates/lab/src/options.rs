//! The command line of the lab.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use lexopt::prelude::*;
use narrate::{Error, Lang};

use crate::subject::Program;
use crate::{peers, text};

/// What is asked for.
/// The words that begin a command of the lab; a program leaves command lines with one of these to [`crate::run`].
pub const COMMANDS: [&str; 8] = ["measure", "list", "serve", "drive", "verify", "report", "sink", "blast"];

#[derive(Debug)]
pub(crate) enum Command {
    Help,
    /// The names of all transports.
    List,
    /// The measuring.
    Measure(Box<Options>),
    /// One transport's server, or with no name all of them on request, for a lab on another machine.
    Serve {
        name: Option<String>,
        host: IpAddr,
        work: Duration,
    },
    /// One transport's driver.
    Drive {
        name: String,
        address: String,
        frames: PathBuf,
    },
    /// Are these programs what they say? All of ours, if none is named.
    Verify {
        names: Vec<String>,
        programs: Vec<PathBuf>,
    },
    /// A report from a result file of an earlier run.
    Report {
        file: PathBuf,
        out: Option<PathBuf>,
    },
    /// The receiving end of the bare loopback.
    Sink {
        bytes: usize,
    },
    /// The sending end of the bare loopback.
    Blast {
        address: String,
        bytes: usize,
    },
}

/// What the lab measures, and how.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) rounds: Option<usize>,
    pub(crate) millis: Option<u64>,
    /// Of the payloads; `None` is [`SEED`].
    pub(crate) seed: Option<u64>,
    /// Only these candidates.
    pub(crate) only: Vec<String>,
    /// A look in seconds instead of a measurement in two minutes.
    pub(crate) quick: bool,
    pub(crate) peers: bool,
    pub(crate) explain: bool,
    /// Well-known tools against our servers.
    pub(crate) reference_tools: bool,
    pub(crate) add: Vec<PathBuf>,
    /// A network with delay and loss between the ends.
    pub(crate) link: Option<String>,
    /// The other machine, where `serve` runs.
    pub(crate) to: Option<String>,
    pub(crate) out: Option<PathBuf>,
    /// Write the book's figures as well.
    pub(crate) save: bool,
    /// Measure although this is a debug build.
    pub(crate) debug_anyway: bool,
}

/// The seed of the payloads unless another is asked for.
const SEED: u64 = 21;

impl Options {
    pub(crate) fn seed(&self) -> u64 {
        self.seed.unwrap_or(SEED)
    }

    /// Whether it is the run that a reader gets without options, which keeps to a time: no more candidates, no other lengths.
    pub(crate) fn is_default(&self) -> bool {
        let more = self.peers || self.explain || self.reference_tools || !self.add.is_empty() || !self.only.is_empty();
        let elsewhere = self.quick || self.link.is_some() || self.to.is_some();
        !more && !elsewhere && self.rounds.is_none() && self.millis.is_none()
    }
}

/// Where environments and reports are kept: `lab` beside the folder of this program's build.
pub(crate) fn home() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.ancestors().nth(2).unwrap_or(Path::new(".")).join("lab")
}

/// Reads the command line; the language that it names is spoken from then on.
///
/// # Errors
/// A sentence about the first word that makes no sense.
pub(crate) fn parse(program: &Program, words: Vec<OsString>) -> Result<Command, Error> {
    Lang::speak_as_asked(&words);
    let read = read(program, lexopt::Parser::from_args(words));
    read.map_err(|why| Error::new(text::usage_error(why, program.name)))
}

/// Words that are not options, and options that only some commands know.
#[derive(Default)]
struct Rest {
    words: Vec<String>,
    host: Option<IpAddr>,
    work: Duration,
    frames: Option<PathBuf>,
    help: bool,
}

fn read(program: &Program, mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut options, mut rest) = (Options::default(), Rest::default());
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => rest.help = true,
            Long("lang") => {
                let code = parser.value()?.string()?;
                Lang::from_code(&code).ok_or_else(|| text::unknown_language(code))?;
            }
            Long("rounds") => options.rounds = Some(at_least_one(parser.value()?.parse()?, "--rounds")?),
            Long("millis") => options.millis = Some(at_least_one(parser.value()?.parse()?, "--millis")?),
            Long("seed") => options.seed = Some(parser.value()?.parse()?),
            Long("only") => options.only.extend(parser.value()?.string()?.split(',').map(str::to_owned)),
            Long("quick") => options.quick = true,
            Long("peers") => options.peers = true,
            Long("explain") => options.explain = true,
            // Its former name is still understood.
            Long("reference-tools" | "rivals") => options.reference_tools = true,
            Long("add") => options.add.push(parser.value()?.into()),
            Long("link") => {
                let conditions = parser.optional_value().map(|value| value.string()).transpose()?;
                options.link = Some(conditions.unwrap_or_default());
            }
            Long("to") => options.to = Some(parser.value()?.string()?),
            Long("out") => options.out = Some(parser.value()?.into()),
            Long("save") => options.save = true,
            Long("debug-anyway") => options.debug_anyway = true,
            Long("host") => rest.host = Some(parser.value()?.parse()?),
            Long("work-ms") => rest.work = Duration::from_millis(parser.value()?.parse()?),
            Long("frames") => rest.frames = Some(parser.value()?.into()),
            Value(word) => rest.words.push(word.string()?),
            other => return Err(other.unexpected()),
        }
    }
    command(program, options, rest)
}

fn command(program: &Program, options: Options, rest: Rest) -> Result<Command, lexopt::Error> {
    if rest.help {
        return Ok(Command::Help);
    }
    let known = |name: &str| program.transport(name).map(drop).map_err(|why| why.to_string());
    let words: Vec<&str> = rest.words.iter().map(String::as_str).collect();
    Ok(match words[..] {
        ["measure"] => {
            options.only.iter().try_for_each(|name| if peers::exists(name) { Ok(()) } else { known(name) })?;
            let whole = !options.quick && options.link.is_none() && options.to.is_none() && options.only.is_empty();
            if options.save && !whole {
                return Err(text::save_needs_all().into());
            }
            Command::Measure(Box::new(options))
        }
        ["list"] => Command::List,
        ["serve", ref name @ ..] if name.len() < 2 => {
            name.iter().try_for_each(|name| known(name))?;
            let host = rest.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
            Command::Serve { name: name.first().map(|name| (*name).to_owned()), host, work: rest.work }
        }
        ["drive", name, address] => {
            known(name)?;
            let frames = rest.frames.ok_or_else(text::frames_missing)?;
            Command::Drive { name: name.to_owned(), address: address.to_owned(), frames }
        }
        ["verify", ref names @ ..] => {
            names.iter().try_for_each(|name| known(name))?;
            Command::Verify { names: names.iter().map(|name| (*name).to_owned()).collect(), programs: options.add }
        }
        ["report", file] => Command::Report { file: file.into(), out: options.out },
        ["sink", bytes] => Command::Sink { bytes: length(bytes)? },
        ["blast", address, bytes] => Command::Blast { address: address.to_owned(), bytes: length(bytes)? },
        ["drive", ..] => return Err(text::drive_needs().into()),
        ["report"] => return Err(text::report_needs().into()),
        [] => return Err(text::no_command().into()),
        [first, ..] => return Err(text::unknown_command(first).into()),
    })
}

fn length(word: &str) -> Result<usize, String> {
    at_least_one(word.parse().map_err(|_| text::not_a_number(word))?, "BYTES")
}

fn at_least_one<T: PartialOrd + From<u8>>(number: T, option: &str) -> Result<T, String> {
    if number < T::from(1) { Err(text::at_least_one(option)) } else { Ok(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        let words = line.split_whitespace().map(OsString::from).collect();
        parse(&crate::subject::testing::program(), words).map_err(|why| why.to_string())
    }

    #[test]
    fn parse_refuses_what_makes_no_sense() {
        for line in [
            "",
            "--quick",
            "serve nothing",
            "drive tcp",
            "drive tcp 127.0.0.1:1",
            "measure --rounds 0",
            "measure --nonsense",
            "fly",
            "measure --only smoke",
            "measure --lang de",
            "measure --save --quick",
            "report",
            "blast a b",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }

    #[test]
    fn parse_tells_commands_apart() {
        assert!(
            matches!(parsed("measure --quick --only tcp,unix"), Ok(Command::Measure(options)) if options.quick && options.only.len() == 2)
        );
        assert!(matches!(parsed("serve"), Ok(Command::Serve { name: None, .. })));
        assert!(
            matches!(parsed("serve tcp --work-ms 25"), Ok(Command::Serve { work, .. }) if work == Duration::from_millis(25))
        );
        assert!(matches!(parsed("drive tcp 127.0.0.1:1 --frames /tmp"), Ok(Command::Drive { .. })));
        assert!(
            matches!(parsed("measure --link --quick"), Ok(Command::Measure(options)) if options.link.as_deref() == Some(""))
        );
        assert!(
            matches!(parsed("measure --link=delay=20"), Ok(Command::Measure(options)) if options.link.as_deref() == Some("delay=20"))
        );
    }
}
