//! Bài 11 · `journal SOCKET TỆP`: gom datagram vào một tệp nhật ký, đã xác nhận thì không mất.
//! Exercise 11 · `journal SOCKET FILE`: collects datagrams in a log file; an acknowledged entry is never lost.
//!
//!     cargo run -p ex11 --bin ex11-journal -- /tmp/journal.sock /tmp/journal.txt      chạy · run it
//!     cargo course check 11 journal                                                   chấm · check it
//!     cargo course book 11                                                            đọc · the chapter that helps
//!
//! Giao thức: mỗi datagram là một mục, tới 65.536 byte. Mục được ghi vào tệp thành một dòng: số thứ tự,
//! một dấu cách, nội dung. Người gửi có tên (đã bind) nhận lại một datagram là số đó, ví dụ `17`.
//!
//! The protocol: each datagram, up to 65,536 bytes, is one entry. An entry is one line of the file: its
//! number, a space, the content. A sender that has a name (has bound) receives that number, such as `17`.
//!
//! Tự thử · by hand: `logger -u /tmp/journal.sock xin chao`

use std::env;
use std::path::Path;
use std::process::ExitCode;

#[cfg(unix)]
mod collector {
    use std::fs::{self, File, TryLockError};
    use std::io;
    use std::os::unix::fs::FileTypeExt;
    use std::os::unix::net::UnixDatagram;
    use std::path::Path;

    //~ task
    //~ vi: Những gì bạn cần thì `use` thêm ở đây.
    //~ en: Add here what you need.
    use std::io::{BufReader, Read, Write};
    use std::time::Duration;

    /// How long an acknowledgement waits for space in its sender's queue; then the next entry has its turn.
    const WRITE_TIMEOUT: Duration = Duration::from_millis(10);
    //~ end

    /// The longest entry, in bytes.
    const MAX_ENTRY: usize = 65_536;

    /// Opens the journal at `path`; also returns the number of its last entry, 0 when there is none.
    fn open_journal(path: &Path) -> io::Result<(File, u64)> {
        //~ task
        //~ vi: Mở `path` để ghi tiếp vào cuối; chưa có thì tạo; đừng làm mất mục nào đã có.
        //~ vi: - Các mục đánh số từ 1, không có số nào bị bỏ, nên số dòng trọn vẹn cũng là số của mục cuối.
        //~ vi: - Dòng cuối không kết thúc bằng `\n` là dấu vết của lần trước bị cắt ngang khi đang ghi: mục đó chưa ai
        //~ vi:   nhận được xác nhận. Cắt nó khỏi tệp, để mục sau không dính vào nó.
        //~ vi: - Tệp có thể lớn: đừng đọc hết vào bộ nhớ.
        //~ en: Open `path` to append at its end; create it if it does not exist; lose none of its entries.
        //~ en: - Entries are numbered from 1 and no number is left out, so the count of whole lines is the last number.
        //~ en: - A last line without `\n` is the trace of a run that was interrupted while it wrote: that entry was
        //~ en:   never acknowledged. Cut it from the file, so that the next entry is not glued to it.
        //~ en: - The file may be large: do not read it into memory as a whole.
        //~ stub: todo!("open the file, count its entries, cut off half a line")
        let file = File::options().read(true).append(true).create(true).open(path)?;
        let (mut entries, mut length, mut complete) = (0, 0, 0);
        for byte in BufReader::new(&file).bytes() {
            length += 1;
            if byte? == b'\n' {
                entries += 1;
                complete = length;
            }
        }
        if complete < length {
            file.set_len(complete)?;
        }
        Ok((file, entries))
        //~ end
    }

