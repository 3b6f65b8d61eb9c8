//! How it was measured, what that does not tell, and where.

use maud::{Markup, html};
use narrate::grouped;

use super::super::headline::shown;
use super::super::number::{bytes, or_dash, percent, prose};
use super::super::text as shared;
use super::super::view::{View, localized};
use super::{Section, text};

/// Ten lines, and what not to conclude.
pub(super) fn method() -> Section {
    let body = html! {
        ol.method { @for line in text::METHOD { li { (line.to_string()) } } }
        h3 { (text::not_told()) }
        ul.method { @for line in text::NOT_TOLD { li { (line.to_string()) } } }
    };
    Section { name: "method", title: text::method(), body }
}

/// The machine, the plan, the control, the candidates that are missing.
pub(super) fn run(view: View) -> Section {
    let results = view.results;
    let control = &results.control;
    let body = html! {
        dl {
            @for (name, value) in facts(view) {
                div { dt { (name) } dd { (value) } }
            }
        }
        h3 { (shared::control_heading()) }
        @if control.of.is_empty() { p { (shared::no_control()) } }
        @else { p { (shared::control(shown(&control.of), prose(percent(control.apart)), prose(percent(control.spread)))) } }
        @if !results.excluded.is_empty() {
            h3 { (shared::excluded_heading()) }
            ul { @for one in &results.excluded { li { strong { (shown(&one.name)) } ": " (shown(&one.why)) } } }
        }
        @if !results.lacking.is_empty() {
            h3 { (shared::lacking_heading()) }
            ul { @for sentence in &results.lacking { li { (localized(sentence)) } } }
        }
        p.note { (text::files()) }
    };
    Section { name: "run", title: text::run_heading(), body }
}

fn facts(view: View) -> Vec<(String, Markup)> {
    let (machine, plan, limits) = (&view.results.machine, &view.results.plan, &view.results.limits);
    let load = machine.load.map(|[before, after]| prose(format!("{before:.2} → {after:.2}"))).unwrap_or_default();
    let cores = format!("{}, {}", machine.cpu, shared::cores(machine.cores));
    let took = prose(format!("{:.0}", plan.took));
    let plan = format!("{}, {}", shared::run(plan.rounds, plan.millis, took), text::seed(plan.seed));
    let mut facts = vec![
        (text::date(), machine.date.clone()),
        (text::processor(), cores.trim_matches([',', ' ']).to_owned()),
        (text::system(), machine.system.clone()),
        (text::compiler(), machine.rust.clone()),
        (text::build(), machine.build.clone()),
        (text::congestion(), machine.congestion_control.clone().unwrap_or_default()),
        (text::load_label(), load),
        (text::placement(), localized(&machine.placement).to_owned()),
        (text::network(), localized(&machine.network).to_owned()),
        (text::plan(), plan),
    ];
    if limits.memcpy > 0.0 {
        let harness = prose(format!("{:.0}", limits.harness_ns));
        facts
            .push((text::limits_label(), prose(shared::limits(bytes(limits.memcpy), bytes(limits.checksum), harness))));
    }
    let ways = html! {
        @for way in &limits.loopback {
            span.line { (shared::one_way(shared::kind(&way.kind), grouped(way.ours), or_dash(way.iperf3.map(grouped)))) }
        }
    };
    let shown = facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, html! { (value) }));
    shown.chain((!limits.loopback.is_empty()).then(|| (text::one_way_line(), ways))).collect()
}
