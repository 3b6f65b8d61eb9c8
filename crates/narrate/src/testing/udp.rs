//! How the two sides of a UDP lesson behave when they run alone.

use std::net::UdpSocket;

use libtest_mimic::{Failed, Trial};

use super::attack::{Held, random};
use super::manners::refuses;
use super::{Serving, Story, must, trial};
use crate::Lang;

pub(super) fn trials(story: &'static Story, lang: Lang) -> Vec<Trial> {
    vec![
        trial(format!("a UDP port in use is explained in `{lang}`"), move || in_use(story, lang)),
        trial(format!("no answer is told in `{lang}`"), move || silence(story, lang)),
        trial(format!("what is typed in `{lang}` comes back"), move || answered(story, lang)),
    ]
}

fn in_use(story: &Story, lang: Lang) -> Result<(), Failed> {
    let taken = UdpSocket::bind("127.0.0.1:0")?;
    let address = taken.local_addr()?.to_string();
    let arguments = ["serve", &address, "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, "ss -ulnp", &arguments)
}

/// A socket is there, and says nothing: the program must not wait for ever.
fn silence(story: &Story, lang: Lang) -> Result<(), Failed> {
    let silent = UdpSocket::bind("127.0.0.1:0")?;
    let address = silent.local_addr()?.to_string();
    let arguments = ["connect", &address, "--lang", lang.code()];
    refuses(&story.program().run_typing(&arguments, "xin chao\n")?, 1, &address, &arguments)
}

fn answered(story: &Story, lang: Lang) -> Result<(), Failed> {
    let serving = story.program().serve(&[])?;
    let said = story.program().run_typing(&["connect", &serving.address, "--lang", lang.code()], "xin chao\n\n")?;
    must(said.code == Some(0), || format!("connect ended with {:?}: {}", said.code, said.stderr))?;
    let times = said.stdout.matches("xin chao").count();
    must(times >= 1, || format!("the answer is not in: {}", said.stdout))
}

/// Datagrams that no honest peer sends, from peers that never read an answer, or are gone before it comes.
/// None of them may stop the server. Again and again somebody honest asks in between, and is answered.
pub(super) fn survives(story: &Story) -> Result<(), Failed> {
    let serving = story.program().serve(&[])?;
    served(story, &serving, "before the attack")?;
    let held = Held::by(&serving);
    let attacker = UdpSocket::bind("127.0.0.1:0")?; // open to the end, and it never reads
    let mut seed = 0x5eed;
    for turn in 0..200 {
        let bytes: Vec<u8> = (0..turn * turn).map(|_| random(&mut seed)).collect();
        attacker.send_to(&bytes, &serving.address)?; // from nothing at all to 39,601 bytes
        UdpSocket::bind("127.0.0.1:0")?.send_to(&bytes[..turn], &serving.address)?;
        if turn % 50 == 49 {
            served(story, &serving, "during the attack")?;
        }
    }
    drop(attacker);
    served(story, &serving, "after the attack")?;
    held.bounded(&serving)?;
    held.given_back(&serving)
}

/// A full receive buffer may cost an honest datagram, too; not ten of them.
fn served(story: &Story, serving: &Serving, when: &str) -> Result<(), Failed> {
    for _ in 0..10 {
        if story.program().run_typing(&["connect", &serving.address], "xin chao\n")?.code == Some(0) {
            return Ok(());
        }
    }
    Err(format!("{when} an honest client is not answered").into())
}
