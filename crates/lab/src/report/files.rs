//! `report.html`, `report.json`, `report.csv`: written, and read again.

use std::fs;
use std::path::{Path, PathBuf};

use super::view::View;
use super::{page, tables, text};
use crate::results::Results;

/// The results of an earlier run, from its `report.json`.
///
/// # Errors
/// When the file cannot be read, or holds something else.
pub(crate) fn read(file: &Path) -> Result<Results, String> {
    let text = fs::read_to_string(file).map_err(|why| why.to_string())?;
    serde_json::from_str(&text).map_err(|why| why.to_string())
}

/// Writes `report.html`, `report.json` and `report.csv` into the folder, which is made if need be; gives their paths.
///
/// # Errors
/// Which file could not be written, and why.
pub(crate) fn write(results: &Results, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let json = serde_json::to_string(results).map_err(|why| format!("report.json: {why}"))?;
    let files = [
        ("report.html", page::page(results)),
        ("report.json", json + "\n"),
        ("report.csv", tables::cells(View::of(results)).csv()),
    ];
    files.into_iter().map(|(name, text)| put(folder, name, &text)).collect()
}

/// Writes one file and gives its path.
pub(super) fn put(folder: &Path, name: &str, text: &str) -> Result<PathBuf, String> {
    let file = folder.join(name);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&file, text));
    written.map_err(|why| text::cannot_write(file.display(), why))?;
    Ok(file)
}
