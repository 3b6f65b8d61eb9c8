//! `{{#glossary GROUP}}`: the agreed words, with what each means.

use super::DirectiveContext;
use crate::course::{Both, Course};
use crate::markdown::{escape, inline};
use crate::problem::Problem;
use crate::text;
use narrate::Lang;
use serde::Deserialize;

/// The table of words, relative to the package `book`.
pub const FILE: &str = "glossary.toml";

/// `glossary.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// Every agreed word, in order.
    pub term: Vec<Term>,
}

/// One word of the field: how each language says it, and what it means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The section of the glossary page.
    pub group: String,
    /// The English term, as the page shows it.
    pub en: String,
    /// The agreed Vietnamese rendering, as the page shows it.
    pub vi: String,
    /// What it means.
    pub means: Both,
    /// English forms whose use on a page asks for one of `renderings` on the other side. None
    /// for a word that also has an everyday meaning ("check", "process"): there is no telling.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Vietnamese forms that count as the agreed rendering.
    #[serde(default)]
    pub renderings: Vec<String>,
}

impl Glossary {
    /// Reads the table.
    pub fn read(course: &Course) -> Result<Glossary, Problem> {
        course.table(FILE)
    }
}

impl Term {
    /// The fragment under which the glossary page shows this term, the same in both languages.
    pub fn anchor(&self) -> String {
        let slug: String = self.en.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
        format!("term-{}", words.join("-").to_lowercase())
    }
}

/// The terms of one group as a definition list.
pub fn expand(context: &DirectiveContext, group: &str) -> Result<String, String> {
    let glossary = Glossary::read(context.course).map_err(|problem| problem.to_string())?;
    let terms: Vec<&Term> = glossary.term.iter().filter(|term| term.group == group).collect();
    if terms.is_empty() {
        return Err(text::glossary_group_unknown(group));
    }
    let mut out = String::from("<dl class=\"glossary\">\n");
    for term in terms {
        let (name, other, other_lang) = match context.lang() {
            Lang::Vi => (&term.vi, &term.en, Lang::En),
            Lang::En => (&term.en, &term.vi, Lang::Vi),
        };
        let other = if other == name {
            String::new()
        } else {
            format!(" <span lang=\"{other_lang}\">{}</span>", escape(other))
        };
        out += &format!(
            "<dt id=\"{}\">{}{other}</dt>\n<dd>{}</dd>\n",
            term.anchor(),
            escape(name),
            inline(term.means.get(context.lang())),
        );
    }
    Ok(out + "</dl>")
}
