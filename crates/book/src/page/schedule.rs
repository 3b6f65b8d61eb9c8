//! `{{#schedule}}`: the minutes of each chapter, summed from its notes for teachers.

use super::{DirectiveContext, Page};
use crate::course::Course;
use crate::markdown::{Fences, inline};
use crate::text;
use narrate::{Lang, Text};

const CHAPTER: Text = Text { vi: "Chương", en: "Chapter" };
const MINUTES: Text = Text { vi: "Phút trên lớp", en: "Minutes in class" };
const TOTAL: Text = Text { vi: "Tổng cộng", en: "Total" };
const NOT_YET: Text =
    Text { vi: "Chưa chương nào có ghi chú cho giảng viên.", en: "No chapter has notes for teachers yet." };

/// A table of the chapters that have notes for teachers, with the sum.
pub fn expand(context: &DirectiveContext) -> Result<String, String> {
    let lang = context.lang();
    let mut rows = String::new();
    let mut total = 0;
    for name in chapters(context.course, lang)? {
        let page = Page::read(context.course, lang, &name).map_err(|problem| problem.to_string())?;
        let minutes = minutes(&page.text).map_err(|line| text::minutes_wanted(&name, line))?;
        if minutes > 0 {
            total += minutes;
            let number = name.split('-').next().unwrap_or_default();
            rows += &format!("| [{number} · {}]({name}) | {minutes} |\n", title(&page.text));
        }
    }
    if rows.is_empty() {
        return Ok(format!("*{}*", NOT_YET.get(lang)));
    }
    Ok(format!(
        "| {} | {} |\n|---|--:|\n{rows}| **{}** | **{total}** ({}) |",
        CHAPTER.get(lang),
        MINUTES.get(lang),
        TOTAL.get(lang),
        in_hours(total),
    ))
}

/// `150` as `2 h 30`.
fn in_hours(minutes: u32) -> String {
    format!("{} h {:02}", minutes / 60, minutes % 60)
}

/// Pages whose name starts with a lesson's number, in that order.
fn chapters(course: &Course, lang: Lang) -> Result<Vec<String>, String> {
    let names = course.page_names(lang).map_err(text::cannot_read)?;
    Ok(names.into_iter().filter(|name| name.starts_with(|c: char| c.is_ascii_digit())).collect())
}

/// The text of the page's first heading, without its id.
fn title(page: &str) -> String {
    let heading = page.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
    inline(heading.split(" {#").next().unwrap_or_default())
}

/// The sum of `data-minutes` of the page's notes for teachers, or the line that lacks it.
fn minutes(page: &str) -> Result<u32, usize> {
    let mut fences = Fences::default();
    let mut sum = 0;
    for (number, line) in page.lines().enumerate() {
        fences.step(line);
        if fences.inside().is_some() || !line.trim_start().starts_with("<details class=\"teacher\"") {
            continue;
        }
        let value = line.split_once("data-minutes=\"").and_then(|(_, rest)| rest.split('"').next());
        sum += value.and_then(|value| value.parse::<u32>().ok()).ok_or(number + 1)?;
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_summed_over_the_page() {
        let page = "<details class=\"teacher\" data-minutes=\"20\">\n\n<details class=\"teacher\" data-minutes=\"5\">";
        assert_eq!(minutes(page), Ok(25));
    }

    #[test]
    fn a_note_without_minutes_is_named_by_its_line() {
        assert_eq!(minutes("text\n<details class=\"teacher\">"), Err(2));
        assert_eq!(minutes("<details class=\"teacher\" data-minutes=\"many\">"), Err(1));
    }

    #[test]
    fn hours_are_written_for_people() {
        assert_eq!(in_hours(150), "2 h 30");
        assert_eq!(in_hours(45), "0 h 45");
    }
}
