//! Every sentence of lesson 14, both languages side by side.

use std::time::Duration;

use narrate::{Text, texts};

use crate::chat::Left;

pub(crate) const TITLE: Text = Text { vi: "Bất đồng bộ", en: "Async" };

texts! {
    a_future() {
        vi: "Gọi một hàm async thì chưa dòng nào của nó chạy: ta chỉ nhận về một future. .await mới hỏi (poll) nó, và chỉ hỏi lại khi thứ nó chờ đã có.",
        en: "Calling an async function runs none of it: it gives a future. .await polls it, and polls again only once there is what it waits for.",
    }
    a_future_is_there(polls) { vi: "future đã có; số lần poll: {polls}", en: "the future is there; polls: {polls}" }
    poll(count, outcome) { vi: "poll lần {count} → {outcome}", en: "poll {count} → {outcome}" }
    answers(polls) {
        vi: "đọc câu hỏi rồi trả lời; client đang chờ, số lần poll: {polls}",
        en: "reads the question and answers; the client waits, polls: {polls}",
    }
    two_tasks() {
        vi: "Hai task trên một thread, mỗi task nói ba lần. Chúng chỉ đổi phiên ở chỗ .await phải chờ; không có .await thì không ai chen vào được.",
        en: "Two tasks on one thread, each speaks three times. They change turns only where an .await has to wait; without one, nobody gets in between.",
    }
    with_await(words) { vi: "      có .await      {words}", en: "      .await       {words}" }
    without_await(words) { vi: "      không .await   {words}", en: "      no .await    {words}" }
    threads(count) { vi: "      số thread      {count}", en: "      threads      {count}" }
    a_blocking_call() {
        vi: "Mai gọi một hàm chặn để chờ lời của Bình. Hàm ấy giữ luôn thread, nên Bình không được poll và không nói được. spawn_blocking đưa nó sang thread khác.",
        en: "Mai waits for Binh's word with a call that blocks. It keeps the thread: Binh is not polled and cannot speak. On a thread of its own it harms nobody.",
    }
    heard_word(call, word, polls) { vi: "{call} → “{word}”; poll Bình: {polls}", en: "{call} → “{word}”; Binh's polls: {polls}" }
    heard_nothing(call, polls) { vi: "{call} → hết giờ; poll Bình: {polls}", en: "{call} → timed out; Binh's polls: {polls}" }
    half_a_line() {
        vi: "select! chờ hai future, lấy cái xong trước và vứt cái kia. read_line giữ phần đã đọc bên trong future, nên nửa dòng mất theo.",
        en: "select! takes the first of two futures that ends and drops the other. What read_line has read so far is inside it: half a line is gone.",
    }
    interrupted(call, word) { vi: "nghe Bình: “{word}”; {call} bị vứt", en: "hears Binh: “{word}”; {call} is dropped" }
    lost(call, got, lost) { vi: "{call} → \"{got}\"; mất: \"{lost}\"", en: "{call} → \"{got}\"; lost: \"{lost}\"" }
    half_a_number() {
        vi: "read_exact và write_all cũng thế: đã đọc, đã ghi được bao nhiêu thì chỉ future biết.",
        en: "read_exact and write_all likewise: how much was read or written, only the future knew.",
    }
    wrong_head(got, meant) { vi: "read_exact(4) → “{got}”, lẽ ra “{meant}”", en: "read_exact(4) → “{got}”, should be “{meant}”" }
    half_written(offered, arrived) {
        vi: "write_all({offered}) bị vứt; đã đi: {arrived}",
        en: "write_all({offered}) is dropped; gone out: {arrived}",
    }
    all_written(offered) { vi: "write_all({offered}) → Ok", en: "write_all({offered}) → Ok" }
    nothing_lost() {
        vi: "Để bộ đệm ở ngoài, trong future chỉ còn read_buf: nó hoặc bỏ byte vào bộ đệm, hoặc không lấy byte nào. Vứt lúc nào cũng không mất.",
        en: "With the buffer outside, the future holds only read_buf: it either puts bytes into the buffer or takes none. Dropped at any time, it loses nothing.",
    }
    backpressure() {
        vi: "Hàng đợi có giới hạn thì bên gửi phải chờ, hoặc được báo là đầy. Không giới hạn thì không ai chờ, chỉ có bộ nhớ phình ra.",
        en: "A queue with a bound makes the sender wait, or tells it that it is full. Without a bound nobody waits, and the memory grows.",
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
    everybody_hears() {
        vi: "Phòng chat: mỗi client một task và một hàng đợi 64 dòng. Dòng đầu là tên. “=” là những ai đang ở đây, “+” là vào, “-” là ra.",
        en: "The chat: a task for each client, and a queue of 64 lines. The first line is a name. “=” is who is here, “+” who comes, “-” who leaves.",
    }
    the_end() { vi: "(hết luồng)", en: "(end of stream)" }
    one_does_not_read() {
        vi: "Lan ngừng đọc. Bộ đệm của kernel đầy, rồi hàng đợi của Lan đầy, và Lan bị loại. Không ai phải chờ Lan.",
        en: "Lan stops reading. The kernel's buffers fill up, then Lan's queue, and Lan is dropped. Nobody waits for her.",
    }
    unread(lines, bound) {
        vi: "hàng đợi của Lan lúc dài nhất: {lines}/{bound} dòng",
        en: "Lan's queue at its longest: {lines} of {bound} lines",
    }
    heard_all(said, missed, gone) {
        vi: "thiếu {missed} dòng, nghe “{gone}”; số dòng Mai đã nói: {said}",
        en: "lines missed: {missed}; hears “{gone}”; lines that Mai said: {said}",
    }
    limits() {
        vi: "Chỗ cho hai người (Semaphore), dòng dài 1024 byte, phải xưng tên ngay. Người thứ ba kết nối được, nhưng nằm chờ trong kernel.",
        en: "Room for two (Semaphore), 1024 bytes a line, a name at once. A third one connects, and waits in the kernel.",
    }
    no_permit(permits) { vi: "connect() → Ok; chỗ còn trống: {permits}", en: "connect() → Ok; places left: {permits}" }
    backlog(count) { vi: "hàng đợi (backlog): {count}", en: "backlog: {count}" }
    hangs_up() { vi: "ngắt máy", en: "hangs up" }
    says_too_much(count) { vi: "→ một dòng {count} byte", en: "→ a line of {count} bytes" }
    everybody_leaves(seconds) {
        vi: "Tắt cho êm: thôi nhận khách, báo mọi task, giao nốt những gì đã nói, quá {seconds} giây thì cắt. Lan vẫn không đọc.",
        en: "A graceful end: let nobody in, tell every task, deliver what was said, and cut after {seconds} s. Lan still does not read.",
    }
    left_by_themselves(count) { vi: "task tự xong: {count}", en: "tasks that ended by themselves: {count}" }
    cut(count, seconds) { vi: "bị cắt sau {seconds} s: {count}", en: "cut after {seconds} s: {count}" }

    leaving(seconds) {
        vi: "Không nhận thêm ai. Đợi mọi người đọc nốt, nhiều nhất {seconds} s. Ctrl-C lần nữa: cắt luôn.",
        en: "Nobody comes in any more. Waiting for those who still read, at most {seconds} s. Ctrl-C again: cut.",
    }
    no_chat(address, longest) {
        vi: "{address} gửi một dòng dài hơn {longest} byte: ở đó không phải phòng chat này. Xem lại cổng.",
        en: "{address} sent a line of more than {longest} bytes: that is not this chat. Check the port.",
    }

    a_line() { vi: "một dòng của client: dòng đầu là tên", en: "a line from a client: the first is its name" }
    who_is_there() { vi: "những ai đang ở trong phòng", en: "who is in the room" }
    somebody_came() { vi: "có người vào", en: "somebody came" }
    somebody_left() { vi: "có người ra", en: "somebody left" }
    refusal() { vi: "server từ chối, rồi đóng", en: "the server refuses, then closes" }
    somebody_said() { vi: "có người nói", en: "somebody said" }

    try_serve() {
        vi: "rồi ở hai cửa sổ khác: nc 127.0.0.1 PORT, dòng đầu là tên. Xong thì Ctrl-C server: ai phải đóng trước?",
        en: "then in two other windows: nc 127.0.0.1 PORT, a name first. At last Ctrl-C the server: who has to close first?",
    }
    try_pieces() {
        vi: "nói vào server ấy, từng mẩu một, trong khi cửa sổ khác đang chat. Có mất byte nào không?",
        en: "speaks to that server in pieces, while another window chats. Does a byte get lost?",
    }
    try_tape() {
        vi: "xem bước 4: những byte nào server đã đọc mà read_line không trả ra?",
        en: "in step 4: which bytes has the server read that read_line did not give?",
    }
}

/// The turns in their order.
pub(crate) fn order(waits: bool, turns: &[String]) -> String {
    if waits { with_await(turns.join(", ")) } else { without_await(turns.join(", ")) }
}

pub(crate) fn wrote(offered: usize, all: bool, arrived: u64) -> String {
    if all { all_written(offered) } else { half_written(offered, arrived) }
}

pub(crate) fn waited(call: &str, word: Option<&str>, polls: usize) -> String {
    match word {
        Some(word) => heard_word(call, word, polls),
        None => heard_nothing(call, polls),
    }
}

pub(crate) fn left(left: &Left, within: Duration) -> String {
    format!("{}; {}", left_by_themselves(left.by_themselves), cut(left.cut, within.as_secs()))
}
