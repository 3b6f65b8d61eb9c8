"""Tests of the measuring loop, with a transport and a clock that exist in memory only: they are exact."""

import unittest
from unittest import mock

from xxhash import xxh3_64_intdigest

import driver
from frames import IO_TIMEOUT, Trouble

MS = 1_000_000  # nanoseconds


class Clock:
    """Stands in for the module `time`: it moves only when somebody waits."""

    def __init__(self):
        self.now = 0

    def perf_counter_ns(self) -> int:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += round(seconds * 1e9)


class Echo:
    """A transport whose server takes `takes` nanoseconds for each frame, one after the other."""

    def __init__(self, clock: Clock, takes: int = MS, spoil=lambda number, checksum: (number, checksum)):
        self.clock = clock
        self.takes = takes
        self.spoil = spoil
        self.on_the_way: list[tuple[int, int, int]] = []
        self.most_on_the_way = 0
        self.free_at = 0
        self.sent: dict[int, int] = {}  # number: when

    def prepare(self, window):
        pass

    def send(self, number, checksum, payload):
        assert checksum == xxh3_64_intdigest(payload)
        self.sent[number] = self.clock.now
        self.free_at = max(self.free_at, self.clock.now) + self.takes
        self.on_the_way.append((self.free_at, number, checksum))
        self.most_on_the_way = max(self.most_on_the_way, len(self.on_the_way))

    def receive(self, timeout):
        until = self.clock.now + round(timeout * 1e9)
        if not self.on_the_way or self.on_the_way[0][0] > until:
            self.clock.now = until
            return None
        ready, number, checksum = self.on_the_way.pop(0)
        self.clock.now = max(self.clock.now, ready)
        return self.spoil(number, checksum)


class TheMeasuringLoop(unittest.TestCase):
    frames = [driver.Frame(xxh3_64_intdigest(payload), payload) for payload in (b"a", b"bc")]

    def setUp(self):
        self.clock = Clock()
        patch = mock.patch("driver.time", self.clock)
        patch.start()
        self.addCleanup(patch.stop)

    def run_loop(self, echo: Echo, **plan):
        nanoseconds, latencies = driver.run(echo, self.frames, 40, driver.Plan(**plan))
        return nanoseconds / MS, [latency / MS for latency in latencies]

    def test_a_question_and_an_answer_in_turn(self):
        echo = Echo(self.clock)
        self.assertEqual(self.run_loop(echo, window=1, frames=4), (4, [1, 1, 1, 1]))
        self.assertEqual(echo.sent, {40: 0, 41: 1 * MS, 42: 2 * MS, 43: 3 * MS})

    def test_the_window_is_used_and_kept(self):
        echo = Echo(self.clock)
        self.assertEqual(self.run_loop(echo, window=3, frames=6), (6, [1, 2, 3, 3, 3, 3]))
        self.assertEqual(echo.most_on_the_way, 3)

    def test_a_time_ends_the_sending_and_what_is_owed_is_waited_for(self):
        echo = Echo(self.clock, takes=4 * MS)
        self.assertEqual(self.run_loop(echo, window=2, millis=10), (16, [4, 8, 8, 8]))

    def test_a_paced_frame_leaves_when_it_is_due(self):
        echo = Echo(self.clock)
        self.assertEqual(self.run_loop(echo, window=3, millis=50, rate=100.0), (41, [1, 1, 1, 1, 1]))
        self.assertEqual(list(echo.sent.values()), [0, 10 * MS, 20 * MS, 30 * MS, 40 * MS])

    def test_a_paced_frame_that_had_to_wait_counts_from_when_it_was_due(self):
        # One is due each millisecond, and the server takes 20: the later, the more overdue.
        echo = Echo(self.clock, takes=20 * MS)
        self.assertEqual(self.run_loop(echo, window=1, millis=100, rate=1000.0), (100, [20, 39, 58, 77, 96]))

    def test_numbers_do_not_repeat(self):
        one = driver.Driver(Echo(self.clock), "no folder")
        one.frames = self.frames
        one.answer("measure window=1 frames=2")
        one.answer("measure window=2 frames=3")
        self.assertEqual(list(one.connection.sent), [1, 2, 3, 4, 5])

    def test_an_acknowledgement_that_nobody_waits_for_is_an_error(self):
        for spoil in (lambda n, c: (n + 1, c), lambda n, c: (n, c ^ 1), lambda n, c: (40, c)):
            with self.assertRaises(Trouble):
                self.run_loop(Echo(self.clock, spoil=spoil), window=1, frames=3)

    def test_a_server_that_never_answers_is_an_error_after_ten_seconds(self):
        for plan in ({"window": 1, "frames": 3}, {"window": 2, "millis": 50, "rate": 100.0}):
            begin = self.clock.now
            with self.assertRaises(Trouble):
                self.run_loop(Echo(self.clock, takes=3600 * 1000 * MS), **plan)
            self.assertLess(self.clock.now - begin, (IO_TIMEOUT + 1) * 1000 * MS)

    def test_latencies_are_rounded_to_three_digits_and_counted(self):
        self.assertEqual(driver.summary([48_761, 48_849, 7, 999, 9_996]), "7:1,999:1,10000:1,48800:2")


if __name__ == "__main__":
    unittest.main()
