//! `hint`.

use narrate::texts;

texts! {
    title(task, number, of) { vi: "{task} · gợi ý {number}/{of}", en: "{task} · hint {number} of {of}" }
    none(task) {
        vi: "{task} chưa có gợi ý. Đọc lại đề bài trong tệp, hoặc chấm thử rồi xem kết quả: cargo course check {task}",
        en: "{task} has no hints yet. Read the task in the file again, or check it and read the result: cargo course check {task}",
    }
    more() { vi: "Gợi ý kế tiếp: chạy lại lệnh này.", en: "The next hint: run this again." }
    last(task) {
        vi: "Hết gợi ý. Muốn xem lời giải ngay: cargo course solution {task} --anyway",
        en: "That was the last one. To see our solution now: cargo course solution {task} --anyway",
    }
    again() {
        vi: "Bạn đã xem hết gợi ý; đây là lượt mới, lại từ đầu.",
        en: "You have seen all hints; they start again.",
    }
}
