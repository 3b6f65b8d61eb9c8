//! The conversations with a journal.

use std::path::{Path, PathBuf};

use super::hints::*;
use crate::{Address, Explain, Failure, Symptom, Trial, UnixPeer, UnixServer, text};

/// The longest entry, in bytes.
const LONGEST: usize = 65_536;

pub(super) fn entry(trial: &mut Trial) -> Result<(), Failure> {
    let word = trial.rng().word(8);
    let mut journal = Journal::start(trial)?;
    let peer = journal.peer(trial, "mai")?;
    journal.keeps(trial, &peer, word.as_bytes()).hint(Symptom::WrongFile, &AS_WRITTEN).or_hint(&NO_ACK)
}

pub(super) fn in_order(trial: &mut Trial) -> Result<(), Failure> {
    let words: Vec<String> = (0..6).map(|_| trial.rng().word(6)).collect();
    let mut journal = Journal::start(trial)?;
    let peers = [journal.peer(trial, "mai")?, journal.peer(trial, "lan")?];
    // All of them wait in the program's queue before it sees the first.
    journal.server.while_suspended(|| {
        words.iter().enumerate().try_for_each(|(index, word)| peers[index % 2].send(word.as_bytes()))
    })?;
    for (index, word) in words.iter().enumerate() {
        let line = journal.next_line(word.as_bytes());
        peers[index % 2].expect(journal.number().as_bytes()).or_hint(&NO_ACK)?;
        journal.expected.extend(line);
    }
    journal.expect_content(trial).or_hint(&AS_WRITTEN)
}

pub(super) fn unnamed(trial: &mut Trial) -> Result<(), Failure> {
    let words = [trial.rng().word(7), trial.rng().word(9)];
    let mut journal = Journal::start(trial)?;
    let (nobody, peer) = (journal.server.datagram_peer(Address::Unnamed)?, journal.peer(trial, "mai")?);
    for word in words {
        nobody.send(b"from nobody").hint_if_gone(&UNNAMED)?;
        let line = journal.next_line(b"from nobody");
        journal.expected.extend(line);
        journal.keeps(trial, &peer, word.as_bytes()).or_hint(&UNNAMED)?;
    }
    Ok(())
}

pub(super) fn abstract_name(trial: &mut Trial) -> Result<(), Failure> {
    // Abstract names are shared by all on this machine, so it must be one that nobody else has.
    let name = format!("{}/sender", trial.path("abstract")?.display());
    let mut journal = Journal::start(trial)?;
    let peer = journal.server.datagram_peer(Address::Abstract(name.as_bytes()))?;
    journal.keeps(trial, &peer, b"no path, but a name").or_hint(&ABSTRACT)
}

pub(super) fn connected(trial: &mut Trial) -> Result<(), Failure> {
    let mut journal = Journal::start(trial)?;
    let peer = journal.peer(trial, "mai")?;
    peer.connect()?;
    journal.keeps(trial, &peer, b"connected").or_hint(&OWN_SOCKET)
}

pub(super) fn one_line(trial: &mut Trial) -> Result<(), Failure> {
    let mut journal = Journal::start(trial)?;
    let peer = journal.peer(trial, "mai")?;
    for content in [&b"first line\n2 forged"[..], b"ends with one\n", br"not one: \n", br"C:\new", b"\r\n"] {
        journal.keeps(trial, &peer, content).or_hint(&ONE_LINE)?;
    }
    Ok(())
}

pub(super) fn any_bytes(trial: &mut Trial) -> Result<(), Failure> {
    let every: Vec<u8> = (0..=255).collect();
    let mut journal = Journal::start(trial)?;
    let peer = journal.peer(trial, "mai")?;
    journal.keeps(trial, &peer, &every).or_hint(&NOT_TEXT)?;
    journal.keeps(trial, &peer, b"  white space \t\0").or_hint(&NOT_TEXT)
}

pub(super) fn empty(trial: &mut Trial) -> Result<(), Failure> {
    let mut journal = Journal::start(trial)?;
    let peer = journal.peer(trial, "mai")?;
    journal.keeps(trial, &peer, b"").or_hint(&EMPTY)?;
    journal.keeps(trial, &peer, b"and on").or_hint(&EMPTY)
}

