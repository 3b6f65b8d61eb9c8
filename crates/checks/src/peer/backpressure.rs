//! What the program has read of our bytes, and bringing it to the point where it cannot write any more.
//!
//! Where the system does not tell (not Linux), a short fixed pause has to do: pieces then *usually* come with
//! separate reads. A right program passes either way; a wrong one may be lucky there.

use std::io::{self, Write};
use std::thread;
use std::time::{Duration, Instant};

use super::Peer;
use super::failures::write_failure;
use super::remote::{self, RemoteSocket};
use crate::limits::{PROGRESS_TIMEOUT, TRANSFER_DEADLINE, poll};
use crate::process::Program;
use crate::{Failure, IfSupported, Symptom, Text, sentence};

/// The pause between two pieces where the kernel does not tell.
const PAUSE: Duration = Duration::from_millis(10);

/// How far [`Peer::send_until`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// The program has read all that we sent, and cannot send back some of it: its kernel takes no more.
    Backpressured,
    /// The program cannot send back what it has read, and does not read what has arrived since.
    NotReading,
}

/// How much [`Peer::send_until`] sends at a time, in bytes. Small, so that it goes past no point unseen.
const PIECE: usize = 16 * 1024;

/// How many looks, one after the other, must show the same.
const STILL: u32 = if cfg!(target_os = "linux") { 4 } else { 20 };

impl Peer {
    /// Waits until the program has read everything that we have sent.
    pub fn wait_read(&self) -> Result<(), Failure> {
        let Some(mut query) = remote::query(self) else {
            thread::sleep(PAUSE);
            return Ok(());
        };
        let mut unsupported = false;
        let read = poll(PROGRESS_TIMEOUT, || match query() {
            Some(RemoteSocket::Open { received, unread, .. }) if received >= self.sent && unread == 0 => Some(true),
            Some(RemoteSocket::Open { .. }) => None,
            Some(RemoteSocket::Gone) => Some(false),
            None => {
                unsupported = true;
                Some(true)
            }
        });
        if unsupported {
            thread::sleep(PAUSE);
        }
        match read {
            Some(true) => Ok(()),
            Some(false) => Err(Failure::new(
                Symptom::EndOfStream,
                Text {
                    vi: "Chương trình đã đóng kết nối khi tôi mới gửi một phần.",
                    en: "The program closed the connection when I had sent only a part.",
                },
            )),
            None => Err(Failure::new(
                Symptom::Silence,
                Text {
                    vi: "Byte tôi gửi vẫn nằm trong kernel: chương trình không đọc chúng.",
                    en: "The bytes I sent are still in the kernel: the program does not read them.",
                },
            )),
        }
    }

    /// Waits until everything that we have sent has arrived at the program's kernel, read or not. Holds for as
    /// much as that kernel takes.
    pub fn wait_delivered(&self) -> Result<(), Failure> {
        let Some(mut query) = remote::query(self) else {
            thread::sleep(PAUSE);
            return Ok(());
        };
        let delivered = poll(PROGRESS_TIMEOUT, || match query() {
            Some(RemoteSocket::Open { received, .. }) => (received >= self.sent).then_some(()),
            Some(RemoteSocket::Gone) | None => Some(()), // our next read or write meets the cause
        });
        delivered.ok_or_else(|| Failure::infra("loopback", &"what was sent does not arrive"))
    }

    /// Returns whether there are bytes of ours that the program has not read yet; `None` where the system does
    /// not tell.
    pub fn has_unread(&self) -> Option<bool> {
        match remote::query(self)?()? {
            RemoteSocket::Open { received, unread, .. } => Some(received < self.sent || unread > 0),
            RemoteSocket::Gone => Some(false),
        }
    }

    /// Waits until the program has given its kernel all of the `count` bytes for us that we have not read yet,
    /// or sleeps because the buffers between it and us are full. Returns whether it has written all of them.
    ///
    /// To be asked before the next thing happens to a program that must be stuck: on a busy machine one that
    /// has merely not had its turn looks the same. A program that never sleeps is waited for 1.5 s; where the
    /// system does not tell, a short pause has to do.
    pub fn wait_written(&self, program: &impl Program, count: usize) -> Result<bool, Failure> {
        let Some(mut query) = remote::query(self) else {
            thread::sleep(PAUSE);
            return Ok(true);
        };
        let due = self.received + count as u64;
        let mut still = 0;
        let written = poll(PROGRESS_TIMEOUT, || {
            match query() {
                Some(RemoteSocket::Open { written, .. }) if written < due => {}
                Some(_) | None => return Some(Ok(true)), // our next read meets the cause, if it has gone
            }
            still = match program.is_asleep() {
                Ok(true) => still + 1,
                Ok(false) => 0,
                Err(failure) => return Some(Err(failure)),
            };
            (still == STILL).then_some(Ok(false))
        });
        written.unwrap_or(Ok(false))
    }

