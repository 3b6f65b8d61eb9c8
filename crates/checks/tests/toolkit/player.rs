//! The program under judgement, in all its bad habits.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::{self, ExitCode};
use std::thread;
use std::time::Duration;

/// The first argument of a run that plays a program.
pub const PLAY: &str = "--play";

/// Behaves as `behaviour` says, until it is ended.
pub fn play(behaviour: &str, rest: &[String]) -> ExitCode {
    match behaviour {
        "silent" => stay(),
        "garbage" => println!("hello"),
        "no-address" => println!("LISTENING somewhere"),
        "no-newline" => {
            print!("LISTENING 127.0.0.1:1");
            let _ = io::stdout().flush();
            stay()
        }
        "flood" => flood(),
        "exit" => return ExitCode::from(3),
        "panic" => panic!("on purpose"),
        "todo" => todo!("the answer"),
        "dial" => {
            let _held = rest.first().map(TcpStream::connect);
            println!("called");
            stay()
        }
        "print" => println!("hello"),
        #[cfg(feature = "websocket")]
        websocket if websocket.starts_with("ws-") => {
            if let Err(error) = crate::websocket::play(websocket) {
                eprintln!("player: {error}");
                return ExitCode::FAILURE;
            }
        }
        told if told.starts_with("told-") => {
            if let Err(error) = crate::interactive::play(told) {
                eprintln!("player: {error}");
                return ExitCode::FAILURE;
            }
        }
        datagrams if datagrams.starts_with("udp-") => {
            if let Err(error) = answer_datagrams(datagrams) {
                eprintln!("player: {error}");
                return ExitCode::FAILURE;
            }
        }
        #[cfg(unix)]
        at_a_path if at_a_path.starts_with("unix-") => return crate::unix::play(at_a_path, rest),
        "fail" => return ExitCode::FAILURE,
        _ => {
            if let Err(error) = listen(behaviour) {
                eprintln!("player: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn stay() -> ! {
    loop {
        thread::park();
    }
}

fn flood() -> ! {
    loop {
        let _ = io::stdout().write_all(&[b'a'; 1024]);
        let _ = io::stderr().write_all(&[b'e'; 1024]);
    }
}

fn listen(behaviour: &str) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("LISTENING {}", listener.local_addr()?);
    if behaviour == "deaf" {
        let (peer, _) = listener.accept()?;
        drop(listener);
        return serve(behaviour, peer);
    }
    let mut kept = Vec::new();
    for peer in listener.incoming() {
        let peer = peer?;
        match behaviour {
            "panics" => panic!("on purpose"),
            "leaves" => return Ok(()),
            "complains" => {
                eprintln!("CUT 2");
                return Err(io::Error::other("on purpose"));
            }
            "keeps" => kept.push(peer.try_clone()?),
            "talks" => drop(thread::spawn(|| flood())),
            _ => {}
        }
        let behaviour = behaviour.to_owned();
        thread::spawn(move || serve(&behaviour, peer));
    }
    Ok(())
}

/// Serves one connection: an echo, but for its habit.
fn serve(habit: &str, mut peer: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 4096];
    loop {
        let count = peer.read(&mut buffer)?;
        if count == 0 && habit != "spins" {
            return Ok(());
        }
        match habit {
            "mute" => continue,
            "closes" => return Ok(()),
            "resets" => {
                socket2::SockRef::from(&peer).set_linger(Some(Duration::ZERO))?;
                return Ok(());
            }
            "flips" => buffer[count - 1] ^= 1,
            "panics-alone" => panic!("on purpose"),
            "counts-reads" => {
                peer.write_all(&[u8::try_from(count).unwrap_or(u8::MAX)])?;
                continue;
            }
            "tells-pid" => {
                peer.write_all(format!("{}\n", process::id()).as_bytes())?;
                continue;
            }
            _ => {}
        }
        peer.write_all(&buffer[..count])?;
        if habit == "adds" {
            peer.write_all(b"!")?;
        }
    }
}

/// An echo of datagrams, but for its habit.
fn answer_datagrams(habit: &str) -> io::Result<()> {
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    println!("LISTENING {}", socket.local_addr()?);
    let mut buffer = [0; 4096];
    loop {
        let (count, sender) = socket.recv_from(&mut buffer)?;
        let sent = match habit {
            "udp-mute" => Ok(0),
            "udp-leaves" => return Ok(()),
            "udp-moves" => UdpSocket::bind("127.0.0.1:0")?.send_to(&buffer[..count], sender),
            "udp-cuts" => socket.send_to(&buffer[..count - 1], sender),
            "udp-adds" => socket.send_to(&buffer[..count + 1], sender),
            _ => socket.send_to(&buffer[..count], sender),
        };
        sent?;
    }
}
