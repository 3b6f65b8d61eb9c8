//! Knowing that the program has taken what we sent, without asking it.
//!
//! On Linux the kernel tells, for a single connection and without privileges (`sock_diag`, what
//! `ss` uses): how many bytes the program's socket has received, and how many of them still wait
//! to be read. When it has received all of ours and none waits, the program has read them, and
//! whatever we send next must come with another read.
//!
//! Elsewhere nobody tells, and a short fixed pause has to do: pieces then *usually* come with
//! separate reads. A right program passes either way; a wrong one may be lucky there.

use std::time::Duration;

use super::Peer;
#[cfg(target_os = "linux")]
use super::transport::Transport;
use crate::limits::{STEP, poll};
#[cfg(target_os = "linux")]
use crate::unix::Unread;
use crate::{Failure, Symptom, text};

/// The pause between two pieces where the kernel does not tell.
const PACE: Duration = Duration::from_millis(10);

/// What the kernel says about the program's end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells"))]
pub(super) enum FarEnd {
    /// It has received this much from us in all, of which `waiting` bytes have not been read. It has
    /// handed `handed` bytes for us to its kernel.
    Open { received: u64, waiting: u32, handed: u64 },
    /// There is no such connection any more.
    Gone,
}

impl Peer {
    /// Waits until the program has read everything that we have sent.
    pub fn until_taken(&self) -> Result<(), Failure> {
        let Some(mut diagnosis) = self.diagnose() else {
            std::thread::sleep(PACE);
            return Ok(());
        };
        let mut unsupported = false;
        let taken = poll(STEP, || match diagnosis() {
            Some(FarEnd::Open { received, waiting, .. }) if received >= self.sent && waiting == 0 => Some(true),
            Some(FarEnd::Open { .. }) => None,
            Some(FarEnd::Gone) => Some(false),
            None => {
                unsupported = true;
                Some(true)
            }
        });
        if unsupported {
            std::thread::sleep(PACE);
        }
        match taken {
            Some(true) => Ok(()),
            Some(false) => Err(Failure::new(
                Symptom::EndOfStream,
                text!(
                    "Chương trình đã đóng kết nối khi tôi mới gửi một phần.",
                    "The program closed the connection when I had sent only a part.",
                ),
            )),
            None => Err(Failure::new(
                Symptom::Silence,
                text!(
                    "Byte tôi gửi vẫn nằm trong kernel: chương trình không đọc chúng.",
                    "The bytes I sent are still in the kernel: the program does not read them.",
                ),
            )),
        }
    }

    /// Waits until everything that we have sent has arrived at the program's kernel, read or not. Means
    /// something for as much as that kernel takes.
    pub fn until_arrived(&self) -> Result<(), Failure> {
        let Some(mut diagnosis) = self.diagnose() else {
            std::thread::sleep(PACE);
            return Ok(());
        };
        let arrived = poll(STEP, || match diagnosis() {
            Some(FarEnd::Open { received, .. }) => (received >= self.sent).then_some(()),
            Some(FarEnd::Gone) | None => Some(()), // our next read or write meets the cause
        });
        arrived.ok_or_else(|| Failure::infra("loopback", &"what was sent does not arrive"))
    }

    /// Are there bytes of ours that the program has not read yet? `None` where nobody can tell.
    pub fn unread(&self) -> Option<bool> {
        match self.diagnose()?()? {
            FarEnd::Open { received, waiting, .. } => Some(received < self.sent || waiting > 0),
            FarEnd::Gone => Some(false),
        }
    }

    /// Do bytes of ours wait at the program's end to be read, and has everything that we have sent arrived there?
    /// `None` where nobody can tell.
    pub(super) fn arrived_at_program(&self) -> Option<(bool, bool)> {
        match self.diagnose()?()? {
            FarEnd::Open { received, waiting, .. } => Some((waiting > 0, received >= self.sent)),
            FarEnd::Gone => Some((false, true)),
        }
    }

    /// A way to ask about the far end; `None` where the system has none.
    #[cfg(target_os = "linux")]
    pub(super) fn diagnose(&self) -> Option<Box<dyn FnMut() -> Option<FarEnd>>> {
        if self.transport == Transport::Unix {
            // What we send lies in the far end's queue at once; our own end knows what of it waits.
            let (received, mut unread) = (self.sent, Unread::of(&self.socket).ok()?);
            let handed = self.received; // at least; more may lie in our own queue
            return Some(Box::new(move || unread.ask().ok().map(|waiting| FarEnd::Open { received, waiting, handed })));
        }
        let near = self.socket.local_addr().ok()?.as_socket()?;
        let far = self.socket.peer_addr().ok()?.as_socket()?;
        let mut query = crate::sock_diag::Query::new(far, near).ok()?;
        Some(Box::new(move || query.ask().ok().map(far_end)))
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn diagnose(&self) -> Option<Box<dyn FnMut() -> Option<FarEnd>>> {
        None
    }
}

#[cfg(target_os = "linux")]
fn far_end(found: Option<netlink_packet_sock_diag::inet::InetResponse>) -> FarEnd {
    use netlink_packet_sock_diag::inet::nlas::Nla;

    // A connection in TIME-WAIT has no such information left: nobody reads it.
    let open = found.and_then(|found| {
        let (waiting, unacknowledged) = (found.header.recv_queue, found.header.send_queue);
        found.nlas.into_iter().find_map(|attribute| match attribute {
            Nla::TcpInfo(info) => Some(FarEnd::Open {
                received: info.bytes_received,
                waiting,
                handed: info.bytes_acked + u64::from(unacknowledged),
            }),
            _ => None,
        })
    });
    open.unwrap_or(FarEnd::Gone)
}
