//! `dev new`.

use narrate::texts;

texts! {
    bad_name(name) {
        vi: "`{name}` không phải tên một bài: cần hai chữ số, dấu `-`, rồi chữ thường, ví dụ 05-many-clients",
        en: "`{name}` is not the name of a lesson: it takes two digits, `-`, and small letters, for example 05-many-clients",
    }
    bad_task(task) {
        vi: "`{task}` không phải tên một bài tập: tên gồm chữ thường, chữ số và dấu `-`, bắt đầu bằng chữ, ví dụ turns",
        en: "`{task}` is not the name of a task: it takes small letters, digits and `-`, a letter first, for example turns",
    }
    taken(name) {
        vi: "số này đã là của bài {name}",
        en: "this number belongs to lesson {name}",
    }
    marked(path, word, count) {
        vi: "{path}: còn {count} chỗ {word}",
        en: "{path}: {word} stands there {count} times",
    }
    no_transcripts(command) {
        vi: "chưa có bản ghi màn hình; bài đã xong thì: {command}, rồi đọc lại",
        en: "no transcripts yet; when the story is done: {command}, then read them",
    }
    counts(checks, wrong, right) {
        vi: "{checks} phép kiểm tra, {wrong} bản sai, {right} bản đúng",
        en: "checks {checks}, wrong variants {wrong}, right ones {right}",
    }
    too_few(task, there, least, command) {
        vi: "{task}: mới có {there}; cần ít nhất {least}. Xem: {command}",
        en: "{task}: {there}; at least needed: {least}. See: {command}",
    }
    not_on_the_page(page, directive) {
        vi: "{page}: chưa có {directive}",
        en: "{page}: {directive} is missing",
    }
    not_in_step(command) {
        vi: "hai trang của chương chưa được đối chiếu; đọc cả hai rồi: {command}",
        en: "the chapter's two pages were not brought in step; read both, then: {command}",
    }
    not_on_the_map(file) {
        vi: "{file}: bản đồ chưa có dòng cho bài này",
        en: "{file}: its map has no row for this lesson",
    }
    open(name, count) {
        vi: "{name}: còn {count} việc. Xem lại danh sách này: cargo course dev new {name}",
        en: "{name}: things still to do, {count}. See this list again: cargo course dev new {name}",
    }
    complete(name) {
        vi: "{name}: không còn chỗ nào trống.",
        en: "{name}: nothing is empty any more.",
    }
}
