//! The tables of the real book: complete, consistent, and true to the note.

use book::course::Course;
use book::page::{Claims, Glossary};
use std::collections::HashSet;
use std::fs;

/// The words of a text, without marks of lists, emphasis and punctuation.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" ").to_lowercase())
}

#[test]
fn every_claim_quotes_the_note_word_for_word() {
    let course = Course::here();
    let note = words(&fs::read_to_string(course.book().join("note.md")).unwrap());
    for claim in Claims::read(&course).unwrap().claim {
        assert!(note.contains(&words(&claim.note.vi)), "{}: {}", claim.id, claim.note.vi);
    }
}

#[test]
fn the_claims_are_numbered_without_a_gap_and_name_real_lessons() {
    let course = Course::here();
    let lessons: HashSet<u8> = course.curriculum().unwrap().lessons().map(|lesson| lesson.number).collect();
    for (n, claim) in Claims::read(&course).unwrap().claim.iter().enumerate() {
        assert_eq!(claim.id, format!("C{:02}", n + 1));
        assert!(claim.lessons.iter().all(|number| lessons.contains(number)), "{}", claim.id);
    }
}

#[test]
fn the_map_counts_up_from_one_and_knows_every_lesson_there_is() {
    let course = Course::here();
    let numbers: Vec<u8> = course.curriculum().unwrap().lessons().map(|lesson| lesson.number).collect();
    assert_eq!(numbers, (1..=numbers.len() as u8).collect::<Vec<_>>());
    for entry in fs::read_dir(course.root().join("lessons")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let number: u8 = name[..2].parse().unwrap();
        assert!(numbers.contains(&number), "lessons.toml lacks {name}");
    }
}

#[test]
fn every_term_has_a_place_of_its_own_and_is_checked_on_both_sides_or_on_none() {
    let mut anchors = HashSet::new();
    for term in Glossary::read(&Course::here()).unwrap().term {
        assert!(anchors.insert(term.anchor()), "{} twice", term.anchor());
        assert_eq!(term.forms.is_empty(), term.renderings.is_empty(), "{}", term.en);
    }
}
