//! What lies between the two ends: nothing but the loopback, a link with delay and loss, or another machine.

use std::cell::RefCell;
use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use link::netns::NetnsPair;
use link::relay::{self, Relay};
use link::{Conditions, megabits};
use narrate::Error;

use crate::candidate::Candidate;
use crate::remote::RemoteServers;
use crate::results::{Implementation, Sentence};
use crate::text;

/// What lies between server and driver.
pub(crate) enum Network {
    /// The loopback of this machine.
    Loopback,
    /// Two network namespaces with a link of ours between them: the kernel's own TCP meets delay and loss.
    Namespaces(Box<NetnsPair>),
    /// A relay in user space for each pair, where namespaces are not permitted.
    Relays(Conditions),
    /// Another machine.
    Remote(RefCell<RemoteServers>),
}

impl Network {
    /// The network that `--link` and `--to` ask for, and what is to be said about it.
    ///
    /// # Errors
    /// When the conditions make no sense, or the other machine does not answer.
    pub(crate) fn create(
        link: Option<&str>,
        to: Option<&str>,
        seed: u64,
        lacking: &mut Vec<Sentence>,
    ) -> Result<Network, Error> {
        if let Some(address) = to {
            return Ok(Network::Remote(RefCell::new(RemoteServers::connect(address)?)));
        }
        let Some(words) = link else { return Ok(Network::Loopback) };
        let conditions = conditions(words).map_err(Error::new)?;
        match NetnsPair::create(conditions, conditions, seed) {
            Ok(pair) => Ok(Network::Namespaces(Box::new(pair))),
            Err(why) => {
                lacking.push(Sentence::of(|| text::no_namespaces(&why)));
                lacking.push(Sentence::of(text::relay_is_no_network));
                Ok(Network::Relays(conditions))
            }
        }
    }

    /// The words in front of the server's command line and of the driver's, and where the server listens.
    pub(crate) fn config(&self) -> (Vec<OsString>, Vec<OsString>, Option<IpAddr>) {
        let inside = |namespace: &str| ["ip", "netns", "exec", namespace].map(OsString::from).to_vec();
        match self {
            Network::Namespaces(pair) => {
                let (client, server) = (pair.client(), pair.server());
                (inside(server.namespace()), inside(client.namespace()), Some(server.address().into()))
            }
            _ => (Vec::new(), Vec::new(), None),
        }
    }

    /// A relay in front of the server at `address`, where this network needs one; the driver calls it instead.
    ///
    /// # Errors
    /// When the relay cannot listen.
    pub(crate) fn relay(
        &self,
        candidate: &Candidate,
        address: &str,
        seed: u64,
    ) -> Result<Option<(Relay, String)>, String> {
        let Network::Relays(conditions) = self else { return Ok(None) };
        let (socket, rest) = address.split_once('/').map_or((address, None), |(socket, rest)| (socket, Some(rest)));
        let target: SocketAddr = socket.parse().map_err(|_| text::only_here(&candidate.name))?;
        let start = if candidate.uses_datagrams { relay::udp } else { relay::tcp };
        let relay = start(target, *conditions, *conditions, seed).map_err(|why| why.to_string())?;
        let socket = relay.address();
        let address = rest.map_or_else(|| socket.to_string(), |rest| format!("{socket}/{rest}"));
        Ok(Some((relay, address)))
    }

    /// A server on the other machine, and its address for the driver; `None` where servers are started here.
    ///
    /// # Errors
    /// What the other machine says.
    pub(crate) fn remote_server(&self, candidate: &Candidate, work: Duration) -> Result<Option<String>, String> {
        let Network::Remote(servers) = self else { return Ok(None) };
        let name = candidate
            .transport()
            .filter(|_| candidate.implementation == Implementation::Rust)
            .ok_or_else(|| text::only_here(&candidate.name))?;
        servers.borrow_mut().serve(name, work).map(Some)
    }

    /// Whether a candidate that only works inside one machine can take part.
    pub(crate) fn within_one_machine(&self) -> bool {
        matches!(self, Network::Loopback)
    }

    /// What it is, for the report.
    pub(crate) fn sentence(&self, link: Option<&str>, to: Option<&str>) -> Sentence {
        let words = shown(link.unwrap_or_default());
        match self {
            Network::Loopback => Sentence::of(text::loopback),
            Network::Namespaces(_) => Sentence::of(|| text::namespaces(&words)),
            Network::Relays(_) => Sentence::of(|| text::relays(&words)),
            Network::Remote(_) => Sentence::of(|| text::other_machine(to.unwrap_or_default())),
        }
    }
}

/// What `--link` means when it says nothing more: 20 ms there and back, one packet in a hundred lost, 100 Mbit/s.
const USUAL: &str = "delay=10ms,loss=1%,rate=100mbit";

fn shown(words: &str) -> String {
    if words.is_empty() { USUAL.to_owned() } else { words.to_owned() }
}

/// `delay=10ms,loss=1%,rate=100mbit`: what is not named is as on a perfect link.
fn conditions(words: &str) -> Result<Conditions, String> {
    let mut conditions = Conditions::PERFECT;
    for word in shown(words).split(',') {
        let wrong = || text::link_makes_no_sense(word, USUAL);
        let (key, value) = word.trim().split_once('=').ok_or_else(wrong)?;
        let number =
            |unit: &str| value.trim_end_matches(unit).parse::<f64>().ok().filter(|number| (0.0..1e6).contains(number));
        match key {
            "delay" => conditions.delay = Duration::from_secs_f64(number("ms").ok_or_else(wrong)? / 1e3),
            "loss" => conditions.loss = number("%").filter(|share| *share < 100.0).ok_or_else(wrong)? / 100.0,
            "rate" => {
                conditions.rate = Some(megabits(number("mbit").filter(|rate| *rate >= 1.0).ok_or_else(wrong)? as u64))
            }
            _ => return Err(wrong()),
        }
    }
    Ok(conditions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_reads_each_unit() {
        let usual = conditions("").unwrap();
        assert_eq!((usual.delay, usual.loss, usual.rate), (Duration::from_millis(10), 0.01, Some(12_500_000)));
        let slow = conditions("delay=1.5ms,rate=8mbit").unwrap();
        assert_eq!((slow.delay, slow.loss, slow.rate), (Duration::from_micros(1500), 0.0, Some(1_000_000)));
        for words in ["delay", "delay=x", "loss=100%", "loss=-1%", "rate=0mbit", "weather=bad", "delay=1ms,,"] {
            assert!(conditions(words).is_err(), "{words}");
        }
    }
}
