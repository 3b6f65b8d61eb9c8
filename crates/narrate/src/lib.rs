//! How the course speaks: two-language sentences, numbered steps, and the tape of what crossed.
//!
//! A learner needs to open none of this. The crate depends on nothing, so that a lesson on
//! `std` builds in a second or two.

mod arguments;
mod columns;
mod deadline;
mod error;
pub mod kernel;
mod lang;
mod lesson;
mod machine;
mod number;
mod pcap;
mod side;
mod stage;
mod tap;
mod tape;
#[cfg(feature = "testing")]
pub mod testing;
mod text;

pub use error::{Error, errno};
pub use lang::{Lang, Text};
pub use lesson::Lesson;
#[cfg(unix)]
pub use lesson::unix::UnixLesson;
pub use machine::{Machine, cpu_time};
pub use number::grouped;
pub use side::{Endpoint, Side};
pub use stage::Stage;
pub use tap::Tapped;
#[cfg(feature = "tokio")]
pub use tap::asynchronous::{TappedAsync, Tapper};
pub use tap::datagram::TappedUdp;
pub use tap::overheard::Overheard;
#[cfg(unix)]
pub use tap::unix::{TappedUnix, TappedUnixDatagram};
pub use tape::{Annotate, Span};
