//! A real network path: two network namespaces with the link between them.
//!
//! ```text
//!   namespace near                  this process                 namespace far
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
//! use link::{Conditions, megabits, netns::Path};
//!
//! let bad =
//!     Conditions { rate: Some(megabits(100)), delay: Duration::from_millis(10), loss: 0.01, ..Conditions::PERFECT };
//! let path = Path::lay(bad, bad, 1)?;
//! let mut server = path.far().command("iperf3").arg("-s").spawn()?;
//! let client = path.near().command("iperf3").arg("-c").arg(path.far().address().to_string()).status()?;
//! server.kill()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cannot;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
mod end;
#[cfg(target_os = "linux")]
mod namespace;
#[cfg(target_os = "linux")]
mod path;
#[cfg(target_os = "linux")]
mod wire;

pub use cannot::CannotLay;
#[cfg(not(target_os = "linux"))]
pub use elsewhere::Path;
pub use end::End;
#[cfg(target_os = "linux")]
pub use path::Path;
