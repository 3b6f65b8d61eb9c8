//! Bringing a program to the point where it has read what it cannot send back: it owes us something.
//!
//! [`fill`](Peer::fill) leaves as much as possible on its way to the program, also in our own kernel, which goes
//! on trying to deliver it. Here nothing is on its way: all that we have sent has arrived.

use super::Peer;
use super::taken::FarEnd;
use crate::limits::{STEP, poll};
use crate::{Failure, Said, Server, said};

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// It has read all that we sent, and owes some of it: its kernel takes no more.
    Owes,
    /// It owes us something, and does not read what has arrived since.
    StopsReading,
}

/// So much is sent at a time, in bytes. Small, so that it goes past no point unseen.
const PIECE: usize = 16 * 1024;

/// In so many looks, one after the other, it must show the same.
const STILL: u32 = 4;

impl Peer {
    /// Sends from `bytes`, a little at a time and without reading, until `server` has come so far. Says how
    /// many bytes have gone; all of them, if it never comes so far. Where nobody can tell, like `fill`.
    pub fn fill_until(&mut self, server: &Server, bytes: &[u8], until: Until) -> Result<usize, Failure> {
        if self.unread().is_none() {
            return self.fill(server, bytes);
        }
        let mut done = 0;
        while done < bytes.len() {
            let piece = &bytes[done..bytes.len().min(done + PIECE)];
            self.push(piece)?;
            done += piece.len();
            let (reads, owes) = self.when_still(server)?;
            if !reads || (owes && until == Until::Owes) {
                break;
            }
        }
        self.record_sent(&bytes[..done], little_by_little());
        Ok(done)
    }

    /// Waits until the program has handed its kernel all of the `count` bytes for us that we have not read yet,
    /// or sleeps because the buffers between it and us take no more. Whoever goes on before that may find a
    /// program that merely has not had its turn, on a busy machine. Returns whether all were handed over;
    /// `true` where the system does not tell, after a short pause, and `false` for a program that never sleeps.
    pub fn wait_written(&self, server: &Server, count: usize) -> Result<bool, Failure> {
        let Some(mut diagnosis) = self.diagnose() else {
            server.settle()?;
            return Ok(true);
        };
        let due = self.received + count as u64;
        let mut still = 0;
        let written = poll(STEP, || {
            match diagnosis() {
                Some(FarEnd::Open { handed, .. }) if handed < due => {}
                Some(_) | None => return Some(Ok(true)), // our next read meets the cause, if it has gone
            }
            still = match server.asleep() {
                Ok(true) => still + 1,
                Ok(false) => 0,
                Err(failure) => return Some(Err(failure)),
            };
            (still == STILL).then_some(Ok(false))
        });
        written.unwrap_or(Ok(false))
    }

    /// Waits until `server` has read the last piece and sent it back, or can do no more. Says whether
    /// it has read it, and whether it owes something.
    fn when_still(&self, server: &Server) -> Result<(bool, bool), Failure> {
        let Some(mut diagnosis) = self.diagnose() else { return Ok((true, false)) };
        let (mut last, mut still) = ((true, false), 0);
        let settled = poll(STEP, || {
            let (reads, owes) = match diagnosis() {
                Some(FarEnd::Open { received, waiting, handed }) => {
                    let read = received.saturating_sub(u64::from(waiting));
                    (read >= self.sent, read > handed)
                }
                Some(FarEnd::Gone) | None => return Some(Ok((true, false))), // our next write meets the cause
            };
            if reads && !owes {
                return Some(Ok((reads, owes)));
            }
            let asleep = match server.asleep() {
                Ok(asleep) => asleep,
                Err(failure) => return Some(Err(failure)),
            };
            still = if asleep && last == (reads, owes) { still + 1 } else { 0 };
            last = (reads, owes);
            (still == STILL).then_some(Ok(last))
        });
        settled.unwrap_or(Ok(last))
    }
}

fn little_by_little() -> Said {
    said! { vi: "từng ít một, tôi không đọc, cho tới khi server kẹt", en: "little by little, I do not read, until the server is stuck" }
}
