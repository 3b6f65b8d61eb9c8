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

    /// Listens at `path`, serves, and leaves when stdin ends: on Ctrl-D, or when whoever started
    /// this program closes its end of the pipe. A signal would end it at once, path left behind.
    pub fn run(path: &Path) -> io::Result<()> {
        let (listener, ours) = listen(path)?;
        println!("LISTENING {}", path.display());
        thread::spawn(move || serve(&listener));
        io::copy(&mut io::stdin(), &mut io::sink())?;
        leave(path, ours)
    }

    /// Which file it is, whatever its name: no two files share both numbers at the same time.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Identity {
        device: u64,
        inode: u64,
    }

    impl Identity {
        /// What stands at `path` now.
        fn of(path: &Path) -> io::Result<Identity> {
            let found = fs::symlink_metadata(path)?;
            Ok(Identity { device: found.dev(), inode: found.ino() })
        }
    }

    /// Takes `path` and listens there; also says which file the socket got.
    fn listen(path: &Path) -> io::Result<(UnixListener, Identity)> {
        // Lắng nghe tại `path`, rồi trả về listener và `Identity` của tệp socket vừa tạo.
        // - Ở đó có một socket mà server của nó đã chết (gọi thử thì ECONNREFUSED): dọn nó đi rồi
        //   lắng nghe.
        // - Còn lại thì không đụng vào, trả về `Err` nói rõ vì sao: một server đang sống; một socket
        //   loại khác (datagram) đang có người dùng; mọi thứ không phải socket, như tệp thường, thư
        //   mục, symbolic link. Lưu ý: connect tới một tệp thường cũng nhận ECONNREFUSED.
        // - Lỗi khác của bind (không có thư mục đó, đường dẫn quá dài): trả về, đừng panic.
        // - Quyền của tệp socket đúng 0600, dù umask là gì, trước khi hàm này trả về. (Giữa bind và
        //   chmod còn một khoảnh khắc; muốn bỏ hẳn nó thì đặt socket trong một thư mục 0700.)
        // - Hai server cùng khởi động đúng một lúc thì bài này không xét.
        //
        // Listen at `path`, and return the listener with the `Identity` of the socket file made.
        // - A socket whose server has died (a call gives ECONNREFUSED): clear it away and listen.
        // - Touch nothing else, and return an `Err` that says why: a server that lives; a socket of
        //   another kind (datagram) that is in use; all that is no socket, such as a regular file, a
        //   folder, a symbolic link. Note: connecting to a regular file gives ECONNREFUSED, too.
        // - Any other error of bind (no such folder, a path too long): return it, do not panic.
        // - The mode of the socket file is exactly 0600, whatever the umask, before this function
        //   returns. (Between bind and chmod a moment remains; a folder of mode 0700 closes it.)
        // - Two servers that start in the very same moment are not asked for here.
        todo!("listen at {path:?}, where now stands {:?}", Identity::of(path))
    }

    /// Takes callers from `listener`, for ever.
    fn serve(listener: &UnixListener) {
        for arrival in listener.incoming() {
            // Như ở bài tập 03: nhiều client cùng lúc, mỗi kết nối một thread; lỗi của một kết nối
            // chỉ kết thúc kết nối đó; `accept` lỗi (hết file descriptor) thì đợi một chút rồi nhận tiếp.
            //
            // As in exercise 03: many clients at once, a thread for each; an error ends that
            // connection only; when `accept` fails (no descriptor left), wait a little and go on.
            let served = arrival.and_then(echo);
            todo!("serve all callers at once, not one after another: {served:?}")
        }
    }

    /// Serves one caller until it has said everything.
    fn echo(peer: UnixStream) -> io::Result<()> {
        // Đọc từ `peer` và ghi lại đúng những byte đó, ngay khi chúng tới, cho đến EOF; rồi đóng.
        // Cùng là luồng byte, nên vòng lặp ở bài 03 dùng lại được nguyên vẹn.
        //
        // Read from `peer` and write the same bytes back, as soon as they come, until EOF; then
        // close. It is a stream of bytes again: the loop of exercise 03 serves unchanged.
        todo!("echo what {peer:?} sends")
    }

    /// Clears up: the program is about to end.
    fn leave(path: &Path, ours: Identity) -> io::Result<()> {
        // Xóa `path`, để không để lại một đường dẫn chết. Nhưng chỉ khi ở đó vẫn là tệp socket của
        // chính mình (`ours`): trong lúc ta chạy, có thể ai đó đã xóa nó, và server khác đã đặt
        // socket của họ vào. Không còn gì ở đó, hay có thứ của người khác: để yên, và `Ok`. Client
        // đang kết nối thì không phải đợi.
        //
        // Remove `path`, so that no dead path stays behind. But only if our own socket file (`ours`)
        // still stands there: while we ran, somebody may have removed it, and another server put
        // its own in its place. Nothing there any more, or somebody else's: leave it, and `Ok`. Do
        // not wait for clients that are still connected.
        todo!("remove {path:?} if it is still {ours:?}")
    }
}
