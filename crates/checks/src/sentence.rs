//! A sentence with values in it, in both languages at once.
//!
//! A verdict is made once and may be read twice: on the learner's terminal in one language, on a
//! teacher's page in the other. So a failure keeps both sides until it is rendered.

use crate::{Lang, Text};

/// A sentence that was put together at run time, in both languages. A fixed one is a [`Text`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The Vietnamese side.
    pub vi: String,
    /// The English side.
    pub en: String,
}

impl Sentence {
    /// Returns the side in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// Returns whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty()
    }
}

impl From<Text> for Sentence {
    fn from(text: Text) -> Sentence {
        Sentence { vi: text.vi.to_owned(), en: text.en.to_owned() }
    }
}

/// Makes a [`Sentence`]; names in braces are taken from the scope, as in `format!`.
///
/// ```
/// let count = 3;
/// let sentence = checks::sentence! { vi: "{count} byte", en: "{count} bytes" };
/// assert_eq!(sentence.get(checks::Lang::Vi), "3 byte");
/// ```
#[macro_export]
macro_rules! sentence {
    (vi: $vi:literal, en: $en:literal $(,)?) => {
        $crate::Sentence { vi: ::std::format!($vi), en: ::std::format!($en) }
    };
}
