//! Whether the reference names every method that a check can call.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the methods of the vocabulary stand, below `src`.
const VOCABULARY: [&str; 6] = ["check_run", "peer", "program", "unix", "websocket", "ports.rs"];

#[test]
fn reference_names_every_public_method() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let reference = fs::read_to_string(source.join("reference.rs")).unwrap();
    let missing: Vec<String> = VOCABULARY
        .iter()
        .flat_map(|place| files(&source.join(place)))
        .flat_map(|file| public_functions(&fs::read_to_string(file).unwrap()))
        .filter(|name| !reference.contains(&format!("::{name})")))
        .collect();
    assert!(missing.is_empty(), "src/reference.rs does not name {missing:?}");
}

fn files(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    fs::read_dir(place).unwrap().flat_map(|entry| files(&entry.unwrap().path())).collect()
}

fn public_functions(source: &str) -> Vec<String> {
    let names = source.lines().filter_map(|line| line.trim_start().strip_prefix("pub fn "));
    names.map(|line| line.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}
