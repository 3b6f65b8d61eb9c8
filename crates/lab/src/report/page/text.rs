//! The sentences that only the page says.

use narrate::{Text, texts};

/// How it was measured, a line each.
pub(crate) const METHOD: [Text; 10] = [
    Text {
        vi: "Mỗi cách chở là hai tiến trình: một server, một driver. Chúng chạy bên ngoài chương trình đo, và không biết nhau ngoài địa chỉ.",
        en: "Each transport is two processes, a server and a driver. They run outside of the measuring program and know of each other only the address.",
    },
    Text {
        vi: "Trước khi đo là kiểm tra: server phải tự tính checksum trên những byte đã đến. Khai sai để thử, dừng server để thử; ai bịa xác nhận thì bị loại.",
        en: "Before anything is measured it is verified: the server must compute the checksum of the bytes that arrived. The lab lies to it and stops it; whoever makes up an acknowledgement is left out.",
    },
    Text {
        vi: "Vòng kín (closed loop): gửi một khung, chờ xác nhận, gửi khung kế. FPS trong bảng chính là của vòng này.",
        en: "Closed loop: send a frame, wait for its acknowledgement, send the next. The FPS of the main table are of this loop.",
    },
    Text {
        vi: "Gối đầu (pipelined): nhiều khung cùng trên đường. Con số này cho thấy phần nào của vòng kín chỉ là chờ đợi.",
        en: "Pipelined: several frames on their way at once. It shows how much of the closed loop is nothing but waiting.",
    },
    Text {
        vi: "Theo nhịp (paced): khung đến hạn đều đặn, bất kể những khung trước ra sao, và độ trễ tính từ lúc đến hạn. Vòng kín thì ngừng hỏi đúng lúc server khựng lại, nên bỏ sót chính những khung chậm nhất (coordinated omission).",
        en: "Paced: frames are due at a steady rate, whatever became of those before, and latency counts from when each was due. A closed loop stops asking when the server stalls, and so misses the slowest frames of all (coordinated omission).",
    },
    Text {
        vi: "Nhiều vòng, mỗi vòng xáo lại thứ tự. Con số là trung vị của các vòng; khoảng đi kèm chứa trung vị thật với xác suất ít nhất 90 %, không giả định nhiễu phân bố thế nào (quá ít vòng thì khoảng là từ vòng chậm nhất đến vòng nhanh nhất).",
        en: "Several rounds, each in another order. A figure is the median of the rounds; its interval holds the true median with at least 90 % certainty and assumes nothing about how noise is distributed (with too few rounds it reaches from the slowest to the fastest).",
    },
    Text {
        vi: "Đối chứng A/A: một cách chở được đo hai lần dưới hai tên. Hai kết quả lệch nhau bao nhiêu thì nhiễu lớn chừng ấy.",
        en: "A/A control: one transport is measured twice under two names. As far as the two are apart, so large is the noise.",
    },
    Text {
        vi: "Hạng của một cách chở là 1 cộng số cách chở chắc chắn nhanh hơn: hơn quá mức nhiễu, và hai khoảng không chồng nhau. Chưa chắc thì đồng hạng.",
        en: "A rank is 1 plus how many are surely faster: ahead by more than noise, and with intervals that do not meet. Who is not surely slower shares the rank.",
    },
    Text {
        vi: "CPU đọc từ kernel cho cả hai tiến trình. Lời gọi hệ thống và byte qua loopback đếm trong những lần chạy riêng, vì đếm thì làm chậm.",
        en: "CPU time is read from the kernel for both processes. System calls and bytes over loopback are counted in runs of their own, since counting slows things down.",
    },
    Text {
        vi: "Giới hạn đo trong cùng lần chạy: chép bộ nhớ, checksum, TCP một chiều không xác nhận, iperf3 nếu có.",
        en: "The limits are measured in the same run: copying memory, the checksum, one-way TCP without acknowledgements, iperf3 where installed.",
    },
];

/// What must not be read into the figures.
pub(crate) const NOT_TOLD: [Text; 5] = [
    Text {
        vi: "Không nói gì về mạng nào khác ngoài mạng ghi bên dưới. Loopback không mất gói, không có đường dài; trên đường dài, số vòng đi về và kiểm soát tắc nghẽn mới quyết định.",
        en: "Nothing about any network but the one named below. Loopback loses no packets and has no distance; over a distance, round trips and congestion control decide.",
    },
    Text {
        vi: "Không nói gì về nhiều client cùng lúc: ở đây chỉ có một.",
        en: "Nothing about many clients at once: here there is one.",
    },
    Text {
        vi: "Không xếp hạng giao thức. Mỗi dòng là một chương trình với những lựa chọn của nó: thư viện, số lần gửi, kết nối giữ hay bỏ. Xem phần “Đổi từng thứ một”.",
        en: "It ranks no protocols. Each row is a program with its choices: library, number of sends, connection kept or not. See “One change at a time”.",
    },
    Text {
        vi: "Không so được với con số đo trên máy khác, ngày khác. So các dòng của cùng một lần chạy.",
        en: "Nothing to compare with figures from another machine or another day. Compare rows of one run.",
    },
    Text {
        vi: "Không nói cái nào đáng dùng: mã hóa, lỗi dễ hiểu, công cụ sẵn có đều không nằm trong FPS.",
        en: "It does not say what to use: encryption, errors that make sense, tools at hand are not in the FPS.",
    },
];

