//! A tapped socket in the hands of mio: its registration goes to the socket itself.

use std::io;

use mio::event::Source;
use mio::{Interest, Registry, Token};

use super::Tapped;

impl<S: Source> Source for Tapped<S> {
    fn register(&mut self, registry: &Registry, token: Token, interests: Interest) -> io::Result<()> {
        self.socket.register(registry, token, interests)
    }

    fn reregister(&mut self, registry: &Registry, token: Token, interests: Interest) -> io::Result<()> {
        self.socket.reregister(registry, token, interests)
    }

    fn deregister(&mut self, registry: &Registry) -> io::Result<()> {
        self.socket.deregister(registry)
    }
}
