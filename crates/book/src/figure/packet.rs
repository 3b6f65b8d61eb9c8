//! `kind: packet`: which bits or bytes stand where.

use super::source::{Figure, Row};
use super::svg::{Drawing, SMALL, width};
use crate::text;

const LEFT: f64 = 8.0;
const RULER: f64 = 20.0;
const BOX: f64 = 38.0;
/// The height of a line of labels below the boxes.
const LABEL: f64 = 19.0;

struct Field {
    count: usize,
    style: &'static str,
    /// What each unit holds, for `unit: byte`.
    cells: Vec<String>,
    label: String,
}

/// The part of a field that stands in one row.
struct Piece<'a> {
    field: &'a Field,
    row: usize,
    column: usize,
    count: usize,
    /// How many units of the field stand before this piece.
    before: usize,
    /// Whether this is the widest piece, which carries the label.
    labelled: bool,
}

pub fn draw(figure: &Figure) -> Result<Drawing, (usize, String)> {
    let bytes = match figure.setting("unit").map(|row| (row, row.label.as_str())) {
        None | Some((_, "bit")) => false,
        Some((_, "byte")) => true,
        Some((row, other)) => return Err(row.error(text::figure_unit(other))),
    };
    let per_row = match figure.setting("row") {
        None => {
            if bytes {
                16
            } else {
                32
            }
        }
        Some(row) => row
            .label
            .parse()
            .ok()
            .filter(|n| (1..=64).contains(n))
            .ok_or_else(|| row.error(text::figure_number(&row.label)))?,
    };
    let mut fields = Vec::new();
    for row in figure.rows.iter().filter(|row| row.key != "unit" && row.key != "row") {
        fields.push(field(row, bytes)?);
    }
    if fields.is_empty() {
        return Err((figure.kind_line, text::figure_needs("field")));
    }
    let pieces = lay_out(&fields, per_row);
    Ok(paint(&pieces, bytes, per_row))
}

/// `field COUNT [head|body|rest] [`cells`]: label`.
fn field(row: &Row, bytes: bool) -> Result<Field, (usize, String)> {
    let words = row.after("field").ok_or_else(|| row.error(text::figure_row(&row.key)))?;
    let (words, cells) = match words.split_once('`') {
        Some((words, cells)) => (words, cells.trim_end_matches('`').split_whitespace().map(str::to_owned).collect()),
        None => (words, Vec::new()),
    };
    let mut words = words.split_whitespace();
    let count = words.next().unwrap_or_default();
    let count: usize = count.parse().ok().filter(|&n| n > 0).ok_or_else(|| row.error(text::figure_number(count)))?;
    let style = match words.next() {
        None | Some("plain") => "plain",
        Some("head") => "s0",
        Some("body") => "s1",
        Some("rest") => "rest",
        Some(other) => return Err(row.error(text::figure_style(other))),
    };
    if !cells.is_empty() && (!bytes || cells.len() != count) {
        return Err(row.error(text::figure_cells(count, cells.len())));
    }
    Ok(Field { count, style, cells, label: row.label.clone() })
}

fn lay_out(fields: &[Field], per_row: usize) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for field in fields {
        let first = pieces.len();
        let mut before = 0;
        while before < field.count {
            let column = (at + before) % per_row;
            let count = (field.count - before).min(per_row - column);
            let row = (at + before) / per_row;
            pieces.push(Piece { field, row, column, count, before, labelled: false });
            before += count;
        }
        let widest = (first..pieces.len()).max_by_key(|&n| (pieces[n].count, usize::MAX - n));
        if let Some(widest) = widest {
            pieces[widest].labelled = true;
        }
        at += field.count;
    }
    pieces
}

/// The width of one unit: wide enough for the cells, and for the labels as far as is sensible.
fn unit_width(pieces: &[Piece], bytes: bool) -> f64 {
    let (least, most) = if bytes { (26.0, 40.0) } else { (17.0, 24.0) };
    let wanted = pieces
        .iter()
        .filter(|piece| piece.labelled)
        .map(|piece| (width(&piece.field.label, SMALL) + 10.0) / piece.count as f64);
    wanted.fold(least, |unit: f64, wanted| if wanted <= most { unit.max(wanted) } else { unit })
}

