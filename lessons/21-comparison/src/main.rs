//! Lesson 21 · The comparison, measured · So sánh, đo thật

mod drive;
mod frame;
mod lab;
mod report;
mod serve;
mod text;
mod transport;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["serve", name] => {
            let entry = transport::ALL.iter().find(|entry| entry.name == name).unwrap();
            match serve::serve(entry, "127.0.0.1".parse().unwrap(), frame::Desk::default()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(why) => {
                    eprintln!("{why}");
                    ExitCode::FAILURE
                }
            }
        }
        ["drive", name, address, "--frames", dir] => {
            let transport = transport::named(name).unwrap();
            drive::drive(transport.as_ref(), address, std::path::Path::new(dir)).unwrap();
            ExitCode::SUCCESS
        }
        _ => ExitCode::FAILURE,
    }
}
