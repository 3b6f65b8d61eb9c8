//! A failure as a learner reads it, in both languages.

use std::time::Duration;

use checks::{
    Check, Difference, Direction, Event, Failure, Hint, Lang, Outcome, Report, Role, Sentence, Style, Symptom, Task,
    Text, Verdict, sentence,
};
use unicode_width::UnicodeWidthStr;

static CHECKS: &[Check] = &[
    Check {
        id: "first", title: Text { vi: "Câu hỏi đầu", en: "The first question" }, points: 2, run: |_| Ok(())
    },
    Check { id: "second", title: Text { vi: "Câu hỏi sau", en: "The second question" }, points: 3, run: |_| Ok(()) },
];

static TASK: Task = Task {
    number: 3,
    name: "echo",
    title: Text { vi: "Trả lại", en: "Echo" },
    role: Role::Server,
    checks: CHECKS,
    hints: &[],
    source: "",
};

static HINT: Hint = Hint {
    id: "hint",
    text: Text {
        vi: "Một lần `read` không phải là một tin: phần còn lại đã nằm trong buffer của bạn rồi, đợi bạn lấy ra.",
        en: "One `read` is not one message: the rest is already in your buffer, and waits for you to take it out.",
    },
};

fn report() -> Report {
    let (sent, came) = (b"one two three four five", b"one two three f\xc3\xb3ur");
    let failure = Failure {
        timeline: vec![
            Event::note(None, Text { vi: "chương trình lắng nghe", en: "the program listens" }),
            Event::note(Some(0), Text { vi: "tôi kết nối tới", en: "I connect" }),
            Event::bytes(Direction::Out, 0, sent, sentence! { vi: "từng byte một", en: "one byte at a time" }),
            Event::bytes(Direction::In, 0, came, Sentence::default()),
        ],
        difference: Difference::find(sent, came).map(Box::new),
        hint: Some(&HINT),
        stderr: vec!["mất một client · a caller is lost".to_owned()],
        ..Failure::new(Symptom::WrongBytes, Text { vi: "Byte thứ 16 sai.", en: "Byte 16 is wrong." })
    };
    let outcome = |check, verdict| Outcome { check, verdict, elapsed: Duration::ZERO };
    let outcomes = vec![outcome(&CHECKS[0], Verdict::Passed), outcome(&CHECKS[1], Verdict::Failed(failure))];
    Report { task: &TASK, seed: 0x2a, outcomes }
}

const ENGLISH: &str = r#"  ✓ first   The first question
  ✗ second  The second question

✗ second
    The second question
  Byte 16 is wrong.

    · the program listens
    · I connect
    → 6f 6e 65 20 74 77 6f 20 74 68 72 65 65 20 66 6f … "one two three fo" …
      (one byte at a time) 23 bytes
    ← 6f 6e 65 20 74 77 6f 20 74 68 72 65 65 20 66 c3 … "one two three f." …
      19 bytes

    expected  … 68 72 65 65 20 66 6f 75 72 20 66 69 76  "hree four fiv"
    received  … 68 72 65 65 20 66 c3 b3 75 72           "hree f..ur"
                                  ^^

    stderr | mất một client · a caller is lost

  Hint  One `read` is not one message: the rest is already in your buffer, and
        waits for you to take it out.

  Replay  cargo course check 03 echo --seed 0x2a
"#;

#[test]
fn render_shows_the_first_failure_in_full() {
    assert_eq!(report().render(Lang::En, Style::default()), ENGLISH);
}

#[test]
fn render_fits_the_width_in_both_languages() {
    for lang in Lang::ALL {
        for width in [60, 80, 120] {
            let text = report().render(lang, Style { colour: false, width });
            for line in text.lines() {
                assert!(line.width() <= width, "{lang}, {width} columns: {line}");
            }
        }
    }
}

#[test]
fn render_with_colours_adds_only_colours() {
    let coloured = report().render(Lang::Vi, Style { colour: true, width: 80 });
    let mut plain = String::new();
    let mut parts = coloured.split('\x1b');
    plain += parts.next().unwrap();
    for part in parts {
        plain += part.split_once('m').unwrap().1;
    }
    assert_eq!(plain, report().render(Lang::Vi, Style::default()));
}

#[test]
fn points_count_only_passed_checks() {
    let report = report();
    assert_eq!((report.points(), report.points_possible()), (2, 5));
    assert!(!report.passed() && !report.not_started());
    assert_eq!(report.failed().map(|outcome| outcome.check.id).collect::<Vec<_>>(), ["second"]);
}
