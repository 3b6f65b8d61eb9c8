//! `dev sync`: exercises made from solutions.

use narrate::texts;

use crate::marked::Mistake;

texts! {
    cannot_copy(path) {
        vi: "không đọc được {path} thành văn bản UTF-8",
        en: "cannot read {path} as UTF-8 text",
    }
    no_solution(task) {
        vi: "không có lời giải nào cho {task} trong solutions/. Xem: ls solutions solutions/*/src/bin",
        en: "there is no solution for {task} in solutions/. Look: ls solutions solutions/*/src/bin",
    }
    missing() {
        vi: "chưa có. Tạo: cargo course dev sync",
        en: "is missing. Make it: cargo course dev sync",
    }
    differs() {
        vi: "khác với bản sinh ra từ lời giải. Sửa lời giải rồi chạy: cargo course dev sync",
        en: "is not what its solution makes. Edit the solution, then run: cargo course dev sync",
    }
    no_source() {
        vi: "không có lời giải tương ứng trong solutions/. Xóa nó, hoặc thêm lời giải.",
        en: "has no solution behind it in solutions/. Remove it, or add the solution.",
    }
    edited(task) {
        vi: "có người đã viết vào tệp này nên tôi để nguyên. Muốn lấy đề mới: cargo course reset {task} (giữ lại một bản của bạn), hoặc dev sync --force.",
        en: "somebody has edited this file, so it stays as it is. For the new stub: cargo course reset {task} (keeps a copy of yours), or dev sync --force.",
    }
    kept(path, copy) {
        vi: "{path}: đã giữ bản cũ ở {copy}",
        en: "{path}: the old file is kept as {copy}",
    }
    removed(path) { vi: "{path}: đã xóa", en: "{path}: removed" }
    written(count) {
        vi: "Đã ghi {count} tệp; exercises/ khớp với solutions/.",
        en: "Files written: {count}. exercises/ is in step with solutions/.",
    }
    amount(vi, en, functions) {
        vi: "phần đầu phải nói đúng có bao nhiêu việc (các hàm có todo!: {functions}):\n    {vi}\n    {en}",
        en: "the header has to say how much there is to write (functions with a todo!: {functions}):\n    {vi}\n    {en}",
    }
    other_form() {
        vi: "chỉ còn một ngôn ngữ; bản được commit có cả hai. Lấy lại: cargo course lang both",
        en: "is in one language only; the committed form has both. Bring it back: cargo course lang both",
    }
    in_one_language(count) {
        vi: "{count} đề chưa ai viết vào đang ở dạng một ngôn ngữ, như bạn đã chọn. Về dạng commit: cargo course lang both",
        en: "Untouched stubs in one language, as this checkout has chosen: {count}. Back to the committed form: cargo course lang both",
    }
    in_step(count) {
        vi: "{count} bài trong exercises/ khớp với solutions/.",
        en: "exercises/ is in step with solutions/ ({count} of them).",
    }
    stale(count) {
        vi: "{count} chỗ không khớp.",
        en: "Out of step: {count}.",
    }
    left(count) {
        vi: "{count} chỗ chưa xử lý được, xem ở trên.",
        en: "Left as they are: {count}, see above.",
    }
    no_task() {
        vi: "tệp không có vùng `//~ task` … `//~ end` nào, vậy học viên chẳng có gì để làm",
        en: "the file has no `//~ task` … `//~ end`, so there would be nothing to solve",
    }
    nested() { vi: "dấu này nằm trong một vùng chưa đóng", en: "this marker stands inside a region that is still open" }
    unclosed() { vi: "vùng mở ở đây thiếu `//~ end`", en: "the region that opens here has no `//~ end`" }
    outside(marker) { vi: "`{marker}` nằm ngoài mọi vùng", en: "`{marker}` outside of any region" }
    after_answer(marker) {
        vi: "`{marker}` phải đứng trước lời giải của vùng",
        en: "`{marker}` has to stand before the region's answer",
    }
    unknown(marker) {
        vi: "không có dấu `{marker}`; chỉ có task, tests, vi:, en:, stub: và end",
        en: "there is no marker `{marker}`; there are task, tests, vi:, en:, stub: and end",
    }
    one_language() {
        vi: "đề của vùng này mới có một ngôn ngữ; cần cả `vi:` lẫn `en:`",
        en: "the region's specification is in one language only; it needs `vi:` and `en:`",
    }
    no_specification() {
        vi: "vùng có `stub:` mà không có đề (`vi:` và `en:`)",
        en: "the region has a `stub:` but no specification (`vi:` and `en:`)",
    }
    no_answer() { vi: "vùng không có lời giải", en: "the region has no answer in it" }
}

/// What is wrong with the markers of a solution.
pub(crate) fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::NoTask => no_task(),
        Mistake::Nested => nested(),
        Mistake::Unclosed => unclosed(),
        Mistake::Outside(marker) => outside(marker),
        Mistake::AfterAnswer(marker) => after_answer(marker),
        Mistake::Unknown(marker) => unknown(marker),
        Mistake::OneLanguage => one_language(),
        Mistake::NoSpecification => no_specification(),
        Mistake::NoAnswer => no_answer(),
    }
}
