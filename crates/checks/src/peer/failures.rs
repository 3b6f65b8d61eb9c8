//! What an I/O error, or bytes that differ, mean as a failure of the program.

use std::fmt::Display;
use std::io;

use super::transport::Transport;
use crate::limits::TRANSFER_DEADLINE;
use crate::{Difference, Failure, Symptom, sentence};

/// Names the reason why a connection to `address` did not come about.
pub(crate) fn connect_failure(address: impl Display, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::new(
            Symptom::Refused,
            sentence! {
                vi: "Không còn socket nào lắng nghe tại {address}: kết nối bị từ chối.",
                en: "No socket listens on {address} any more: the connection was refused.",
            },
        ),
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => Failure::new(
            Symptom::Reset,
            sentence! {
                vi: "Kết nối tới {address} bị cắt (RST) ngay khi vừa mở.",
                en: "The connection to {address} was cut (RST) as soon as it was open.",
            },
        ),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Failure::new(
            Symptom::Silence,
            sentence! {
                vi: "Kết nối tới {address} mà quá hạn vẫn không có trả lời.",
                en: "A connection to {address} got no answer within the deadline.",
            },
        ),
        _ => Failure::infra("connect", error),
    }
}

/// Names the reason why only `done` of our `total` bytes were taken.
pub(super) fn write_failure(transport: Transport, error: &io::Error, done: usize, total: usize) -> Failure {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Failure::new(
            Symptom::Silence,
            sentence! {
                vi: "Chương trình không đọc nữa: kernel chỉ nhận {done} trong {total} byte của tôi.",
                en: "The program has stopped reading: the kernel took {done} of my {total} bytes.",
            },
        ),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::NotConnected => {
            let lost = transport.lost();
            Failure::new(
                Symptom::Reset,
                sentence! {
                    vi: "Tôi còn đang gửi thì chương trình đã bỏ kết nối ({lost}).",
                    en: "While I was still sending, the program dropped the connection ({lost}).",
                },
            )
        }
        _ => Failure::infra("write", error),
    }
}

/// A number of seconds as each language writes it: decimal comma, decimal point.
pub(super) struct Seconds {
    pub(super) vi: String,
    pub(super) en: String,
}

impl From<f32> for Seconds {
    fn from(seconds: f32) -> Seconds {
        let en = seconds.to_string();
        Seconds { vi: en.replace('.', ","), en }
    }
}

/// The stream stopped after `done` right bytes: says so, and shows what is missing.
pub(super) fn cut_short(mut failure: Failure, expected: &[u8], done: usize) -> Failure {
    if matches!(failure.symptom, Symptom::Infra) {
        return failure;
    }
    let total = expected.len();
    if done > 0 {
        failure = failure.with_more(sentence! {
            vi: " Trước đó mới được {done} trong {total} byte, đều đúng.",
            en: " Before that I got {done} of {total} bytes, all of them right.",
        });
        failure.difference = Some(Box::new(Difference::at(done, expected, &expected[..done])));
    }
    failure
}

pub(super) fn wrong_byte(expected: &[u8], received: &[u8], offset: usize) -> Failure {
    let number = offset + 1;
    let (came, wanted) = (received[offset], expected[offset]);
    let mut failure = Failure::new(
        Symptom::WrongBytes,
        sentence! {
            vi: "Byte thứ {number} của phần này sai: nhận {came:02x}, lẽ ra là {wanted:02x}.",
            en: "Byte {number} of this part is wrong: received {came:02x}, expected {wanted:02x}.",
        },
    );
    failure.difference = Some(Box::new(Difference::at(offset, expected, received)));
    failure
}

pub(super) fn extra_bytes(extra: &[u8]) -> Failure {
    let count = extra.len();
    let mut failure = Failure::new(
        Symptom::ExtraBytes,
        sentence! {
            vi: "Lẽ ra đã hết, nhưng chương trình còn gửi thêm ít nhất {count} byte.",
            en: "That should have been all, yet the program sent at least {count} more bytes.",
        },
    );
    failure.difference = Some(Box::new(Difference::at(0, &[], extra)));
    failure
}

/// Bytes came now and then, but not all of them in time.
pub(super) fn too_slow() -> Failure {
    let seconds = TRANSFER_DEADLINE.as_secs();
    Failure::new(
        Symptom::Silence,
        sentence! {
            vi: "Byte tới quá chậm: sau {seconds} giây vẫn chưa đủ.",
            en: "The bytes come too slowly: after {seconds} seconds some are still missing.",
        },
    )
}

pub(super) fn too_much(limit: usize) -> Failure {
    Failure::new(
        Symptom::RunawayOutput,
        sentence! {
            vi: "Chương trình gửi hơn {limit} byte mà vẫn chưa hết.",
            en: "The program sent more than {limit} bytes and did not stop.",
        },
    )
}