fn paint(pieces: &[Piece], bytes: bool, per_row: usize) -> Drawing {
    let unit = unit_width(pieces, bytes);
    let columns = pieces.iter().map(|piece| piece.column + piece.count).max().unwrap_or(per_row);
    let whole = LEFT * 2.0 + columns as f64 * unit;
    let labels = place_labels(pieces, unit, whole);
    let tops = row_tops(pieces, &labels, bytes);

    let height = tops.last().copied().unwrap_or(RULER) + 2.0;
    let mut drawing = Drawing { width: whole, height, body: String::new() };
    if !bytes {
        for bit in (0..columns).step_by(8).chain((columns % 8 == 0).then(|| columns - 1)) {
            drawing.text("tick", LEFT + (bit as f64 + 0.5) * unit, 14.0, &bit.to_string());
        }
    }
    for (piece, label) in pieces.iter().zip(&labels) {
        let (x, y) = (LEFT + piece.column as f64 * unit, tops[piece.row]);
        let across = piece.count as f64 * unit;
        if bytes {
            let offset = piece.row * per_row + piece.column;
            drawing.text("tick", x + unit / 2.0, y - 6.0, &offset.to_string());
        }
        drawing.rect(&format!("field {}", piece.field.style), x, y, across, BOX, 3.0);
        for (n, cell) in piece.field.cells.iter().skip(piece.before).take(piece.count).enumerate() {
            if n > 0 {
                drawing.path("cut", &format!("M{:.1} {:.1}v{:.1}", x + n as f64 * unit, y + 7.0, BOX - 14.0));
            }
            drawing.text("cell", x + (n as f64 + 0.5) * unit, y + 24.0, cell);
        }
        match label {
            Some(label) => {
                let drop = 6.0 + label.level as f64 * LABEL;
                drawing.path("leader", &format!("M{:.1} {:.1}v{drop:.1}", x + across / 2.0, y + BOX + 1.0));
                drawing.text("small", label.middle, y + BOX + drop + 12.0, &piece.field.label);
            }
            None if piece.labelled => drawing.text("small", x + across / 2.0, y + 23.5, &piece.field.label),
            None => {}
        }
    }
    drawing
}

/// Where the boxes of each row begin, and at last where the figure ends. A row is as high as its
/// labels need; over each row of bytes stand their offsets.
fn row_tops(pieces: &[Piece], labels: &[Option<Below>], bytes: bool) -> Vec<f64> {
    let rows = pieces.iter().map(|piece| piece.row).max().unwrap_or(0) + 1;
    let mut tops = vec![RULER];
    for row in 0..rows {
        let below =
            pieces.iter().zip(labels).filter(|(piece, _)| piece.row == row).filter_map(|(_, label)| label.as_ref());
        let levels = below.map(|label| label.level + 1).max().unwrap_or(0);
        let mut height = BOX + levels as f64 * LABEL;
        if levels > 0 {
            height += 10.0;
        }
        if bytes && row + 1 < rows {
            height += RULER;
        }
        tops.push(tops[row] + height);
    }
    tops
}

/// A label that stands below its box.
struct Below {
    middle: f64,
    /// 0 is next to the box; 1 is one line further down, clear of a neighbour.
    level: usize,
}

/// Which labels stand below their boxes: those that are too wide, and all when bytes fill the boxes.
fn place_labels(pieces: &[Piece], unit: f64, whole: f64) -> Vec<Option<Below>> {
    let filled = pieces.iter().any(|piece| !piece.field.cells.is_empty());
    let mut free = [f64::MIN; 2]; // where each level of the row is free again
    let mut row = 0;
    let mut placed = Vec::new();
    for piece in pieces {
        if piece.row != row {
            row = piece.row;
            free = [f64::MIN; 2];
        }
        let label = width(&piece.field.label, SMALL);
        let across = piece.count as f64 * unit;
        if !piece.labelled || !filled && label + 8.0 <= across {
            placed.push(None);
            continue;
        }
        let half = label / 2.0 + 3.0;
        let middle = LEFT + piece.column as f64 * unit + across / 2.0;
        let middle = middle.clamp(half, (whole - half).max(half));
        let level = usize::from(middle - half < free[0]);
        free[level] = middle + half;
        placed.push(Some(Below { middle, level }));
    }
    placed
}
