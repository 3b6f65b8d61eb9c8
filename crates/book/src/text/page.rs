//! What is wrong with a directive or with what it names.

narrate::texts! {
    // Directives
    directive_not_alone() {
        vi: "chỉ thị {{{{#…}}}} phải đứng một mình trên dòng. Muốn in nguyên văn thì viết \\{{{{#.",
        en: "a directive {{{{#…}}}} stands alone on its line. To show it as text, write \\{{{{#.",
    }
    directive_usage(usage) {
        vi: "chỉ thị viết thiếu hoặc thừa. Cách viết: {usage}",
        en: "this directive lacks something or has too much. Write: {usage}",
    }
    directive_unknown(name) {
        vi: "không có chỉ thị \"{name}\". Có: include, figure, transcript, mistakes, claim, claims, measured, schedule, glossary, map.",
        en: "there is no directive \"{name}\". There are: include, figure, transcript, mistakes, claim, claims, measured, schedule, glossary, map.",
    }
    directive_in_code(name) {
        vi: "\"{name}\" không chạy trong khối mã; ở đó chỉ dùng include. Hãy đưa nó ra ngoài khối.",
        en: "\"{name}\" does not work inside a code block; only include does. Move it out of the block.",
    }
    lesson_number_wanted(word) {
        vi: "\"{word}\" không phải số bài. Viết hai chữ số, chẳng hạn 03.",
        en: "\"{word}\" is no lesson number. Write two digits, such as 03.",
    }
    lesson_missing(number) {
        vi: "không có thư mục lessons/{number}-…",
        en: "there is no folder lessons/{number}-…",
    }
    solutions_missing(number) {
        vi: "không có thư mục solutions/{number}-…",
        en: "there is no folder solutions/{number}-…",
    }
    steps_wanted(range) {
        vi: "\"{range}\" không phải số bước. Viết 2 hoặc 2-4.",
        en: "\"{range}\" names no steps. Write 2 or 2-4.",
    }
    step_missing(file, step) {
        vi: "{file} không có bước {step}. Sửa số bước, hoặc chạy lại bài học để ghi lại transcript.",
        en: "{file} has no step {step}. Mend the number, or run the lesson again and record its transcript.",
    }

    // Includes
    include_outside(path) {
        vi: "{path} nằm ngoài thư mục khóa học.",
        en: "{path} lies outside the course.",
    }
    include_by_number(numbers) {
        vi: "đừng trích theo số dòng ({numbers}): dòng sẽ xê dịch. Đặt // ANCHOR: tên trong mã nguồn rồi trích theo tên.",
        en: "do not include by line number ({numbers}): lines move. Put // ANCHOR: name in the source and include that.",
    }
    include_no_anchor(file, name) {
        vi: "{file} không có cặp \"ANCHOR: {name}\" … \"ANCHOR_END: {name}\".",
        en: "{file} has no pair \"ANCHOR: {name}\" … \"ANCHOR_END: {name}\".",
    }
    include_has_anchors(file) {
        vi: "{file} có các ANCHOR, nên trích nguyên tệp sẽ in cả chúng ra. Hãy chọn một tên: {file}:TÊN.",
        en: "{file} holds ANCHOR lines, which a whole include would show. Choose one: {file}:NAME.",
    }
    include_empty(target) {
        vi: "{target} không có dòng nào.",
        en: "{target} holds no line.",
    }

    // Mistakes
    patch_header(file, field) {
        vi: "phần đầu của {file} thiếu hoặc thừa \"{field}\". Cần: refused-by, vi, en (hint tùy ý), rồi tới các đoạn @@.",
        en: "the head of {file} lacks \"{field}\", or should not have it. It needs: refused-by, vi, en (hint if you like), then the hunks @@.",
    }
    mistakes_none(lesson, task) {
        vi: "không có tệp solutions/{lesson}-…/wrong/*.patch nào tên là {task}-….",
        en: "no solutions/{lesson}-…/wrong/*.patch is called {task}-….",
    }

    // Measurements
    measured_row(file, line) {
        vi: "{file}: dòng \"{line}\" không khớp với các cột và tên trong data/measured.toml.",
        en: "{file}: the line \"{line}\" does not match the columns and names in data/measured.toml.",
    }

    // Schedule
    minutes_wanted(page, line) {
        vi: "{page}:{line}: ghi chú cho giảng viên cần data-minutes=\"SỐ PHÚT\".",
        en: "{page}:{line}: a note for teachers needs data-minutes=\"MINUTES\".",
    }

    // Claims
    claim_unknown(id) {
        vi: "claims.toml không có {id}.",
        en: "claims.toml has no {id}.",
    }
    claim_twice(id) {
        vi: "{id} xuất hiện hai lần. Bỏ bớt một.",
        en: "{id} stands here twice. Remove one.",
    }
    claim_incomplete(id, field) {
        vi: "{id} thiếu {field}. Đã kết luận thì phải có đủ reason, command, evidence; mới thử một phần (so-far) thì phải có command, evidence. Bài có đo thì run thay được evidence.",
        en: "{id} lacks {field}. A verdict needs its reason, command and evidence; what holds so far needs command and evidence. Of a lesson that measures, run may stand for evidence.",
    }
    claim_run_silent(id, file) {
        vi: "{id}: {file} không kết luận gì về câu này. Chạy lại phép đo cho đủ (--save), hoặc bỏ run.",
        en: "{id}: {file} comes to no verdict on it. Measure again, with all that it needs and --save, or remove run.",
    }
    claim_run_differs(id, file, said, ledger) {
        vi: "{id}: lần chạy trong {file} kết luận {said}, ở đây lại ghi {ledger}. Kết luận phải theo lần chạy: sửa verdict và reason, hoặc tìm xem vì sao đo khác đi.",
        en: "{id}: the run in {file} says {said}, and here it says {ledger}. A verdict follows the run: change verdict and reason, or find out why it measured otherwise.",
    }
    claim_settled(id) {
        vi: "{id} đã có kết luận (verdict) mà vẫn còn so-far. Chuyển phần còn đúng vào reason rồi bỏ so-far.",
        en: "{id} has a verdict and still says so-far. Move what holds into the reason, and remove so-far.",
    }
    claim_due(id, lessons) {
        vi: "{id} còn ghi so-far, mà bài {lessons} đã có chương cả rồi. Hãy kết luận: thay so-far bằng verdict và reason.",
        en: "{id} still says so-far, but lesson {lessons} has its chapter by now. Judge it: verdict and reason in the place of so-far.",
    }
    claim_evidence_missing(id, lessons, lang, string) {
        vi: "{id}: transcript.{lang}.txt của bài {lessons} không có \"{string}\". Kết luận phải dựa trên điều chương trình in ra: sửa evidence, hoặc xem lại kết luận.",
        en: "{id}: transcript.{lang}.txt of lesson {lessons} does not contain \"{string}\". A verdict rests on what the program prints: mend the evidence, or judge again.",
    }

    // Glossary
    glossary_group_unknown(group) {
        vi: "glossary.toml không có nhóm \"{group}\".",
        en: "glossary.toml has no group \"{group}\".",
    }
}
