"""The driving side, once for all transports: the lines of CONTRACT.md, the clock, the latencies.

A transport gives a `Connection` with four methods:

    prepare(window)                   before a measurement: at most `window` frames will be on their way at
                                      once. Raises Refused if the transport cannot do that
    send(number, checksum, payload)   sends a frame; may return before it is acknowledged
    receive(timeout)                  the next acknowledgement as (number, checksum), or None after `timeout` seconds
    close()
"""

import glob
import os
import sys
import time
from collections import Counter
from typing import NamedTuple

from xxhash import xxh3_64_intdigest

from frames import LARGEST, IO_TIMEOUT, Refused, Trouble, in_one_line

OWN_NUMBERS = 2**63  # we count upwards from 1 and never get here; `send` may use any number


class Frame(NamedTuple):
    checksum: int
    payload: bytes


class Plan(NamedTuple):
    """What a `measure` line asks for."""

    window: int
    frames: int | None = None
    millis: int | None = None
    rate: float | None = None


def drive(connection, folder: str) -> int:
    """Answers each line of standard input with one line. Returns the exit code."""
    driver = Driver(connection, folder)
    # File names are bytes to the kernel: surrogateescape carries those through that are not UTF-8.
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    say("READY")
    for line in iter(sys.stdin.readline, ""):
        try:
            say(driver.answer(line.rstrip("\r\n")))
        except Refused as error:
            say(f"error {error}")
        except Exception as error:  # whatever a library raises: the lab needs the sentence, not the trace
            say(f"error {in_one_line(error)}")
            return 1  # what is on its way on this connection, nobody knows any more
    return 0


def say(line: str) -> None:
    print(line, flush=True)


class Driver:
    def __init__(self, connection, folder: str):
        self.connection = connection
        self.folder = folder
        self.frames: list[Frame] = []
        self.next_number = 1

    def answer(self, line: str) -> str:
        command, _, rest = line.partition(" ")
        if command == "load":
            return self.load(rest)
        if command == "send":
            return self.send(rest)
        if command == "measure":
            return self.measure(parse_plan(rest))
        raise Refused(f"unknown line {line[:80]!r}: it is load, send or measure")

    def load(self, kind: str) -> str:
        if not kind or "/" in kind:
            raise Refused(f"{kind!r} is not a kind of frame")
        names = sorted(glob.glob(f"{glob.escape(os.path.join(self.folder, kind))}-*.bin"))
        if not names:
            raise Refused(f"no {kind}-*.bin in {self.folder}")
        payloads = [read_file(name) for name in names]
        self.frames = [Frame(xxh3_64_intdigest(payload), payload) for payload in payloads]
        return f"loaded {len(self.frames)}"

    def send(self, rest: str) -> str:
        parts = rest.split(" ", 2)
        try:
            number, checksum, name = int(parts[0]), int(parts[1], 16), parts[2]
            if not (0 <= number < 2**64 and 0 <= checksum < 2**64):
                raise ValueError
        except (ValueError, IndexError):
            raise Refused("send wants NUMBER, CHECKSUM in 16 hex digits, and FILE") from None
        payload = read_file(name)
        if number < OWN_NUMBERS:
            self.next_number = max(self.next_number, number + 1)
        self.connection.prepare(window=1)
        self.connection.send(number, checksum, payload)
        acknowledgement = self.connection.receive(IO_TIMEOUT)
        if acknowledgement is None:
            raise Trouble(f"frame {number}: no acknowledgement within {IO_TIMEOUT} seconds")
        return f"ack {acknowledgement[0]} {acknowledgement[1]:016x}"

    def measure(self, plan: Plan) -> str:
        if not self.frames:
            raise Refused("nothing is loaded: say load KIND first")
        self.connection.prepare(plan.window)
        first = self.next_number
        nanoseconds, latencies = run(self.connection, self.frames, first, plan)
        self.next_number = first + len(latencies)
        return f"measured {len(latencies)} {nanoseconds} {summary(latencies)}"


def run(connection, frames: list[Frame], first: int, plan: Plan) -> tuple[int, list[int]]:
    """The measuring loop: sends while the window has room and a frame is due, else takes acknowledgements.

    One thread does both: a second one would have to be woken for each frame, and that costs more than the loop.
    """
    clock = time.perf_counter_ns  # monotonic; time.time() may jump
    window, millis, rate = plan.window, plan.millis, plan.rate
    count = plan.frames if plan.frames is not None else OWN_NUMBERS
    owed: dict[int, tuple[int, int]] = {}  # number: the checksum that must come back, and when its time began
    latencies: list[int] = []
    sent = 0
    start = now = moved = clock()
    end = start + millis * 1_000_000 if millis is not None else None

    while True:
        more = sent < count and (end is None or now < end)
        due = now if rate is None else start + int(sent * 1e9 / rate)
        if more and len(owed) < window and now >= due:
            checksum, payload = frames[sent % len(frames)]
            owed[first + sent] = (checksum, due)
            connection.send(first + sent, checksum, payload)
            sent += 1
            # While the window has room: take what is there and go on. When it is full: wait.
            timeout = 0 if len(owed) < window else IO_TIMEOUT
            moved = clock()
        elif more and len(owed) < window:  # open loop, and the next frame is not due yet
            timeout = (min(due, end) - now) / 1e9
            if not owed:
                time.sleep(timeout)
                now = clock()
                continue
        elif owed:
            timeout = IO_TIMEOUT
        else:
            return moved - start, latencies

        acknowledgement = connection.receive(timeout)
        now = clock()
        if acknowledgement is None:
            if now - moved >= IO_TIMEOUT * 1_000_000_000:
                raise Trouble(f"no acknowledgement for {IO_TIMEOUT} seconds, {len(owed)} are owed")
            continue
        number, checksum = acknowledgement
        expected, began = owed.pop(number, (None, 0))
        if checksum != expected:
            what = "nobody waits for that number" if expected is None else f"it should be {expected:016x}"
            raise Trouble(f"acknowledgement {number} {checksum:016x}: {what}")
        latencies.append(now - began)
        moved = now


def parse_plan(text: str) -> Plan:
    wanted = "measure wants window=W and one of frames=N, millis=M, millis=M rate=R"
    values = {}
    for word in text.split():
        name, _, value = word.partition("=")
        try:
            values[name] = float(value) if name == "rate" else int(value)
        except ValueError:
            raise Refused(f"{word!r} is not a number. {wanted}") from None
        if not 0 < values[name] < 2**53:  # also refuses nan
            raise Refused(f"{word!r} is out of range. {wanted}")
    if set(values) not in ({"window", "frames"}, {"window", "millis"}, {"window", "millis", "rate"}):
        raise Refused(wanted)
    return Plan(**values)


def read_file(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            payload = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"cannot read {name}: {error.strerror}") from None
    if len(payload) > LARGEST:
        raise Refused(f"{name} is larger than {LARGEST} bytes, the limit of a payload")
    return payload


def summary(latencies: list[int]) -> str:
    """`NANOSECONDS:COUNT` pairs, rising."""
    counts = Counter(three_digits(latency) for latency in latencies)
    return ",".join(f"{value}:{counts[value]}" for value in sorted(counts))


def three_digits(value: int) -> int:
    """Rounded to three significant digits: 48,761 becomes 48,800."""
    unit = 10 ** max(0, len(str(value)) - 3)
    return (value + unit // 2) // unit * unit
