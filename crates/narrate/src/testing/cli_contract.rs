//! How every lesson behaves at the command line, in both languages, with good input and with bad.

use std::net::{TcpListener, TcpStream};

use libtest_mimic::{Failed, Trial};

use super::run::refuses;
use super::{Subject, Transport, must, trial, udp};
use crate::lang::Lang;
use crate::screen::WIDTH;

/// Two screens.
const LINES: usize = 80;

pub(super) fn trials(story: &'static Subject) -> Vec<Trial> {
    let transport = story.transport;
    let mut trials = Vec::new();
    for lang in Lang::ALL {
        trials.push(trial(format!("the story in `{lang}` fits 80 columns and two screens"), move || fits(story, lang)));
        trials.push(trial(format!("the tape in `{lang}` fits 80 columns and adds to the story"), move || {
            tape(story, lang)
        }));
        trials.push(trial(format!("--help in `{lang}` names every option"), move || help(story, lang)));
        trials.push(trial(format!("bad arguments are refused in `{lang}` with a sentence"), move || {
            bad(story, lang, transport)
        }));
        #[cfg(unix)]
        if transport == Transport::Unix {
            trials.extend(super::unix::trials(story, lang));
            continue;
        }
        if transport == Transport::Udp {
            trials.extend(udp::trials(story, lang));
        } else {
            trials.push(trial(format!("a port in use is explained in `{lang}`"), move || in_use(story, lang)));
            trials.push(trial(format!("a refused connection is explained in `{lang}`"), move || refused(story, lang)));
        }
    }
    if transport == Transport::Udp {
        trials.push(trial("serve survives datagrams that no client sends", move || udp::survives(story)));
    }
    #[cfg(unix)]
    if transport == Transport::Unix {
        trials.push(trial("serve prints LISTENING and a path first, and takes over a stale one", || {
            super::unix::serve(story)
        }));
        return trials;
    }
    trials.push(trial("serve prints LISTENING and an address first", move || {
        story.program().serve(&[])?.address.parse::<std::net::SocketAddr>()?;
        Ok(())
    }));
    trials
}

fn fits(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let printed = story.program().story(&["--lang", lang.code()])?;
    narrow(&printed)?;
    let lines = printed.lines().count();
    must(lines <= LINES, || format!("{lines} lines; two screens are {LINES}"))?;
    must(!printed.contains('\x1b'), || "colour codes went into a pipe".into())
}

fn tape(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let plain = story.program().story(&["--lang", lang.code()])?;
    let taped = story.program().story(&["--lang", lang.code(), "--tape"])?;
    narrow(&taped)?;
    must(taped.lines().count() > plain.lines().count(), || "--tape printed no more than the story".into())
}

fn narrow(printed: &str) -> Result<(), Failed> {
    match printed.lines().find(|line| line.chars().count() > WIDTH) {
        Some(line) => Err(format!("{} columns: {line}", line.chars().count()).into()),
        None => Ok(()),
    }
}

fn help(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let page = story.program().story(&["--help", "--lang", lang.code()])?;
    for option in ["serve", "connect", "--lang", "--tape", "--pcap"] {
        must(page.contains(option), || format!("{option} is not in: {page}"))?;
    }
    Ok(())
}

fn bad(story: &Subject, lang: Lang, transport: Transport) -> Result<(), Failed> {
    let bad: [(&[&str], &str); 4] =
        [(&["--tepe"], "--tepe"), (&["dance"], "dance"), (&["--pcap"], "--pcap"), (&["connect"], "connect")];
    let bad_addresses: &[(&[&str], &str)] = match transport {
        Transport::Tcp | Transport::Udp => &[
            (&["connect", "127.0.0.1"], "127.0.0.1:8080"),
            (&["serve", "127.0.0.1:70000"], "70000"),
            (&["serve", "::1"], "[::1]:8080"),
        ],
        #[cfg(unix)]
        Transport::Unix => &[(&["connect", ""], "connect")],
    };
    for &(arguments, named) in bad.iter().chain(bad_addresses) {
        let arguments = [arguments, &["--lang", lang.code()]].concat();
        refuses(&story.program().run(&arguments)?, 2, named, &arguments)?;
    }
    let unwritable = std::env::temp_dir().join("no-such-folder").join("x.pcap");
    let unwritable = unwritable.to_string_lossy();
    let arguments = ["--pcap", &unwritable, "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, &unwritable, &arguments)
}

fn in_use(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let address = taken.local_addr()?.to_string();
    let arguments = ["serve", &address, "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, "ss -tlnp", &arguments)
}

fn refused(story: &Subject, lang: Lang) -> Result<(), Failed> {
    // The port of a client: no other socket can take it while the connection stands, and it refuses.
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let address = client.local_addr()?.to_string();
    let arguments = ["connect", &address, "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, &address, &arguments)
}
