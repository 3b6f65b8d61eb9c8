//! Every sentence of lesson 14, both languages side by side.

use std::time::Duration;

use narrate::{Side, Span, Text, texts};

use crate::chat::ShutdownReport;

pub(crate) const TITLE: Text = Text { vi: "Bất đồng bộ", en: "Async" };

texts! {
    future() {
        vi: "Gọi một hàm async thì chưa dòng nào của nó chạy: ta chỉ nhận về một future. .await mới hỏi (poll) nó, và chỉ hỏi lại khi thứ nó chờ đã có.",
        en: "Calling an async function runs none of it: it gives a future. .await polls it, and polls again only once there is what it waits for.",
    }
    future_exists(polls) { vi: "future đã có; số lần poll: {polls}", en: "the future is there; polls: {polls}" }
    poll(count, outcome) { vi: "poll lần {count} → {outcome}", en: "poll {count} → {outcome}" }
    answers(polls) {
        vi: "đọc câu hỏi rồi trả lời; client đang chờ, số lần poll: {polls}",
        en: "reads the question and answers; the client waits, polls: {polls}",
    }
    two_tasks() {
        vi: "Hai task trên một thread, mỗi task nói ba lần. Chúng chỉ đổi phiên ở chỗ .await phải chờ; không có .await thì không ai chen vào được.",
        en: "Two tasks on one thread, each speaks three times. They alternate only where an .await has to wait; without one, no other task gets in between.",
    }
    with_await(words) { vi: "      có .await      {words}", en: "      .await       {words}" }
    without_await(words) { vi: "      không .await   {words}", en: "      no .await    {words}" }
    threads(count) { vi: "      số thread      {count}", en: "      threads      {count}" }
    blocking_call() {
        vi: "Mai gọi một hàm chặn để chờ lời của Bình. Hàm ấy giữ luôn thread, nên Bình không được poll và không nói được. spawn_blocking đưa nó sang thread khác.",
        en: "Mai waits for Binh's word with a call that blocks. It keeps the thread: Binh is not polled and cannot speak. On a thread of its own it blocks no task.",
    }
    received_word(call, word, polls) { vi: "{call} → “{word}”; poll Bình: {polls}", en: "{call} → “{word}”; Binh's polls: {polls}" }
    received_nothing(call, polls) { vi: "{call} → hết giờ; poll Bình: {polls}", en: "{call} → timed out; Binh's polls: {polls}" }
    half_a_line() {
        vi: "select! chờ hai future, lấy cái xong trước và vứt cái kia. read_line giữ phần đã đọc bên trong future, nên nửa dòng mất theo.",
        en: "select! takes the first of two futures that ends and drops the other. What read_line has read so far is inside it: half a line is gone.",
    }
    interrupted(call, word) { vi: "nhận từ Bình: “{word}”; {call} bị vứt", en: "receives from Binh: “{word}”; {call} is dropped" }
    lost(call, got, lost) { vi: "{call} → \"{got}\"; mất: \"{lost}\"", en: "{call} → \"{got}\"; lost: \"{lost}\"" }
    half_a_number() {
        vi: "read_exact và write_all cũng thế: đã đọc, đã ghi được bao nhiêu thì chỉ future biết.",
        en: "read_exact and write_all likewise: how much was read or written, only the future knew.",
    }
    wrong_head(frame, got, meant) {
        vi: "read_exact(4) từ “{frame}” → “{got}”, lẽ ra “{meant}”",
        en: "read_exact(4) of “{frame}” → “{got}”, should be “{meant}”",
    }
    half_written(offered, arrived) {
        vi: "write_all({offered}) bị vứt; đã đi: {arrived}",
        en: "write_all({offered}) is dropped; sent: {arrived}",
    }
    all_written(offered) { vi: "write_all({offered}) → Ok", en: "write_all({offered}) → Ok" }
    nothing_lost() {
        vi: "Để bộ đệm ở ngoài, trong future chỉ còn read_buf: nó hoặc bỏ byte vào bộ đệm, hoặc không lấy byte nào. Vứt lúc nào cũng không mất.",
        en: "With the buffer outside, the future holds only read_buf: it either puts bytes into the buffer or takes none. Dropped at any time, it loses nothing.",
    }
    backpressure() {
        vi: "Hàng đợi có giới hạn thì bên gửi phải chờ, hoặc được báo là đầy. Không giới hạn thì không ai chờ, chỉ có bộ nhớ phình ra.",
        en: "A queue with a bound makes the sender wait, or tells it that it is full. Without a bound no sender waits, and the memory grows.",
    }
    try_send(bound, taken) {
        vi: "      channel({bound})            try_send() → Ok, {taken} lần; lần sau → Full",
        en: "      channel({bound})            try_send() → Ok, {taken} times; then → Full",
    }
    send_waits(before, after) {
        vi: "                            send() → {before}; bên kia lấy ra một → {after}",
        en: "                            send() → {before}; the receiver takes one → {after}",
    }
    unbounded(sent, waiting) {
        vi: "      unbounded_channel()   send() → Ok, {sent} lần; đang nằm chờ: {waiting}",
        en: "      unbounded_channel()   send() → Ok, {sent} times; waiting: {waiting}",
    }
    members() {
        vi: "Phòng chat: mỗi client một task và một hàng đợi 64 dòng. Dòng đầu là tên. “=” là những ai đang ở đây, “+” là vào, “-” là ra.",
        en: "The chat: a task for each client, and a queue of 64 lines. The first line is a name. “=” lists who is here, “+” is who joins, “-” is who leaves.",
    }
    end_of_stream() { vi: "(hết luồng)", en: "(end of stream)" }
    slow_member() {
        vi: "Lan ngừng đọc. Bộ đệm của kernel đầy, rồi hàng đợi của Lan đầy, và Lan bị loại. Không ai phải chờ Lan.",
        en: "Lan stops reading. The kernel's buffers fill up, then Lan's queue, and Lan is dropped. No member waits for her.",
    }
    queued(lines, bound) {
        vi: "hàng đợi của Lan lúc dài nhất: {lines}/{bound} dòng",
        en: "Lan's queue at its longest: {lines} of {bound} lines",
    }
    received_all(sent, missed, gone) {
        vi: "thiếu {missed} dòng, nhận “{gone}”; số dòng Mai đã gửi: {sent}",
        en: "lines missed: {missed}; receives “{gone}”; lines that Mai sent: {sent}",
    }
    limits() {
        vi: "Chỗ cho hai người (Semaphore), dòng dài 1024 byte, phải xưng tên ngay. Người thứ ba kết nối được, nhưng nằm chờ trong kernel.",
        en: "Two permits (Semaphore), 1024 bytes a line, a name at once. A third client connects, and waits in the kernel.",
    }
    no_permit(permits) { vi: "connect() → Ok; giấy phép (permit) còn lại: {permits}", en: "connect() → Ok; permits left: {permits}" }
    backlog(count) { vi: "hàng đợi (backlog): {count}", en: "backlog: {count}" }
    closes() { vi: "đóng kết nối", en: "closes the connection" }
    sends_long_line(count) { vi: "→ một dòng {count} byte", en: "→ a line of {count} bytes" }
    shutdown(seconds) {
        vi: "Tắt cho êm: thôi nhận khách, báo mọi task, giao nốt những gì đã nói, quá {seconds} giây thì cắt. Lan vẫn không đọc.",
        en: "A graceful shutdown: accept no more clients, tell every task, deliver what was sent, abort after {seconds} s. Lan still does not read.",
    }
    finished(count) { vi: "task tự xong: {count}", en: "tasks that finished: {count}" }
    aborted(count, seconds) { vi: "bị cắt sau {seconds} s: {count}", en: "aborted after {seconds} s: {count}" }

    shutting_down(seconds) {
        vi: "Không nhận thêm ai. Đợi mọi người đọc nốt, nhiều nhất {seconds} s. Ctrl-C lần nữa: cắt luôn.",
        en: "No more clients are accepted. Waiting for members that still read, at most {seconds} s. Ctrl-C again: abort them.",
    }
    no_chat(address, longest) {
        vi: "{address} gửi một dòng dài hơn {longest} byte: ở đó không phải phòng chat này. Xem lại cổng.",
        en: "{address} sent a line of more than {longest} bytes: that is not this chat. Check the port.",
    }

    a_line() { vi: "một dòng của client: dòng đầu là tên", en: "a line from a client: the first is its name" }
    members_present() { vi: "những ai đang ở trong phòng", en: "who is in the room" }
    member_joined() { vi: "có người vào", en: "a member joined" }
    member_left() { vi: "có người ra", en: "a member left" }
    refusal() { vi: "server từ chối, rồi đóng", en: "the server refuses, then closes" }
    message() { vi: "có người nói", en: "a member's line" }

    try_serve() {
        vi: "rồi ở hai cửa sổ khác: nc 127.0.0.1 PORT, dòng đầu là tên. Xong thì Ctrl-C server: ai phải đóng trước?",
        en: "then in two other windows: nc 127.0.0.1 PORT, a name first. Then Ctrl-C the server: who has to close first?",
    }
    try_pieces() {
        vi: "nói vào server ấy, từng mẩu một, trong khi cửa sổ khác đang chat. Có mất byte nào không?",
        en: "sends to that server in pieces, while another window chats. Does a byte get lost?",
    }
    try_tape() {
        vi: "xem bước 4: những byte nào server đã đọc mà read_line không trả ra?",
        en: "in step 4: which bytes has the server read that read_line did not give?",
    }
}

