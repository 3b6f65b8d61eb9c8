//! Every sentence of a report's terminal form, and those that the page shares with it.

use narrate::{Text, texts};

use crate::results::Implementation;

/// What a kind of frame is, by its name.
pub(crate) fn kind(name: &str) -> String {
    let known = match name {
        "jpeg" => Text { vi: "JPEG 640 × 480", en: "JPEG 640 × 480" },
        "vga" => Text { vi: "ảnh RGB 640 × 480", en: "RGB picture 640 × 480" },
        "hd" => Text { vi: "ảnh RGB 1920 × 1080", en: "RGB picture 1920 × 1080" },
        other => return other.to_owned(),
    };
    known.to_string()
}

/// Whose programs they are.
pub(crate) fn implementation(implementation: Implementation) -> String {
    match implementation {
        Implementation::Rust => "Rust".into(),
        Implementation::Python => "Python".into(),
        Implementation::Yours => yours(),
    }
}

/// A verdict as a word.
pub(crate) fn verdict(verdict: &str) -> Text {
    match verdict {
        "true" => Text { vi: "đúng", en: "true" },
        "true-but" => Text { vi: "đúng, nhưng", en: "true, but" },
        "false" => Text { vi: "sai", en: "false" },
        _ => Text { vi: "chưa rõ", en: "open" },
    }
}

/// How many cores; nothing where they were not counted.
pub(crate) fn cores(count: usize) -> String {
    if count > 0 { count_of_cores(count) } else { String::new() }
}

