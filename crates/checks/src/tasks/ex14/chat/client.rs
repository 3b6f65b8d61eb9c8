//! Chat client helpers: join, send a line, expect a line; and a client that never reads.

use std::time::Instant;

use super::hints::*;
use crate::limits::{LARGE_BUFFER, PROGRESS_TIMEOUT, SMALL_BUFFER};
use crate::{Explain, Failure, Peer, Sentence, Server, Symptom, Text, sentence};

/// Connects to `server`, sends `introduction`, and expects `welcome`.
pub(super) fn join(server: &Server, introduction: &str, welcome: &str) -> Result<Peer, Failure> {
    let mut peer = server.connect()?;
    send_line(&mut peer, introduction)?;
    expect_line(&mut peer, welcome)?;
    Ok(peer)
}

/// Joins the lobby under each of `names`, one after the other; each of them is told of the later ones.
pub(super) fn join_all<const N: usize>(server: &Server, names: [&str; N]) -> Result<[Peer; N], Failure> {
    let mut present: Vec<Peer> = Vec::with_capacity(N);
    for (count, name) in names.iter().enumerate() {
        let others: String = names[..count].iter().map(|other| format!(" {other}")).collect();
        let newcomer = join(server, name, &format!("={others}")).or_hint(&WHO_IS_THERE)?;
        for peer in &mut present {
            expect_line(peer, &format!("+ {name}")).hint(Symptom::WrongBytes, &OWN_ARRIVAL).or_hint(&ARRIVALS)?;
        }
        present.push(newcomer);
    }
    present.try_into().map_err(|_| Failure::infra("join", &"not all have sat down"))
}

/// Sends `line` and its end.
pub(super) fn send_line(peer: &mut Peer, line: &str) -> Result<(), Failure> {
    peer.send(format!("{line}\n").as_bytes())
}

/// Expects `line` as the next line.
pub(super) fn expect_line(peer: &mut Peer, line: &str) -> Result<(), Failure> {
    peer.expect(format!("{line}\n").as_bytes())
}

/// What all others receive when the frozen client is dropped.
const LEFT_NOTICE: &[u8] = b"- bang\n";

/// A client called `bang` (ice) that reads nothing once it has joined, and how many lines were sent to it.
pub(super) struct FrozenClient {
    peer: Peer,
    sent: usize,
}

impl FrozenClient {
    /// How many lines are on their way at once: fewer than a queue may hold, so that a client that reads cannot be
    /// taken for one that does not.
    const BATCH: usize = 48;

    /// More bytes than any kernel takes in for a receiver with a small window: a server that has taken them keeps them.
    const BEYOND_BUFFERS: usize = 8 * 1024 * 1024;

    /// How long a line is, as the others hear it, its end included.
    const LINE: usize = 1000;

    pub(super) fn join(server: &Server, others: &mut [&mut Peer]) -> Result<FrozenClient, Failure> {
        let mut peer = server.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
        send_line(&mut peer, "bang")?;
        expect_line(&mut peer, "= mai binh").or_hint(&WHO_IS_THERE)?;
        for other in others {
            expect_line(other, "+ bang").or_hint(&ARRIVALS)?;
        }
        Ok(FrozenClient { peer, sent: 0 })
    }

    /// `mai` talks, `binh` listens, until `binh` hears that the frozen one has left. `false` if that never
    /// comes, although much has been said.
    ///
    /// Between two rounds the server writes to the frozen one until the kernel takes no more: it must be dropped
    /// because its buffers are full, and not because its task had no turn yet.
    pub(super) fn send_until_dropped(
        &mut self,
        server: &Server,
        mai: &mut Peer,
        binh: &mut Peer,
    ) -> Result<bool, Failure> {
        let (mut dropped, mut sleeps) = (false, true);
        while !dropped && self.sent * FrozenClient::LINE < FrozenClient::BEYOND_BUFFERS {
            let due: Vec<String> = (self.sent..self.sent + FrozenClient::BATCH).map(line).collect();
            let talk: String = due.iter().filter_map(|line| line.strip_prefix("mai: ")).collect();
            mai.send(talk.as_bytes()).hint(Symptom::Silence, &WAITS_FOR_ONE)?;
            let mut received = binh.read_exactly(due.concat().len()).or_hint(&WAITS_FOR_ONE)?;
            if let Some(place) = received.windows(LEFT_NOTICE.len()).position(|bytes| bytes == LEFT_NOTICE) {
                dropped = true;
                received.drain(place..place + LEFT_NOTICE.len());
                received.extend(binh.read_exactly(LEFT_NOTICE.len()).or_hint(&WAITS_FOR_ONE)?);
            }
            if let Some((due, received)) = due.iter().zip(received.split_inclusive(|byte| *byte == b'\n')).find(differ)
            {
                return Err(lost_line(due, received)).or_hint(&LOST_LINES);
            }
            self.sent += due.len();
            if !dropped && sleeps {
                let start = Instant::now();
                self.peer.wait_written(server, self.sent * FrozenClient::LINE)?;
                sleeps = start.elapsed() < PROGRESS_TIMEOUT; // a program that spins is waited for once
            }
        }
        Ok(dropped)
    }

