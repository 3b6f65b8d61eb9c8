//! Text figures, drawn as inline SVG in the page's language and in the reader's theme.
//!
//! `book/figures/README.md` describes the language of `.fig` files. Colours are CSS variables,
//! so that one drawing serves both themes; no element refers to another by id except the
//! labels, whose ids the caller makes unique (the print page holds every figure at once).

mod bars;
mod packet;
mod sequence;
mod source;
mod state;
mod svg;

pub use source::Figure;

use crate::course::Course;
use crate::markdown::escape;
use crate::text;
use narrate::Lang;
use std::fs;
use std::path::Path;
use svg::Drawing;

/// Draws `book/figures/NAME.fig`. The error is a sentence that names file and line.
pub fn draw_file(course: &Course, name: &str, lang: Lang, id: &str) -> Result<String, String> {
    let path = course.book().join("figures").join(format!("{name}.fig"));
    let file = course.relative(&path).display().to_string().replace('\\', "/");
    let source = fs::read_to_string(&path).map_err(|error| text::cannot_read_file(&file, error))?;
    draw(&source, lang, id, course.root()).map_err(|(line, message)| format!("{file}:{line}: {message}"))
}

/// Draws one figure. `root` is where the data file of a bar chart is looked for. The error is
/// the line, counted from 1, and what is wrong there.
pub fn draw(source: &str, lang: Lang, id: &str, root: &Path) -> Result<String, (usize, String)> {
    let figure = Figure::parse(source, lang)?;
    let drawing = match figure.kind.as_str() {
        "sequence" => sequence::draw(&figure)?,
        "packet" => packet::draw(&figure)?,
        "state" => state::draw(&figure)?,
        "bars" => bars::draw(&figure, root)?,
        other => return Err((figure.kind_line, text::figure_kind_unknown(other))),
    };
    Ok(frame(&figure, &drawing, id))
}

/// The drawing inside a figure: labelled for those who cannot see it, scrolled sideways where a
/// phone is too narrow to show it at a readable size.
fn frame(figure: &Figure, drawing: &Drawing, id: &str) -> String {
    let (width, height) = (drawing.width.ceil(), drawing.height.ceil());
    let (title, description) = (escape(&figure.title), escape(&figure.description));
    format!(
        "<figure class=\"fig {kind}\"><div class=\"fig-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\">\
         <svg role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {width} {height}\" \
         style=\"max-width:{max}px;min-width:{min}px\"><title id=\"{id}-t\">{title}</title>\
         <desc id=\"{id}-d\">{description}</desc>{body}</svg></div><figcaption>{title}</figcaption></figure>",
        kind = figure.kind,
        max = (width * 1.1).round(),
        min = (width * 0.8).round(),
        body = drawing.body,
    )
}
