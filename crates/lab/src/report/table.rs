//! A table, apart from how it is shown: columns with a key, a heading and a unit, and rows of values. `tables.rs` lays each out once; the
//! terminal, the page and the files each pick the columns that they have space for.

use narrate::grouped;

use super::number::{micros, percent, prose};
use crate::results::Implementation;

/// What the figures of a column count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Words, not figures.
    Words,
    /// Whole things: frames a second, copies, bytes.
    Whole,
    /// Things of which a tenth matters: system calls.
    Tenths,
    /// Microseconds.
    Micros,
    /// Megabytes a second.
    Megabytes,
    /// A share of something, shown as a percentage.
    Share,
    /// Half of an interval, as a share of the median.
    PlusMinus,
    /// One figure as a multiple of another.
    Ratio,
}

/// What stands in one row of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// It was not measured.
    Missing,
    Words(String),
    Figure(f64),
    /// A figure of the closed loop in a column of the paced one.
    Closed(f64),
}

impl From<Option<f64>> for Value {
    fn from(figure: Option<f64>) -> Value {
        figure.map_or(Value::Missing, Value::Figure)
    }
}

impl From<String> for Value {
    fn from(words: String) -> Value {
        Value::Words(words)
    }
}

impl From<&str> for Value {
    fn from(words: &str) -> Value {
        Value::Words(words.to_owned())
    }
}

/// A column: the key by which it is picked and which heads it in files, its heading for readers, and its values, one a row.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) key: String,
    pub(crate) heading: String,
    pub(crate) unit: Unit,
    pub(crate) values: Vec<Value>,
}

/// Columns of the same length.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    /// Whose program each row is about, where the rows are candidates.
    pub(crate) implementations: Vec<Implementation>,
}

impl Table {
    /// The columns of these keys, in this order.
    pub(crate) fn pick(&self, keys: &[&str]) -> Table {
        let column = |key: &&str| self.columns.iter().find(|column| column.key == **key).cloned();
        Table { columns: keys.iter().filter_map(column).collect(), implementations: self.implementations.clone() }
    }

    /// Each row's values with their columns.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Vec<(&Column, &Value)>> {
        let count = self.columns.first().map_or(0, |column| column.values.len());
        (0..count).map(|at| self.columns.iter().map(|column| (column, &column.values[at])).collect())
    }

    /// RFC 4180, keys first: a field with a comma, a quote or a line end is quoted, and a value that is missing is empty.
    pub(crate) fn csv(&self) -> String {
        let quoted = |field: String| match field.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", field.replace('"', "\"\"")),
            false => field,
        };
        let line = |fields: Vec<String>| fields.into_iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
        let rows = self.rows().map(|row| line(row.into_iter().map(|(_, value)| value.plain()).collect()));
        line(self.columns.iter().map(|column| column.key.clone()).collect()) + &rows.collect::<String>()
    }
}

/// Lays a table out column by column, over the things that its rows are about.
pub(crate) struct Layout<'a, T> {
    rows: &'a [T],
    table: Table,
}

impl<'a, T> Layout<'a, T> {
    pub(crate) fn over(rows: &'a [T]) -> Layout<'a, T> {
        Layout { rows, table: Table::default() }
    }

    /// Adds a column for readers and for files.
    pub(crate) fn column<V: Into<Value>>(
        mut self,
        key: &str,
        heading: impl Into<String>,
        unit: Unit,
        value: impl Fn(&T) -> V,
    ) -> Self {
        let values = self.rows.iter().map(|row| value(row).into()).collect();
        self.table.columns.push(Column { key: key.to_owned(), heading: heading.into(), unit, values });
        self
    }

    /// Adds a column that only files have.
    pub(crate) fn field<V: Into<Value>>(self, key: &str, value: impl Fn(&T) -> V) -> Self {
        self.column(key, "", Unit::Words, value)
    }

    /// Says whose program each row is about.
    pub(crate) fn by(mut self, implementation: impl Fn(&T) -> Implementation) -> Self {
        self.table.implementations = self.rows.iter().map(implementation).collect();
        self
    }

    pub(crate) fn table(self) -> Table {
        self.table
    }
}

impl Value {
    /// As a reader sees it.
    pub(crate) fn shown(&self, unit: Unit) -> String {
        let value = match self {
            Value::Missing => return "–".to_owned(),
            Value::Words(words) => return words.clone(),
            Value::Figure(value) | Value::Closed(value) => *value,
        };
        match unit {
            Unit::Words | Unit::Whole => grouped(value),
            Unit::Tenths => format!("{value:.1}"),
            Unit::Micros | Unit::Megabytes => micros(value),
            Unit::Share => percent(value),
            Unit::PlusMinus if value * 100.0 < 0.95 => format!("±{:.1}\u{a0}%", value * 100.0),
            Unit::PlusMinus => format!("±{:.0}\u{a0}%", value * 100.0),
            Unit::Ratio => prose(format!("{value:.2}")),
        }
    }

    /// As another program reads it. Three digits behind the point are a nanosecond of a microsecond: no clock here tells more.
    fn plain(&self) -> String {
        match self {
            Value::Missing => String::new(),
            Value::Words(words) => words.clone(),
            Value::Figure(value) | Value::Closed(value) => {
                format!("{value:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
            }
        }
    }
}
