//! Certificates for transports that encrypt: each server makes one for itself as it starts, and announces it with its
//! address: `127.0.0.1:40517/MIIB…`.
//!
//! A driver trusts that certificate and no other, and verifies as it would any other: that the name in it is the
//! host it called, and that the server holds the key. So nothing is switched off that a program in earnest needs.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

use super::address_in;

/// A fresh certificate for that host: what a server needs, and what goes behind its address.
pub(crate) fn server(host: IpAddr) -> io::Result<(ServerConfig, String)> {
    let made = rcgen::generate_simple_self_signed([host.to_string()]).map_err(io::Error::other)?;
    let certificate = made.cert.der().clone();
    let shown = URL_SAFE_NO_PAD.encode(&certificate);
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .map_err(io::Error::other)?;
    Ok((config, shown))
}

/// Where a server is, from what it announced, and a client that trusts this server only.
pub(crate) fn client(announced: &str) -> io::Result<(SocketAddr, ClientConfig)> {
    let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidInput, why);
    let (address, certificate) =
        announced.split_once('/').ok_or_else(|| wrong(format!("{announced} is not IP:PORT/CERTIFICATE")))?;
    let certificate = URL_SAFE_NO_PAD.decode(certificate).map_err(|why| wrong(format!("the certificate: {why}")))?;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(certificate)).map_err(|why| wrong(format!("the certificate: {why}")))?;
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok((address_in(address)?, config))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn client_refuses_what_is_no_address_with_a_certificate() {
        let (_, certificate) = server(IpAddr::from([127, 0, 0, 1])).unwrap();
        assert!(client(&format!("127.0.0.1:1/{certificate}")).is_ok());
        let cut = &certificate[..certificate.len() - 8];
        for wrong in [
            "",
            "127.0.0.1:1",
            "127.0.0.1:1/",
            "127.0.0.1:1/%",
            &format!("127.0.0.1:1/{cut}"),
            &format!("x/{certificate}"),
        ] {
            assert!(client(wrong).is_err(), "{wrong}");
        }
    }
}
