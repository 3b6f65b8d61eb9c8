"""Tests of the peers from outside, as the lab sees them. The measuring loop has its own in test_driver.py.

    PYTHON -m unittest -v                       all tests
    PYTHON -m unittest -v test_peers.Socket     one variant: its name without dashes

PYTHON is the one of the environment that was made from requirements.txt.
"""

import contextlib
import os
import signal
import socket
import struct
import unittest

import grpc
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect as connect_websocket
from xxhash import xxh3_64_intdigest

import grpc_calls
import peer
from frames import LARGEST
from harness import (
    DEADLINE,
    FOLDER,
    Process,
    address_of,
    file_of,
    noise,
    open_socket,
    start,
    start_driver,
    start_server,
    until_closed,
    write_frames,
)

# raw and small: 1920×1080 and 640×480 points of 3 bytes
SIZES = {"empty": 0, "byte": 1, "middle": 70_000, "small": 921_600, "raw": 6_220_800}
CHECKSUMS: dict[str, int] = {}


def setUpModule():
    for kind, payload in write_frames(SIZES).items():
        CHECKSUMS[kind] = xxh3_64_intdigest(payload)


def tearDownModule():
    FOLDER.cleanup()


# ---- what each variant must do


class EachVariant:
    variant: str
    largest = "raw"
    pipelines = True

    def too_long(self, address: str, server: Process) -> None:
        """Offers more than 16 MiB and asserts that the server refuses."""
        raise NotImplementedError

    def half_a_frame(self, address: str) -> None:
        """Sends the beginning of a frame and leaves."""
        raise NotImplementedError

    def test_the_acknowledgement_tells_what_arrived(self):
        _, address = start_server(self, self.variant)
        driver = start_driver(self, self.variant, address)
        for number, kind in [(7, "empty"), (8, "byte"), (9, "middle"), (2**64 - 1, self.largest), (7, "byte")]:
            right = CHECKSUMS[kind]
            for announced in (right, right ^ 1):
                with self.subTest(kind=kind, lie=announced != right):
                    answer = driver.ask(f"send {number} {announced:016x} {file_of(kind)}")
                    self.assertEqual(answer, f"ack {number} {right:016x}")
        self.assertEqual(driver.end(), 0)

    def test_it_measures_in_all_three_forms(self):
        _, address = start_server(self, self.variant, "--work-ms", "1")
        driver = start_driver(self, self.variant, address)
        self.assertEqual(driver.ask("load mixed"), "loaded 3")
        self.assertEqual(self.measured(driver, "window=1 frames=7"), 7)
        self.assertGreaterEqual(self.measured(driver, "window=1 millis=60"), 1)
        self.assertLessEqual(self.measured(driver, "window=1 millis=100 rate=50"), 5)
        if self.pipelines:
            self.assertEqual(self.measured(driver, "window=4 frames=30"), 30)
            self.assertGreaterEqual(self.measured(driver, "window=4 millis=60"), 1)
            self.assertLessEqual(self.measured(driver, "window=4 millis=100 rate=50"), 5)
            self.assertEqual(self.measured(driver, "window=2 frames=3"), 3)
            self.assertEqual(self.measured(driver, "window=1 frames=2"), 2)
            self.assertEqual(driver.ask(f"load {self.largest}"), "loaded 1")
            self.assertEqual(self.measured(driver, "window=3 frames=4"), 4)
        else:
            self.assertRegex(driver.ask("measure window=4 frames=30"), "^error .*one frame at a time")
        self.assertEqual(driver.end(), 0)

    def measured(self, driver: Process, plan: str) -> int:
        answer = driver.ask(f"measure {plan}")
        self.assertRegex(answer, r"^measured \d+ \d+ \d+:\d+(,\d+:\d+)*$")
        _, frames, nanoseconds, latencies = answer.split(" ")
        pairs = [tuple(map(int, pair.split(":"))) for pair in latencies.split(",")]
        self.assertEqual(sum(count for _, count in pairs), int(frames))
        self.assertEqual([value for value, _ in pairs], sorted({value for value, _ in pairs}))
        # With 1 ms of work for each frame, one frame after the other, however many threads the server has.
        self.assertGreaterEqual(int(nanoseconds), int(frames) * 1_000_000)
        self.assertGreaterEqual(pairs[0][0], 1_000_000)
        return int(frames)

    def test_a_wrong_line_is_an_error_and_the_driver_goes_on(self):
        _, address = start_server(self, self.variant)
        driver = start_driver(self, self.variant, address)
        for line in (
            "",
            "dance",
            "load",
            "load nothing",
            "load large",
            "measure window=1 frames=1",  # nothing is loaded
            "send 1 00",
            f"send -1 00 {file_of('byte')}",
            "send 1 00 /no/such/file",
        ):
            self.assertRegex(driver.ask(line), "^error ")
        self.assertEqual(driver.ask("load byte"), "loaded 1")
        for plan in ("", "window=1", "frames=1", "window=0 frames=1", "window=1 frames=x", "window=1 frames=1 rate=5"):
            self.assertRegex(driver.ask(f"measure {plan}"), "^error ")
        self.assertEqual(self.answer_to_a_byte(driver), self.ack_of_a_byte())

    def test_the_server_ends_when_its_standard_input_does(self):
        server, address = start_server(self, self.variant)
        driver = start_driver(self, self.variant, address)
        self.assertEqual(self.answer_to_a_byte(driver), self.ack_of_a_byte())
        self.assertEqual(server.end(), 0)
        self.assertEqual(server.rest + server.process.stdout.read(), b"", "standard output is for LISTENING only")

    def test_the_driver_says_error_when_the_server_is_gone(self):
        server, address = start_server(self, self.variant)
        driver = start_driver(self, self.variant, address)
        self.assertEqual(driver.ask("load byte"), "loaded 1")
        server.end()
        self.assertRegex(driver.ask("measure window=1 frames=1"), "^error .")
        self.assertNotEqual(driver.end(), 0)
        late = start(self, "drive", self.variant, address, "--frames", FOLDER.name)
        self.assertRegex(late.line(), "^error cannot connect")
        self.assertNotEqual(late.end(), 0)

    def test_the_server_survives_strangers(self):
        server, address = start_server(self, self.variant)
        driver = start_driver(self, self.variant, address)
        with open_socket(address) as stranger:
            with contextlib.suppress(ConnectionError):  # it may close before we have said everything
                stranger.sendall(noise.randbytes(4096) + b"\r\n\r\n")
            until_closed(stranger)
        self.half_a_frame(address)
        self.too_long(address, server)
        self.assertEqual(self.answer_to_a_byte(driver), self.ack_of_a_byte())
        self.assertEqual(self.answer_to_a_byte(start_driver(self, self.variant, address)), self.ack_of_a_byte())
        # How asyncio, uvicorn, grpcio and threads report an exception that a handler let escape.
        self.assertNotRegex(server.said(), "handler failed|Exception in|Exception calling")

    def answer_to_a_byte(self, driver: Process) -> str:
        return driver.ask(f"send 3 {CHECKSUMS['byte']:016x} {file_of('byte')}")

    def ack_of_a_byte(self) -> str:
        return f"ack 3 {CHECKSUMS['byte']:016x}"


