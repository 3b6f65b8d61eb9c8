//! A course of one lesson, small enough to break in one place.

use book::check::{self, Dictionary, Report};
use book::course::Course;
use book::problem::Problems;
use narrate::Lang;
use std::fs;
use tempfile::TempDir;

/// The words of the fixture's Vietnamese pages, as a dictionary has them.
const DICTIONARY: &str = "28\nđịa\nchỉ\nmột\nbài\nhọc\nthủy\nhoà\nthuỷ\ncổng\nmở\nđầu\nsổ\nkhẳng\nđịnh\nghi\nchú\nnói\nkết\nnối\nxem\nmục\nlục\ndành\ncho\ngiảng\nviên\nlỗi\ncâu\n";

const FILES: &[(&str, &str)] = &[
    ("lessons/01-one/Cargo.toml", "[package]\nname = \"lesson01\"\n"),
    (
        "lessons/01-one/src/main.rs",
        "fn main() {\n    // ANCHOR: call\n    println!(\"hi\");\n    // ANCHOR_END: call\n}\n",
    ),
    ("lessons/01-one/transcript.vi.txt", "Bài 01\n\n 1  Một bài học\n      một byte\n\n Thử tiếp\n"),
    ("lessons/01-one/transcript.en.txt", "Lesson 01\n\n 1  One lesson\n      one byte\n\n Try next\n"),
    (
        "solutions/01-one/wrong/echo-late.patch",
        "refused-by: late\nvi: Một lỗi.\nen: One mistake.\n@@ -1 +1 @@\n-a\n+b\n",
    ),
    (
        "book/lessons.toml",
        "[[part]]\ntitle = { vi = \"Một\", en = \"One\" }\n\n[[part.lesson]]\nnumber = 1\ntitle = { vi = \"Một\", en = \"One\" }\nshows = { vi = \"Một bài\", en = \"One lesson\" }\n",
    ),
    (
        "book/claims.toml",
        "[[claim]]\nid = \"C01\"\nlessons = [1]\nnote = { vi = \"Một câu\", en = \"A sentence\" }\nverdict = \"true\"\nreason = { vi = \"Xem bài một\", en = \"See lesson one\" }\ncommand = \"cargo run -p lesson01\"\nevidence = { vi = [\"một byte\"], en = [\"one byte\"] }\n",
    ),
    (
        "book/glossary.toml",
        "[[term]]\ngroup = \"all\"\nen = \"port\"\nvi = \"cổng\"\nmeans = { vi = \"Một địa chỉ\", en = \"An address\" }\nforms = [\"port\", \"ports\"]\nrenderings = [\"cổng\"]\n",
    ),
    ("book/words.txt", "# none\n"),
    (
        "book/figures/talk.fig",
        "kind: sequence\ntitle: Một kết nối | A connection\ndesc: Một kết nối | A connection\nactor a: một | one\nactor b: một | two\na -> b: `SYN`\n",
    ),
    ("book/vi/SUMMARY.md", "# Mục lục\n\n[Mở đầu](README.md)\n\n- [Bài một](01-one.md)\n- [Sổ](claims.md)\n"),
    (
        "book/en/SUMMARY.md",
        "# Contents\n\n[Beginning](README.md)\n\n- [Lesson one](01-one.md)\n- [Ledger](claims.md)\n",
    ),
    (
        "book/vi/README.md",
        "# Mở đầu {#start}\n\nMột bài học. Xem [bài](01-one.md#port).\n\n{{#map}}\n\n{{#schedule}}\n\n{{#glossary all}}\n",
    ),
    (
        "book/en/README.md",
        "# Beginning {#start}\n\nOne lesson. See [it](01-one.md#port).\n\n{{#map}}\n\n{{#schedule}}\n\n{{#glossary all}}\n",
    ),
    ("book/vi/claims.md", "# Sổ khẳng định {#claims}\n\n{{#claims}}\n"),
    ("book/en/claims.md", "# Ledger {#claims}\n\n{{#claims}}\n"),
    (
        "book/vi/01-one.md",
        "# Bài một {#one}\n\n{{#claim C01}}\n\n{{#transcript 01 1}}\n\n## Một cổng {#port}\n\nMột cổng.\n\n```rust\n{{#include ../../lessons/01-one/src/main.rs:call}}\n```\n\n{{#figure talk}}\n\n{{#mistakes 01 echo}}\n\n<details class=\"teacher\" data-minutes=\"20\">\n<summary>Dành cho giảng viên</summary>\n\nXem bài.\n\n</details>\n",
    ),
    (
        "book/en/01-one.md",
        "# Lesson one {#one}\n\n{{#claim C01}}\n\n{{#transcript 01 1}}\n\n## A port {#port}\n\nA port.\n\n```rust\n{{#include ../../lessons/01-one/src/main.rs:call}}\n```\n\n{{#figure talk}}\n\n{{#mistakes 01 echo}}\n\n<details class=\"teacher\" data-minutes=\"20\">\n<summary>For teachers</summary>\n\nSee the lesson.\n\n</details>\n",
    ),
];

/// A course in a folder of its own, both languages in step, nothing wrong with it.
pub struct Fixture {
    folder: TempDir,
    /// The course.
    pub course: Course,
}

impl Fixture {
    /// A fresh one.
    pub fn new() -> Fixture {
        Lang::En.speak();
        let folder = tempfile::tempdir().unwrap();
        let course = Course::at(folder.path());
        let fixture = Fixture { folder, course };
        for (name, text) in FILES {
            fixture.write(name, text);
        }
        fixture.bless();
        fixture
    }

    /// Writes a file of the course.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads a file of the course.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// Replaces `from`, which must be there, in a file of the course.
    pub fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        self.write(name, &text.replace(from, to));
    }

    /// Replaces on both sides of a page, and brings them in step.
    pub fn edit_both(&self, page: &str, from: &str, to: &str) {
        for lang in Lang::ALL {
            self.edit(&format!("book/{lang}/{page}"), from, to);
        }
        self.bless();
    }

    /// Marks all pages as in step.
    pub fn bless(&self) {
        check::bless(&self.course, None).unwrap();
    }

    /// Checks the course with a dictionary of its own.
    pub fn check(&self) -> anyhow::Result<Report> {
        check::run_with(&self.course, &Dictionary::Given(DICTIONARY.to_owned()))
    }

    /// Expects the check to refuse the course, naming `place` (file and line) and each of `words`.
    pub fn refused(&self, place: &str, words: &[&str]) {
        let error = match self.check() {
            Ok(report) => panic!("nothing was refused: {report}"),
            Err(error) => error,
        };
        let said = match error.downcast_ref::<Problems>() {
            Some(problems) => problems.to_string(),
            None => panic!("not a list of problems: {error:#}"),
        };
        let at_place: Vec<&str> = said.lines().filter(|line| line.starts_with(place)).collect();
        let right = at_place.iter().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(right, "no problem at {place} that says {words:?} in:\n{said}");
    }
}
