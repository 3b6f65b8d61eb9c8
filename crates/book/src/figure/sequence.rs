//! `kind: sequence`: who says what to whom, downward in time.

use super::source::{Figure, Row};
use super::svg::{Drawing, SMALL, TEXT, width};
use crate::text;

const TOP: f64 = 8.0;
const HEAD: f64 = 34.0;
/// How far an arrow falls on its way: what is sent arrives later.
const FALL: f64 = 12.0;

struct Actor {
    name: String,
    label: String,
    x: f64,
}

enum Step {
    /// From, to, label, and whether it is lost on the way.
    Message(usize, usize, String, bool),
    /// States that actors reach at the same time.
    States(Vec<(usize, String)>),
    /// A remark beside one actor, or across all.
    Note(Option<usize>, String),
    /// Time passes.
    Gap(String),
}

pub fn draw(figure: &Figure) -> Result<Drawing, (usize, String)> {
    let mut actors = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    for row in &figure.rows {
        if let Some(name) = row.after("actor") {
            actors.push(Actor { name: name.to_owned(), label: row.label.clone(), x: 0.0 });
        } else {
            add(&mut steps, row, &actors)?;
        }
    }
    if actors.len() < 2 {
        return Err((figure.kind_line, text::figure_needs("actor")));
    }
    let mut drawing = Drawing { width: place(&mut actors, &steps), ..Drawing::default() };
    let height = TOP + HEAD + 14.0 + steps.iter().map(room).sum::<f64>() + 6.0;
    drawing.height = height + 4.0;
    for (n, actor) in actors.iter().enumerate() {
        let line = format!("M{:.1} {:.1}V{height:.1}", actor.x, TOP + HEAD);
        drawing.path("life", &line);
        let half = head_width(actor) / 2.0;
        drawing.rect(&format!("actor {}", side(&actors, n)), actor.x - half, TOP, half * 2.0, HEAD, 7.0);
        drawing.text("actor", actor.x, TOP + 22.0, &actor.label);
    }
    let mut y = TOP + HEAD + 14.0;
    for step in &steps {
        draw_step(&mut drawing, &actors, step, y);
        y += room(step);
    }
    Ok(drawing)
}

fn add(steps: &mut Vec<Step>, row: &Row, actors: &[Actor]) -> Result<(), (usize, String)> {
    let find = |name: &str| {
        let name = name.trim();
        let at = actors.iter().position(|actor| actor.name == name);
        at.ok_or_else(|| row.error(text::figure_actor_unknown(name)))
    };
    let label = row.label.clone();
    if let Some(name) = row.after("state") {
        let state = (find(name)?, label);
        match steps.last_mut() {
            // The next actor's state stands in the same row.
            Some(Step::States(states)) if states.iter().all(|(at, _)| *at != state.0) => {
                states.push(state);
            }
            _ => steps.push(Step::States(vec![state])),
        }
    } else if let Some(name) = row.after("note") {
        let at = if name == "*" { None } else { Some(find(name)?) };
        steps.push(Step::Note(at, label));
    } else if row.key == "gap" {
        steps.push(Step::Gap(label));
    } else if let Some((from, to)) = row.key.split_once("->") {
        steps.push(Step::Message(find(from)?, find(to)?, label, false));
    } else if let Some((from, to)) = row.key.split_once("-x") {
        steps.push(Step::Message(find(from)?, find(to)?, label, true));
    } else {
        return Err(row.error(text::figure_row(&row.key)));
    }
    Ok(())
}

/// The first and the last actor are the two sides; whoever stands between them has no colour.
fn side(actors: &[Actor], at: usize) -> &'static str {
    match at {
        0 => "s0",
        at if at + 1 == actors.len() => "s1",
        _ => "between",
    }
}

fn head_width(actor: &Actor) -> f64 {
    (width(&actor.label, TEXT) * 1.06 + 28.0).max(92.0)
}

fn chip_width(label: &str) -> f64 {
    width(label, SMALL) + 18.0
}

fn room(step: &Step) -> f64 {
    match step {
        Step::Message(..) => 46.0,
        Step::States(_) => 36.0,
        Step::Note(..) => 38.0,
        Step::Gap(_) => 40.0,
    }
}

