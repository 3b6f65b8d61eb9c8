//! `tally`: a client that sends a file, half-closes, and prints the verdict.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 3,
    name: "tally",
    title: text!(
        "Client gửi một tệp, đóng chiều gửi, rồi in lời phán quyết",
        "A client that sends a file, half-closes, and prints the verdict",
    ),
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: client chờ phán quyết, trọng tài chờ EOF, hai bên chờ nhau mãi. \
             Xem thử: làm sao phía bên kia biết rằng bạn đã gửi hết, mà kết nối vẫn còn?",
            "The usual symptom: the client waits for the verdict, the judge waits for EOF, and both \
             wait for ever. Look at this: how can the other side know that you have sent everything, \
             while the connection is still open?",
        ),
        text!(
            "Ý chính: một kết nối TCP là hai luồng, mỗi chiều một luồng, và mỗi luồng tự kết thúc. \
             Đóng chiều gửi thì phía bên kia đọc được EOF; chiều nhận vẫn mở. Phán quyết cũng là một \
             luồng: đọc cho tới EOF.",
            "The idea: a TCP connection is two streams, one each way, and each ends on its own. Close \
             the one you send on, and the other side reads EOF; the one you receive on stays open. The \
             verdict is a stream, too: read until its EOF.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson03`. Bước 6 và 7: đóng một chiều, và lời cuối vẫn \
             tới nơi; bước 8: RST. Chương: `cargo course book 03`.",
            "Where the lesson shows it: `cargo run -p lesson03`. Steps 6 and 7: half-close, and the \
             last words still arrive; step 8: RST. The chapter: `cargo course book 03`.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "sends-file",
        title: text!(
            "Gửi đúng nội dung tệp và in lại dòng phán quyết",
            "Sends the file as it is and prints the verdict"
        ),
        points: 2,
        run: checks::sends_file,
    },
    Check {
        id: "half-close",
        title: text!(
            "Gửi xong thì đóng chiều gửi, để trọng tài thấy EOF",
            "Closes its sending half, so that the judge sees EOF"
        ),
        points: 2,
        run: checks::half_close,
    },
    Check {
        id: "keeps-listening",
        title: text!(
            "Đã đóng chiều gửi, vẫn nghe được câu trả lời đến sau",
            "After the half-close, still hears a late answer"
        ),
        points: 2,
        run: checks::keeps_listening,
    },
    Check {
        id: "verdict-in-pieces",
        title: text!(
            "Phán quyết đến từng byte một vẫn được in trọn dòng",
            "Prints the whole line, though it comes byte by byte"
        ),
        points: 2,
        run: checks::verdict_in_pieces,
    },
    Check {
        id: "any-bytes",
        title: text!("Tệp nhị phân đi qua nguyên vẹn", "A file of any bytes arrives unchanged"),
        points: 1,
        run: checks::any_bytes,
    },
    Check {
        id: "empty-file",
        title: text!("Tệp rỗng cũng là một tệp: gửi 0 byte, rồi EOF", "An empty file is a file: 0 bytes, then EOF"),
        points: 1,
        run: checks::empty_file,
    },
    Check {
        id: "large-file",
        title: text!(
            "Tệp lớn tới nơi đủ từng byte, dù trọng tài đọc chậm",
            "A large file arrives whole, though the judge is slow"
        ),
        points: 1,
        run: checks::large_file,
    },
    Check {
        id: "no-verdict",
        title: text!("Không có phán quyết thì báo lỗi, không coi là xong", "No verdict is reported as an error"),
        points: 1,
        run: checks::no_verdict,
    },
    Check {
        id: "half-a-verdict",
        title: text!("Dòng phán quyết bị cụt thì báo lỗi", "A verdict cut off in mid-line is reported as an error"),
        points: 1,
        run: checks::half_a_verdict,
    },
    Check {
        id: "cut-connection",
        title: text!(
            "Kết nối bị cắt (RST) thì báo lỗi, không panic",
            "A cut connection (RST) is reported, without a panic"
        ),
        points: 1,
        run: checks::cut_connection,
    },
    Check {
        id: "refused",
        title: text!("Không ai lắng nghe thì báo lỗi, không panic", "Nobody listening is reported, without a panic"),
        points: 1,
        run: checks::refused,
    },
    Check {
        id: "no-such-file",
        title: text!(
            "Không có tệp thì báo lỗi và không gọi trọng tài",
            "A missing file is reported, and the judge is not called"
        ),
        points: 1,
        run: checks::no_such_file,
    },
];
