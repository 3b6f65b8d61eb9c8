//! Why the namespaces could not be created, as a sentence for a person.

use std::fmt;

use crate::text;

/// What this machine lacks for two connected network namespaces.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetupError {
    /// Only Linux has network namespaces.
    NotLinux,
    /// Neither root nor CAP_NET_ADMIN and CAP_SYS_ADMIN (capabilities(7)).
    NotPermitted,
    /// There is no program `ip`.
    NoIp,
    /// There is no `/dev/net/tun`.
    NoTun,
    /// A step went wrong that should not.
    Failed {
        /// What was tried.
        what: String,
        /// What the system said.
        why: String,
    },
}

impl fmt::Display for SetupError {
    /// In the language in which this process speaks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            SetupError::NotLinux => text::not_linux(),
            SetupError::NotPermitted => text::not_permitted(),
            SetupError::NoIp => text::no_ip(),
            SetupError::NoTun => text::no_tun(),
            SetupError::Failed { what, why } => text::step_failed(what, why),
        })
    }
}

impl std::error::Error for SetupError {}
