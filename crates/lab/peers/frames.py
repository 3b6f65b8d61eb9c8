"""What all peers share: the limits, the checksum, the work for a frame, and how trouble is said."""

import socket
import struct
import sys
import threading
import time

from xxhash import xxh3_64_intdigest

LARGEST = 16 * 1024 * 1024  # bytes of a payload; whoever announces more is not one of us
IO_TIMEOUT = 10  # seconds; a read or write that has not moved for so long is an error

TIMEVAL = struct.pack("ll", IO_TIMEOUT, 0)  # C's struct timeval: seconds and microseconds

# Number and checksum, 8 bytes each, the most significant first, as it is usual on a network.
ACKNOWLEDGEMENT = struct.Struct(">QQ")


class Trouble(Exception):
    """Carries a sentence for a person: what, where, what to do."""


class Refused(Trouble):
    """What was asked for cannot be done, and the connection is as good as before."""


at_work = threading.Lock()


def inspect(payload, work: float) -> int:
    """What the server does with a payload: takes the checksum of every byte, then works for `work` seconds.

    The work burns CPU, as an inference does, and does not sleep: while it lasts, the thread that does it can do
    nothing else. Neither can another thread of this Python, because the interpreter has one lock; but it passes
    that lock on every 5 ms, and two threads that watch the clock at once would count the same time twice.
    So one works after the other.
    """
    checksum = xxh3_64_intdigest(payload)
    if work:
        with at_work:
            end = time.perf_counter() + work
            while time.perf_counter() < end:
                pass
    return checksum


def limit_reading(sock: socket.socket) -> None:
    """A read that waits for IO_TIMEOUT seconds raises BlockingIOError.

    The kernel keeps this clock. `sock.settimeout` would do too, but with it Python asks poll() before every read and
    write: a second system call for each, 15 % of the time of a small frame.
    """
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, TIMEVAL)


def limit_writing(sock: socket.socket) -> None:
    """The same for a write that moves nothing."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, TIMEVAL)


def announce(host: str, port: int) -> None:
    """Tells whoever started us where we listen. flush: into a pipe, Python would keep the line to itself."""
    print(f"LISTENING {host}:{port}", flush=True)


def complain(sentence: str) -> None:
    """Says on standard error what went wrong with one peer, while the server goes on with the others."""
    print(f"peer.py: {sentence}", file=sys.stderr, flush=True)


def in_one_line(error: BaseException) -> str:
    """An exception as a sentence: ours speak for themselves, those of the libraries need their name before it."""
    if isinstance(error, BlockingIOError):
        return f"nothing moved for {IO_TIMEOUT} seconds"
    name = "" if isinstance(error, Trouble) else f"{type(error).__name__}: "
    return " ".join(f"{name}{error}".split())[:500]


def split_address(address: str) -> tuple[str, int]:
    """`127.0.0.1:40517` or `[::1]:40517` as host and port."""
    host, colon, port = address.rpartition(":")
    if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise Trouble(f"{address!r} is not HOST:PORT. Take what the server printed after LISTENING.")
    return host.strip("[]"), int(port)


def name_in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def is_listening(host: str, port: int) -> None:
    """For libraries that connect with the first frame: whether somebody is there, we want to know now."""
    socket.create_connection((host, port), timeout=IO_TIMEOUT).close()
