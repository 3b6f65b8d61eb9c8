//! After mdBook: the other language one click away, two themes, names for what has none.
//!
//! mdBook's template is taken as it comes and changed in a few named places. Each change must
//! find its place exactly as often as expected, so that an upgrade of mdBook cannot lose one.

use super::interface::{ENGLISH, Interface, TABLE};
use super::{TITLE, searchindex};
use crate::markdown::escape;
use crate::text;
use anyhow::{Context, Result, anyhow};
use narrate::{Lang, Text};
use std::fs;
use std::path::{Path, PathBuf};

const SWITCH: Text = Text { vi: "English", en: "Tiếng Việt" };
const CONTENTS: Text = Text { vi: "Mục lục", en: "Table of contents" };
const SEARCH: Text = Text { vi: "Tìm trong sách", en: "Search this book" };

/// Finishes the two books below `out`, and adds the page that asks for the language.
pub fn run(out: &Path) -> Result<()> {
    for lang in Lang::ALL {
        let table = match lang {
            Lang::Vi => TABLE,
            Lang::En => ENGLISH,
        };
        let mut interface = Interface::new(table);
        let top = out.join(lang.code());
        for path in files(&top)? {
            let name = path.strip_prefix(&top)?.to_string_lossy().replace('\\', "/");
            finish_file(&path, &name, lang, &mut interface)
                .with_context(|| text::finishing(format_args!("{lang}/{name}")))?;
        }
        if let Some(sentence) = interface.missing() {
            return Err(anyhow!(text::mdbook_changed(sentence)));
        }
    }
    let title = format!("{} · {}", TITLE.get(Lang::Vi), TITLE.get(Lang::En));
    fs::write(out.join("index.html"), include_str!("choose.html").replace("{title}", &title))?;
    Ok(())
}

/// Every file below `folder`.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn finish_file(path: &Path, name: &str, lang: Lang, interface: &mut Interface) -> Result<()> {
    let is_script = name.ends_with(".js") && !name.contains('/');
    let is_page = name.ends_with(".html") && name != "toc.html";
    if !is_script && !is_page {
        return Ok(());
    }
    let mut text = fs::read_to_string(path)?;
    if is_page {
        text = page(text, name, lang)?;
        interface.page(&mut text).map_err(|sentence| anyhow!(text::mdbook_changed(sentence)))?;
    } else if name.starts_with("searchindex") {
        text = searchindex::slim(&text).ok_or_else(|| anyhow!(text::mdbook_changed("JSON.parse(…)")))?;
    } else {
        interface.script(name, &mut text);
    }
    fs::write(path, text)?;
    Ok(())
}

fn page(html: String, name: &str, lang: Lang) -> Result<String> {
    let mut page = Edit { html };
    let (other, up) = (other(lang), "../".repeat(name.matches('/').count() + 1));
    let (here, there) = (format!("{up}{lang}/{name}"), format!("{up}{other}/{name}"));
    page.insert_before(
        "</head>",
        &format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"{here}\"><link rel=\"alternate\" hreflang=\"{other}\" href=\"{there}\">"),
    )?;
    let switch = format!(
        "<a class=\"lang-switch\" rel=\"alternate\" hreflang=\"{other}\" lang=\"{other}\" href=\"{there}\">{}</a>",
        SWITCH.get(lang)
    );
    page.replace("<div class=\"right-buttons\">", &format!("<div class=\"right-buttons\">{switch}"))?;

    // Two themes are looked after; the others would show figures and boxes nobody has seen.
    for theme in ["rust", "coal", "ayu"] {
        page.remove_between(
            &format!("<li role=\"none\"><button role=\"menuitem\" class=\"theme\" id=\"mdbook-theme-{theme}\">"),
            "</li>",
        )?;
    }
    // One h1 a page: the chapter's. The book's title in the bar is no heading.
    page.replace("<h1 class=\"menu-title\">", "<p class=\"menu-title\">")?;
    let title = format!("{}</h1>", escape(TITLE.get(lang)));
    page.replace(&title, &title.replace("</h1>", "</p>"))?;
    // The button that opens the contents is a label: say so, and let the keyboard reach it.
    page.replace(
        "<label id=\"mdbook-sidebar-toggle\"",
        "<label role=\"button\" tabindex=\"0\" id=\"mdbook-sidebar-toggle\"",
    )?;
    page.replace("<div id=\"mdbook-menu-bar\"", "<div role=\"banner\" id=\"mdbook-menu-bar\"")?;
    page.replace(
        "<iframe class=\"sidebar-iframe-outer\"",
        &format!("<iframe title=\"{}\" class=\"sidebar-iframe-outer\"", CONTENTS.get(lang)),
    )?;
    // mdBook names an id here that no element has.
    page.replace(
        "aria-describedby=\"searchresults-header\"",
        &format!("aria-label=\"{}\" aria-describedby=\"mdbook-searchresults-header\"", SEARCH.get(lang)),
    )?;
    // A page opened with ?search=… loads the index at once, perhaps before the scripts at the end
    // of the page have run: what reads the index must be there first.
    let search = page.take_script("shared/search-")?;
    page.insert_before(&page.script("searcher-")?, &format!("{search}\n        "))?;
    if let Some(first) = first_paragraph(&page.html) {
        page.remove_between("<meta name=\"description\" content=\"", ">")?;
        page.insert_before(
            "<meta name=\"viewport\"",
            &format!("<meta name=\"description\" content=\"{first}\">\n        "),
        )?;
    }
    Ok(page.html)
}

fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Vi => Lang::En,
        Lang::En => Lang::Vi,
    }
}

/// The text of the first paragraph of the chapter, cut at a word when it is long.
fn first_paragraph(html: &str) -> Option<String> {
    const LONG: usize = 180; // what search engines show of a description
    let main = html.split_once("<main>")?.1;
    let paragraph = main.split_once("<p>")?.1.split_once("</p>")?.0;
    let mut text = String::new();
    let mut inside_tag = false;
    for c in paragraph.chars() {
        match c {
            '<' => inside_tag = true,
            '>' => inside_tag = false,
            c if !inside_tag => text.push(c),
            _ => {}
        }
    }
    let words = text.replace('"', "&quot;");
    let mut short = String::new();
    for word in words.split_whitespace() {
        if short.chars().count() + word.chars().count() > LONG {
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    (!short.is_empty()).then_some(short)
}

/// Strict edits: each must find its place exactly once.
struct Edit {
    html: String,
}

impl Edit {
    fn once(&self, needle: &str) -> Result<usize> {
        match self.html.matches(needle).count() {
            1 => self.html.find(needle).ok_or_else(|| anyhow!(text::mdbook_changed(needle))),
            _ => Err(anyhow!(text::mdbook_changed(needle))),
        }
    }

    fn replace(&mut self, from: &str, to: &str) -> Result<()> {
        let at = self.once(from)?;
        self.html.replace_range(at..at + from.len(), to);
        Ok(())
    }

    fn insert_before(&mut self, needle: &str, new: &str) -> Result<()> {
        let at = self.once(needle)?;
        self.html.insert_str(at, new);
        Ok(())
    }

    /// The tag of the script whose address contains `name`.
    fn script(&self, name: &str) -> Result<String> {
        let mut tags = self.html.split_inclusive("</script>").filter_map(|piece| {
            let tag = &piece[piece.rfind("<script src=\"")?..];
            tag.contains(name).then_some(tag)
        });
        tags.next().map(str::to_owned).ok_or_else(|| anyhow!(text::mdbook_changed(name)))
    }

    /// Removes that tag and returns it.
    fn take_script(&mut self, name: &str) -> Result<String> {
        let tag = self.script(name)?;
        self.replace(&tag, "")?;
        Ok(tag)
    }

    /// Removes from `start` up to and with the next `end`.
    fn remove_between(&mut self, start: &str, end: &str) -> Result<()> {
        let at = self.once(start)?;
        let rest = &self.html[at..];
        let to = rest.find(end).ok_or_else(|| anyhow!(text::mdbook_changed(end)))?;
        self.html.replace_range(at..at + to + end.len(), "");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_that_does_not_find_its_place_exactly_once_fails() {
        let mut edit = Edit { html: "<a><b><b>".to_owned() };
        assert!(edit.replace("<c>", "").is_err());
        assert!(edit.replace("<b>", "").is_err());
        assert!(edit.replace("<a>", "<x>").is_ok());
    }

    #[test]
    fn the_description_is_the_first_paragraph_without_tags() {
        let html = "<main><h1>Title</h1><p>Say <code>\"hi\"</code> once.</p><p>More</p></main>";
        assert_eq!(first_paragraph(html).unwrap(), "Say &quot;hi&quot; once.");
    }
}
