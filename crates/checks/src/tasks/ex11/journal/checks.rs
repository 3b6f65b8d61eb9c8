//! The conversations with a journal.

use std::path::{Path, PathBuf};

use super::hints::*;
use crate::{CheckRun, Explain, Failure, Symptom, Text, UnixDatagramPeer, UnixName, UnixServer, expect_content};

/// The longest entry, in bytes.
const MAX_ENTRY: usize = 65_536;

pub(super) fn entry(check: &mut CheckRun) -> Result<(), Failure> {
    let word = check.rng().word(8);
    let mut journal = Journal::start(check)?;
    let peer = journal.peer(check, "mai")?;
    journal.expect_kept(&peer, word.as_bytes()).hint(Symptom::WrongFile, &AS_WRITTEN).or_hint(&NO_ACK)
}

pub(super) fn in_order(check: &mut CheckRun) -> Result<(), Failure> {
    let words: Vec<String> = (0..6).map(|_| check.rng().word(6)).collect();
    let mut journal = Journal::start(check)?;
    let peers = [journal.peer(check, "mai")?, journal.peer(check, "lan")?];
    // All of them wait in the program's queue before it sees the first.
    journal.server.while_suspended(|| {
        words.iter().enumerate().try_for_each(|(index, word)| peers[index % 2].send(word.as_bytes()))
    })?;
    for (index, word) in words.iter().enumerate() {
        let line = journal.next_line(word.as_bytes());
        peers[index % 2].expect(journal.number().as_bytes()).or_hint(&NO_ACK)?;
        journal.expected.extend(line);
    }
    journal.expect_content().or_hint(&AS_WRITTEN)
}

pub(super) fn unnamed(check: &mut CheckRun) -> Result<(), Failure> {
    let words = [check.rng().word(7), check.rng().word(9)];
    let mut journal = Journal::start(check)?;
    let (nobody, peer) = (UnixDatagramPeer::open(&journal.server, UnixName::Unnamed)?, journal.peer(check, "mai")?);
    for word in words {
        nobody.send(b"from nobody").hint_if_gone(&UNNAMED)?;
        let line = journal.next_line(b"from nobody");
        journal.expected.extend(line);
        journal.expect_kept(&peer, word.as_bytes()).or_hint(&UNNAMED)?;
    }
    Ok(())
}

pub(super) fn abstract_name(check: &mut CheckRun) -> Result<(), Failure> {
    // Abstract names are shared by all on this machine, so it must be one that no other process has.
    let name = format!("{}/sender", check.path("abstract")?.display());
    let mut journal = Journal::start(check)?;
    let peer = UnixDatagramPeer::open(&journal.server, UnixName::Abstract(name.as_bytes()))?;
    journal.expect_kept(&peer, b"no path, but a name").or_hint(&ABSTRACT)
}

pub(super) fn connected(check: &mut CheckRun) -> Result<(), Failure> {
    let mut journal = Journal::start(check)?;
    let peer = journal.peer(check, "mai")?;
    peer.connect()?;
    journal.expect_kept(&peer, b"connected").or_hint(&OWN_SOCKET)
}

pub(super) fn one_line(check: &mut CheckRun) -> Result<(), Failure> {
    let mut journal = Journal::start(check)?;
    let peer = journal.peer(check, "mai")?;
    for content in [&b"first line\n2 forged"[..], b"ends with one\n", br"not one: \n", br"C:\new", b"\r\n"] {
        journal.expect_kept(&peer, content).or_hint(&ONE_LINE)?;
    }
    Ok(())
}

pub(super) fn any_bytes(check: &mut CheckRun) -> Result<(), Failure> {
    let every: Vec<u8> = (0..=255).collect();
    let mut journal = Journal::start(check)?;
    let peer = journal.peer(check, "mai")?;
    journal.expect_kept(&peer, &every).or_hint(&NOT_TEXT)?;
    journal.expect_kept(&peer, b"  white space \t\0").or_hint(&NOT_TEXT)
}

pub(super) fn empty(check: &mut CheckRun) -> Result<(), Failure> {
    let mut journal = Journal::start(check)?;
    let peer = journal.peer(check, "mai")?;
    journal.expect_kept(&peer, b"").or_hint(&EMPTY)?;
    journal.expect_kept(&peer, b"and on").or_hint(&EMPTY)
}