    /// Receives entries from `socket`, appends them to `file`, numbered on from `last`, and acknowledges them.
    fn collect(socket: &UnixDatagram, file: File, last: u64) -> io::Result<()> {
        //~ task
        //~ vi: Mãi mãi, với từng datagram, kể cả datagram rỗng:
        //~ vi: 1. Ghi nó thành một dòng: số (mục trước cộng 1), một dấu cách, nội dung, `\n`. Trong nội dung, byte
        //~ vi:    xuống dòng viết thành hai ký tự `\n`, dấu `\` viết thành `\\`; mọi byte khác giữ nguyên, dù không
        //~ vi:    phải UTF-8.
        //~ vi: 2. Đưa dòng đó xuống đĩa: `sync_data` hoặc `sync_all`.
        //~ vi: 3. Chỉ khi ấy mới xác nhận: nếu người gửi có tên, dù là đường dẫn hay tên trừu tượng (abstract), gửi cho
        //~ vi:    họ con số, viết bằng chữ số, không xuống dòng, từ chính `socket` này. Người gửi không tên thì thôi.
        //~ vi: - Không gửi được xác nhận (người gửi đã đi, hàng đợi của họ đầy): báo ra stderr rồi đi tiếp. Một người
        //~ vi:   không đọc không được bắt người khác chờ quá một phần mười giây cho mỗi mục.
        //~ vi: - Không ghi được hay không sync được: đừng xác nhận; trả về `Err`, chương trình kết thúc với mã 1.
        //~ vi: - Dài hơn `MAX_ENTRY` thì không phải một mục: báo ra stderr, không ghi, không xác nhận, đi tiếp. Phần
        //~ vi:   không vừa buffer bị bỏ mà không báo: làm sao biết nó dài hơn?
        //~ vi: - Không có gì để nhận thì ngủ, đừng quay vòng.
        //~ en: Forever, for each datagram, an empty one too:
        //~ en: 1. Write it as one line: a number (one more than the last), a space, the content, `\n`. In the content a
        //~ en:    newline is written as the two characters `\n`, a `\` as `\\`; all other bytes stay as they are, UTF-8
        //~ en:    or not.
        //~ en: 2. Bring that line to the disk: `sync_data` or `sync_all`.
        //~ en: 3. Only then acknowledge: if the sender has a name, be it a path or an abstract name, send it the
        //~ en:    number, in digits, without a newline, from this very `socket`. A sender without a name gets nothing.
        //~ en: - An acknowledgement that cannot be sent (its sender has left, its queue is full): report it on stderr
        //~ en:   and go on. A sender that does not read must not delay the others by more than 0.1 s per entry.
        //~ en: - When writing or syncing fails: do not acknowledge; return the `Err`, and the program exits with code
        //~ en:   1.
        //~ en: - A datagram longer than `MAX_ENTRY` is not an entry: report it on stderr, do not write it, do not
        //~ en:   acknowledge it, go on. The kernel drops the bytes that do not fit the buffer, without an error: how do
        //~ en:   you know that it was longer?
        //~ en: - While there is nothing to receive, sleep; do not spin.
        //~ stub: todo!("write each datagram as a line, sync, acknowledge")
        socket.set_write_timeout(Some(WRITE_TIMEOUT))?;
        let (mut file, mut number) = (file, last);
        let mut buffer = vec![0; MAX_ENTRY + 1]; // one byte more: a datagram that fills it was too long
        loop {
            let (count, sender) = match socket.recv_from(&mut buffer) {
                Ok(received) => received,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if count > MAX_ENTRY {
                eprintln!("bỏ một datagram quá dài · a datagram is too long and was dropped");
                continue;
            }
            number += 1;
            file.write_all(&entry(number, &buffer[..count]))?;
            file.sync_data()?; // from here on the entry survives a crash and a power cut
            if !sender.is_unnamed()
                && let Err(error) = socket.send_to_addr(number.to_string().as_bytes(), &sender)
            {
                eprintln!("không xác nhận được mục {number} · entry {number} is not acknowledged: {error}");
            }
        }
        //~ end
    }

    //~ task
    /// Encodes an entry as one line, whatever bytes it holds.
    fn entry(number: u64, content: &[u8]) -> Vec<u8> {
        let mut line = format!("{number} ").into_bytes();
        for byte in content {
            match byte {
                b'\n' => line.extend(br"\n"), // a raw newline would let a sender forge the next entry
                b'\\' => line.extend(br"\\"),
                _ => line.push(*byte),
            }
        }
        line.push(b'\n');
        line
    }
    //~ end

    /// Writes the datagrams of the socket at `socket_path` to `path`, until an error.
    pub fn run(socket_path: &Path, path: &Path) -> io::Result<()> {
        let (socket, _lock) = bind_locked(socket_path).map_err(|error| with_path(socket_path, &error))?;
        let (file, last) = open_journal(path).map_err(|error| with_path(path, &error))?;
        sync_directory(path).map_err(|error| with_path(path, &error))?;
        println!("LISTENING {}", socket_path.display());
        collect(&socket, file, last).map_err(|error| with_path(path, &error))
    }

    /// Binds `socket_path`, which may still be the socket file of a journal that was killed. A lock file
    /// says whether a journal is alive: the kernel releases the lock when its holder ends, however it
    /// ends. That protects journals from each other, and not from programs that ignore the lock.
    fn bind_locked(socket_path: &Path) -> io::Result<(UnixDatagram, File)> {
        let mut beside = socket_path.as_os_str().to_owned();
        beside.push(".lock");
        let lock = File::options().write(true).create(true).truncate(false).open(beside)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                io::Error::other("một journal khác đang chạy ở đây · another journal runs here")
            }
            TryLockError::Error(error) => error,
        })?;
        if fs::symlink_metadata(socket_path).is_ok_and(|found| found.file_type().is_socket()) {
            fs::remove_file(socket_path)?;
        }
        Ok((UnixDatagram::bind(socket_path)?, lock))
    }

    /// Syncs the directory of `path`: the name of a new file is content of its directory.
    fn sync_directory(path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }

    fn with_path(path: &Path, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    }
}

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

