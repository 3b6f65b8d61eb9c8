//! How the two sides of a UDP lesson behave when they run alone.

use std::net::UdpSocket;

use libtest_mimic::{Failed, Trial};

use super::attack::ResourceUsage;
use super::run::refuses;
use super::{Server, Subject, must, next_byte, trial};
use crate::lang::Lang;

pub(super) fn trials(story: &'static Subject, lang: Lang) -> Vec<Trial> {
    vec![
        trial(format!("a UDP port in use is explained in `{lang}`"), move || in_use(story, lang)),
        trial(format!("no answer is told in `{lang}`"), move || silence(story, lang)),
        trial(format!("what is typed in `{lang}` comes back"), move || answered(story, lang)),
    ]
}

fn in_use(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let taken = UdpSocket::bind("127.0.0.1:0")?;
    let address = taken.local_addr()?.to_string();
    let arguments = ["serve", &address, "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, "ss -ulnp", &arguments)
}

/// A socket is there and never answers: the program must not wait forever.
fn silence(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let silent = UdpSocket::bind("127.0.0.1:0")?;
    let address = silent.local_addr()?.to_string();
    let arguments = ["connect", &address, "--lang", lang.code()];
    refuses(&story.program().run_typing(&arguments, "xin chao\n")?, 1, &address, &arguments)
}

fn answered(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let server = story.program().serve(&[])?;
    let output = story.program().run_typing(&["connect", &server.address, "--lang", lang.code()], "xin chao\n\n")?;
    must(output.code == Some(0), || format!("connect ended with {:?}: {}", output.code, output.stderr))?;
    let times = output.stdout.matches("xin chao").count();
    must(times >= 1, || format!("the answer is not in: {}", output.stdout))
}

/// Sends datagrams that no client sends, from peers that never read an answer, or are gone before it comes.
/// None of them may stop the server: a legitimate client asks again and again in between, and is answered.
pub(super) fn survives(story: &Subject) -> Result<(), Failed> {
    let server = story.program().serve(&[])?;
    served(story, &server, "before the attack")?;
    let before = ResourceUsage::of(&server);
    let attacker = UdpSocket::bind("127.0.0.1:0")?; // open to the end, and it never reads
    let mut seed = 0x5eed;
    for turn in 0..200 {
        let bytes: Vec<u8> = (0..turn * turn).map(|_| next_byte(&mut seed)).collect();
        attacker.send_to(&bytes, &server.address)?; // from nothing at all to 39,601 bytes
        UdpSocket::bind("127.0.0.1:0")?.send_to(&bytes[..turn], &server.address)?;
        if turn % 50 == 49 {
            served(story, &server, "during the attack")?;
        }
    }
    drop(attacker);
    served(story, &server, "after the attack")?;
    before.bounded(&server)?;
    before.released(&server)
}

/// A full receive buffer may cost a legitimate datagram too; not ten of them.
fn served(story: &Subject, server: &Server, when: &str) -> Result<(), Failed> {
    for _ in 0..10 {
        if story.program().run_typing(&["connect", &server.address], "xin chao\n")?.code == Some(0) {
            return Ok(());
        }
    }
    Err(format!("{when} a legitimate client is not answered").into())
}
