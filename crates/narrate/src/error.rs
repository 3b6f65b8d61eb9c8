//! Errors as a sentence for a person: what, where, what to do.

#[cfg(unix)]
mod unix;

use std::net::SocketAddr;
use std::{fmt, io};

use crate::lang::Text;
use crate::text;

/// What stopped a lesson, already worded in the reader's language.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    /// A sentence of the caller's own.
    pub fn new(sentence: impl Into<String>) -> Error {
        Error(sentence.into())
    }

    /// `bind` or `listen` at `address` failed.
    pub fn listening(address: SocketAddr, error: io::Error) -> Error {
        Error(match error.kind() {
            io::ErrorKind::AddrInUse => text::port_in_use(address.port()),
            io::ErrorKind::PermissionDenied => text::port_forbidden(address.port()),
            io::ErrorKind::AddrNotAvailable => text::not_our_address(address.ip()),
            _ => text::cannot_listen(address, named(&error)),
        })
    }

    /// `bind` of a UDP socket to `address` failed.
    pub fn receiving(address: SocketAddr, error: io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::AddrInUse => Error(text::udp_port_in_use(address.port())),
            _ => Error::listening(address, error),
        }
    }

    /// `connect` to `address` failed.
    pub fn connecting(address: SocketAddr, error: io::Error) -> Error {
        Error(match error.kind() {
            io::ErrorKind::ConnectionRefused => text::refused(address),
            io::ErrorKind::TimedOut => text::no_answer(address),
            _ => text::cannot_connect(address, named(&error)),
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error(text::network_error(named(&error)))
    }
}

/// `ECONNREFUSED: no socket listens there`, in the reader's language.
fn named(error: &io::Error) -> String {
    match errno(error) {
        Some((name, meaning)) => format!("{name}: {meaning}"),
        None => error.to_string(),
    }
}

/// The C name of an error, as manuals and `strace` write it, with its meaning; `None` for one that
/// the course does not meet.
pub fn errno(error: &io::Error) -> Option<(&'static str, Text)> {
    use io::ErrorKind as Kind;
    let (name, vi, en) = match error.kind() {
        Kind::ConnectionRefused => ("ECONNREFUSED", "không ai lắng nghe ở đó", "no socket listens there"),
        Kind::ConnectionReset => {
            ("ECONNRESET", "phía bên kia ngắt đột ngột (RST)", "the peer reset the connection (RST)")
        }
        Kind::ConnectionAborted => {
            ("ECONNABORTED", "kết nối bị hủy trước khi dùng", "the connection was given up before use")
        }
        Kind::BrokenPipe => ("EPIPE", "ghi vào kết nối đã đóng", "a write to a connection that is closed"),
        Kind::NotConnected => ("ENOTCONN", "socket chưa kết nối", "the socket is not connected"),
        Kind::AddrInUse => ("EADDRINUSE", "địa chỉ đang có socket khác dùng", "another socket uses the address"),
        Kind::AddrNotAvailable => {
            ("EADDRNOTAVAIL", "máy này không có địa chỉ đó", "this machine does not have that address")
        }
        Kind::NetworkUnreachable => ("ENETUNREACH", "không có đường tới mạng đó", "there is no route to that network"),
        Kind::HostUnreachable => ("EHOSTUNREACH", "không có đường tới máy đó", "there is no route to that host"),
        Kind::TimedOut => ("ETIMEDOUT", "hết thời gian chờ", "the time ran out"),
        Kind::WouldBlock => {
            ("EAGAIN", "chưa có gì để đọc, hoặc chưa ghi được", "nothing to read yet, or no space to write")
        }
        Kind::PermissionDenied => ("EACCES", "không có quyền", "no permission"),
        Kind::NotFound => ("ENOENT", "không có tệp nào ở đường dẫn ấy", "there is no file at that path"),
        Kind::InvalidInput => ("EINVAL", "tham số không hợp lệ", "an invalid argument"),
        _ => unnamed_kind(error)?,
    };
    Some((name, Text { vi, en }))
}

/// Errors for which `std` has no [`io::ErrorKind`], told by the system's number.
fn unnamed_kind(error: &io::Error) -> Option<(&'static str, &'static str, &'static str)> {
    let [no_protocol, no_family, too_long, other_type, no_memory] = match std::env::consts::OS {
        "linux" | "android" => [93, 97, 90, 91, 105],
        "windows" => [10_043, 10_047, 10_040, 10_041, 10_055],
        _ => [43, 47, 40, 41, 55], // macOS and the BSDs
    };
    match error.raw_os_error()? {
        number if number == no_protocol => Some((
            "EPROTONOSUPPORT",
            "họ và kiểu này không đi với giao thức đó",
            "this family and type have no such protocol",
        )),
        number if number == no_family => {
            Some(("EAFNOSUPPORT", "máy này không có họ địa chỉ đó", "this machine lacks that address family"))
        }
        number if number == too_long => Some(("EMSGSIZE", "datagram dài quá", "the datagram is too long")),
        number if number == other_type => {
            Some(("EPROTOTYPE", "socket ở đó thuộc kiểu khác", "the socket there is of another type"))
        }
        number if number == no_memory => Some(("ENOBUFS", "kernel hết chỗ", "the kernel has no buffer space left")),
        _ => None,
    }
}