    /// Says for the record how much was sent.
    pub(super) fn summary(&self) -> Sentence {
        let (sent, length) = (self.sent, FrozenClient::LINE);
        sentence! {
            vi: "bang không đọc; mai đã nói {sent} dòng, mỗi dòng {length} byte, và binh nghe đủ",
            en: "bang does not read; mai has said {sent} lines of {length} bytes, and binh has heard them all",
        }
    }

    /// Its connection must be closed now, not when it reads again.
    pub(super) fn expect_closed(&self, server: &Server, before: usize) -> Result<(), Failure> {
        server.expect_descriptors(before).map_err(|failure| match failure.symptom {
            Symptom::Leak => Failure::new(
                Symptom::Leak,
                Text {
                    vi: "Ai cũng nghe `- bang` rồi, mà server vẫn giữ kết nối của nó.",
                    en: "Everybody has heard `- bang`, yet the server still holds its connection.",
                },
            ),
            _ => failure,
        })
    }

    /// Reads what came until its connection ended: the first lines, and none left out.
    pub(super) fn expect_whole_lines(&mut self) -> Result<(), Failure> {
        self.peer.grow_receive_buffer(LARGE_BUFFER)?;
        for number in 0..self.sent {
            match self.peer.expect(line(number).as_bytes()) {
                Ok(()) => {}
                Err(end) if end.symptom.is_gone() => return Ok(()),
                Err(other) => return Err(other).hint(Symptom::Silence, &STILL_OPEN).or_hint(&LOST_LINES),
            }
        }
        self.peer.expect_end().or_hint(&STILL_OPEN)
    }

    /// Says why the others were not told that it has left: all lines are kept for it, or it has lost some.
    pub(super) fn explain_not_dropped(&mut self) -> Result<(), Failure> {
        self.peer.grow_receive_buffer(LARGE_BUFFER)?;
        for number in 0..self.sent {
            self.peer.expect(line(number).as_bytes()).hint_if_gone(&LEAVES).or_hint(&LOST_LINES)?;
        }
        let megabytes = FrozenClient::BEYOND_BUFFERS >> 20;
        Err(Failure::new(
            Symptom::Leak,
            sentence! {
                vi: "Một client không đọc gì. Tôi nói {megabytes} MB với cả phòng, và server giữ lại tất cả cho nó.",
                en: "One client reads nothing. I said {megabytes} MB to the room, and the server keeps it all for that client.",
            },
        ))
        .or_hint(&NO_BOUND)
    }
}

/// Returns line `number` as the others receive it: each of the same length, and no two alike.
fn line(number: usize) -> String {
    format!("mai: {number:0>width$}\n", width = FrozenClient::LINE - "mai: \n".len())
}

fn differ((due, received): &(&String, &[u8])) -> bool {
    due.as_bytes() != *received
}

fn lost_line(expected: &str, received: &[u8]) -> Failure {
    let number = |line: &str| line.trim_end().trim_start_matches("mai: ").trim_start_matches('0').to_owned();
    let (due, came) = (number(expected), number(&String::from_utf8_lossy(received)));
    Failure::new(
        Symptom::WrongBytes,
        sentence! {
            vi: "Một client đọc đều đặn phải nghe dòng số {due}, nhưng lại nghe \"{came}\".",
            en: "A client that reads all the time should have heard line {due}, but heard \"{came}\".",
        },
    )
}
