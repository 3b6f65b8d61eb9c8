//! QUIC: packets that are none, frames that are too long or have no end, and more connections than places.

use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::try_join_all;
use libtest_mimic::Trial;
use narrate::testing::{Failed, must};
use quinn::{ConnectionError, Endpoint};
use tokio::time::timeout;

use super::{CONNECTIONS, DEADLINE, MAX_PAYLOAD, survives};
use crate::ends::{Server, payload};

/// For the transport over QUIC.
pub fn trials(name: &'static str) -> Vec<Trial> {
    if name != "quic" {
        return Vec::new();
    }
    vec![
        Trial::test("quic survives packets that make no sense", move || survives(name, noise)),
        Trial::test("quic survives frames that are none", move || survives(name, no_frames)),
        Trial::test("quic survives peers that come and leave", move || survives(name, disconnecting)),
    ]
}

fn noise(server: &Server) -> Result<(), Failed> {
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    for length in [0, 1, 20, 1_200, 60_000] {
        let mut noise = payload(length);
        socket.send_to(&noise, server.place())?;
        // The same as a packet of QUIC version 1: a long header, that of an Initial.
        for (byte, header) in noise.iter_mut().zip([0xc3, 0, 0, 0, 1, 8]) {
            *byte = header;
        }
        socket.send_to(&noise, server.place())?;
    }
    Ok(())
}

fn no_frames(server: &Server) -> Result<(), Failed> {
    runtime()?.block_on(async {
        // A frame of 16 MiB and one byte, one that ends within its number, and one that never ends.
        let over = vec![0; 16 + MAX_PAYLOAD + 1];
        must(streams(server, &[(&over, true)]).await?, || "a byte too many is taken".into())?;
        must(streams(server, &[(&[0; 15], true)]).await?, || "too few bytes are taken".into())?;
        let closed = streams(server, &[(&[0; 15], false), (&[0; 100], false)]).await?;
        must(!closed, || "who says nothing wrong is refused".into())
    })
}

/// More of them at once than there are places: a server that kept a permit for a closed connection would serve no one else.
fn disconnecting(server: &Server) -> Result<(), Failed> {
    let crowd = (0..CONNECTIONS).map(|_| streams(server, &[(&[0; 100], false)]));
    runtime()?.block_on(try_join_all(crowd)).map(drop)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// Sends each on a stream of its own, and ends it, or not. Says whether the server closed the connection by itself: if
/// a stream was left open it is not waited for.
async fn streams(server: &Server, all: &[(&[u8], bool)]) -> Result<bool, Failed> {
    let certificate = server.address.split_once('/').ok_or("no certificate stands behind the address")?.1;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(URL_SAFE_NO_PAD.decode(certificate)?.into())?;
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let crypto = quinn::crypto::rustls::QuicClientConfig::try_from(tls)?;
    let endpoint = Endpoint::client(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let config = quinn::ClientConfig::new(Arc::new(crypto));
    let connection = endpoint.connect_with(config, server.place().parse()?, "127.0.0.1")?.await?;
    let mut open = Vec::new();
    for (bytes, end) in all {
        let (mut send, receive) = connection.open_bi().await?;
        let _ = send.write_all(bytes).await; // refused before all of it is sent, as it may be
        let _ = end.then(|| send.finish());
        open.push((send, receive));
    }
    let ended = all.iter().all(|(_, end)| *end);
    let closed =
        ended && matches!(timeout(DEADLINE, connection.closed()).await, Ok(ConnectionError::ApplicationClosed(_)));
    connection.close(0_u32.into(), b"");
    endpoint.wait_idle().await;
    Ok(closed)
}
