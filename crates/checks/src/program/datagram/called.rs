//! The other way round: a client sends us datagrams, and the check decides what comes back.

use std::net::SocketAddr;
use std::time::Instant;

use super::DatagramSocket;
use crate::limits::START_TIMEOUT;
use crate::program::Client;
use crate::program::listener::{exited_early, no_connection};
use crate::{Failure, Symptom, Text, sentence};

/// A datagram that a client sent us.
#[derive(Clone, Debug)]
pub struct Datagram {
    /// Its payload.
    pub bytes: Vec<u8>,
    /// Where an answer goes.
    pub from: SocketAddr,
}

impl DatagramSocket {
    /// Waits for the next datagram of `client`.
    pub fn receive_from(&self, client: &Client) -> Result<Datagram, Failure> {
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            // Asked before the look, so that what a client sent before it ended is still received.
            let ended = client.process.ended();
            if let Some(call) = self.take()? {
                return Ok(call);
            }
            if let Some(status) = ended {
                return Err(exited_early(status, self.address()));
            }
            if Instant::now() >= deadline {
                return Err(no_connection(self.address()));
            }
        }
    }

    /// Sends `bytes` to the client again and again, some ms apart, until it has ended, and at most
    /// for as long as a client may take. Gives the number of datagrams that came from it meanwhile.
    pub fn send_noise(&self, bytes: &[u8], call: &Datagram, client: &Client) -> Result<usize, Failure> {
        self.note(Text {
            vi: "từ đây tôi gửi đi gửi lại một datagram không phải câu trả lời",
            en: "from here on I send, again and again, a datagram that is no answer",
        });
        let deadline = Instant::now() + START_TIMEOUT;
        let (mut calls, mut to) = (0, call.from);
        while client.process.ended().is_none() && Instant::now() < deadline {
            self.send_unrecorded(bytes, to)?;
            if let Some(call) = self.take()? {
                (calls, to) = (calls + 1, call.from);
            }
        }
        Ok(calls)
    }

    /// How many datagrams come until `client` ends by itself. None may be answered.
    pub fn count_until_end(&self, client: &Client) -> Result<usize, Failure> {
        let deadline = Instant::now() + START_TIMEOUT;
        let mut calls = 0;
        loop {
            let over = client.process.ended().is_some() || Instant::now() >= deadline;
            match self.take()? {
                Some(_) => calls += 1,
                None if over => return Ok(calls),
                None => {}
            }
        }
    }

    /// Nothing may have come. Means something only when the client has ended.
    pub fn expect_nothing(&self) -> Result<(), Failure> {
        match self.take()? {
            None => Ok(()),
            Some(_) => Err(Failure::new(
                Symptom::UnexpectedConnection,
                Text {
                    vi: "Chương trình vẫn gửi một datagram, trong khi không có gì để hỏi.",
                    en: "The program sent a datagram, though there was nothing to ask.",
                },
            )),
        }
    }

    fn take(&self) -> Result<Option<Datagram>, Failure> {
        let Some((bytes, from)) = self.try_receive()? else { return Ok(None) };
        self.received(&bytes, sentence! { vi: "từ {from}", en: "from {from}" });
        Ok(Some(Datagram { bytes, from }))
    }
}
