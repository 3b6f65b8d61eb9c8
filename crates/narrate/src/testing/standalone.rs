//! A lesson's server can be copied out: it compiles alone, in an empty crate.
//!
//! The root file of the server says so in its header (its `//!` lines): with an indented or fenced block that
//! begins with `[dependencies]` and ends at the first blank line or at the fence, or with the words "`std` only".
//! The folder of the same stem belongs to the server; so do the files that it takes in with `include_str!` or
//! `include_bytes!`, and the header names these or a folder above them.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use libtest_mimic::{Failed, Trial};

use super::{must, trial};

/// A test that copies a server out of its lesson and compiles the copy. `program` is the lesson's built
/// program: the copies of all lessons stand beside it and share one target directory, so that each
/// dependency is compiled once. `folder` is the lesson's folder, `file` the server's root file in it.
pub(super) fn standalone(program: &'static str, folder: &'static str, file: &'static str) -> Trial {
    let beside = Path::new(program).with_file_name("standalone");
    trial(format!("{file} compiles alone, with the manifest in its header"), move || {
        compile_alone(&beside, Path::new(folder), Path::new(file))
    })
}

/// Copies `file` of `folder`, with what belongs to it, into an empty crate below `beside`, and checks it.
fn compile_alone(beside: &Path, folder: &Path, file: &Path) -> Result<(), Failed> {
    let folder = folder.canonicalize()?;
    let root = fs::read_to_string(folder.join(file)).map_err(|error| format!("{}: {error}", file.display()))?;
    let header: Vec<&str> = root.lines().map_while(|line| line.strip_prefix("//!")).collect();
    let dependencies = dependencies(&header).ok_or_else(|| {
        format!(
            "{}: its header has neither a block that begins with [dependencies] nor the words \"`std` only\"",
            file.display()
        )
    })?;

    let lesson = folder.file_name().unwrap_or(OsStr::new("lesson")).to_string_lossy().into_owned();
    let project = beside.join(&lesson);
    clear(&project)?;
    let mut sources = vec![file.to_owned()];
    rust_files(&folder, &file.with_extension(""), &mut sources)?;
    for source in &sources {
        copy(&folder, source, &project)?;
        for included in includes(&fs::read_to_string(folder.join(source))?) {
            let included = inside(&source.with_file_name(included))
                .ok_or_else(|| format!("{} includes {included}, which is outside the lesson", source.display()))?;
            must(is_named(&included, &header), || {
                format!("{} includes {}, which its header does not name", source.display(), included.display())
            })?;
            copy(&folder, &included, &project)?;
        }
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let main = project.join(file).with_file_name("main.rs");
    fs::write(&main, format!("#![allow(dead_code, unused_imports)]\nmod {stem};\n\nfn main() {{}}\n"))?;
    // A workspace of its own, lest cargo looks for one above: the target directory may stand in the course.
    let manifest = format!(
        "[package]\nname = \"standalone-{lesson}\"\nedition = \"2024\"\n\n{dependencies}\n\
         [[bin]]\nname = \"standalone\"\npath = {:?}\n\n[workspace]\n\n[profile.dev]\ndebug = false\n",
        file.with_file_name("main.rs")
    );
    fs::write(project.join("Cargo.toml"), &manifest)?;
    if let Some(lock) = folder.ancestors().map(|above| above.join("Cargo.lock")).find(|lock| lock.exists()) {
        fs::copy(lock, project.join("Cargo.lock"))?;
    }

    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["check", "--quiet", "--offline", "--color", "never", "--target-dir"])
        .arg(beside.join("target"))
        .current_dir(&project)
        .output()?;
    must(output.status.success(), || {
        format!(
            "{} does not compile alone. A server uses nothing of narrate and no other module of its lesson.\n\
             {manifest}\n{}",
            file.display(),
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

/// Returns the lines from `[dependencies]` to the next blank line or fence, without their indent; an empty
/// table when the server needs `std` only.
fn dependencies(header: &[&str]) -> Option<String> {
    let Some(begin) = header.iter().position(|line| line.trim() == "[dependencies]") else {
        return header.iter().any(|line| line.contains("`std` only")).then(|| "[dependencies]\n".to_owned());
    };
    let block = header[begin..].iter().take_while(|line| !["", "```"].contains(&line.trim()));
    Some(block.map(|line| format!("{}\n", line.trim())).collect())
}

/// Returns whether the header names the file or a folder above it.
fn is_named(file: &Path, header: &[&str]) -> bool {
    let names: Vec<String> = file.ancestors().map(|path| path.to_string_lossy().into_owned()).collect();
    let words = header.iter().flat_map(|line| line.split([' ', '`', ',', ';', ':']));
    words
        .map(|word| word.trim_end_matches(['/', '.']))
        .any(|word| !word.is_empty() && names.iter().any(|name| name == word))
}

/// Returns the paths in `include_str!` and `include_bytes!`.
fn includes(source: &str) -> Vec<&str> {
    ["include_str!(\"", "include_bytes!(\""]
        .iter()
        .flat_map(|call| source.split(call).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// Resolves `..`; `None` when the path leads out of the lesson's folder.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => resolved.push(name),
            Component::CurDir => {}
            Component::ParentDir if resolved.pop() => {}
            _ => return None,
        }
    }
    Some(resolved)
}

/// Adds all Rust files below `relative`; there need be none.
fn rust_files(folder: &Path, relative: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.join(relative).is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder.join(relative))? {
        let path = relative.join(entry?.file_name());
        if folder.join(&path).is_dir() {
            rust_files(folder, &path, files)?;
        } else if path.extension() == Some(OsStr::new("rs")) {
            files.push(path);
        }
    }
    Ok(())
}

fn copy(folder: &Path, file: &Path, project: &Path) -> io::Result<()> {
    let target = project.join(file);
    fs::create_dir_all(target.parent().unwrap_or(project))?;
    fs::copy(folder.join(file), target).map(drop)
}

/// Makes an empty folder, whatever an earlier run left there.
fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compiles a lesson of these files, the first of which is its server; returns the complaint.
    fn compile(name: &str, files: &[(&str, &str)]) -> Result<(), String> {
        let beside = env::current_exe().unwrap().with_file_name("standalone");
        let folder = beside.join("lessons").join(name);
        clear(&folder).unwrap();
        for (file, text) in files {
            fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
            fs::write(folder.join(file), text).unwrap();
        }
        fs::write(folder.join("Cargo.lock"), "version = 4\n").unwrap(); // not the one of the course
        compile_alone(&beside, &folder, Path::new(files[0].0))
            .map_err(|failed| failed.message().unwrap_or_default().to_owned())
    }

    const HEADER: &str = "//! A server. It needs the folder `page/`:\n//!\n//!     [dependencies]\n//!\n\n";

    #[test]
    fn a_server_with_its_folder_and_its_included_files_compiles() {
        let server = format!("{HEADER}mod room;\npub(crate) fn serve() -> &'static str {{ room::PAGE }}\n");
        let room = "pub(super) const PAGE: &str = include_str!(\"../../page/index.html\");\n";
        let files = [("src/server.rs", server.as_str()), ("src/server/room.rs", room), ("page/index.html", "hi")];
        assert_eq!(compile("whole", &files), Ok(()));
    }

    #[test]
    fn a_server_that_uses_narrate_or_a_sibling_module_is_refused() {
        for (name, line) in [("narrated", "use narrate::Stage;"), ("sibling", "use crate::text;")] {
            let server = format!("{HEADER}{line}\n");
            let files = [("src/server.rs", server.as_str()), ("src/text.rs", "")];
            let complaint = compile(name, &files).unwrap_err();
            assert!(complaint.contains("does not compile alone") && complaint.contains(line), "{complaint}");
        }
    }

    #[test]
    fn a_header_without_a_manifest_or_an_unnamed_include_is_refused() {
        let complaint = compile("bare", &[("src/server.rs", "//! A server.\n")]).unwrap_err();
        assert!(complaint.contains("[dependencies]"), "{complaint}");
        let server = format!("{HEADER}const HELP: &str = include_str!(\"../help.txt\");\n");
        let complaint = compile("unnamed", &[("src/server.rs", &server), ("help.txt", "")]).unwrap_err();
        assert!(complaint.contains("help.txt, which its header does not name"), "{complaint}");
        let server = format!("{HEADER}const KEY: &str = include_str!(\"../../key\");\n");
        let complaint = compile("outside", &[("src/server.rs", &server)]).unwrap_err();
        assert!(complaint.contains("outside the lesson"), "{complaint}");
    }

    #[test]
    fn dependencies_ends_at_the_first_blank_line_or_fence() {
        let header = ["", " Needs", "", "     [dependencies]", "     tokio = \"1\"", "", "     cargo run"];
        assert_eq!(dependencies(&header).as_deref(), Some("[dependencies]\ntokio = \"1\"\n"));
        let header = [" ```toml", " [dependencies]", " mio = \"1\"", " ```", " More."];
        assert_eq!(dependencies(&header).as_deref(), Some("[dependencies]\nmio = \"1\"\n"));
        assert_eq!(dependencies(&[" It needs `std` only."]).as_deref(), Some("[dependencies]\n"));
        assert_eq!(dependencies(&["", " [dependencies] stand in Cargo.toml"]), None);
    }
}
