//! The first sentences: which is fastest, by how much, and whether that difference is real.

use super::number::{percent, prose, times};
use super::text;
use super::view::{Setup, View, share};
use crate::results::Implementation;
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

/// What stands below the first sentence: the best of the other implementations, the slowest, and what remains of it all when the
/// server works.
pub(crate) fn below(view: View, kind: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rows = view.table(kind, Setup::Closed);
    rows.retain(|row| row.rank.is_some());
    if let Some(first) = rows.first() {
        for implementation in [Implementation::Rust, Implementation::Python, Implementation::Yours]
            .into_iter()
            .filter(|implementation| *implementation != first.implementation)
        {
            let best = rows.iter().find(|row| row.implementation == implementation);
            let of_first = best.and_then(|best| share(best.cell.fps.median, first.cell.fps.median));
            if let (Some(best), Some(of_first)) = (best, of_first) {
                let fps = prose(grouped(best.cell.fps.median));
                out.push(text::best_of(
                    text::implementation(implementation),
                    shown(&best.cell.name),
                    fps,
                    prose(percent(of_first)),
                ));
            }
        }
    }
    let behind = |setup, kind| {
        let lead = view.lead(kind, setup)?;
        let ratio = share(lead.first.fps.median, lead.last.fps.median)?;
        Some((shown(&lead.last.name), prose(times(ratio))))
    };
    if let Some((last, ratio)) = behind(Setup::Closed, kind) {
        out.push(text::slowest(last, ratio));
    }
    if let Some((kind, _)) = view.kind_of(Setup::Worked)
        && let Some((last, ratio)) = behind(Setup::Worked, kind)
    {
        let ranks: Vec<usize> = view.table(kind, Setup::Worked).iter().filter_map(|row| row.rank).collect();
        let level = ranks.iter().filter(|rank| **rank == 1).count();
        out.push(text::worked_headline(view.work_ms(), level, ranks.len(), last, ratio));
    }
    if view.results.machine.build == "debug" {
        out.push(text::debug_build());
    }
    out
}

/// A name as a terminal or a page may show it: without control characters.
pub(crate) fn shown(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '�' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::plausible;
    use narrate::Lang;

    #[test]
    fn fastest_calls_a_difference_real_only_beyond_noise_and_without_overlap() {
        let mut results = plausible();
        let mut sentence = |change: &dyn Fn(&mut crate::results::Results)| {
            change(&mut results);
            Lang::En.within(|| fastest(View::of(&results), "jpeg")).unwrap()
        };
        let real = sentence(&|results| results.control.spread = 0.02);
        assert!(real.contains("unix is fastest") && real.ends_with("so that difference is real."), "{real}");
        let draw = sentence(&|results| results.control.spread = 0.3);
        assert!(draw.ends_with("call it a draw."), "{draw}");
        let overlap = sentence(&|results| {
            results.control.spread = 0.02;
            results.cells.iter_mut().filter(|cell| cell.name == "tcp").for_each(|cell| cell.fps.high *= 1.1);
        });
        assert!(overlap.contains("their intervals overlap"), "{overlap}");
        let unknown = sentence(&|results| results.control = Default::default());
        assert!(unknown.contains("No control was measured"), "{unknown}");
    }

    #[test]
    fn below_names_the_other_implementations_the_slowest_and_the_work() {
        let below = Lang::En.within(|| below(View::of(&plausible()), "jpeg"));
        let starts = ["The fastest in Python: socket,", "The slowest, socket-two-sends,", "With 25 ms of work"];
        assert_eq!(below.len(), starts.len(), "{below:?}");
        assert!(below.iter().zip(starts).all(|(sentence, start)| sentence.starts_with(start)), "{below:?}");
    }
}
