//! Where a run was measured: the machine, where the ends ran, what lay between them.

use std::fs;

use crate::placement::Placement;
use crate::results::{Machine, Sentence};
use crate::text;

/// This machine, with its load before the run and now.
pub(crate) fn machine(load_before: Option<f64>, placement: Placement, network: Sentence) -> Machine {
    let narrate::Machine { cpu, cores, system, rust, date } = narrate::Machine::here();
    let congestion = fs::read_to_string("/proc/sys/net/ipv4/tcp_congestion_control").ok();
    Machine {
        cpu,
        cores,
        system,
        rust,
        date,
        build: if cfg!(debug_assertions) { "debug" } else { "release" }.to_owned(),
        congestion_control: congestion.map(|name| name.trim().to_owned()),
        load: load_before.zip(load()).map(|(before, after)| [before, after]),
        placement: match placement {
            Placement::Free => Sentence::of(text::placed_freely),
            _ => Sentence::of(text::placed_on_two),
        },
        network,
    }
}

/// How many processes wanted to run in the last minute (`/proc/loadavg`).
pub(crate) fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}
