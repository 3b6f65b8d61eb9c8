//! The candidates that a program is told to measure: servers of ours, which remember what really happened.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use xxhash_rust::xxh3::xxh3_64;

use super::{FRAMES, ROUNDS, WARM_UP};
use crate::Failure;

/// Frames in a round, those of the warm-up included.
pub(super) const FRAMES_PER_ROUND: usize = WARM_UP + FRAMES;

/// Longer than any program waits, and then a candidate's thread ends whatever happens.
const MAX_LIFETIME: Duration = Duration::from_secs(30);

/// A longer payload is not one of this task.
const MAX_PAYLOAD: u32 = 1 << 20;

/// How a candidate behaves.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// How long each frame takes, in each of the rounds. These delays are what the candidate *is*.
    pub(super) work: [Duration; ROUNDS],
    /// What the first frame of a connection takes besides.
    pub(super) cold: Duration,
    /// Closes after each acknowledgement.
    pub(super) closes: bool,
    /// Does something else instead of acknowledging this frame (counted from 0).
    pub(super) at: Option<(usize, Misbehaviour)>,
}

/// What a candidate does that is not to be believed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Misbehaviour {
    /// Another checksum.
    OtherChecksum,
    /// The number of the frame before.
    OtherNumber,
    /// Nothing, and the connection stays open. So with all frames after that one.
    Silence,
    /// Closes. So with all frames after that one.
    Closing,
}

impl Plan {
    pub(super) fn taking(millis: u64) -> Plan {
        Plan { work: [Duration::from_millis(millis); ROUNDS], ..Plan::default() }
    }
}

/// A frame that a candidate has seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// Which candidate.
    pub(super) place: usize,
    pub(super) number: u64,
    /// When its header had been read: by then the program was sending it.
    begun: Instant,
    /// When its acknowledgement began to be written: until then the program cannot have it.
    answered: Instant,
}

#[derive(Default)]
struct Shared {
    /// `None` until the candidates may begin.
    plans: Mutex<Option<Vec<Plan>>>,
    changed: Condvar,
    seen: Mutex<Vec<Seen>>,
}

/// All candidates of a run. Their threads end with it, and with their clients.
pub(super) struct Participants {
    shared: Arc<Shared>,
    addresses: Vec<SocketAddr>,
}

impl Participants {
    /// Opens places for so many candidates. They take calls, and answer nothing before [`Participants::begin`].
    pub(super) fn open(count: usize) -> Result<Participants, Failure> {
        let shared = Arc::new(Shared::default());
        let mut addresses = Vec::new();
        for place in 0..count {
            let infra = |error: io::Error| Failure::infra("listen", &error);
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(infra)?;
            addresses.push(listener.local_addr().map_err(infra)?);
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    if shared.is_over() {
                        return;
                    }
                    let shared = Arc::clone(&shared);
                    // How a program leaves is its own affair.
                    thread::spawn(move || shared.serve(stream, place));
                }
            });
        }
        Ok(Participants { shared, addresses })
    }

    pub(super) fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// From now on each candidate behaves as its plan says.
    pub(super) fn begin(&self, plans: Vec<Plan>) {
        *lock(&self.shared.plans) = Some(plans);
        self.shared.changed.notify_all();
    }

    /// The frames that all candidates have seen, in the order in which they came.
    pub(super) fn seen(&self) -> Vec<Seen> {
        lock(&self.shared.seen).clone()
    }

    /// For each round of the candidate at `place`, the least that its counted frames can have taken.
    pub(super) fn took(&self, place: usize) -> Vec<Duration> {
        let seen: Vec<Seen> = self.seen().into_iter().filter(|seen| seen.place == place).collect();
        let counted =
            |round: &[Seen]| Some(round.get(FRAMES_PER_ROUND - 1)?.answered.duration_since(round.get(WARM_UP)?.begun));
        seen.chunks(FRAMES_PER_ROUND).filter_map(counted).collect()
    }
}

impl Drop for Participants {
    /// Lets the threads go that wait for a call.
    fn drop(&mut self) {
        self.begin(Vec::new());
        for address in &self.addresses {
            let _ = TcpStream::connect_timeout(address, Duration::from_millis(500));
        }
    }
}

impl Shared {
    /// Waits until the candidates may begin, and gives the plan of the one at `place`; `None` when all is over.
    fn plan(&self, place: usize) -> Option<Plan> {
        let plans = lock(&self.plans);
        let waited = self.changed.wait_timeout_while(plans, MAX_LIFETIME, |plans| plans.is_none());
        let plans = waited.unwrap_or_else(PoisonError::into_inner).0;
        plans.as_ref()?.get(place).cloned()
    }

    fn is_over(&self) -> bool {
        lock(&self.plans).as_ref().is_some_and(Vec::is_empty)
    }

    fn serve(&self, mut stream: TcpStream, place: usize) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(MAX_LIFETIME))?;
        let mut first = true;
        loop {
            let mut header = [0; 20];
            stream.read_exact(&mut header)?;
            let begun = Instant::now();
            let Some(plan) = self.plan(place) else { return Ok(()) };
            let length = u32::from_be_bytes(std::array::from_fn(|index| header[index]));
            let mut number = u64::from_be_bytes(std::array::from_fn(|index| header[4 + index]));
            if length > MAX_PAYLOAD {
                return Err(io::Error::other("not a frame of this task"));
            }
            let mut payload = vec![0; length as usize];
            stream.read_exact(&mut payload)?;
            let mut checksum = xxh3_64(&payload);

            let count = lock(&self.seen).iter().filter(|seen| seen.place == place).count();
            let work = plan.work[(count / FRAMES_PER_ROUND).min(ROUNDS - 1)];
            thread::sleep(if first { work + plan.cold } else { work });
            first = false;
            lock(&self.seen).push(Seen { place, number, begun, answered: Instant::now() });
            match plan.at {
                Some((at, Misbehaviour::OtherChecksum)) if at == count => checksum ^= 1,
                Some((at, Misbehaviour::OtherNumber)) if at == count => number = number.wrapping_sub(1),
                Some((at, Misbehaviour::Silence)) if at <= count => {
                    // Until the program has had enough.
                    return io::copy(&mut stream, &mut io::sink()).map(drop);
                }
                Some((at, Misbehaviour::Closing)) if at <= count => return Ok(()),
                _ => {}
            }
            stream.write_all(&[number.to_be_bytes(), checksum.to_be_bytes()].concat())?;
            if plan.closes {
                return Ok(());
            }
        }
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
