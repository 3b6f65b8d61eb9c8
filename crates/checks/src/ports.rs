//! Ports that a check may hand to a program: a short range at an address of its own.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use narrate::kernel;
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use crate::{Failure, Rng};

/// Ports are chosen below the ephemeral range (Linux: 32768 and up).
const LOWEST: u16 = 20_000;
const HIGHEST: u16 = 30_000;
/// How many ranges are tried before the failure is the machine's.
const TRIES: usize = 200;

/// Consecutive ports, all of which were free when they were chosen.
pub struct Ports {
    /// Where they are free.
    pub host: IpAddr,
    /// The first of them.
    pub first: u16,
    /// The last of them, which belongs to the range.
    pub last: u16,
}

/// A port that is taken until this is dropped.
pub struct HeldPort {
    socket: Socket,
}

impl Ports {
    /// Chooses `count` free ports. Every call gets another loopback address where the system has more than
    /// one (Linux: all of 127.0.0.0/8), so that checks that run side by side cannot meet.
    pub(crate) fn choose(rng: &mut Rng, count: u16) -> Result<Ports, Failure> {
        let host = own_loopback();
        for _ in 0..TRIES {
            let first = rng.between(LOWEST.into(), HIGHEST.into()) as u16;
            let ports = Ports { host, first, last: first + count - 1 };
            if ports.look_free() {
                return Ok(ports);
            }
        }
        Err(Failure::infra("bind", &"no run of free ports"))
    }

    /// Returns the last port there is, held by a socket that listens. Unsupported where there is one loopback
    /// address for everybody: the port may be in use there.
    pub(crate) fn last_held() -> Result<(Ports, HeldPort), Failure> {
        if !cfg!(target_os = "linux") {
            return Err(Failure::unsupported());
        }
        let ports = Ports { host: own_loopback(), first: u16::MAX, last: u16::MAX };
        let held = ports.listening(u16::MAX)?;
        Ok((ports, held))
    }

    /// Looks in the kernel's table: to bind a port and let it go again would not do. A program that is
    /// being started at this moment by another check holds a copy of every descriptor of ours
    /// until it has become that program, and with it the port.
    fn look_free(&self) -> bool {
        let range = self.first..=self.last;
        match kernel::table() {
            Ok(rows) => !rows.iter().any(|row| {
                let ours = row.local.ip() == self.host || row.local.ip().is_unspecified();
                ours && range.contains(&row.local.port())
            }),
            Err(_) => range.into_iter().all(|port| self.bound(port).is_ok()), // no table to ask
        }
    }

    /// Returns what the program gets: host, first and last port.
    pub fn arguments(&self) -> [String; 3] {
        [self.host.to_string(), self.first.to_string(), self.last.to_string()]
    }

    /// Takes `port` and listens on it.
    pub fn listening(&self, port: u16) -> Result<HeldPort, Failure> {
        let held = self.bound(port)?;
        held.socket.listen(1).map_err(|error| Failure::infra("listen", &error))?;
        Ok(held)
    }

    /// Takes `port` and does not listen on it.
    pub fn bound(&self, port: u16) -> Result<HeldPort, Failure> {
        let infra = |error| Failure::infra("bind", &error);
        let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).map_err(infra)?;
        socket.bind(&SockAddr::from(SocketAddr::new(self.host, port))).map_err(infra)?;
        Ok(HeldPort { socket })
    }
}

/// 127.0.0.1, or on Linux an address of 127.0.0.0/8 that no other check of this machine has now.
fn own_loopback() -> IpAddr {
    static CALLS: AtomicU32 = AtomicU32::new(0);
    if !cfg!(target_os = "linux") {
        return Ipv4Addr::LOCALHOST.into();
    }
    // The low bits count within this process, the high ones tell processes apart. Addresses that end
    // in 0 or 255 are left out, and so is 127.0.x.y, where people keep services.
    let mixed = (process::id() << 10).wrapping_add(CALLS.fetch_add(1, Ordering::Relaxed));
    let [a, b, c] = [mixed / 254 / 254 % 254 + 1, mixed / 254 % 256, mixed % 254 + 1];
    Ipv4Addr::new(127, a as u8, b as u8, c as u8).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    fn choose(count: u16) -> Ports {
        Ports::choose(&mut Rng::new(1, "ports"), count).unwrap()
    }

    #[test]
    fn ports_are_free_until_one_is_taken() {
        let ports = choose(3);
        assert_eq!(ports.last - ports.first, 2);
        drop(TcpListener::bind((ports.host, ports.first)).unwrap());
        let _listening = ports.listening(ports.first).unwrap();
        let _bound = ports.bound(ports.last).unwrap();
        assert!(TcpListener::bind((ports.host, ports.first)).is_err());
        assert!(TcpListener::bind((ports.host, ports.last)).is_err());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn ports_of_two_calls_differ_in_address() {
        assert_ne!(choose(1).host, choose(1).host);
    }
}