texts! {
    other_language() { vi: "English", en: "Tiếng Việt" }
    dark() { vi: "Nền tối", en: "Dark" }
    contents() { vi: "Trong trang này", en: "On this page" }

    speed() { vi: "Nhanh đến đâu", en: "How fast" }
    speed_intro() {
        vi: "Khung (frame) mỗi giây của vòng kín: gửi một khung, chờ xác nhận, gửi khung kế. Vạch nhỏ ở đầu thanh là khoảng tin cậy. Hai thanh có vạch chồng nhau thì chưa nói được thanh nào dài hơn. Số trước tên là hạng: 1 cộng số cách chở chắc chắn nhanh hơn; = là đối chứng.",
        en: "Frames a second of the closed loop: send a frame, wait for its acknowledgement, send the next. The small bracket at a bar's end is its interval. Where brackets overlap, neither bar is longer yet. The number before a name is its rank: 1 plus how many are surely faster; = is the control.",
    }
    kinds() { vi: "Loại khung", en: "Kind of frame" }
    log_scale() { vi: "Thang logarit", en: "Logarithmic scale" }
    speed_title(kind) { vi: "Khung/giây với {kind}", en: "Frames a second with {kind}" }
    one_way_line() { vi: "TCP một chiều", en: "one-way TCP" }
    one_way_note(ours, iperf3) {
        vi: "Vạch đứt: TCP một chiều, không ai xác nhận, {ours} khung/s (iperf3: {iperf3}). Có thể vượt qua nó, nhất là bằng Unix socket: nó là mốc, không phải trần.",
        en: "Dashed: one-way TCP, acknowledged by nobody, {ours} frames a second (iperf3: {iperf3}). It can be passed, by a Unix socket above all: it is a mark, not a ceiling.",
    }
    table_of(title) { vi: "Bảng số liệu: {title}", en: "As a table: {title}" }

    worked(ms) { vi: "Khi mỗi khung tốn thêm {ms} ms", en: "With {ms} ms of work for each frame" }
    worked_intro(ms) {
        vi: "Server bận {ms} ms cho mỗi khung, như khi chạy một mô hình nhận dạng. FPS ≈ 1000 / ({ms} + chi phí chở, tính bằng ms): cách chở nào tốn vài chục µs thì cũng như nhau. Thanh nào ngắn hẳn là có một lỗi cụ thể.",
        en: "The server is busy for {ms} ms with each frame, as with the inference of a model. FPS ≈ 1000 / ({ms} + the cost of carrying, in ms): whatever carries a frame in some tens of µs is the same. A bar that is clearly shorter has one particular mistake.",
    }
    worked_title(ms, kind) { vi: "Khung/giây với {ms} ms xử lý, {kind}", en: "Frames a second with {ms} ms of work, {kind}" }

    changes_intro() {
        vi: "Cùng một chương trình, trước và sau khi đổi đúng một thứ. Phần lớn khoảng cách trong bảng nằm ở đây, không nằm ở giao thức.",
        en: "The same program before and after exactly one change. Most of the distance in the table comes from here, not from the protocol.",
    }
    before() { vi: "trước", en: "before" }
    after() { vi: "sau", en: "after" }
    times_faster(times) { vi: "nhanh {times} lần", en: "{times} times as fast" }
    times_slower(times) { vi: "chậm {times} lần", en: "{times} times as slow" }
    no_difference() { vi: "nằm trong nhiễu", en: "within noise" }
    alone() { vi: "chỉ chở", en: "carrying alone" }
    with_work(ms) { vi: "kèm {ms} ms xử lý", en: "with {ms} ms of work" }
    change_desc(before, before_fps, after, after_fps) {
        vi: "{before}: {before_fps} khung/s; {after}: {after_fps} khung/s.",
        en: "{before}: {before_fps} frames a second; {after}: {after_fps} frames a second.",
    }

    latency() { vi: "Trễ bao lâu", en: "How late" }
    latency_intro() {
        vi: "Mỗi dòng là một biểu đồ phân bố (chiều cao theo căn bậc hai, để thấy được đuôi). Vạch đậm: p50, nửa số khung nhanh hơn. Vạch mảnh: p99. Chấm: khung chậm nhất. Khung đến hạn theo nhịp ghi trong bảng bên dưới, trừ dòng có dấu °: vòng kín. Bên phải: p50 / p99.",
        en: "Each row is a histogram (heights by square root, so that the tail shows). Thick mark: p50, half of the frames are faster. Thin mark: p99. Dot: the slowest frame. Frames were due at the rate in the table below, except in rows marked °: closed loop. On the right: p50 / p99.",
    }
    latency_title(kind) { vi: "Độ trễ với {kind}", en: "Latency with {kind}" }

    cost() { vi: "Tốn gì cho mỗi khung", en: "What a frame costs" }
    cost_intro() {
        vi: "Nhanh hơn có khi chỉ vì ngốn nhiều CPU hơn. Thanh đậm: CPU của server; thanh nhạt: của driver; đơn vị µs mỗi khung. Thanh nào dài quá biểu đồ thì kết thúc bằng dấu », con số ở bên phải.",
        en: "Fast may mean no more than using more CPU. Strong: the server's CPU time; pale: the driver's; in µs a frame. A bar that is too long for the chart is cut, with a » at its figure.",
    }
    cost_title(implementation, kind) { vi: "CPU mỗi khung, {implementation}, {kind}", en: "CPU a frame, {implementation}, {kind}" }
    cost_note() {
        vi: "Byte thêm: những gì qua loopback ngoài khung, kể cả phần đầu và xác nhận; Unix socket không đi qua loopback. Lần chép: trong bộ nhớ của chương trình, cả hai đầu, theo tác giả của nó.",
        en: "Extra bytes: what crossed loopback besides the frame, headers and acknowledgements included; a Unix socket does not use loopback. Copies: in the program's memory, both ends, as its author counts them.",
    }

    sweep() { vi: "Khung to, khung nhỏ", en: "Large frames, small frames" }
    sweep_intro() {
        vi: "Với khung nhỏ, cái giá là mỗi khung: lời gọi hệ thống, đánh thức nhau. Với khung to, cái giá là mỗi byte: chép, checksum, mã hóa. Hai đường cắt nhau nghĩa là câu hỏi “cái nào nhanh hơn” phải kèm cỡ khung.",
        en: "For small frames the price is by the frame: system calls, waking each other. For large ones it is by the byte: copying, checksums, encoding. Where two lines cross, “which is faster” needs a size.",
    }
    sweep_title() { vi: "MB/s theo cỡ khung, hai trục logarit", en: "MB/s by payload size, both axes logarithmic" }
    sweep_of(implementation) { vi: "{implementation}: MB/s theo cỡ khung", en: "{implementation}: MB/s by payload size" }

    bars_desc(count, first, fps, last, last_fps) {
        vi: "{count} thanh, nhanh nhất {first} {fps}, chậm nhất {last} {last_fps}. Số liệu đầy đủ ở bảng bên dưới.",
        en: "{count} bars, from the fastest, {first} at {fps}, to the slowest, {last} at {last_fps}. All figures are in the table below.",
    }
    chart_desc(count) {
        vi: "{count} dòng. Số liệu đầy đủ ở bảng bên dưới.",
        en: "{count} rows. All figures are in the table below.",
    }

    method() { vi: "Đo thế nào", en: "How it was measured" }
    not_told() { vi: "Những gì các con số này không nói", en: "What these figures do not tell" }
    run_heading() { vi: "Máy và lần chạy", en: "Machine and run" }
    processor() { vi: "CPU", en: "CPU" }
    system() { vi: "Hệ điều hành", en: "System" }
    compiler() { vi: "Trình biên dịch", en: "Compiler" }
    build() { vi: "Bản dựng", en: "Build" }
    congestion() { vi: "Kiểm soát tắc nghẽn", en: "Congestion control" }
    load_label() { vi: "Tải trước và sau khi chạy", en: "Load before and after" }
    placement() { vi: "Vị trí hai đầu", en: "Placement" }
    network() { vi: "Mạng", en: "Network" }
    date() { vi: "Ngày", en: "Date" }
    plan() { vi: "Kế hoạch", en: "Plan" }
    seed(seed) { vi: "seed {seed}", en: "seed {seed}" }
    limits_label() { vi: "Giới hạn", en: "Limits" }
    files() {
        vi: "Cạnh trang này: report.json giữ mọi con số, report.csv mỗi dòng một phép đo.",
        en: "Beside this page: report.json has every figure, report.csv one measurement a row.",
    }
    reference_tools_intro() {
        vi: "Người đo cũng phải được đo. Những công cụ ai cũng biết gọi vào cùng những server ấy, xen kẽ với chương trình của chúng tôi, mỗi lúc một khung trên một kết nối. Tỉ lệ trên 1 nghĩa là chúng tôi nhanh hơn.",
        en: "Whoever measures should be measured. Tools that everybody knows call the same servers, in turns with our own programs, one frame at a time on one connection. A ratio above 1 means that ours is faster.",
    }
}
