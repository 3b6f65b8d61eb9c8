//! What a check does to a server: signals, suspension, limits, the end of its stdin; and how it ends.

use std::sync::Arc;

use super::{Connect, Server, SocketOptions};
use crate::limits::{PROGRESS_TIMEOUT, START_TIMEOUT, poll};
use crate::program::{Client, ProgramExit};
use crate::{Failure, Symptom, Text, sentence};

/// A signal that one process sends to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM, a request to end: what `kill`, systemd and Kubernetes send first.
    Terminate,
}

impl Server {
    /// Sends it a signal. Skips the check on a system without signals.
    pub fn signal(&self, signal: Signal) -> Result<(), Failure> {
        let name = match signal {
            Signal::Terminate => "SIGTERM",
        };
        self.send_signal(signal)?;
        self.log.note(None, sentence! { vi: "tôi gửi {name}", en: "I send {name}" });
        Ok(())
    }

    /// Waits until it has ended by itself.
    pub fn expect_exit(&self) -> Result<ProgramExit, Failure> {
        match self.process.wait(START_TIMEOUT) {
            Some(status) => Ok(ProgramExit::of(&self.process, status, &self.log)),
            None => {
                let seconds = START_TIMEOUT.as_secs();
                Err(Failure::new(
                    Symptom::StillRunning,
                    sentence! {
                        vi: "Lẽ ra chương trình phải thoát, mà sau {seconds} giây nó vẫn còn chạy.",
                        en: "The program should have ended, and after {seconds} seconds it still runs.",
                    },
                ))
            }
        }
    }

    /// Connects again and again until the kernel refuses, because the server listens no more.
    /// Connections made before that are closed at once.
    pub fn expect_connection_refused(&self) -> Result<(), Failure> {
        let address = self.address();
        let refused = poll(PROGRESS_TIMEOUT, || match self.address.open(&SocketOptions::default()) {
            Ok(_) => None,
            Err(failure) if failure.symptom == Symptom::Refused => Some(Ok(())),
            // Cut on arrival, or the accept queue is full: the socket still listens.
            Err(failure) if matches!(failure.symptom, Symptom::Reset | Symptom::Silence) => None,
            Err(failure) => Some(Err(failure)),
        });
        match refused {
            Some(Ok(())) => {
                self.log.note(
                    None,
                    sentence! { vi: "tôi kết nối tới {address}: bị từ chối", en: "I connect to {address}: refused" },
                );
                Ok(())
            }
            Some(Err(failure)) => Err(failure),
            None => Err(Failure::new(
                Symptom::StillListening,
                sentence! {
                    vi: "Tôi kết nối tới {address}, và lần nào kernel cũng bắt tay: socket lắng nghe vẫn còn mở.",
                    en: "I connect to {address}, and each time the kernel completes the handshake: the listening socket is still open.",
                },
            )),
        }
    }
}

impl<A> Server<A> {
    /// Closes its stdin, and waits until it has ended by itself.
    pub fn close_stdin(&self) -> Result<ProgramExit, Failure> {
        self.running()?;
        self.log.note(None, Text { vi: "tôi đóng stdin của chương trình", en: "I close the program's stdin" });
        self.process.close_stdin();
        self.finish()
    }

    /// Waits until it has ended by itself.
    pub fn finish(&self) -> Result<ProgramExit, Failure> {
        Client::started(Arc::clone(&self.process), self.log.clone()).finish()
    }

    /// Kills it (SIGKILL): it has no time to clear anything up. A panic on the way is a failure.
    pub fn kill(&self) -> Result<(), Failure> {
        self.log.note(None, Text { vi: "tôi kill chương trình (SIGKILL)", en: "I kill the program (SIGKILL)" });
        self.stop()
    }

    /// Stops it and lets it go on, as Ctrl-Z and `fg` do. A call that was waiting in the kernel
    /// is interrupted by that; a `write` that had taken a part of its bytes returns with that part.
    pub fn suspend_and_resume(&self) -> Result<(), Failure> {
        self.suspend()?;
        self.resume()
    }

