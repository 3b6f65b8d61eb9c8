//! `--reference-tools`: well-known tools do the same against the same servers, in turns with our drivers, and so measure the lab.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::candidate::Candidate;
use crate::contract::{IO_TIMEOUT, checksum};
use crate::contract::{Measure, Until};
use crate::pair::{Pair, RunConfig};
use crate::payloads::{self, SWEEP};
use crate::placement::Placement;
use crate::process::Process;
use crate::results::{PayloadSize, Sentence, ToolComparison};
use crate::statistics;
use crate::subject::{Program, Tool};
use crate::text;

/// How often each is measured, and our part of a turn; theirs is the second that they cannot go below.
const TURNS: usize = 5;
const TIME: Duration = Duration::from_millis(500);

impl Tool {
    /// The program's name.
    fn name(self) -> &'static str {
        match self {
            Tool::Wrk => "wrk",
            Tool::H2load => "h2load",
            Tool::Sockperf => "sockperf",
        }
    }

    /// Frames, or round trips, a second of the tool against the server at `address`.
    fn rate(self, address: &str, bytes: usize, payload: &Path, folder: &Path) -> Option<f64> {
        match self {
            Tool::Wrk => wrk(address, payload, folder),
            Tool::H2load => h2load(address, payload),
            Tool::Sockperf => sockperf(bytes),
        }
    }
}

/// Measures against each tool that is installed; notes the others in `lacking`.
///
/// # Errors
/// When our own side cannot be measured.
pub(crate) fn measure(
    program: &Program,
    kinds: &[PayloadSize],
    frames: &Path,
    config: &RunConfig,
    step: &dyn Fn(&str),
    lacking: &mut Vec<Sentence>,
) -> Result<Vec<ToolComparison>, String> {
    let smallest = [PayloadSize { name: payloads::sweep_name(SWEEP[0]), bytes: SWEEP[0] }];
    let mut comparisons = Vec::new();
    for (tool, ours) in program.references {
        let name = tool.name();
        if !installed(name) {
            lacking.push(Sentence::of(|| text::no_tool(name)));
            continue;
        }
        let candidate = Candidate::ours(program.transport(ours).map_err(|why| why.to_string())?)?;
        // sockperf measures round trips of small messages, the others whole frames.
        for PayloadSize { name: kind, bytes } in if *tool == Tool::Sockperf { &smallest } else { kinds } {
            step(name);
            let mut pair = Pair::start(&candidate, frames, config)?;
            Placement::best().apply(pair.server(), Some(pair.driver()))?;
            let file = frames.join(format!("{kind}-0.bin"));
            let address = pair.address().to_owned();
            let found = in_turns(&mut pair, kind, || tool.rate(&address, *bytes, &file, frames))?;
            comparisons.extend(found.map(|(ours, theirs)| ToolComparison {
                tool: name.to_owned(),
                of: candidate.name.clone(),
                kind: kind.clone(),
                bytes: *bytes,
                ours,
                theirs,
            }));
        }
    }
    Ok(comparisons)
}

/// Medians of both sides; `None` when the tool said nothing that makes sense.
fn in_turns(pair: &mut Pair, kind: &str, theirs: impl Fn() -> Option<f64>) -> Result<Option<(f64, f64)>, String> {
    pair.load(kind)?;
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let Some(they) = theirs() else { return Ok(None) };
        others.push(they);
        ours.push(pair.measure(Measure { window: 1, until: Until::Time(TIME), rate: None })?.rate());
    }
    Ok(statistics::median(&ours).zip(statistics::median(&others)))
}

fn installed(tool: &str) -> bool {
    // Each of them says how it is used, and ends; what code it ends with differs.
    let asked =
        Command::new(tool).arg("--help").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok()
}

/// What a tool says on its standard output, pinned to the driver's core as our own driver is.
fn said(command: &mut Command) -> Option<String> {
    let mut tool = Process::start(command).ok()?;
    Placement::best().apply(None, Some(tool.id())).ok()?;
    let mut all = String::new();
    // It ends by itself; what it says last is what counts.
    while let Ok(line) = tool.read_line(IO_TIMEOUT) {
        all += &line;
        all.push('\n');
    }
    Some(all)
}

