//! Bài 04 · `length-prefix [ĐỊA_CHỈ]`: server nhận từng khung (frame), trả lại nội dung đảo ngược.
//! Exercise 04 · `length-prefix [ADDRESS]`: a server that answers each frame with its payload reversed.
//!
//!     cargo run -p ex04 --bin ex04-length-prefix      chạy · run it
//!     cargo course check 04 length-prefix             chấm · check it
//!     cargo course book 04                            đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ lệnh dưới đây, với cổng mà nó in ra.
//! By hand: run it, then type this in another terminal, with the port it prints.
//!
//!     printf '\0\0\0\3abc' | nc -N 127.0.0.1 PORT | xxd

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;
use std::{env, io, thread};

//~ task
//~ vi: Đọc và ghi trên `TcpStream` cần các trait của `std::io`. Cần gì thì `use` thêm ở đây.
//~ en: Reading and writing a `TcpStream` needs traits of `std::io`. Add here what you need.
use std::io::{BufReader, Read, Write};
//~ end

/// The largest payload that is accepted, in bytes: 1 MiB.
const MAX_PAYLOAD: u32 = 1024 * 1024;

/// Serves one client until its stream ends. An error ends this connection and no other.
fn handle_client(peer: &TcpStream) -> io::Result<()> {
    //~ task
    //~ vi: Một khung (frame) là độ dài N (4 byte, big-endian), rồi đúng N byte nội dung. N không tính 4 byte của
    //~ vi: chính nó. Nội dung là byte bất kỳ; N = 0 là khung hợp lệ, nội dung rỗng.
    //~ vi:
    //~ vi: - Trả lời mỗi khung trọn vẹn bằng một khung cùng độ dài, nội dung đảo ngược: byte cuối đi trước. Đúng
    //~ vi:   thứ tự, và ngay khi khung đã đủ: client có thể chờ trả lời rồi mới gửi tiếp.
    //~ vi: - Mạng cắt luồng byte ở đâu cũng được: một lần đọc có thể mang về nửa khung, hay mười khung.
    //~ vi: - N lớn hơn MAX_PAYLOAD: trả lời các khung đứng trước, không trả lời khung này, không chờ nội dung,
    //~ vi:   đóng kết nối này và chỉ kết nối này. N đúng bằng MAX_PAYLOAD thì vẫn nhận.
    //~ vi: - Hết luồng dữ liệu (EOF): client chỉ mới đóng chiều gửi. Trả lời nốt các khung trọn vẹn rồi đóng.
    //~ vi:   Khung bị EOF cắt dở thì không trả lời.
    //~ vi: - Không panic, dù client gửi gì.
    //~ en: A frame is a length N (4 bytes, big-endian), then exactly N bytes of payload. N does not count its own
    //~ en: 4 bytes. The payload may be any bytes; N = 0 is a frame too, with an empty payload.
    //~ en:
    //~ en: - Answer each whole frame with a frame of the same length, its payload reversed: the last byte goes
    //~ en:   first. In order, and as soon as the frame is whole: the client may wait for the answer before it
    //~ en:   sends more.
    //~ en: - The network may split the stream anywhere: one read may bring half a frame, or ten.
    //~ en: - N above MAX_PAYLOAD: answer the frames before it, not this one, do not wait for its payload, close
    //~ en:   this connection and no other. N equal to MAX_PAYLOAD is still accepted.
    //~ en: - End of the stream (EOF): the client has only closed its sending half. Answer what came whole, then
    //~ en:   close. A frame that EOF cuts short gets no answer.
    //~ en: - Never panic, whatever a client sends.
    //~ stub: todo!("answer each frame with its payload reversed")
    // One reader for the whole connection: what it has read ahead is the beginning of the next frame.
    let mut reader = BufReader::new(peer);
    let mut writer = peer;
    while let Some(mut payload) = read_frame(&mut reader)? {
        payload.reverse();
        write_frame(&mut writer, &payload)?;
    }
    Ok(())
    //~ end
}

//~ task
/// Reads the next frame; `None` when the stream ends, be it between two frames or inside one.
fn read_frame(reader: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut header = [0; 4];
    // read_exact, because a read may bring one byte of the four.
    match reader.read_exact(&mut header) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_be_bytes(header);
    if length > MAX_PAYLOAD {
        let reason = format!("a frame of {length} bytes, the limit is {MAX_PAYLOAD}");
        return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
    }
    // The buffer grows with the bytes received, not with the length announced: four bytes of a client
    // must not cost us a megabyte.
    let mut payload = Vec::new();
    reader.take(length.into()).read_to_end(&mut payload)?;
    let whole = payload.len() == length as usize;
    Ok(whole.then_some(payload))
}

