//! How the course speaks: two-language sentences, numbered steps, and what crossed the sockets of a story.
//!
//! A learner needs to open none of this; README.md says what is in it. The crate depends on nothing, so that a
//! lesson on `std` builds in a second or two.

mod arguments;
mod deadline;
mod error;
mod event;
pub mod kernel;
mod lang;
mod lesson;
mod machine;
mod narration;
mod observe;
mod pcap;
mod recorder;
mod screen;
mod stage;
mod tap;
mod tape;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod unread;

pub use error::{Error, errno};
pub use event::{Endpoint, Side};
pub use lang::{Lang, Text};
#[cfg(unix)]
pub use lesson::unix::UnixLesson;
pub use lesson::{Lesson, unsupported};
pub use machine::{Machine, cpu_time};
pub use observe::Observable;
pub use screen::grouped;
pub use stage::Stage;
pub use tap::{Tapped, Tapper, Traffic};
pub use tape::{Dissector, Span};
pub use unread::{peek_exact, unread_bytes, wait_unread};
