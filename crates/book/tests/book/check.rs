//! Each fault that `--check` looks for, provoked: refused with file and line, and with advice.

use crate::fixture::Fixture;
use book::check::Dictionary;
use narrate::Lang;

const BOTH: [&str; 2] = ["book/vi/01-one.md", "book/en/01-one.md"];

#[test]
fn the_fixture_as_it_stands_is_right() {
    let report = Fixture::new().check().unwrap();
    assert_eq!(report.pages, 8, "four pages in two languages");
    assert!(report.words.unwrap() > 20 && report.links > 20, "{report:?}");
}

#[test]
fn a_readme_that_shows_what_the_lesson_no_longer_prints() {
    let fixture = Fixture::new();
    fixture.write("README.md", "# One\n\n<!-- transcript 01 1 -->\n```text\n 1  One lesson\n      one byte\n```\n");
    fixture.check().unwrap();
    fixture.edit("README.md", "one byte", "two bytes");
    fixture.refused("README.md:3", &["lesson 01", "lessons/01-"]);
    fixture.edit("README.md", "transcript 01 1 ", "transcript 01 7 ");
    fixture.refused("README.md:3", &["step 7"]);
}

#[test]
fn a_page_on_one_side_only() {
    let fixture = Fixture::new();
    fixture.write("book/vi/extra.md", "# Một {#one}\n");
    fixture.refused("book/vi/extra.md", &["no counterpart", "book/en"]);
}

#[test]
fn a_page_that_moved_alone_and_one_that_nobody_has_compared() {
    let fixture = Fixture::new();
    fixture.edit("book/en/README.md", "One lesson.", "One lesson only.");
    fixture.refused("book/vi/README.md:1", &["has changed", "--bless README.md"]);
    let unmarked = fixture.read("book/en/README.md").split_once('\n').unwrap().1.to_owned();
    fixture.write("book/en/README.md", &unmarked);
    fixture.refused("book/en/README.md:1", &["nobody has said", "--bless README.md"]);
}

#[test]
fn wrapping_lines_anew_is_no_change() {
    let fixture = Fixture::new();
    fixture.edit("book/en/README.md", "One lesson. See", "One\nlesson. See");
    fixture.check().unwrap();
}

#[test]
fn blessing_one_page_leaves_the_others_stale() {
    let fixture = Fixture::new();
    fixture.edit("book/en/README.md", "One lesson.", "One lesson only.");
    fixture.edit("book/en/01-one.md", "A port.", "A port indeed.");
    book::check::bless(&fixture.course, Some(&["README".to_owned()])).unwrap();
    fixture.refused("book/vi/01-one.md:1", &["--bless 01-one.md"]);
    book::check::bless(&fixture.course, Some(&["book/vi/01-one.md".to_owned()])).unwrap();
    fixture.check().unwrap();
    assert!(book::check::bless(&fixture.course, Some(&["nothing".to_owned()])).is_err());
}

#[test]
fn a_line_that_is_still_to_be_written() {
    let fixture = Fixture::new();
    fixture.edit("book/vi/01-one.md", "Một cổng.", "TODO: một cổng.");
    fixture.edit("book/en/01-one.md", "A port.", "TODO: a port.");
    fixture.bless();
    fixture.refused("book/vi/01-one.md:10", &["still a TODO"]);
    fixture.refused("book/en/01-one.md:10", &["still a TODO"]);
    Lang::Vi.within(|| fixture.refused("book/en/01-one.md:10", &["chỗ này còn TODO"]));
}

#[test]
fn headings_that_differ_or_have_no_id() {
    let fixture = Fixture::new();
    fixture.edit("book/en/01-one.md", "## A port {#port}", "### A port {#port}");
    fixture.bless();
    fixture.refused("book/vi/01-one.md:8", &["h2 #port", "book/en/01-one.md:8", "h3 #port"]);

    let fixture = Fixture::new();
    fixture.edit("book/vi/README.md", " {#start}", "");
    fixture.bless();
    fixture.refused("book/vi/README.md:2", &["has no id"]);
}

#[test]
fn a_link_or_a_list_that_one_side_lacks() {
    let fixture = Fixture::new();
    fixture.edit("book/en/README.md", "[it](01-one.md#port)", "it");
    fixture.bless();
    fixture.refused("book/vi/README.md:4", &["book/en/README.md lacks", "01-one.md#port"]);

    let fixture = Fixture::new();
    fixture.edit("book/vi/01-one.md", "Một cổng.\n", "Một cổng.\n\n- một\n");
    fixture.bless();
    fixture.refused("book/vi/01-one.md:12", &["[list]"]);
}

