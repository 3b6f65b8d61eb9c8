//! One transport's server as a process of its own: says where it listens, ends with its standard input.

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::sync::mpsc;
use std::time::Duration;
use std::{fs, thread};

use narrate::Error;

use crate::frame::Receiver;
use crate::text;
use crate::transport::Transport;

/// Serves until the standard input ends: a lab that is killed leaves no servers behind.
///
/// # Errors
/// When the transport cannot listen.
pub(crate) fn serve(name: &str, transport: Box<dyn Transport>, host: IpAddr, work: Duration) -> Result<(), Error> {
    keep_freed_memory();
    let receiver = Receiver { work };
    let (ended, end) = mpsc::channel();
    let failed = ended.clone();
    thread::spawn(move || {
        let served = transport.serve(host, receiver, &mut |address| {
            if address.starts_with('/') {
                let _ = failed.send(Ending::Path(address.to_owned()));
            }
            announce(address);
        });
        if let Err(why) = served {
            let _ = failed.send(Ending::Failed(why));
        }
    });
    thread::spawn(move || {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        let _ = ended.send(Ending::Asked);
    });

    let mut path = None;
    let done = loop {
        match end.recv() {
            Ok(Ending::Path(ours)) => path = Some(ours),
            Ok(Ending::Failed(why)) => break Err(Error::new(text::cannot_serve(name, why))),
            Ok(Ending::Asked) | Err(_) => break Ok(()),
        }
    };
    if let Some(path) = path {
        let _ = fs::remove_file(path); // gone already is as good
    }
    done
}

enum Ending {
    /// A Unix socket stands there and wants to be removed.
    Path(String),
    Failed(io::Error),
    Asked,
}

fn announce(address: &str) {
    let mut out = io::stdout();
    // A lab that no longer reads has ended, and with it our standard input.
    let _ = writeln!(out, "LISTENING {address}").and_then(|()| out.flush());
}

/// Makes memory that is freed stay with the process. Each end of a transport calls it once, before its first frame.
///
/// Libraries make a buffer for each message. When one of several MB is freed, glibc gives its pages back to the kernel, and
/// the next buffer gets new ones, one fault and 4 KiB of zeros at a time, which can cost as much as carrying the
/// message. It stops doing so once a larger piece has been freed (mallopt(3), `M_MMAP_THRESHOLD`): here is one, of untouched
/// memory, just below the 32 MiB up to which it learns. Elsewhere it does nothing.
pub(crate) fn keep_freed_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(31 << 20)));
}
