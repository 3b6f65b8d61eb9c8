//! IPv6 may be switched off on a machine; a check that needs it asks first.

use std::net::{Ipv6Addr, SocketAddr, TcpListener};

use crate::{Failure, Trial};

impl Trial {
    /// The IPv6 loopback address, port 0, to give to a server. The check is skipped on a machine
    /// where nobody can listen there.
    pub fn ipv6_loopback(&self) -> Result<SocketAddr, Failure> {
        let address = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
        TcpListener::bind(address).map(|_| address).map_err(|_| Failure::no_ipv6())
    }
}
