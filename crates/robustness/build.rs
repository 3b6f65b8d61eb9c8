//! The program of an exercise is one file whose functions are its own. To try them, its text is taken into a
//! module (`include!`), and the properties stand inside: there even what is private can be seen. A file that
//! begins with comments about itself cannot be taken in like that, so they are left out.

use std::path::Path;
use std::{env, fs, io};

/// The programs, as they stand in `solutions/`, and the names under which the tests take them in.
const PROGRAMS: [(&str, &str); 6] = [
    ("04-framing/src/bin/length-prefix.rs", "length_prefix.rs"),
    ("04-framing/src/bin/line-store.rs", "line_store.rs"),
    ("11-unix/src/bin/journal.rs", "journal.rs"),
    ("14-async/src/bin/chat.rs", "chat.rs"),
    ("14-async/src/bin/drain.rs", "drain.rs"),
    ("16-websocket-chat/src/bin/room.rs", "room.rs"),
];

fn main() -> io::Result<()> {
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    for (program, name) in PROGRAMS {
        let program = Path::new("../../solutions").join(program);
        println!("cargo::rerun-if-changed={}", program.display());
        let text = fs::read_to_string(&program)?;
        let text: String = text.split_inclusive('\n').filter(|line| !line.starts_with("//!")).collect();
        fs::write(Path::new(&out).join(name), text)?;
    }
    Ok(())
}
