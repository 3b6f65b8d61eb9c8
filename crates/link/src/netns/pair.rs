//! Creates and removes a pair of namespaces.

use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use tappers::{Interface, Tun};

use super::host::inside;
use super::namespace::{Namespace, remove_leftovers};
use super::wire::{MTU, Wire};
use super::{Host, SetupError};
use crate::{Conditions, Counts, text};

/// The addresses of the two ends, client and server. They exist inside the namespaces only, so every path has
/// the same.
const ADDRESSES: [Ipv4Addr; 2] = [Ipv4Addr::new(10, 77, 0, 1), Ipv4Addr::new(10, 77, 0, 2)];

/// The interface's name, in both namespaces.
const INTERFACE: &str = "wire";

/// How many packets may wait until our process reads them: enough for what several connections send at
/// once, so that packets are dropped by the link and nowhere else.
const PACKETS_UNREAD: u32 = 10_000;

/// Two network namespaces, and the link between them. Everything is removed when it is dropped; what a
/// killed process left behind is removed when the next pair is created.
#[derive(Debug)]
pub struct NetnsPair {
    client: Host,
    server: Host,
    // Dropped in this order: first nobody moves packets any more, then the namespaces go.
    wire: Wire,
    _namespaces: [Namespace; 2],
}

impl NetnsPair {
    /// Makes the namespaces and joins them: `forward` holds from the client to the server, `back` from the server to the client. The
    /// links are those of [`Link::both_ways`](crate::Link::both_ways) with the same `seed`; a packet weighs
    /// its IP bytes.
    ///
    /// # Errors
    /// When this machine does not permit it, or lacks what it takes.
    pub fn create(forward: Conditions, back: Conditions, seed: u64) -> Result<NetnsPair, SetupError> {
        if !permitted() {
            return Err(SetupError::NotPermitted);
        }
        if !Path::new("/dev/net/tun").exists() {
            return Err(SetupError::NoTun);
        }
        remove_leftovers();
        let namespaces = Namespace::pair()?;
        let [client, server] = [0, 1].map(|end| interface(&namespaces[end], ADDRESSES[end]));
        let wire = Wire::start([client?, server?], forward, back, seed).map_err(|error| failed("threads", &error))?;
        let [client, server] = [0, 1].map(|end| Host::new(namespaces[end].name().to_owned(), ADDRESSES[end]));
        Ok(NetnsPair { client, server, wire, _namespaces: namespaces })
    }

    /// The client's namespace.
    pub fn client(&self) -> &Host {
        &self.client
    }

    /// The server's namespace.
    pub fn server(&self) -> &Host {
        &self.server
    }

    /// `program`, to be started in the client's namespace; see [`Host::command`].
    pub fn client_command(&self, program: &str) -> Command {
        self.client.command(program)
    }

    /// `program`, to be started in the server's namespace; see [`Host::command`].
    pub fn server_command(&self, program: &str) -> Command {
        self.server.command(program)
    }

    /// What the link from the client to the server has done so far.
    pub fn forward(&self) -> Counts {
        self.wire.counts()[0]
    }

    /// What the link from the server to the client has done so far.
    pub fn back(&self) -> Counts {
        self.wire.counts()[1]
    }

    /// What a path does not imitate, as sentences in the reader's language: a program that prints figures
    /// taken over a path prints these beside them.
    pub fn limitations(&self) -> Vec<String> {
        vec![text::path_one_machine(), text::path_losses()]
    }
}

/// Root, or what root would need here: CAP_NET_ADMIN (12) and CAP_SYS_ADMIN (21), capabilities(7).
fn permitted() -> bool {
    let needed = 1 << 12 | 1 << 21;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let effective = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    effective.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & needed == needed)
}

/// The TUN device of one end, with its address, ready to carry packets. It is opened by a thread that is
/// inside, so it never exists outside.
fn interface(namespace: &Namespace, address: Ipv4Addr) -> Result<Tun, SetupError> {
    let made = inside(namespace.name(), || {
        // IPv6 would send packets that nobody asked for, and change which packets the seed takes.
        set("ipv6/conf/default/disable_ipv6", "1").or_else(missing_is_fine)?;
        // What one connection learns of the path must not help the next: runs stay independent (tcp(7)).
        set("ipv4/tcp_no_metrics_save", "1")?;
        let mut tun = Tun::new_named(Interface::new(INTERFACE)?)?;
        tun.set_nonblocking(true)?;
        Ok(tun)
    });
    let tun = made.and_then(|made| made).map_err(|error| failed("/dev/net/tun", &error))?;
    namespace.batch(&format!(
        "link set lo up\n\
         link set {INTERFACE} mtu {MTU} txqueuelen {PACKETS_UNREAD}\n\
         address add {address}/30 dev {INTERFACE}\n\
         link set {INTERFACE} up\n"
    ))?;
    Ok(tun)
}

/// Sets a parameter of the calling thread's namespace.
fn set(parameter: &str, value: &str) -> io::Result<()> {
    fs::write(format!("/proc/sys/net/{parameter}"), value)
}

fn missing_is_fine(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

fn failed(what: &str, error: &io::Error) -> SetupError {
    SetupError::Failed { what: what.to_owned(), why: error.to_string() }
}