/// Writes a frame, header and payload in one go: a header alone would travel as a packet alone.
fn write_frame(writer: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let length = payload.len() as u32; // fits: no payload is longer than MAX_PAYLOAD
    let mut frame = length.to_be_bytes().to_vec();
    frame.extend_from_slice(payload);
    writer.write_all(&frame)
}
//~ end

/// How long to wait after a failed `accept`: the kernel has no descriptor or thread to give.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    let Some(address) = parse_arguments() else {
        eprintln!("Cách dùng: length-prefix [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: length-prefix [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks one)");
        return ExitCode::from(2);
    };
    match listen(address) {
        Ok(listener) => accept_loop(&listener),
        Err(error) => {
            eprintln!("length-prefix: không lắng nghe được tại · cannot listen at {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks the kernel for a socket that accepts connections, and prints its address.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

/// Accepts clients forever; each gets a thread of its own.
fn accept_loop(listener: &TcpListener) -> ! {
    loop {
        let spawned = listener.accept().and_then(|(peer, address)| {
            thread::Builder::new().spawn(move || {
                if let Err(error) = handle_client(&peer) {
                    eprintln!("length-prefix: {address}: {error}"); // and here the connection is closed
                }
            })
        });
        if let Err(error) = spawned {
            eprintln!("length-prefix: {error}");
            thread::sleep(ACCEPT_RETRY_DELAY);
        }
    }
}

/// Returns the address from the command line; without one, the loopback address and port 0 (the
/// kernel picks a free port). `None` when the command line is not as the usage says.
fn parse_arguments() -> Option<SocketAddr> {
    let mut arguments = env::args_os().skip(1);
    let address = match arguments.next() {
        Some(argument) => argument.to_str()?.parse().ok()?,
        None => SocketAddr::from(([127, 0, 0, 1], 0)),
    };
    arguments.next().is_none().then_some(address)
}

//~ tests
#[cfg(test)]
mod tests {
    use checks::Pieces;
    use proptest::prelude::*;

    use super::*;

    /// Returns every frame up to the end or the first error, whether there was one, and the largest buffer.
    fn read_all(pieces: &[Vec<u8>]) -> (Vec<Vec<u8>>, bool, usize) {
        let (mut stream, mut frames) = (Pieces::new(pieces), Vec::new());
        loop {
            match read_frame(&mut stream) {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => return (frames, false, stream.largest_buffer),
                Err(_) => return (frames, true, stream.largest_buffer),
            }
        }
    }

    /// Pieces of a stream, with many small numbers: most of them begin a frame that can come to its end.
    fn pieces() -> impl Strategy<Value = Vec<Vec<u8>>> {
        prop::collection::vec(
            prop::collection::vec(prop_oneof![6 => Just(0), 2 => 1u8..8, 1 => any::<u8>()], 0..12),
            0..12,
        )
    }

    proptest! {
        #[test]
        fn read_frame_returns_what_was_written_wherever_it_is_cut(
            frames in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..8),
            size in 1usize..50,
        ) {
            let mut bytes = Vec::new();
            for frame in &frames {
                write_frame(&mut bytes, frame).unwrap();
            }
            let pieces: Vec<Vec<u8>> = bytes.chunks(size).map(<[u8]>::to_vec).collect();
            let (read, failed, _) = read_all(&pieces);
            prop_assert_eq!(read, frames);
            prop_assert!(!failed);
        }

        #[test]
        fn read_frame_returns_the_same_frames_wherever_any_bytes_are_cut(pieces in pieces()) {
            let (cut, whole) = (read_all(&pieces), read_all(&[pieces.concat()]));
            prop_assert_eq!((cut.0, cut.1), (whole.0, whole.1));
        }

        /// Four bytes announce a megabyte; memory is set aside for what has come.
        #[test]
        fn read_frame_allocates_little_for_an_announced_length(length in 0..=MAX_PAYLOAD, came in prop::collection::vec(any::<u8>(), 0..100)) {
            let (_, _, largest) = read_all(&[length.to_be_bytes().to_vec(), came]);
            prop_assert!(largest <= 16 * 1024, "a buffer of {} bytes", largest);
        }

        #[test]
        fn read_frame_refuses_a_length_over_the_limit_before_any_payload(length in prop_oneof![Just(MAX_PAYLOAD + 1), MAX_PAYLOAD + 1..]) {
            prop_assert!(read_all(&[length.to_be_bytes().to_vec()]).1);
        }
    }
}
//~ end
