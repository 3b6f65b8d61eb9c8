//! How long from a saved change to the verdict, as a learner waits for it.
//!
//!     cargo bench -p course --profile dev           twenty runs of task 03 echo
//!     cargo bench -p course --profile dev -- 50     as many as you say
//!
//! Each run changes one constant in the program and calls `cargo course check 03 echo` through
//! cargo, as the alias does: cargo's look at the tool, the build of the program, the link, the
//! checks over real sockets. Prints the median, the quartiles and the slowest, not the mean: what
//! else the machine does shows in the tail. The exercise is a copy in a temporary folder; the
//! learner's own is not touched. `--profile dev`: the tool as a learner has it, and no long build.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 20;
const ECHO: &str = "src/bin/echo.rs";

fn main() -> Result<(), Box<dyn Error>> {
    let asked = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let runs: usize = asked.unwrap_or(RUNS).max(1);
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).ok_or("the tool lies in the course")?.to_owned();
    let scratch = tempfile::tempdir()?;
    lay_out(&root, scratch.path())?;
    let file = scratch.path().join("exercises/03-stream").join(ECHO);
    let solution = fs::read_to_string(root.join("solutions/03-stream").join(ECHO))?;

    println!("change to verdict: cargo course check 03 echo, {runs} runs");
    check(&root, scratch.path(), &file, &solution, 0)?; // builds the tool and warms the caches
    let (mut times, mut builds) = (Vec::with_capacity(runs), Vec::with_capacity(runs));
    for run in 1..=runs {
        times.push(check(&root, scratch.path(), &file, &solution, run)?);
        builds.push(build(scratch.path(), &file, &solution, runs + run)?);
    }
    times.sort();
    builds.sort();
    let of = |times: &[Duration], share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64();
    let at = |share| of(&times, share);
    println!("median {:.2} s   quartiles {:.2} to {:.2} s   slowest {:.2} s", at(0.5), at(0.25), at(0.75), at(1.0));
    let build = of(&builds, 0.5);
    println!("cargo build alone: median {build:.2} s; the verdict took {:.1} times as long", at(0.5) / build);
    Ok(())
}

/// Saves a changed program and waits for its verdict.
fn check(root: &Path, course: &Path, file: &Path, solution: &str, run: usize) -> Result<Duration, Box<dyn Error>> {
    fs::write(file, format!("{solution}\n#[used]\nstatic RUN: usize = {run};\n"))?;
    let start = Instant::now();
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--package", "course", "--manifest-path"])
        .arg(root.join("Cargo.toml"))
        .args(["--", "check", "03", "echo"])
        .current_dir(course)
        .stdout(Stdio::null())
        .status()?;
    let took = start.elapsed();
    if !status.success() {
        return Err(format!("the solution did not pass; look: {}", file.display()).into());
    }
    Ok(took)
}

/// Saves a changed program and waits for cargo to build it, which nothing can do without.
fn build(course: &Path, file: &Path, solution: &str, run: usize) -> Result<Duration, Box<dyn Error>> {
    fs::write(file, format!("{solution}\n#[used]\nstatic RUN: usize = {run};\n"))?;
    let start = Instant::now();
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--package", "ex03", "--bin", "ex03-echo"])
        .current_dir(course)
        .status()?;
    if status.success() { Ok(start.elapsed()) } else { Err("the solution does not build".into()) }
}

/// A course with the one exercise in it, and with the workspace's versions and profiles.
fn lay_out(root: &Path, course: &Path) -> Result<(), Box<dyn Error>> {
    let mut manifest: toml::Table = fs::read_to_string(root.join("Cargo.toml"))?.parse()?;
    let workspace = manifest.get_mut("workspace").and_then(toml::Value::as_table_mut).ok_or("no [workspace]")?;
    workspace.insert("members".into(), vec!["exercises/*"].into());
    workspace.remove("default-members");
    fs::write(course.join("Cargo.toml"), manifest.to_string())?;
    for folder in ["lessons", "solutions", "exercises/03-stream/src/bin"] {
        fs::create_dir_all(course.join(folder))?;
    }
    let exercise = PathBuf::from("exercises/03-stream");
    let mut manifest: toml::Table = fs::read_to_string(root.join(&exercise).join("Cargo.toml"))?.parse()?;
    for key in ["dev-dependencies", "test"] {
        manifest.remove(key);
    }
    fs::write(course.join(&exercise).join("Cargo.toml"), manifest.to_string())?;
    for entry in fs::read_dir(root.join(&exercise).join("src/bin"))? {
        let path = entry?.path();
        if let Some(name) = path.file_name() {
            fs::copy(&path, course.join(&exercise).join("src/bin").join(name))?;
        }
    }
    Ok(())
}
