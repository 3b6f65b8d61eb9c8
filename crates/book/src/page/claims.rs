//! `{{#claim C07}}` and `{{#claims}}`: the sentences of the note that the course puts to the test.

mod run;

use super::DirectiveContext;
use crate::course::{Both, Course};
use crate::markdown::{escape, inline};
use crate::problem::{Problem, line_at};
use crate::text;
use narrate::{Lang, Text};
use serde::Deserialize;
use std::fs;

/// The table of claims, relative to the package `book`.
pub const FILE: &str = "claims.toml";
/// The page that lists them all; boxes on other pages link to it.
const LEDGER: &str = "claims.md";

/// `claims.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// Every claim, in order.
    pub claim: Vec<Claim>,
}

/// One sentence of the note, and what came out when it was tried.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// `C01` to `C32`.
    pub id: String,
    /// The lessons that put it to the test.
    pub lessons: Vec<u8>,
    /// What the note says: Vietnamese word for word, English as a translation.
    pub note: Both,
    /// What came out; none until a lesson has tried it.
    pub verdict: Option<ClaimVerdict>,
    /// Why, in one paragraph.
    pub reason: Option<Both>,
    /// What the lessons that exist have shown, while a part of the sentence waits for a lesson to come.
    #[serde(rename = "so-far")]
    pub so_far: Option<Both>,
    /// The command with which a reader sees it.
    pub command: Option<String>,
    /// What the lesson's golden transcript must say for the verdict, or what holds so far, to stand.
    pub evidence: Option<Evidence>,
    /// The file of verdicts of a committed run, relative to the package `book`: what a lesson has that measures, since
    /// no transcript of it can be golden. It must say the same of the claim.
    pub run: Option<String>,
}

/// Strings that the transcript of each language must contain.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// In the Vietnamese transcript.
    pub vi: Vec<String>,
    /// In the English transcript.
    pub en: Vec<String>,
}

/// What an experiment says about a claim.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimVerdict {
    /// It holds.
    True,
    /// It holds under a condition that the reason states.
    TrueBut,
    /// It does not; the reason says what is true instead.
    False,
}

const TITLE: Text = Text { vi: "Trích ghi chép", en: "The note says" };
const SEE: Text = Text { vi: "Tự xem:", en: "See for yourself:" };
const JUDGED: Text = Text { vi: "Đã kiểm chứng", en: "Judged" };
const IN_PART: Text = Text { vi: "mới thử một phần", en: "tried in part" };

impl ClaimVerdict {
    const ALL: [ClaimVerdict; 3] = [ClaimVerdict::True, ClaimVerdict::TrueBut, ClaimVerdict::False];

    /// As the badge says it.
    pub fn label(self) -> Text {
        match self {
            ClaimVerdict::True => Text { vi: "đúng", en: "true" },
            ClaimVerdict::TrueBut => Text { vi: "đúng, nhưng", en: "true, but" },
            ClaimVerdict::False => Text { vi: "sai", en: "false" },
        }
    }

    fn class(self) -> &'static str {
        match self {
            ClaimVerdict::True => "true",
            ClaimVerdict::TrueBut => "true-but",
            ClaimVerdict::False => "false",
        }
    }
}

impl Claims {
    /// Reads the table.
    pub fn read(course: &Course) -> Result<Claims, Problem> {
        course.table(FILE)
    }

    /// Everything in the table that cannot stand: a verdict without its reason, command or
    /// evidence, evidence that the lesson's transcript does not contain, and a "so far" whose time is over.
    pub fn problems(&self, course: &Course) -> Vec<Problem> {
        let path = course.book().join(FILE);
        let file = course.relative(&path);
        let source = fs::read_to_string(&path).unwrap_or_default();
        let mut problems = Vec::new();
        for claim in &self.claim {
            let line = source.find(&format!("\"{}\"", claim.id)).map_or(0, |at| line_at(&source, at));
            let mut add = |message: String| problems.push(Problem::new(file, line, message));
            if claim.lessons.is_empty() {
                add(text::claim_incomplete(&claim.id, "lessons"));
            }
            if self.claim.iter().filter(|other| other.id == claim.id).count() > 1 {
                add(text::claim_twice(&claim.id));
            }
            match (claim.verdict, &claim.so_far) {
                (None, None) => continue,
                (Some(_), Some(_)) => add(text::claim_settled(&claim.id)),
                (Some(_), None) if claim.reason.is_none() => add(text::claim_incomplete(&claim.id, "reason")),
                (None, Some(_)) if claim.to_come(course).is_empty() => {
                    add(text::claim_due(&claim.id, list(&claim.lessons)));
                }
                _ => {}
            }
            if claim.command.is_none() {
                add(text::claim_incomplete(&claim.id, "command"));
            }
            if claim.evidence.is_none() && claim.run.is_none() {
                add(text::claim_incomplete(&claim.id, "evidence"));
            }
            if let Some(evidence) = &claim.evidence {
                for (lang, wanted) in [(Lang::Vi, &evidence.vi), (Lang::En, &evidence.en)] {
                    claim.check_evidence(course, lang, wanted, &mut add);
                }
            }
            if let Some(Err(why)) = claim.run.as_ref().map(|file| claim.check_run(course, file)) {
                add(why);
            }
        }
        problems
    }
}

