"""A frame over a plain TCP socket: 20 bytes of header, then the payload. Three variants of it.

    socket             what one should do: one system call out, into a buffer that is there already
    socket-two-sends   header and payload in two sends, Nagle's algorithm left on
    socket-recv-1024   reads 1024 bytes at a time and joins them with +=

The second differs from the first in how it sends, the third in how it receives, and in nothing else.
"""

import select
import socket
import struct
import threading

from frames import (
    ACKNOWLEDGEMENT,
    LARGEST,
    IO_TIMEOUT,
    Trouble,
    announce,
    complain,
    in_one_line,
    inspect,
    limit_reading,
    limit_writing,
)

# Number, checksum, length of the payload. TCP carries bytes, not messages: without the length nobody knows
# where this frame ends and the next one begins.
HEADER = struct.Struct(">QQI")


# ---- out


def send_parts(sock: socket.socket, parts: list[bytes]) -> None:
    """All parts in one system call, without joining them first: the kernel gathers them."""
    sent = sock.sendmsg(parts)
    # The kernel may take less than we offer, and for sendmsg nothing in Python loops.
    for part in parts:
        if sent >= len(part):
            sent -= len(part)
        else:
            send_all(sock, memoryview(part)[sent:])
            sent = 0


def send_all(sock: socket.socket, rest: memoryview) -> None:
    while rest:
        rest = rest[sock.send(rest) :]


def send_in_one_call(sock: socket.socket, header: bytes, payload: bytes) -> None:
    send_parts(sock, [header, payload])


def send_in_two_calls(sock: socket.socket, header: bytes, payload: bytes) -> None:
    """The header leaves at once. The payload, if it fills no whole segment, waits in the kernel until the header
    is acknowledged (Nagle), and the other kernel takes its time to acknowledge, 40 ms, in the hope of
    an answer that it could ride on (delayed acknowledgement). The answer never comes: it waits for the payload."""
    send_all(sock, memoryview(header))
    send_all(sock, memoryview(payload))


# ---- in


class IntoBuffer:
    """Receives into one buffer, made once. What it returns is a view of it, good until the next call."""

    def __init__(self, sock: socket.socket, size: int):
        self.sock = sock
        self.view = memoryview(bytearray(size))

    def take(self, length: int, may_idle: bool = False) -> memoryview | None:
        """Exactly `length` bytes; None when the peer has closed before the first. `may_idle`: the first may take
        as long as it likes, since between two frames nobody owes us anything."""
        have = 0
        while have < length:
            try:
                got = self.sock.recv_into(self.view[have:length])
            except BlockingIOError:
                if may_idle and have == 0:
                    continue
                raise stuck(have, length) from None
            if got == 0:
                if may_idle and have == 0:
                    return None
                raise ended(have, length)
            have += got
        return self.view[:length]


class In1024:
    """The same as one finds it in many a tutorial. Two mistakes: a system call for every kilobyte, and `+=` on bytes,
    which copies all that is there already each time. For n bytes that is n²/2048 bytes copied."""

    def __init__(self, sock: socket.socket, size: int):
        self.sock = sock

    def take(self, length: int, may_idle: bool = False) -> bytes | None:
        data = b""
        while len(data) < length:
            try:
                chunk = self.sock.recv(min(1024, length - len(data)))
            except BlockingIOError:
                if may_idle and not data:
                    continue
                raise stuck(len(data), length) from None
            if not chunk:
                if may_idle and not data:
                    return None
                raise ended(len(data), length)
            data += chunk
        return data


def stuck(have: int, length: int) -> Trouble:
    return Trouble(f"nothing came for {IO_TIMEOUT} seconds after {have} of {length} bytes")


def ended(have: int, length: int) -> Trouble:
    return Trouble(f"the connection ended after {have} of {length} bytes")


# ---- the variants

#           sends                receives      TCP_NODELAY
VARIANTS = {
    "socket": (send_in_one_call, IntoBuffer, True),
    "socket-two-sends": (send_in_two_calls, IntoBuffer, False),
    "socket-recv-1024": (send_in_one_call, In1024, True),
}


def set_up(sock: socket.socket, nodelay: bool) -> None:
    limit_reading(sock)
    limit_writing(sock)
    if nodelay:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def serve(variant: str, work: float) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    announce(*listener.getsockname())
    while True:
        sock, peer = listener.accept()
        threading.Thread(target=serve_one, args=(sock, peer, variant, work), daemon=True).start()


def serve_one(sock: socket.socket, peer: tuple, variant: str, work: float) -> None:
    _, receiver, nodelay = VARIANTS[variant]
    with sock:
        try:
            set_up(sock, nodelay)
            incoming = receiver(sock, LARGEST)
            while (header := incoming.take(HEADER.size, may_idle=True)) is not None:
                number, _announced, length = HEADER.unpack(header)
                if length > LARGEST:  # before a byte of it is read: a length is a request for our memory
                    raise Trouble(f"frame {number} announces {length} bytes, the limit is {LARGEST}")
                payload = incoming.take(length)
                send_all(sock, memoryview(ACKNOWLEDGEMENT.pack(number, inspect(payload, work))))
        except (OSError, Trouble) as error:
            complain(f"{peer[0]}:{peer[1]}: {in_one_line(error)}. It is closed.")


def connect(variant: str, host: str, port: int) -> "Connection":
    sock = socket.create_connection((host, port), timeout=IO_TIMEOUT)
    sock.settimeout(None)  # that one was for connecting
    return Connection(sock, *VARIANTS[variant])


class Connection:
    """The driver's end. Frames may follow one another without waiting for acknowledgements."""

    def __init__(self, sock: socket.socket, send_frame, _receiver, nodelay: bool):
        self.sock = sock
        self.send_frame = send_frame
        set_up(sock, nodelay)
        # Acknowledgements are small: how they are read makes no difference, so it is the same for all.
        self.incoming = IntoBuffer(sock, ACKNOWLEDGEMENT.size)

    def prepare(self, window: int) -> None:
        pass

    def send(self, number: int, checksum: int, payload: bytes) -> None:
        self.send_frame(self.sock, HEADER.pack(number, checksum, len(payload)), payload)

    def receive(self, timeout: float) -> tuple[int, int] | None:
        # select takes microseconds; a timeout of Python's socket is in whole milliseconds, too coarse for a frame that
        # is due in 300 µs.
        if timeout < IO_TIMEOUT and not select.select([self.sock], [], [], timeout)[0]:
            return None
        return ACKNOWLEDGEMENT.unpack(self.incoming.take(ACKNOWLEDGEMENT.size))

    def close(self) -> None:
        self.sock.close()
