//! The tape of lesson 08 explains a datagram whole or not at all, whatever is in it.
#![no_main]

#[allow(dead_code)]
#[path = "../../../lessons/08-datagram/src/dns.rs"]
mod dns;
#[allow(dead_code)]
#[path = "../../../lessons/08-datagram/src/text.rs"]
mod text;

use narrate::{Error, Side, Stage, TappedUdp};

// What the file names of its lesson.
const MAI: Side = Side::client("mai");
fn socket(_: &Stage, _: Side) -> Result<TappedUdp, Error> {
    unreachable!("the fuzzer opens no socket")
}

libfuzzer_sys::fuzz_target!(|message: &[u8]| {
    let covered: usize = dns::dissect(MAI, message).iter().map(|span| span.length).sum();
    assert!(covered == 0 || covered == message.len(), "{covered} of {} bytes explained", message.len());
});
