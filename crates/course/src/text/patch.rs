//! Patches of right and wrong variants, and `dev patch`.

use narrate::texts;

texts! {
    no_diff() {
        vi: "không thấy diff: sau phần đầu phải có ít nhất một đoạn `@@ … @@`",
        en: "there is no diff: at least one hunk `@@ … @@` has to follow the header",
    }
    unknown_header(line, text) {
        vi: "dòng {line} của phần đầu, `{text}`, không đọc được; chỉ có refused-by:, hint:, vi: và en:",
        en: "line {line} of the header, `{text}`, cannot be read; there are refused-by:, hint:, vi: and en:",
    }
    no_sentence() {
        vi: "phần đầu thiếu câu mô tả: cần cả `vi:` lẫn `en:`",
        en: "the header has no sentence: it needs `vi:` and `en:`",
    }
    other_file(task, file) {
        vi: "theo tên tệp thì diff phải sửa `src/bin/{task}.rs`, không phải `{file}`",
        en: "by its file name the diff has to change `src/bin/{task}.rs`, not `{file}`",
    }
    malformed() { vi: "diff sai định dạng", en: "the diff is malformed" }
    does_not_apply(line) {
        vi: "đoạn @@ -{line} không còn khớp với lời giải. Làm lại: cargo course dev patch NN --remake",
        en: "hunk @@ -{line} does not fit the solution any more. Make it again: cargo course dev patch NN --remake",
    }
    fits_twice(line) {
        vi: "đoạn @@ -{line} khớp với nhiều chỗ trong lời giải. Làm lại: cargo course dev patch NN --remake",
        en: "hunk @@ -{line} fits several places of the solution. Make it again: cargo course dev patch NN --remake",
    }
    changes_nothing() { vi: "diff không thay đổi gì", en: "the diff changes nothing" }
    laid_out(file, command) {
        vi: "Sửa tệp này thành biến thể: {file}\nRồi chạy: {command}",
        en: "Turn this file into the variant: {file}\nThen run: {command}",
    }
    not_laid_out(file, command) {
        vi: "chưa có bản để sửa, {file}. Tạo nó: {command}",
        en: "there is no copy to edit, {file}. Make it: {command}",
    }
    nothing_edited(file) {
        vi: "{file} giống hệt lời giải, vậy chưa có gì để ghi. Sửa nó trước.",
        en: "{file} is the solution unchanged, so there is nothing to write. Edit it first.",
    }
    made(path, hunks, lines) {
        vi: "{path}: {hunks} đoạn, {lines} dòng thay đổi",
        en: "{path}: hunks {hunks}, changed lines {lines}",
    }
    header_lacks(path, fields) {
        vi: "{path}: phần đầu còn thiếu {fields}. Điền vào tệp.",
        en: "{path}: the header still lacks {fields}. Fill it in.",
    }
    checks_are(ids) {
        vi: "refused-by: là một trong {ids}",
        en: "refused-by: is one of {ids}",
    }
    then_verify(command) { vi: "Kế tiếp: {command}", en: "Next: {command}" }
    conflict(path, file, command) {
        vi: "{path}: biến thể và lời giải mới sửa cùng một chỗ. Gỡ các dấu <<<<<<< trong {file}, rồi chạy: {command}",
        en: "{path}: the variant and the new solution change the same lines. Resolve the <<<<<<< marks in {file}, then run: {command}",
    }
    still_marked(file) {
        vi: "{file} còn dấu <<<<<<< hay >>>>>>>. Gỡ hết rồi chạy lại.",
        en: "{file} still has marks <<<<<<< or >>>>>>>. Resolve them, then run this again.",
    }
    no_base(path) {
        vi: "{path}: không khớp với bản nào của lời giải trong lịch sử git. Sửa bằng tay, hoặc làm lại từ đầu với --edit.",
        en: "{path}: it fits no version of the solution in git's history. Mend it by hand, or start again with --edit.",
    }
    remade(count, all) {
        vi: "Đã làm lại {count} trong {all} bản vá.",
        en: "Patches made again: {count} of {all}.",
    }
    bad_name(name) {
        vi: "`{name}` không phải tên một biến thể: chỉ dùng chữ thường, chữ số và dấu `-`, ví dụ spins-at-eof",
        en: "`{name}` is not the name of a variant: it takes small letters, digits and `-` only, for example spins-at-eof",
    }
    no_such_task(task, number, names) {
        vi: "bài {number} không có bài tập `{task}`. Có: {names}",
        en: "lesson {number} has no task `{task}`. It has: {names}",
    }
}
