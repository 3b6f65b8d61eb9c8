//! The two languages, and how a sentence exists in both or not at all.

use std::cell::Cell;
use std::ffi::OsString;
use std::sync::atomic::{AtomicU8, Ordering};
use std::{env, fmt, fs};

/// A language that the course speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both languages, in the order in which sources write them.
    pub const ALL: [Lang; 2] = [Lang::Vi, Lang::En];

    /// Reads `vi` or `en`; anything else is `None`.
    pub fn from_code(code: &str) -> Option<Lang> {
        match code {
            "vi" => Some(Lang::Vi),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// `vi` or `en`, as in file names, `--lang` and HTML.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The language in which this process speaks now; English until [`Lang::speak`] says otherwise.
    /// Inside of [`Lang::within`], the language of that.
    pub fn current() -> Lang {
        if let Some(lang) = WITHIN.get() {
            return lang;
        }
        if CURRENT.load(Ordering::Relaxed) == Lang::Vi as u8 { Lang::Vi } else { Lang::En }
    }

    /// From now on every sentence of this process is in this language.
    pub fn speak(self) {
        CURRENT.store(self as u8, Ordering::Relaxed);
    }

    /// What `say` gives when this thread speaks this language meanwhile: for a page that holds both.
    pub fn within<T>(self, say: impl FnOnce() -> T) -> T {
        /// Puts the former language back, also when `say` panics.
        struct Back(Option<Lang>);
        impl Drop for Back {
            fn drop(&mut self) {
                WITHIN.set(self.0);
            }
        }
        let _back = Back(WITHIN.replace(Some(self)));
        say()
    }
}

impl Lang {
    /// The language that this reader wants, when no `--lang` says it: the variable `COURSE_LANG`,
    /// then what `cargo course lang` saved, then the locale, then English.
    pub fn detect() -> Lang {
        let chosen = set_variable("COURSE_LANG").or_else(saved);
        let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set_variable);
        chosen
            .and_then(|code| Lang::from_code(code.trim()))
            .or_else(|| locale().filter(|name| name.starts_with("vi")).map(|_| Lang::Vi))
            .unwrap_or(Lang::En)
    }
}

impl Lang {
    /// The word behind `--lang`, wherever among `words` it stands; empty when nothing follows it.
    pub(crate) fn named_in(words: &[OsString]) -> Option<String> {
        words.iter().enumerate().find_map(|(at, word)| {
            let word = word.to_string_lossy();
            let following = || words.get(at + 1).map(|code| code.to_string_lossy().into_owned()).unwrap_or_default();
            word.strip_prefix("--lang=").map(str::to_owned).or_else(|| (word == "--lang").then(following))
        })
    }

    /// Speaks the language that `--lang` names among the arguments `words`, or else the one that
    /// [`Lang::detect`] finds. Called before anything else is read, so that a complaint about an
    /// argument in front of `--lang` is in the language asked for as well.
    pub fn speak_as_asked(words: &[OsString]) {
        let asked = Lang::named_in(words).and_then(|code| Lang::from_code(&code));
        asked.unwrap_or_else(Lang::detect).speak();
    }
}

/// What `cargo course lang` saved: one word in `.course/lang`, at the top of the course.
fn saved() -> Option<String> {
    let here = env::current_dir().ok()?;
    here.ancestors().find_map(|folder| fs::read_to_string(folder.join(".course/lang")).ok())
}

/// An environment variable, unless it is missing or empty (POSIX treats both alike).
fn set_variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

static CURRENT: AtomicU8 = AtomicU8::new(Lang::En as u8);

thread_local! {
    /// The innermost [`Lang::within`] of this thread.
    static WITHIN: Cell<Option<Lang>> = const { Cell::new(None) };
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A fixed sentence in both languages, for tables that are known when the program is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The Vietnamese side.
    pub vi: &'static str,
    /// The English side.
    pub en: &'static str,
}

impl Text {
    /// The side in `lang`.
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }
}

impl fmt::Display for Text {
    /// The side in the language in which this process speaks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get(Lang::current()))
    }
}

/// Declares sentences, each as a function with both languages side by side.
///
/// A missing language, a wrong placeholder or a misspelt name is a compile error; a sentence
/// that nothing says is a dead-code warning.
///
/// ```
/// narrate::texts! {
///     listening(addr) {
///         vi: "Server đang lắng nghe tại {addr}.",
///         en: "The server is listening on {addr}.",
///     }
/// }
/// assert_eq!(listening("127.0.0.1:80"), "The server is listening on 127.0.0.1:80.");
/// ```
#[macro_export]
macro_rules! texts {
    ($( $(#[$attribute:meta])* $name:ident ( $($argument:ident),* $(,)? ) { vi: $vi:literal, en: $en:literal $(,)? } )*) => { $(
        $(#[$attribute])*
        pub(crate) fn $name($($argument: impl ::std::fmt::Display),*) -> ::std::string::String {
            match $crate::Lang::current() {
                $crate::Lang::Vi => ::std::format!($vi),
                $crate::Lang::En => ::std::format!($en),
            }
        }
    )* };
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn a_thread_speaks_another_language_for_a_while() {
        let before = Lang::current();
        let said = Lang::Vi.within(|| (Lang::current(), Lang::En.within(Lang::current), Lang::current()));
        assert_eq!(said, (Lang::Vi, Lang::En, Lang::Vi));
        assert_eq!(Lang::current(), before);
    }
}
