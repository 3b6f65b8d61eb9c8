//! The machine on which something was measured, in the words that a reader of the figures needs, and what a
//! process on it has cost.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// What stands beside every figure that was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// The processor's name as the kernel tells it (`/proc/cpuinfo`), or the architecture.
    pub cpu: String,
    /// Cores that this process may use.
    pub cores: usize,
    /// Kernel and version, as `uname -sr` says.
    pub system: String,
    /// The compiler, as `rustc --version` says.
    pub rust: String,
    /// The day, as `2026-01-31` in UTC.
    pub date: String,
}

impl Machine {
    /// The machine that this process runs on. What a machine does not tell is `unknown`.
    pub fn here() -> Machine {
        let known = |said: Option<String>| said.filter(|said| !said.is_empty()).unwrap_or_else(|| "unknown".into());
        let model = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = model.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
        Machine {
            cpu: model.map_or(std::env::consts::ARCH, |(_, name)| name.trim()).to_owned(),
            cores: thread::available_parallelism().map_or(1, usize::from),
            system: known(said("uname", &["-sr"]).or_else(|| Some(std::env::consts::OS.to_owned()))),
            rust: known(said("rustc", &["--version"])),
            date: known(said("date", &["-u", "+%Y-%m-%d"])),
        }
    }
}

/// The CPU time, user and system, that all threads of a process have had; `None` where the kernel does not
/// tell (`/proc/PID/task/*/schedstat`, Linux: nanoseconds on the CPU, see Documentation/scheduler/sched-stats).
pub fn cpu_time(process: u32) -> Option<Duration> {
    let mut sum = 0;
    for task in fs::read_dir(format!("/proc/{process}/task")).ok()? {
        // A thread may end between the two looks; its time is lost then, a moment's worth.
        let Ok(account) = fs::read_to_string(task.ok()?.path().join("schedstat")) else { continue };
        sum += account.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(sum))
}

/// The first thing that a program says.
fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_works_has_had_cpu_time() {
        let before = cpu_time(std::process::id());
        let mut sum = 0_u64;
        (0..200_000_u64).for_each(|number| sum = std::hint::black_box(sum ^ number));
        // Where the kernel does not tell, it tells neither time.
        let after = cpu_time(std::process::id());
        assert_eq!(before.is_some(), after.is_some());
        assert!(after >= before, "{before:?}, then {after:?}");
    }

    #[test]
    fn a_machine_has_a_core_a_system_and_a_compiler() {
        let machine = Machine::here();
        assert!(machine.cores > 0 && !machine.cpu.is_empty() && machine.system != "unknown");
        assert!(machine.rust.starts_with("rustc "), "{}", machine.rust);
    }
}
