//! Both programs talked to by programs that everybody has: `nc`, `logger`, `socat`.
//!
//! Ignored, with the name of what is missing, where there is no such program; with
//! `COURSE_TEST_ALL=1` that is a failure. Without Unix sockets there is nothing to test.

use std::process::ExitCode;

#[cfg(not(unix))]
fn main() -> ExitCode {
    ExitCode::SUCCESS
}

#[cfg(unix)]
fn main() -> ExitCode {
    unix::main()
}

#[cfg(unix)]
mod unix {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, ExitCode, Output, Stdio};
    use std::time::{Duration, Instant};
    use std::{env, fs, thread};

    use libtest_mimic::{Arguments, Completion, Failed, Trial};
    use tempfile::TempDir;

    /// What is on its way arrives within this time.
    const DEADLINE: Duration = Duration::from_secs(10);

    const ECHO: &str = env!("CARGO_BIN_EXE_sol11-echo");
    const JOURNAL: &str = env!("CARGO_BIN_EXE_sol11-journal");

    struct Case {
        name: &'static str,
        task: &'static str,
        /// The program it needs, and the Debian package that has it.
        needs: (&'static str, &'static str),
        run: fn(&Path) -> Result<(), Failed>,
    }

    const CASES: &[Case] = &[
        Case { name: "nc_hears_its_echo", task: "echo", needs: ("nc", "netcat-openbsd"), run: nc },
        Case { name: "what_logger_says_is_an_entry", task: "journal", needs: ("logger", "bsdutils"), run: logger },
        Case { name: "socat_gets_its_number", task: "journal", needs: ("socat", "socat"), run: socat },
    ];

    pub fn main() -> ExitCode {
        let arguments = Arguments::from_args();
        let tests = CASES.iter().map(|case| Trial::ignorable_test(case.name, || put(case))).collect();
        libtest_mimic::run(&arguments, tests).exit_code()
    }

    fn put(case: &Case) -> Result<Completion, Failed> {
        if !is_started(case.task) {
            return Ok(Completion::ignored_with("not started yet · chưa bắt đầu"));
        }
        let (program, package) = case.needs;
        if Command::new(program).arg("-h").output().is_err() {
            let missing = format!("{program} is not installed (apt install {package})");
            if env::var("COURSE_TEST_ALL").is_ok_and(|value| value == "1") {
                return Err(missing.into());
            }
            return Ok(Completion::ignored_with(missing));
        }
        let folder = TempDir::new()?;
        (case.run)(folder.path())?;
        Ok(Completion::Completed)
    }

    /// In an exercise, a file that is still the stub is not tested; a solution has no stub.
    fn is_started(task: &str) -> bool {
        let id = format!("11/{task}");
        let named = env::var(checks::NOT_STARTED_ENV).is_ok_and(|list| list.split(',').any(|one| one.trim() == id));
        !named && !checks::is_untouched(Path::new(env!("CARGO_MANIFEST_DIR")), task)
    }

    /// `-N`: nc says "that was all" when its input ends, and goes on listening.
    fn nc(folder: &Path) -> Result<(), Failed> {
        let server = Server::start(ECHO, &[folder.join("echo.sock")])?;
        let said = "xin chào\n".repeat(5000);
        let output = with_input(Command::new("nc").arg("-NU").arg(&server.place), said.as_bytes())?;
        if output.stdout != said.as_bytes() {
            return Err(format!("nc heard {} bytes of {}", output.stdout.len(), said.len()).into());
        }
        Ok(())
    }

    /// `logger` has no name, so nothing tells it when it has been written.
    fn logger(folder: &Path) -> Result<(), Failed> {
        let file = folder.join("journal.txt");
        let server = Server::start(JOURNAL, &[folder.join("journal.sock"), file.clone()])?;
        for (index, said) in ["xin chào", "again"].into_iter().enumerate() {
            let output = Command::new("logger")
                .args(["--socket-errors=on", "--socket"])
                .arg(&server.place)
                .args(["--", said])
                .output()?;
            if !output.status.success() {
                return Err(format!("logger: {output:?}").into());
            }
            let number = index + 1;
            let deadline = Instant::now() + DEADLINE;
            loop {
                let journal = fs::read_to_string(&file)?;
                let kept = |line: &str| line.starts_with(&format!("{number} ")) && line.ends_with(said);
                if journal.ends_with('\n') && journal.lines().nth(index).is_some_and(kept) {
                    break;
                }
                if Instant::now() > deadline {
                    return Err(format!("entry {number} is not in {journal:?}").into());
                }
                thread::sleep(Duration::from_millis(5));
            }
        }
        Ok(())
    }

    /// `bind`: with a name, which is where its number is sent. `-T`: it gives up after ten seconds.
    fn socat(folder: &Path) -> Result<(), Failed> {
        let (place, mine) = (folder.join("journal.sock"), folder.join("mine.sock"));
        let server = Server::start(JOURNAL, &[place, folder.join("journal.txt")])?;
        let target = format!("UNIX-SENDTO:{},bind={}", server.place.display(), mine.display());
        let mut socat = Command::new("socat");
        let mut socat =
            Ended(socat.args(["-T", "10", "-", &target]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?);
        let (Some(mut stdin), Some(mut stdout)) = (socat.0.stdin.take(), socat.0.stdout.take()) else {
            return Err("no pipes".into());
        };
        for number in [b"1", b"2"] {
            stdin.write_all(b"xin chao")?;
            let mut heard = [0];
            stdout.read_exact(&mut heard)?;
            if heard != *number {
                return Err(format!("socat was due {number:?} and heard {heard:?}").into());
            }
        }
        Ok(())
    }

    /// Runs `command`, which reads `input`, to its end.
    fn with_input(command: &mut Command, input: &[u8]) -> Result<Output, Failed> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let mut stdin = child.stdin.take().ok_or("no stdin")?;
        let output = thread::scope(|scope| {
            // It answers while it reads; whoever only writes may wait for ever.
            scope.spawn(move || stdin.write_all(input));
            child.wait_with_output()
        })?;
        Ok(output)
    }

    /// A program of this exercise that listens.
    struct Server {
        _child: Ended,
        place: PathBuf,
    }

    impl Server {
        fn start(program: &str, arguments: &[PathBuf]) -> Result<Server, Failed> {
            let mut child =
                Ended(Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?);
            let mut line = String::new();
            BufReader::new(child.0.stdout.take().ok_or("no stdout")?).read_line(&mut line)?;
            if !line.starts_with("LISTENING ") {
                return Err(format!("it said {line:?}").into());
            }
            Ok(Server { _child: child, place: arguments[0].clone() })
        }
    }

    /// A process of ours, which ends when this is dropped.
    struct Ended(Child);

    impl Drop for Ended {
        fn drop(&mut self) {
            // Both fail only for a process that has ended already.
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}
