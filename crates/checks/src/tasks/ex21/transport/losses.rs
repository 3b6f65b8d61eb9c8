//! What becomes of one side when the other has gone, or is a stranger.

use std::io::Write;
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use super::hints::*;
use super::lab::{Driver, FULL_HD, Lab, NOTICE_TIMEOUT, Picture, not_as_agreed};
use crate::{CheckRun, Explain, Failure, Server, Symptom, Text};

pub(super) fn server_gone(check: &mut CheckRun) -> Result<(), Failure> {
    let picture = Picture::new(check, "a-1", 700)?;
    let mut lab = Lab::open(check)?;
    lab.driver.carry(1, &picture).or_hint(&NOT_CARRIED)?;
    lab.server.suspend()?;
    let line = lab.driver.sending(2, picture.checksum, &picture);
    lab.driver.process.send_line(&line);
    lab.driver.process.wait_idle()?;
    lab.server.kill()?;
    // It never ran again, so it has never read a byte of that frame.
    let line = match lab.driver.receive(NOTICE_TIMEOUT).hint(Symptom::Silence, &HANGS) {
        Err(failure) if failure.symptom == Symptom::Exited => {
            return Err(failure).or_hint(&ERROR_IS_AN_ANSWER);
        }
        received => received?,
    };
    if line.starts_with("error") {
        return Ok(());
    }
    Err(not_as_agreed("error …", &line)).or_hint(&NOT_THE_SERVER)
}

pub(super) fn next_driver(check: &mut CheckRun) -> Result<(), Failure> {
    let picture = Picture::new(check, "a-1", 700)?;
    let mut lab = Lab::open(check)?;
    lab.driver.carry(1, &picture).or_hint(&NOT_CARRIED)?;
    lab.driver.process.close_stdin()?.expect_success()?;
    let mut next = Driver::connect(check, &lab.server).or_hint(&ONE_DRIVER_ONLY)?;
    next.carry(1, &picture).or_hint(&ONE_DRIVER_ONLY)?;
    lab.server.stop()
}

pub(super) fn cut_frame(check: &mut CheckRun) -> Result<(), Failure> {
    let picture = Picture::new(check, "c-1", FULL_HD)?;
    let small = Picture::new(check, "a-1", 700)?;
    let lab = Lab::open(check)?;
    lab.server.while_suspended(|| {
        lab.driver.process.send_line(&lab.driver.sending(1, picture.checksum, &picture));
        lab.driver.process.wait_idle()?;
        lab.driver.process.kill();
        Ok(())
    })?;
    let mut next = Driver::connect(check, &lab.server).or_hint(&ONE_ERROR_ENDS_ALL)?;
    next.carry(2, &small).or_hint(&ONE_ERROR_ENDS_ALL)?;
    lab.server.stop().or_hint(&ONE_ERROR_ENDS_ALL)
}

pub(super) fn stranger(check: &mut CheckRun) -> Result<(), Failure> {
    let picture = Picture::new(check, "a-1", 700)?;
    let server = check.start_at_any_address(&["serve"])?;
    check.note(Text {
        vi: "người lạ kết nối: byte bừa, 24 MiB toàn ff, rồi đóng",
        en: "strangers connect: random bytes, 24 MiB of ff, then they close",
    });
    let noise = check.rng().bytes(1400);
    send_garbage(&server, &noise, 1);
    send_garbage(&server, &[0xff; 64 * 1024], 24 * 16);
    send_garbage(&server, &[], 0);
    let mut driver = Driver::connect(check, &server).or_hint(&STRANGER_ENDS_ALL)?;
    driver.carry(1, &picture).or_hint(&STRANGER_ENDS_ALL)?;
    server.stop().or_hint(&STRANGER_ENDS_ALL)
}

pub(super) fn stdin_ends(check: &mut CheckRun) -> Result<(), Failure> {
    let picture = Picture::new(check, "a-1", 700)?;
    let mut lab = Lab::open(check)?;
    lab.driver.carry(1, &picture).or_hint(&NOT_CARRIED)?;
    lab.server.close_stdin().and_then(|ended| ended.expect_success()).or_hint(&STAYS_BEHIND)
}

/// Sends `words` this many `times` to whatever listens there, for as long as it takes them.
fn send_garbage(server: &Server<String>, words: &[u8], times: usize) {
    /// A program that does not read for this long is sent no more.
    const WRITE_TIMEOUT: Duration = Duration::from_millis(500);
    let Ok(address) = server.address.parse::<SocketAddr>() else {
        #[cfg(unix)]
        if let Ok(stream) = std::os::unix::net::UnixStream::connect(&server.address) {
            let _ = stream.set_write_timeout(Some(WRITE_TIMEOUT));
            repeat(stream, words, times);
        }
        return;
    };
    match TcpStream::connect_timeout(&address, WRITE_TIMEOUT) {
        Ok(stream) => {
            let _ = stream.set_write_timeout(Some(WRITE_TIMEOUT));
            repeat(stream, words, times);
        }
        // Datagrams, then. They are not answered.
        Err(_) => {
            if let Ok(socket) = UdpSocket::bind((address.ip(), 0)) {
                let _ = socket.send_to(&words[..words.len().min(60_000)], address);
            }
        }
    }
}

fn repeat(mut stream: impl Write, words: &[u8], times: usize) {
    for _ in 0..times {
        if stream.write_all(words).is_err() {
            return;
        }
    }
}
