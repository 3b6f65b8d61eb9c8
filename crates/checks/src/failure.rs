//! One failure: the symptom, what led to it, and what to look at next.

use crate::Text;
use crate::log::Event;
use crate::sentence::Sentence;
use crate::symptom::{Hint, Symptom};

/// The place where what came differs from what had to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How many bytes before this place were right.
    pub offset: usize,
    /// What had to come, from `start` on.
    pub expected: Vec<u8>,
    /// What came, from `start` on.
    pub received: Vec<u8>,
    /// The offset of the first byte that is kept: a little before the difference.
    pub start: usize,
}

impl Difference {
    /// How many bytes are kept in front of the difference, and from it on.
    const BEFORE: usize = 6;
    const AFTER: usize = 7;

    /// Finds the first difference between the two; `None` when one is the beginning of the other or
    /// they are equal.
    pub fn find(expected: &[u8], received: &[u8]) -> Option<Difference> {
        let offset = expected.iter().zip(received).position(|(one, other)| one != other)?;
        Some(Difference::at(offset, expected, received))
    }

    /// Makes the difference at `offset`, which may be the end of either.
    pub fn at(offset: usize, expected: &[u8], received: &[u8]) -> Difference {
        let start = offset.saturating_sub(Difference::BEFORE);
        let window = |bytes: &[u8]| {
            let end = bytes.len().min(offset + Difference::AFTER);
            bytes.get(start..end).unwrap_or_default().to_vec()
        };
        Difference { offset, expected: window(expected), received: window(received), start }
    }
}

/// Why a program did not pass a check.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What our side noticed.
    pub symptom: Symptom,
    /// What happened, in one sentence.
    pub what: Sentence,
    /// What was said until then, oldest first.
    pub timeline: Vec<Event>,
    /// Where the bytes differ, when that is the trouble.
    pub difference: Option<Box<Difference>>,
    /// What to look at next.
    pub hint: Option<&'static Hint>,
    /// The last lines of the program's stderr.
    pub stderr: Vec<String>,
}

impl Failure {
    /// Makes a failure of the program.
    pub fn new(symptom: Symptom, what: impl Into<Sentence>) -> Failure {
        Failure { symptom, what: what.into(), timeline: Vec::new(), difference: None, hint: None, stderr: Vec::new() }
    }

    /// Makes a failure of the checker: no descriptor left, no port, no permission. The check is tried
    /// again, and if it stays so the verdict is [`Verdict::Infra`](crate::Verdict::Infra).
    pub fn infra(doing: &str, error: &dyn std::fmt::Display) -> Failure {
        Failure::new(Symptom::Infra, crate::sentence! { vi: "{doing}: {error}", en: "{doing}: {error}" })
    }

    /// Makes a failure that skips the check: this system does not show what it looks at.
    pub fn unsupported() -> Failure {
        Failure::new(Symptom::Unsupported, Skip::UNSUPPORTED)
    }

    /// Makes a failure that skips the check: this machine has IPv6 switched off.
    pub fn no_ipv6() -> Failure {
        Failure::new(Symptom::NoIpv6, Skip::NO_IPV6)
    }

    /// Adds one more sentence about what happened.
    pub fn with_more(mut self, more: Sentence) -> Failure {
        self.what.vi += &more.vi;
        self.what.en += &more.en;
        self
    }

    /// Returns how many bytes were right before the first that differs; `None` when no byte has come or the bytes
    /// are not what is wrong.
    pub fn right_bytes(&self) -> Option<usize> {
        self.difference.as_ref().map(|difference| difference.offset)
    }

    /// Returns the id of the hint, for tests and for `cargo course hint`.
    pub fn hint_id(&self) -> Option<&'static str> {
        self.hint.map(|hint| hint.id)
    }
}

/// Attaches to a failure the hint that fits what the check was doing. The first that fits stays.
pub trait Explain: Sized {
    /// If the symptom is `symptom`, the hint is `hint`.
    fn hint(self, symptom: Symptom, hint: &'static Hint) -> Self {
        self.hint_when(|seen| seen == symptom, hint)
    }

