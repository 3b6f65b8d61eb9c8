//! One run of the resolver, with the check as its server.

use super::dns::query;
use super::hints::{FORMAT, STAYS};
use crate::{
    CheckRun, Client, Datagram, DatagramSocket, Difference, Explain, Failure, Sentence, Symptom, Text, sentence,
};

/// The address that is to be printed, of a range kept for documentation (RFC 5737).
pub(super) const RIGHT: [u8; 4] = [192, 0, 2, 7];

/// The program has asked us for the addresses of `name`.
pub(super) struct Exchange {
    pub(super) server: DatagramSocket,
    pub(super) client: Client,
    pub(super) name: String,
    pub(super) request: Datagram,
}

impl Exchange {
    /// Starts the program with a name of its own and waits for its query.
    pub(super) fn start(check: &mut CheckRun) -> Result<Exchange, Failure> {
        let server = check.datagram_socket()?;
        let name = format!("{}.{}.test", check.rng().word(3), check.rng().word(8));
        let client = check.start_client(&[server.address().to_string(), name.clone()])?;
        Exchange::of(server, client, name)
    }

    /// Waits for the query of `client`, which was told to ask `server`.
    pub(super) fn of(server: DatagramSocket, client: Client, name: String) -> Result<Exchange, Failure> {
        let request = server.receive_from(&client)?;
        // An answer repeats the question, so there must be one.
        if request.bytes.len() < 12 {
            let count = request.bytes.len();
            let what = sentence! {
                vi: "Câu hỏi chỉ có {count} byte, còn ngắn hơn một header DNS.",
                en: "The query has {count} bytes, less than a DNS header.",
            };
            return Err(Failure::new(Symptom::CutShort, what)).or_hint(&FORMAT);
        }
        Ok(Exchange { server, client, name, request })
    }

    /// The query must be the one that the specification describes, byte for byte but for its id.
    pub(super) fn expect_query(&self) -> Result<(), Failure> {
        let came = &self.request.bytes;
        let due = query([came[0], came[1]], &self.name);
        if *came == due {
            return Ok(());
        }
        let place = due.iter().zip(came).position(|(one, other)| one != other).unwrap_or(due.len().min(came.len()));
        let number = place + 1;
        let mut failure = Failure::new(
            Symptom::WrongBytes,
            sentence! {
                vi: "Câu hỏi sai từ byte thứ {number}; mã số thì tùy bạn.",
                en: "The query is wrong from byte {number} on; its id is free.",
            },
        );
        failure.difference = Some(Box::new(Difference::at(place, &due, came)));
        Err(failure).or_hint(&FORMAT)
    }

    /// Sends an answer to where the query came from.
    pub(super) fn answer(&self, bytes: Vec<u8>) -> Result<(), Failure> {
        self.send_answer(&bytes, Text { vi: "câu trả lời", en: "the answer" })
    }

    /// Sends anything to where the query came from.
    pub(super) fn send_answer(&self, bytes: &[u8], how: impl Into<Sentence>) -> Result<(), Failure> {
        self.server.send_to(bytes, self.request.from, how)
    }

    /// The program must print these addresses, a line each, and end well.
    pub(super) fn expect_printed(&self, addresses: &[[u8; 4]]) -> Result<(), Failure> {
        let ended = self.client.finish().or_hint(&STAYS)?;
        ended.expect_success()?;
        let lines: String =
            addresses.iter().map(|address| format!("{}\n", std::net::Ipv4Addr::from(*address))).collect();
        ended.expect_output(&lines)
    }
}

/// The program must say on stderr that it failed, and print nothing that looks like an address.
pub(super) fn expect_failure_reported(client: &Client) -> Result<(), Failure> {
    let ended = client.finish()?;
    ended.expect_failure()?;
    ended.expect_output("")?;
    ended.expect_error_message()
}
