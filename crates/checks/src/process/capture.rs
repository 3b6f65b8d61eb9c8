//! What a program prints: always drained, so that it never blocks on a full pipe, and kept only
//! in part, so that it cannot fill our memory.

use std::io::Read;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::limits::{OUTPUT_HEAD, OUTPUT_TAIL};

/// How much one read of a pipe may bring.
const BUFFER_SIZE: usize = 64 * 1024;

/// What has come out of one pipe so far.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// The first bytes.
    pub(crate) head: Vec<u8>,
    /// The last bytes; these overlap with `head` as long as there are few.
    pub(crate) tail: Vec<u8>,
    /// How many bytes there were in all.
    pub(crate) total: usize,
    /// Will nothing more come?
    pub(crate) ended: bool,
}

impl Output {
    fn take(&mut self, bytes: &[u8]) {
        let left = OUTPUT_HEAD - self.head.len();
        self.head.extend_from_slice(&bytes[..bytes.len().min(left)]);
        self.tail.extend_from_slice(bytes);
        let old = self.tail.len().saturating_sub(OUTPUT_TAIL);
        self.tail.drain(..old);
        self.total += bytes.len();
    }
}

#[derive(Debug, Default)]
struct Shared {
    output: Mutex<Output>,
    changed: Condvar,
}

/// One pipe of a program, drained by a thread of its own.
#[derive(Debug)]
pub(crate) struct Capture {
    shared: Arc<Shared>,
}

impl Capture {
    /// Starts to drain `pipe`. The thread ends when the program, and every process that inherited the pipe
    /// from it, has closed it.
    pub(crate) fn start(mut pipe: impl Read + Send + 'static) -> Capture {
        let shared = Arc::new(Shared::default());
        let filling = Arc::clone(&shared);
        thread::spawn(move || {
            let mut buffer = vec![0; BUFFER_SIZE];
            loop {
                let read = pipe.read(&mut buffer);
                let mut output = lock(&filling.output);
                match read {
                    Ok(count) if count > 0 => output.take(&buffer[..count]),
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    // The end, or an error that says the same of a pipe.
                    _ => output.ended = true,
                }
                filling.changed.notify_all();
                if output.ended {
                    return;
                }
            }
        });
        Capture { shared }
    }

    /// Waits until `look` finds in the output what it looks for; `None` after `timeout`.
    pub(crate) fn wait_for<T>(&self, timeout: Duration, mut look: impl FnMut(&Output) -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + timeout;
        let mut output = lock(&self.shared.output);
        loop {
            if let Some(found) = look(&output) {
                return Some(found);
            }
            let left = deadline.checked_duration_since(Instant::now())?;
            let woken = self.shared.changed.wait_timeout(output, left);
            output = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Looks at what there is now.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Output) -> T) -> T {
        look(&lock(&self.shared.output))
    }
}

fn lock(output: &Mutex<Output>) -> MutexGuard<'_, Output> {
    output.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capture_keeps_head_and_tail_and_counts_all() {
        let flood: Vec<u8> = (0..1_000_000_u32).map(|number| (number % 251) as u8).collect();
        let capture = Capture::start(std::io::Cursor::new(flood.clone()));
        capture.wait_for(Duration::from_secs(5), |output| output.ended.then_some(())).unwrap();
        capture.look(|output| {
            assert_eq!(output.total, flood.len());
            assert_eq!(output.head, flood[..OUTPUT_HEAD]);
            assert_eq!(output.tail, flood[flood.len() - OUTPUT_TAIL..]);
        });
    }

    #[test]
    fn wait_for_gives_up_at_the_deadline() {
        let capture = Capture::start(std::io::empty());
        assert_eq!(capture.wait_for(Duration::from_millis(1), |_| None::<()>), None);
    }
}
