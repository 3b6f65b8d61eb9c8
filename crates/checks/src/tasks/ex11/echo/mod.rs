//! `echo`: an echo server at a path instead of a port.

mod checks;
mod hints;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 11,
    name: "echo",
    title: text!("Server echo tại một đường dẫn", "An echo server at a path"),
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: chạy lần đầu thì tốt, lần sau báo \"Address already in use\" dù \
             server cũ đã chết. Xem thử: sau khi server bị kill, `ls -l` còn thấy gì ở đường dẫn đó, và \
             `nc -U` vào đó thì sao?",
            "The usual symptom: the first run works, the next one says \"Address already in use\" \
             although the old server is dead. Look at this: after the server was killed, what does `ls \
             -l` show at that path, and what does `nc -U` to it say?",
        ),
        text!(
            "Ý chính: tên và socket có hai cuộc đời riêng. Tệp còn không có nghĩa là server còn, và chỉ \
             một cuộc gọi thử mới biết. Chỉ xóa khi chắc cả hai: đó là một socket, và không còn ai ở sau \
             nó. Lúc ra về cũng vậy: chỉ xóa cái tên vẫn còn trỏ tới socket của mình.",
            "The idea: a name and its socket have separate lives. That the file is there does not mean \
             that the server is, and only a call can tell. Remove it only when both are certain: it is a \
             socket, and nobody is behind it. The same when leaving: remove only a name that still leads \
             to your own socket.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson11`, bước 8 (quyền) và bước 10 (cuộc đời của một đường \
             dẫn). Chương: `cargo course book 11`. Vòng lặp echo: bài 03.",
            "Where the lesson shows it: `cargo run -p lesson11`, step 8 (the mode) and step 10 (the life \
             of a path). The chapter: `cargo course book 11`. The echo loop: lesson 03.",
        ),
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs")),
};

static CHECKS: &[Check] = &[
    Check {
        id: "same-bytes",
        title: text!("Trả lại đúng những byte đã nhận, ngay khi nhận", "Sends back the bytes it got, at once"),
        points: 2,
        run: checks::same_bytes,
    },
    Check {
        id: "half-close",
        title: text!("Nửa megabyte quay về đủ, rồi EOF", "Half a megabyte comes back whole, then EOF"),
        points: 1,
        run: checks::half_close,
    },
    Check {
        id: "idle-first",
        title: text!("Một client ngồi im không bắt client khác chờ", "An idle client does not make another wait"),
        points: 1,
        run: checks::idle_first,
    },
    Check {
        id: "mode",
        title: text!(
            "Quyền của socket đúng 0600, dù umask là gì",
            "The mode of the socket is 0600, whatever the umask"
        ),
        points: 2,
        run: checks::mode,
    },
    Check {
        id: "stale",
        title: text!("Ở đó còn một socket chết: dọn đi rồi lắng nghe", "Takes over a path whose server has died"),
        points: 2,
        run: checks::stale,
    },
    Check {
        id: "after-kill",
        title: text!("Bị kill rồi chạy lại được ở cùng đường dẫn", "After a kill it starts again at the same path"),
        points: 1,
        run: checks::after_kill,
    },
    Check {
        id: "live",
        title: text!(
            "Không bao giờ lấy đường dẫn của một server đang sống",
            "Never takes the path of a server that lives"
        ),
        points: 2,
        run: checks::live,
    },
    Check {
        id: "other-kind",
        title: text!(
            "Socket loại khác đang có người dùng thì không đụng tới",
            "Leaves a socket of another kind that is in use"
        ),
        points: 1,
        run: checks::other_kind,
    },
    Check {
        id: "not-a-socket",
        title: text!("Không bao giờ xóa thứ không phải socket", "Never removes what is not a socket"),
        points: 2,
        run: checks::not_a_socket,
    },
    Check {
        id: "link",
        title: text!(
            "Không xóa một symbolic link, dù nó trỏ tới đâu",
            "Never removes a symbolic link, wherever it leads"
        ),
        points: 1,
        run: checks::link,
    },
    Check {
        id: "no-place",
        title: text!("Đường dẫn không dùng được: nói rõ rồi kết thúc", "A path that cannot be used: says so and ends"),
        points: 1,
        run: checks::no_place,
    },
    Check {
        id: "leaves",
        title: text!("stdin hết thì xóa đường dẫn rồi kết thúc", "When stdin ends, removes its path and ends"),
        points: 2,
        run: checks::leaves,
    },
    Check {
        id: "not-ours",
        title: text!("Không xóa đường dẫn nay đã là của server khác", "Never removes a path that is another's by now"),
        points: 2,
        run: checks::not_ours,
    },
    Check {
        id: "gone",
        title: text!("Đường dẫn đã bị xóa từ trước thì không sao", "A path that is gone already is no trouble"),
        points: 1,
        run: checks::gone,
    },
    Check {
        id: "gone-before-reply",
        title: text!(
            "Client bỏ đi khi chưa đọc câu trả lời, server vẫn sống",
            "Survives a client that leaves before the answer"
        ),
        points: 1,
        run: checks::gone_before_reply,
    },
    Check {
        id: "gives-back",
        title: text!(
            "50 client đi rồi, descriptor và thread được trả lại",
            "After 50 clients, no descriptor or thread is kept"
        ),
        points: 1,
        run: checks::gives_back,
    },
    Check {
        id: "descriptors-run-out",
        title: text!("Hết descriptor thì đợi, có lại thì phục vụ tiếp", "Out of descriptors: waits, then serves on"),
        points: 1,
        run: checks::descriptors_run_out,
    },
];
