//! The first sentences: which is fastest, by how much, and whether that difference is real.

use super::number::{percent, prose, times};
use super::text;
use super::view::{Setup, View, share};
use narrate::grouped;

/// Which is fastest with frames of this kind, by how much, and whether that is more than noise.
pub(crate) fn fastest(view: View, kind: &str) -> Option<String> {
    let Some(lead) = view.lead(kind, Setup::Closed) else {
        let only = view.cells(kind, Setup::Closed).next()?;
        return Some(text::only_one(shown(&only.name), prose(grouped(only.fps.median)), text::kind(kind)));
    };
    let first = text::fastest(shown(&lead.first.name), prose(grouped(lead.first.fps.median)), text::kind(kind));
    let (second, ahead) = (shown(&lead.second.name), prose(percent(lead.ahead)));
    let control = &view.results.control;
    let noise = prose(percent(control.spread));
    let rest = match (lead.certain, control.of.is_empty(), lead.ahead > control.spread) {
        (_, true, _) => text::ahead_unknown(second, ahead),
        (true, ..) => text::ahead(second, ahead, noise),
        (false, _, true) => text::overlapping(second, ahead),
        (false, _, false) => text::not_ahead(second, ahead, noise),
    };
    Some(first + &rest)
}

/// The same in short, where the first sentence stands above.
pub(crate) fn brief(view: View, kind: &str) -> Option<String> {
    let lead = view.lead(kind, Setup::Closed)?;
    let (second, ahead) = (shown(&lead.second.name), prose(percent(lead.ahead)));
    let first = text::brief(text::kind(kind), shown(&lead.first.name), prose(grouped(lead.first.fps.median)));
    let rest = if view.results.control.of.is_empty() {
        text::brief_unknown(second, ahead)
    } else if lead.certain {
        text::brief_ahead(second, ahead)
    } else {
        text::brief_draw(second, ahead)
    };
    Some(first + &rest)
}

/// What stands below the first sentence: the slowest, and what remains of it all when the server works.
pub(crate) fn below(view: View, kind: &str) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(lead) = view.lead(kind, Setup::Closed)
        && let Some(ratio) = share(lead.first.fps.median, lead.last.fps.median)
    {
        out.push(text::slowest(shown(&lead.last.name), prose(times(ratio))));
    }
    if let Some((kind, _)) = view.kind_of(Setup::Worked)
        && let Some(lead) = view.lead(kind, Setup::Worked)
        && let Some(ratio) = share(lead.first.fps.median, lead.last.fps.median)
    {
        let (first, last) = (shown(&lead.first.name), shown(&lead.last.name));
        out.push(text::worked_headline(view.work_ms(), first, last, prose(times(ratio))));
    }
    if view.results.machine.build == "debug" {
        out.push(text::debug_build());
    }
    out
}

/// A name as a terminal or a page may show it: no control characters, whoever chose it.
pub(crate) fn shown(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '�' } else { c }).collect()
}
