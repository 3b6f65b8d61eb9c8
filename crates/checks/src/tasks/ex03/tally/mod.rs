//! `tally`: a client that sends a file, half-closes, and prints the verdict.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 3,
    name: "tally",
    title: Text {
        vi: "Client gửi một tệp, đóng chiều gửi, rồi in lời phán quyết",
        en: "A client that sends a file, half-closes, and prints the verdict",
    },
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: client chờ phán quyết, trọng tài chờ EOF, hai bên chờ nhau mãi. Xem thử: làm \
                 sao phía bên kia biết rằng bạn đã gửi hết, mà kết nối vẫn còn?",
            en: "The usual symptom: the client waits for the verdict, the judge waits for EOF, and both wait for ever. \
                 Look at this: how can the other side know that you have sent everything, while the connection is \
                 still open?",
        },
        Text {
            vi: "Ý chính: một kết nối TCP là hai luồng, mỗi chiều một luồng, và mỗi luồng tự kết thúc. Đóng chiều gửi \
                 thì phía bên kia đọc được EOF; chiều nhận vẫn mở. Phán quyết cũng là một luồng: đọc cho tới EOF.",
            en: "The idea: a TCP connection is two streams, one each way, and each ends on its own. Close the one you \
                 send on, and the other side reads EOF; the one you receive on stays open. The verdict is a stream, \
                 too: read until its EOF.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson03`. Bước 6 và 7: đóng một chiều, và lời cuối vẫn tới nơi; bước 8: \
                 RST. Chương: `cargo course book 03`.",
            en: "Where the lesson shows it: `cargo run -p lesson03`. Steps 6 and 7: half-close, and the last words \
                 still arrive; step 8: RST. The chapter: `cargo course book 03`.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

checks! {
    sends_file(2) {
        vi: "Gửi đúng nội dung tệp và in lại dòng phán quyết",
        en: "Sends the file as it is and prints the verdict",
    }
    half_close(2) {
        vi: "Gửi xong thì đóng chiều gửi, để trọng tài thấy EOF",
        en: "Closes its sending half, so that the judge sees EOF",
    }
    keeps_listening(2) {
        vi: "Đã đóng chiều gửi, vẫn nghe được câu trả lời đến sau",
        en: "After the half-close, still hears a late answer",
    }
    verdict_in_pieces(2) {
        vi: "Phán quyết đến từng byte một vẫn được in trọn dòng",
        en: "Prints the whole line, though it comes byte by byte",
    }
    any_bytes(1) {
        vi: "Tệp nhị phân đi qua nguyên vẹn",
        en: "A file of any bytes arrives unchanged",
    }
    empty_file(1) {
        vi: "Tệp rỗng cũng là một tệp: gửi 0 byte, rồi EOF",
        en: "An empty file is a file: 0 bytes, then EOF",
    }
    large_file(1) {
        vi: "Tệp lớn tới nơi đủ từng byte, dù trọng tài đọc chậm",
        en: "A large file arrives whole, though the judge is slow",
    }
    no_verdict(1) {
        vi: "Không có phán quyết thì báo lỗi, không coi là xong",
        en: "No verdict is reported as an error",
    }
    half_a_verdict(1) {
        vi: "Dòng phán quyết bị cụt thì báo lỗi",
        en: "A verdict cut off in mid-line is reported as an error",
    }
    cut_connection(1) {
        vi: "Kết nối bị cắt (RST) thì báo lỗi, không panic",
        en: "A cut connection (RST) is reported, without a panic",
    }
    refused(1) {
        vi: "Không ai lắng nghe thì báo lỗi, không panic",
        en: "Nobody listening is reported, without a panic",
    }
    no_such_file(1) {
        vi: "Không có tệp thì báo lỗi và không gọi trọng tài",
        en: "A missing file is reported, and the judge is not called",
    }
}
