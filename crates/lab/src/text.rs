//! Every sentence of the lab that is not of a report, both languages side by side.

use narrate::texts;

texts! {
    no_transport(name, all) {
        vi: "không có cách chở nào tên “{name}”. Có: {all}.",
        en: "there is no transport “{name}”. There are: {all}.",
    }

    announced_not_computed() {
        vi: "checksum khai sai mà server xác nhận đúng số ấy: nó chép lại lời khai, không tính trên những byte đã đến",
        en: "a checksum announced wrongly was acknowledged as announced: the server copies what it is told and computes nothing of the bytes",
    }
    acknowledged_by_itself() {
        vi: "server đang bị dừng (SIGSTOP) mà xác nhận vẫn đến: driver tự bịa ra nó",
        en: "an acknowledgement came while the server was stopped (SIGSTOP): the driver made it up",
    }
    other_number(wanted, got) {
        vi: "đã gửi khung số {wanted}, xác nhận lại mang số {got}",
        en: "frame {wanted} was sent, the acknowledgement is of frame {got}",
    }
    other_checksum(number) {
        vi: "khung số {number}: checksum server tính ra không khớp, byte đến nơi không còn nguyên",
        en: "frame {number}: the checksum that the server computed is another one; the bytes did not arrive whole",
    }

    lab_failed(why) { vi: "phòng đo không chạy được: {why}", en: "the lab could not run: {why}" }
    nobody_left(why) { vi: "không còn ai để đo; {why}", en: "there is nobody left to measure; {why}" }
    debug_build(program) {
        vi: "đây là bản build debug: con số của nó nói về trình biên dịch, không nói về socket. Chạy: cargo run --release -p {program} -- measure   (chỉ muốn xem phòng đo chạy ra sao: thêm --debug-anyway)",
        en: "this is a debug build: its figures would tell about the compiler and nothing about sockets. Run: cargo run --release -p {program} -- measure   (only to see the lab work: add --debug-anyway)",
    }

    making_frames() { vi: "tạo khung hình", en: "making the frames" }
    measuring_limits() { vi: "đo giới hạn của máy", en: "the machine's limits" }
    verifying() { vi: "kiểm chứng từng cách chở", en: "verifying each transport" }
    measuring(rounds) { vi: "đo, {rounds} vòng", en: "measuring, {rounds} rounds" }
    sweeping() { vi: "đo theo kích thước", en: "from 64 bytes to 4 MiB" }
    working(ms) { vi: "mỗi khung {ms} ms xử lý", en: "with {ms} ms of work a frame" }
    explaining() { vi: "đổi từng thứ một", en: "one change at a time" }
    comparing_with_tools() { vi: "so với wrk, h2load, sockperf", en: "beside wrk, h2load, sockperf" }
    no_tool(tool) {
        vi: "Không có {tool}, bỏ qua phần so với nó. Debian, Ubuntu: apt install wrk nghttp2-client sockperf.",
        en: "{tool} is not installed, so that nothing was compared with it. Debian, Ubuntu: apt install wrk nghttp2-client sockperf.",
    }
    counting() { vi: "đếm lời gọi hệ thống", en: "counting system calls" }

    rounds_left_out(done, wanted, seconds) {
        vi: "Đo {done} trong {wanted} vòng: lần chạy mặc định không quá {seconds} giây. Muốn đủ: --rounds {wanted}.",
        en: "{done} of {wanted} rounds were measured: the default run keeps to {seconds} seconds. For all of them: --rounds {wanted}.",
    }
    no_strace() {
        vi: "Không có strace nên không đếm được lời gọi hệ thống. Debian, Ubuntu: apt install strace.",
        en: "System calls were not counted: strace is not installed. Debian, Ubuntu: apt install strace.",
    }
    no_peers(why) { vi: "Không đo được phía Python: {why}", en: "The Python side was not measured: {why}" }
    no_python() {
        vi: "máy này không có python3. Debian, Ubuntu: apt install python3 python3-venv.",
        en: "there is no python3 here. Debian, Ubuntu: apt install python3 python3-venv.",
    }
    no_venv(why) {
        vi: "không tạo được môi trường ảo: {why}. Debian, Ubuntu: apt install python3-venv.",
        en: "no virtual environment can be made: {why}. Debian, Ubuntu: apt install python3-venv.",
    }
    no_packages(why) {
        vi: "không cài được các gói trong peers/requirements.txt: {why}. Lần đầu cần mạng, các lần sau thì không.",
        en: "the packages of peers/requirements.txt cannot be installed: {why}. The first time needs the network, later runs do not.",
    }
    no_wheel(pin, python) {
        vi: "{pin} không có bản dựng sẵn (wheel) cho {python} trên máy này. Các gói trong peers/requirements.txt cần Python từ 3.10 đến 3.13: cài một bản như thế, đặt nó đứng trước trong PATH.",
        en: "there is no ready-made package (wheel) of {pin} for {python} on this machine. Those of peers/requirements.txt are for Python 3.10 to 3.13: install one of these and put it first in PATH.",
    }
    making_environment(place) {
        vi: "Tạo môi trường Python ở {place} (một lần, có tải gói về)…",
        en: "Making a Python environment in {place} (once; it fetches packages)…",
    }
    placed_on_two() {
        vi: "Server một nhân, driver một nhân khác; cột “một nhân” thì cả hai chung một nhân.",
        en: "The server on one core, the driver on another; where it says “one core”, both share one.",
    }
    placed_freely() {
        vi: "Không ghim được vào nhân nào: hệ điều hành tự xếp chỗ cho hai đầu.",
        en: "Not pinned to cores: the system placed the two ends as it liked.",
    }
    loopback() { vi: "Loopback của máy này.", en: "The loopback of this machine." }

    namespaces(link) {
        vi: "Hai network namespace, giữa chúng là đường truyền của chúng tôi mỗi chiều {link}: TCP thật của kernel gặp trễ và mất gói.",
        en: "Two network namespaces with a link of ours between them, each way {link}: the kernel's own TCP meets delay and loss.",
    }
    relays(link) {
        vi: "Một relay trong user space, mỗi chiều {link}.",
        en: "A relay in user space, each way {link}.",
    }
    other_machine(address) { vi: "Đầu kia ở {address}.", en: "The far end is at {address}." }
    no_namespaces(why) { vi: "Không dựng được hai namespace: {why}", en: "Two namespaces cannot be made here: {why}" }
    relay_is_no_network() {
        vi: "Thay vào đó là một relay trong user space. Nó không lấy được gói nào khỏi TCP, nên “mất gói” ở TCP chỉ là một lần chờ như chờ truyền lại: số của TCP ở đây là mô phỏng, của UDP là thật.",
        en: "A relay in user space stands in. It cannot take a packet away from TCP: a “loss” there is a pause as long as a retransmission. Figures of TCP are imitated here, those of UDP are real.",
    }
    link_makes_no_sense(word, usual) {
        vi: "--link: “{word}” không hiểu được; viết như {usual}",
        en: "--link: “{word}” makes no sense; write it as in {usual}",
    }
    only_here(name) {
        vi: "{name} chỉ nối được hai đầu trong cùng một máy",
        en: "{name} joins two ends inside one machine only",
    }
    only_on_loopback(name) {
        vi: "{name} chỉ lắng nghe ở loopback, không ra khỏi namespace được",
        en: "{name} listens on the loopback only, which no other namespace reaches",
    }
    far_end_waits(program, address) {
        vi: "Ở máy kia: cargo run --release -p {program} -- measure --to {address}      Dừng: Ctrl-C",
        en: "On the other machine: cargo run --release -p {program} -- measure --to {address}      Stop: Ctrl-C",
    }
    far_end_silent(why) { vi: "đầu kia không trả lời: {why}", en: "the far end does not answer: {why}" }
    lab_left(why) { vi: "một phòng đo bị ngắt: {why}", en: "a lab was cut off: {why}" }
    no_such_address(address, why) {
        vi: "{address} không phải địa chỉ gọi được ({why}). Viết HOST:PORT như dòng LISTENING của máy kia.",
        en: "{address} is no address to call ({why}). Write HOST:PORT as in the other machine's LISTENING line.",
    }

    usage_error(why, program) { vi: "{why}. Xem: {program} measure --help", en: "{why}. See: {program} measure --help" }
    unknown_language(word) { vi: "không có ngôn ngữ “{word}”: chọn vi hoặc en", en: "there is no language “{word}”: choose vi or en" }
    no_command() { vi: "thiếu lệnh", en: "a command is missing" }
    unknown_command(word) { vi: "không có lệnh “{word}”", en: "there is no command “{word}”" }
    frames_missing() { vi: "drive cần --frames THƯ_MỤC", en: "drive needs --frames FOLDER" }
    drive_needs() { vi: "drive cần tên cách chở và địa chỉ", en: "drive needs a transport's name and an address" }
    save_needs_all() {
        vi: "--save ghi hình của sách, nên cần một lần chạy trọn vẹn: bỏ --quick, --only, --link và --to",
        en: "--save writes the book's figures and needs a whole run: leave out --quick, --only, --link and --to",
    }
    report_needs() { vi: "report cần tệp report.json của một lần chạy", en: "report needs the report.json of a run" }
    not_a_number(word) { vi: "“{word}” không phải là số", en: "“{word}” is not a number" }
    at_least_one(option) { vi: "{option} phải từ 1 trở lên", en: "{option} must be 1 or more" }
    verified(name) { vi: "  đúng      {name}", en: "  right     {name}" }
    refused(name, why) { vi: "  bị loại   {name}: {why}", en: "  refused   {name}: {why}" }
    some_refused(count) { vi: "{count} chương trình bị loại.", en: "{count} programs were refused." }
    bad_results(file, why) { vi: "{file} không đọc được như kết quả của một lần chạy: {why}", en: "{file} does not read as the results of a run: {why}" }

    usage(program) {
        vi: "Phòng đo

Cách dùng: cargo run --release -p {program} -- LỆNH [TÙY CHỌN]

Lệnh
  measure                 đo mọi cách chở, không quá hai phút, rồi ghi báo cáo
  list                    tên các cách chở
  serve [TÊN]             server của một cách chở; không có tên: cho máy khác gọi tới bằng --to
  drive TÊN ĐỊA_CHỈ --frames THƯ_MỤC
                          đầu gửi của một cách chở, nhận lệnh qua stdin (CONTRACT.md)
  verify [TÊN…]           cách chở này có nói thật không (cả chương trình của bạn: --add)
  report TỆP              làm lại báo cáo từ report.json của lần chạy trước

Đo cái gì
  --quick                 xem qua, chừng mười lăm giây
  --only TÊN,TÊN          chỉ những cách này
  --peers                 thêm FastAPI, grpcio, websockets, socket của Python
  --explain               đổi từng thứ một: mỗi lựa chọn tốn bao nhiêu
  --reference_tools                thêm wrk, h2load, sockperf gọi vào cùng những server ấy
  --add CHƯƠNG_TRÌNH      thêm chương trình của bạn (CONTRACT.md)
  --link[=ĐIỀU_KIỆN]      đặt một đường truyền xấu ở giữa; mặc định
                          delay=10ms,loss=1%,rate=100mbit (một chiều)
  --to HOST:PORT          đầu kia nằm ở máy khác, nơi serve đang chạy

Đo thế nào
  --rounds N  --millis N  số vòng, thời gian mỗi phép đo
  --seed N                hạt giống sinh khung hình
  --out THƯ_MỤC           nơi ghi report.html, report.json, report.csv
  --save                  ghi cả hình của sách
  --debug-anyway          vẫn đo dù là bản debug
  --lang vi|en            ngôn ngữ
  --help                  trang này",
        en: "The lab

Usage: cargo run --release -p {program} -- COMMAND [OPTIONS]

Commands
  measure                 measures every transport in at most two minutes, then writes a report
  list                    the transports' names
  serve [NAME]            one transport's server; without a name: for --to on another machine
  drive NAME ADDRESS --frames FOLDER
                          one transport's sending end, told what to do on stdin (CONTRACT.md)
  verify [NAME…]          do these tell the truth (also your own program: --add)
  report FILE             the report again, from the report.json of an earlier run

What is measured
  --quick                 a look, a quarter of a minute
  --only NAME,NAME        only these
  --peers                 FastAPI, grpcio, websockets and a plain socket of Python as well
  --explain               one change at a time: what each choice costs
  --reference_tools                wrk, h2load and sockperf against the same servers as well
  --add PROGRAM           a program of yours as well (CONTRACT.md)
  --link[=CONDITIONS]     a bad network between the ends; unless said otherwise
                          delay=10ms,loss=1%,rate=100mbit (each way)
  --to HOST:PORT          the far end is on another machine, where serve runs

How
  --rounds N  --millis N  rounds, and how long each measurement is
  --seed N                the seed of the frames
  --out FOLDER            where report.html, report.json and report.csv go
  --save                  write the book's figures as well
  --debug-anyway          measure although this is a debug build
  --lang vi|en            the language
  --help                  this page",
    }
}