/// The number behind a word: `Requests/sec:  43021.11`.
fn number_behind(text: &str, word: &str) -> Option<f64> {
    let rest = &text[text.find(word)? + word.len()..];
    let digits: String = rest.trim_start().chars().take_while(|sign| sign.is_ascii_digit() || *sign == '.').collect();
    digits.parse().ok()
}

/// The number before a word: `finished in 1.00s, 18211.10 req/s`.
fn number_before(text: &str, word: &str) -> Option<f64> {
    text[..text.find(word)?].split_whitespace().last()?.parse().ok()
}

/// One connection, one request at a time.
fn wrk(address: &str, payload: &Path, folder: &Path) -> Option<f64> {
    let script = folder.join("wrk.lua");
    let sum = checksum(&fs::read(payload).ok()?);
    let text = format!(
        "local file = io.open({payload:?}, 'rb')\nwrk.method = 'POST'\nwrk.body = file:read('*a')\nfile:close()\n\
         wrk.headers['x-frame-number'] = '1'\nwrk.headers['x-frame-checksum'] = '{sum:016x}'\n"
    );
    fs::write(&script, text).ok()?;
    let url = format!("http://{address}/frame");
    let said = said(Command::new("wrk").args(["-t1", "-c1", "-d1s", "-s"]).arg(&script).arg(url))?;
    if said.contains("Non-2xx") { None } else { number_behind(&said, "Requests/sec:") }
}

/// One connection, one stream at a time, with windows as large as ours.
fn h2load(address: &str, payload: &Path) -> Option<f64> {
    let sum = checksum(&fs::read(payload).ok()?);
    let mut command = Command::new("h2load");
    command.args(["-D1", "-c1", "-m1", "-w23", "-W24", "-H", "x-frame-number: 1", "-H"]);
    command.arg(format!("x-frame-checksum: {sum:016x}")).arg("-d").arg(payload).arg(format!("http://{address}/frame"));
    let said = said(&mut command)?;
    // It counts what failed, too: `status codes: 17000 2xx, 0 3xx, 0 4xx, 0 5xx`.
    if said.contains(" 0 4xx, 0 5xx") { number_before(&said, " req/s") } else { None }
}

/// Round trips a second of so many bytes, with `sockperf` at both ends.
fn sockperf(bytes: usize) -> Option<f64> {
    // It cannot pick a free port by itself; one that was free a moment ago will do, or this figure is missing.
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?.local_addr().ok()?;
    let port = address.port().to_string();
    let place = ["--tcp", "-i", "127.0.0.1", "-p", &port];
    let server = Process::start(Command::new("sockperf").arg("server").args(place)).ok()?;
    // Into a pipe it does not say when it is ready; its port does.
    let deadline = Instant::now() + IO_TIMEOUT;
    while TcpStream::connect(address).is_err() {
        if Instant::now() > deadline {
            return None;
        }
        thread::sleep(Duration::from_millis(5));
    }
    Placement::best().apply(Some(server.id()), None).ok()?;
    let bytes = bytes.to_string();
    let client = ["ping-pong", "-m", &bytes, "-t", "1"];
    let said = said(Command::new("sockperf").args(client).args(place))?;
    // It halves what it measured: the latency is that of one way.
    number_behind(&said, "avg-latency=").map(|one_way| 1e6 / (2.0 * one_way))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_behind_and_before_find_figures_in_the_output_of_tools() {
        assert_eq!(number_behind("Latency 1ms\nRequests/sec:  43021.11\n", "Requests/sec:"), Some(43021.11));
        assert_eq!(number_before("finished in 1.00s, 18211.10 req/s, 900MB/s", " req/s"), Some(18211.10));
        assert_eq!(number_behind("avg-latency=9.341 (std-dev=1.0)", "avg-latency="), Some(9.341));
        assert_eq!(number_behind("nothing", "Requests/sec:"), None);
    }
}
