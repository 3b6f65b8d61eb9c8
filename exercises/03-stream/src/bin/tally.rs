//! Bài 03 · `tally ĐỊA_CHỈ TỆP`: client gửi một tệp, nói "hết rồi", và in ra lời phán quyết.
//! Exercise 03 · `tally ADDRESS FILE`: a client that sends a file, says "that was all", and prints the verdict.
//!
//! Bạn viết 1 hàm, khoảng 20 dòng; bắt đầu từ `fn tally`.
//! You write 1 function, about 20 lines; start at `fn tally`.
//!
//!     cargo run -p ex03 --bin ex03-tally -- ADDRESS FILE      chạy · run it
//!     cargo course check 03 tally                             chấm · check it
//!     cargo course book 03                                    đọc · the chapter that helps
//!
//! Giao thức: client gửi nội dung tệp, không thêm không bớt, rồi đóng chiều gửi (half-close).
//! Trọng tài chỉ đếm xong khi thấy EOF; khi đó nó trả lời đúng một dòng, ví dụ
//! `8 bytes, sum 00000345`, rồi đóng kết nối. Client in nguyên dòng đó ra stdout.
//!
//! The protocol: the client sends the file's content, nothing added and nothing left out, and
//! closes its sending half (half-close). Only EOF tells the judge that it has everything; then it
//! answers with one line, such as `8 bytes, sum 00000345`, and closes. The client prints that line.
//!
//! Tự thử: cho `nc -l 127.0.0.1 PORT` làm trọng tài; gõ một dòng phán quyết, rồi Ctrl-D.
//! By hand: `nc -l 127.0.0.1 PORT` is the judge; type a line of verdict, then Ctrl-D.

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

// Những gì bạn cần để đọc tệp và nói chuyện qua TCP thì `use` ở đây.
//
// Add here what you need to read a file and to talk over TCP.

/// Sends `file` to the judge at `address` and returns the verdict, its newline included.
fn tally(address: &str, file: &Path) -> Result<String, Box<dyn Error>> {
    // 1. Gửi toàn bộ nội dung `file`: byte nào cũng được, dài bao nhiêu cũng được, rỗng cũng được.
    // 2. Đóng chiều gửi: trọng tài thấy EOF, còn bạn vẫn nghe được câu trả lời.
    // 3. Đọc cho tới EOF, vì dòng phán quyết có thể đến thành nhiều mẩu. Trả về đúng dòng đó.
    // Mỗi trường hợp sau là một `Err` với một câu nói rõ chuyện gì, ở đâu. Không panic.
    // - Không mở được tệp.
    // - Không ai lắng nghe, hay kết nối bị cắt.
    // - EOF mà chưa có một dòng trọn vẹn.
    //
    // 1. Send all of `file`: any bytes, any length, even none.
    // 2. Close your sending half: the judge sees EOF, and you still receive the answer.
    // 3. Read until EOF, since the verdict may come in pieces. Return that line as it is.
    // Each of these is an `Err` with a sentence that says what happened, and where. No panic.
    // - The file cannot be opened.
    // - Nothing listens at the address, or the connection is reset.
    // - EOF comes before there is a whole line.
    todo!("send the file, close the sending half, return the verdict")
}

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1); // a file's name need not be UTF-8
    let (Some(address), Some(file), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("tally: cách dùng · usage: tally ADDRESS FILE");
        return ExitCode::from(2);
    };
    match tally(&address.to_string_lossy(), Path::new(&file)) {
        Ok(verdict) => {
            print!("{verdict}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("tally: {error}");
            ExitCode::FAILURE
        }
    }
}
