//! `dev verify`: do the checks tell right from wrong?

use narrate::texts;

texts! {
    patch_name(tasks) {
        vi: "tên tệp phải bắt đầu bằng tên một bài tập và dấu `-`: {tasks}",
        en: "the name of the file has to begin with the name of a task and `-`: {tasks}",
    }
    unknown_check(id) {
        vi: "bài tập không có phép kiểm tra `{id}` mà `refused-by:` nêu",
        en: "the task has no check `{id}`, which `refused-by:` names",
    }
    no_refused_by() {
        vi: "phần đầu thiếu `refused-by:`: phép kiểm tra nào phải bắt được lỗi này?",
        en: "the header has no `refused-by:`: which check must catch this mistake?",
    }
    right_is_refused() {
        vi: "biến thể trong right/ phải đạt, vậy không có `refused-by:`",
        en: "a variant in right/ must pass, so it has no `refused-by:`",
    }
    no_workspace() {
        vi: "Cargo.toml ở gốc khóa học thiếu [workspace]",
        en: "the Cargo.toml at the top of the course has no [workspace]",
    }
    waiting() {
        vi: "Một `dev verify` khác đang chạy; chờ nó xong.",
        en: "Another `dev verify` is running; waiting for it to end.",
    }
    building(folder, count) {
        vi: "build {folder}: {count} biến thể",
        en: "building {folder}: {count} variants",
    }
    judging(count, often, repeat) {
        vi: "kiểm tra {count} chương trình: {often} cái {repeat} lần, còn lại một lần",
        en: "judging {count} programs: {often} of them {repeat} times, the others once",
    }
    judging_alike(count, repeat) {
        vi: "kiểm tra {count} chương trình, mỗi cái {repeat} lần",
        en: "judging {count} programs, {repeat} times each",
    }
    time_is_over(rounds, repeat) {
        vi: "Hết giờ (--within): mỗi chương trình được chấm {rounds} lần thay vì {repeat}.",
        en: "Out of time (--within): each program was judged {rounds} times instead of {repeat}.",
    }
    recorded(count, proof) {
        vi: "ghi vào solutions/verified.txt: {count} bài tập đúng cả {proof} lần",
        en: "recorded in solutions/verified.txt: tasks that held {proof} times out of {proof}: {count}",
    }
    nothing_recorded(proof) {
        vi: "không có gì mới để ghi vào solutions/verified.txt: chưa bài tập nào vừa được chấm đúng cả {proof} lần",
        en: "nothing new to record in solutions/verified.txt: no task that was due held {proof} times out of {proof}",
    }
    does_not_compile(errors) {
        vi: "không biên dịch được\n{errors}",
        en: "does not compile\n{errors}",
    }
    stub_warns(warnings) {
        vi: "đề bài phải biên dịch không có cảnh báo\n{warnings}",
        en: "a stub has to compile without warnings\n{warnings}",
    }
    not_built() { vi: "không có chương trình", en: "no program" }
    unasked(count) {
        vi: "({count} lần hệ này không kiểm tra được)",
        en: "({count} times this system could not run the check)",
    }
    counts(checks, wrong, right) {
        vi: "{checks} phép kiểm tra · {wrong} bản sai · {right} bản đúng khác",
        en: "{checks} checks · {wrong} wrong · {right} other right ones",
    }
    checks() { vi: "phép kiểm tra", en: "checks" }
    wrong() { vi: "bản sai (wrong/)", en: "wrong variants (wrong/)" }
    right() { vi: "bản đúng khác (right/)", en: "right variants (right/)" }
    too_few(task, there, what, needed) {
        vi: "{task}: mới có {there} {what}, cần ít nhất {needed}",
        en: "{task}: {there} {what}, but at least {needed} are needed",
    }
    nobody_judges(path) {
        vi: "{path}: chưa có phép kiểm tra nào cho bài tập này trong crates/checks/src/tasks",
        en: "{path}: nothing in crates/checks/src/tasks judges this task",
    }
    infra(check, report) {
        vi: "phép kiểm tra `{check}` tự gặp sự cố\n{report}",
        en: "the check `{check}` had trouble of its own\n{report}",
    }
    should_pass(report) {
        vi: "đúng mà bị từ chối\n{report}",
        en: "right, and refused\n{report}",
    }
    stub_passes(checks) {
        vi: "đề bài còn nguyên mà vẫn qua: {checks}. Phép kiểm tra như vậy chưa hỏi gì.",
        en: "the stub passes: {checks}. Such a check asks nothing.",
    }
    stub_not_told(report) {
        vi: "đề bài còn nguyên phải được báo là chưa bắt đầu\n{report}",
        en: "the stub has to be reported as not started\n{report}",
    }
    other_hint(check, wanted, got, report) {
        vi: "`{check}` từ chối đúng, nhưng gợi ý phải là `{wanted}`, không phải `{got}`\n{report}",
        en: "`{check}` refuses it, but the hint has to be `{wanted}`, not `{got}`\n{report}",
    }
    no_hint(check, wanted, report) {
        vi: "`{check}` từ chối đúng, nhưng không kèm gợi ý nào; cần gợi ý `{wanted}`\n{report}",
        en: "`{check}` refuses it, but without a hint; the hint has to be `{wanted}`\n{report}",
    }
    not_refused(check, seed) {
        vi: "`{check}` không bắt được lỗi này (seed {seed})",
        en: "`{check}` does not catch this mistake (seed {seed})",
    }
    all_hold(count) {
        vi: "{count} bài tập: phép kiểm tra phân biệt đúng sai như đã hứa.",
        en: "Tasks: {count}. Their checks tell right from wrong as promised.",
    }
    problems(count) { vi: "{count} vấn đề, xem ở trên.", en: "Problems: {count}, see above." }
}
