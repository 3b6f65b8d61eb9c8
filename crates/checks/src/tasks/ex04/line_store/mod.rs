//! `line-store`: a server that keeps values under keys, in a protocol of lines.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 4,
    name: "line-store",
    title: text!(
        "Server giữ giá trị theo khóa, mỗi dòng một lệnh: SET, GET, DEL",
        "A server that keeps values under keys: SET, GET and DEL, line by line",
    ),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: gõ từng dòng bằng `nc` thì đúng, gửi nhiều dòng liền nhau hay một dòng thành \
             từng mẩu thì sai. Xem thử: đoạn byte mà `read` mang về có hết đúng chỗ một dòng hết không?",
            "The usual symptom: lines typed one by one into `nc` work; many lines at once, or one line in pieces, do \
             not. Look at this: do the bytes that `read` brings end where a line ends?",
        ),
        text!(
            "Ý chính: gom byte cho tới LF, và đếm trong lúc gom. Có LF thì bỏ nó và CR ngay trước nó, thực hiện, trả \
             lời. Quá giới hạn mà chưa có LF thì trả lời lỗi rồi bỏ đi cho tới LF. EOF mà chưa có LF thì bỏ phần dở \
             dang. Dòng là byte, chưa chắc là chữ.",
            "The idea: gather bytes up to an LF, and count while you gather. At the LF: take off the LF and a CR \
             right before it, carry out the line, answer. Past the limit without an LF: answer with the error, then \
             drop everything up to the LF. EOF without an LF: drop what you have. A line is bytes, and may not be \
             text.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson04`, bước 2 và 3 (byte dính liền, bị cắt đôi), bước 4 (dấu phân \
             cách), bước 7 và 8 (giới hạn, tin dở dang). Chương: `cargo course book 04`.",
            "Where the lesson shows it: `cargo run -p lesson04`, steps 2 and 3 (bytes stuck together, cut in two), \
             step 4 (a delimiter), steps 7 and 8 (the limit, half a message). The chapter: `cargo course book 04`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "set-get",
        title: text!("SET rồi GET: nhận lại giá trị mới nhất", "SET, then GET: the newest value comes back"),
        points: 2,
        run: checks::set_get,
    },
    Check {
        id: "two-in-one-write",
        title: text!("Hai dòng trong một lần ghi: hai câu trả lời", "Two lines in one write: two answers"),
        points: 2,
        run: checks::two_in_one_write,
    },
    Check {
        id: "one-and-a-half",
        title: text!(
            "Dòng đã đủ thì trả lời ngay, dù dòng sau còn thiếu",
            "A whole line is answered while the next is incomplete"
        ),
        points: 1,
        run: checks::one_and_a_half,
    },
    Check {
        id: "missing-key",
        title: text!("Khóa không có: NOT FOUND; DEL xóa thật", "No such key: NOT FOUND; DEL does delete"),
        points: 1,
        run: checks::missing_key,
    },
    Check {
        id: "clear-errors",
        title: text!(
            "Dòng sai: trả lời ERROR rõ ràng, kết nối vẫn mở",
            "A wrong line gets a clear ERROR; the connection stays"
        ),
        points: 1,
        run: checks::clear_errors,
    },
    Check {
        id: "both-line-ends",
        title: text!("Dòng kết thúc bằng LF hay CRLF đều được", "Lines may end in LF or CRLF"),
        points: 1,
        run: checks::both_line_ends,
    },
    Check {
        id: "split-line-end",
        title: text!("CR và LF tới trong hai lần đọc", "CR and LF come in different reads"),
        points: 1,
        run: checks::split_line_end,
    },
    Check {
        id: "byte-by-byte",
        title: text!("Dòng tới từng byte một, chữ bị cắt giữa chừng", "A line comes byte by byte, letters cut in two"),
        points: 1,
        run: checks::byte_by_byte,
    },
    Check {
        id: "any-bytes",
        title: text!("Giá trị không cần là UTF-8", "A value need not be UTF-8"),
        points: 1,
        run: checks::any_bytes,
    },
    Check {
        id: "spaces",
        title: text!("Dấu cách trong giá trị được giữ nguyên", "Spaces in a value stay as they are"),
        points: 1,
        run: checks::spaces,
    },
    Check {
        id: "longest-line",
        title: text!("Dòng dài đúng 1024 byte vẫn được nhận", "A line of exactly 1024 bytes is still taken"),
        points: 1,
        run: checks::longest_line,
    },
    Check {
        id: "line-too-long",
        title: text!(
            "Dòng quá dài: một ERROR, không thực hiện, rồi đi tiếp",
            "A line too long: one ERROR, and it is not carried out"
        ),
        points: 2,
        run: checks::line_too_long,
    },
    Check {
        id: "endless-line",
        title: text!(
            "Dòng dài mãi không hết: báo lỗi ngay, không chờ LF",
            "A line without end: ERROR at once, before any LF"
        ),
        points: 1,
        run: checks::endless_line,
    },
    Check {
        id: "pipelined",
        title: text!(
            "120 dòng liền nhau, cắt chỗ bất kỳ: đủ, đúng thứ tự",
            "120 lines in a row, cut anywhere: all answered in order"
        ),
        points: 2,
        run: checks::pipelined,
    },
    Check {
        id: "shared-store",
        title: text!("Client này SET, client khác GET được", "One client SETs, another can GET"),
        points: 1,
        run: checks::shared_store,
    },
    Check {
        id: "silent-client",
        title: text!(
            "Một client im lặng giữa dòng không bắt ai chờ",
            "A client silent in mid-line keeps nobody waiting"
        ),
        points: 2,
        run: checks::silent_client,
    },
    Check {
        id: "half-close",
        title: text!(
            "Client đóng chiều gửi: server trả lời hết rồi mới đóng",
            "After the client's FIN: answers everything, then closes"
        ),
        points: 1,
        run: checks::half_close,
    },
    Check {
        id: "cut-line",
        title: text!(
            "Dòng cuối thiếu LF: không thực hiện, không trả lời",
            "A last line without LF: not carried out, no answer"
        ),
        points: 1,
        run: checks::cut_line,
    },
];
