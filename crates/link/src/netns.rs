//! A pair of hosts: two network namespaces with the link between them.
//!
//! ```text
//!   client namespace               this process                 server namespace
//!   programs, the kernel's TCP      reads each IP packet, asks   programs, the kernel's TCP
//!   10.77.0.1, interface "wire" ──► the link, writes it when ──► 10.77.0.2, interface "wire"
//!                               ◄── it is due                ◄──
//! ```
//!
//! Each interface "wire" is a TUN device (the kernel's Documentation/networking/tuntap.rst) with an MTU of
//! 1500 and without offloads: what crosses are packets as on a real wire, so the kernel's TCP meets the
//! delay and the loss itself. `tc netem` does the same inside the kernel, where the kernel has it; this way
//! results do not depend on that, and follow from a seed.
//!
//! ```no_run
//! use std::time::Duration;
//! use link::{Conditions, megabits, netns::NetnsPair};
//!
//! let bad =
//!     Conditions { rate: Some(megabits(100)), delay: Duration::from_millis(10), loss: 0.01, ..Conditions::PERFECT };
//! let path = NetnsPair::create(bad, bad, 1)?;
//! let mut server = path.server().command("iperf3").arg("-s").spawn()?;
//! let client = path.client().command("iperf3").arg("-c").arg(path.server().address().to_string()).status()?;
//! server.kill()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod host;
#[cfg(target_os = "linux")]
mod namespace;
#[cfg(target_os = "linux")]
mod pair;
#[cfg(not(target_os = "linux"))]
mod unsupported;
#[cfg(target_os = "linux")]
mod wire;

pub use error::SetupError;
pub use host::Host;
#[cfg(target_os = "linux")]
pub use pair::NetnsPair;
#[cfg(not(target_os = "linux"))]
pub use unsupported::NetnsPair;
