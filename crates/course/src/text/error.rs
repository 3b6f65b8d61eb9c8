//! What goes wrong: the checkout, its files, the progress file, names that do not exist.

use narrate::texts;

texts! {
    trouble(what) { vi: "cargo course: {what}", en: "cargo course: {what}" }
    not_a_course(place) {
        vi: "{place} không nằm trong khóa học (không thấy thư mục nào có Cargo.toml, lessons, exercises và solutions). Hãy cd vào thư mục đã git clone rồi chạy lại.",
        en: "{place} is not inside the course (no folder above it has Cargo.toml, lessons, exercises and solutions). Go to the folder that you cloned (cd) and run this again.",
    }
    cannot_read(path, why) {
        vi: "không đọc được {path}: {why}",
        en: "cannot read {path}: {why}",
    }
    cannot_write(path, why) {
        vi: "không ghi được {path}: {why}. Xem quyền truy cập và chỗ trống trên đĩa.",
        en: "cannot write {path}: {why}. Check its permissions and the free space on the disk.",
    }
    no_tasks() {
        vi: "thư mục exercises/ không có bài tập nào mà khóa học này chấm được. Lấy lại: git restore exercises",
        en: "exercises/ holds no task that this course can judge. Get them back: git restore exercises",
    }
    unknown_lesson(number, numbers) {
        vi: "không có bài {number}. Có các bài: {numbers}. Xem: cargo course list",
        en: "there is no lesson {number}. There are: {numbers}. See: cargo course list",
    }
    unknown_task(number, name, names) {
        vi: "bài {number} không có bài tập `{name}`. Có: {names}",
        en: "lesson {number} has no task `{name}`. It has: {names}",
    }
    broken(path, why, aside) {
        vi: "{path} bị hỏng ({why}). Tôi đã chuyển nó sang {aside}, không xóa gì cả. Chạy lại lệnh thì bắt đầu ghi tiến độ từ đầu; muốn giữ tiến độ cũ thì sửa tệp đó rồi đổi lại tên cũ.",
        en: "{path} is broken ({why}). It is now called {aside}; nothing was deleted. Run the command again to start with no progress; to keep the old progress, fix that file and rename it back.",
    }
    broken_and_stuck(path, why, error) {
        vi: "{path} bị hỏng ({why}), mà cũng không đổi tên nó được: {error}. Hãy tự chuyển tệp đi chỗ khác.",
        en: "{path} is broken ({why}), and it cannot be renamed: {error}. Move it away by hand.",
    }
    newer(path) {
        vi: "{path} do bản mới hơn của khóa học ghi. Cập nhật bản này: git pull",
        en: "{path} was written by a newer version of the course. Update this one: git pull",
    }
}
