//! Which lessons and tasks there are.

use narrate::texts;

texts! {
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
}
