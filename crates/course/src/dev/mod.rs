//! What an author asks for: `cargo course dev …`.

pub mod patch;
pub mod sync;
pub mod verify;