#[test]
fn commands_that_differ_but_not_their_comments_or_output() {
    let fixture = Fixture::new();
    let block = |comment: &str, output: &str| {
        format!("A port.\n\n```console\n$ nc -N HOST PORT   # {comment}\n{output}\n```\n")
    };
    fixture.edit("book/vi/01-one.md", "Một cổng.\n", &block("một", "một").replace("A port", "Một cổng"));
    fixture.edit("book/en/01-one.md", "A port.\n", &block("one", "one"));
    fixture.bless();
    fixture.check().unwrap();
    fixture.edit("book/en/01-one.md", "nc -N", "nc -C");
    fixture.bless();
    fixture.refused("book/vi/01-one.md:12", &["nc -N", "nc -C"]);
}

#[test]
fn a_summary_that_lists_other_pages() {
    let fixture = Fixture::new();
    fixture.edit("book/en/SUMMARY.md", "- [Ledger](claims.md)\n", "");
    fixture.refused("book/vi/SUMMARY.md:6", &["book/en/SUMMARY.md"]);
}

#[test]
fn loose_combining_marks() {
    let fixture = Fixture::new();
    fixture.edit("book/vi/README.md", "Một bài học.", "Mo\u{323}\u{302}t bài học.");
    fixture.bless();
    fixture.refused("book/vi/README.md:4", &["Một", "NFC"]);
}

#[test]
fn tone_marks_in_the_older_place() {
    let fixture = Fixture::new();
    fixture.edit("book/vi/README.md", "Một bài học.", "Một bài học thuỷ.");
    fixture.bless();
    fixture.refused("book/vi/README.md:4", &["thuỷ", "\"thủy\""]);
    // The newer style is right, though the dictionary has only the older.
    fixture.edit("book/vi/README.md", "thuỷ", "thủy");
    fixture.bless();
    fixture.check().unwrap();
}

#[test]
fn words_that_no_dictionary_has() {
    let fixture = Fixture::new();
    fixture.edit("book/vi/README.md", "Một bài học.", "Một bài họv.");
    fixture.bless();
    fixture.refused("book/vi/README.md:4", &["họv", "book/words.txt"]);
    fixture.write("book/words.txt", "họv\n");
    fixture.check().unwrap();
}

#[test]
fn spelling_is_checked_in_tables_and_figures_too() {
    let fixture = Fixture::new();
    fixture.edit("book/claims.toml", "Xem bài một", "Xem bàii một");
    fixture.edit("book/figures/talk.fig", "actor b: một", "actor b: mộtt");
    fixture.refused("book/claims.toml:6", &["bàii"]);
    fixture.refused("book/figures/talk.fig:5", &["mộtt"]);
}

#[test]
fn without_a_dictionary_spelling_is_reported_as_skipped() {
    let fixture = Fixture::new();
    fixture.edit("book/vi/README.md", "Một bài học.", "Một bài họv.");
    fixture.bless();
    let report = book::check::run_with(&fixture.course, &Dictionary::None);
    // Under COURSE_TEST_ALL a missing dictionary is itself a fault.
    if std::env::var("COURSE_TEST_ALL").is_ok_and(|value| value == "1") {
        assert!(format!("{:#}", report.unwrap_err()).contains("hunspell-vi"));
    } else {
        let report = report.unwrap();
        assert_eq!(report.words, None);
        assert!(report.to_string().contains("skipped"), "{report}");
    }
}

#[test]
fn an_agreed_term_that_the_other_side_calls_something_else() {
    let fixture = Fixture::new();
    fixture.edit("book/vi/01-one.md", "## Một cổng {#port}\n\nMột cổng.", "## Một {#port}\n\nMột.");
    fixture.bless();
    fixture.refused("book/vi/01-one.md:8", &["\"port\"", "book/en/01-one.md:8", "cổng"]);
}

#[test]
fn rust_that_is_typed_in_or_comes_from_no_crate() {
    let fixture = Fixture::new();
    fixture.edit_both("01-one.md", "{{#include ../../lessons/01-one/src/main.rs:call}}", "println!(\"hi\");");
    fixture.refused("book/en/01-one.md:13", &["typed in", "#include"]);

    let fixture = Fixture::new();
    fixture.write("lessons/01-one/notes.rs", "fn f() {}\n");
    fixture.edit_both("01-one.md", "src/main.rs:call", "notes.rs");
    fixture.refused("book/vi/01-one.md:13", &["notes.rs", "cargo compiles"]);
}

