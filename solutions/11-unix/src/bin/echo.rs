//! Bài 11 · `echo ĐƯỜNG_DẪN`: server echo tại một đường dẫn thay vì một cổng.
//! Exercise 11 · `echo PATH`: an echo server at a path instead of a port.
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

    //~ task
    //~ vi: Những gì bạn cần thì `use` thêm ở đây.
    //~ en: Add here what you need.
    use std::fs::Permissions;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    use std::time::Duration;

    /// Only the owner of the file may connect (connecting needs write permission).
    const OWNER_ONLY: u32 = 0o600;

    /// How long to wait after a failed `accept`, so that clients may leave and free something.
    const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);
    //~ end

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
        //~ task
        //~ vi: Lắng nghe tại `path`, rồi trả về listener và `FileId` của tệp socket vừa tạo.
        //~ vi: - Ở đó có một socket mà server của nó đã chết (kết nối thử thì ECONNREFUSED): dọn nó đi rồi lắng nghe.
        //~ vi: - Còn lại thì không đụng vào, trả về `Err` nói rõ vì sao: một server đang sống; một socket loại khác
        //~ vi:   (datagram) đang có người dùng; mọi thứ không phải socket, như tệp thường, thư mục, symbolic link.
        //~ vi:   Lưu ý: connect tới một tệp thường cũng nhận ECONNREFUSED.
        //~ vi: - Lỗi khác của bind (không có thư mục đó, đường dẫn quá dài): trả về, đừng panic.
        //~ vi: - Quyền của tệp socket đúng 0600, dù umask là gì, trước khi hàm này trả về. (Giữa bind và chmod còn
        //~ vi:   một khoảnh khắc; muốn bỏ hẳn nó thì đặt socket trong một thư mục 0700.)
        //~ vi: - Hai server cùng khởi động đúng một lúc thì bài này không xét.
        //~ en: Listen at `path`, and return the listener with the `FileId` of the new socket file.
        //~ en: - A socket whose server has died (`connect` gives ECONNREFUSED): remove the file and listen.
        //~ en: - Touch nothing else, and return an `Err` that says why: a server that is alive; a socket of another
        //~ en:   kind (datagram) that is in use; anything that is not a socket, such as a regular file, a directory,
        //~ en:   a symbolic link. Note: connecting to a regular file gives ECONNREFUSED, too.
        //~ en: - Any other error of bind (no such directory, a path too long): return it, do not panic.
        //~ en: - The mode of the socket file is exactly 0600, whatever the umask, before this function returns.
        //~ en:   (Between bind and chmod a moment remains; a directory of mode 0700 closes it.)
        //~ en: - Two servers that start at the very same moment are not asked for here.
        //~ stub: todo!("listen at `path`; remove a dead socket first")
        let listener = match UnixListener::bind(path) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                remove_stale(path)?;
                UnixListener::bind(path)?
            }
            bound => bound?,
        };
        fs::set_permissions(path, Permissions::from_mode(OWNER_ONLY))?; // bind obeyed the umask
        Ok((listener, FileId::of(path)?))
        //~ end
    }

    //~ task
    /// Removes the socket file at `path` if its server has ended.
    fn remove_stale(path: &Path) -> io::Result<()> {
        let in_use = |why| Err(io::Error::new(io::ErrorKind::AddrInUse, why));
        // symlink_metadata looks at the file itself; metadata would follow a symbolic link.
        if !fs::symlink_metadata(path)?.file_type().is_socket() {
            return in_use("ở đây có thứ không phải socket · something stands here that is not a socket");
        }
        // Only connect() can tell. (It may block while the backlog is full; then the server is alive.)
        match UnixStream::connect(path) {
            Ok(_) => in_use("một server khác đang lắng nghe ở đây · another server is listening here"),
            // A file without a socket behind it: its server ended before it could remove the file.
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(path),
            // Another kind of socket, or no permission to connect: it is in use.
            Err(error) => Err(error),
        }
    }
    //~ end

    /// Accepts clients from `listener`, forever.
    fn serve(listener: &UnixListener) {
        //~ task
        //~ vi: Như ở bài tập 03:
        //~ vi: - nhiều client cùng lúc, mỗi kết nối một thread;
        //~ vi: - lỗi của một kết nối chỉ kết thúc kết nối đó;
        //~ vi: - `accept` lỗi (hết file descriptor) thì đợi một chút rồi nhận tiếp.
        //~ en: As in exercise 03:
        //~ en: - many clients at the same time, a thread for each connection;
        //~ en: - an error ends that connection only;
        //~ en: - when `accept` fails (no descriptor left), wait a little and go on.
        //~ stub: todo!("accept clients and serve all of them at the same time")
        for accepted in listener.incoming() {
            let peer = match accepted {
                Ok(peer) => peer,
                Err(error) => {
                    eprintln!("chưa nhận được client · cannot accept: {error}");
                    thread::sleep(ACCEPT_RETRY_DELAY);
                    continue;
                }
            };
            // `thread::spawn` panics when the system has no thread left; the builder returns an error.
            let spawned = thread::Builder::new().spawn(move || {
                if let Err(error) = echo(peer) {
                    eprintln!("mất một client · a client is lost: {error}");
                }
            });
            if let Err(error) = spawned {
                eprintln!("không tạo được thread · no thread for a client: {error}");
            }
        }
        //~ end
    }

    /// Serves one client until the end of its stream.
    fn echo(peer: UnixStream) -> io::Result<()> {
        //~ task
        //~ vi: Đọc từ `peer` và ghi lại đúng những byte đó, ngay khi chúng tới, cho đến EOF; rồi đóng.
        //~ vi: Cùng là luồng byte, nên vòng lặp ở bài 03 dùng lại được nguyên vẹn.
        //~ en: Read from `peer` and write the same bytes back, as soon as they come, until EOF; then close.
        //~ en: It is a stream of bytes again: the loop of exercise 03 works unchanged.
        //~ stub: todo!("send back what the client sends, until the end of its stream")
        io::copy(&mut &peer, &mut &peer)?; // that loop, from the library
        Ok(())
        //~ end
    }

    /// Removes our socket file; the program is about to end.
    fn remove_own(path: &Path, own: FileId) -> io::Result<()> {
        //~ task
        //~ vi: Xóa `path`, để không để lại một đường dẫn chết.
        //~ vi: - Chỉ xóa khi ở đó vẫn là tệp socket của chính mình (`own`): trong lúc ta chạy, có thể ai đó đã xóa nó,
        //~ vi:   và server khác đã đặt socket của họ vào.
        //~ vi: - Không còn gì ở đó, hay có thứ của người khác: để yên, và trả về `Ok`.
        //~ vi: - Client đang kết nối thì không phải đợi.
        //~ en: Remove `path`, so that no dead path stays behind.
        //~ en: - Remove it only if it is still our own socket file (`own`): while we ran, another program may have
        //~ en:   removed it, and another server may have put its own in that place.
        //~ en: - If nothing is there any more, or a file of another program: leave it alone and return `Ok`.
        //~ en: - Do not wait for clients that are still connected.
        //~ stub: todo!("remove `path` if it is still our file")
        match FileId::of(path) {
            Ok(found) if found == own => fs::remove_file(path),
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
        //~ end
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
