//! What goes wrong outside of a program's own checks.

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
}
