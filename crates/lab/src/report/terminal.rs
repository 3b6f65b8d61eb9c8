//! Results as a terminal shows them: at most 80 columns, two or three screens.

mod layout;
mod table;

use std::path::PathBuf;

use super::headline::{below, fastest, shown};
use super::number::{bytes, percent, prose};
use super::text;
use super::view::{Setup, View, localized, share};
use crate::results::{Change, Results, ToolComparison};
use layout::Screen;
use narrate::grouped;

/// All of it, in the language spoken now. Colour only tells the implementations apart, and never alone does so.
pub(crate) fn terminal(results: &Results, colour: bool) -> String {
    let view = View::of(results);
    let mut screen = Screen::new(colour);
    head(view, &mut screen);
    for (kind, bytes) in view.kinds() {
        screen.heading(&text::kind_heading(text::kind(kind), grouped(bytes as f64)));
        table::speed(view, kind, &mut screen);
    }
    if !view.kinds().is_empty() {
        let [rust, python, yours] = table::INK;
        screen.note(&text::legend(rust, python, yours));
        screen.note(&text::latency_paced());
    }
    limits(view, &mut screen);
    if let Some((kind, _)) = view.kind_of(Setup::Worked) {
        screen.heading(&text::worked_heading(view.work_ms(), text::kind(kind)));
        table::worked(view, kind, &mut screen);
    }
    changes(view, &mut screen);
    reference_tools(view, &mut screen);
    remarks(view, &mut screen);
    screen.text
}

/// The last lines: where the files are.
pub(crate) fn written(files: &[PathBuf]) -> String {
    let mut screen = Screen::new(false);
    screen.heading(&text::files_heading());
    // A path stays in one piece, however long, so that it can be copied.
    files.iter().for_each(|file| screen.line(&format!("  {}", file.display())));
    screen.text
}

fn head(view: View, screen: &mut Screen) {
    let (machine, plan) = (&view.results.machine, &view.results.plan);
    screen.heading(&text::title());
    let load =
        machine.load.map(|[before, after]| text::load(prose(format!("{before:.2}")), prose(format!("{after:.2}"))));
    let facts = [machine.cpu.clone(), text::cores(machine.cores), machine.system.clone(), machine.date.clone()];
    let facts: Vec<String> = facts.into_iter().chain(load).filter(|fact| !fact.is_empty()).collect();
    screen.note(&facts.join(" · "));
    screen.note(&format!(
        "{}. {}",
        text::run(plan.rounds, plan.millis, prose(format!("{:.0}", plan.took))),
        localized(&machine.placement)
    ));
    screen.line("");
    let Some((kind, _)) = view.kinds().first().copied() else {
        screen.sentence(&text::nothing_measured());
        return;
    };
    let sentences = fastest(view, kind).into_iter().chain(below(view, kind));
    sentences.for_each(|sentence| screen.sentence(&sentence));
}

fn limits(view: View, screen: &mut Screen) {
    let limits = &view.results.limits;
    if limits.loopback.is_empty() {
        return;
    }
    screen.heading(&text::limits_heading());
    screen.note(&text::limits(bytes(limits.memcpy), bytes(limits.checksum), format!("{:.0}", limits.harness_ns)));
    screen.note(&text::share_heading());
    table::shares(view, screen);
}

fn changes(view: View, screen: &mut Screen) {
    if view.results.changes.is_empty() {
        return;
    }
    screen.heading(&text::changes_heading());
    for change in &view.results.changes {
        screen.sentence(localized(&change.title));
        screen.indented(&pair(view, change));
    }
}

fn pair(view: View, change: &Change) -> String {
    let (before, after) = (&change.before, &change.after);
    let mut line =
        text::change(shown(&before.name), grouped(before.fps.median), shown(&after.name), grouped(after.fps.median));
    if let (Some(before), Some(after)) = (&change.before_work, &change.after_work) {
        line += "; ";
        line += &text::change_worked(view.work_ms(), grouped(before.fps.median), grouped(after.fps.median));
    }
    line
}

fn reference_tools(view: View, screen: &mut Screen) {
    let reference_tools = &view.results.reference_tools;
    if !reference_tools.is_empty() {
        screen.heading(&text::reference_tools_heading());
    }
    for ToolComparison { tool, of, bytes, ours, theirs, .. } in reference_tools {
        let figures = [grouped(*ours), grouped(*theirs)];
        let [we, they] = figures;
        screen.sentence(&text::tool_comparison(
            of,
            tool,
            grouped(*bytes as f64),
            share(*ours, *theirs).map_or("–".into(), |ratio| prose(format!("{ratio:.2}"))),
            we,
            they,
        ));
    }
}

fn remarks(view: View, screen: &mut Screen) {
    let results = view.results;
    screen.heading(&text::control_heading());
    let control = &results.control;
    if control.of.is_empty() {
        screen.sentence(&text::no_control());
    } else {
        let figure = |share| prose(percent(share));
        screen.sentence(&text::control(shown(&control.of), figure(control.apart), figure(control.spread)));
    }
    if !results.excluded.is_empty() {
        screen.heading(&text::excluded_heading());
        results.excluded.iter().for_each(|one| screen.sentence(&shown(&format!("{}: {}", one.name, one.why))));
    }
    if !results.lacking.is_empty() {
        screen.heading(&text::lacking_heading());
        results.lacking.iter().for_each(|sentence| screen.sentence(localized(sentence)));
    }
    if !results.verdicts.is_empty() {
        screen.heading(&text::verdicts_heading());
    }
    for verdict in &results.verdicts {
        let claim = match localized(&verdict.sentence) {
            "" => String::new(),
            claim => format!("“{claim}”: "),
        };
        screen.sentence(&format!("{}  {claim}{}.", verdict.claim, text::verdict(&verdict.verdict)));
        screen.indented(localized(&verdict.because));
    }
}
