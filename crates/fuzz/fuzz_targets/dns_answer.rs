//! The DNS client of exercise 08 takes an answer apart: any bytes, no panic, no endless loop.
#![no_main]

#[allow(dead_code)]
#[path = "../../../solutions/08-datagram/src/bin/resolve.rs"]
mod resolve;

libfuzzer_sys::fuzz_target!(|message: &[u8]| {
    for address in resolve::addresses(message, "bai08.test").unwrap_or_default() {
        assert!(message.windows(4).any(|bytes| bytes == address.octets()), "{address} is not in the message");
    }
});
