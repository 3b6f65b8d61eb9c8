//! Why there is no path, as a sentence for a person.

use std::fmt;

use crate::text;

/// What this machine lacks for a path between two network namespaces.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CannotLay {
    /// Network namespaces are a thing of Linux.
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

impl fmt::Display for CannotLay {
    /// In the language in which this process speaks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            CannotLay::NotLinux => text::not_linux(),
            CannotLay::NotPermitted => text::not_permitted(),
            CannotLay::NoIp => text::no_ip(),
            CannotLay::NoTun => text::no_tun(),
            CannotLay::Failed { what, why } => text::step_failed(what, why),
        })
    }
}

impl std::error::Error for CannotLay {}
