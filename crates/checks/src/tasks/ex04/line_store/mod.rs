//! `line-store`: a server that keeps values under keys, in a protocol of lines.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 4,
    name: "line-store",
    title: Text {
        vi: "Server giữ giá trị theo khóa, mỗi dòng một lệnh: SET, GET, DEL",
        en: "A server that keeps values under keys: SET, GET and DEL, line by line",
    },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: gõ từng dòng bằng `nc` thì đúng, gửi nhiều dòng liền nhau hay một dòng thành \
                 từng mẩu thì sai. Xem thử: đoạn byte mà `read` mang về có hết đúng chỗ một dòng hết không?",
            en: "The usual symptom: lines typed one by one into `nc` work; many lines at once, or one line in pieces, \
                 do not. Look at this: do the bytes that `read` brings end where a line ends?",
        },
        Text {
            vi: "Ý chính: gom byte cho tới LF, và đếm trong lúc gom. Có LF thì bỏ nó và CR ngay trước nó, thực hiện, \
                 trả lời. Quá giới hạn mà chưa có LF thì trả lời lỗi rồi bỏ đi cho tới LF. EOF mà chưa có LF thì bỏ \
                 phần dở dang. Dòng là byte, chưa chắc là chữ.",
            en: "The idea: gather bytes up to an LF, and count while you gather. At the LF: take off the LF and a CR \
                 right before it, carry out the line, answer. Past the limit without an LF: answer with the error, \
                 then drop everything up to the LF. EOF without an LF: drop what you have. A line is bytes, and may \
                 not be text.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson04`, bước 2 và 3 (byte dính liền, bị cắt đôi), bước 4 (dấu phân \
                 cách), bước 7 và 8 (giới hạn, tin dở dang). Chương: `cargo course book 04`.",
            en: "Where the lesson shows it: `cargo run -p lesson04`, steps 2 and 3 (bytes stuck together, cut in two), \
                 step 4 (a delimiter), steps 7 and 8 (the limit, half a message). The chapter: `cargo course book 04`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    set_get(2) {
        vi: "SET rồi GET: nhận lại giá trị mới nhất",
        en: "SET, then GET: the newest value comes back",
    }
    two_in_one_write(2) {
        vi: "Hai dòng trong một lần ghi: hai câu trả lời",
        en: "Two lines in one write: two answers",
    }
    one_and_a_half(1) {
        vi: "Dòng đã đủ thì trả lời ngay, dù dòng sau còn thiếu",
        en: "A whole line is answered while the next is incomplete",
    }
    missing_key(1) {
        vi: "Khóa không có: NOT FOUND; DEL xóa thật",
        en: "No such key: NOT FOUND; DEL does delete",
    }
    clear_errors(1) {
        vi: "Dòng sai: trả lời ERROR rõ ràng, kết nối vẫn mở",
        en: "A wrong line gets a clear ERROR; the connection stays",
    }
    both_line_ends(1) {
        vi: "Dòng kết thúc bằng LF hay CRLF đều được",
        en: "Lines may end in LF or CRLF",
    }
    split_line_end(1) {
        vi: "CR và LF tới trong hai lần đọc",
        en: "CR and LF come in different reads",
    }
    byte_by_byte(1) {
        vi: "Dòng tới từng byte một, chữ bị cắt giữa chừng",
        en: "A line comes byte by byte, letters cut in two",
    }
    any_bytes(1) {
        vi: "Giá trị không cần là UTF-8",
        en: "A value need not be UTF-8",
    }
    spaces(1) {
        vi: "Dấu cách trong giá trị được giữ nguyên",
        en: "Spaces in a value stay as they are",
    }
    longest_line(1) {
        vi: "Dòng dài đúng 1024 byte vẫn được nhận",
        en: "A line of exactly 1024 bytes is still taken",
    }
    line_too_long(2) {
        vi: "Dòng quá dài: một ERROR, không thực hiện, rồi đi tiếp",
        en: "A line too long: one ERROR, and it is not carried out",
    }
    endless_line(1) {
        vi: "Dòng dài mãi không hết: báo lỗi ngay, không chờ LF",
        en: "A line without end: ERROR at once, before any LF",
    }
    pipelined(2) {
        vi: "120 dòng liền nhau, cắt chỗ bất kỳ: đủ, đúng thứ tự",
        en: "120 lines in a row, cut anywhere: all answered in order",
    }
    shared_store(1) {
        vi: "Client này SET, client khác GET được",
        en: "One client SETs, another can GET",
    }
    silent_client(2) {
        vi: "Một client im lặng giữa dòng không bắt ai chờ",
        en: "A client silent in mid-line keeps nobody waiting",
    }
    half_close(1) {
        vi: "Client đóng chiều gửi: server trả lời hết rồi mới đóng",
        en: "After the client's FIN: answers everything, then closes",
    }
    cut_line(1) {
        vi: "Dòng cuối thiếu LF: không thực hiện, không trả lời",
        en: "A last line without LF: not carried out, no answer",
    }
}
