//! What an author asks for: `cargo course dev …`.

pub mod sync;
pub mod verify;
