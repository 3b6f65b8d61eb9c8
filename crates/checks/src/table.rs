//! The tables of a task: its checks and its hints, each entry with both languages side by side.

/// Declares `CHECKS`, the checks of a task, in the order in which a learner should meet them.
///
/// An entry names the function that talks to the program, and says how many points it is worth and
/// what a right program does. The id follows from the name: `same_bytes` is the check `same-bytes`.
///
/// ```
/// use checks::{Failure, CheckRun};
///
/// fn same_bytes(check: &mut CheckRun) -> Result<(), Failure> {
///     let mut peer = check.start()?.connect()?;
///     peer.send(b"hello")?;
///     peer.expect(b"hello")
/// }
///
/// checks::checks! {
///     same_bytes(2) {
///         vi: "Trả lại đúng những byte đã nhận, ngay khi nhận",
///         en: "Sends back the bytes it got, at once",
///     }
/// }
///
/// assert_eq!((CHECKS[0].id, CHECKS[0].points), ("same-bytes", 2));
/// ```
///
/// A missing language does not compile, nor do two checks of one name.
#[macro_export]
macro_rules! checks {
    ($( $(#[$attribute:meta])* $name:ident ( $points:literal ) { vi: $vi:literal, en: $en:literal $(,)? } )*) => {
        static CHECKS: &[$crate::Check] = &[$(
            $(#[$attribute])*
            $crate::Check {
                id: $crate::id!($name),
                title: $crate::Text { vi: $vi, en: $en },
                points: $points,
                run: $name,
            },
        )*];

        const _: () = {
            /// Two fields of one name are an error, and so are two checks.
            #[allow(dead_code)]
            struct EachNameOnce { $( $(#[$attribute])* $name: () ),* }
        };
    };
}

/// Declares hints, each as a static [`Hint`](crate::Hint): what a learner should look at next.
///
/// A hint names the symptom and the likely cause, never the line to type. The id follows from the
/// name: `LEFT_TOO_EARLY` is the hint `left-too-early`.
///
/// ```
/// checks::hints! {
///     LEFT_TOO_EARLY {
///         vi: "Tôi chưa nói xong mà kết nối đã mất.",
///         en: "I had not finished, and the connection was gone.",
///     }
/// }
///
/// assert_eq!(LEFT_TOO_EARLY.id, "left-too-early");
/// ```
///
/// A missing language does not compile, nor do two hints of one name, nor a hint that no check gives.
#[macro_export]
macro_rules! hints {
    ($( $(#[$attribute:meta])* $name:ident { vi: $vi:literal, en: $en:literal $(,)? } )*) => { $(
        $(#[$attribute])*
        #[cfg_attr(unix, deny(dead_code))] // elsewhere some checks are left out, and their hints with them
        pub(crate) static $name: $crate::Hint =
            $crate::Hint { id: $crate::id!($name), text: $crate::Text { vi: $vi, en: $en } };
    )* };
}

/// Writes a name as an id, when the crate is compiled: `same_bytes` and `SAME_BYTES` as `same-bytes`.
#[doc(hidden)]
#[macro_export]
macro_rules! id {
    ($name:ident) => {{
        const NAME: &str = stringify!($name);
        const BYTES: [u8; NAME.len()] = $crate::id_bytes(NAME);
        match ::std::str::from_utf8(&BYTES) {
            Ok(id) => id,
            Err(_) => unreachable!(),
        }
    }};
}

/// Returns the bytes of the id for `name`, which is as long as the name.
#[doc(hidden)]
pub const fn id_bytes<const LENGTH: usize>(name: &str) -> [u8; LENGTH] {
    let name = name.as_bytes();
    let mut id = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        id[at] = if name[at] == b'_' { b'-' } else { name[at].to_ascii_lowercase() };
        at += 1;
    }
    id
}
