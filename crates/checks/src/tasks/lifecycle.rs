//! Conversations that stand in several tasks: what a server survives, whatever it serves.
//!
//! Each takes hints of the task: only the task knows what its symptoms point to.

use crate::program::Connect;
use crate::{CheckRun, Explain, Failure, Hint, IfSupported, Peer, ResourceUsage, Server, Symptom, Text};

/// How many descriptors or threads more than before are no leak: a program may keep some threads for
/// the next clients.
const TOLERATED: usize = 5;

/// A server with which a client connects and exchanges one message.
pub(super) trait Service {
    /// Where it listens.
    type Address;
    /// What a client holds of a connection.
    type Client;

    /// Returns the server.
    fn server(&self) -> &Server<Self::Address>;

    /// Connects one client.
    fn connect(&self) -> Result<Self::Client, Failure>;

    /// Sends `message` and expects the answer due to it.
    fn exchange(&self, client: &mut Self::Client, message: &[u8]) -> Result<(), Failure>;
}

/// An echo server, at an address or a path: the answer to a message is the message.
impl<A: Connect> Service for Server<A> {
    type Address = A;
    type Client = Peer;

    fn server(&self) -> &Server<A> {
        self
    }

    fn connect(&self) -> Result<Peer, Failure> {
        Server::connect(self)
    }

    fn exchange(&self, client: &mut Peer, message: &[u8]) -> Result<(), Failure> {
        client.send(message)?;
        client.expect(message)
    }
}

/// Connects, exchanges one message, and closes.
pub(super) fn exchange_one(service: &impl Service) -> Result<(), Failure> {
    service.exchange(&mut service.connect()?, b"still there?")
}

/// A client that is connected and silent does not make the next one wait.
pub(super) fn idle_first(service: &impl Service, one_at_a_time: &'static Hint) -> Result<(), Failure> {
    let mut idle = service.connect()?;
    let mut client = service.connect()?;
    service.exchange(&mut client, b"and I?").or_hint(one_at_a_time)?;
    service.exchange(&mut idle, b"me too").or_hint(one_at_a_time)
}

/// Three clients are answered and then reset their connections; the next one is served.
pub(super) fn reset(
    service: &impl Service<Client = Peer>,
    kept: &'static Hint,
    cut: &'static Hint,
) -> Result<(), Failure> {
    let baseline = service.server().resources()?;
    for _ in 0..3 {
        let mut client = service.connect().hint_if_gone(cut)?;
        service.exchange(&mut client, b"hello").or_hint(cut)?;
        client.reset()?;
    }
    expect_still_serving(service, &baseline, kept, cut)
}

/// Expects that the server has noticed that clients have gone, has released what it held for them since
/// `baseline`, serves the next one, and has not panicked.
pub(super) fn expect_still_serving(
    service: &impl Service,
    baseline: &ResourceUsage,
    kept: &'static Hint,
    cut: &'static Hint,
) -> Result<(), Failure> {
    service.server().wait_released(baseline).hint(Symptom::Leak, kept).or_hint(cut)?;
    exchange_one(service).or_hint(cut)?;
    service.server().stop().or_hint(cut)
}

/// Fifty clients connect, are answered while all are there, and close: the server releases what it held.
/// Ask it after a first client, so that what a server opens once is not counted.
pub(super) fn gives_back(
    service: &impl Service,
    one_at_a_time: &'static Hint,
    kept_descriptors: &'static Hint,
    kept_threads: &'static Hint,
) -> Result<(), Failure> {
    let server = service.server();
    let before = server.descriptors().if_supported()?.zip(server.threads().if_supported()?);
    let mut clients = Vec::new();
    for _ in 0..50 {
        let mut client = service.connect()?;
        service.exchange(&mut client, b"hello").or_hint(one_at_a_time)?;
        clients.push(client);
    }
    drop(clients);
    let Some((descriptors, threads)) = before else { return Err(Failure::unsupported()) };
    server.expect_descriptors(descriptors + TOLERATED).hint(Symptom::Leak, kept_descriptors)?;
    server.expect_threads(threads + TOLERATED).hint(Symptom::Leak, kept_threads)
}

/// More clients connect than the server has descriptors for: it does not spin meanwhile, and serves again
/// when they have left. Ask it after a first client, so that the server has opened what it opens once.
pub(super) fn descriptors_run_out(
    check: &CheckRun,
    service: &impl Service,
    spins: &'static Hint,
    no_descriptors: &'static Hint,
) -> Result<(), Failure> {
    service.server().limit_descriptors(8)?;
    let clients: Result<Vec<_>, _> = (0..20).map(|_| service.connect()).collect();
    let clients = clients.or_hint(no_descriptors)?;
    check.note(Text {
        vi: "20 client cùng kết nối, server chỉ còn 8 descriptor",
        en: "20 clients connect, the server has 8 descriptors left",
    });
    service.server().expect_idle().hint(Symptom::BusyLoop, spins).or_hint(no_descriptors)?;
    drop(clients);
    let all_leave = Text {
        vi: "tất cả bỏ đi, server lại có descriptor",
        en: "all leave, the server has descriptors again",
    };
    check.note(all_leave);
    expect_served_again(service).or_hint(no_descriptors)
}

/// A server that was short of descriptors may still turn a client or two away, while those that
/// have left are being cleared up; but not for long.
fn expect_served_again(service: &impl Service) -> Result<(), Failure> {
    const TRIES: usize = 20;
    let turned_away = |failure: &Failure| matches!(failure.symptom, Symptom::EndOfStream | Symptom::Reset);
    for _ in 1..TRIES {
        match exchange_one(service) {
            Err(failure) if turned_away(&failure) => {}
            served_or_lost => return served_or_lost,
        }
    }
    exchange_one(service)
}
