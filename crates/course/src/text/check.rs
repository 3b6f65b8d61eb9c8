//! `check`, and what `watch` shares with it.

use narrate::{Lang, texts};

texts! {
    no_cargo(why) {
        vi: "không chạy được cargo: {why}. Cài Rust: https://rustup.rs",
        en: "cannot run cargo: {why}. Install Rust: https://rustup.rs",
    }
    no_program(name) {
        vi: "cargo build xong mà không thấy chương trình {name}. Lấy lại Cargo.toml của bài tập: cargo course dev sync",
        en: "cargo build succeeded, but there is no program {name}. Restore the exercise's Cargo.toml: cargo course dev sync",
    }
    file_is_gone(file, task) {
        vi: "không thấy {file}. Lấy lại tệp ban đầu: cargo course reset {task}",
        en: "{file} is gone. Get the first version back: cargo course reset {task}",
    }
    cargo_failed(complaint) {
        vi: "cargo dừng trước khi biên dịch. Nó nói:\n{complaint}",
        en: "cargo stopped before it compiled anything. It says:\n{complaint}",
    }
    building_the_book() {
        vi: "Đang build sách. Lần đầu mất chừng một phút.",
        en: "Building the book. The first time takes about a minute.",
    }
    book_does_not_compile(errors) {
        vi: "không build được sách:\n{errors}",
        en: "the book does not build:\n{errors}",
    }
    trouble_of_our_own(task) {
        vi: "Bộ kiểm tra gặp trục trặc nên lần này chưa nói được gì về chương trình của bạn. Chạy lại: cargo course check {task}",
        en: "The checker itself had trouble, so it can say nothing about your program this time. Run it again: cargo course check {task}",
    }
    nothing_started() {
        vi: "Chưa có bài tập nào được bắt đầu. Xem bước đầu tiên: cargo course",
        en: "No task has been started yet. See the first step: cargo course",
    }
    building(what) { vi: "đang build · {what}", en: "building · {what}" }
    judging() { vi: "đang kiểm tra…", en: "checking…" }
    not_started() { vi: "Chưa bắt đầu.", en: "Not started." }
    first_steps(file, number) {
        vi: "  1  Đọc chương                cargo course book {number}
  2  Mở tệp, tìm todo!()       {file}
  3  Viết rồi kiểm tra         cargo course check",
        en: "  1  Read the chapter          cargo course book {number}
  2  Open the file, at todo!() {file}
  3  Write, then check         cargo course check",
    }
    does_not_compile(file) {
        vi: "{file} chưa biên dịch được nên chưa kiểm tra gì. Sửa lỗi đầu tiên ở trên trước, các lỗi sau thường do nó mà ra.",
        en: "{file} does not compile, so nothing was checked. Fix the first error above; the others often follow from it.",
    }
    took(whole, building, judging) {
        vi: "{whole} giây (build {building}, kiểm tra {judging})",
        en: "{whole} s (build {building}, checks {judging})",
    }
    warnings(count, command) {
        vi: "Trình biên dịch có {count} cảnh báo. Xem: {command}",
        en: "Compiler warnings: {count}. See them: {command}",
    }
    passed_go_on(task, next) {
        vi: "Đạt.

Xem lời giải của chúng tôi   cargo course solution {task}
Sang bài kế, {next:<15} cargo course next",
        en: "Passed.

Our solution, to compare     cargo course solution {task}
On to {next:<22} cargo course next",
    }
    passed_all(task) {
        vi: "Đạt, và không còn bài tập nào chưa đạt.

Xem lời giải của chúng tôi   cargo course solution {task}",
        en: "Passed, and there are no open tasks left.

Our solution, to compare     cargo course solution {task}",
    }
    failed_go_on(task) {
        vi: "Gợi ý kế tiếp           cargo course hint {task}
Chấm lại mỗi lần lưu    cargo course watch {task}",
        en: "The next hint           cargo course hint {task}
Judge at each save      cargo course watch {task}",
    }
    sum(good, all) {
        vi: "\n{good}/{all} bài tập đạt.",
        en: "\nTasks passed: {good} of {all}.",
    }
}

/// Seconds with one decimal, with the comma or the point that the language wants.
pub(crate) fn seconds(seconds: f64) -> String {
    let shown = format!("{seconds:.1}");
    match Lang::current() {
        Lang::Vi => shown.replace('.', ","),
        Lang::En => shown,
    }
}
