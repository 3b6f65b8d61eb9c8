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
