//! The ledger of claims: what it refuses, and what a box says.

use crate::fixture::Fixture;
use book::site;
use std::fs;

#[test]
fn a_verdict_without_reason_or_evidence() {
    let fixture = Fixture::new();
    fixture.edit("book/claims.toml", "reason = { vi = \"Xem bài một\", en = \"See lesson one\" }\n", "");
    fixture.refused("book/claims.toml:2", &["C01", "lacks reason"]);

    let fixture = Fixture::new();
    fixture.edit("book/claims.toml", "one byte", "two bytes");
    fixture.refused("book/claims.toml:2", &["C01", "transcript.en.txt", "two bytes"]);

    let fixture = Fixture::new();
    fixture.edit("book/claims.toml", "verdict = \"true\"", "verdict = \"perhaps\"");
    fixture.refused("book/claims.toml:5", &["perhaps"]);
}

#[test]
fn a_claim_tried_in_part_needs_evidence_and_a_lesson_to_come() {
    let so_far = "so-far = { vi = \"Xem bài một\", en = \"See lesson one\" }\n";
    let verdict = "verdict = \"true\"\nreason = { vi = \"Xem bài một\", en = \"See lesson one\" }\n";
    let in_part = |lessons: &str| {
        let fixture = Fixture::new();
        fixture.edit("book/claims.toml", verdict, so_far);
        fixture.edit("book/claims.toml", "lessons = [1]", lessons);
        fixture
    };
    in_part("lessons = [1, 2]").check().unwrap();
    in_part("lessons = [1]").refused("book/claims.toml:2", &["C01", "so-far", "lesson 01"]);

    let fixture = in_part("lessons = [1, 2]");
    fixture.edit("book/claims.toml", "one byte", "two bytes");
    fixture.refused("book/claims.toml:2", &["C01", "transcript.en.txt", "two bytes"]);

    let fixture = in_part("lessons = [1, 2]");
    fixture.edit("book/claims.toml", "command = \"cargo run -p lesson01\"\n", "");
    fixture.refused("book/claims.toml:2", &["C01", "lacks command"]);

    let fixture = in_part("lessons = [1, 2]");
    fixture.edit("book/claims.toml", "Xem bài một", "Xem bàii một");
    fixture.refused("book/claims.toml:5", &["bàii"]);

    let fixture = Fixture::new();
    fixture.edit("book/claims.toml", verdict, &format!("{verdict}{so_far}"));
    fixture.refused("book/claims.toml:2", &["C01", "remove so-far"]);
}

#[test]
fn a_claim_tried_in_part_says_so_and_what_is_still_to_come() {
    let fixture = Fixture::new();
    fixture.edit("book/claims.toml", "verdict = \"true\"\nreason = ", "so-far = ");
    fixture.edit("book/claims.toml", "lessons = [1]", "lessons = [1, 12]");
    let out = fixture.course.root().join("dist");
    site::build(&fixture.course, &out).unwrap();
    let box_of = |page: &str| fs::read_to_string(out.join(page)).unwrap();
    assert!(box_of("vi/01-one.html").contains("badge open\">mới thử một phần, chờ bài 12<"));
    assert!(box_of("en/01-one.html").contains("badge open\">tried in part, lesson 12 to come<"));
    assert!(box_of("en/01-one.html").contains("See lesson one"));
    assert!(
        box_of("en/claims.html").contains("Judged 0/1") && box_of("en/claims.html").contains("tried in part</span> 1")
    );
}

/// What the lab leaves behind, as a run that judged C01 so.
fn run(verdict: &str) -> String {
    format!(
        "[machine]\ncpu = \"AMD <EPYC>\"\ncores = 2\nsystem = \"Linux 6\"\nrust = \"rustc 1\"\ndate = \"2026-11-25\"\n\n\
         [[verdict]]\nclaim = \"C01\"\nverdict = \"{verdict}\"\nbecause.vi = \"Một byte: 39,2 lần\"\nbecause.en = \"39.2 times <b>\"\n"
    )
}

/// C01 stands on a run, with no evidence from a transcript.
fn measured(verdict: &str) -> Fixture {
    let fixture = Fixture::new();
    let evidence = "evidence = { vi = [\"một byte\"], en = [\"one byte\"] }\n";
    fixture.edit("book/claims.toml", evidence, "run = \"data/verdicts.toml\"\n");
    fixture.write("book/data/verdicts.toml", &run(verdict));
    fixture
}

#[test]
fn a_verdict_that_stands_on_a_run_says_what_the_run_says() {
    measured("true").check().unwrap();
    measured("false").refused("book/claims.toml:2", &["C01", "data/verdicts.toml", "says false", "says true"]);
    measured("open").refused("book/claims.toml:2", &["C01", "data/verdicts.toml", "no verdict"]);

    let fixture = measured("true");
    fixture.edit("book/data/verdicts.toml", "claim = \"C01\"", "claim = \"C02\"");
    fixture.refused("book/claims.toml:2", &["C01", "data/verdicts.toml", "no verdict"]);

    let fixture = measured("true");
    fixture.edit("book/claims.toml", "data/verdicts.toml", "data/other.toml");
    fixture.refused("book/claims.toml:2", &["book/data/other.toml"]);

    let fixture = measured("true");
    fixture.edit("book/data/verdicts.toml", "date = \"2026-11-25\"\n", "");
    fixture.refused("book/claims.toml:2", &["book/data/verdicts.toml", "date"]);
}

#[test]
fn what_holds_so_far_may_stand_on_a_run_that_came_to_a_verdict() {
    let in_part = |verdict: &str| {
        let fixture = measured(verdict);
        fixture.edit("book/claims.toml", "verdict = \"true\"\nreason = ", "so-far = ");
        fixture.edit("book/claims.toml", "lessons = [1]", "lessons = [1, 12]");
        fixture
    };
    in_part("false").check().unwrap();
    in_part("open").refused("book/claims.toml:2", &["C01", "no verdict"]);
}

#[test]
fn a_box_shows_the_sentence_of_the_run_with_its_machine_and_day() {
    let fixture = measured("true");
    let out = fixture.course.root().join("dist");
    site::build(&fixture.course, &out).unwrap();
    let page = |page: &str| fs::read_to_string(out.join(page)).unwrap();
    for (page, words) in [
        (
            page("vi/01-one.html"),
            ["Lần chạy ngày 2026-11-25, AMD &lt;EPYC&gt;, 2 nhân, Linux 6:", "Một byte: 39,2 lần"],
        ),
        (
            page("en/claims.html"),
            ["The run of 2026-11-25, AMD &lt;EPYC&gt;, 2 cores, Linux 6:", "39.2 times &lt;b&gt;"],
        ),
    ] {
        assert!(words.iter().all(|word| page.contains(word)), "{words:?}");
    }
}
