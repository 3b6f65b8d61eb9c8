//! What a driver says it measured, read with suspicion.

use std::time::Duration;

/// What a driver says it measured.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Measured {
    pub(crate) frames: u64,
    pub(crate) took: Duration,
    /// Nanoseconds and how often, rising.
    pub(crate) latencies: Vec<(u64, u64)>,
}

impl std::str::FromStr for Measured {
    type Err = String;

    fn from_str(answer: &str) -> Result<Measured, String> {
        let read = || {
            let mut words = answer.strip_prefix("measured ")?.split(' ');
            let (frames, took) = (words.next()?.parse().ok()?, Duration::from_nanos(words.next()?.parse().ok()?));
            let pair = |pair: &str| {
                let (value, count) = pair.split_once(':')?;
                Some((value.parse().ok()?, count.parse().ok()?))
            };
            let pairs = words.next().unwrap_or_default();
            let latencies: Option<Vec<(u64, u64)>> =
                pairs.split(',').filter(|pair| !pair.is_empty()).map(pair).collect();
            Some(Measured { frames, took, latencies: latencies? })
        };
        let measured: Measured = read().ok_or_else(|| format!("“measured …” expected, not “{answer:.60}”"))?;
        let counted: u64 = measured.latencies.iter().map(|(_, count)| count).sum();
        // Slack for clocks read a moment apart: a value may be rounded up by a thousandth.
        let longest = measured.latencies.iter().map(|(value, _)| *value).max().unwrap_or(0);
        if counted != measured.frames {
            return Err(format!("{} frames measured, but {counted} latencies", measured.frames));
        }
        if longest as f64 > measured.took.as_nanos() as f64 * 1.01 + 1e6 {
            return Err(format!("a frame took {longest} ns, longer than all of them, {} ns", measured.took.as_nanos()));
        }
        Ok(measured)
    }
}

impl Measured {
    /// Frames a second; 0 if none came.
    pub(crate) fn rate(&self) -> f64 {
        if self.frames == 0 { 0.0 } else { self.frames as f64 / self.took.as_secs_f64() }
    }
}
