//! What a check of the whole book says.

narrate::texts! {
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
    readme_outdated(lesson) {
        vi: "đoạn này không còn là những gì bài {lesson} in ra. Chép lại từ lessons/{lesson}-…/transcript.vi.txt.",
        en: "this is no longer what lesson {lesson} prints. Copy it again from lessons/{lesson}-…/transcript.en.txt.",
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
    unwritten() {
        vi: "chỗ này còn TODO. Viết nốt, rồi bỏ chữ ấy đi.",
        en: "this is still a TODO. Write it, and take the word away.",
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
