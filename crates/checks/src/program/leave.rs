//! A server that is told to leave, and how it does.

use std::sync::Arc;

use super::{Client, Ended, Server};
use crate::limits::{START, STEP, poll};
use crate::{Failure, Said, Symptom, said, text};

/// A word that one process says to another through the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM, "please leave": what `kill`, systemd and Kubernetes send first.
    Terminate,
}

impl Server {
    /// Sends it a signal. Skips the check on a system without signals.
    pub fn signal(&self, signal: Signal) -> Result<(), Failure> {
        let name = match signal {
            Signal::Terminate => "SIGTERM",
        };
        self.send_signal(signal)?;
        self.log.aside(None, said! { vi: "tôi gửi {name}", en: "I send {name}" });
        Ok(())
    }

    /// Waits until it has ended by itself.
    pub fn expect_exit(&self) -> Result<Ended, Failure> {
        match self.process.wait(START) {
            Some(status) => Ok(Ended::of(&self.process, status, &self.log)),
            None => {
                let seconds = START.as_secs();
                Err(Failure::new(
                    Symptom::StillRunning,
                    said! {
                        vi: "Lẽ ra chương trình phải thoát, mà sau {seconds} giây nó vẫn còn chạy.",
                        en: "The program should have ended, and after {seconds} seconds it still runs.",
                    },
                ))
            }
        }
    }

    /// Calls it again and again until the kernel refuses in its name, because it listens no more.
    /// Callers that come before that are taken or cut; they leave at once.
    pub fn expect_refusal(&self) -> Result<(), Failure> {
        let address = self.address();
        let refused = poll(STEP, || match self.dial().open() {
            Ok(_) => None,
            Err(failure) if failure.symptom == Symptom::Refused => Some(Ok(())),
            // Cut on arrival, or no room in the queue of those who wait for `accept`: somebody listens.
            Err(failure) if matches!(failure.symptom, Symptom::Reset | Symptom::Silence) => None,
            Err(failure) => Some(Err(failure)),
        });
        match refused {
            Some(Ok(())) => {
                self.log.aside(None, said! { vi: "tôi gọi {address}: bị từ chối", en: "I call {address}: refused" });
                Ok(())
            }
            Some(Err(failure)) => Err(failure),
            None => Err(Failure::new(
                Symptom::StillListening,
                said! {
                    vi: "Tôi gọi tới {address}, và lần nào kernel cũng bắt tay: socket lắng nghe vẫn còn mở.",
                    en: "I call {address}, and each time the kernel shakes hands: the listening socket is still open.",
                },
            )),
        }
    }
}

impl<A> Server<A> {
    /// Closes its stdin, and waits until it has ended by itself.
    pub fn hang_up(&self) -> Result<Ended, Failure> {
        self.running()?;
        self.log.aside(None, text!("tôi đóng stdin của chương trình", "I close the program's stdin"));
        self.process.close_stdin();
        self.finish()
    }

    /// Waits until it has ended by itself.
    pub fn finish(&self) -> Result<Ended, Failure> {
        Client::started(Arc::clone(&self.process), self.log.clone()).finish()
    }

    /// Kills it (SIGKILL): it has no time to clear anything up. A panic on the way is a failure.
    pub fn kill(&self) -> Result<(), Failure> {
        self.log.aside(None, text!("tôi kill chương trình (SIGKILL)", "I kill the program (SIGKILL)"));
        self.stop()
    }
}

#[cfg(unix)]
impl<A> Server<A> {
    fn send_signal(&self, signal: Signal) -> Result<(), Failure> {
        let signal = match signal {
            Signal::Terminate => rustix::process::Signal::TERM,
        };
        // The id is ours until we have seen it end; after that it may be somebody else's.
        rustix::process::kill_process(self.pid()?, signal).map_err(|error| Failure::infra("kill", &error))
    }

    pub(crate) fn pid(&self) -> Result<rustix::process::Pid, Failure> {
        let id = self.running()?;
        let pid = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
        pid.ok_or_else(|| Failure::infra("pid", &id))
    }
}

#[cfg(not(unix))]
impl<A> Server<A> {
    fn send_signal(&self, _signal: Signal) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }
}

impl Ended {
    /// It must have ended with exit code `expected`, and not by a panic.
    pub fn expect_code(&self, expected: i32) -> Result<(), Failure> {
        self.expect_no_panic()?;
        if self.status.code() == Some(expected) {
            return Ok(());
        }
        let Said { vi, en } = &self.how;
        Err(Failure::new(
            Symptom::WrongExit,
            said! {
                vi: "Chương trình kết thúc ({vi}), lẽ ra phải với mã thoát {expected}.",
                en: "The program ended ({en}); it should have been with exit code {expected}.",
            },
        ))
    }

    /// One of the lines on its stderr must be `expected`.
    pub fn expect_stderr_line(&self, expected: &str) -> Result<(), Failure> {
        if self.stderr.lines().any(|line| line.trim_end() == expected) {
            return Ok(());
        }
        Err(Failure::new(
            Symptom::WrongOutput,
            said! {
                vi: "Trên stderr không có dòng nào là \"{expected}\".",
                en: "No line on stderr says \"{expected}\".",
            },
        ))
    }
}
