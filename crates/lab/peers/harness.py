"""What the tests need: frames in a folder, and peers as processes with which one can talk line by line."""

import os
import random
import select
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from frames import LARGEST

HERE = os.path.dirname(os.path.abspath(__file__))
DEADLINE = 60  # seconds for an answer; generous, since the machine may be busy: only a hang takes so long

FOLDER = tempfile.TemporaryDirectory()
noise = random.Random(21)


def file_of(kind: str, number: int = 0) -> str:
    return os.path.join(FOLDER.name, f"{kind}-{number}.bin")


def write_frames(sizes: dict[str, int]) -> dict[str, bytes]:
    """One file of noise for each kind, besides `mixed` with three and `large`, which is over the limit."""
    payloads = {kind: noise.randbytes(size) for kind, size in sizes.items()}
    for kind, payload in payloads.items():
        write(file_of(kind), payload)
    for number, size in enumerate((10, 0, 3_000)):
        write(file_of("mixed", number), noise.randbytes(size))
    write(file_of("large"), bytes(LARGEST + 1))
    return payloads


def write(name: str, content: bytes) -> None:
    with open(name, "wb") as file:
        file.write(content)


class Process:
    """A peer as the lab runs it: lines in, lines out."""

    def __init__(self, *arguments: str):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "peer.py"), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
        )
        self.rest = b""

    def line(self) -> str:
        until = time.monotonic() + DEADLINE
        while b"\n" not in self.rest:
            readable = select.select([self.process.stdout], [], [], max(0, until - time.monotonic()))[0]
            chunk = os.read(self.process.stdout.fileno(), 65536) if readable else b""
            if not chunk:
                raise AssertionError(f"no line, {'it ended' if readable else 'it hangs'}; it said: {self.said()}")
            self.rest += chunk
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode()

    def tell(self, line: str) -> None:
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def ask(self, line: str) -> str:
        self.tell(line)
        return self.line()

    def said(self) -> str:
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def end(self) -> int:
        self.process.stdin.close()
        return self.process.wait(DEADLINE)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(DEADLINE)
        self.process.stdout.close()
        self.process.stdin.close()
        self.errors.close()


def start(case: unittest.TestCase, *arguments: str) -> Process:
    process = Process(*arguments)
    case.addCleanup(process.kill)
    return process


def start_server(case: unittest.TestCase, variant: str, *more: str) -> tuple[Process, str]:
    server = start(case, "serve", variant, *more)
    return server, address_of(case, server)


def address_of(case: unittest.TestCase, server: Process) -> str:
    word, address = server.line().split(" ")
    case.assertEqual(word, "LISTENING")
    return address


def start_driver(case: unittest.TestCase, variant: str, address: str) -> Process:
    process = start(case, "drive", variant, address, "--frames", FOLDER.name)
    case.assertEqual(process.line(), "READY")
    return process


def open_socket(address: str) -> socket.socket:
    host, port = address.rsplit(":", 1)
    return socket.create_connection((host, int(port)), timeout=DEADLINE)


def until_closed(sock: socket.socket) -> bytes:
    """What the server still says. An end or a reset: either is a way to close; a timeout is none."""
    said = b""
    try:
        while chunk := sock.recv(65536):
            said += chunk
    except ConnectionError:
        pass
    return said
