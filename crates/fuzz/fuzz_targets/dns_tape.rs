//! The tape of lesson 08 explains a datagram whole or not at all, whatever is in it.
#![no_main]

#[allow(dead_code)]
#[path = "../../../lessons/08-datagram/src/dns.rs"]
mod dns;
#[allow(dead_code)]
#[path = "../../../lessons/08-datagram/src/text.rs"]
mod text;

use narrate::Side;

libfuzzer_sys::fuzz_target!(|message: &[u8]| {
    let covered: usize = dns::dissect(Side::CLIENT, message).iter().map(|span| span.length).sum();
    assert!(covered == 0 || covered == message.len(), "{covered} of {} bytes explained", message.len());
});