    /// If the other side is gone, in whichever way ([`Symptom::is_gone`]), the hint is `hint`.
    fn hint_if_gone(self, hint: &'static Hint) -> Self {
        self.hint_when(Symptom::is_gone, hint)
    }

    /// Whatever the symptom, the hint is `hint`. Say it last.
    fn or_hint(self, hint: &'static Hint) -> Self {
        self.hint_when(|_| true, hint)
    }

    /// If `fits` says so of the symptom, the hint is `hint`.
    fn hint_when(self, fits: impl FnOnce(Symptom) -> bool, hint: &'static Hint) -> Self;
}

/// For a step that a check can do without.
pub trait IfSupported<T> {
    /// `None` where the system does not show what this step looks at.
    fn if_supported(self) -> Result<Option<T>, Failure>;
}

impl<T> IfSupported<T> for Result<T, Failure> {
    fn if_supported(self) -> Result<Option<T>, Failure> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(failure) if failure.symptom == Symptom::Unsupported => Ok(None),
            Err(failure) => Err(failure),
        }
    }
}

impl<T> Explain for Result<T, Failure> {
    fn hint_when(self, fits: impl FnOnce(Symptom) -> bool, hint: &'static Hint) -> Self {
        self.map_err(|mut failure| {
            if failure.hint.is_none() && failure.symptom.is_about_the_program() && fits(failure.symptom) {
                failure.hint = Some(hint);
            }
            failure
        })
    }
}

/// Why a check may be skipped.
#[derive(Debug)]
pub struct Skip;

impl Skip {
    /// Waiting once more would only make the learner wait.
    pub const TIMEOUTS: Text = Text {
        vi: "bỏ qua: chương trình đã quá hạn ba lần, sửa chỗ đó trước",
        en: "skipped: the program missed three deadlines; fix that first",
    };
    /// The system offers no way to look, for instance a count of descriptors on Windows.
    pub const UNSUPPORTED: Text = Text {
        vi: "bỏ qua: hệ điều hành này không cho xem điều cần kiểm tra (Linux thì có)",
        en: "skipped: this system does not show what the check looks at (Linux does)",
    };
    /// IPv6 may be switched off; that is no fault of the program.
    pub const NO_IPV6: Text =
        Text { vi: "bỏ qua: máy này đang tắt IPv6", en: "skipped: IPv6 is switched off on this machine" };
}

#[cfg(test)]
mod tests {
    use super::*;

    static ONE: Hint = Hint { id: "one", text: Text { vi: "một", en: "one" } };
    static TWO: Hint = Hint { id: "two", text: Text { vi: "hai", en: "two" } };

    fn fail(symptom: Symptom) -> Result<(), Failure> {
        Err(Failure::new(symptom, Text { vi: "hỏng", en: "broken" }))
    }

    #[test]
    fn hint_keeps_the_first_that_fits() {
        let hint = |result: Result<(), Failure>| result.unwrap_err().hint_id();
        assert_eq!(hint(fail(Symptom::Reset).hint(Symptom::Silence, &ONE).or_hint(&TWO)), Some("two"));
        assert_eq!(hint(fail(Symptom::Reset).hint_if_gone(&ONE).or_hint(&TWO)), Some("one"));
        assert_eq!(hint(fail(Symptom::Silence).hint_if_gone(&ONE)), None);
    }

    #[test]
    fn infra_failure_gets_no_hint() {
        assert_eq!(fail(Symptom::Infra).or_hint(&ONE).unwrap_err().hint_id(), None);
    }

    #[test]
    fn difference_keeps_a_window_around_the_offset() {
        let expected = b"abcdefghijklmnopqrstuvwxyz";
        let mut received = *expected;
        received[20] = b'X';
        let difference = Difference::find(expected, &received).unwrap();
        assert_eq!((difference.offset, difference.start), (20, 14));
        assert_eq!(difference.expected, b"opqrstuvwxyz");
        assert_eq!(difference.received, b"opqrstXvwxyz");
        assert_eq!(Difference::find(b"abc", b"ab"), None);
    }
}
