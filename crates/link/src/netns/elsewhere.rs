//! On systems without network namespaces: the same interface, of which there is never one.

use std::process::Command;

use super::{CannotLay, End};
use crate::{Conditions, Counts};

/// A path between two network namespaces: on this system there is none.
#[derive(Debug)]
pub enum Path {}

impl Path {
    /// Never a path.
    ///
    /// # Errors
    /// Always [`CannotLay::NotLinux`].
    pub fn lay(_forward: Conditions, _back: Conditions, _seed: u64) -> Result<Path, CannotLay> {
        Err(CannotLay::NotLinux)
    }

    /// The client's end.
    pub fn near(&self) -> &End {
        match *self {}
    }

    /// The server's end.
    pub fn far(&self) -> &End {
        match *self {}
    }

    /// `program`, to be started at the client's end.
    pub fn command_near(&self, _program: &str) -> Command {
        match *self {}
    }

    /// `program`, to be started at the server's end.
    pub fn command_far(&self, _program: &str) -> Command {
        match *self {}
    }

    /// What the link from near to far has done so far.
    pub fn forward(&self) -> Counts {
        match *self {}
    }

    /// What the link from far to near has done so far.
    pub fn back(&self) -> Counts {
        match *self {}
    }

    /// What a path does not imitate.
    pub fn honesty(&self) -> Vec<String> {
        match *self {}
    }
}
