//! A server of a lesson, as a file on its own: a reader may copy it into a program of theirs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Trial;

use super::{Subject, must, trial};

/// The file compiles as the only one of a crate, whose manifest has the lines that stand in a block
/// ` ```toml ` of its header; without such a block, no dependency. Versions are those of our own `Cargo.lock`.
pub(super) fn trial_of(story: &'static Subject, file: &'static str) -> Trial {
    trial(format!("{file} compiles in an empty crate"), move || {
        let source = fs::read_to_string(Path::new(story.folder).join(file))?;
        let root = workspace(Path::new(story.folder)).ok_or("no Cargo.lock above the lesson")?;
        let folder = std::env::temp_dir().join(format!("course-copied-{:02}-{}", story.number, std::process::id()));
        fs::create_dir_all(folder.join("src"))?;
        let package = "[package]\nname = \"copied\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
        fs::write(folder.join("Cargo.toml"), format!("{package}{}", manifest(&source)))?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        fs::write(folder.join("src/lib.rs"), &source)?;
        let output = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
            .args(["check", "--offline", "--quiet"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", target(&root).join("copied"))
            .output();
        let _ = fs::remove_dir_all(&folder);
        let output = output?;
        must(output.status.success(), || String::from_utf8_lossy(&output.stderr).into_owned())
    })
}

/// The lines of the header's ` ```toml ` block.
fn manifest(source: &str) -> String {
    let header =
        source.lines().map_while(|line| line.strip_prefix("//!")).map(|line| line.strip_prefix(' ').unwrap_or(line));
    let block = header.skip_while(|line| *line != "```toml").skip(1).take_while(|line| *line != "```");
    block.flat_map(|line| [line, "\n"]).collect()
}

fn workspace(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join("Cargo.lock").exists()).map(Path::to_owned)
}

fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifest_is_the_toml_block_of_the_header() {
        let source =
            "//! A server.\n//!\n//! ```toml\n//! [dependencies]\n//! mio = \"1\"\n//! ```\n//! More.\nfn main() {}\n";
        assert_eq!(manifest(source), "[dependencies]\nmio = \"1\"\n");
        assert_eq!(manifest("//! A server.\nfn main() {}\n"), "");
    }
}
