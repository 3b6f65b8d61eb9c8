//! The driving end as a process of its own: reads what the lab asks, line by line, and answers each line.
//! CONTRACT.md is the page that both sides keep to.

mod pace;

use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use lab::contract::{MAX_PAYLOAD, Measure, checksum};

use crate::frame::{Acknowledgement, Frame};
use crate::serve::keep_freed_memory;
use crate::transport::{Client, Transport};
pub(crate) use pace::{harness, run};

/// Connects, then does what the standard input says until it ends.
///
/// # Errors
/// When nothing can be said any more: the reader has gone. Everything else is an answer, `error …`.
pub(crate) fn drive(transport: &dyn Transport, address: &str, frames: &Path) -> io::Result<()> {
    keep_freed_memory();
    let mut out = io::stdout();
    let mut driver = match transport.connect(address) {
        Ok(client) => Driver { client, frames: frames.to_owned(), loaded: Vec::new(), number: 0 },
        Err(why) => return writeln!(out, "error {}", one_line(&format!("connect: {why}"))),
    };
    writeln!(out, "READY")?;
    out.flush()?;
    for line in io::stdin().lock().lines() {
        let answer = driver.answer(&line?).unwrap_or_else(|why| format!("error {}", one_line(&why)));
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn one_line(why: &str) -> String {
    why.replace('\n', " · ")
}

/// The sending end between two lines of its standard input.
struct Driver {
    client: Box<dyn Client>,
    frames: PathBuf,
    /// The frames of one kind, with their checksums.
    loaded: Vec<(u64, Bytes)>,
    /// The number of the last frame sent by `measure`.
    number: u64,
}

impl Driver {
    fn answer(&mut self, line: &str) -> Result<String, String> {
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        match command {
            "load" => self.load(rest),
            "send" => self.send(rest),
            "measure" => self.measure(rest),
            _ => Err(format!("no such command: {command}")),
        }
    }

    /// `load KIND`
    fn load(&mut self, kind: &str) -> Result<String, String> {
        let kind = format!("{kind}-");
        let listed = fs::read_dir(&self.frames).map_err(|why| format!("{}: {why}", self.frames.display()))?;
        let mut files: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "bin") && name(file).starts_with(&kind));
        files.sort();
        self.loaded.clear();
        for file in &files {
            let payload = read(file)?;
            self.loaded.push((checksum(&payload), payload));
        }
        Ok(format!("loaded {}", files.len()))
    }

    /// `send NUMBER CHECKSUM FILE`
    fn send(&mut self, words: &str) -> Result<String, String> {
        let mut words = words.splitn(3, ' ');
        let (number, sum, file) = (words.next(), words.next(), words.next());
        let number = number.and_then(|word| word.parse().ok()).ok_or("send: the number is missing")?;
        let sum = sum.and_then(|word| u64::from_str_radix(word, 16).ok()).ok_or("send: the checksum is missing")?;
        let payload = read(Path::new(file.ok_or("send: the file is missing")?))?;
        self.client.send(&Frame { number, checksum: sum, payload }).map_err(|why| format!("send: {why}"))?;
        let Acknowledgement { number, checksum } =
            self.client.receive(None).map_err(|why| format!("receive: {why}"))?.ok_or("no acknowledgement came")?;
        Ok(format!("ack {number} {checksum:016x}"))
    }

    /// `measure window=W frames=N`, `measure window=W millis=M [rate=R]`
    fn measure(&mut self, words: &str) -> Result<String, String> {
        let measure: Measure = words.parse()?;
        if self.loaded.is_empty() {
            return Err("measure: no frames are loaded".into());
        }
        let measured = run(self.client.as_mut(), &self.loaded, &mut self.number, measure)?;
        Ok(measured.to_string())
    }
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(file: &Path) -> Result<Bytes, String> {
    let payload = fs::read(file).map_err(|why| format!("{}: {why}", file.display()))?;
    if payload.len() > MAX_PAYLOAD {
        return Err(format!("{}: more than 16 MiB", file.display()));
    }
    Ok(payload.into())
}
