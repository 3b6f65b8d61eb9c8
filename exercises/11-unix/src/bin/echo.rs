//! Bài 11 · `echo ĐƯỜNG_DẪN`: server echo tại một đường dẫn thay vì một cổng.
//! Exercise 11 · `echo PATH`: an echo server at a path instead of a port.
//!
//! Bạn viết 4 hàm, khoảng 50 dòng; bắt đầu từ `fn listen`.
//! You write 4 functions, about 50 lines; start at `fn listen`.
//!
//!     cargo run -p ex11 --bin ex11-echo -- /tmp/echo.sock      chạy · run it
//!     cargo course check 11 echo                               chấm · check it
//!     cargo course book 11                                     đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ `nc -NU /tmp/echo.sock`. Ctrl-D kết thúc server.
//! By hand: run it, then in another terminal `nc -NU /tmp/echo.sock`. Ctrl-D ends the server.

use std::env;
use std::path::Path;
use std::process::ExitCode;

#[cfg(unix)]
mod server {
    use std::fs;
    use std::io;
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::Path;
    use std::thread;

    // Những gì bạn cần thì `use` thêm ở đây.
    //
    // Add here what you need.

    /// Identifies a file whatever its name: no two files have both numbers in common at the same time.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct FileId {
        device: u64,
        inode: u64,
    }

    impl FileId {
        /// Returns the identity of the file at `path`; does not follow a symbolic link.
        fn of(path: &Path) -> io::Result<FileId> {
            let found = fs::symlink_metadata(path)?;
            Ok(FileId { device: found.dev(), inode: found.ino() })
        }
    }

    /// Listens at `path`; also returns the identity of the socket file.
    fn listen(path: &Path) -> io::Result<(UnixListener, FileId)> {
        // Lắng nghe tại `path`, rồi trả về listener và `FileId` của tệp socket vừa tạo.
        // - Ở đó có một socket mà server của nó đã chết (kết nối thử thì ECONNREFUSED): dọn nó đi rồi lắng nghe.
        // - Còn lại thì không đụng vào, trả về `Err` nói rõ vì sao: một server đang sống; một socket loại khác
        //   (datagram) đang có người dùng; mọi thứ không phải socket, như tệp thường, thư mục, symbolic link.
        //   Lưu ý: connect tới một tệp thường cũng nhận ECONNREFUSED.
        // - Lỗi khác của bind (không có thư mục đó, đường dẫn quá dài): trả về, đừng panic.
        // - Quyền của tệp socket đúng 0600, dù umask là gì, trước khi hàm này trả về. (Giữa bind và chmod còn
        //   một khoảnh khắc; muốn bỏ hẳn nó thì đặt socket trong một thư mục 0700.)
        // - Hai server cùng khởi động đúng một lúc thì bài này không xét.
        //
        // Listen at `path`, and return the listener with the `FileId` of the new socket file.
        // - A socket whose server has died (`connect` gives ECONNREFUSED): remove the file and listen.
        // - Touch nothing else, and return an `Err` that says why: a server that is alive; a socket of another
        //   kind (datagram) that is in use; anything that is not a socket, such as a regular file, a directory,
        //   a symbolic link. Note: connecting to a regular file gives ECONNREFUSED, too.
        // - Any other error of bind (no such directory, a path too long): return it, do not panic.
        // - The mode of the socket file is exactly 0600, whatever the umask, before this function returns.
        //   (Between bind and chmod a moment remains; a directory of mode 0700 closes it.)
        // - Two servers that start at the very same moment are not asked for here.
        todo!("listen at `path`; remove a dead socket first")
    }

    /// Accepts clients from `listener`, forever.
    fn serve(listener: &UnixListener) {
        // Như ở bài tập 03:
        // - nhiều client cùng lúc, mỗi kết nối một thread;
        // - lỗi của một kết nối chỉ kết thúc kết nối đó;
        // - `accept` lỗi (hết file descriptor) thì đợi một chút rồi nhận tiếp.
        //
        // As in exercise 03:
        // - many clients at the same time, a thread for each connection;
        // - an error ends that connection only;
        // - when `accept` fails (no descriptor left), wait a little and go on.
        todo!("accept clients and serve all of them at the same time")
    }

    /// Serves one client until the end of its stream.
    fn echo(peer: UnixStream) -> io::Result<()> {
        // Đọc từ `peer` và ghi lại đúng những byte đó, ngay khi chúng tới, cho đến EOF; rồi đóng.
        // Cùng là luồng byte, nên vòng lặp ở bài 03 dùng lại được nguyên vẹn.
        //
        // Read from `peer` and write the same bytes back, as soon as they come, until EOF; then close.
        // It is a stream of bytes again: the loop of exercise 03 works unchanged.
        todo!("send back what the client sends, until the end of its stream")
    }

    /// Removes our socket file; the program is about to end.
    fn remove_own(path: &Path, own: FileId) -> io::Result<()> {
        // Xóa `path`, để không để lại một đường dẫn chết.
        // - Chỉ xóa khi ở đó vẫn là tệp socket của chính mình (`own`): trong lúc ta chạy, có thể ai đó đã xóa nó,
        //   và server khác đã đặt socket của họ vào.
        // - Không còn gì ở đó, hay có thứ của người khác: để yên, và trả về `Ok`.
        // - Client đang kết nối thì không phải đợi.
        //
        // Remove `path`, so that no dead path stays behind.
        // - Remove it only if it is still our own socket file (`own`): while we ran, another program may have
        //   removed it, and another server may have put its own in that place.
        // - If nothing is there any more, or a file of another program: leave it alone and return `Ok`.
        // - Do not wait for clients that are still connected.
        todo!("remove `path` if it is still our file")
    }

    /// Listens at `path` and serves until stdin ends: on Ctrl-D, or when the parent process closes its
    /// end of the pipe. A signal would end the program at once and leave the path behind.
    pub fn run(path: &Path) -> io::Result<()> {
        let (listener, own) = listen(path)?;
        println!("LISTENING {}", path.display());
        thread::spawn(move || serve(&listener));
        io::copy(&mut io::stdin(), &mut io::sink())?;
        remove_own(path, own)
    }
}

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1); // a path need not be UTF-8
    let (Some(path), None) = (arguments.next(), arguments.next()) else {
        eprintln!("echo: cách dùng · usage: echo PATH");
        return ExitCode::from(2);
    };
    match server::run(Path::new(&path)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("echo: {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(unix))]
mod server {
    use std::io;
    use std::path::Path;

    pub fn run(_path: &Path) -> io::Result<()> {
        Err(io::Error::other(
            "bài này cần Linux hay macOS · this exercise needs Linux or macOS: std has no Unix socket here",
        ))
    }
}