pub(super) fn sizes(trial: &mut Trial) -> Result<(), Failure> {
    let mut journal = Journal::start(trial)?;
    let peer = journal.peer(trial, "mai")?;
    for size in [513, 1025, 2047, 4097, 16_385, LONGEST - 1, LONGEST] {
        let content = trial.rng().bytes(size);
        journal.keeps(trial, &peer, &content).or_hint(&BUFFER)?;
    }
    Ok(())
}

pub(super) fn too_long(trial: &mut Trial) -> Result<(), Failure> {
    let content = trial.rng().bytes(LONGEST + 20_000);
    let mut journal = Journal::start(trial)?;
    let (peer, other) = (journal.peer(trial, "mai")?, journal.peer(trial, "lan")?);
    peer.send(&content[..=LONGEST])?;
    peer.send(&content)?;
    journal.keeps(trial, &other, b"an entry").or_hint(&TOO_LONG)?;
    peer.expect_untouched().or_hint(&TOO_LONG)
}

pub(super) fn kept_after_kill(trial: &mut Trial) -> Result<(), Failure> {
    let mut journal = Journal::start(trial)?;
    let peer = journal.peer(trial, "mai")?;
    for number in 0..20 {
        let word = format!("{number} {}", trial.rng().word(12));
        peer.send(word.as_bytes())?;
        let line = journal.next_line(word.as_bytes());
        peer.expect(journal.number().as_bytes()).or_hint(&NO_ACK)?;
        journal.expected.extend(line);
    }
    journal.server.kill()?;
    journal.expect_content(trial).or_hint(&KILLED)
}

pub(super) fn restart(trial: &mut Trial) -> Result<(), Failure> {
    let mut journal = Journal::start(trial)?;
    for round in 1..=3 {
        let peer = journal.peer(trial, &format!("mai-{round}"))?;
        for _ in 0..4 {
            let word = trial.rng().word(10);
            journal.keeps(trial, &peer, word.as_bytes()).or_hint(&RESTART)?;
        }
        journal.server.kill()?;
        journal.server = trial.start_at(&[&journal.place, &journal.file]).or_hint(&RESTART)?;
    }
    journal.expect_content(trial).or_hint(&RESTART)
}

pub(super) fn torn(trial: &mut Trial) -> Result<(), Failure> {
    for (index, (whole, rest)) in [("1 one\n2 two\n", "3 thr"), ("", "1 o"), ("1 one\n", "2")].into_iter().enumerate() {
        let place = trial.path(&format!("journal-{index}.sock"))?;
        let file = trial.file(&format!("journal-{index}.txt"), format!("{whole}{rest}").as_bytes())?;
        trial.note(text!(
            "dòng cuối trong tệp bị đứt: lần chạy trước chết khi đang ghi",
            "the last line of the file is torn: the run before died while it wrote"
        ));
        let server = trial.start_at(&[&place, &file]).or_hint(&TORN)?;
        let mut journal = Journal { server, place, file, expected: whole.into() };
        let peer = journal.peer(trial, &format!("mai-{index}"))?;
        journal.keeps(trial, &peer, b"after the crash").or_hint(&TORN)?;
    }
    Ok(())
}

pub(super) fn sender_gone(trial: &mut Trial) -> Result<(), Failure> {
    let mut journal = Journal::start(trial)?;
    let other = journal.peer(trial, "lan")?;
    for round in 1..=3 {
        let gone = journal.peer(trial, &format!("mai-{round}"))?;
        journal.server.while_suspended(|| {
            gone.send(b"bye")?;
            gone.leave()
        })?;
        let line = journal.next_line(b"bye");
        journal.expected.extend(line);
        journal.keeps(trial, &other, b"still there?").or_hint(&SENDER_GONE)?;
    }
    journal.server.stop().or_hint(&SENDER_GONE)
}

pub(super) fn deaf(trial: &mut Trial) -> Result<(), Failure> {
    let mut journal = Journal::start(trial)?;
    let (deaf, other) = (journal.peer(trial, "mai")?, journal.peer(trial, "lan")?);
    deaf.fill_queue()?;
    for _ in 0..3 {
        deaf.send(b"I do not listen").or_hint(&DEAF)?;
        let line = journal.next_line(b"I do not listen");
        journal.expected.extend(line);
        journal.keeps(trial, &other, b"but I do").or_hint(&DEAF)?;
    }
    journal.server.stop().or_hint(&DEAF)
}

