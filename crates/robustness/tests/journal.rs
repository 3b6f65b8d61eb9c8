//! Exercise 11: an entry is one line, whatever was sent; and a file that was cut is mended.
#![cfg(unix)]

#[allow(dead_code, reason = "a whole program, of which only the collector is tried")]
mod journal {
    include!(concat!(env!("OUT_DIR"), "/journal.rs"));

    mod properties {
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
        const PATIENCE: Duration = Duration::from_secs(10);

        /// A journal that runs until the test program ends, and one who writes to it.
        struct Running {
            file: PathBuf,
            writer: UnixDatagram,
            _folder: TempDir,
        }

        impl Running {
            /// On a file in which `before` stands already.
            fn on(before: &[u8]) -> Running {
                let folder = tempfile::tempdir().unwrap();
                let [place, file, own] = ["socket", "file", "writer"].map(|name| folder.path().join(name));
                fs::write(&file, before).unwrap();
                let (at, journal) = (place.clone(), file.clone());
                thread::spawn(move || run(&at, &journal).unwrap());
                let writer = UnixDatagram::bind(own).unwrap();
                writer.set_read_timeout(Some(PATIENCE)).unwrap();
                let reached = (0..1000).any(|_| {
                    thread::sleep(Duration::from_millis(10)); // bounded poll: another thread binds it
                    writer.connect(&place).is_ok()
                });
                assert!(reached, "it does not listen");
                Running { file, writer, _folder: folder }
            }

            /// The number that it says about this entry.
            fn number_of(&self, entry: &[u8]) -> u64 {
                self.writer.send(entry).unwrap();
                let mut number = [0; 20];
                let count = self.writer.recv(&mut number).expect("an acknowledgement");
                str::from_utf8(&number[..count]).unwrap().parse().unwrap()
            }

            /// The content of the line with this number.
            fn content_of(&self, number: u64) -> Vec<u8> {
                let file = fs::read(&self.file).unwrap();
                let line = file.split_inclusive(|byte| *byte == b'\n').nth(number as usize - 1).expect("a line");
                let content = line.strip_prefix(format!("{number} ").as_bytes()).expect("its number");
                plain(content.strip_suffix(b"\n").expect("a whole line"))
            }
        }

        /// The content of a line as it was before it became one.
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
                    .prop_map(|(priority, tag, said)| format!("<{priority}>Nov  5 17:03:09 {tag}: {said}").into_bytes()),
                any::<u8>().prop_map(|byte| vec![byte; LONGEST]),
            ]
        }

        #[test]
        fn what_was_acknowledged_stands_in_the_file_as_it_was_sent() {
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
        fn a_file_that_was_cut_in_its_last_line_goes_on_behind_the_one_before() {
            proptest!(ProptestConfig::with_cases(20), |(lines in prop::collection::vec("[a-z]{0,9}", 0..6), tail in "[a-z]{0,9}")| {
                let whole: String = (1..).zip(&lines).map(|(number, line)| format!("{number} {line}\n")).collect();
                let running = Running::on(format!("{whole}{tail}").as_bytes());
                let number = running.number_of(b"xin chao");
                prop_assert_eq!(number, lines.len() as u64 + 1);
                prop_assert_eq!(fs::read_to_string(&running.file).unwrap(), format!("{whole}{number} xin chao\n"));
            });
        }
    }
}
