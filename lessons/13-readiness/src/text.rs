//! Every sentence of lesson 13, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Trạng thái sẵn sàng", en: "Readiness" };

texts! {
    blocking_read() {
        vi: "Server đọc từ Mai theo kiểu chặn. Mai im lặng, và cả thread đứng chờ Mai, trong khi tin của Bình đã tới.",
        en: "The server reads from Mai, and the read blocks. Mai is silent, and the whole thread waits for her, while bytes from Binh have arrived.",
    }
    thread_state(state) { vi: "read(mai): thread {state}", en: "read(mai): the thread is {state}" }
    unread(whose, count) {
        vi: "{whose}: {count} byte chờ trong kernel",
        en: "{whose}: {count} bytes wait in the kernel",
    }
    nonblocking_read(ms) {
        vi: "Không chặn (non-blocking): chưa có gì thì read() trả về ngay. Mai nghĩ {ms} ms rồi mới nói; trong lúc ấy ta hỏi đi hỏi lại bao nhiêu lần?",
        en: "Non-blocking: with nothing to read, read() fails at once (EAGAIN). Mai waits for {ms} ms, then sends. How many reads fail in the meantime?",
    }
    poll(ms) {
        vi: "Giao cả ba kết nối cho Poll rồi ngủ. Mai lại nghĩ {ms} ms: lần này chỉ hỏi một lần. Sau đó Mai và Lan nói, Bình im: vẫn một lần hỏi.",
        en: "Register all three connections with Poll, and sleep. Mai waits for {ms} ms again: this time one poll() is enough. Then Mai and Lan send, and Binh does not: one is enough again.",
    }
    event_is_a_hint() {
        vi: "Sự kiện là lời nhắc, không phải lời hứa. Hai vòng lặp cùng canh một listener, một client kết nối: cả hai đều được báo.",
        en: "An event is a hint, not a promise. Two loops watch one listener, one client connects: both get an event.",
    }
    in_loop(number, what) { vi: "vòng lặp {number}: {what}", en: "loop {number}: {what}" }
    no_event() { vi: "không có sự kiện", en: "no event" }
    edge_triggered(ms) {
        vi: "Mai gửi 8 byte, ta đọc 3 rồi hỏi tiếp, chờ {ms} ms. Mio báo theo cạnh (edge-triggered): báo lúc byte đến, không báo rằng byte còn đó.",
        en: "Mai sends 8 bytes; we read 3 and ask again, for {ms} ms. mio is edge-triggered: it reports that bytes came, not that bytes are there.",
    }
    drain() {
        vi: "Vậy nên phải đọc cho cạn, tới khi gặp EAGAIN. Từ đó, byte mới đến lại được báo.",
        en: "So read until there is nothing left: until EAGAIN. From then on, what comes is reported again.",
    }
    writable_nearly_always() {
        vi: "Còn ghi? Bình không làm gì cả, mà lần nào đăng ký lại (reregister) rồi poll() cũng có sự kiện: socket gần như lúc nào cũng ghi được.",
        en: "And writing? Binh does nothing, and yet each reregister() and poll() gives an event: a socket is nearly always writable.",
    }
    readable_only(events) { vi: "chỉ đăng ký READABLE: poll() → {events}", en: "registered for READABLE only: poll() → {events}" }
    slow_reader() {
        vi: "Trừ khi bên kia không đọc. Ghi tới khi kernel không nhận nữa, lúc ấy mới đăng ký WRITABLE rồi đi làm việc khác.",
        en: "Except when the other side does not read. Write until the kernel takes no more; only then register for WRITABLE, and do something else.",
    }
    took_then_would_block(writes, count) {
        vi: "write() × {writes} → {count} byte, rồi EAGAIN",
        en: "write() × {writes} → {count} bytes, then EAGAIN",
    }
    reads(count) { vi: "đọc {count} byte", en: "reads {count} bytes" }
    token_is_a_slot() {
        vi: "Token là số của ô chứa kết nối. Mai đòi loại Bình, đúng lúc Bình tự đóng: hai sự kiện trong một lượt. Xử lý xong cái đầu, ô của Bình đã là của Lan.",
        en: "A token is the number of a slot. Mai asks to remove Binh, just as Binh closes: two events in one batch. After the first is handled, Lan has Binh's slot.",
    }
    reused_slot(token) {
        vi: "Token({token}) nay là của Lan. Bình mới là người đã đi!",
        en: "Token({token}) is Lan's now. It was Binh who left!",
    }
    many_clients(count) {
        vi: "{count} client cùng lúc. Server là một tiến trình khác, một vòng lặp; mỗi client gửi 8 byte của riêng mình rồi chờ nhận lại.",
        en: "{count} clients at once. The server is another process, with one loop; each client sends 8 bytes of its own and waits to get them back.",
    }
    descriptor_limit(before, soft, hard) {
        vi: "mô tả tệp: giới hạn mềm {before} → {soft}, cứng {hard}",
        en: "descriptors: soft limit {before} → {soft}, hard limit {hard}",
    }
    fewer(count, wanted) {
        vi: "Tiến trình này chỉ được giữ chừng ấy mô tả tệp, nên có {count} client, không phải {wanted}. Xem: ulimit -Hn",
        en: "This process may hold no more descriptors than that, so there are {count} clients, not {wanted}. See: ulimit -Hn",
    }
    answered(opened, answered) {
        vi: "{opened} kết nối mở, {answered} nhận lại đúng tin mình gửi",
        en: "{opened} connections open, {answered} got their own bytes back",
    }
    unanswered(open, seconds) {
        vi: "{open} kết nối đã mở, nhưng server im quá {seconds} giây. Nó còn mô tả tệp để nhận thêm kết nối không? Xem: ulimit -n ở cửa sổ của server",
        en: "{open} connections are open, but the server has been silent for {seconds} seconds. Has it descriptors left to accept more? See: ulimit -n in the server's window",
    }
    no_proc() {
        vi: "(Số thread, mô tả tệp và bộ nhớ của server, khóa học chỉ đọc được trên Linux.)",
        en: "(The course can read the server's threads, descriptors and memory on Linux only.)",
    }
    threads_and_descriptors(threads, descriptors) {
        vi: "{threads} thread, {descriptors} mô tả tệp",
        en: "{threads} thread, {descriptors} descriptors",
    }
    memory(kibibytes, each) {
        vi: "bộ nhớ (RSS): {kibibytes} KiB, mỗi kết nối thêm {each} byte",
        en: "memory (RSS): {kibibytes} KiB, {each} bytes more for each connection",
    }
    kernel_memory(each) {
        vi: "Kernel: thêm chừng {each} byte cho mỗi socket (cả hai đầu đều ở máy này).",
        en: "The kernel: about {each} bytes more for each socket (both ends are on this machine).",
    }
    server_did_not_start(line) {
        vi: "server không chạy được, nó in ra: “{line}”. Thử riêng nó: cargo run -p lesson13 -- serve",
        en: "the server did not start; it printed: “{line}”. Try it alone: cargo run -p lesson13 -- serve",
    }
    press_enter() { vi: "Enter: gửi thêm một lượt.  Ctrl-D: đóng hết.", en: "Enter: another message each.  Ctrl-D: close them all." }
    try_many() {
        vi: "rồi ở hai cửa sổ khác: cargo run -p lesson13 -- connect 127.0.0.1:PORT và nc -N 127.0.0.1 PORT. Giữa 10000 client, nc có phải chờ không?",
        en: "then in two other windows: cargo run -p lesson13 -- connect 127.0.0.1:PORT and nc -N 127.0.0.1 PORT. Among 10,000 others, does nc have to wait?",
    }
    try_status() {
        vi: "chạy vài lần khi không ai nói: voluntary_ctxt_switches có tăng không?",
        en: "a few times while all clients are silent: does voluntary_ctxt_switches grow?",
    }
    try_limit() {
        vi: "cùng câu chuyện, khi một tiến trình chỉ được giữ 500 mô tả tệp.",
        en: "the same story, where a process may hold no more than 500 descriptors.",
    }
}

/// Returns the commands for the end of the story.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run -p lesson13 -- serve", try_many()),
        ("grep -E 'Threads|VmRSS|ctxt' /proc/$(pgrep -f 'lesson13 serve')/status", try_status()),
        ("(ulimit -n 500; cargo run -p lesson13)", try_limit()),
    ]
}
