//! Bài 03 · `tally ĐỊA_CHỈ TỆP`: client gửi một tệp, nói "hết rồi", và in ra lời phán quyết.
//! Exercise 03 · `tally ADDRESS FILE`: a client that sends a file, says "that was all", and prints the verdict.
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

//~ task
//~ vi: Những gì bạn cần để đọc tệp và nói chuyện qua TCP thì `use` ở đây.
//~ en: Add here what you need to read a file and to talk over TCP.
use std::fs::File;
use std::io::{self, Read};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// A judge that sends nothing for this long is given up.
const READ_TIMEOUT: Duration = Duration::from_secs(10);

/// The longest verdict that is read, in bytes. A real one is one short line.
const MAX_VERDICT: u64 = 1024;
//~ end

/// Sends `file` to the judge at `address` and returns the verdict, its newline included.
fn tally(address: &str, file: &Path) -> Result<String, Box<dyn Error>> {
    //~ task
    //~ vi: 1. Gửi toàn bộ nội dung `file`: byte nào cũng được, dài bao nhiêu cũng được, rỗng cũng được.
    //~ vi: 2. Đóng chiều gửi: trọng tài thấy EOF, còn bạn vẫn nghe được câu trả lời.
    //~ vi: 3. Đọc cho tới EOF, vì dòng phán quyết có thể đến thành nhiều mẩu. Trả về đúng dòng đó.
    //~ vi: Mỗi trường hợp sau là một `Err` với một câu nói rõ chuyện gì, ở đâu. Không panic.
    //~ vi: - Không mở được tệp.
    //~ vi: - Không ai lắng nghe, hay kết nối bị cắt.
    //~ vi: - EOF mà chưa có một dòng trọn vẹn.
    //~ en: 1. Send all of `file`: any bytes, any length, even none.
    //~ en: 2. Close your sending half: the judge sees EOF, and you still receive the answer.
    //~ en: 3. Read until EOF, since the verdict may come in pieces. Return that line as it is.
    //~ en: Each of these is an `Err` with a sentence that says what happened, and where. No panic.
    //~ en: - The file cannot be opened.
    //~ en: - Nothing listens at the address, or the connection is reset.
    //~ en: - EOF comes before there is a whole line.
    //~ stub: todo!("send the file, close the sending half, return the verdict")
    let name = file.display();
    let mut content = File::open(file).map_err(|error| format!("không mở được · cannot open {name}: {error}"))?;
    let mut judge =
        TcpStream::connect(address).map_err(|error| format!("không gọi được · cannot reach {address}: {error}"))?;
    judge.set_read_timeout(Some(READ_TIMEOUT))?;

    let lost = |error: io::Error| format!("mất kết nối · lost the connection to {address}: {error}");
    io::copy(&mut content, &mut judge).map_err(lost)?;
    judge.shutdown(Shutdown::Write).map_err(lost)?; // sends FIN; the other direction stays open

    let mut verdict = String::new();
    judge.take(MAX_VERDICT).read_to_string(&mut verdict).map_err(lost)?;
    if !verdict.ends_with('\n') {
        return Err(format!("không có phán quyết · no verdict from {address}: {verdict:?}").into());
    }
    Ok(verdict)
    //~ end
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
