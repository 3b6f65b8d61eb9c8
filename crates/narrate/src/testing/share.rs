//! How much of a story is narration: at most a third of its code lines.
//!
//! The story is `fn story` in `src/main.rs`, with the functions of that file that it calls. A code line holds a
//! letter or a digit outside of comments. Headings (`stage.step(…)`) and the closing `stage.try_next(…)` count
//! neither way: every story has them, and they tell the reader where he is. A line is narration when it serves
//! only the screen: it mentions `stage.`, `text::`, `kernel::`, `Endpoint` or `.endpoint()`, or goes on with such a
//! call. A line that holds a socket call is not narration, whatever else is in it. `COURSE_SHARE=1` prints the share
//! of a test that passes, too.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use libtest_mimic::Trial;
use regex_lite::Regex;

use super::{Subject, must, trial};

/// Lines that are narration, and code lines in all.
#[derive(Debug, PartialEq)]
struct Share {
    narration: usize,
    code: usize,
}

/// A call on a socket or a process, or one that makes one.
const SOCKET_CALL: &str = concat!(
    r"\.(accept|incoming|listen|bind|connect|connect_timeout|shutdown|read|read_exact|read_to_end|read_line|write",
    r"|write_all|flush|peek|send|send_to|recv|recv_from|poll|register|reregister|deregister|spawn|kill|wait|close",
    r"|set_\w+|try_clone|next_message)\(",
    r"|\b(Tcp|Udp|Unix)\w+::\w+\(|\bSocket::\w+\(|\bPoll::new\(|\bdrop\(|\b(read|write|send|receive)_\w+\(",
);

pub(super) fn trial_of(story: &'static Subject) -> Trial {
    trial("at most a third of the story is narration", move || {
        let main = fs::read_to_string(Path::new(story.folder).join("src/main.rs"))?;
        let Share { narration, code } = share(&main);
        let percent = narration * 100 / code.max(1);
        if std::env::var_os("COURSE_SHARE").is_some() {
            println!(
                "lesson{:02}: {narration} of {code} code lines of the story are narration ({percent} %)",
                story.number
            );
        }
        must(narration * 3 <= code, || {
            let lines = narration_lines(&main).join("\n");
            format!(
                "{narration} of {code} code lines of the story are narration ({percent} %), allowed is a third:\n{lines}"
            )
        })
    })
}

fn share(source: &str) -> Share {
    let lines = classified(source);
    Share { narration: lines.iter().filter(|(_, narration)| *narration).count(), code: lines.len() }
}

fn narration_lines(source: &str) -> Vec<String> {
    classified(source).into_iter().filter(|(_, narration)| *narration).map(|(line, _)| line).collect()
}

/// The code lines of the story, each with whether it is narration.
fn classified(source: &str) -> Vec<(String, bool)> {
    let socket_call = Regex::new(SOCKET_CALL).expect("a constant pattern");
    let mentions =
        |line: &str| ["stage.", "text::", "kernel::", "Endpoint", ".endpoint()"].iter().any(|word| line.contains(word));
    let mut lines = Vec::new();
    // How deep in the brackets of a call that began on a line before: of a heading, or of narration.
    let (mut depth, mut heading) = (0_i32, false);
    for line in story_lines(source) {
        let code = line.split("//").next().unwrap_or_default().trim().to_owned();
        if !code.contains(|letter: char| letter.is_alphanumeric()) && depth == 0 {
            continue;
        }
        let goes_on = depth > 0;
        if !goes_on {
            heading = code.starts_with("stage.step(") || code.starts_with("stage.try_next(");
        }
        let narration = goes_on || (mentions(&code) && !socket_call.is_match(&code));
        if narration || heading {
            depth += brackets(&code);
            // A block (`match`, `if let`, a closure) holds lines of its own.
            if code.ends_with('{') || depth < 0 {
                depth = 0;
            }
        }
        if !heading && code.contains(|letter: char| letter.is_alphanumeric()) {
            let narration = narration && !socket_call.is_match(&code);
            lines.push((code, narration));
        }
    }
    lines
}

/// How many more brackets a line opens than it closes, outside of strings.
fn brackets(code: &str) -> i32 {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for letter in code.chars() {
        match letter {
            '\\' => escaped = !escaped,
            '"' if !escaped => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        escaped = letter == '\\' && escaped;
    }
    depth
}

/// The lines between the braces of `fn story`, then of what it calls in the same file.
fn story_lines(source: &str) -> Vec<String> {
    let heading = Regex::new(r"^(?:pub(?:\(crate\))? )?(?:async )?fn (\w+)").expect("a constant pattern");
    let mut functions: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in source.lines() {
        match heading.captures(line) {
            Some(captures) => {
                functions.push((captures[1].to_owned(), Vec::new()));
                inside = line.ends_with('{');
            }
            None if line == "}" => inside = false,
            None if inside => functions.last_mut().expect("a function began").1.push(line.to_owned()),
            None => inside = inside || line.ends_with(" {") && line.starts_with(')'),
        }
    }
    let (mut lines, mut seen, mut wanted) = (Vec::new(), HashSet::new(), vec!["story".to_owned()]);
    while let Some(name) = wanted.pop() {
        let Some((_, body)) = functions.iter().find(|(of, _)| *of == name) else { continue };
        if !seen.insert(name) {
            continue;
        }
        let calls = |other: &str| body.iter().any(|line| line.contains(&format!("{other}(")));
        wanted.extend(functions.iter().map(|(other, _)| other).filter(|other| calls(other)).cloned());
        lines.extend(body.iter().cloned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_counts_neither_headings_nor_comments_and_takes_a_socket_call_for_code() {
        let source = r#"
fn story(stage: &Stage) -> Result<(), Error> {
    // a comment
    stage.step(text::server_listens());
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0
    stage.show(Side::SERVER, &listener);
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?;
    helper(&mut client)?;
    stage.fact(
        Side::CLIENT,
        text::a_fact(),
    );
    stage.try_next(&[
        ("nc", text::a_command()),
    ]);
    Ok(())
}

fn helper(client: &mut Tapped) -> io::Result<()> {
    client.write_all(b"stage.show(")?;
}

fn serve(stage: &Stage) {
    stage.listening(&listener);
}
"#;
        assert_eq!(share(source), Share { narration: 4, code: 9 });
    }

    /// The sample of the course's style: every lesson looks like it.
    #[test]
    fn share_of_the_sample_is_below_a_third() {
        let source = r#"
fn story(stage: &Stage) -> Result<(), Error> {
    stage.step(text::server_listens());
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    let address = listener.local_addr()?;
    stage.show(Side::SERVER, &listener);

    stage.step(text::client_connects());
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?; // nobody has called accept()
    stage.show(Side::CLIENT, &client);

    stage.step(text::server_accepts());
    let (server, _) = listener.accept()?; // a new socket; the listener listens on
    let mut server = stage.tap(Side::SERVER, server)?;

    stage.step(text::echo(GREETING.len()));
    client.write_all(GREETING)?; // write_all: one write may take fewer bytes than we offer
    let request = read_exactly(&mut server, GREETING.len())?; // the stage prints: client → server  78 69 6e …
    server.write_all(&request)?;
}
"#;
        assert_eq!(share(source), Share { narration: 3, code: 10 });
    }
}