    /// Sends from `bytes` without reading until the program is stuck: it cannot write, because we do not read what
    /// it wrote, and for that reason does not read either. Returns how many bytes have gone; all of them, if the
    /// program takes in whatever comes. Leaves as much as possible on its way, also in our own kernel, which
    /// goes on trying to deliver it.
    pub fn fill_buffers(&mut self, program: &impl Program, bytes: &[u8]) -> Result<usize, Failure> {
        let mut done = 0;
        let mut still = 0;
        let mut last_progress = Instant::now();
        self.set_nonblocking(true)?;
        let outcome = poll(TRANSFER_DEADLINE, || {
            let sent = match self.try_send(&bytes[done..]) {
                Ok(count) => count,
                Err(error) => return Some(Err(write_failure(self.transport, &error, done, bytes.len()))),
            };
            done += sent;
            if sent > 0 {
                last_progress = Instant::now();
            } else if last_progress.elapsed() >= PROGRESS_TIMEOUT {
                return Some(Ok(())); // stuck as well, but never asleep: it spins
            }
            self.sent += sent as u64;
            let asleep = match program.is_asleep().if_supported() {
                Ok(asleep) => asleep.unwrap_or(true),
                Err(failure) => return Some(Err(failure)),
            };
            let stuck = sent == 0 && asleep && self.waits_for_us(done == bytes.len());
            still = if stuck { still + 1 } else { 0 };
            (still == STILL).then_some(Ok(()))
        });
        self.set_nonblocking(false)?;
        if done > 0 {
            let how = sentence! {
                vi: "tôi không đọc, cho tới khi server kẹt",
                en: "I do not read, until the server is stuck",
            };
            self.record_sent(&bytes[..done], how);
        }
        outcome.unwrap_or(Ok(())).map(|()| done)
    }

    /// Returns whether a program that sleeps now waits for us to read, or has taken in everything: there are bytes
    /// for it that it does not read, or all that had to go (`all_sent`) has arrived. Bytes that the kernels have
    /// not delivered yet prove neither, for on a busy machine they are late.
    fn waits_for_us(&self, all_sent: bool) -> bool {
        match remote::query(self).and_then(|mut query| query()) {
            Some(RemoteSocket::Open { received, unread, .. }) => unread > 0 || (all_sent && received >= self.sent),
            Some(RemoteSocket::Gone) => all_sent,
            None => true,
        }
    }

    /// Sends from `bytes`, a little at a time and without reading, until the program has come as far as `until`.
    /// Nothing is on its way then: all that we have sent has arrived. Returns how many bytes have gone; all of
    /// them, if it never comes so far. Where the system does not tell, this is [`fill_buffers`](Peer::fill_buffers).
    pub fn send_until(&mut self, program: &impl Program, bytes: &[u8], until: Until) -> Result<usize, Failure> {
        if self.has_unread().is_none() {
            return self.fill_buffers(program, bytes);
        }
        let mut done = 0;
        while done < bytes.len() {
            let piece = &bytes[done..bytes.len().min(done + PIECE)];
            self.send_unrecorded(piece)?;
            done += piece.len();
            let (reads, backpressured) = self.wait_still(program)?;
            if !reads || (backpressured && until == Until::Backpressured) {
                break;
            }
        }
        let how = sentence! {
            vi: "từng ít một, tôi không đọc, cho tới khi server kẹt",
            en: "little by little, I do not read, until the server is stuck",
        };
        self.record_sent(&bytes[..done], how);
        Ok(done)
    }

    /// Waits until the program has read the last piece and sent it back, or can do no more. Returns whether it
    /// has read it, and whether it cannot send some of it back.
    fn wait_still(&self, program: &impl Program) -> Result<(bool, bool), Failure> {
        let Some(mut query) = remote::query(self) else { return Ok((true, false)) };
        let (mut last, mut still) = ((true, false), 0);
        let settled = poll(PROGRESS_TIMEOUT, || {
            let now = match query() {
                Some(RemoteSocket::Open { received, unread, written }) => {
                    let read = received.saturating_sub(u64::from(unread));
                    (read >= self.sent, read > written)
                }
                Some(RemoteSocket::Gone) | None => return Some(Ok((true, false))), // our next write meets the cause
            };
            if now == (true, false) {
                return Some(Ok(now));
            }
            let asleep = match program.is_asleep() {
                Ok(asleep) => asleep,
                Err(failure) => return Some(Err(failure)),
            };
            still = if asleep && last == now { still + 1 } else { 0 };
            last = now;
            (still == STILL).then_some(Ok(last))
        });
        settled.unwrap_or(Ok(last))
    }

    /// Sends from `bytes` without reading until not one byte more goes in. From then on only one thing frees
    /// buffers: that the program reads. For a program that is suspended; for one that runs, use
    /// [`fill_buffers`](Peer::fill_buffers). Returns how many bytes have gone.
    pub fn send_until_blocked(&mut self, bytes: &[u8]) -> Result<usize, Failure> {
        let mut done = 0;
        self.set_nonblocking(true)?;
        let outcome = poll(TRANSFER_DEADLINE, || match self.try_send(&bytes[done..]) {
            Ok(0) => remote::all_acknowledged(self).then_some(Ok(())),
            Ok(count) => {
                done += count;
                self.sent += count as u64;
                None
            }
            Err(error) => Some(Err(write_failure(self.transport, &error, done, bytes.len()))),
        });
        self.set_nonblocking(false)?;
        self.record_sent(
            &bytes[..done],
            sentence! { vi: "tới khi mọi buffer đều đầy", en: "until every buffer is full" },
        );
        outcome.unwrap_or(Ok(())).map(|()| done)
    }

    /// Sends as much as the kernel takes at once: nothing, if its buffer is full.
    fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        match (&self.socket).write(bytes) {
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => Ok(0),
            other => other,
        }
    }
}
