//! How far a path and an abstract name reach: into another network namespace, and through another
//! view of the same folder.

use std::fs;
use std::path::PathBuf;
use std::process::{self, Command, Stdio};

use narrate::testing::{Failed, Program, ProgramOutput, Trial, must, where_permitted};

const LESSON: &str = env!("CARGO_BIN_EXE_lesson11");
/// Shows the folder `a` a second time as `m`, without root, in a mount namespace that ends with it;
/// then calls through the second view.
const OVERLAY: &str = r#"mount -t overlay overlay -o "lowerdir=$1/a,upperdir=$1/b,workdir=$1/w" "$1/m" && exec "$2" connect "$1/m/x.sock" --lang en"#;

pub fn trials() -> Vec<Trial> {
    let networks = (!works(&["-rn", "true"])).then_some("unshare -rn");
    let mounts = "mount -t tmpfs none /mnt && mkdir /mnt/a /mnt/b /mnt/w /mnt/m && \
                  mount -t overlay overlay -o lowerdir=/mnt/a,upperdir=/mnt/b,workdir=/mnt/w /mnt/m";
    let mounts = (!works(&["-rm", "sh", "-c", mounts])).then_some("unshare -rm with overlayfs");
    let linux = cfg!(target_os = "linux").then_some(());
    let all = linux.map(|()| {
        [
            where_permitted(networks, "an abstract name is not seen from another network namespace", an_abstract_name),
            where_permitted(networks, "a path is seen from another network namespace", a_path),
            where_permitted(mounts, "the same file seen through another file system leads to no socket", another_view),
        ]
    });
    all.into_iter().flatten().collect()
}

fn works(arguments: &[&str]) -> bool {
    let mut unshare = Command::new("unshare");
    unshare.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    unshare.status().is_ok_and(|status| status.success())
}

fn an_abstract_name() -> Result<(), Failed> {
    let name = format!("@lesson11-test-{}", process::id());
    let serving = lesson().serve(&[&name])?;
    must(serving.address == name, || format!("it listens at {} instead", serving.address))?;
    answered(&lesson().run_typing(&["connect", &name], "xin chao\n")?)?;
    refused(&unshare(&["-rn", LESSON, "connect", &name, "--lang", "en"])?)
}

fn a_path() -> Result<(), Failed> {
    let serving = lesson().serve(&[])?;
    answered(&unshare(&["-rn", LESSON, "connect", &serving.address])?)
}

fn another_view() -> Result<(), Failed> {
    let folder = Folder(std::env::temp_dir().join(format!("lesson11-view-{}", process::id())));
    for name in ["a", "b", "w", "m"] {
        fs::create_dir_all(folder.0.join(name))?;
    }
    let path = folder.0.join("a/x.sock").to_string_lossy().into_owned();
    let _serving = lesson().serve(&[&path])?;
    answered(&lesson().run_typing(&["connect", &path], "xin chao\n")?)?;
    refused(&unshare(&["-rm", "sh", "-c", OVERLAY, "sh", &folder.0.to_string_lossy(), LESSON])?)
}

fn lesson() -> Program {
    Program(LESSON.into())
}

fn unshare(arguments: &[&str]) -> Result<ProgramOutput, Failed> {
    Program("unshare".into()).run_typing(arguments, "xin chao\n")
}

fn answered(said: &ProgramOutput) -> Result<(), Failed> {
    must(said.code == Some(0) && said.stdout.contains("xin chao"), || format!("no answer: {}", said.stderr))
}

fn refused(said: &ProgramOutput) -> Result<(), Failed> {
    let refused = said.code == Some(1) && said.stderr.contains("no server is behind it");
    must(refused, || format!("ended with {:?}: {}{}", said.code, said.stdout, said.stderr))
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