texts! {
    yours() { vi: "của bạn", en: "yours" }
    cannot_write(file, why) {
        vi: "không ghi được {file}: {why}. Chọn thư mục khác bằng --out.",
        en: "{file} cannot be written: {why}. Choose another folder with --out.",
    }

    nothing_measured() {
        vi: "Lần chạy này không đo được gì.",
        en: "Nothing was measured in this run.",
    }
    only_one(name, fps, kind) {
        vi: "Chỉ có {name} được đo với {kind}: {fps} khung/s. Muốn biết nhanh hay chậm, phải có thêm ai đó để so.",
        en: "Only {name} was measured with {kind}: {fps} frames a second. Fast or slow takes somebody to compare with.",
    }
    fastest(name, fps, kind) {
        vi: "Với {kind}, {name} nhanh nhất: {fps} khung/s",
        en: "With {kind}, {name} is fastest: {fps} frames a second",
    }
    ahead(second, ahead, noise) {
        vi: ", hơn {second} {ahead}. Nhiễu của lần chạy này là {noise}, nên khác biệt ấy có thật.",
        en: ", {ahead} ahead of {second}. Noise in this run is {noise}, so that difference is real.",
    }
    not_ahead(second, ahead, noise) {
        vi: ", nhưng chỉ hơn {second} {ahead}, mà nhiễu của lần chạy này là {noise}: coi như ngang nhau.",
        en: ", but only {ahead} ahead of {second}, and noise in this run is {noise}: call it a draw.",
    }
    overlapping(second, ahead) {
        vi: ", hơn {second} {ahead}, nhưng hai khoảng tin cậy chồng lên nhau: chưa đủ để nói là nhanh hơn.",
        en: ", {ahead} ahead of {second}, but their intervals overlap: not enough to call it faster.",
    }
    ahead_unknown(second, ahead) {
        vi: ", hơn {second} {ahead}. Không có phép đo đối chứng, nên chưa biết bao nhiêu trong đó là nhiễu.",
        en: ", {ahead} ahead of {second}. No control was measured, so how much of that is noise is unknown.",
    }
    brief(kind, name, fps) {
        vi: "{kind}: {name} nhanh nhất, {fps} khung/s",
        en: "{kind}: {name} is fastest, {fps} frames a second",
    }
    brief_ahead(second, ahead) { vi: ", hơn {second} {ahead}, ngoài tầm của nhiễu.", en: ", {ahead} ahead of {second}, more than noise." }
    brief_draw(second, ahead) {
        vi: ", hơn {second} {ahead}, chưa ra khỏi nhiễu: coi như ngang nhau.",
        en: ", {ahead} ahead of {second}, within noise: a draw.",
    }
    brief_unknown(second, ahead) { vi: ", hơn {second} {ahead}.", en: ", {ahead} ahead of {second}." }
    slowest(name, times) {
        vi: "Chậm nhất là {name}: kém {times} lần.",
        en: "The slowest, {name}, carries {times} times fewer.",
    }
    best_of(implementation, name, fps, share) {
        vi: "Nhanh nhất trong nhóm {implementation}: {name}, {fps} khung/s, bằng {share} con số trên.",
        en: "The fastest in {implementation}: {name}, {fps} frames a second, {share} of that.",
    }
    worked_headline(ms, level, all, last, times) {
        vi: "Khi mỗi khung tốn thêm {ms} ms xử lý: {level} trong {all} cách chở ngang nhau ở đầu bảng; chậm nhất, {last}, chỉ còn kém {times} lần.",
        en: "With {ms} ms of work for each frame, {level} of {all} are level at the top, and the slowest, {last}, is {times} times behind.",
    }
    debug_build() {
        vi: "Bản dựng debug: các con số này nói về trình biên dịch, không nói về socket. Chạy lại với --release.",
        en: "A debug build: these figures are about the compiler, not about sockets. Run again with --release.",
    }

    title() { vi: "So sánh, đo thật", en: "The comparison, measured" }
    run(rounds, millis, took) {
        vi: "{rounds} vòng, mỗi phép đo {millis} ms, cả lần chạy {took} s",
        en: "{rounds} rounds, {millis} ms each measurement, {took} s in all",
    }
    count_of_cores(count) { vi: "{count} nhân", en: "{count} cores" }
    load(before, after) { vi: "tải {before} → {after}", en: "load {before} → {after}" }

    kind_heading(kind, bytes) { vi: "{kind} · {bytes} byte", en: "{kind} · {bytes} bytes" }
    transport() { vi: "cách chở", en: "transport" }
    syscalls() { vi: "syscall", en: "syscall" }
    legend(rust, python, yours) {
        vi: "{rust} Rust · {python} Python · {yours} của bạn. Hạng: 1 cộng số cách chở chắc chắn nhanh hơn; = là đối chứng.",
        en: "{rust} Rust · {python} Python · {yours} yours. Rank: 1 plus how many are surely faster; = is the control.",
    }
    latency_paced() {
        vi: "p50, p99 (µs): khung đến hạn theo nhịp, trễ tính từ lúc đến hạn; ° là hỏi một câu đáp một câu. CPU (µs/khung) và syscall: cả hai đầu.",
        en: "p50, p99 (µs): frames due at a rate, latency from when each was due; ° is question and answer in turn. CPU (µs a frame) and syscall: both ends.",
    }

    limits_heading() { vi: "So với giới hạn của máy", en: "Against the limits of the machine" }
    limits(memcpy, checksum, harness) {
        vi: "Chép bộ nhớ {memcpy}/s · checksum XXH3 {checksum}/s · bản thân phép đo {harness} ns/khung",
        en: "Copying memory {memcpy}/s · XXH3 checksum {checksum}/s · the measuring itself {harness} ns a frame",
    }
    one_way(kind, ours, iperf3) {
        vi: "{kind}: {ours} khung/s; iperf3: {iperf3}",
        en: "{kind}: {ours} frames/s; iperf3: {iperf3}",
    }
    share_heading() {
        vi: "TCP một chiều không có xác nhận là mốc 100 %. Lần lượt: một câu hỏi, một câu đáp; gối đầu: nhiều khung cùng trên đường.",
        en: "One-way TCP without acknowledgements is 100 %. In turn: a question, an answer; piped: several frames on their way.",
    }
    one_way_row() { vi: "một chiều, FPS", en: "one way, FPS" }
    in_turn() { vi: "lần lượt", en: "in turn" }
    piped() { vi: "gối đầu", en: "piped" }

    worked_heading(ms, kind) { vi: "Kèm {ms} ms xử lý mỗi khung · {kind}", en: "With {ms} ms of work a frame · {kind}" }

    control_heading() { vi: "Đối chứng", en: "The control" }
    control(of, apart, spread) {
        vi: "{of} được đo hai lần dưới hai tên: hai trung vị lệch nhau nhiều nhất {apart}. Khác biệt dưới {spread} là nhiễu.",
        en: "{of} was measured twice under two names: the medians are at most {apart} apart. Differences below {spread} are noise.",
    }
    no_control() {
        vi: "Không có phép đo đối chứng: chưa biết khác biệt nào là nhiễu.",
        en: "No control was measured: which differences are noise is unknown.",
    }
    excluded_heading() { vi: "Bị loại", en: "Left out" }
    lacking_heading() { vi: "Còn thiếu", en: "Lacking" }
    verdicts_heading() { vi: "Bài ghi chép nói, và lần chạy này cho thấy", en: "What the note says, and what this run shows" }
    changes_heading() { vi: "Đổi từng thứ một", en: "One change at a time" }
    change(before, before_fps, after, after_fps) {
        vi: "{before} {before_fps} → {after} {after_fps} khung/s",
        en: "{before} {before_fps} → {after} {after_fps} frames/s",
    }
    change_worked(ms, before_fps, after_fps) {
        vi: "kèm {ms} ms xử lý: {before_fps} → {after_fps}",
        en: "with {ms} ms of work: {before_fps} → {after_fps}",
    }
    files_heading() { vi: "Xem tiếp", en: "See more" }
    reference_tools_heading() { vi: "Bên cạnh những công cụ quen thuộc", en: "Beside well-known tools" }
    tool_comparison(ours, tool, bytes, ratio, we, they) {
        vi: "{ours} so với {tool}, {bytes} byte: {ratio} lần ({we} và {they} mỗi giây)",
        en: "{ours} against {tool}, {bytes} bytes: {ratio} times ({we} and {they} a second)",
    }
    we() { vi: "chúng tôi", en: "ours" }
    they() { vi: "công cụ", en: "the tool" }
    ratio() { vi: "tỉ lệ", en: "ratio" }
    a_payload() { vi: "byte", en: "bytes" }

    // Headings of tables.
    rank() { vi: "Hạng", en: "Rank" }
    whose() { vi: "Viết bằng", en: "Written in" }
    fps() { vi: "Khung/s", en: "Frames/s" }
    share_of_one_way() { vi: "So với TCP một chiều", en: "Of one-way TCP" }
    pipelined() { vi: "Gối đầu", en: "Pipelined" }
    one_core() { vi: "Chung một nhân", en: "On one core" }
    other_placement() { vi: "Xếp nhân kiểu kia", en: "Other placement" }
    rate() { vi: "Nhịp, khung/s", en: "Rate, frames/s" }
    closed_loop() { vi: "vòng kín", en: "closed loop" }
    slowest_frame() { vi: "chậm nhất", en: "slowest" }
    server() { vi: "Server", en: "Server" }
    driver() { vi: "Driver", en: "Driver" }
    calls() { vi: "Lời gọi hệ thống", en: "System calls" }
    most_frequent() { vi: "Gọi nhiều nhất", en: "Most frequent" }
    wire() { vi: "Byte thêm trên đường", en: "Extra bytes on the way" }
    copies() { vi: "Lần chép", en: "Copies" }
}
