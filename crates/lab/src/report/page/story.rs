//! What single changes do, and what is to be said of the note.

use maud::{Markup, html};
use narrate::grouped;

use super::super::chart::Caption;
use super::super::chart::bars::{Bar, Scales, bars};
use super::super::headline::shown;
use super::super::number::{prose, times};
use super::super::tables;
use super::super::text as shared;
use super::super::view::{View, localized, share};
use super::table::table;
use super::{Section, id, text};
use crate::results::{CandidateRate, Change};

/// One change at a time.
pub(super) fn changes(view: View) -> Option<Section> {
    if view.results.changes.is_empty() {
        return None;
    }
    let body = html! {
        p { (text::changes_intro()) }
        (super::speed::implementations(view))
        @for (n, change) in view.results.changes.iter().enumerate() { (card(view, n, change)) }
    };
    Some(Section { name: "changes", title: shared::changes_heading(), body })
}

fn card(view: View, n: usize, change: &Change) -> Markup {
    let worked = change.before_work.as_ref().zip(change.after_work.as_ref());
    html! {
        article.change {
            h3 { (localized(&change.title)) }
            p { (localized(&change.why)) }
            div.pair {
                (pair(view, &format!("change-{n}"), &format!("{}, {}", text::alone(), shared::kind(&change.kind)), &change.before, &change.after))
                @if let Some((before, after)) = worked {
                    (pair(view, &format!("change-{n}-worked"), &text::with_work(view.work_ms()), before, after))
                }
            }
        }
    }
}

fn pair(view: View, name: &str, title: &str, before: &CandidateRate, after: &CandidateRate) -> Markup {
    let bar = |one: &CandidateRate, label: &'static str| -> (String, CandidateRate) {
        (format!("{label}{}", shown(&one.name)), one.clone())
    };
    let both = [bar(before, ""), bar(after, "→ ")];
    let drawn: Vec<Bar> = both
        .iter()
        .map(|(name, one)| Bar {
            rank: String::new(),
            name,
            implementation: view.implementation(&one.name),
            parts: vec![one.fps.median],
            interval: Some(one.fps),
            figure: grouped(one.fps.median),
        })
        .collect();
    let fps = |one: &CandidateRate| grouped(one.fps.median);
    let desc = text::change_desc(shown(&before.name), fps(before), shown(&after.name), fps(after));
    let caption = Caption { id: id(name), title: title.to_owned(), desc };
    html! {
        figure {
            figcaption { span { (title) } strong { (effect(view, before, after)) } }
            (bars(&caption, &drawn, &[], Scales::linear(before.fps.high.max(after.fps.high))))
        }
    }
}

/// How much a change did, if it surely did anything.
fn effect(view: View, before: &CandidateRate, after: &CandidateRate) -> String {
    let (from, to) = (before.fps, after.fps);
    let ratio = |part: f64, whole: f64| prose(share(part, whole).map_or("–".into(), precise));
    match (view.surely(to, from), view.surely(from, to)) {
        (true, _) => text::times_faster(ratio(to.median, from.median)),
        (_, true) => text::times_slower(ratio(from.median, to.median)),
        _ => text::no_difference(),
    }
}

/// Small ratios need two digits: 1.06 is not 1.1.
fn precise(ratio: f64) -> String {
    if ratio < 1.995 { format!("{ratio:.2}") } else { times(ratio) }
}

/// What the note says, and what this run says of it.
pub(super) fn verdicts(view: View) -> Option<Section> {
    if view.results.verdicts.is_empty() {
        return None;
    }
    let body = html! {
        div.cards {
            @for verdict in &view.results.verdicts {
                article.verdict {
                    p.claim { span.id { (verdict.claim) } @if !localized(&verdict.sentence).is_empty() { " “" (localized(&verdict.sentence)) "”" } }
                    p.word.(word(&verdict.verdict)) { (shared::verdict(&verdict.verdict).to_string()) }
                    p { (localized(&verdict.because)) }
                }
            }
        }
    };
    Some(Section { name: "verdicts", title: shared::verdicts_heading(), body })
}

/// Well-known tools and our transports, in turns against the same servers; `None` where they were not asked for.
pub(super) fn reference_tools(view: View) -> Option<Section> {
    if view.results.reference_tools.is_empty() {
        return None;
    }
    let title = shared::reference_tools_heading();
    let body = html! {
        p { (text::reference_tools_intro()) }
        (table(&title, &tables::reference_tools(view)))
    };
    Some(Section { name: "reference-tools", title, body })
}

/// The class of a verdict: only the known ones, whatever the file says.
fn word(verdict: &str) -> &'static str {
    match verdict {
        "true" => "yes",
        "true-but" => "but",
        "false" => "no",
        _ => "open",
    }
}
