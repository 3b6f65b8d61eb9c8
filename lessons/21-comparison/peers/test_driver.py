"""Tests of the measuring loop, with a transport that exists in memory only."""

import time
import unittest

from xxhash import xxh3_64_intdigest

import driver
from frames import Trouble


class Echo:
    """Acknowledges in turn, as many as are asked for, and watches how many are on their way."""

    def __init__(self, spoil=lambda number, checksum: (number, checksum)):
        self.spoil = spoil
        self.on_the_way: list[tuple[int, int]] = []
        self.most = 0
        self.sent: list[int] = []

    def send(self, number, checksum, payload):
        assert checksum == xxh3_64_intdigest(payload)
        self.on_the_way.append((number, checksum))
        self.most = max(self.most, len(self.on_the_way))
        self.sent.append(number)

    def receive(self, timeout):
        if timeout == 0 or not self.on_the_way:
            return None
        return self.spoil(*self.on_the_way.pop(0))


class TheMeasuringLoop(unittest.TestCase):
    frames = [driver.Frame(xxh3_64_intdigest(payload), payload) for payload in (b"a", b"bc")]

    def test_numbers_rise_by_one_and_the_window_is_used_and_kept(self):
        for window in (1, 2, 5):
            echo = Echo()
            _, latencies = driver.run(echo, self.frames, 40, driver.Plan(window, frames=12))
            self.assertEqual(echo.sent, list(range(40, 52)))
            self.assertEqual(echo.most, window)
            self.assertEqual(len(latencies), 12)

    def test_numbers_do_not_repeat_from_one_measurement_to_the_next(self):
        echo = Echo()
        echo.prepare = lambda window: None
        one = driver.Driver(echo, "no folder")
        one.frames = self.frames
        one.answer("measure window=1 frames=2")
        one.answer("measure window=1 frames=2")
        self.assertEqual(echo.sent, [1, 2, 3, 4])

    def test_an_acknowledgement_that_nobody_waits_for_is_an_error(self):
        for spoil in (lambda n, c: (n + 1, c), lambda n, c: (n, c ^ 1), lambda n, c: (1, c)):
            with self.assertRaises(Trouble):
                driver.run(Echo(spoil), self.frames, 1, driver.Plan(1, frames=3))

    def test_in_the_open_loop_a_frame_is_late_from_when_it_was_due(self):
        # 1000 a second are due, and the transport takes one at a time and 20 ms for it: the later, the more overdue.
        class Slow(Echo):
            def receive(self, timeout):
                time.sleep(0.02)
                return super().receive(timeout)

        _, latencies = driver.run(Slow(), self.frames, 1, driver.Plan(1, millis=100, rate=1000.0))
        for k, latency in enumerate(latencies):
            self.assertGreaterEqual(latency, (k + 1) * 20_000_000 - k * 1_000_000)

    def test_a_paced_frame_does_not_leave_before_it_is_due(self):
        begin = time.perf_counter()
        departures = []

        class Noting(Echo):
            def send(self, number, checksum, payload):
                departures.append(time.perf_counter() - begin)
                super().send(number, checksum, payload)

            def receive(self, timeout):
                return super().receive(timeout or 1)

        driver.run(Noting(), self.frames, 1, driver.Plan(3, millis=50, rate=100.0))
        self.assertGreaterEqual(len(departures), 1)
        for k, departure in enumerate(departures):
            self.assertGreaterEqual(departure, k / 100)

    def test_latencies_are_rounded_to_three_digits_and_counted(self):
        self.assertEqual(driver.summary([48_761, 48_849, 7, 999, 9_996]), "7:1,999:1,10000:1,48800:2")


if __name__ == "__main__":
    unittest.main()
