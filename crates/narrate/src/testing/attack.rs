//! What the server of a lesson must survive: peers that send one byte and stop, never read, reset, send random
//! bytes, or connect by the hundred and leave. Meanwhile a legitimate client is served, memory stays within bounds,
//! and afterwards nothing is left behind.

mod attacks;
mod peer;
mod resources;

use std::io;

use libtest_mimic::{Failed, Trial};

use super::{Program, trial};
use attacks::{Attack, Target, attacks};
pub use peer::Peer;
pub(super) use resources::ResourceUsage;

/// Talks to the server at an address as the lesson's client does, and returns what was wrong.
pub type LegitimateClient<P> = fn(<P as Peer>::Address) -> io::Result<()>;

/// Takes a new connection of an attacker, by its number, as far as every client gets.
pub type Handshake<P> = fn(&mut P, usize) -> io::Result<()>;

/// What a flood consists of, unless the protocol wants something else.
const LINE: &[u8] = b"mot dong dai vua phai, de ai doc cung hieu\n";

/// How the server of a lesson is attacked, and which client must be served meanwhile.
pub struct Attacks<P: Peer> {
    client: LegitimateClient<P>,
    handshake: Option<(&'static str, Handshake<P>)>,
    message: &'static [u8],
}

impl<P: Peer> Attacks<P> {
    /// The attackers misbehave from their first byte.
    pub fn new(client: LegitimateClient<P>) -> Attacks<P> {
        Attacks { client, handshake: None, message: LINE }
    }

    /// The attackers first do what every client does, by `handshake`: what comes after it is attacked, too.
    /// `name` says in a few words what they have passed, for the names of the tests.
    pub fn after(self, name: &'static str, handshake: Handshake<P>) -> Attacks<P> {
        Attacks { handshake: Some((name, handshake)), ..self }
    }

    /// A flood repeats `message`: one that the server takes.
    pub fn sending(self, message: &'static [u8]) -> Attacks<P> {
        Attacks { message, ..self }
    }

    /// A test for each attack: `serve` must survive it while the legitimate client is served. `program` is the
    /// built lesson.
    pub(super) fn trials(self, program: &'static str) -> Vec<Trial> {
        let attacked: &'static Attacks<P> = Box::leak(Box::new(self));
        let after = attacked.handshake.map_or(String::new(), |(name, _)| format!(", after {name}"));
        let name = |attackers| format!("serve survives {attackers}{after}");
        attacks().map(|(attackers, attack)| trial(name(attackers), move || attacked.survives(program, attack))).into()
    }

    fn survives(&self, program: &str, attack: Attack<P>) -> Result<(), Failed> {
        let server = Program(program.into()).serve(&[])?;
        let address: P::Address =
            server.address.parse().map_err(|_| format!("{} is not an address", server.address))?;
        self.served(&address, "before the attack")?;
        let before = ResourceUsage::of(&server);

        let target = Target::new(address.clone(), self.handshake.map(|(_, handshake)| handshake), self.message);
        let attackers = attack(&target).map_err(|error| format!("the attackers cannot attack: {error}"))?;
        self.served(&address, "during the attack")?;
        before.bounded(&server)?;
        drop(attackers);
        self.served(&address, "after the attack")?;
        before.released(&server)
    }

    fn served(&self, address: &P::Address, when: &str) -> Result<(), Failed> {
        (self.client)(address.clone())
            .map_err(|error| format!("{when} a legitimate client is not served: {error}").into())
    }
}