/// Returns the commands for the end of the story.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run -p lesson14 -- serve", try_serve()),
        (r"(printf la; sleep 1; printf 'n\nxin '; sleep 1; echo chao) | nc -N HOST PORT", try_pieces()),
        ("cargo run -p lesson14 -- --tape", try_tape()),
    ]
}

/// Returns the turns in their order.
pub(crate) fn order(waits: bool, turns: &[String]) -> String {
    if waits { with_await(turns.join(", ")) } else { without_await(turns.join(", ")) }
}

pub(crate) fn wrote(offered: usize, all: bool, arrived: u64) -> String {
    if all { all_written(offered) } else { half_written(offered, arrived) }
}

pub(crate) fn received(call: &str, word: Option<&str>, polls: usize) -> String {
    match word {
        Some(word) => received_word(call, word, polls),
        None => received_nothing(call, polls),
    }
}

pub(crate) fn report(report: &ShutdownReport, deadline: Duration) -> String {
    format!("{}; {}", finished(report.finished), aborted(report.aborted, deadline.as_secs()))
}

/// Says on the tape what each line of the chat means.
pub(crate) fn dissect(from: Side, bytes: &[u8]) -> Vec<Span> {
    let ends = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    ends.map(|line| Span { length: line.len(), meaning: meaning(from, line) }).collect()
}

fn meaning(from: Side, line: &[u8]) -> String {
    match line[0] {
        _ if from.connects => a_line(),
        b'=' => members_present(),
        b'+' => member_joined(),
        b'-' => member_left(),
        b'!' => refusal(),
        _ => message(),
    }
}