/// Gives each actor its place, as near to the last as the labels allow; returns the width.
fn place(actors: &mut [Actor], steps: &[Step]) -> f64 {
    let mut half: Vec<f64> = actors.iter().map(|actor| head_width(actor) / 2.0).collect();
    let mut gaps: Vec<f64> = half.windows(2).map(|pair| (pair[0] + pair[1] + 24.0).max(150.0)).collect();
    let mut across: f64 = 0.0;
    for step in steps {
        match step {
            Step::Message(from, to, label, _) if from != to => {
                let (low, high) = (*from.min(to), *from.max(to));
                let each = (width(label, TEXT) + 40.0) / (high - low) as f64;
                gaps[low..high].iter_mut().for_each(|gap| *gap = gap.max(each));
            }
            Step::States(states) => {
                for (at, label) in states {
                    half[*at] = half[*at].max(chip_width(label) / 2.0);
                }
            }
            Step::Note(Some(at), label) => half[*at] = half[*at].max(width(label, SMALL) / 2.0 + 12.0),
            Step::Note(None, label) | Step::Gap(label) => across = across.max(width(label, SMALL) + 30.0),
            Step::Message(..) => {}
        }
    }
    for (n, gap) in gaps.iter_mut().enumerate() {
        *gap = gap.max(half[n] + half[n + 1] + 12.0);
    }
    let margin = 6.0;
    let natural = half[0] + gaps.iter().sum::<f64>() + half[actors.len() - 1];
    // A remark across all actors may ask for more room than they do.
    let wider = ((across - natural) / gaps.len() as f64).max(0.0);
    let mut x = margin + half[0];
    for (n, actor) in actors.iter_mut().enumerate() {
        actor.x = x;
        x += gaps.get(n).map_or(0.0, |gap| gap + wider);
    }
    margin * 2.0 + natural + wider * gaps.len() as f64
}

fn draw_step(drawing: &mut Drawing, actors: &[Actor], step: &Step, y: f64) {
    let (first, last) = (actors[0].x, actors[actors.len() - 1].x);
    match step {
        Step::Message(from, to, label, lost) => {
            let (x1, x2) = (actors[*from].x, actors[*to].x);
            let way = (x2 - x1).signum();
            drawing.text("label", (x1 + x2) / 2.0, y + 12.0, label);
            let (y1, fall) = (y + 20.0, FALL);
            let part = if *lost { 0.62 } else { 1.0 };
            let (tip_x, tip_y) = (x1 + (x2 - x1) * part - 3.0 * way * part.floor(), y1 + fall * part);
            let side = side(actors, *from);
            let class = format!("arrow {side}");
            drawing.path(&class, &format!("M{x1:.1} {y1:.1}L{tip_x:.1} {tip_y:.1}"));
            if *lost {
                let (x, y) = (tip_x + 8.0 * way, tip_y);
                drawing.path("lost", &format!("M{:.1} {:.1}l10 10m0 -10l-10 10", x - 5.0, y - 5.0));
            } else {
                drawing.head(&format!("head {side}"), tip_x, tip_y, x2 - x1, fall);
            }
        }
        Step::States(states) => {
            for (at, label) in states {
                let (x, chip) = (actors[*at].x, chip_width(label));
                drawing.rect(&format!("chip {}", side(actors, *at)), x - chip / 2.0, y + 3.0, chip, 24.0, 12.0);
                drawing.text("small", x, y + 19.5, label);
            }
        }
        Step::Note(at, label) => {
            let note = width(label, SMALL) + 24.0;
            let x = at.map_or((first + last) / 2.0, |at| actors[at].x);
            drawing.rect("note", x - note / 2.0, y + 3.0, note, 26.0, 4.0);
            drawing.text("small", x, y + 20.5, label);
        }
        Step::Gap(label) => {
            for actor in actors {
                drawing.path("pause", &format!("M{:.1} {y:.1}v34", actor.x));
            }
            drawing.text("small quiet", (first + last) / 2.0, y + 21.0, label);
        }
    }
}
