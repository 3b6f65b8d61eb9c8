//! The other way round: a client asks us by datagram, and we decide what it hears.

use std::net::SocketAddr;
use std::time::Instant;

use super::Datagrams;
use crate::limits::START;
use crate::program::Client;
use crate::program::listener::{left, no_call};
use crate::{Failure, Symptom, said, text};

/// A datagram that a client sent us.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it said.
    pub bytes: Vec<u8>,
    /// Where an answer goes.
    pub from: SocketAddr,
}

impl Datagrams {
    /// Waits for the next datagram of `client`.
    pub fn call(&self, client: &Client) -> Result<Call, Failure> {
        let deadline = Instant::now() + START;
        loop {
            // Asked before the look, so that a client which asked and left is still heard.
            let ended = client.process.ended();
            if let Some(call) = self.taken()? {
                return Ok(call);
            }
            if let Some(status) = ended {
                return Err(left(status, self.address()));
            }
            if Instant::now() >= deadline {
                return Err(no_call(self.address()));
            }
        }
    }

    /// Sends `bytes` to the client again and again, some ms apart, until it has ended, and at most
    /// for as long as a client may take. Gives the number of datagrams that came from it meanwhile.
    pub fn disturb(&self, bytes: &[u8], call: &Call, client: &Client) -> Result<usize, Failure> {
        self.aside(text!(
            "từ đây tôi gửi đi gửi lại một datagram không phải câu trả lời",
            "from here on I send, again and again, a datagram that is no answer",
        ));
        let deadline = Instant::now() + START;
        let (mut calls, mut to) = (0, call.from);
        while client.process.ended().is_none() && Instant::now() < deadline {
            self.push(bytes, to)?;
            if let Some(call) = self.taken()? {
                (calls, to) = (calls + 1, call.from);
            }
        }
        Ok(calls)
    }

    /// How many datagrams come until `client` ends by itself. None may be answered.
    pub fn count_until_end(&self, client: &Client) -> Result<usize, Failure> {
        let deadline = Instant::now() + START;
        let mut calls = 0;
        loop {
            let over = client.process.ended().is_some() || Instant::now() >= deadline;
            match self.taken()? {
                Some(_) => calls += 1,
                None if over => return Ok(calls),
                None => {}
            }
        }
    }

    /// Nothing may have come. Means something only when the client has ended.
    pub fn expect_untouched(&self) -> Result<(), Failure> {
        match self.taken()? {
            None => Ok(()),
            Some(_) => Err(Failure::new(
                Symptom::ExtraCall,
                text!(
                    "Chương trình vẫn gửi một datagram, trong khi không có gì để hỏi.",
                    "The program sent a datagram, though there was nothing to ask."
                ),
            )),
        }
    }

    fn taken(&self) -> Result<Option<Call>, Failure> {
        let Some((bytes, from)) = self.look()? else { return Ok(None) };
        self.received(&bytes, said! { vi: "từ {from}", en: "from {from}" });
        Ok(Some(Call { bytes, from }))
    }
}
