//! A program that takes part: two command lines and a name.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::results::Implementation;
use crate::subject::Subject;

/// A program that takes part.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Unique in a run: what tables and files call it.
    pub(crate) name: String,
    pub(crate) implementation: Implementation,
    program: OsString,
    /// What stands between `serve` or `drive` and the rest: the transport's name, where a program has several.
    variant: Option<String>,
    /// Words between the program and `serve`: a Python program is its interpreter's first argument.
    first: Vec<OsString>,
    /// Copies of the payload in user space, where its author has counted them.
    pub(crate) copies: Option<u32>,
    /// Whether it travels in UDP datagrams.
    pub(crate) uses_datagrams: bool,
}

impl Candidate {
    /// A transport of this program.
    pub(crate) fn ours(transport: &dyn Subject) -> Result<Candidate, String> {
        let program = std::env::current_exe().map_err(|why| why.to_string())?;
        Ok(Candidate {
            name: transport.name().to_owned(),
            implementation: Implementation::Rust,
            program: program.into(),
            variant: Some(transport.name().to_owned()),
            first: Vec::new(),
            copies: Some(transport.copies()),
            uses_datagrams: transport.uses_datagrams(),
        })
    }

    /// A variant of the Python program `peer`.
    pub(crate) fn python(name: String, interpreter: &Path, peer: &Path, variant: &str) -> Candidate {
        Candidate {
            name,
            implementation: Implementation::Python,
            program: interpreter.into(),
            variant: Some(variant.to_owned()),
            first: vec![peer.into()],
            copies: None,
            uses_datagrams: false,
        }
    }

    /// A program of the reader's that keeps to CONTRACT.md.
    pub(crate) fn yours(program: &Path) -> Candidate {
        let name = program.file_stem().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
        Candidate {
            name,
            implementation: Implementation::Yours,
            program: program.into(),
            variant: None,
            first: Vec::new(),
            copies: None,
            uses_datagrams: false,
        }
    }

    /// The same under another name: the control runs one of them twice.
    pub(crate) fn renamed(&self, name: String) -> Candidate {
        Candidate { name, ..self.clone() }
    }

    /// The transport or variant, where the program has several.
    pub(crate) fn transport(&self) -> Option<&str> {
        self.variant.as_deref()
    }

    /// Returns the command line for `serve` or `drive`, with the words `before` in front of it.
    pub(crate) fn command(&self, role: &str, before: &[OsString]) -> Command {
        let mut words = before.to_vec();
        words.push(self.program.clone());
        words.extend(self.first.iter().cloned());
        words.push(role.into());
        words.extend(self.variant.as_ref().map(OsString::from));
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]);
        command
    }
}