#[test]
fn a_code_block_without_a_language() {
    let fixture = Fixture::new();
    fixture.edit_both("README.md", "{{#map}}", "```\nls\n```");
    fixture.refused("book/en/README.md:6", &["names no language"]);
}

#[test]
fn includes_that_find_nothing() {
    for (target, words) in [
        ("../../lessons/01-one/src/main.rs:gone", ["main.rs", "ANCHOR: gone"]),
        ("../../lessons/01-one/src/gone.rs:call", ["cannot read", "gone.rs"]),
        ("../../lessons/01-one/src/main.rs:1:2", ["line number", "ANCHOR"]),
        ("../../lessons/01-one/src/main.rs", ["holds ANCHOR", "main.rs:NAME"]),
        ("../../../../etc/passwd", ["outside", "passwd"]),
    ] {
        let fixture = Fixture::new();
        fixture.edit_both("01-one.md", "../../lessons/01-one/src/main.rs:call", target);
        for page in BOTH {
            fixture.refused(&format!("{page}:13: "), &[]);
            let refused = fixture.check().unwrap_err().to_string();
            assert!(words.iter().all(|word| refused.contains(word)), "{target}: {refused}");
        }
    }
}

#[test]
fn directives_that_are_broken() {
    for (directive, words) in [
        ("{{#figur talk}}", ["no directive", "figur"]),
        ("{{#figure}}", ["Write", "{{#figure NAME}}"]),
        ("{{#figure gone}}", ["cannot read", "gone.fig"]),
        ("See {{#figure talk}}", ["stands alone", "{{#…}}"]),
        ("{{#transcript 02}}", ["no folder", "lessons/02-"]),
        ("{{#transcript 1}}", ["lesson number", "03"]),
        ("{{#transcript 01 2}}", ["no step 2", "transcript"]),
        ("{{#transcript 01 2-1}}", ["names no steps", "2-4"]),
        ("{{#mistakes 01 other}}", ["no solutions/01-", "other-…"]),
        ("{{#claim C99}}", ["claims.toml", "C99"]),
        ("{{#glossary none}}", ["glossary.toml", "none"]),
    ] {
        let fixture = Fixture::new();
        fixture.edit_both("README.md", "{{#map}}", directive);
        fixture.refused("book/en/README.md:6", &words);
    }
}

#[test]
fn a_note_for_teachers_without_minutes() {
    let fixture = Fixture::new();
    fixture.edit_both("01-one.md", " data-minutes=\"20\"", "");
    fixture.refused("book/en/README.md:8", &["01-one.md:20", "data-minutes"]);
}

#[test]
fn a_wrong_solution_without_its_sentence() {
    let fixture = Fixture::new();
    fixture.edit("solutions/01-one/wrong/echo-late.patch", "en: One mistake.\n", "");
    fixture.refused("book/vi/01-one.md:18", &["echo-late.patch", "en:"]);
}

#[test]
fn a_figure_that_cannot_be_drawn() {
    for (from, to, line, word) in [
        ("a -> b", "a -> c", 6, "\"c\""),
        ("a -> b: `SYN`", "a says SYN", 6, "cannot make sense"),
        ("kind: sequence", "kind: cloud", 1, "cloud"),
        ("actor b: một | two", "actor b: một | two | three", 5, "two sides"),
    ] {
        let fixture = Fixture::new();
        fixture.edit("book/figures/talk.fig", from, to);
        fixture.refused("book/en/01-one.md:16", &[&format!("talk.fig:{line}"), word]);
    }
}

#[test]
fn links_and_fragments_that_lead_nowhere() {
    let fixture = Fixture::new();
    fixture.edit_both("README.md", "01-one.md#port", "01-one.md#gone");
    fixture.refused("book/en/README.md:4", &["01-one.html#gone", "not there"]);

    let fixture = Fixture::new();
    fixture.edit_both("README.md", "01-one.md#port", "gone.md");
    fixture.refused("book/vi/README.md:4", &["gone", "no file"]);
}

#[test]
fn an_id_that_a_page_has_twice() {
    let fixture = Fixture::new();
    fixture.edit_both("README.md", "{{#map}}", "<p id=\"twin\">1</p>\n\n<p id=\"twin\">1</p>");
    fixture.refused("book/en/README.md", &["\"twin\"", "twice"]);
}
