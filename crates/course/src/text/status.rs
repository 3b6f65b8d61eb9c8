//! The home screen and the map.

use narrate::texts;

texts! {
    read() { vi: "Đọc chương", en: "Read the chapter" }
    run() { vi: "Chạy bài học", en: "Run the lesson" }
    write() { vi: "Viết vào tệp", en: "Write in the file" }
    watch() { vi: "Chấm mỗi lần lưu", en: "Judge at each save" }
    check() { vi: "Kiểm tra", en: "Check" }
    hint() { vi: "Xem gợi ý", en: "See a hint" }
    status() { vi: "Hiện giờ", en: "Now" }
    all_done() { vi: "mọi bài tập đều đạt", en: "every task has passed" }
    changed() {
        vi: "đã đạt, nhưng phép kiểm tra mới thay đổi",
        en: "passed, but the checks have changed since",
    }
    check_again(tasks) {
        vi: "Khóa học vừa cập nhật, hãy kiểm tra lại: {tasks}   (cargo course check --all)",
        en: "The course was updated; check again: {tasks}   (cargo course check --all)",
    }
    how_far(done, all) { vi: "{done}/{all} bài tập", en: "{done} of {all} tasks" }
    more() {
        vi: "Bản đồ: cargo course list      Mọi lệnh: cargo course --help
English: cargo course lang en",
        en: "The map: cargo course list      All commands: cargo course --help
Tiếng Việt: cargo course lang vi",
    }
    not_started() { vi: "chưa bắt đầu", en: "not started" }
    started() { vi: "đang làm, chưa kiểm tra", en: "started, not checked" }
    failing(passed, of) { vi: "qua {passed}/{of} phép kiểm tra", en: "{passed} of {of} checks" }
    passed() { vi: "đạt", en: "passed" }
    again() { vi: "kiểm tra lại", en: "check again" }
}