    /// Stops it, does `meanwhile`, and lets it go on, as Ctrl-Z and `fg` do. What happens to
    /// connections in between has happened before the program sees any of it.
    ///
    /// A system that cannot stop it lets it see some of what happens as it happens: a right program
    /// passes either way, a wrong one may be lucky.
    pub fn while_suspended<T>(&self, meanwhile: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        if !cfg!(target_os = "linux") {
            return meanwhile();
        }
        self.suspend()?;
        let done = meanwhile();
        self.resume()?;
        done
    }
}

#[cfg(unix)]
impl<A> Server<A> {
    fn send_signal(&self, signal: Signal) -> Result<(), Failure> {
        let signal = match signal {
            Signal::Terminate => rustix::process::Signal::TERM,
        };
        // The id belongs to this process until it has been reaped; after that it may be given to another.
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

#[cfg(target_os = "linux")]
impl<A> Server<A> {
    /// Stops it (SIGSTOP), as Ctrl-Z does: from now on the kernel alone answers in its name.
    pub fn suspend(&self) -> Result<(), Failure> {
        use crate::process::procfs;

        self.send(rustix::process::Signal::STOP)?;
        let stopped = poll(PROGRESS_TIMEOUT, || match self.running().and_then(procfs::states) {
            Ok(states) => states.iter().all(|state| *state == 'T').then_some(Ok(())),
            Err(failure) => Some(Err(failure)),
        });
        stopped.unwrap_or_else(|| Err(Failure::infra("SIGSTOP", &"the program did not stop")))?;
        self.log.note(
            None,
            Text {
                vi: "tôi tạm dừng chương trình (như Ctrl-Z)", en: "I suspend the program (as Ctrl-Z does)"
            },
        );
        Ok(())
    }

    /// Lets it go on, as `fg` does.
    pub fn resume(&self) -> Result<(), Failure> {
        self.send(rustix::process::Signal::CONT)?;
        self.log.note(
            None,
            Text { vi: "tôi cho chương trình chạy tiếp (như fg)", en: "I let the program go on (as fg does)" },
        );
        Ok(())
    }

    /// The id belongs to this process until it has been reaped; after that it may be given to another.
    fn send(&self, signal: rustix::process::Signal) -> Result<(), Failure> {
        rustix::process::kill_process(self.pid()?, signal).map_err(|error| Failure::infra("kill", &error))
    }

    /// From now on it can open only `more` descriptors besides those it holds.
    pub fn limit_descriptors(&self, more: usize) -> Result<(), Failure> {
        use rustix::process::{Resource, Rlimit, getrlimit, prlimit};
        let most = (self.descriptors()? + more) as u64;
        // Only the soft limit: an unprivileged checker could not raise a hard one again.
        let limit = Rlimit { current: Some(most), maximum: getrlimit(Resource::Nofile).maximum };
        prlimit(Some(self.pid()?), Resource::Nofile, limit).map_err(|error| Failure::infra("prlimit", &error))?;
        self.log.note(
            None,
            sentence! {
                vi: "chương trình chỉ còn mở thêm được {more} descriptor",
                en: "the program can open only {more} more descriptors",
            },
        );
        Ok(())
    }

    /// From now on no file that it writes may grow beyond `bytes`, as on a disk that is full.
    pub fn limit_file_size(&self, bytes: u64) -> Result<(), Failure> {
        use rustix::process::{Resource, Rlimit, getrlimit, prlimit};
        let limit = Rlimit { current: Some(bytes), maximum: getrlimit(Resource::Fsize).maximum };
        prlimit(Some(self.pid()?), Resource::Fsize, limit).map_err(|error| Failure::infra("prlimit", &error))?;
        self.log.note(
            None,
            sentence! {
                vi: "từ giờ tệp không dài quá {bytes} byte được, như khi đĩa đầy",
                en: "from now on the file cannot grow beyond {bytes} bytes, as on a full disk",
            },
        );
        Ok(())
    }
}

#[cfg(not(target_os = "linux"))]
impl<A> Server<A> {
    /// Stops it (SIGSTOP), as Ctrl-Z does: from now on the kernel alone answers in its name.
    pub fn suspend(&self) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }

    /// Lets it go on, as `fg` does.
    pub fn resume(&self) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }

    /// From now on it can open only `more` descriptors besides those it holds.
    pub fn limit_descriptors(&self, _more: usize) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }

    /// From now on no file that it writes may grow beyond `bytes`, as on a disk that is full.
    pub fn limit_file_size(&self, _bytes: u64) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }
}
