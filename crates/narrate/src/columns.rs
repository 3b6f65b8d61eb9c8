//! A small table: what two sides see of the same subjects.

/// Columns of the subject of a row and of what one side sees, at least: so that the tables of one
/// story stand below each other.
const SUBJECT: usize = 13;
const CELL: usize = 24;
/// Columns between two columns.
const GAP: usize = 3;

/// A heading, then one line a row. A label of the heading comes with the columns that it takes on
/// the screen, which are fewer than its letters when it is coloured.
pub(crate) fn table(heading: &[(String, usize); 2], rows: &[(String, [String; 2])]) -> Vec<String> {
    let widest = |least, texts: &mut dyn Iterator<Item = &String>| {
        texts.map(|text| text.chars().count()).fold(least, usize::max)
    };
    let subject = widest(SUBJECT, &mut rows.iter().map(|(subject, _)| subject)) + GAP;
    let cell = widest(CELL, &mut rows.iter().map(|(_, cells)| &cells[0])) + GAP;

    let [(first, taken), (second, _)] = heading;
    let mut lines = vec![format!("{:subject$}{first}{:2$}{second}", "", "", cell.saturating_sub(*taken))];
    lines.extend(rows.iter().map(|(name, [one, other])| format!("{name:<subject$}{one:<cell$}{other}")));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_sees_stands_in_one_column() {
        let row = |subject: &str, cells: [&str; 2]| (subject.to_owned(), cells.map(str::to_owned));
        let heading = [("\x1b[33mserver\x1b[0m".to_owned(), 6), ("client".to_owned(), 6)];
        let rows = [row("pid", ["1", "2"]), row("địa chỉ của mình", ["127.0.0.1:1", "127.0.0.1:2"])];
        let lines = table(&heading, &rows);
        let at = |line: &str, word: &str| line.find(word).map(|byte| line[..byte].chars().count());
        assert_eq!(at(&lines[0], "\x1b[33mserver"), at(&lines[1], "1"));
        assert_eq!(at(&lines[1], "1"), at(&lines[2], "127.0.0.1:1"));
        assert_eq!(at(&lines[1], "2"), at(&lines[2], "127.0.0.1:2"));
        let colours = "\x1b[33m\x1b[0m".len();
        assert_eq!(at(&lines[0], "client").map(|column| column - colours), at(&lines[1], "2"));
    }
}
