//! The program itself: its usage, its arguments, building and serving.

narrate::texts! {
    // Files
    cannot_read(error) {
        vi: "không đọc được: {error}",
        en: "cannot be read: {error}",
    }
    cannot_read_file(file, error) {
        vi: "không đọc được {file}: {error}",
        en: "cannot read {file}: {error}",
    }

    // Building
    cannot_write(path) {
        vi: "không ghi được vào {path}",
        en: "cannot write to {path}",
    }
    out_is_foreign(path) {
        vi: "{path} không phải sách dựng từ đây, nên không ghi đè. Chọn một thư mục trống hoặc chưa có.",
        en: "{path} is not a book built here and will not be replaced. Choose a folder that is empty or does not exist yet.",
    }
    book_does_not_load(lang) {
        vi: "không nạp được book/{lang}. Mục nào trong SUMMARY.md chưa có tệp?",
        en: "book/{lang} does not load. Does SUMMARY.md name a file that is not there?",
    }
    book_does_not_build(lang) {
        vi: "không dựng được book/{lang}",
        en: "book/{lang} does not build",
    }
    finishing(page) {
        vi: "hoàn thiện {page}",
        en: "finishing {page}",
    }
    mdbook_changed(sentence) {
        vi: "mdBook không còn viết \"{sentence}\" đúng như bảng trong crates/book/src/site mong đợi. Sau khi nâng cấp mdBook, hãy sửa bảng đó.",
        en: "mdBook no longer writes \"{sentence}\" as the tables in crates/book/src/site expect. After an upgrade of mdBook, mend them.",
    }

    // The program
    usage() {
        vi: "Cách dùng: cargo course book [NN] [TÙY CHỌN]

  (không có gì)          dựng sách, mở server, tự dựng lại khi có thay đổi
  NN                     như trên, in địa chỉ của chương NN, ví dụ 03
  --build [--out DIR]    chỉ dựng sách (mặc định vào dist/)
  --check                kiểm tra: hai ngôn ngữ, chính tả, hình, mã, liên kết
  --bless TRANG          xác nhận trang đã khớp với bản ngôn ngữ kia
  --bless-all            xác nhận mọi trang

  --address ĐỊA_CHỈ      lắng nghe ở đâu (mặc định 127.0.0.1:0, kernel chọn cổng)
  --lang vi|en           ngôn ngữ của chương trình
  --help                 in phần này",
        en: "Usage: cargo course book [NN] [OPTIONS]

  (nothing)              build the book, serve it, build again after each change
  NN                     the same, and print the address of chapter NN, such as 03
  --build [--out DIR]    only build the book (into dist/ unless told)
  --check                check it: both languages, spelling, figures, code, links
  --bless PAGE           say that a page is in step with the other language
  --bless-all            say so of every page

  --address ADDRESS      where to listen (127.0.0.1:0 unless told; the kernel picks the port)
  --lang vi|en           the language of this program
  --help                 print this",
    }
    bad_arguments(error) {
        vi: "không hiểu tham số: {error}",
        en: "cannot make sense of the arguments: {error}",
    }
    unknown_option(option) {
        vi: "không có tùy chọn {option}.",
        en: "there is no option {option}.",
    }
    bad_argument(word) {
        vi: "không hiểu \"{word}\". Số chương viết hai chữ số, ví dụ 03.",
        en: "cannot make sense of \"{word}\". A chapter is two digits, such as 03.",
    }
    bad_address(word) {
        vi: "\"{word}\" không phải địa chỉ. Viết như 127.0.0.1:0.",
        en: "\"{word}\" is no address. Write it like 127.0.0.1:0.",
    }
    bad_lang(word) {
        vi: "không có ngôn ngữ \"{word}\". Có: vi, en.",
        en: "there is no language \"{word}\". There are: vi, en.",
    }
    value_missing(option) {
        vi: "{option} cần một giá trị đi kèm.",
        en: "{option} needs a value.",
    }
    one_thing_at_a_time() {
        vi: "mỗi lần chỉ làm một việc: chọn một trong NN, --build, --check, --bless.",
        en: "one thing at a time: choose one of NN, --build, --check, --bless.",
    }
    problem_count(count) {
        vi: "{count} chỗ cần sửa.",
        en: "{count} to mend.",
    }
    built(path) {
        vi: "Đã dựng sách: {path}",
        en: "The book is built: {path}",
    }
    blessed(page) {
        vi: "{page}: hai bản khớp nhau",
        en: "{page}: both sides in step",
    }

    // Serving
    serving(url) {
        vi: "Mở trong trình duyệt: {url}\nSửa tệp nào là sách dựng lại và trang tự tải lại. Dừng: Ctrl-C",
        en: "Open in a browser: {url}\nAfter each change the book is built again and the page reloads. Stop: Ctrl-C",
    }
    rebuilt() {
        vi: "Đã dựng lại.",
        en: "Built again.",
    }
    no_chapter(number) {
        vi: "chưa có chương {number}. Xem mục lục: cargo course book",
        en: "there is no chapter {number} yet. See what there is: cargo course book",
    }
    cannot_listen(address) {
        vi: "không lắng nghe được ở {address}. Bỏ --address đi, kernel sẽ chọn cổng trống",
        en: "cannot listen on {address}. Leave --address out and the kernel picks a free port",
    }
    cannot_accept(error) {
        vi: "không nhận được kết nối: {error}",
        en: "cannot accept a connection: {error}",
    }
    cannot_watch() {
        vi: "không theo dõi được thư mục nguồn",
        en: "cannot watch the sources",
    }
}
