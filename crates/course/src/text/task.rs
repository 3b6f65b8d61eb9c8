//! `next`, `hint`, `reset`, `solution`, `lang`.

use narrate::texts;

texts! {
    all_done() {
        vi: "Mọi bài tập đều đạt; không còn bài nào phía trước.",
        en: "Every task has passed; there is no next one.",
    }
    only_this(task) {
        vi: "Chỉ còn {task} là chưa đạt.",
        en: "Only {task} is still open.",
    }
    leaving(task) {
        vi: "{task} chưa đạt, cứ để đó. Quay lại lúc nào cũng được: cargo course check {task}",
        en: "{task} stays open. Come back at any time: cargo course check {task}",
    }
    already_a_stub(file) {
        vi: "{file} vẫn còn nguyên như ban đầu, không có gì phải trả lại.",
        en: "{file} is as it was at first; there is nothing to put back.",
    }
    kept(copy) { vi: "Đã giữ bản của bạn ở {copy}", en: "What you wrote is kept as {copy}" }
    stub_again(file) { vi: "{file} lại như ban đầu.", en: "{file} is as it was at first." }
    not_started_again() {
        vi: "Bài tập này lại được tính là chưa bắt đầu.",
        en: "The task counts as not started again.",
    }
    not_passed_yet(task) {
        vi: "Bài {task} của bạn chưa đạt, nên chưa mở lời giải. Gợi ý: cargo course hint {task}. Vẫn muốn xem: cargo course solution {task} --anyway",
        en: "Your {task} has not passed yet, so our solution stays closed. A hint: cargo course hint {task}. To see the solution now: cargo course solution {task} --anyway",
    }
    compare(ours, yours) {
        vi: "So hai bản: git diff --no-index {yours} {ours}",
        en: "Compare the two: git diff --no-index {yours} {ours}",
    }
    language_now() {
        vi: "Khóa học đang nói tiếng Việt. Switch to English: cargo course lang en",
        en: "The course speaks English. Chuyển sang tiếng Việt: cargo course lang vi",
    }
    language_saved() {
        vi: "Từ giờ khóa học nói tiếng Việt.",
        en: "From now on the course speaks English.",
    }
    stubs_translated(count) {
        vi: "{count} tệp bài tập chưa ai viết vào giờ cũng chỉ còn tiếng Việt; git sẽ báo chúng đã đổi. Cập nhật khóa học: cargo course update. Trở lại hai thứ tiếng: cargo course lang both",
        en: "Exercise files that nobody has edited are in English only now, too: {count}. git shows them as modified. To update the course: cargo course update. Back to both languages: cargo course lang both",
    }
    stubs_bilingual(count) {
        vi: "Các tệp bài tập chưa ai viết vào lại có cả hai thứ tiếng, như trong git ({count} tệp vừa đổi).",
        en: "Exercise files that nobody has edited are in both languages again, as in git ({count} changed).",
    }
    programs_still_speak() {
        vi: "Màn hình thì vẫn nói tiếng Việt. To have it speak English: cargo course lang en",
        en: "The screen still speaks English. Muốn màn hình nói tiếng Việt: cargo course lang vi",
    }
    no_git(why) {
        vi: "không chạy được git: {why}",
        en: "cannot run git: {why}",
    }
    not_pulled() {
        vi: "git pull không thành công; lý do ở trên. Những gì bạn viết vẫn còn nguyên.",
        en: "git pull did not succeed; the reason stands above. What you have written is as it was.",
    }
    updated() {
        vi: "Đã cập nhật. Bài nào cần kiểm tra lại: cargo course list",
        en: "Updated. What needs checking again: cargo course list",
    }
    variable_wins(code) {
        vi: "Nhưng biến COURSE_LANG={code} đang đặt trong terminal này và được ưu tiên. Bỏ nó đi: unset COURSE_LANG",
        en: "But the variable COURSE_LANG={code} is set in this terminal, and it wins. Remove it: unset COURSE_LANG",
    }
    hint_title(task, number, of) { vi: "{task} · gợi ý {number}/{of}", en: "{task} · hint {number} of {of}" }
    no_hints(task) {
        vi: "{task} chưa có gợi ý. Đọc lại đề bài trong tệp, hoặc chấm thử rồi xem kết quả: cargo course check {task}",
        en: "{task} has no hints yet. Read the task in the file again, or check it and read the result: cargo course check {task}",
    }
    more_hints() { vi: "Gợi ý kế tiếp: chạy lại lệnh này.", en: "The next hint: run this again." }
    last_hint(task) {
        vi: "Hết gợi ý. Muốn xem lời giải ngay: cargo course solution {task} --anyway",
        en: "That was the last one. To see our solution now: cargo course solution {task} --anyway",
    }
    last_hint_passed(task) {
        vi: "Hết gợi ý. Bài này bạn đã đạt, xem lời giải được rồi: cargo course solution {task}",
        en: "That was the last one. Your program has passed, so our solution is open: cargo course solution {task}",
    }
    hints_again() {
        vi: "Bạn đã xem hết gợi ý; đây là lượt mới, lại từ đầu.",
        en: "You have seen all hints; they start again.",
    }
}