class RawSocket(EachVariant):
    def too_long(self, address, server):
        with open_socket(address) as sock:
            sock.sendall(struct.pack(">QQI", 1, 2, LARGEST + 1))
            self.assertEqual(until_closed(sock), b"")
        self.assertIn("the limit is", server.said())  # and not: it waited for the bytes and lost patience

    def half_a_frame(self, address):
        for part in (b"\0" * 7, struct.pack(">QQI", 1, 2, 1000) + bytes(500)):
            with open_socket(address) as sock:
                sock.sendall(part)


class WebSocket(EachVariant):
    too_large: bytes | str = bytes(LARGEST + 17)
    not_frames: tuple = ("text", b"short", b"")

    def connect(self, address):
        compression = None if self.variant == "websockets" else "deflate"
        return connect_websocket(f"ws://{address}/", proxy=None, compression=compression, max_size=None)

    def too_long(self, address, server):
        # Compressed, these 16 MiB of zeros are a few kilobytes on the wire: the limit is for what they unfold to.
        for message, code in [(self.too_large, 1009), *((message, 1007) for message in self.not_frames)]:
            with self.connect(address) as websocket:
                with self.assertRaises(ConnectionClosed) as closed:
                    websocket.send(message)
                    websocket.recv(DEADLINE)
                if closed.exception.rcvd is not None:  # None: closed before we had sent everything
                    self.assertEqual(closed.exception.rcvd.code, code)

    def half_a_frame(self, address):
        websocket = self.connect(address)
        websocket.socket.sendall(b"\x82\xfe\x03\xe8mask" + bytes(500))  # announces 1000 bytes
        websocket.socket.shutdown(socket.SHUT_RDWR)


