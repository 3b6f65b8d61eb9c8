//! Every sentence of lesson 13, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Trạng thái sẵn sàng", en: "Readiness" };

texts! {
    a_blocking_read() {
        vi: "Server đọc từ Mai theo kiểu chặn. Mai im lặng, và cả thread đứng chờ Mai, trong khi tin của Bình đã tới.",
        en: "The server reads from Mai, and the read blocks. Mai is silent, and the whole thread waits for her, while Binh's words are there.",
    }
    the_thread(state) { vi: "read(mai): thread {state}", en: "read(mai): the thread is {state}" }
    waits_in_the_kernel(whose, count) {
        vi: "{whose}: {count} byte chờ trong kernel",
        en: "{whose}: {count} bytes wait in the kernel",
    }
    do_not_wait(ms) {
        vi: "Không chặn (non-blocking): chưa có gì thì read() trả về ngay. Mai nghĩ {ms} ms rồi mới nói; trong lúc ấy ta hỏi đi hỏi lại bao nhiêu lần?",
        en: "Non-blocking: with nothing there, read() returns at once. Mai thinks for {ms} ms, then speaks. How often do we ask in the meantime?",
    }
    ask_which(ms) {
        vi: "Giao cả ba kết nối cho Poll rồi ngủ. Mai lại nghĩ {ms} ms: lần này chỉ hỏi một lần. Sau đó Mai và Lan nói, Bình im: vẫn một lần hỏi.",
        en: "Give all three connections to Poll, and sleep. Mai thinks for {ms} ms again: this time we ask once. Then Mai and Lan speak, and Binh does not: once again is enough.",
    }
    an_event_is_a_hint() {
        vi: "Sự kiện là lời nhắc, không phải lời hứa. Hai vòng lặp cùng canh một listener, một client gọi tới: cả hai đều được báo.",
        en: "An event is a hint, no promise. Two loops watch one listener, one client calls: both are told.",
    }
    in_loop(number, what) { vi: "vòng lặp {number}: {what}", en: "loop {number}: {what}" }
    no_event() { vi: "không có sự kiện", en: "no event" }
    an_edge_is_told_once(ms) {
        vi: "Mai gửi 8 byte, ta đọc 3 rồi hỏi tiếp, chờ {ms} ms. Mio báo theo cạnh (edge-triggered): báo lúc byte đến, không báo rằng byte còn đó.",
        en: "Mai sends 8 bytes; we read 3 and ask again, for {ms} ms. mio is edge-triggered: it tells that bytes came, not that bytes are there.",
    }
    drain() {
        vi: "Vậy nên phải đọc cho cạn, tới khi gặp EAGAIN. Từ đó, byte mới đến lại được báo.",
        en: "So read until there is nothing left: until EAGAIN. From then on, what comes is told again.",
    }
    nearly_always_writable() {
        vi: "Còn ghi? Bình không làm gì cả, mà lần nào hỏi cũng có sự kiện: socket gần như lúc nào cũng ghi được.",
        en: "And writing? Binh does nothing at all, and each question gets an event: a socket can nearly always be written to.",
    }
    only_readable(events) { vi: "chỉ đăng ký READABLE: poll() → {events}", en: "registered for READABLE only: poll() → {events}" }
    a_slow_reader() {
        vi: "Trừ khi bên kia không đọc. Ghi tới khi kernel không nhận nữa, lúc ấy mới đăng ký WRITABLE rồi đi làm việc khác.",
        en: "Except when the other side does not read. Write until the kernel takes no more; only then register for WRITABLE, and do something else.",
    }
    took_then_would_block(count) { vi: "write() → {count} byte, rồi EAGAIN", en: "write() → {count} bytes, then EAGAIN" }
    reads(count) { vi: "đọc {count} byte", en: "reads {count} bytes" }
    a_token_is_a_seat() {
        vi: "Token là số ghế ta đặt cho kết nối. Mai đòi đuổi Bình, đúng lúc Bình tự đi: hai sự kiện trong một lượt. Xử lý xong cái đầu, ghế của Bình đã có Lan ngồi.",
        en: "A token is the number of a seat. Mai wants Binh thrown out, just as Binh leaves: two events in one batch. When the first is dealt with, Lan has Binh's seat.",
    }
    it_is_another(token) {
        vi: "Token({token}) nay là lan: read() → EAGAIN. Bình mới là người đã đi!",
        en: "Token({token}) is lan now: read() → EAGAIN. It was Binh who left!",
    }
    a_crowd(count) {
        vi: "Đám đông: {count} client. Server là một tiến trình khác, một vòng lặp; mỗi client nói 8 byte của riêng mình rồi chờ nghe lại.",
        en: "A crowd: {count} clients. The server is another process, with one loop; each client says 8 bytes of its own and waits to hear them.",
    }
    may_hold(before, soft, hard) {
        vi: "mô tả tệp: giới hạn mềm {before} → {soft}, cứng {hard}",
        en: "descriptors: soft limit {before} → {soft}, hard limit {hard}",
    }
    fewer(size, wanted) {
        vi: "Tiến trình này chỉ được giữ chừng ấy mô tả tệp, nên đám đông có {size} client, không phải {wanted}. Xem: ulimit -Hn",
        en: "This process may hold no more descriptors than that, so the crowd is {size} clients, not {wanted}. See: ulimit -Hn",
    }
    answered(opened, answered) {
        vi: "{opened} kết nối mở, {answered} nghe lại đúng lời mình",
        en: "{opened} connections open, {answered} heard their own words",
    }
    unanswered(open, seconds) {
        vi: "{open} kết nối đã mở, nhưng server im quá {seconds} giây. Nó còn mô tả tệp để nhận thêm người không? Xem: ulimit -n ở cửa sổ của server",
        en: "{open} connections are open, but the server has been silent for {seconds} seconds. Has it descriptors left to take more? See: ulimit -n in the server's window",
    }
    no_proc() {
        vi: "(Số thread, mô tả tệp và bộ nhớ của server, khóa học chỉ đọc được trên Linux.)",
        en: "(The server's threads, descriptors and memory, the course reads on Linux only.)",
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
        en: "The kernel: some {each} bytes more for each socket (both ends are on this machine).",
    }
    server_did_not_start(line) {
        vi: "server không chạy được, nó nói: “{line}”. Thử riêng nó: cargo run -p lesson13 -- serve",
        en: "the server did not start; it said: “{line}”. Try it alone: cargo run -p lesson13 -- serve",
    }
    press_enter() { vi: "Enter: nói thêm một lượt.  Ctrl-D: cúp máy.", en: "Enter: another word each.  Ctrl-D: hang up." }
    try_crowd() {
        vi: "rồi ở hai cửa sổ khác: cargo run -p lesson13 -- connect 127.0.0.1:PORT và nc -N 127.0.0.1 PORT. Giữa 10000 người, nc có phải chờ không?",
        en: "then in two other windows: cargo run -p lesson13 -- connect 127.0.0.1:PORT and nc -N 127.0.0.1 PORT. Among 10,000 others, does nc have to wait?",
    }
    try_status() {
        vi: "chạy vài lần khi không ai nói: voluntary_ctxt_switches có tăng không?",
        en: "a few times while nobody speaks: does voluntary_ctxt_switches grow?",
    }
    try_limit() {
        vi: "cùng câu chuyện, khi một tiến trình chỉ được giữ 500 mô tả tệp.",
        en: "the same story, where a process may hold no more than 500 descriptors.",
    }
}
