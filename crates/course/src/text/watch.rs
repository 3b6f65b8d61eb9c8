//! `watch`.

use narrate::texts;

texts! {
    cannot_watch(why) {
        vi: "hệ thống không cho theo dõi tệp: {why}. Thử: cargo course watch --poll",
        en: "the system does not let us watch files: {why}. Try: cargo course watch --poll",
    }
    nothing_to_wait_for() { vi: "không còn gì để đợi", en: "there is nothing left to wait for" }
    no_terminal(why) {
        vi: "không dùng được terminal này ở chế độ toàn màn hình: {why}. Thử: cargo course watch | cat",
        en: "this terminal cannot show a full screen: {why}. Try: cargo course watch | cat",
    }
    watching(file) { vi: "Theo dõi {file}", en: "Watching {file}" }
    starting() { vi: "bắt đầu…", en: "starting…" }
    keys() {
        vi: "h gợi ý · n bài kế · r chạy lại · l English · q thoát",
        en: "h hint · n next · r run again · l tiếng Việt · q quit",
    }
    all_done() { vi: "Mọi bài tập đều đạt.", en: "Every task has passed." }
    only_this() { vi: "Không còn bài nào khác chưa đạt.", en: "No other task is open." }
    passed() { vi: "ĐẠT", en: "PASSED" }
    failed(passed, of) { vi: "qua {passed}/{of}", en: "{passed} of {of}" }
    not_started() { vi: "CHƯA BẮT ĐẦU", en: "NOT STARTED" }
    does_not_compile() { vi: "CHƯA BIÊN DỊCH ĐƯỢC", en: "DOES NOT COMPILE" }
    trouble() { vi: "TRỤC TRẶC", en: "TROUBLE" }
    took(seconds) { vi: "{seconds} giây", en: "{seconds} s" }
    passed_next() {
        vi: "Bấm n để sang bài kế, hoặc sửa tiếp cho gọn hơn rồi lưu. Lời giải của chúng tôi: cargo course solution",
        en: "Press n for the next task, or polish your program and save again. Our solution: cargo course solution",
    }
    more_below() { vi: "↓ còn nữa", en: "↓ more" }
}
