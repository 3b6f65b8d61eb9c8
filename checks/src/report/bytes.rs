//! Bytes as a person reads them.
