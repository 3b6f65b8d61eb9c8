//! What the server of a lesson must survive: peers that dribble, never read, reset, send random bytes, or
//! come by the hundred and leave. Meanwhile an honest client is served, memory stays within bounds,
//! and afterwards nothing is left behind.

mod attackers;
mod held;
mod peer;

use std::io;

use libtest_mimic::{Failed, Trial};

use super::{Program, trial};
pub(super) use attackers::random;
use attackers::{Attack, Site, attacks};
pub(super) use held::Held;
pub use peer::Peer;

/// An honest client: talks to the server at a place as the lesson does, and says what was wrong.
pub type Honest<P> = fn(<P as Peer>::Place) -> io::Result<()>;

/// How an attacker, by its number, gets as far as everybody gets.
pub type Enter<P> = fn(&mut P, usize) -> io::Result<()>;

/// What attackers say again and again when they just pour, unless a protocol wants something else.
const LINE: &[u8] = b"mot dong dai vua phai, de ai doc cung hieu\n";

/// How the server of a lesson is attacked, and who is served meanwhile.
pub struct Attacked<P: Peer> {
    program: &'static str,
    honest: Honest<P>,
    door: Option<(&'static str, Enter<P>)>,
    poured: &'static [u8],
}

impl<P: Peer> Attacked<P> {
    /// The attackers turn bad with their first byte. `program` is the built lesson, as in [`super::Story`].
    pub fn new(program: &'static str, honest: Honest<P>) -> Attacked<P> {
        Attacked { program, honest, door: None, poured: LINE }
    }

    /// The attackers first do what everybody does, by `enter`: what lies behind a handshake is attacked, too.
    /// `door` says in a few words what they have passed, for the names of the tests.
    pub fn behind(self, door: &'static str, enter: Enter<P>) -> Attacked<P> {
        Attacked { door: Some((door, enter)), ..self }
    }

    /// Who pours, pours `message` again and again: one that the server takes.
    pub fn pouring(self, message: &'static [u8]) -> Attacked<P> {
        Attacked { poured: message, ..self }
    }

    /// A test for each attack: `serve` must survive it while the honest client is served.
    pub fn trials(self) -> Vec<Trial> {
        let attacked: &'static Attacked<P> = Box::leak(Box::new(self));
        let behind = attacked.door.map_or(String::new(), |(door, _)| format!(", behind {door}"));
        let name = |who| format!("serve survives {who}{behind}");
        attacks().map(|(who, attack)| trial(name(who), move || attacked.survives(attack))).into()
    }

    fn survives(&self, attack: Attack<P>) -> Result<(), Failed> {
        let serving = Program(self.program.into()).serve(&[])?;
        let place: P::Place = serving.address.parse().map_err(|_| format!("{} is no place", serving.address))?;
        self.served(&place, "before the attack")?;
        let held = Held::by(&serving);

        let site = Site::new(place.clone(), self.door.map(|(_, enter)| enter), self.poured);
        let staying = attack(&site).map_err(|error| format!("the attackers cannot attack: {error}"))?;
        self.served(&place, "during the attack")?;
        held.bounded(&serving)?;
        drop(staying);
        self.served(&place, "after the attack")?;
        held.given_back(&serving)
    }

    fn served(&self, place: &P::Place, when: &str) -> Result<(), Failed> {
        (self.honest)(place.clone()).map_err(|error| format!("{when} an honest client is not served: {error}").into())
    }
}
