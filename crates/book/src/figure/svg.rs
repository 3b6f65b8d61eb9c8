//! The few shapes that figures are made of.

use crate::markdown::escape;
use std::fmt::Write;

/// The size of a label, in user units (which are CSS pixels at natural size).
pub const TEXT: f64 = 14.0;
/// The size of a remark.
pub const SMALL: f64 = 12.5;

/// A finished drawing.
#[derive(Debug, Default)]
pub struct Drawing {
    /// Natural width.
    pub width: f64,
    /// Natural height.
    pub height: f64,
    /// The elements inside `<svg>`.
    pub body: String,
}

impl Drawing {
    /// A rectangle with round corners.
    pub fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64, radius: f64) {
        let _ = write!(
            self.body,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius}\"/>"
        );
    }

    /// A line or curve, in the path language of SVG.
    pub fn path(&mut self, class: &str, d: &str) {
        let _ = write!(self.body, "<path class=\"{class}\" d=\"{d}\"/>");
    }

    /// Text whose middle is at `x`, with its baseline at `y`. Backticks mark what is code.
    pub fn text(&mut self, class: &str, x: f64, y: f64, label: &str) {
        let _ = write!(self.body, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">");
        for (n, part) in label.split('`').enumerate() {
            let part = escape(part);
            if n % 2 == 1 {
                let _ = write!(self.body, "<tspan class=\"c\">{part}</tspan>");
            } else {
                self.body.push_str(&part);
            }
        }
        self.body.push_str("</text>");
    }

    /// An arrowhead at (`x`, `y`) that points in the direction (`dx`, `dy`).
    pub fn head(&mut self, class: &str, x: f64, y: f64, dx: f64, dy: f64) {
        let length = dx.hypot(dy).max(f64::EPSILON);
        let (ux, uy) = (dx / length, dy / length);
        let (back_x, back_y) = (x - 9.0 * ux, y - 9.0 * uy);
        let (side_x, side_y) = (-4.2 * uy, 4.2 * ux);
        self.path(
            class,
            &format!(
                "M{x:.1} {y:.1}L{:.1} {:.1}L{:.1} {:.1}z",
                back_x + side_x,
                back_y + side_y,
                back_x - side_x,
                back_y - side_y
            ),
        );
    }
}

/// About how wide `label` will be at `size`. The fonts are known, their metrics are not read:
/// a guess by classes of letters is right within a few per cent, and boxes leave that much room.
pub fn width(label: &str, size: f64) -> f64 {
    label
        .split('`')
        .enumerate()
        .map(|(n, part)| {
            let em: f64 = part.chars().map(|c| if n % 2 == 1 { 0.58 } else { em(c) }).sum();
            em * size
        })
        .sum()
}

fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'í' | 'ì' => 0.28,
        'f' | 't' | 'r' | '(' | ')' | ' ' | '-' | '"' => 0.36,
        'm' | 'w' | 'M' | 'W' | '→' | '…' => 0.88,
        c if c.is_uppercase() => 0.68,
        _ => 0.57,
    }
}