pub(super) fn sizes(check: &mut CheckRun) -> Result<(), Failure> {
    let mut journal = Journal::start(check)?;
    let peer = journal.peer(check, "mai")?;
    for size in [513, 1025, 2047, 4097, 16_385, MAX_ENTRY - 1, MAX_ENTRY] {
        let content = check.rng().bytes(size);
        journal.expect_kept(&peer, &content).or_hint(&BUFFER)?;
    }
    Ok(())
}

pub(super) fn too_long(check: &mut CheckRun) -> Result<(), Failure> {
    let content = check.rng().bytes(MAX_ENTRY + 20_000);
    let mut journal = Journal::start(check)?;
    let (peer, other) = (journal.peer(check, "mai")?, journal.peer(check, "lan")?);
    peer.send(&content[..=MAX_ENTRY])?;
    peer.send(&content)?;
    journal.expect_kept(&other, b"an entry").or_hint(&TOO_LONG)?;
    peer.expect_nothing().or_hint(&TOO_LONG)
}

pub(super) fn kept_after_kill(check: &mut CheckRun) -> Result<(), Failure> {
    let mut journal = Journal::start(check)?;
    let peer = journal.peer(check, "mai")?;
    for number in 0..20 {
        let word = format!("{number} {}", check.rng().word(12));
        peer.send(word.as_bytes())?;
        let line = journal.next_line(word.as_bytes());
        peer.expect(journal.number().as_bytes()).or_hint(&NO_ACK)?;
        journal.expected.extend(line);
    }
    journal.server.kill()?;
    journal.expect_content().or_hint(&KILLED)
}

pub(super) fn restart(check: &mut CheckRun) -> Result<(), Failure> {
    let mut journal = Journal::start(check)?;
    for round in 1..=3 {
        let peer = journal.peer(check, &format!("mai-{round}"))?;
        for _ in 0..4 {
            let word = check.rng().word(10);
            journal.expect_kept(&peer, word.as_bytes()).or_hint(&RESTART)?;
        }
        journal.server.kill()?;
        journal.server = check.start_at(&[&journal.place, &journal.file]).or_hint(&RESTART)?;
    }
    journal.expect_content().or_hint(&RESTART)
}

pub(super) fn torn(check: &mut CheckRun) -> Result<(), Failure> {
    for (index, (whole, rest)) in [("1 one\n2 two\n", "3 thr"), ("", "1 o"), ("1 one\n", "2")].into_iter().enumerate() {
        let place = check.path(&format!("journal-{index}.sock"))?;
        let file = check.file(&format!("journal-{index}.txt"), format!("{whole}{rest}").as_bytes())?;
        check.note(Text {
            vi: "dòng cuối trong tệp bị đứt: lần chạy trước chết khi đang ghi",
            en: "the last line of the file is torn: the run before died while it wrote",
        });
        let server = check.start_at(&[&place, &file]).or_hint(&TORN)?;
        let mut journal = Journal { server, place, file, expected: whole.into() };
        let peer = journal.peer(check, &format!("mai-{index}"))?;
        journal.expect_kept(&peer, b"after the crash").or_hint(&TORN)?;
    }
    Ok(())
}

pub(super) fn sender_gone(check: &mut CheckRun) -> Result<(), Failure> {
    let mut journal = Journal::start(check)?;
    let other = journal.peer(check, "lan")?;
    for round in 1..=3 {
        let gone = journal.peer(check, &format!("mai-{round}"))?;
        journal.server.while_suspended(|| {
            gone.send(b"bye")?;
            gone.close()
        })?;
        let line = journal.next_line(b"bye");
        journal.expected.extend(line);
        journal.expect_kept(&other, b"still there?").or_hint(&SENDER_GONE)?;
    }
    journal.server.stop().or_hint(&SENDER_GONE)
}

