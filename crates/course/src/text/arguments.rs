//! The command line: its pages of help, and what is said when it cannot be read.

use narrate::texts;

texts! {
    unknown_command(name) {
        vi: "không có lệnh `{name}`. Xem các lệnh: cargo course --help",
        en: "there is no command `{name}`. See them all: cargo course --help",
    }
    dev_needs_a_command() {
        vi: "sau `dev` phải là `new`, `patch`, `sync` hoặc `verify`. Xem: cargo course --help",
        en: "after `dev` comes `new`, `patch`, `sync` or `verify`. See: cargo course --help",
    }
    unknown_option(name) {
        vi: "lệnh này không có tùy chọn `{name}`. Xem: cargo course --help",
        en: "this command has no option `{name}`. See: cargo course --help",
    }
    takes_no_value(name) {
        vi: "tùy chọn `{name}` không nhận giá trị",
        en: "the option `{name}` takes no value",
    }
    needs_a_value(name) {
        vi: "tùy chọn `{name}` cần một giá trị theo sau",
        en: "the option `{name}` needs a value after it",
    }
    too_many(word) {
        vi: "thừa `{word}`: lệnh này không nhận thêm gì nữa. Xem: cargo course --help",
        en: "`{word}` is one too many: this command takes no more arguments. See: cargo course --help",
    }
    reset_needs_a_task() {
        vi: "reset cần đủ số bài và tên bài tập, ví dụ: cargo course reset 03 echo",
        en: "reset needs the lesson and the task, for example: cargo course reset 03 echo",
    }
    patch_needs_a_name() {
        vi: "dev patch cần số bài, bài tập và tên biến thể, ví dụ: cargo course dev patch 03 echo spins-at-eof --edit. Làm lại mọi bản vá của một bài: cargo course dev patch 03 --remake",
        en: "dev patch needs the lesson, the task, and the variant's name, for example: cargo course dev patch 03 echo spins-at-eof --edit. To make all patches of a lesson again: cargo course dev patch 03 --remake",
    }
    not_a_number(word) {
        vi: "`{word}` không phải số bài. Ví dụ: cargo course check 03 echo. Xem các bài: cargo course list",
        en: "`{word}` is not the number of a lesson. For example: cargo course check 03 echo. See the lessons: cargo course list",
    }
    not_a_count(option, word) {
        vi: "`{option}` cần một số từ 1 trở lên, không phải `{word}`",
        en: "`{option}` needs a number, 1 or more, not `{word}`",
    }
    not_a_seed(word) {
        vi: "`{word}` không phải seed; hãy chép nguyên con số trong báo cáo, ví dụ 0x2a",
        en: "`{word}` is not a seed; copy the number exactly as the report shows it, for example 0x2a",
    }
    not_a_form(code) {
        vi: "không có ngôn ngữ `{code}`; chọn vi, en hoặc both",
        en: "there is no language `{code}`; choose vi, en or both",
    }
    not_a_language(code) {
        vi: "không có ngôn ngữ `{code}`; chọn vi hoặc en",
        en: "there is no language `{code}`; choose vi or en",
    }
}
