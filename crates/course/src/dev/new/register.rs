//! Where a new task is entered: the modules and the list of `tasks/mod.rs`, the programs of a manifest.

/// `source`, the text of `tasks/mod.rs`, with `module` of exercise `number` declared and listed.
pub fn task(source: &str, number: u8, module: &str) -> String {
    list(&declare(source, number, module), number, module)
}

/// Adds the module to the exercise's block; to a new one, behind those of smaller numbers, when there is none.
fn declare(source: &str, number: u8, module: &str) -> String {
    let mut lines: Vec<&str> = source.lines().collect();
    let declaration = format!("    pub(super) mod {module};");
    let number_of = |line: &str| after(line, "mod ex").filter(|_| line.ends_with('{'));
    let end_of = |start: usize| (start..lines.len()).find(|line| lines[*line] == "}");
    let block = lines.iter().position(|line| number_of(line) == Some(number));
    if let Some((start, end)) = block.and_then(|start| Some((start, end_of(start)?))) {
        if lines[start..end].contains(&declaration.as_str()) {
            return source.to_owned();
        }
        let name_of = |line: &str| line.trim_end_matches(';').rsplit(' ').next().map(str::to_owned);
        let larger = (start + 1..end).find(|line| name_of(lines[*line]).is_some_and(|name| name.as_str() > module));
        lines.insert(larger.unwrap_or(end), &declaration);
    } else {
        let smaller = lines.iter().rposition(|line| number_of(line).is_some_and(|other| other < number));
        let first = lines.iter().position(|line| number_of(line).is_some()).map(|line| with_attributes(&lines, line));
        let at = smaller.and_then(end_of).map(|end| end + 1).or(first).unwrap_or(lines.len());
        let head = format!("mod ex{number:02} {{");
        lines.splice(at..at, [head.as_str(), &declaration, "}"]);
        return lines.join("\n") + "\n";
    }
    lines.join("\n") + "\n"
}

/// Adds the task to the list, under the condition that the others of its exercise have.
fn list(source: &str, number: u8, module: &str) -> String {
    let mut lines: Vec<&str> = source.lines().collect();
    let entry = format!("    &ex{number:02}::{module}::TASK,");
    if lines.contains(&entry.as_str()) {
        return source.to_owned();
    }
    let number_of = |line: &str| after(line, "    &ex");
    let smaller = lines.iter().rposition(|line| number_of(line).is_some_and(|other| other <= number));
    let first = lines.iter().position(|line| number_of(line).is_some());
    let at = smaller.map(|line| line + 1).or(first.map(|line| with_attributes(&lines, line))).unwrap_or(lines.len());
    let sibling = smaller.filter(|line| number_of(lines[*line]) == Some(number));
    let attributes = sibling.map_or(Vec::new(), |line| lines[with_attributes(&lines, line)..line].to_vec());
    lines.splice(at..at, attributes.into_iter().chain([entry.as_str()]));
    lines.join("\n") + "\n"
}

/// The first of the attributes above `line`, or `line` itself.
fn with_attributes(lines: &[&str], line: usize) -> usize {
    let above = lines[..line].iter().rev().take_while(|line| line.trim_start().starts_with("#[")).count();
    line - above
}

/// `manifest`, of the solutions of exercise `number`, with the program of `task`.
pub fn program(manifest: &str, number: u8, task: &str) -> String {
    let name = format!("name = \"sol{number:02}-{task}\"");
    if manifest.lines().any(|line| line == name) {
        return manifest.to_owned();
    }
    let program = format!("[[bin]]\n{name}\npath = \"src/bin/{task}.rs\"\n");
    match manifest.find("[[test]]") {
        Some(at) => format!("{}{program}\n{}", &manifest[..at], &manifest[at..]),
        None => format!("{manifest}\n{program}"),
    }
}

/// `text` with `line` behind the last entry of a smaller number; where none is, before the first.
/// `number_of` gives the number of a line that is an entry.
pub fn in_order(text: &str, number: u8, line: &str, number_of: impl Fn(&str) -> Option<u8>) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.contains(&line) {
        return text.to_owned();
    }
    let smaller = lines.iter().rposition(|there| number_of(there).is_some_and(|other| other <= number));
    let first = lines.iter().position(|there| number_of(there).is_some());
    let at = smaller.map(|index| index + 1).or(first).unwrap_or(lines.len());
    lines.insert(at, line);
    lines.join("\n") + "\n"
}

/// The two digits behind `start`.
pub fn after(line: &str, start: &str) -> Option<u8> {
    line.strip_prefix(start)?.get(..2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The committed list of tasks.
    const COMMITTED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../checks/src/tasks/mod.rs"));

    /// `COMMITTED` with a new exercise is that text with a block and an entry added, each before a line.
    fn assert_added(number: u8, block_before: &str, entry_before: &str) {
        let block = format!("mod ex{number:02} {{\n    pub(super) mod one_two;\n}}\n");
        let entry = format!("    &ex{number:02}::one_two::TASK,\n");
        let expected = COMMITTED.replacen(block_before, &format!("{block}{block_before}"), 1).replacen(
            entry_before,
            &format!("{entry}{entry_before}"),
            1,
        );
        let made = task(COMMITTED, number, "one_two");
        assert_eq!(made, expected);
        assert_eq!(task(&made, number, "one_two"), made, "a second time nothing changes");
    }

    #[test]
    fn task_puts_a_new_exercise_between_its_neighbours() {
        assert_added(0, "mod ex01 {", "    &ex01::");
        assert_added(5, "mod ex08 {", "    &ex08::");
        assert_added(9, "#[cfg(unix)]\nmod ex11 {", "    #[cfg(unix)]\n    &ex11::");
        assert_added(99, "mod lifecycle;", "];");
    }

    #[test]
    fn task_adds_a_second_task_to_the_block_of_its_exercise_under_its_condition() {
        let made = task(COMMITTED, 11, "faces");
        let block = "mod ex11 {\n    pub(super) mod echo;\n    pub(super) mod faces;\n    pub(super) mod journal;\n}\n";
        assert!(made.contains(block), "{made}");
        let entries = "    &ex11::journal::TASK,\n    #[cfg(unix)]\n    &ex11::faces::TASK,\n";
        assert!(made.contains(entries), "{made}");
    }

    #[test]
    fn program_stands_before_the_test() {
        let manifest = "[[bin]]\nname = \"sol05-turns\"\n\n[[test]]\nname = \"judged\"\n";
        let made = program(manifest, 5, "pool");
        let expected = "[[bin]]\nname = \"sol05-turns\"\n\n[[bin]]\nname = \"sol05-pool\"\npath = \"src/bin/pool.rs\"\n\n[[test]]\nname = \"judged\"\n";
        assert_eq!(made, expected);
        assert_eq!(program(&made, 5, "pool"), made);
    }

    #[test]
    fn in_order_puts_a_line_behind_the_last_smaller_number() {
        let list = "- 03\n- 11\n";
        let number_of = |line: &str| after(line, "- ");
        assert_eq!(in_order(list, 5, "- 05", number_of), "- 03\n- 05\n- 11\n");
        assert_eq!(in_order(list, 24, "- 24", number_of), format!("{list}- 24\n"));
        assert_eq!(in_order(list, 1, "- 01", number_of), format!("- 01\n{list}"));
        assert_eq!(in_order(list, 3, "- 03", number_of), list);
    }
}
