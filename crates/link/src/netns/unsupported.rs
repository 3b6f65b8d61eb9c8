//! The same interface on systems without network namespaces, as a type without values.

use std::process::Command;

use super::{Host, SetupError};
use crate::{Conditions, Counts};

/// Two network namespaces with a link between them: this system has none.
#[derive(Debug)]
pub enum NetnsPair {}

impl NetnsPair {
    /// Always fails.
    ///
    /// # Errors
    /// Always [`SetupError::NotLinux`].
    pub fn create(_forward: Conditions, _back: Conditions, _seed: u64) -> Result<NetnsPair, SetupError> {
        Err(SetupError::NotLinux)
    }

    /// The client's namespace.
    pub fn client(&self) -> &Host {
        match *self {}
    }

    /// The server's namespace.
    pub fn server(&self) -> &Host {
        match *self {}
    }

    /// `program`, to be started in the client's namespace.
    pub fn client_command(&self, _program: &str) -> Command {
        match *self {}
    }

    /// `program`, to be started in the server's namespace.
    pub fn server_command(&self, _program: &str) -> Command {
        match *self {}
    }

    /// What the link from the client to the server has done so far.
    pub fn forward(&self) -> Counts {
        match *self {}
    }

    /// What the link from the server to the client has done so far.
    pub fn back(&self) -> Counts {
        match *self {}
    }

    /// What the pair does not imitate.
    pub fn limitations(&self) -> Vec<String> {
        match *self {}
    }
}
