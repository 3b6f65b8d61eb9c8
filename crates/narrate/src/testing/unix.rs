//! How the two sides of a lesson on Unix sockets behave when they run alone.

use std::fs;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use libtest_mimic::{Failed, Trial};

use super::run::refuses;
use super::{Subject, must, trial};
use crate::lang::Lang;

/// How long a test waits for an answer.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

pub(super) fn trials(story: &'static Subject, lang: Lang) -> Vec<Trial> {
    vec![
        trial(format!("a path in use is explained in `{lang}`, and its server is left alone"), move || {
            in_use(story, lang)
        }),
        trial(format!("a file that is not a socket is refused in `{lang}`, and left alone"), move || {
            no_socket(story, lang)
        }),
        trial(format!("a path without a server is explained in `{lang}`"), move || stale(story, lang)),
        trial(format!("a path that is not there is explained in `{lang}`"), move || missing(story, lang)),
        trial(format!("what is typed in `{lang}` comes back"), move || answered(story, lang)),
    ]
}

/// `serve` prints its path first, answers there, takes over the path that a dead server left, and leaves nothing
/// behind where it chose the folder itself.
pub(super) fn serve(story: &Subject) -> Result<(), Failed> {
    let server = story.program().serve(&[])?;
    let path = PathBuf::from(&server.address);
    must(path.is_absolute(), || format!("{} is no absolute path", path.display()))?;
    echoes(&path)?;
    drop(server); // killed
    let gone = (0..1000).any(|_| {
        std::thread::sleep(Duration::from_millis(10)); // bounded poll: another process tidies up
        !path.exists()
    });
    must(gone, || format!("{} is still there", path.display()))?;

    let folder = Folder::new("stale")?;
    let path = folder.0.join("x.sock");
    drop(UnixListener::bind(&path)?);
    let server = story.program().serve(&[&path.to_string_lossy()])?;
    must(Path::new(&server.address) == path, || format!("it listens at {} instead", server.address))?;
    echoes(&path)
}

fn in_use(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let folder = Folder::new("live")?;
    let path = folder.0.join("x.sock");
    let live = UnixListener::bind(&path)?;
    let arguments = ["serve", &path.to_string_lossy(), "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, "ss -xlp", &arguments)?;
    UnixStream::connect(&path)?; // still there
    drop(live);
    Ok(())
}

fn no_socket(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let folder = Folder::new("file")?;
    let path = folder.0.join("letter.txt");
    fs::write(&path, "important")?;
    let arguments = ["serve", &path.to_string_lossy(), "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, "letter.txt", &arguments)?;
    must(fs::read(&path)? == b"important", || "the file was touched".into())
}

fn stale(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let folder = Folder::new("dead")?;
    let path = folder.0.join("x.sock");
    drop(UnixListener::bind(&path)?);
    let arguments = ["connect", &path.to_string_lossy(), "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, "serve /", &arguments)
}

fn missing(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let arguments = ["connect", "no-such-folder/x.sock", "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, "LISTENING", &arguments)?;
    let arguments = ["serve", "no-such-folder/x.sock", "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, "no-such-folder", &arguments)?;
    let long = "x".repeat(200);
    let arguments = ["serve", &long, "--lang", lang.code()];
    refuses(&story.program().run(&arguments)?, 1, "107", &arguments)
}

fn answered(story: &Subject, lang: Lang) -> Result<(), Failed> {
    let server = story.program().serve(&[])?;
    let output = story.program().run_typing(&["connect", &server.address, "--lang", lang.code()], "xin chao\n")?;
    must(output.code == Some(0), || format!("connect ended with {:?}: {}", output.code, output.stderr))?;
    must(output.stdout.contains("xin chao"), || format!("the answer is not in: {}", output.stdout))
}

/// Whether a server at `path` sends back what it gets, until the end.
fn echoes(path: &Path) -> Result<(), Failed> {
    let mut client = UnixStream::connect(path)?;
    client.set_read_timeout(Some(READ_TIMEOUT))?;
    client.write_all(b"xin chao")?;
    client.shutdown(Shutdown::Write)?;
    let mut answer = Vec::new();
    client.take(100).read_to_end(&mut answer)?;
    must(answer == b"xin chao", || format!("the echo is {answer:?}"))
}

/// A folder of one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Result<Folder, Failed> {
        let mut at = 0;
        loop {
            let path = std::env::temp_dir().join(format!("course-{name}-{}-{at}", std::process::id()));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Folder(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => at += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
