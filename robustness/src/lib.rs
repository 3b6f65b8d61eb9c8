//! What the parsers of the course survive.
//!
//! The programs of exercises are single files that depend on nothing of ours. Their parsers are
//! therefore taken in as files, here and in `fuzz/`, and held to what must be true of *any* bytes that a
//! stranger may send: no panic, no endless loop, no answer made of what is not there.
//!
//! How to run a fuzzer on them: see `README.md`.
