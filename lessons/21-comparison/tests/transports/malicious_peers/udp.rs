//! UDP: datagrams that are none of the lab's, and fragments that contradict one another.

use std::io;
use std::net::UdpSocket;

use libtest_mimic::Trial;
use narrate::testing::Failed;

use super::survives;
use crate::ends::{Server, payload};

/// For the transport over UDP; with short datagrams its server is the same.
pub fn trials(name: &'static str) -> Option<Trial> {
    (name == "udp").then(|| Trial::test("udp survives datagrams that make no sense", move || survives(name, nonsense)))
}

fn nonsense(server: &Server) -> Result<(), Failed> {
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    for length in [0, 1, 8, 9, 20, 49, 1_400, 60_000] {
        for kind in 0..4 {
            let mut noise = payload(length);
            noise.iter_mut().take(1).for_each(|byte| *byte = kind);
            socket.send_to(&noise, server.place())?;
        }
    }
    let say = |length, index, count, bytes| fragment(&socket, server, length, index, count, bytes);
    say(100_000, 0, 2, 50_000)?; // half a frame
    say(100_000, 0, 4, 25_000)?; // which contradicts that
    say(u32::MAX, 0, 65_536, 65_536 - 100)?;
    say(u32::MAX, u32::MAX - 1, u32::MAX, 1)?;
    say(10, 0, 0, 10)?;
    say(0, 0, 0, 0)?;
    Ok(())
}

/// Sends a fragment as `udp/wire.rs` has it, of frame 1, with those figures and so many bytes.
fn fragment(socket: &UdpSocket, server: &Server, length: u32, index: u32, count: u32, bytes: usize) -> io::Result<()> {
    let mut datagram = vec![1];
    datagram.extend([[0; 8], [0; 8]].concat());
    datagram.extend([0, 0, 0, 1]);
    datagram.extend([[1; 8], [2; 8]].concat());
    [length, index, count].iter().for_each(|figure| datagram.extend(figure.to_be_bytes()));
    datagram.resize(datagram.len() + bytes, 0);
    socket.send_to(&datagram, server.place())?;
    Ok(())
}
