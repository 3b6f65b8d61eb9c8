//! What the lab says to the programs that it measures, and what they answer: the lines of CONTRACT.md.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use xxhash_rust::xxh3::xxh3_64;

/// The longest payload that the lab carries, in bytes.
pub const MAX_PAYLOAD: usize = 16 * 1024 * 1024;

/// A read or write that does not move for this long is an error.
pub const IO_TIMEOUT: Duration = Duration::from_secs(10);

/// XXH3-64 of a payload: fast enough (tens of GB/s) that checking every byte does not hide the transport.
pub fn checksum(payload: &[u8]) -> u64 {
    xxh3_64(payload)
}

/// What to measure: `window=W frames=N`, or `window=W millis=M [rate=R]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// How many frames may be unacknowledged.
    pub window: usize,
    /// When to stop sending.
    pub until: Until,
    /// Frames a second at which they are due, whatever becomes of them; `None`: as soon as the window lets them.
    pub rate: Option<f64>,
}

/// When to stop sending. Outstanding acknowledgements are still awaited.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Until {
    /// After this many frames.
    Frames(u64),
    /// After this time.
    Time(Duration),
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "window={}", self.window)?;
        match self.until {
            Until::Frames(count) => write!(f, " frames={count}")?,
            Until::Time(time) => write!(f, " millis={}", time.as_millis())?,
        }
        self.rate.map_or(Ok(()), |rate| write!(f, " rate={rate}"))
    }
}

impl FromStr for Measure {
    type Err = String;

    fn from_str(words: &str) -> Result<Measure, String> {
        let (mut window, mut until, mut rate) = (None, None, None);
        for word in words.split_whitespace() {
            let (key, value) = word.split_once('=').ok_or_else(|| format!("measure: {word} has no ="))?;
            let wrong = || format!("measure: {word} makes no sense");
            match key {
                "window" => window = Some(value.parse().ok().filter(|count| *count > 0).ok_or_else(wrong)?),
                "frames" => until = Some(Until::Frames(value.parse().map_err(|_| wrong())?)),
                "millis" => until = Some(Until::Time(Duration::from_millis(value.parse().map_err(|_| wrong())?))),
                "rate" => {
                    rate = Some(
                        value.parse().ok().filter(|rate: &f64| rate.is_finite() && *rate > 0.0).ok_or_else(wrong)?,
                    )
                }
                _ => return Err(format!("measure: there is no {key}=")),
            }
        }
        let window = window.ok_or("measure: window= is missing")?;
        Ok(Measure { window, until: until.ok_or("measure: frames= or millis= is missing")?, rate })
    }
}

/// What a driver measured: `measured FRAMES NANOSECONDS LATENCIES`.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// Acknowledged frames.
    pub frames: u64,
    /// From before the first frame is sent until the last acknowledgement is there.
    pub took: Duration,
    /// Nanoseconds and how often, rising.
    pub latencies: Vec<(u64, u64)>,
}

impl Measurement {
    /// Frames a second; 0 if none came.
    pub fn rate(&self) -> f64 {
        if self.frames == 0 { 0.0 } else { self.frames as f64 / self.took.as_secs_f64() }
    }
}

impl fmt::Display for Measurement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "measured {} {} ", self.frames, self.took.as_nanos())?;
        for (at, (value, count)) in self.latencies.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(f, "{comma}{value}:{count}")?;
        }
        Ok(())
    }
}

/// Checks that the figures agree: a driver may be any program.
impl FromStr for Measurement {
    type Err = String;

    fn from_str(answer: &str) -> Result<Measurement, String> {
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
            Some(Measurement { frames, took, latencies: latencies? })
        };
        let measured: Measurement = read().ok_or_else(|| format!("“measured …” expected, not “{answer:.60}”"))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measure_reads_as_it_is_written() {
        for words in ["window=1 frames=100", "window=8 millis=200", "window=2 millis=500 rate=60"] {
            assert_eq!(words.parse::<Measure>().unwrap().to_string(), words);
        }
        for words in [
            "",
            "window=0 frames=1",
            "window=1",
            "frames=1",
            "window=1 millis=5 rate=-1",
            "window=1 frames=1 x=2",
            "window",
        ] {
            assert!(words.parse::<Measure>().is_err(), "{words}");
        }
    }

    #[test]
    fn measurement_reads_as_it_is_written_and_must_agree_with_itself() {
        let measured = "measured 3 9000 1000:2,5000:1";
        assert_eq!(measured.parse::<Measurement>().unwrap().to_string(), measured);
        for lie in ["measured 4 9000 1000:2,5000:1", "measured 1 9000 9000000:1", "measured", "done"] {
            assert!(lie.parse::<Measurement>().is_err(), "{lie}");
        }
    }
}
