//! `echo`: an echo server at a path instead of a port.

mod checks;
mod hints;

use crate::{Role, Task, Text, checks};
use checks::*;

pub static TASK: Task = Task {
    number: 11,
    name: "echo",
    title: Text { vi: "Server echo tại một đường dẫn", en: "An echo server at a path" },
    role: Role::Server,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: chạy lần đầu thì tốt, lần sau báo \"Address already in use\" dù server cũ đã \
                 chết. Xem thử: sau khi server bị kill, `ls -l` còn thấy gì ở đường dẫn đó, và `nc -U` vào đó thì sao?",
            en: "The usual symptom: the first run works, the next one says \"Address already in use\" although the old \
                 server is dead. Look at this: after the server was killed, what does `ls -l` show at that path, and \
                 what does `nc -U` to it say?",
        },
        Text {
            vi: "Ý chính: tên và socket có hai cuộc đời riêng. Tệp còn không có nghĩa là server còn, và chỉ một cuộc \
                 gọi thử mới biết. Chỉ xóa khi chắc cả hai: đó là một socket, và không còn ai ở sau nó. Lúc ra về cũng \
                 vậy: chỉ xóa cái tên vẫn còn trỏ tới socket của mình.",
            en: "The idea: a name and its socket have separate lives. That the file is there does not mean that the \
                 server is, and only a call can tell. Remove it only when both are certain: it is a socket, and nobody \
                 is behind it. The same when leaving: remove only a name that still leads to your own socket.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson11`, bước 8 (quyền) và bước 10 (cuộc đời của một đường dẫn). \
                 Chương: `cargo course book 11`. Vòng lặp echo: bài 03.",
            en: "Where the lesson shows it: `cargo run -p lesson11`, step 8 (the mode) and step 10 (the life of a \
                 path). The chapter: `cargo course book 11`. The echo loop: lesson 03.",
        },
    ],
    source: concat!(include_str!("mod.rs"), include_str!("checks.rs"), include_str!("../../lifecycle.rs")),
};

checks! {
    same_bytes(2) {
        vi: "Trả lại đúng những byte đã nhận, ngay khi nhận",
        en: "Sends back the bytes it got, at once",
    }
    half_close(1) {
        vi: "Nửa megabyte quay về đủ, rồi EOF",
        en: "Half a megabyte comes back whole, then EOF",
    }
    idle_first(1) {
        vi: "Một client ngồi im không bắt client khác chờ",
        en: "An idle client does not make another wait",
    }
    mode(2) {
        vi: "Quyền của socket đúng 0600, dù umask là gì",
        en: "The mode of the socket is 0600, whatever the umask",
    }
    stale(2) {
        vi: "Ở đó còn một socket chết: dọn đi rồi lắng nghe",
        en: "Takes over a path whose server has died",
    }
    after_kill(1) {
        vi: "Bị kill rồi chạy lại được ở cùng đường dẫn",
        en: "After a kill it starts again at the same path",
    }
    live(2) {
        vi: "Không bao giờ lấy đường dẫn của một server đang sống",
        en: "Never takes the path of a server that lives",
    }
    other_kind(1) {
        vi: "Socket loại khác đang có người dùng thì không đụng tới",
        en: "Leaves a socket of another kind that is in use",
    }
    not_a_socket(2) {
        vi: "Không bao giờ xóa thứ không phải socket",
        en: "Never removes what is not a socket",
    }
    link(1) {
        vi: "Không xóa một symbolic link, dù nó trỏ tới đâu",
        en: "Never removes a symbolic link, wherever it leads",
    }
    no_place(1) {
        vi: "Đường dẫn không dùng được: nói rõ rồi kết thúc",
        en: "A path that cannot be used: says so and ends",
    }
    leaves(2) {
        vi: "stdin hết thì xóa đường dẫn rồi kết thúc",
        en: "When stdin ends, removes its path and ends",
    }
    not_ours(2) {
        vi: "Không xóa đường dẫn nay đã là của server khác",
        en: "Never removes a path that is another's by now",
    }
    gone(1) {
        vi: "Đường dẫn đã bị xóa từ trước thì không sao",
        en: "A path that is gone already is no trouble",
    }
    gone_before_reply(1) {
        vi: "Client bỏ đi khi chưa đọc câu trả lời, server vẫn sống",
        en: "Survives a client that leaves before the answer",
    }
    gives_back(1) {
        vi: "50 client đi rồi, descriptor và thread được trả lại",
        en: "After 50 clients, no descriptor or thread is kept",
    }
    descriptors_run_out(1) {
        vi: "Hết descriptor thì đợi, có lại thì phục vụ tiếp",
        en: "Out of descriptors: waits, then serves on",
    }
}
