//! The command line, and what the exit code answers.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};
use lexopt::Arg::{Long, Short, Value};
use narrate::Lang;

use crate::marked::Form;
use crate::text::arguments as text;

/// What the reader asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Where am I, what is next?
    Home,
    /// Build and judge.
    Check { which: Which, seed: Option<u64>, all: bool },
    /// Build and judge at each save.
    Watch { which: Which, poll: bool },
    /// The next hint.
    Hint(Which),
    /// Our solution.
    Solution { which: Which, anyway: bool },
    /// The stub again.
    Reset(Which),
    /// On to the next task.
    Next,
    /// The catalog.
    List,
    /// Which language; or: this one from now on.
    Language(Option<Form>),
    /// The newest version of the course.
    Update,
    /// Passed on to the book.
    Book(Vec<OsString>),
    /// Exercises from solutions.
    Sync(SyncOptions),
    /// Lay out a lesson, or say what is still empty in it.
    New { name: String, task: Option<String> },
    /// Make a patch, or all of a lesson again.
    Patch(PatchOptions),
    /// Do the checks tell right from wrong?
    Verify { which: Which, options: VerifyOptions },
    /// How is a command used?
    Help(Topic),
    /// Which version is this?
    Version,
}

/// The task that a command is about, as far as the reader names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// The number of the lesson.
    pub number: Option<u8>,
    /// The name of the task.
    pub task: Option<String>,
}

/// The pages of `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// All commands.
    All,
    /// One of them.
    Check,
    Watch,
    Hint,
    Solution,
    Reset,
    Next,
    List,
    Language,
    Update,
    Book,
    New,
    Patch,
    Sync,
    Verify,
}

/// What was read from the command line.
#[derive(Debug, PartialEq, Eq)]
pub struct Invocation {
    /// The language that `--lang` names.
    pub lang: Option<Lang>,
    /// What to do.
    pub command: Command,
}

/// What `dev sync` is asked to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncOptions {
    /// Only this exercise.
    pub number: Option<u8>,
    /// Change nothing; fail when something would change.
    pub check: bool,
    /// Overwrite what a learner wrote too, keeping a copy.
    pub force: bool,
}

/// How `dev verify` judges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyOptions {
    /// How often each program is judged.
    pub repeat: u32,
    /// How many runs at the same time; without it, twice as many as there are cores.
    pub jobs: Option<usize>,
    /// Begin no further round once so many seconds have passed.
    pub within: Option<u32>,
    /// Judge the tasks of the record once only.
    pub unless_recorded: bool,
    /// Note the tasks that were proven.
    pub record: bool,
}

/// What `dev patch` is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchOptions {
    /// The exercise.
    pub number: u8,
    /// The task; without it, all of the exercise.
    pub task: Option<String>,
    /// The variant; without it, all patches are made again.
    pub name: Option<String>,
    /// Lay the variant's source out to be edited.
    pub edit: bool,
    /// A new variant is a right one.
    pub right: bool,
}

/// How a command ended, when nothing kept it from doing its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done; what was judged passed.
    Passed,
    /// 1: what was judged failed, or is not started.
    Failed,
    /// 2: something on this machine kept the command from its work.
    InternalError,
    /// The exit code of a program that we only passed the arguments on to.
    Other(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Passed => ExitCode::SUCCESS,
            Exit::Failed => ExitCode::from(1),
            Exit::InternalError => ExitCode::from(2),
            Exit::Other(code) => ExitCode::from(code),
        }
    }
}

#[derive(Default)]
struct Options {
    lang: Option<Lang>,
    seed: Option<u64>,
    repeat: Option<u32>,
    jobs: Option<usize>,
    within: Option<u32>,
    flags: Vec<&'static str>,
    words: Vec<String>,
}