pub(super) fn disk_full(trial: &mut Trial) -> Result<(), Failure> {
    let (place, file) = (trial.path("journal.sock")?, trial.path("journal.txt")?);
    // Told to ignore the signal, the program gets an error (EFBIG) from its write.
    let server = trial.start_after("trap '' XFSZ", &[&place, &file])?;
    let mut journal = Journal { server, place, file, expected: Vec::new() };
    let peer = journal.peer(trial, "mai")?;
    peer.send(b"there is room")?;
    let line = journal.next_line(b"there is room");
    peer.expect(journal.number().as_bytes()).or_hint(&NO_ACK)?;
    journal.expected.extend(line);
    journal.server.limit_file_size(journal.expected.len() as u64 + 5)?;
    peer.send(b"there is no room")?;
    peer.expect_nothing_before_end().hint(Symptom::ExtraBytes, &ACK_TOO_EARLY).or_hint(&WRITE_FAILED)?;
    let ended = journal.server.finish()?;
    ended.expect_failure().or_hint(&WRITE_FAILED)?;
    ended.expect_complaint().or_hint(&WRITE_FAILED)?;
    trial.note(text!("đĩa lại có chỗ", "there is room again"));
    journal.server = trial.start_at(&[&journal.place, &journal.file]).or_hint(&TORN)?;
    let peer = journal.peer(trial, "lan")?;
    journal.keeps(trial, &peer, b"there is room again").or_hint(&TORN)
}

pub(super) fn synced(trial: &mut Trial) -> Result<(), Failure> {
    let (place, nowhere) = (trial.path("journal.sock")?, Path::new("/dev/null"));
    // A program may find out at its start already that nothing can be kept there.
    let Some(server) = trial.start_unless_refused(&[&place, nowhere])? else { return Ok(()) };
    let path = trial.path("mai.sock")?;
    let peer = server.datagram_peer(Address::Path(&path))?;
    peer.send(b"keep this")?;
    peer.expect_nothing_before_end().or_hint(&NOT_SYNCED)?;
    let ended = server.finish()?;
    ended.expect_failure().or_hint(&WRITE_FAILED)?;
    ended.expect_complaint().or_hint(&WRITE_FAILED)
}

pub(super) fn rests(trial: &mut Trial) -> Result<(), Failure> {
    let mut journal = Journal::start(trial)?;
    let peer = journal.peer(trial, "mai")?;
    journal.keeps(trial, &peer, b"hello").or_hint(&NO_ACK)?;
    journal.server.expect_rest().or_hint(&SPINS)?;
    journal.keeps(trial, &peer, b"hello again").or_hint(&NO_ACK)
}

/// A journal that runs, and what its file must hold by now.
struct Journal {
    server: UnixServer,
    place: PathBuf,
    file: PathBuf,
    expected: Vec<u8>,
}

impl Journal {
    /// Started with a file that does not exist yet.
    fn start(trial: &mut Trial) -> Result<Journal, Failure> {
        let (place, file) = (trial.path("journal.sock")?, trial.path("journal.txt")?);
        let server = trial.start_at(&[&place, &file])?;
        Ok(Journal { server, place, file, expected: Vec::new() })
    }

    /// A sender with a path for a name.
    fn peer(&self, trial: &mut Trial, name: &str) -> Result<UnixPeer, Failure> {
        let path = trial.path(&format!("{name}.sock"))?;
        self.server.datagram_peer(Address::Path(&path))
    }

    /// `peer` sends `content`, is told its number, and finds it in the file at that moment.
    fn keeps(&mut self, trial: &Trial, peer: &UnixPeer, content: &[u8]) -> Result<(), Failure> {
        peer.send(content)?;
        let line = self.next_line(content);
        peer.expect(self.number().as_bytes()).hint(Symptom::WrongAddress, &OWN_SOCKET)?;
        self.expected.extend(line);
        self.expect_content(trial).hint(Symptom::CutShort, &NOT_THERE_YET)
    }

    fn expect_content(&self, trial: &Trial) -> Result<(), Failure> {
        trial.expect_content(&self.file, &self.expected)
    }

    /// The number of the next entry.
    fn number(&self) -> String {
        (self.expected.iter().filter(|byte| **byte == b'\n').count() + 1).to_string()
    }

    /// The next entry as its line in the file.
    fn next_line(&self, content: &[u8]) -> Vec<u8> {
        let mut line = format!("{} ", self.number()).into_bytes();
        for byte in content {
            match byte {
                b'\n' => line.extend(br"\n"),
                b'\\' => line.extend(br"\\"),
                _ => line.push(*byte),
            }
        }
        line.push(b'\n');
        line
    }
}
