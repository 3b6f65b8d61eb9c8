//! `report.html`: one file that asks for nothing, in both languages. Everything is there without JavaScript; the script
//! only changes language, theme, scale and kind.

mod cost;
mod latency;
mod method;
mod speed;
mod story;
mod table;
mod text;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use narrate::Lang;

use super::headline::{below, brief, fastest};
use super::text as shared;
use super::view::{View, localized};
use crate::results::Results;

const STYLE: &str = concat!(include_str!("page/style.css"), include_str!("page/chart.css"));
const SCRIPT: &str = include_str!("page/switch.js");

/// The whole page. It opens in the language spoken now.
pub(super) fn page(results: &Results) -> String {
    let view = View::of(results);
    let lang = Lang::current();
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (shared::title()) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (patterns())
                // The language of the run first: that is what a reader without style sheets sees first.
                @for lang in [lang, if lang == Lang::Vi { Lang::En } else { Lang::Vi }] {
                    (lang.within(|| body(view)))
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

/// A pattern that tells a implementation apart where its colour does not.
fn patterns() -> Markup {
    html! {
        svg width="0" height="0" style="position:absolute" aria-hidden="true" {
            pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect.under width="6" height="6" {}
                rect.over width="3" height="6" {}
            }
        }
    }
}

/// An id that is unique though the page is there twice.
fn id(name: &str) -> String {
    format!("{}-{name}", Lang::current())
}

fn body(view: View) -> Markup {
    let lang = Lang::current();
    let other = if lang == Lang::Vi { Lang::En } else { Lang::Vi };
    let sections: Vec<Section> = [
        speed::speed(view),
        speed::worked(view),
        story::changes(view),
        story::verdicts(view),
        story::reference_tools(view),
        latency::latency(view),
        cost::cost(view),
        latency::sweep(view),
        Some(method::method()),
        Some(method::run(view)),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        main id=(lang) lang=(lang) data-title=(shared::title()) {
            header {
                div.switches {
                    a.language href={ "#" (other) } hreflang=(other) lang=(other) { (text::other_language()) }
                    button.theme.scripted type="button" aria-pressed="false" { (text::dark()) }
                }
                h1 { (shared::title()) }
                (lead(view))
                (facts(view))
            }
            nav aria-label=(text::contents()) {
                @for section in &sections { a href={ "#" (id(section.name)) } { (section.title) } }
            }
            @for section in sections {
                section id=(id(section.name)) aria-labelledby=(id(&format!("{}-h", section.name))) {
                    h2 id=(id(&format!("{}-h", section.name))) { (section.title) }
                    (section.body)
                }
            }
        }
    }
}

/// A part of the page.
struct Section {
    /// What its id is made of.
    name: &'static str,
    title: String,
    body: Markup,
}

/// The answer, in sentences made from the data.
fn lead(view: View) -> Markup {
    let kinds = view.kinds();
    let Some((first, _)) = kinds.first() else { return html! { p.lead { (shared::nothing_measured()) } } };
    html! {
        p.lead { (fastest(view, first).unwrap_or_default()) }
        ul.below {
            @for sentence in below(view, first) { li { (sentence) } }
            @for (kind, _) in &kinds[1..] {
                @if let Some(sentence) = brief(view, kind) { li { (sentence) } }
            }
        }
    }
}

/// Where it comes from, in a line.
fn facts(view: View) -> Markup {
    let (machine, plan) = (&view.results.machine, &view.results.plan);
    let took = super::number::prose(format!("{:.0}", plan.took));
    let facts = [
        machine.date.clone(),
        machine.cpu.clone(),
        shared::cores(machine.cores),
        machine.system.clone(),
        shared::run(plan.rounds, plan.millis, took),
        localized(&machine.network).trim_end_matches('.').to_owned(),
    ];
    html! { p.facts { (facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")) } }
}
