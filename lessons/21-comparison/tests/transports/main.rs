//! Every transport keeps to CONTRACT.md, and no malicious peer stops its server.

mod by_hand;
mod carries;
mod connections;
mod ends;
mod malicious_peers;

use std::process::{Command, ExitCode};
use std::thread;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // An attacker waits more than it works, and so does a test that waits for a server.
    let threads = thread::available_parallelism().map_or(2, |cores| 2 * cores.get());
    arguments.test_threads.get_or_insert(threads);
    let names = match names() {
        Ok(names) => names,
        Err(why) => {
            eprintln!("lesson21 list: {why}");
            return ExitCode::FAILURE;
        }
    };
    let mut trials = Vec::new();
    for name in names {
        trials.extend(carries::trials(name));
        trials.extend(malicious_peers::trials(name));
    }
    trials.extend(connections::trials());
    trials.extend(by_hand::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The transports that there are, as the program says: a new one is tested without being named here.
fn names() -> Result<Vec<&'static str>, String> {
    let output = Command::new(ends::PROGRAM).arg("list").output().map_err(|why| why.to_string())?;
    let list = String::from_utf8(output.stdout).map_err(|why| why.to_string())?.leak();
    let names: Vec<_> = list.lines().collect();
    if names.is_empty() || !output.status.success() { Err(format!("{}: {list}", output.status)) } else { Ok(names) }
}
