//! What a peer notices when a program is wrong, before the cause is known.

use crate::{Text, hints};

/// What our side noticed. Two mistakes that look alike from outside share a symptom; a check
/// knows what it was doing and maps the symptom to a [`Hint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Symptom {
    /// The program still stops at the `todo!()` of its stub.
    NotStarted,
    /// Nothing usable on stdout within the starting deadline.
    NotListening,
    /// The first line on stdout is not `LISTENING <address>`.
    Garbage,
    /// Output without end and without a line that we wait for.
    RunawayOutput,
    /// The program ended while we still needed it.
    Exited,
    /// The program, or the thread that served us, panicked.
    Panicked,
    /// The address refuses connections.
    Refused,
    /// No byte within the deadline.
    Silence,
    /// The stream ended too early.
    EndOfStream,
    /// The connection was cut with RST.
    Reset,
    /// A byte differs from the one that had to come.
    WrongBytes,
    /// A datagram, or a file, that ends before it should.
    CutShort,
    /// An answer that did not come from the address that was asked.
    WrongAddress,
    /// More bytes than had to come.
    ExtraBytes,
    /// The answer to a WebSocket handshake is not the one that had to come.
    NoUpgrade,
    /// A WebSocket frame of another kind than the one that had to come, or one that is malformed.
    WrongFrame,
    /// A WebSocket was closed in good order when more had to come.
    Closed,
    /// A WebSocket was closed with another code.
    WrongCode,
    /// Descriptors, threads or memory are never given back.
    Leak,
    /// The program is busy although it has nothing to do.
    BusyLoop,
    /// A server that listens where it had to refuse.
    UnexpectedListen,
    /// A file of the program is not as it had to be.
    WrongFile,
    /// A client that never connected.
    NoConnection,
    /// A client that connected when it should not have.
    UnexpectedConnection,
    /// A program that did not end when it should have.
    StillRunning,
    /// A server that accepts connections when it should not any more.
    StillListening,
    /// A client that printed something else.
    WrongOutput,
    /// A program that reports trouble where there was none.
    UnexpectedError,
    /// A program that ended with the wrong exit code.
    WrongExitCode,
    /// This system cannot ask this question; the check is skipped.
    Unsupported,
    /// This machine has no IPv6; the check is skipped.
    NoIpv6,
    /// Trouble of the checker itself; the check is tried again.
    Infra,
}

impl Symptom {
    /// Returns whether this was learnt by waiting until a deadline passed.
    pub fn is_timeout(self) -> bool {
        matches!(
            self,
            Self::NotListening | Self::Silence | Self::NoConnection | Self::StillRunning | Self::StillListening
        )
    }

    /// Returns whether it says something about the program. The others are about this machine.
    pub fn is_about_the_program(self) -> bool {
        !matches!(self, Self::Unsupported | Self::NoIpv6 | Self::Infra)
    }

    /// Returns whether the other side is gone, in whichever way. The kernel decides between these by details
    /// of timing, so hints usually treat them as one: see [`Explain::hint_if_gone`].
    ///
    /// [`Explain::hint_if_gone`]: crate::Explain::hint_if_gone
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Exited | Self::Panicked | Self::Refused | Self::EndOfStream | Self::Reset | Self::Closed)
    }
}

impl Symptom {
    /// Returns the hint for a check that has none of its own.
    pub fn usual_hint(self) -> Option<&'static Hint> {
        match self {
            Self::Garbage => Some(&GARBAGE),
            Self::RunawayOutput => Some(&FLOOD),
            Self::NotListening => Some(&NOT_LISTENING),
            Self::Panicked => Some(&PANICKED),
            Self::NotStarted => Some(&NOT_STARTED),
            _ => None,
        }
    }
}

hints! {
    GARBAGE {
        vi: "stdout của một server chỉ dành cho dòng LISTENING; tôi đọc cổng từ đó. Muốn in thêm để tự xem thì in ra \
             stderr (eprintln!).",
        en: "A server's stdout belongs to the LISTENING line; that is where I read the port. What you print for \
             yourself goes to stderr (eprintln!).",
    }

    FLOOD {
        vi: "Có một vòng lặp đang in hoặc đang gửi mà không dừng. Tìm vòng lặp đó, xem lẽ ra nó phải dừng khi nào.",
        en: "Some loop prints or sends without end. Find it, and see what should make it stop.",
    }

    NOT_LISTENING {
        vi: "Tôi chỉ biết kết nối tới đâu khi đọc được dòng LISTENING. Chương trình có đang chờ việc khác trước khi in, \
             hay in mà chưa xuống dòng?",
        en: "I know where to connect only once I have read the LISTENING line. Is the program waiting for something else \
             first, or does it print without ending the line?",
    }

    PANICKED {
        vi: "Dòng stderr ở trên cho biết panic ở tệp nào, dòng nào. Trên mạng, lỗi là chuyện thường ngày: phía bên kia \
             có thể biến mất bất cứ lúc nào.",
        en: "The stderr line above names the file and the line. On a network, errors are normal: the other side may \
             vanish at any moment.",
    }

    NOT_STARTED {
        vi: "Mở tệp, đọc đề bài ngay trên todo!(), rồi thay todo!() bằng lời giải của bạn.",
        en: "Open the file, read the task above the todo!(), and put your solution in its place.",
    }
}

/// What a learner should look at next. Names the symptom and the likely cause, never the line
/// to type.
#[derive(Debug, PartialEq, Eq)]
pub struct Hint {
    /// Stable name, unique within a task.
    pub id: &'static str,
    /// The hint.
    pub text: Text,
}
