//! How the results of a run are shown.

use std::fs;
use std::path::{Path, PathBuf};

use crate::lab::results::Results;

pub(crate) fn read(file: &Path) -> Result<Results, String> {
    let text = fs::read_to_string(file).map_err(|why| why.to_string())?;
    serde_json::from_str(&text).map_err(|why| why.to_string())
}

pub(crate) fn terminal(results: &Results, _colour: bool) -> String {
    let mut out = String::new();
    for cell in &results.cells {
        let s = &cell.setting;
        out += &format!(
            "{:16} {:10} w{} {:?} one={} work={} {:10.1} [{:.1} {:.1}] p50 {:.1} p99 {:.1} cpu {:?} {:?} wire {:?} calls {:?}\n",
            cell.name,
            s.kind,
            s.window,
            s.rate,
            s.one_core,
            s.work_ms,
            cell.fps.median,
            cell.fps.low,
            cell.fps.high,
            cell.latency.p50,
            cell.latency.p99,
            cell.cpu_server.map(|i| i.median as i64),
            cell.cpu_driver.map(|i| i.median as i64),
            cell.wire.map(|w| w as i64),
            cell.calls.as_ref().map(|c| c.iter().map(|c| c.server + c.driver).sum::<f64>())
        );
    }
    out += &format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        results.limits, results.control, results.excluded, results.verdicts, results.plan
    );
    out
}

pub(crate) fn write(results: &Results, folder: &Path) -> Result<Vec<PathBuf>, String> {
    fs::create_dir_all(folder).map_err(|why| why.to_string())?;
    let file = folder.join("report.json");
    fs::write(&file, serde_json::to_string(results).map_err(|why| why.to_string())?).map_err(|why| why.to_string())?;
    Ok(vec![file])
}

pub(crate) fn book(_: &Results, _: &Path) -> Result<Vec<PathBuf>, String> {
    Ok(Vec::new())
}