/// Reads the arguments that follow the program's name.
///
/// # Errors
/// A sentence that says what is wrong and what is possible.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut topic = None;
    let mut options = Options::default();
    while let Some(argument) = parser.next().map_err(|error| anyhow!(plain(&error)))? {
        match argument {
            Long("lang") => {
                options.lang = Some(language(&word(&mut parser, "--lang")?)?);
            }
            Long("help") | Short('h') => {
                return Ok(Invocation { lang: options.lang, command: Command::Help(topic.unwrap_or(Topic::All)) });
            }
            Long("version") | Short('V') => {
                return Ok(Invocation { lang: options.lang, command: Command::Version });
            }
            Value(value) if topic.is_none() => {
                let name = value.to_string_lossy().into_owned();
                let found = match name.as_str() {
                    "dev" => upkeep(&mut parser)?,
                    _ => topic_of(&name).ok_or_else(|| anyhow!(text::unknown_command(&name)))?,
                };
                if found == Topic::Book {
                    let rest = parser.raw_args().map_err(|error| anyhow!(plain(&error)))?.collect();
                    return Ok(Invocation { lang: options.lang, command: Command::Book(rest) });
                }
                topic = Some(found);
            }
            Value(value) => options.words.push(value.to_string_lossy().into_owned()),
            Long("seed") if topic == Some(Topic::Check) => {
                options.seed = Some(seed(&word(&mut parser, "--seed")?)?);
            }
            Long("repeat") if topic == Some(Topic::Verify) => {
                options.repeat = Some(count(&word(&mut parser, "--repeat")?, "--repeat")?);
            }
            Long("jobs") if topic == Some(Topic::Verify) => {
                options.jobs = Some(count(&word(&mut parser, "--jobs")?, "--jobs")? as usize);
            }
            Long("within") if topic == Some(Topic::Verify) => {
                options.within = Some(count(&word(&mut parser, "--within")?, "--within")?);
            }
            other => {
                let flag = match other {
                    Long(name) => flag_of(topic, name),
                    _ => None,
                };
                options.flags.push(flag.ok_or_else(|| anyhow!(plain(&other.unexpected())))?);
            }
        }
    }
    let lang = options.lang;
    Ok(Invocation { lang, command: command(topic, options)? })
}

/// The word after `dev`.
fn upkeep(parser: &mut lexopt::Parser) -> Result<Topic> {
    match parser.next().map_err(|error| anyhow!(plain(&error)))? {
        Some(Value(value)) if value == "new" => Ok(Topic::New),
        Some(Value(value)) if value == "patch" => Ok(Topic::Patch),
        Some(Value(value)) if value == "sync" => Ok(Topic::Sync),
        Some(Value(value)) if value == "verify" => Ok(Topic::Verify),
        Some(Long("help") | Short('h')) => Ok(Topic::All),
        _ => bail!(text::dev_needs_a_command()),
    }
}

fn topic_of(name: &str) -> Option<Topic> {
    Some(match name {
        "check" => Topic::Check,
        "watch" => Topic::Watch,
        "hint" => Topic::Hint,
        "solution" => Topic::Solution,
        "reset" => Topic::Reset,
        "next" => Topic::Next,
        "list" => Topic::List,
        "lang" => Topic::Language,
        "update" => Topic::Update,
        "book" => Topic::Book,
        "help" => Topic::All,
        _ => return None,
    })
}

/// An option without a value, when the command has it.
fn flag_of(topic: Option<Topic>, name: &str) -> Option<&'static str> {
    let flags: &[&'static str] = match topic? {
        Topic::Check => &["all"],
        Topic::Watch => &["poll"],
        Topic::Solution => &["anyway"],
        Topic::Patch => &["edit", "remake", "right"],
        Topic::Sync => &["check", "force"],
        Topic::Verify => &["record", "unless-recorded"],
        _ => &[],
    };
    flags.iter().find(|flag| **flag == name).copied()
}