impl Claim {
    fn check_evidence(&self, course: &Course, lang: Lang, wanted: &[String], add: &mut impl FnMut(String)) {
        if wanted.is_empty() {
            add(text::claim_incomplete(&self.id, format_args!("evidence.{lang}")));
        }
        let transcripts: Vec<String> = self
            .lessons
            .iter()
            .filter_map(|&number| course.transcript(number, lang))
            .filter_map(|path| fs::read_to_string(path).ok())
            .collect();
        for string in wanted {
            if !transcripts.iter().any(|transcript| transcript.contains(string)) {
                let lessons = list(&self.lessons);
                add(text::claim_evidence_missing(&self.id, lessons, lang, string));
            }
        }
    }

    /// Those of its lessons that have no chapter yet.
    fn to_come(&self, course: &Course) -> Vec<u8> {
        self.lessons.iter().copied().filter(|&number| course.chapter(number).is_none()).collect()
    }

    fn badge(&self, course: &Course, lang: Lang) -> String {
        let (class, label) = match (self.verdict, &self.so_far) {
            (Some(verdict), _) => (verdict.class(), verdict.label().get(lang).to_owned()),
            (None, Some(_)) => {
                let (part, lessons) = (IN_PART.get(lang), list(&self.to_come(course)));
                let label = match lang {
                    Lang::Vi => format!("{part}, chờ bài {lessons}"),
                    Lang::En => format!("{part}, lesson {lessons} to come"),
                };
                ("open", label)
            }
            (None, None) => {
                let lessons = list(&self.lessons);
                let label = match lang {
                    Lang::Vi => format!("chưa kiểm chứng: bài {lessons}"),
                    Lang::En => format!("not yet judged: lesson {lessons}"),
                };
                ("open", label)
            }
        };
        format!("<span class=\"badge {class}\">{label}</span>")
    }

    /// The head and body of a box. `id_link` is where the claim's number leads.
    fn boxed(&self, context: &DirectiveContext, id_link: &str, anchor: &str) -> String {
        let lang = context.lang();
        let title = TITLE.get(lang);
        let mut out = format!(
            "<div class=\"claim\"{anchor}>\n<p class=\"claim-head\"><a href=\"{id_link}\">{id}</a> <span>{title}</span> {badge}</p>\n<blockquote><p>{note}</p></blockquote>\n",
            id = self.id,
            badge = self.badge(context.course, lang),
            note = escape(self.note.get(lang)),
        );
        if let Some(reason) = self.reason.as_ref().or(self.so_far.as_ref()) {
            out += &format!("<p>{}</p>\n", inline(reason.get(lang)));
        }
        out += &self.run_says(context.course, lang).unwrap_or_default();
        if let Some(command) = &self.command {
            let see = SEE.get(lang);
            out += &format!("<p class=\"claim-see\">{see} <code>{}</code></p>\n", escape(command));
        }
        out + "</div>"
    }
}

/// Lessons as `08, 11`.
fn list(lessons: &[u8]) -> String {
    let numbers: Vec<String> = lessons.iter().map(|number| format!("{number:02}")).collect();
    numbers.join(", ")
}

/// The box of one claim on a chapter's page.
pub fn one(context: &DirectiveContext, id: &str) -> Result<String, String> {
    let claims = Claims::read(context.course).map_err(|problem| problem.to_string())?;
    let claim = claims.claim.iter().find(|claim| claim.id == id).ok_or_else(|| text::claim_unknown(id))?;
    let link = format!("{LEDGER}#{}", id.to_lowercase());
    Ok(claim.boxed(context, &link, ""))
}

/// The ledger: how many have been judged, and the box of each with its way to the chapter.
pub fn all(context: &DirectiveContext) -> Result<String, String> {
    let claims = Claims::read(context.course).map_err(|problem| problem.to_string())?;
    let lang = context.lang();
    let count = |verdict: ClaimVerdict| claims.claim.iter().filter(|c| c.verdict == Some(verdict)).count();
    let mut tally: Vec<String> = ClaimVerdict::ALL
        .into_iter()
        .map(|verdict| {
            let (class, label) = (verdict.class(), verdict.label().get(lang));
            format!("<span class=\"badge {class}\">{label}</span> {}", count(verdict))
        })
        .collect();
    let in_part = claims.claim.iter().filter(|claim| claim.so_far.is_some()).count();
    if in_part > 0 {
        tally.push(format!("<span class=\"badge open\">{}</span> {in_part}", IN_PART.get(lang)));
    }
    let judged = claims.claim.iter().filter(|claim| claim.verdict.is_some()).count();
    let mut out = format!(
        "<p class=\"claim-tally\">{} {judged}/{}: {}</p>",
        JUDGED.get(lang),
        claims.claim.len(),
        tally.join(" · "),
    );
    for claim in &claims.claim {
        let anchor = format!(" id=\"{}\"", claim.id.to_lowercase());
        let chapter = claim.lessons.iter().find_map(|&number| context.course.chapter(number));
        let link = chapter.unwrap_or_else(|| format!("#{}", claim.id.to_lowercase()));
        out += &format!("\n\n{}", claim.boxed(context, &link, &anchor));
    }
    Ok(out)
}
