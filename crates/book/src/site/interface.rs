//! mdBook's own interface speaks English. This table says it in Vietnamese.
//!
//! Every line must still be found in what mdBook writes: after an upgrade that changes a
//! sentence the build fails, instead of English coming back unseen.

use std::collections::BTreeSet;

/// In which files a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// On every page.
    EveryPage,
    /// On at least one page of a book.
    SomePage,
    /// On the pages that use it: the titles of admonitions.
    IfUsed,
    /// In the script whose name starts so.
    Script(&'static str),
}

/// What mdBook writes, and what stands there in the Vietnamese book.
pub const TABLE: &[(Where, &str, &str)] = &[
    (Where::EveryPage, ">Keyboard shortcuts<", ">Phím tắt<"),
    (
        Where::EveryPage,
        "<p>Press <kbd>←</kbd> or <kbd>→</kbd> to navigate between chapters</p>",
        "<p><kbd>←</kbd> hoặc <kbd>→</kbd>: sang chương khác</p>",
    ),
    (
        Where::EveryPage,
        "<p>Press <kbd>S</kbd> or <kbd>/</kbd> to search in the book</p>",
        "<p><kbd>S</kbd> hoặc <kbd>/</kbd>: tìm trong sách</p>",
    ),
    (Where::EveryPage, "<p>Press <kbd>?</kbd> to show this help</p>", "<p><kbd>?</kbd>: mở bảng này</p>"),
    (Where::EveryPage, "<p>Press <kbd>Esc</kbd> to hide this help</p>", "<p><kbd>Esc</kbd>: đóng bảng này</p>"),
    (Where::EveryPage, "\"Table of contents\"", "\"Mục lục\""),
    (Where::EveryPage, "\"Toggle Table of Contents\"", "\"Đóng mở mục lục\""),
    (Where::EveryPage, "\"Change theme\"", "\"Đổi nền sáng tối\""),
    (Where::EveryPage, "\"Themes\"", "\"Nền\""),
    (Where::EveryPage, ">Auto<", ">Theo máy<"),
    (Where::EveryPage, ">Light<", ">Sáng<"),
    (Where::EveryPage, ">Navy<", ">Tối<"),
    (Where::EveryPage, "\"Search (`/`)\"", "\"Tìm (`/`)\""),
    (Where::EveryPage, "\"Toggle Searchbar\"", "\"Đóng mở ô tìm kiếm\""),
    (Where::EveryPage, "\"Search this book ...\"", "\"Tìm trong sách…\""),
    (Where::EveryPage, "\"Print this book\"", "\"In cả cuốn\""),
    (Where::EveryPage, "\"Page navigation\"", "\"Chuyển trang\""),
    (Where::SomePage, "\"Previous chapter\"", "\"Chương trước\""),
    (Where::SomePage, "\"Next chapter\"", "\"Chương sau\""),
    (Where::IfUsed, "</svg>Note</p>", "</svg>Ghi chú</p>"),
    (Where::IfUsed, "</svg>Tip</p>", "</svg>Mẹo</p>"),
    (Where::IfUsed, "</svg>Important</p>", "</svg>Quan trọng</p>"),
    (Where::IfUsed, "</svg>Warning</p>", "</svg>Coi chừng</p>"),
    (Where::IfUsed, "</svg>Caution</p>", "</svg>Cẩn thận</p>"),
    (Where::Script("searcher"), "' search result for \\''", "' kết quả cho \\''"),
    (Where::Script("searcher"), "' search results for \\''", "' kết quả cho \\''"),
    (Where::Script("searcher"), "'No search results for \\''", "'Không tìm thấy gì cho \\''"),
    (Where::Script("searcher"), "\"Search Result Teaser\"", "\"Đoạn trích\""),
    (Where::Script("book"), "'Copy to clipboard'", "'Chép đoạn này'"),
    (Where::Script("book"), "'Copied!'", "'Đã chép'"),
    (Where::Script("book"), "'Clipboard error!'", "'Không chép được'"),
];

/// What the English book says better than mdBook does.
pub const ENGLISH: &[(Where, &str, &str)] =
    &[(Where::EveryPage, ">Navy<", ">Dark<"), (Where::EveryPage, ">Auto<", ">As the system<")];

/// Replaces sentences in one file after another and remembers which were found.
#[derive(Debug)]
pub struct Interface {
    table: &'static [(Where, &'static str, &'static str)],
    found: BTreeSet<usize>,
}

impl Interface {
    /// A table to work through.
    pub fn new(table: &'static [(Where, &'static str, &'static str)]) -> Interface {
        Interface { table, found: BTreeSet::new() }
    }

    /// Replaces what the table says about pages. The error is the sentence that is missing.
    pub fn page(&mut self, html: &mut String) -> Result<(), &'static str> {
        for (n, (place, from, to)) in self.table.iter().enumerate() {
            if matches!(place, Where::Script(_)) {
                continue;
            }
            if html.contains(from) {
                self.found.insert(n);
                *html = html.replace(from, to);
            } else if *place == Where::EveryPage {
                return Err(from);
            }
        }
        Ok(())
    }

    /// Replaces what the table says about the script `name`.
    pub fn script(&mut self, name: &str, script: &mut String) {
        for (n, (place, from, to)) in self.table.iter().enumerate() {
            // `book-1a2b3c4d.js`: mdBook puts a hash of the content behind the name.
            let Where::Script(stem) = place else { continue };
            let named = name.strip_prefix(stem).is_some_and(|rest| rest.starts_with(['-', '.']));
            if named && script.contains(from) {
                self.found.insert(n);
                *script = script.replace(from, to);
            }
        }
    }

    /// The first sentence that no file had, though one should.
    pub fn missing(&self) -> Option<&'static str> {
        let wanted = |place: &Where| matches!(place, Where::SomePage | Where::Script(_));
        self.table
            .iter()
            .enumerate()
            .find(|(n, (place, ..))| wanted(place) && !self.found.contains(n))
            .map(|(_, (_, from, _))| *from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &[(Where, &str, &str)] =
        &[(Where::EveryPage, ">Light<", ">Sáng<"), (Where::Script("book"), "'Copied!'", "'Đã chép'")];

    #[test]
    fn a_sentence_that_disappeared_from_a_page_is_named() {
        let mut interface = Interface::new(SMALL);
        assert_eq!(interface.page(&mut "<b>Bright</b>".to_owned()), Err(">Light<"));
    }

    #[test]
    fn a_sentence_that_disappeared_from_the_scripts_is_named() {
        let mut interface = Interface::new(SMALL);
        interface.script("book-12345678.js", &mut "say('Done')".to_owned());
        assert_eq!(interface.missing(), Some("'Copied!'"));
        interface.script("book-12345678.js", &mut "say('Copied!')".to_owned());
        assert_eq!(interface.missing(), None);
    }
}
