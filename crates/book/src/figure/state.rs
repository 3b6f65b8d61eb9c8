//! `kind: state`: the states of a thing, and what leads from one to the next.

use super::source::{Figure, Row};
use super::svg::{Drawing, SMALL, TEXT, width};
use crate::text;

const HALF_HEIGHT: f64 = 18.0;
const LEVEL: f64 = 92.0;

struct State {
    name: String,
    label: String,
    column: usize,
    row: usize,
    x: f64,
    y: f64,
    half: f64,
}

struct Edge {
    from: usize,
    to: usize,
    label: String,
}

pub fn draw(figure: &Figure) -> Result<Drawing, (usize, String)> {
    let mut states: Vec<State> = Vec::new();
    for row in &figure.rows {
        if let Some(rest) = row.after("state") {
            states.push(state(row, rest)?);
        }
    }
    let find = |row: &Row, name: &str| {
        let at = states.iter().position(|state| state.name == name.trim());
        at.ok_or_else(|| row.error(text::figure_state_unknown(name.trim())))
    };
    let (mut edges, mut start) = (Vec::new(), None);
    for row in figure.rows.iter().filter(|row| row.after("state").is_none()) {
        if row.key == "start" {
            start = Some(find(row, &row.label)?);
        } else if let Some((from, to)) = row.key.split_once("->") {
            edges.push(Edge { from: find(row, from)?, to: find(row, to)?, label: row.label.clone() });
        } else {
            return Err(row.error(text::figure_row(&row.key)));
        }
    }
    if states.is_empty() {
        return Err((figure.kind_line, text::figure_needs("state")));
    }
    let mut drawing = place(&mut states, &edges);
    for edge in &edges {
        paint_edge(&mut drawing, &states, edge, &edges);
    }
    for (n, state) in states.iter().enumerate() {
        let class = if start == Some(n) { "node start" } else { "node" };
        let (x, y) = (state.x - state.half, state.y - HALF_HEIGHT);
        drawing.rect(class, x, y, state.half * 2.0, HALF_HEIGHT * 2.0, 18.0);
        drawing.text("actor", state.x, state.y + 5.0, &state.label);
    }
    Ok(drawing)
}

/// `state NAME at COLUMN ROW: label`.
fn state(row: &Row, rest: &str) -> Result<State, (usize, String)> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    let [name, "at", column, line] = words[..] else {
        return Err(row.error(text::figure_row(&row.key)));
    };
    let number =
        |word: &str| word.parse::<usize>().ok().filter(|&n| n < 12).ok_or_else(|| row.error(text::figure_number(word)));
    Ok(State {
        name: name.to_owned(),
        label: row.label.clone(),
        column: number(column)?,
        row: number(line)?,
        x: 0.0,
        y: 0.0,
        half: (width(&row.label, TEXT) * 1.06 + 28.0).max(72.0) / 2.0,
    })
}

/// Puts the states on their grid. A column is as wide as its widest state; between two columns
/// there is room for the longest label of an edge that crosses there in one row.
fn place(states: &mut [State], edges: &[Edge]) -> Drawing {
    let columns = states.iter().map(|state| state.column).max().unwrap_or(0) + 1;
    let rows = states.iter().map(|state| state.row).max().unwrap_or(0) + 1;
    let mut half = vec![0.0f64; columns];
    for state in states.iter() {
        half[state.column] = half[state.column].max(state.half);
    }
    let mut gaps = vec![40.0f64; columns.saturating_sub(1)];
    // A vertical edge writes its label to the right of its line.
    let mut right_of = vec![0.0f64; columns];
    for edge in edges {
        let (from, to) = (&states[edge.from], &states[edge.to]);
        let label = width(&edge.label, SMALL);
        let (low, high) = (from.column.min(to.column), from.column.max(to.column));
        if low == high {
            right_of[low] = right_of[low].max(label + 22.0);
        } else {
            let each = (label + 34.0) / (high - low) as f64;
            gaps[low..high].iter_mut().for_each(|gap| *gap = gap.max(each));
        }
    }
    let mut at = 10.0;
    let mut middle = Vec::new();
    for column in 0..columns {
        middle.push(at + half[column]);
        let gap = gaps.get(column).copied().unwrap_or(10.0);
        let wanted = right_of[column] - half[column];
        at += half[column] * 2.0 + gap.max(wanted + if column + 1 < columns { 10.0 } else { 4.0 });
    }
    let looped = edges.iter().any(|edge| edge.from == edge.to && states[edge.from].row == 0);
    let top = if looped { 62.0 } else { 34.0 };
    for state in states.iter_mut() {
        state.x = middle[state.column];
        state.y = top + state.row as f64 * LEVEL;
    }
    Drawing { width: at, height: top + (rows - 1) as f64 * LEVEL + 34.0, body: String::new() }
}

fn paint_edge(drawing: &mut Drawing, states: &[State], edge: &Edge, edges: &[Edge]) {
    let (from, to) = (&states[edge.from], &states[edge.to]);
    if edge.from == edge.to {
        let (x, y) = (from.x, from.y - HALF_HEIGHT);
        drawing.path("edge", &format!("M{:.1} {y:.1}c-8 -30 40 -30 30 -3", x - 15.0));
        drawing.head("tip", x + 13.0, y - 1.0, -6.0, 14.0);
        drawing.text("small", x, y - 29.0, &edge.label);
        return;
    }
    let both_ways = edges.iter().any(|other| other.from == edge.to && other.to == edge.from);
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy);
    // To the left of the direction of travel, so that the way there and the way back part.
    let bend = if both_ways { 22.0 } else { 0.0 };
    let (bend_x, bend_y) = (bend * dy / length, -bend * dx / length);
    let control = ((from.x + to.x) / 2.0 + bend_x * 2.0, (from.y + to.y) / 2.0 + bend_y * 2.0);
    let (x1, y1) = border(from, control);
    let (x2, y2) = border(to, control);
    drawing.path("edge", &format!("M{x1:.1} {y1:.1}Q{:.1} {:.1} {x2:.1} {y2:.1}", control.0, control.1));
    drawing.head("tip", x2, y2, x2 - control.0, y2 - control.1);
    let (x, y) = ((x1 + 2.0 * control.0 + x2) / 4.0, (y1 + 2.0 * control.1 + y2) / 4.0);
    if dx.abs() < 1.0 {
        let half = width(&edge.label, SMALL) / 2.0;
        let side = if bend_x < 0.0 { -1.0 } else { 1.0 };
        drawing.text("small halo", x + side * (half + 8.0), y + 4.0, &edge.label);
    } else if dy.abs() < 1.0 {
        let above = if bend_y > 0.0 { 15.0 } else { -7.0 };
        drawing.text("small halo", x, y + above, &edge.label);
        // The way back hangs below its row, which may be the last.
        drawing.height = drawing.height.max(y + above + 8.0);
    } else {
        drawing.text("small halo", x, y + 4.0, &edge.label);
    }
}

/// Where the line from the middle of `state` towards `target` leaves its box.
fn border(state: &State, target: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (target.0 - state.x, target.1 - state.y);
    let by_width = if dx == 0.0 { f64::MAX } else { (state.half + 2.0) / dx.abs() };
    let by_height = if dy == 0.0 { f64::MAX } else { (HALF_HEIGHT + 2.0) / dy.abs() };
    let part = by_width.min(by_height).min(1.0);
    (state.x + dx * part, state.y + dy * part)
}
