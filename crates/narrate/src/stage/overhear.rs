//! Streams that are not of `std`.

use std::net::SocketAddr;

use super::Stage;
use crate::Side;
use crate::tap::overheard::Overheard;

impl Stage {
    /// As [`Stage::tap`], for a stream of another crate's, such as mio's: what is read and written through
    /// the returned value is recorded for `--tape` and `--pcap`. `local` and `peer` are its two addresses.
    pub fn overhear<S>(&self, side: Side, stream: S, local: SocketAddr, peer: SocketAddr) -> Overheard<S> {
        Overheard::new(self.recorder.clone(), side, stream, local, peer)
    }
}
