//! Whether a learner has started on a task: an untouched stub is not judged, it is ignored.

use std::fs;
use std::path::Path;

use crate::rng::fnv1a;

/// Names tasks to take as not started, whatever their files say: `03/echo,03/tally`.
pub const NOT_STARTED_ENV: &str = "COURSE_NOT_STARTED";

/// Returns the hash by which an untouched stub is known. Line ends are folded first, because git on
/// Windows may write CRLF where the course wrote LF.
pub fn stub_hash(text: &str) -> u64 {
    fnv1a(text.replace("\r\n", "\n").as_bytes())
}

/// Returns whether the file of task `name` in the crate at `package` is still a stub that the course
/// wrote: today's or a former one, in both languages or in one.
///
/// `stubs.txt` beside Cargo.toml holds the lines `<task> <hash in hex> <form>`. A crate without it (a
/// solution) has no stub.
pub fn is_untouched(package: &Path, name: &str) -> bool {
    let Ok(list) = fs::read_to_string(package.join("stubs.txt")) else {
        return false;
    };
    fs::read_to_string(package.join("src/bin").join(format!("{name}.rs"))).is_ok_and(|text| {
        let hash = stub_hash(&text);
        recorded_hashes(&list, name).any(|recorded| recorded == hash)
    })
}

/// Returns the hashes that `list`, the content of a `stubs.txt`, has for task `name`.
pub fn recorded_hashes(list: &str, name: &str) -> impl Iterator<Item = u64> {
    list.lines().filter_map(move |line| {
        let mut words = line.split_whitespace();
        (words.next() == Some(name)).then(|| u64::from_str_radix(words.next()?, 16).ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stub_hash_ignores_line_ends() {
        assert_eq!(stub_hash("a\r\nb\r\n"), stub_hash("a\nb\n"));
        assert_ne!(stub_hash("a\nb\n"), stub_hash("a\nc\n"));
    }

    #[test]
    fn recorded_hashes_are_those_of_the_task() {
        let list = "echo 00ff vi+en\r\necho 0a former\ntally 10\n";
        let hashes = |name| recorded_hashes(list, name).collect::<Vec<_>>();
        assert_eq!(hashes("echo"), [0xff, 0x0a]);
        assert_eq!(hashes("tally"), [0x10]);
        assert_eq!(hashes("chat"), []);
    }

    #[test]
    fn is_untouched_until_the_first_edit() {
        let package = tempfile::tempdir().unwrap();
        let file = package.path().join("src/bin/echo.rs");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "stub\n").unwrap();
        assert!(!is_untouched(package.path(), "echo"), "no stubs.txt");

        let line = format!("echo 0 vi+en\necho {:016x} former\n", stub_hash("stub\n"));
        fs::write(package.path().join("stubs.txt"), line).unwrap();
        assert!(is_untouched(package.path(), "echo"));
        fs::write(&file, "stub\n// mine\n").unwrap();
        assert!(!is_untouched(package.path(), "echo"));
    }
}
