//! Every sentence that this program says in a terminal, both languages side by side.

narrate::texts! {
    // Files
    cannot_read(error) {
        vi: "không đọc được: {error}",
        en: "cannot be read: {error}",
    }
    cannot_read_file(file, error) {
        vi: "không đọc được {file}: {error}",
        en: "cannot read {file}: {error}",
    }

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
        vi: "không có chỉ thị \"{name}\". Có: include, figure, transcript, mistakes, claim, claims, schedule, glossary, map.",
        en: "there is no directive \"{name}\". There are: include, figure, transcript, mistakes, claim, claims, schedule, glossary, map.",
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
        vi: "phần đầu của {file} thiếu hoặc thừa \"{field}\". Cần: refused-by, vi, en (hint tùy ý), rồi tới dòng ---.",
        en: "the head of {file} lacks \"{field}\", or should not have it. It needs: refused-by, vi, en (hint if you like), then the line ---.",
    }
    mistakes_none(lesson, task) {
        vi: "không có tệp solutions/{lesson}-…/wrong/*.patch nào sửa src/bin/{task}.rs.",
        en: "no solutions/{lesson}-…/wrong/*.patch changes src/bin/{task}.rs.",
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
        vi: "{id} thiếu {field}. Đã kết luận thì phải có đủ reason, command, evidence.",
        en: "{id} lacks {field}. A verdict needs its reason, command and evidence.",
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

    // Figures
    figure_row(row) {
        vi: "không hiểu dòng \"{row}\". Cách viết: book/figures/README.md.",
        en: "cannot make sense of \"{row}\". The language: book/figures/README.md.",
    }
    figure_label(label) {
        vi: "nhãn \"{label}\" phải có đúng hai vế: tiếng Việt | English, hoặc một vế chung.",
        en: "the label \"{label}\" needs exactly two sides, tiếng Việt | English, or one for both.",
    }
    figure_needs(field) {
        vi: "hình thiếu dòng \"{field}: …\".",
        en: "the figure lacks a line \"{field}: …\".",
    }
    figure_kind_unknown(kind) {
        vi: "không có loại hình \"{kind}\". Có: sequence, packet, state, bars.",
        en: "there is no figure of kind \"{kind}\". There are: sequence, packet, state, bars.",
    }
    figure_actor_unknown(name) {
        vi: "chưa khai báo \"{name}\". Thêm dòng \"actor {name}: nhãn\" ở trên.",
        en: "\"{name}\" has not been introduced. Add a line \"actor {name}: label\" above.",
    }
    figure_state_unknown(name) {
        vi: "không có trạng thái \"{name}\". Thêm dòng \"state {name} at CỘT HÀNG: nhãn\".",
        en: "there is no state \"{name}\". Add a line \"state {name} at COLUMN ROW: label\".",
    }
    figure_unit(unit) {
        vi: "đơn vị \"{unit}\" không dùng được. Viết bit hoặc byte.",
        en: "\"{unit}\" is no unit. Write bit or byte.",
    }
    figure_number(word) {
        vi: "\"{word}\" không phải số dùng được ở đây.",
        en: "\"{word}\" is no number that fits here.",
    }
    figure_style(word) {
        vi: "không có kiểu \"{word}\". Có: head, body, rest, plain.",
        en: "there is no style \"{word}\". There are: head, body, rest, plain.",
    }
    figure_cells(count, cells) {
        vi: "trường có {count} đơn vị mà liệt kê {cells} byte. Hai số phải bằng nhau, và cần dòng \"unit: byte\".",
        en: "the field has {count} units but lists {cells} bytes. The two must agree, and \"unit: byte\" is needed.",
    }
    figure_column(column, file) {
        vi: "{file} không có cột \"{column}\" ở dòng đầu.",
        en: "{file} has no column \"{column}\" in its first line.",
    }
    figure_data(file, line) {
        vi: "{file}: dòng \"{line}\" không có tên và một số không âm.",
        en: "{file}: the line \"{line}\" does not give a name and a number of zero or more.",
    }

    // Building
    cannot_write(path) {
        vi: "không ghi được vào {path}",
        en: "cannot write to {path}",
    }
    out_is_foreign(path) {
        vi: "{path} không phải sách dựng từ đây, nên không ghi đè. Chọn thư mục khác, hoặc tự xóa thư mục này.",
        en: "{path} is not a book built here and will not be replaced. Choose another folder, or remove this one yourself.",
    }
    book_does_not_load(lang) {
        vi: "không nạp được book/{lang}. Mục nào trong SUMMARY.md chưa có tệp?",
        en: "book/{lang} does not load. Does SUMMARY.md name a file that is not there?",
    }
    book_does_not_build(lang) {
        vi: "không dựng được book/{lang}",
        en: "book/{lang} does not build",
    }
    finishing(page) {
        vi: "hoàn thiện {page}",
        en: "finishing {page}",
    }
    mdbook_changed(sentence) {
        vi: "mdBook không còn viết \"{sentence}\" đúng như bảng trong book/src/site mong đợi. Sau khi nâng cấp mdBook, hãy sửa bảng đó.",
        en: "mdBook no longer writes \"{sentence}\" as the tables in book/src/site expect. After an upgrade of mdBook, mend them.",
    }

    // The program
    usage() {
        vi: "Cách dùng: cargo course book [NN] [TÙY CHỌN]

  (không có gì)          dựng sách, mở server, tự dựng lại khi có thay đổi
  NN                     như trên, in địa chỉ của chương NN, ví dụ 03
  --build [--out DIR]    chỉ dựng sách (mặc định vào dist/)
  --check                kiểm tra: hai ngôn ngữ, chính tả, hình, mã, liên kết
  --bless TRANG          xác nhận trang đã khớp với bản ngôn ngữ kia
  --bless-all            xác nhận mọi trang

  --address ĐỊA_CHỈ      lắng nghe ở đâu (mặc định 127.0.0.1:0, kernel chọn cổng)
  --lang vi|en           ngôn ngữ của chương trình
  --help                 in phần này",
        en: "Usage: cargo course book [NN] [OPTIONS]

  (nothing)              build the book, serve it, build again after each change
  NN                     the same, and print the address of chapter NN, such as 03
  --build [--out DIR]    only build the book (into dist/ unless told)
  --check                check it: both languages, spelling, figures, code, links
  --bless PAGE           say that a page is in step with the other language
  --bless-all            say so of every page

  --address ADDRESS      where to listen (127.0.0.1:0 unless told; the kernel picks the port)
  --lang vi|en           the language of this program
  --help                 print this",
    }
    bad_arguments(error) {
        vi: "không hiểu tham số: {error}",
        en: "cannot make sense of the arguments: {error}",
    }
    bad_argument(word) {
        vi: "không hiểu \"{word}\". Số chương viết hai chữ số, ví dụ 03.",
        en: "cannot make sense of \"{word}\". A chapter is two digits, such as 03.",
    }
    bad_address(word) {
        vi: "\"{word}\" không phải địa chỉ. Viết như 127.0.0.1:0.",
        en: "\"{word}\" is no address. Write it like 127.0.0.1:0.",
    }
    bad_lang(word) {
        vi: "không có ngôn ngữ \"{word}\". Có: vi, en.",
        en: "there is no language \"{word}\". There are: vi, en.",
    }
    value_missing(option) {
        vi: "{option} cần một giá trị đi kèm.",
        en: "{option} needs a value.",
    }
    one_thing_at_a_time() {
        vi: "mỗi lần chỉ làm một việc: chọn một trong NN, --build, --check, --bless.",
        en: "one thing at a time: choose one of NN, --build, --check, --bless.",
    }
    problem_count(count) {
        vi: "{count} chỗ cần sửa.",
        en: "{count} to mend.",
    }
    built(path) {
        vi: "Đã dựng sách: {path}",
        en: "The book is built: {path}",
    }
    blessed(page) {
        vi: "{page}: hai bản khớp nhau",
        en: "{page}: both sides in step",
    }

    // Serving
    serving(url) {
        vi: "Mở trong trình duyệt: {url}\nSửa tệp nào là sách dựng lại và trang tự tải lại. Dừng: Ctrl-C",
        en: "Open in a browser: {url}\nAfter each change the book is built again and the page reloads. Stop: Ctrl-C",
    }
    rebuilt() {
        vi: "Đã dựng lại.",
        en: "Built again.",
    }
    no_chapter(number) {
        vi: "chưa có chương {number}. Xem mục lục: cargo course book",
        en: "there is no chapter {number} yet. See what there is: cargo course book",
    }
    cannot_listen(address) {
        vi: "không lắng nghe được ở {address}. Bỏ --address đi, kernel sẽ chọn cổng trống",
        en: "cannot listen on {address}. Leave --address out and the kernel picks a free port",
    }
    cannot_accept(error) {
        vi: "không nhận được kết nối: {error}",
        en: "cannot accept a connection: {error}",
    }
    cannot_watch() {
        vi: "không theo dõi được thư mục nguồn",
        en: "cannot watch the sources",
    }

    // Checking
    check_passed(pages, links) {
        vi: "Sách đạt: {pages} trang, {links} liên kết.",
        en: "The book is right: {pages} pages, {links} links.",
    }
    check_spelled(words) {
        vi: "Chính tả tiếng Việt: đã tra {words} từ.",
        en: "Vietnamese spelling: {words} words looked up.",
    }
    check_no_dictionary() {
        vi: "Chính tả tiếng Việt: bỏ qua, vì máy chưa có hunspell-vi.",
        en: "Vietnamese spelling: skipped, for hunspell-vi is not installed.",
    }
    dictionary_missing() {
        vi: "COURSE_TEST_ALL=1 cần từ điển chính tả. Cài: apt install hunspell-vi",
        en: "COURSE_TEST_ALL=1 wants the spelling dictionary. Install it: apt install hunspell-vi",
    }
    page_one_sided(name, lang) {
        vi: "trang {name} chưa có trong book/{lang}. Viết bản đó, hoặc bỏ trang này.",
        en: "{name} has no counterpart in book/{lang}. Write it, or remove this page.",
    }
    page_unmarked(name) {
        vi: "trang chưa được xác nhận là khớp với bản kia. Đọc cả hai rồi chạy: cargo course book --bless {name}",
        en: "nobody has said that this page is in step with its counterpart. Read both, then: cargo course book --bless {name}",
    }
    page_stale(other, name) {
        vi: "{other} đã thay đổi sau lần khớp trước. Sửa trang này cho khớp rồi chạy: cargo course book --bless {name}",
        en: "{other} has changed since both were in step. Bring this page along, then: cargo course book --bless {name}",
    }
    heading_without_id(heading) {
        vi: "tiêu đề \"{heading}\" thiếu id. Thêm {{#ten}} ở cuối, giống nhau ở hai ngôn ngữ.",
        en: "the heading \"{heading}\" has no id. Add {{#name}} at its end, the same in both languages.",
    }
    sides_differ(here, there, other) {
        vi: "ở đây là [{here}], còn ở {there} là [{other}]. Hai bản phải có cùng bố cục.",
        en: "here stands [{here}], at {there} stands [{other}]. Both sides need the same parts.",
    }
    side_lacks(other, what) {
        vi: "{other} không có [{what}]. Hai bản phải có cùng bố cục.",
        en: "{other} lacks [{what}]. Both sides need the same parts.",
    }
    code_without_language() {
        vi: "khối mã chưa ghi ngôn ngữ. Viết rust, console, text, diff… sau dấu ```.",
        en: "the code block names no language. Write rust, console, text, diff … behind the ```.",
    }
    code_typed_in() {
        vi: "mã Rust gõ tay thì không ai biên dịch. Trích từ một crate: {{{{#include ../../lessons/NN-…/src/main.rs:TÊN}}}}",
        en: "Rust that is typed in is compiled by nobody. Take it from a crate: {{{{#include ../../lessons/NN-…/src/main.rs:NAME}}}}",
    }
    code_not_compiled(target) {
        vi: "{target} không phải tệp .rs mà cargo biên dịch trong workspace này.",
        en: "{target} is no .rs file that cargo compiles in this workspace.",
    }
    term_missing(term, place, renderings) {
        vi: "{place} dùng \"{term}\", còn mục này không có cách gọi đã thống nhất: {renderings}.",
        en: "{place} says \"{term}\", but this section has none of its agreed renderings: {renderings}.",
    }
    not_nfc(word) {
        vi: "\"{word}\" viết bằng ký tự tổ hợp rời (không phải NFC). Gõ lại từ này.",
        en: "\"{word}\" is written with loose combining marks (not NFC). Type it again.",
    }
    older_tone(word, newer) {
        vi: "\"{word}\" đặt dấu kiểu cũ. Viết \"{newer}\".",
        en: "\"{word}\" has its tone mark in the older place. Write \"{newer}\".",
    }
    unknown_word(word) {
        vi: "từ điển không có \"{word}\". Sửa lại; nếu là từ đúng thì thêm vào book/words.txt.",
        en: "no dictionary has \"{word}\". Mend it; if it is right, add it to book/words.txt.",
    }
    link_no_file(target) {
        vi: "liên kết {target} không dẫn tới tệp nào.",
        en: "the link {target} leads to no file.",
    }
    link_no_id(target) {
        vi: "liên kết {target} dẫn tới một id không tồn tại.",
        en: "the link {target} leads to an id that is not there.",
    }
    id_twice(id) {
        vi: "id \"{id}\" xuất hiện hai lần trên trang. Đổi một cái.",
        en: "the id \"{id}\" stands on the page twice. Change one.",
    }
}