fn command(topic: Option<Topic>, options: Options) -> Result<Command> {
    let has = |flag| options.flags.contains(&flag);
    let seed = options.seed;
    let verify = VerifyOptions {
        repeat: options.repeat.unwrap_or(1),
        jobs: options.jobs,
        within: options.within,
        unless_recorded: has("unless-recorded"),
        record: has("record"),
    };
    let (all, poll, anyway) = (has("all"), has("poll"), has("anyway"));
    let (check, force) = (has("check"), has("force"));
    let mut words = options.words.into_iter();
    let command = match topic {
        None => Command::Home,
        Some(Topic::Check) => Command::Check { which: which(&mut words)?, seed, all },
        Some(Topic::Watch) => Command::Watch { which: which(&mut words)?, poll },
        Some(Topic::Hint) => Command::Hint(which(&mut words)?),
        Some(Topic::Solution) => Command::Solution { which: which(&mut words)?, anyway },
        Some(Topic::Reset) => match which(&mut words)? {
            Which { number: Some(_), task: None } | Which { number: None, .. } => bail!(text::reset_needs_a_task()),
            which => Command::Reset(which),
        },
        Some(Topic::Next) => Command::Next,
        Some(Topic::List) => Command::List,
        Some(Topic::Update) => Command::Update,
        Some(Topic::Language) => Command::Language(words.next().map(|code| form(&code)).transpose()?),
        Some(Topic::Sync) => {
            let number = words.next().map(|word| number(&word)).transpose()?;
            Command::Sync(SyncOptions { number, check, force })
        }
        Some(Topic::New) => {
            let name = words.next().ok_or_else(|| anyhow!(text::new_needs_a_name()))?;
            Command::New { name, task: words.next() }
        }
        Some(Topic::Patch) => Command::Patch(patch(&mut words, &options.flags)?),
        Some(Topic::Verify) => Command::Verify { which: which(&mut words)?, options: verify },
        Some(Topic::All | Topic::Book) => {
            Command::Help(words.next().and_then(|name| topic_of(&name)).unwrap_or(Topic::All))
        }
    };
    match words.next() {
        Some(word) => bail!(text::too_many(word)),
        None => Ok(command),
    }
}

/// `03 echo spins-at-eof [--edit] [--right]`, or `03 [echo] --remake`.
fn patch(words: &mut impl Iterator<Item = String>, flags: &[&str]) -> Result<PatchOptions> {
    let has = |flag| flags.contains(&flag);
    let Which { number: Some(number), task } = which(words)? else { bail!(text::patch_needs_a_name()) };
    let options = PatchOptions { number, task, name: words.next(), edit: has("edit"), right: has("right") };
    match (&options.name, has("remake")) {
        (Some(_), false) => Ok(options),
        (None, true) if !options.edit && !options.right => Ok(options),
        _ => bail!(text::patch_needs_a_name()),
    }
}

/// `03 echo`, `3`, `03/echo`, or nothing.
fn which(words: &mut impl Iterator<Item = String>) -> Result<Which> {
    let Some(first) = words.next() else { return Ok(Which::default()) };
    if let Some((lesson, task)) = first.split_once('/') {
        return Ok(Which { number: Some(number(lesson)?), task: Some(task.to_owned()) });
    }
    Ok(Which { number: Some(number(&first)?), task: words.next() })
}

fn number(word: &str) -> Result<u8> {
    word.parse().map_err(|_| anyhow!(text::not_a_number(word)))
}

fn count(word: &str, option: &str) -> Result<u32> {
    match word.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(anyhow!(text::not_a_count(option, word))),
    }
}

fn seed(word: &str) -> Result<u64> {
    checks::parse_seed(word).ok_or_else(|| anyhow!(text::not_a_seed(word)))
}

fn language(code: &str) -> Result<Lang> {
    Lang::from_code(code).ok_or_else(|| anyhow!(text::not_a_language(code)))
}

/// `vi`, `en`, or `both`.
fn form(code: &str) -> Result<Form> {
    if code == "both" {
        Ok(Form::Bilingual)
    } else {
        Lang::from_code(code).map(Form::In).ok_or_else(|| anyhow!(text::not_a_form(code)))
    }
}

fn word(parser: &mut lexopt::Parser, option: &str) -> Result<String> {
    let value = parser.value().map_err(|_| anyhow!(text::needs_a_value(option)))?;
    Ok(value.to_string_lossy().into_owned())
}

/// What lexopt has to say, in the reader's language.
fn plain(error: &lexopt::Error) -> String {
    match error {
        lexopt::Error::UnexpectedOption(option) => text::unknown_option(option),
        lexopt::Error::UnexpectedValue { option, .. } => text::takes_no_value(option),
        lexopt::Error::UnexpectedArgument(word) => text::too_many(word.to_string_lossy()),
        other => other.to_string(),
    }
}