pub(super) fn deaf(check: &mut CheckRun) -> Result<(), Failure> {
    let mut journal = Journal::start(check)?;
    let (deaf, other) = (journal.peer(check, "mai")?, journal.peer(check, "lan")?);
    deaf.fill_queue()?;
    for _ in 0..3 {
        deaf.send(b"I do not listen").or_hint(&DEAF)?;
        let line = journal.next_line(b"I do not listen");
        journal.expected.extend(line);
        journal.expect_kept(&other, b"but I do").or_hint(&DEAF)?;
    }
    journal.server.stop().or_hint(&DEAF)
}

pub(super) fn disk_full(check: &mut CheckRun) -> Result<(), Failure> {
    let (place, file) = (check.path("journal.sock")?, check.path("journal.txt")?);
    // Told to ignore the signal, the program gets an error (EFBIG) from its write.
    let server = check.start_after("trap '' XFSZ", &[&place, &file])?;
    let mut journal = Journal { server, place, file, expected: Vec::new() };
    let peer = journal.peer(check, "mai")?;
    peer.send(b"there is room")?;
    let line = journal.next_line(b"there is room");
    peer.expect(journal.number().as_bytes()).or_hint(&NO_ACK)?;
    journal.expected.extend(line);
    journal.server.limit_file_size(journal.expected.len() as u64 + 5)?;
    peer.send(b"there is no room")?;
    peer.expect_nothing_before_end().hint(Symptom::ExtraBytes, &ACK_TOO_EARLY).or_hint(&WRITE_FAILED)?;
    let ended = journal.server.finish()?;
    ended.expect_failure().or_hint(&WRITE_FAILED)?;
    ended.expect_error_message().or_hint(&WRITE_FAILED)?;
    check.note(Text { vi: "đĩa lại có chỗ", en: "there is room again" });
    journal.server = check.start_at(&[&journal.place, &journal.file]).or_hint(&TORN)?;
    let peer = journal.peer(check, "lan")?;
    journal.expect_kept(&peer, b"there is room again").or_hint(&TORN)
}

pub(super) fn synced(check: &mut CheckRun) -> Result<(), Failure> {
    let (place, nowhere) = (check.path("journal.sock")?, Path::new("/dev/null"));
    // A program may find out at its start already that nothing can be kept there.
    let Some(server) = check.start_unless_refused(&[&place, nowhere])? else { return Ok(()) };
    let path = check.path("mai.sock")?;
    let peer = UnixDatagramPeer::open(&server, UnixName::Path(&path))?;
    peer.send(b"keep this")?;
    peer.expect_nothing_before_end().or_hint(&NOT_SYNCED)?;
    let ended = server.finish()?;
    ended.expect_failure().or_hint(&WRITE_FAILED)?;
    ended.expect_error_message().or_hint(&WRITE_FAILED)
}

pub(super) fn rests(check: &mut CheckRun) -> Result<(), Failure> {
    let mut journal = Journal::start(check)?;
    let peer = journal.peer(check, "mai")?;
    journal.expect_kept(&peer, b"hello").or_hint(&NO_ACK)?;
    journal.server.expect_idle().or_hint(&SPINS)?;
    journal.expect_kept(&peer, b"hello again").or_hint(&NO_ACK)
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
    fn start(check: &mut CheckRun) -> Result<Journal, Failure> {
        let (place, file) = (check.path("journal.sock")?, check.path("journal.txt")?);
        let server = check.start_at(&[&place, &file])?;
        Ok(Journal { server, place, file, expected: Vec::new() })
    }

    /// A sender with a path for a name.
    fn peer(&self, check: &mut CheckRun, name: &str) -> Result<UnixDatagramPeer, Failure> {
        let path = check.path(&format!("{name}.sock"))?;
        UnixDatagramPeer::open(&self.server, UnixName::Path(&path))
    }

    /// `peer` sends `content`, is told its number, and finds it in the file at that moment.
    fn expect_kept(&mut self, peer: &UnixDatagramPeer, content: &[u8]) -> Result<(), Failure> {
        peer.send(content)?;
        let line = self.next_line(content);
        peer.expect(self.number().as_bytes()).hint(Symptom::WrongAddress, &OWN_SOCKET)?;
        self.expected.extend(line);
        self.expect_content().hint(Symptom::CutShort, &NOT_THERE_YET)
    }

    fn expect_content(&self) -> Result<(), Failure> {
        expect_content(&self.file, &self.expected)
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
