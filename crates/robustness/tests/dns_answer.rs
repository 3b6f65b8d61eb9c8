//! The DNS client of exercise 08, and answers that no server should give.

use std::net::Ipv4Addr;

use proptest::prelude::*;

#[allow(dead_code, reason = "a whole program, of which only the parser is tried")]
#[path = "../../../solutions/08-datagram/src/bin/resolve.rs"]
mod resolve;

/// A name as it travels: each label behind its length, 0 at the end.
fn name(labels: &[String]) -> Vec<u8> {
    let mut bytes: Vec<u8> =
        labels.iter().flat_map(|label| [&[label.len() as u8], label.as_bytes()].concat()).collect();
    bytes.push(0);
    bytes
}

/// A proper answer: the question, then one A record for each address. The owner of a record is the
/// name once more, or a pointer to it.
fn answer(labels: &[String], addresses: &[[u8; 4]], pointer: bool) -> Vec<u8> {
    let mut message = vec![0, 1, 0x81, 0x80, 0, 1, 0, addresses.len() as u8, 0, 0, 0, 0];
    message.extend(name(labels));
    message.extend([0, 1, 0, 1]);
    for address in addresses {
        message.extend(if pointer { vec![0xc0, 12] } else { name(labels) });
        message.extend([0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
        message.extend(address);
    }
    message
}

fn labels() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-z0-9-]{1,20}", 1..6)
}

fn addresses() -> impl Strategy<Value = Vec<[u8; 4]>> {
    prop::collection::vec(any::<[u8; 4]>(), 1..8)
}

proptest! {
    #[test]
    fn a_proper_answer_is_read_in_its_order(labels in labels(), addresses in addresses(), pointer: bool) {
        let found = resolve::addresses(&answer(&labels, &addresses, pointer), &labels.join("."));
        let expected: Vec<Ipv4Addr> = addresses.into_iter().map(Ipv4Addr::from).collect();
        prop_assert_eq!(found, Ok(expected));
    }

    #[test]
    fn an_answer_that_ends_too_early_is_an_error(labels in labels(), addresses in addresses(), cut: prop::sample::Index) {
        let whole = answer(&labels, &addresses, true);
        prop_assert!(resolve::addresses(&whole[..cut.index(whole.len())], &labels.join(".")).is_err());
    }

    /// Any bytes: an error, or addresses of which each stands somewhere in the message.
    #[test]
    fn random_bytes_never_make_it_panic(message in prop::collection::vec(any::<u8>(), 0..300)) {
        for address in resolve::addresses(&message, "a.test").unwrap_or_default() {
            prop_assert!(message.windows(4).any(|bytes| bytes == address.octets()));
        }
    }

    /// Bytes at random seldom get past the header; a right message with a few of them wrong does.
    #[test]
    fn a_damaged_answer_never_makes_it_panic_or_turn_in_a_circle(
        labels in labels(),
        addresses in addresses(),
        pointer: bool,
        wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut message = answer(&labels, &addresses, pointer);
        for (place, byte) in wrong {
            let place = place.index(message.len());
            message[place] = byte;
        }
        for address in resolve::addresses(&message, &labels.join(".")).unwrap_or_default() {
            prop_assert!(message.windows(4).any(|bytes| bytes == address.octets()));
        }
    }

    /// Pointers everywhere, most of them traps.
    #[test]
    fn pointers_lead_to_an_end(targets in prop::collection::vec(0u16..80, 1..30)) {
        let mut message = vec![0, 1, 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0];
        message.extend(targets.iter().flat_map(|target| (0xc000 | target).to_be_bytes()));
        let _ = resolve::addresses(&message, "a.test");
    }
}
