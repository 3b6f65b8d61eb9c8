//! Bài 11 · `journal SOCKET TỆP`: gom datagram vào một tệp nhật ký, đã xác nhận thì không mất.
//! Exercise 11 · `journal SOCKET FILE`: collects datagrams in a log file; what it acknowledged, it keeps.
//!
//! Bạn viết 2 hàm, khoảng 50 dòng; bắt đầu từ `fn open`.
//! You write 2 functions, about 50 lines; start at `fn open`.
//!
//!     cargo run -p ex11 --bin ex11-journal -- /tmp/journal.sock /tmp/journal.txt      chạy · run it
//!     cargo course check 11 journal                                                   chấm · check it
//!     cargo course book 11                                                            đọc · the chapter that helps
//!
//! Giao thức: mỗi datagram là một mục, tới 65.536 byte. Mục được ghi vào tệp thành một dòng: số thứ tự,
//! một dấu cách, nội dung. Người gửi có tên (đã bind) nhận lại một datagram là số đó, ví dụ `17`.
//!
//! The protocol: each datagram, up to 65,536 bytes, is one entry. An entry is one line of the file: its
//! number, a space, the content. A sender that has a name (has bound) is sent that number, such as `17`.
//!
//! Tự thử · by hand: `logger -u /tmp/journal.sock xin chao`

use std::env;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1); // a path need not be UTF-8
    let (Some(socket), Some(file), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("journal: cách dùng · usage: journal SOCKET FILE");
        return ExitCode::from(2);
    };
    match collector::run(Path::new(&socket), Path::new(&file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("journal: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(unix))]
mod collector {
    use std::io;
    use std::path::Path;

    pub fn run(_socket: &Path, _file: &Path) -> io::Result<()> {
        Err(io::Error::other(
            "bài này cần Linux hay macOS · this exercise needs Linux or macOS: std has no Unix socket here",
        ))
    }
}

#[cfg(unix)]
mod collector {
    use std::fs::{self, File, TryLockError};
    use std::io;
    use std::os::unix::fs::FileTypeExt;
    use std::os::unix::net::UnixDatagram;
    use std::path::Path;

    // Những gì bạn cần thì `use` thêm ở đây.
    //
    // Add here what you need.

    /// The longest entry, in bytes.
    const LONGEST: usize = 65_536;

    /// Collects what comes to the socket at `place` into `path`, until something goes wrong.
    pub fn run(place: &Path, path: &Path) -> io::Result<()> {
        let (socket, _lock) = claim(place).map_err(|error| about(place, &error))?;
        let (file, last) = open(path).map_err(|error| about(path, &error))?;
        sync_name(path).map_err(|error| about(path, &error))?;
        println!("LISTENING {}", place.display());
        collect(&socket, file, last).map_err(|error| about(path, &error))
    }

    /// Binds `place`, which may still hold the socket of a journal that was killed. A lock file says
    /// whether one lives: the kernel drops the lock when its holder ends, however it ends. That
    /// protects journals from each other; who does not ask for the lock is not protected.
    fn claim(place: &Path) -> io::Result<(UnixDatagram, File)> {
        let mut beside = place.as_os_str().to_owned();
        beside.push(".lock");
        let lock = File::options().write(true).create(true).truncate(false).open(beside)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                io::Error::other("một journal khác đang chạy ở đây · another journal runs here")
            }
            TryLockError::Error(error) => error,
        })?;
        if fs::symlink_metadata(place).is_ok_and(|found| found.file_type().is_socket()) {
            fs::remove_file(place)?;
        }
        Ok((UnixDatagram::bind(place)?, lock))
    }

    /// Opens the journal at `path`, and says the number of its last entry: 0 when there is none.
    fn open(path: &Path) -> io::Result<(File, u64)> {
        // Mở `path` để ghi tiếp vào cuối; chưa có thì tạo; đừng làm mất mục nào đã có. Các mục đánh số
        // từ 1, không có số nào bị bỏ, nên số dòng trọn vẹn cũng là số của mục cuối.
        // Dòng cuối không kết thúc bằng `\n` là dấu vết của lần trước bị cắt ngang khi đang ghi: mục đó
        // chưa ai nhận được xác nhận. Cắt nó khỏi tệp, để mục sau không dính vào nó.
        // Tệp có thể lớn: đừng đọc hết vào bộ nhớ.
        //
        // Open `path` to write on at its end; create it if need be; lose none of its entries. They are
        // numbered from 1 and no number is left out, so the count of whole lines is the last number.
        // A last line without `\n` is the trace of a run that was cut off while it wrote: that entry
        // was never acknowledged. Cut it from the file, so that the next entry is not glued to it.
        // The file may be large: do not read it into memory as a whole.
        todo!("open {path:?} and find its last entry")
    }

    /// Syncs the folder in which `path` stands: the name of a new file is content of its folder.
    fn sync_name(path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }

    /// Takes entries from `socket` into `file`, numbered on from `last`, and acknowledges them.
    fn collect(socket: &UnixDatagram, file: File, last: u64) -> io::Result<()> {
        // Mãi mãi, với từng datagram, kể cả datagram rỗng:
        // 1. Ghi nó thành một dòng: số (mục trước cộng 1), một dấu cách, nội dung, `\n`. Trong nội dung,
        //    byte xuống dòng viết thành hai ký tự `\n`, dấu `\` viết thành `\\`; mọi byte khác giữ nguyên,
        //    dù không phải UTF-8.
        // 2. Đưa dòng đó xuống đĩa: `sync_data` hoặc `sync_all`.
        // 3. Chỉ khi ấy mới xác nhận: nếu người gửi có tên, dù là đường dẫn hay tên trừu tượng (abstract),
        //    gửi cho họ con số, viết bằng chữ số, không xuống dòng, từ chính `socket` này. Người gửi không
        //    tên thì thôi.
        // Không gửi được xác nhận (người gửi đã đi, hàng đợi của họ đầy): báo ra stderr rồi đi tiếp. Một
        // người không đọc không được bắt người khác chờ quá một phần mười giây cho mỗi mục.
        // Không ghi được hay không sync được: đừng xác nhận; trả về `Err`, chương trình kết thúc với mã 1.
        // Dài hơn `LONGEST` thì không phải một mục: báo ra stderr, không ghi, không xác nhận, đi tiếp. Phần
        // không vừa buffer bị bỏ mà không báo: làm sao biết nó dài hơn?
        // Không có gì để nhận thì ngủ, đừng quay vòng.
        //
        // For ever, for each datagram, an empty one too:
        // 1. Write it as one line: a number (one more than the last), a space, the content, `\n`. In the
        //    content a line end is written as the two characters `\n`, a `\` as `\\`; all other bytes stay
        //    as they are, UTF-8 or not.
        // 2. Bring that line to the disk: `sync_data` or `sync_all`.
        // 3. Only then acknowledge: if the sender has a name, be it a path or an abstract name, send it
        //    the number, in digits, without a line end, from this very `socket`. A sender without a name
        //    gets nothing.
        // An acknowledgement that cannot be sent (its sender has left, its queue is full): tell stderr and
        // go on. Who does not read must not make others wait longer than a tenth of a second an entry.
        // When writing or syncing fails: do not acknowledge; return the `Err`, and the program ends with 1.
        // Longer than `LONGEST` is no entry: tell stderr, do not write, do not acknowledge, go on. What
        // does not fit the buffer is dropped without a word: how do you know that it was longer?
        // While there is nothing to receive, sleep; do not spin.
        todo!("collect what comes to {socket:?} into {file:?} after entry {last}, at most {LONGEST} bytes")
    }

    fn about(path: &Path, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    }
}
