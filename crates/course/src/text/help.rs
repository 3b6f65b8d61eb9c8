//! The pages of `--help`.

use narrate::texts;

texts! {
    version(number) { vi: "cargo course {number}", en: "cargo course {number}" }
    options() {
        vi: "
  --lang vi|en            ngôn ngữ trên màn hình
  --help, -h              trang này
  --version, -V           số phiên bản",
        en: "
  --lang vi|en            the language on the screen
  --help, -h              this page
  --version, -V           the version",
    }
    all() {
        vi: "Công cụ của khóa học: bạn đang ở đâu, làm gì tiếp, chương trình của bạn đúng chưa.

Cách dùng: cargo course [LỆNH] [NN [BÀI_TẬP]] [TÙY CHỌN]

  (không có)              bạn đang ở đâu, việc gì tiếp theo
  check [NN [BÀI_TẬP]]    build rồi chấm chương trình của bạn
  watch [NN [BÀI_TẬP]]    như check, mỗi lần bạn lưu tệp
  hint [NN [BÀI_TẬP]]     gợi ý kế tiếp
  solution [NN [BÀI_TẬP]] lời giải của chúng tôi
  reset NN BÀI_TẬP        lấy lại tệp ban đầu, cất riêng bản của bạn
  next                    sang bài tập kế tiếp
  list                    bản đồ các bài và tình trạng
  lang [vi|en|both]       chọn ngôn ngữ
  update                  cập nhật khóa học (git pull)
  book [NN]               mở sách ở chương NN
  dev new NN-tên          (người soạn) bày khung một bài mới
  dev patch               (người soạn) tạo bản vá của một biến thể
  dev sync                (người soạn) sinh exercises/ từ solutions/
  dev verify              (người soạn) phép kiểm tra có phân biệt đúng sai không

NN là số bài, ví dụ 03. Không ghi thì là bài tập bạn đang làm. Xem thêm về một lệnh: cargo course check --help
Mã thoát: 0 đạt, 1 chưa đạt hoặc chưa bắt đầu, 2 dùng sai hoặc máy có vấn đề.",
        en: "The course's tool: where you are, what comes next, whether your program is right.

Usage: cargo course [COMMAND] [NN [TASK]] [OPTIONS]

  (none)                  where you are and what comes next
  check [NN [TASK]]       build your program and judge it
  watch [NN [TASK]]       the same at each save
  hint [NN [TASK]]        the next hint
  solution [NN [TASK]]    our solution
  reset NN TASK           the file as it was at first; yours is kept
  next                    on to the next task
  list                    the map of lessons and tasks, and how they stand
  lang [vi|en|both]       choose the language
  update                  get the newest version (git pull)
  book [NN]               open the book at chapter NN
  dev new NN-name         (authors) lay out a new lesson
  dev patch               (authors) make the patch of a variant
  dev sync                (authors) make exercises/ from solutions/
  dev verify              (authors) do the checks tell right from wrong

NN is the number of a lesson, such as 03. Without it: your current task. More about one command: cargo course check --help
Exit codes: 0 passed, 1 not passed or not started, 2 wrong usage or trouble on this machine.",
    }
    check() {
        vi: "Build chương trình của bạn rồi chấm nó từ bên ngoài, qua socket thật.

Cách dùng: cargo course check [NN [BÀI_TẬP]] [--seed S] [--all]

  (không có)              bài tập bạn đang làm
  NN                      mọi bài tập của bài NN
  NN BÀI_TẬP              đúng bài tập đó, ví dụ: cargo course check 03 echo
  --all                   mọi bài tập bạn đã bắt đầu
  --seed S                lặp lại những lựa chọn ngẫu nhiên của lần chạy mang seed S",
        en: "Builds your program and judges it from outside, over real sockets.

Usage: cargo course check [NN [TASK]] [--seed S] [--all]

  (none)                  your current task
  NN                      every task of lesson NN
  NN TASK                 that task, for example: cargo course check 03 echo
  --all                   every task that you have started
  --seed S                repeat the random choices of the run with seed S",
    }
    watch() {
        vi: "Chấm lại mỗi lần bạn lưu tệp. Trên terminal: toàn màn hình. Qua pipe: từng dòng.

Cách dùng: cargo course watch [NN [BÀI_TẬP]] [--poll]

  --poll                  tự xem tệp mỗi nửa giây, khi hệ thống không báo là tệp đã đổi
                          (thư mục mạng, /mnt/c trong WSL)

  h gợi ý · n bài kế · r chạy lại · l đổi ngôn ngữ · q thoát
  Qua pipe thì gõ chữ đó rồi Enter.",
        en: "Judges at each save. On a terminal: full screen. Into a pipe: plain lines.

Usage: cargo course watch [NN [TASK]] [--poll]

  --poll                  look at the files every half second, where the system does not
                          report changed files (network folders, /mnt/c in WSL)

  h hint · n next · r run again · l language · q quit
  In a pipe, type the letter and Enter.",
    }
    hint() {
        vi: "Gợi ý kế tiếp, mỗi lần gọi một gợi ý, trước hay sau khi đạt đều được. Lần chấm gần nhất chưa đạt thì gợi ý cho triệu chứng đó đến trước.

Cách dùng: cargo course hint [NN [BÀI_TẬP]]",
        en: "The next hint, one each time, before or after you pass. When the last run failed, the hint for its symptom comes first.

Usage: cargo course hint [NN [TASK]]",
    }
    solution() {
        vi: "Lời giải của chúng tôi, khi bài của bạn đã đạt.

Cách dùng: cargo course solution [NN [BÀI_TẬP]] [--anyway]

  --anyway                xem dù bài của bạn chưa đạt",
        en: "Our solution, once yours passes.

Usage: cargo course solution [NN [TASK]] [--anyway]

  --anyway                show it although yours does not pass yet",
    }
    reset() {
        vi: "Trả tệp về như ban đầu. Trước đó, những gì bạn viết được cất vào .course/kept/.

Cách dùng: cargo course reset NN BÀI_TẬP",
        en: "Puts the file back as it was at first. Before that, what you wrote is copied to .course/kept/.

Usage: cargo course reset NN TASK",
    }
    next() {
        vi: "Sang bài tập chưa đạt kế tiếp. Bài để lại vẫn còn nguyên đó.

Cách dùng: cargo course next",
        en: "Goes on to the next task that has not passed. What you have written stays there.

Usage: cargo course next",
    }
    list() {
        vi: "Bản đồ: các bài, các bài tập, và bạn đã làm đến đâu.

Cách dùng: cargo course list",
        en: "The map: lessons, tasks, and how each one stands.

Usage: cargo course list",
    }
    lang() {
        vi: "Cho biết khóa học đang nói tiếng gì, hoặc đổi sang tiếng kia. Lựa chọn nằm ở .course/lang, mọi chương trình của khóa học đều đọc tệp đó.
Các tệp bài tập chưa ai viết vào cũng chuyển sang thứ tiếng ấy: phần đầu, đề bài, thông báo. Với git đó là những tệp đã đổi; muốn cập nhật khóa học thì dùng cargo course update thay cho git pull.

Cách dùng: cargo course lang [vi|en|both]

  both                    trả các tệp ấy về dạng hai thứ tiếng, như trong git",
        en: "Says which language the course speaks, or changes it. The choice is kept in .course/lang, and every program of the course reads it.
Exercise files that nobody has edited change to that language, too: header, task, messages. To git these are modified files; to update the course, use cargo course update in place of git pull.

Usage: cargo course lang [vi|en|both]

  both                    bring these files back to both languages, as in git",
    }
    update() {
        vi: "Lấy bản mới nhất của khóa học: đưa các tệp bài tập chưa ai viết vào về như trong git, chạy git pull, rồi lại chuyển chúng sang ngôn ngữ đã chọn. Những gì bạn viết thì git đối xử như mọi khi.

Cách dùng: cargo course update",
        en: "Gets the newest version of the course: puts exercise files that nobody has edited back as they are in git, runs git pull, and brings them into the chosen language again. What you have written is treated by git as ever.

Usage: cargo course update",
    }
    sync() {
        vi: "Sinh exercises/ từ solutions/. Không bao giờ ghi đè lên tệp có người đã viết vào.

Cách dùng: cargo course dev sync [NN] [--check] [--force]

  --check                 không ghi gì; nêu tên từng tệp không khớp, thoát với mã 1
  --force                 ghi đè cả tệp đã sửa, sau khi chép nó vào .course/kept/",
        en: "Makes exercises/ from solutions/. Never writes over a file that somebody has edited.

Usage: cargo course dev sync [NN] [--check] [--force]

  --check                 write nothing; name each file that differs, exit with 1
  --force                 write over edited files too, after a copy to .course/kept/",
    }
    new() {
        vi: "Bày khung một bài mới: bài học, lời giải, bài tập, hai trang của chương, bảng kiểm tra; rồi nêu những chỗ còn trống. Bài đã có thì chỉ nêu chỗ còn trống.

Cách dùng: cargo course dev new NN-tên [BÀI_TẬP]",
        en: "Lays out a new lesson: lesson, solution, exercise, the chapter's two pages, the table of checks; then names what is still empty. For a lesson that is there it only names what is empty.

Usage: cargo course dev new NN-name [TASK]",
    }
    patch() {
        vi: "Tạo bản vá của một biến thể sai (hoặc đúng) từ bản lời giải đã sửa, nhỏ nhất có thể.

Cách dùng: cargo course dev patch NN BÀI_TẬP TÊN [--edit] [--right]
           cargo course dev patch NN [BÀI_TẬP] --remake

  --edit                  bày toàn văn của biến thể ra để sửa
  (không có)              ghi bản vá từ bản đã sửa; giữ phần đầu cũ
  --right                 biến thể mới là một bản đúng, không phải bản sai
  --remake                sau khi lời giải đổi: làm lại mọi bản vá của bài, nêu tên chỗ xung đột",
        en: "Makes the patch of a wrong (or right) variant from an edited copy of the solution, as small as it can be.

Usage: cargo course dev patch NN TASK NAME [--edit] [--right]
       cargo course dev patch NN [TASK] --remake

  --edit                  lay the variant's full source out to be edited
  (none)                  write the patch from the edited copy; the old header is kept
  --right                 the new variant is a right one, not a wrong one
  --remake                after the solution has changed: make all patches of the lesson again, name conflicts",
    }
    verify() {
        vi: "Phép kiểm tra có phân biệt đúng sai không? Đề còn nguyên phải bị báo chưa bắt đầu, lời giải và mọi bản đúng phải đạt, mỗi bản sai phải bị đúng phép kiểm tra của nó từ chối.

Cách dùng: cargo course dev verify [NN [BÀI_TẬP]] [--repeat N] [--jobs N] [--within GIÂY] [--unless-recorded] [--record]

  --repeat N              chấm mỗi biến thể N lần (mặc định 1)
  --jobs N                N lượt chạy cùng lúc (mặc định gấp đôi số nhân CPU)
  --within GIÂY           quá ngần ấy giây thì không bắt đầu vòng mới
  --unless-recorded       bài tập nào solutions/verified.txt ghi với đúng mã nguồn này thì chỉ chấm một lần
  --record                ghi vào solutions/verified.txt những bài tập đúng cả 20 lần",
        en: "Do the checks tell right from wrong? Every stub must be reported as not started, the reference and every right variant must pass, every wrong one must be refused by the check that its patch names.

Usage: cargo course dev verify [NN [TASK]] [--repeat N] [--jobs N] [--within SECONDS] [--unless-recorded] [--record]

  --repeat N              judge each variant N times (default 1)
  --jobs N                N runs at the same time (default: twice the cores)
  --within SECONDS        begin no further round after so many seconds
  --unless-recorded       judge a task once when solutions/verified.txt holds it with these very sources
  --record                note in solutions/verified.txt the tasks that held 20 times out of 20",
    }
}
