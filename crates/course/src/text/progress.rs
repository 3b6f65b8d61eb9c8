//! The progress file.

use narrate::texts;

texts! {
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