//~ tests
#[cfg(all(test, unix))]
mod tests {
    use std::cell::Cell;
    use std::fs;
    use std::os::unix::net::UnixDatagram;
    use std::path::PathBuf;
    use std::thread;
    use std::time::Duration;

    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::collector::run;

    /// The longest entry, as the exercise has it.
    const LONGEST: usize = 65_536;
    const READ_TIMEOUT: Duration = Duration::from_secs(10);

    /// A journal that runs until the test program ends, and a socket that writes to it.
    struct Running {
        file: PathBuf,
        writer: UnixDatagram,
        _folder: TempDir,
    }

    impl Running {
        /// Starts on a file in which `before` stands already.
        fn on(before: &[u8]) -> Running {
            let folder = tempfile::tempdir().unwrap();
            let [place, file, own] = ["socket", "file", "writer"].map(|name| folder.path().join(name));
            fs::write(&file, before).unwrap();
            let (at, journal) = (place.clone(), file.clone());
            thread::spawn(move || run(&at, &journal).unwrap());
            let writer = UnixDatagram::bind(own).unwrap();
            writer.set_read_timeout(Some(READ_TIMEOUT)).unwrap();
            let reached = (0..1000).any(|_| {
                thread::sleep(Duration::from_millis(10)); // bounded poll: another thread binds it
                writer.connect(&place).is_ok()
            });
            assert!(reached, "the journal does not listen");
            Running { file, writer, _folder: folder }
        }

        /// Returns the number with which this entry is acknowledged.
        fn number_of(&self, entry: &[u8]) -> u64 {
            self.writer.send(entry).unwrap();
            let mut number = [0; 20];
            let count = self.writer.recv(&mut number).expect("an acknowledgement");
            str::from_utf8(&number[..count]).unwrap().parse().unwrap()
        }

        /// Returns the content of the line with this number.
        fn content_of(&self, number: u64) -> Vec<u8> {
            let file = fs::read(&self.file).unwrap();
            let line = file.split_inclusive(|byte| *byte == b'\n').nth(number as usize - 1).expect("a line");
            let content = line.strip_prefix(format!("{number} ").as_bytes()).expect("its number");
            plain(content.strip_suffix(b"\n").expect("a whole line"))
        }
    }

    /// Returns the content of a line as it was before it became one.
    fn plain(line: &[u8]) -> Vec<u8> {
        let (mut plain, mut bytes) = (Vec::new(), line.iter());
        while let Some(byte) = bytes.next() {
            plain.push(match byte {
                b'\\' => match bytes.next() {
                    Some(b'n') => b'\n',
                    Some(b'\\') => b'\\',
                    other => panic!("a backslash in front of {other:?}"),
                },
                byte => *byte,
            });
        }
        plain
    }

    fn entry() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'\\'), Just(b'n'), any::<u8>()], 0..80),
            // As `logger -u` sends it: priority, time, tag (RFC 3164).
            (0u8..192, "[a-z]{1,8}", ".{0,40}")
                .prop_map(|(priority, tag, text)| format!("<{priority}>Nov  5 17:03:09 {tag}: {text}").into_bytes()),
            any::<u8>().prop_map(|byte| vec![byte; LONGEST]),
        ]
    }

    #[test]
    fn run_keeps_an_acknowledged_entry_as_it_was_sent() {
        let running = Running::on(b"");
        let last = Cell::new(0);
        proptest!(ProptestConfig::with_cases(40), |(entries in prop::collection::vec(entry(), 1..4), too_long: bool)| {
            if too_long {
                running.writer.send(&vec![b'x'; LONGEST + 1]).unwrap(); // no entry, no number, no answer
            }
            for entry in entries {
                last.set(last.get() + 1);
                prop_assert_eq!(running.number_of(&entry), last.get());
                prop_assert!(running.content_of(last.get()) == entry, "entry {} is not what was sent", last.get());
            }
        });
    }

    #[test]
    fn run_on_a_file_cut_in_its_last_line_goes_on_after_the_line_before() {
        proptest!(ProptestConfig::with_cases(20), |(lines in prop::collection::vec("[a-z]{0,9}", 0..6), tail in "[a-z]{0,9}")| {
            let whole: String = (1..).zip(&lines).map(|(number, line)| format!("{number} {line}\n")).collect();
            let running = Running::on(format!("{whole}{tail}").as_bytes());
            let number = running.number_of(b"xin chao");
            prop_assert_eq!(number, lines.len() as u64 + 1);
            prop_assert_eq!(fs::read_to_string(&running.file).unwrap(), format!("{whole}{number} xin chao\n"));
        });
    }
}
//~ end
