//! Reading a `.fig` file: a head (`kind`, `title`, `desc`, …), then one row a line.

use crate::text;
use narrate::Lang;

/// A figure as written, its labels already in one language.
#[derive(Debug)]
pub struct Figure {
    /// `sequence`, `packet`, `state` or `bars`.
    pub kind: String,
    /// The line that says so.
    pub kind_line: usize,
    /// What the figure shows, in a few words.
    pub title: String,
    /// The same in full, for those who cannot see it.
    pub description: String,
    /// Every other row, in order.
    pub rows: Vec<Row>,
}

/// One line `key: label`.
#[derive(Debug)]
pub struct Row {
    /// The line in the file, counted from 1.
    pub line: usize,
    /// What stands before the colon.
    pub key: String,
    /// What stands behind it, in the language of the figure.
    pub label: String,
}

impl Row {
    /// The words after `keyword`, when the key begins with it.
    pub fn after(&self, keyword: &str) -> Option<&str> {
        let rest = self.key.strip_prefix(keyword)?;
        rest.is_empty().then_some("").or_else(|| rest.strip_prefix(' ').map(str::trim))
    }

    /// An error at this row.
    pub fn error(&self, message: impl Into<String>) -> (usize, String) {
        (self.line, message.into())
    }
}

impl Figure {
    /// Reads a figure and picks its labels in `lang`.
    pub fn parse(source: &str, lang: Lang) -> Result<Figure, (usize, String)> {
        let (mut kind, mut title, mut description) = (None, None, None);
        let mut rows = Vec::new();
        for (index, text) in source.lines().enumerate() {
            let (line, text) = (index + 1, text.trim());
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let (key, value) = split(text).ok_or_else(|| (line, text::figure_row(text)))?;
            let label = pick(value, lang).map_err(|()| (line, text::figure_label(value)))?;
            match key {
                "kind" => kind = Some((label, line)),
                "title" => title = Some(label),
                "desc" => description = Some(label),
                _ => rows.push(Row { line, key: key.to_owned(), label }),
            }
        }
        let (kind, kind_line) = kind.ok_or_else(|| (1, text::figure_needs("kind")))?;
        Ok(Figure {
            kind,
            kind_line,
            title: title.ok_or_else(|| (1, text::figure_needs("title")))?,
            description: description.ok_or_else(|| (1, text::figure_needs("desc")))?,
            rows,
        })
    }

    /// The label of the only row with this key.
    pub fn setting(&self, key: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.key == key)
    }
}

/// Key and value: the first colon that stands before a space or the end, and not in backticks.
fn split(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '`' => quoted = !quoted,
            ':' if !quoted => {
                let value = &text[at + 1..];
                if value.is_empty() || value.starts_with(' ') {
                    return Some((text[..at].trim(), value.trim()));
                }
            }
            _ => {}
        }
    }
    None
}

/// The side of `vi | en` in `lang`; a label without a bar is the same in both languages.
fn pick(label: &str, lang: Lang) -> Result<String, ()> {
    let sides: Vec<&str> = label.split(" | ").map(str::trim).collect();
    match (&sides[..], lang) {
        ([both], _) => Ok((*both).to_owned()),
        ([vi, en], _) if vi.is_empty() || en.is_empty() => Err(()),
        ([vi, _], Lang::Vi) => Ok((*vi).to_owned()),
        ([_, en], Lang::En) => Ok((*en).to_owned()),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_split_at_its_first_free_colon() {
        assert_eq!(split("a -> b: x: y"), Some(("a -> b", "x: y")));
        assert_eq!(split("field 2 `a: b`: z"), Some(("field 2 `a: b`", "z")));
        assert_eq!(split("127.0.0.1:80"), None);
    }

    #[test]
    fn a_label_has_one_side_or_two() {
        assert_eq!(pick("SYN", Lang::Vi).unwrap(), "SYN");
        assert_eq!(pick("một | one", Lang::En).unwrap(), "one");
        assert!(pick("một | one | uno", Lang::En).is_err());
    }

    #[test]
    fn a_figure_without_a_description_is_refused() {
        let error = Figure::parse("kind: packet\ntitle: a | b\n", Lang::En).unwrap_err();
        assert!(error.1.contains("desc"), "{error:?}");
    }
}