class WebSocketJson(WebSocket):
    too_large = "x" * ((LARGEST + 2) // 3 * 4 + 300)
    not_frames = (
        "text",
        "{}",
        "[]",
        '{"number": "1", "image": ""}',
        '{"number": 1, "image": "?"}',
        "[" * 100_000,
        b"\xff",
    )


class Http(EachVariant):
    def ask(self, address, request: bytes) -> bytes:
        with open_socket(address) as sock:
            sock.sendall(request)
            return until_closed(sock)

    def too_long(self, address, server):
        for path in (b"/frame/1", b"/upload"):
            head = b"POST %s HTTP/1.1\r\nHost: lab\r\n" % path
            answer = self.ask(address, head + b"Content-Length: 17000000\r\n\r\n")
            self.assertRegex(answer, rb"^HTTP/1.1 413 ")
            answer = self.ask(address, head + b"Transfer-Encoding: chunked\r\n\r\n1000000\r\n")
            self.assertRegex(answer, rb"^HTTP/1.1 411 ")
            answer = self.ask(address, head + b"Content-Length: 1\r\nConnection: close\r\n\r\nxxx")
            self.assertNotRegex(answer, rb"^HTTP/1.1 5")

    def half_a_frame(self, address):
        with open_socket(address) as sock:
            sock.sendall(b"POST /frame/1 HTTP/1.1\r\nHost: lab\r\nContent-Length: 1000\r\n\r\n" + bytes(500))


class Grpc(EachVariant):
    def too_long(self, address, server):
        unlimited = [("grpc.max_send_message_length", -1), ("grpc.enable_http_proxy", 0)]
        with grpc.insecure_channel(address, options=unlimited) as channel:
            lab = grpc_calls.services.LabStub(channel)
            frame = grpc_calls.messages.Frame(payload=bytes(LARGEST + 100))
            for call in (
                lambda: lab.Send(frame, timeout=DEADLINE),
                lambda: next(lab.Stream(iter([frame]), timeout=DEADLINE)),
            ):
                with self.assertRaises(grpc.RpcError) as refused:
                    call()
                self.assertEqual(refused.exception.code(), grpc.StatusCode.RESOURCE_EXHAUSTED)

    def half_a_frame(self, address):
        with open_socket(address) as sock:
            settings = b"\0\0\0\4\0\0\0\0\0"
            sock.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings + b"\0\1\0\1\4\0\0\0\1" + bytes(100))


FAMILIES = {"raw_socket": RawSocket, "websocket": WebSocket, "fastapi_http": Http, "grpc_calls": Grpc}
for name, (module, _) in peer.VARIANTS.items():
    family = WebSocketJson if name == "websockets-base64" else FAMILIES[module]
    title = "".join(part.title() for part in name.split("-"))
    globals()[title] = type(
        title,
        (family, unittest.TestCase),
        {
            "__module__": __name__,
            "variant": name,
            "pipelines": name not in ("fastapi-usual", "httpx-post"),
            # The raw frame takes recv(1024) and += seconds, and on a busy machine more than ten.
            "largest": "small" if name == "socket-recv-1024" else "raw",
        },
    )
del family


class AServerThatStandsStill(unittest.TestCase):
    @unittest.skipUnless(hasattr(signal, "SIGSTOP"), "this system cannot stop a process")
    def test_is_an_error_after_ten_seconds_whatever_the_variant(self):
        # A step is taken for all variants before it is waited for: the machine starts two dozen programs meanwhile.
        servers = {variant: start(self, "serve", variant) for variant in peer.VARIANTS}
        addresses = {variant: address_of(self, server) for variant, server in servers.items()}
        # The small frame fits into the kernel's buffers, so that the wait is in reading; the large one in writing.
        drivers = {
            (variant, kind): start(self, "drive", variant, address, "--frames", FOLDER.name)
            for variant, address in addresses.items()
            for kind in ("byte", "raw")
        }
        for (_, kind), process in drivers.items():
            self.assertEqual(process.line(), "READY")
            self.assertEqual(process.ask(f"load {kind}"), "loaded 1")
        for server in servers.values():
            server.process.send_signal(signal.SIGSTOP)
            os.waitpid(server.process.pid, os.WUNTRACED)  # until it has stopped: before, it may still answer
        for process in drivers.values():
            process.tell("measure window=1 frames=1")
        for (variant, kind), process in drivers.items():
            with self.subTest(variant=variant, kind=kind):
                self.assertRegex(process.line(), "^error .")
                self.assertNotEqual(process.end(), 0)


if __name__ == "__main__":
    unittest.main()
