//! Filling every buffer on the way to a program that does not read.

use super::Peer;
use crate::limits::{TRANSFER, poll};
use crate::{Failure, said};

impl Peer {
    /// Sends from `bytes`, without reading, until not one byte more goes in. From then on only one thing makes
    /// room: that the program reads. For a program that is suspended; `fill` is for one that runs. Says
    /// how many bytes have gone.
    pub fn cram(&mut self, bytes: &[u8]) -> Result<usize, Failure> {
        let mut done = 0;
        self.nonblocking(true)?;
        let outcome = poll(TRANSFER, || match self.push_some(&bytes[done..]) {
            Ok(0) => self.all_acknowledged().then_some(Ok(())),
            Ok(count) => {
                done += count;
                self.sent += count as u64;
                None
            }
            Err(error) => Some(Err(self.write_failure(&error, done, bytes.len()))),
        });
        self.nonblocking(false)?;
        self.record_sent(&bytes[..done], said! { vi: "tới khi mọi buffer đều đầy", en: "until every buffer is full" });
        outcome.unwrap_or(Ok(())).map(|()| done)
    }

    /// Has all that has arrived been acknowledged? An acknowledgement that comes late (delayed ACK, RFC 1122)
    /// makes room, too. Yes, where nobody can tell.
    #[cfg(target_os = "linux")]
    fn all_acknowledged(&self) -> bool {
        use super::taken::FarEnd;

        let (Ok(near), Ok(far)) = (self.local_address(), self.remote_address()) else { return true };
        let ours = crate::sock_diag::Query::new(near, far).and_then(|mut query| query.ask()).ok().flatten();
        match (ours, self.diagnose().and_then(|mut diagnosis| diagnosis())) {
            (Some(ours), Some(FarEnd::Open { received, .. })) => {
                received + u64::from(ours.header.send_queue) == self.sent
            }
            _ => true,
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn all_acknowledged(&self) -> bool {
        true
    }
}
