//! `{{#map}}`: every lesson of the course, part by part, with the way into each.

use super::DirectiveContext;
use crate::markdown::{escape, inline};
use narrate::Text;

const LATER: Text = Text { vi: "sắp có", en: "to come" };

/// The parts and lessons of `lessons.toml`. A lesson whose chapter exists links to it; one
/// that exists only as a plan says so.
pub fn expand(context: &DirectiveContext) -> Result<String, String> {
    let curriculum = context.course.curriculum().map_err(|problem| problem.to_string())?;
    let lang = context.lang();
    let mut out = String::from("<div class=\"map\">\n");
    for part in &curriculum.part {
        out += &format!("<p class=\"map-part\">{}</p>\n<ol>\n", escape(part.title.get(lang)));
        for lesson in &part.lesson {
            let title = escape(lesson.title.get(lang));
            let (state, name) = match context.course.chapter(lesson.number) {
                Some(page) => ("ready", format!("<a href=\"{page}\">{title}</a>")),
                None => {
                    let later = LATER.get(lang);
                    ("later", format!("{title} <span class=\"map-later\">{later}</span>"))
                }
            };
            out += &format!(
                "<li class=\"{state}\"><span class=\"map-number\">{:02}</span><span class=\"map-name\">{name}</span><span class=\"map-shows\">{}</span></li>\n",
                lesson.number,
                inline(lesson.shows.get(lang)),
            );
        }
        out += "</ol>\n";
    }
    Ok(out + "</div>")
}
