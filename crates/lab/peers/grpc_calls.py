"""A frame as a gRPC message, with the package `grpcio`, in its synchronous form. Two variants of it.

    grpcio-unary   Send: one call for each frame
    grpcio-bidi    Stream: one call for all frames, both directions open

The service stands in lessons/21-comparison/proto/lab.proto: the one that the Rust side speaks.
"""

import os
import queue
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import grpc

from frames import LARGEST, IO_TIMEOUT, announce, inspect, name_in_url, is_listening

# grpcio compiles the .proto on import, in memory: nothing generated lies about that could be out of date. By hand it
# is `python -m grpc_tools.protoc -I FOLDER --python_out=. --grpc_python_out=. lab.proto`. It looks in sys.path.
COURSE = os.path.join(os.path.dirname(os.path.abspath(__file__)), *[os.pardir] * 3)
sys.path.append(os.path.join(COURSE, "lessons", "21-comparison", "proto"))
messages, services = grpc.protos_and_services("lab.proto")

OPTIONS = [
    # gRPC refuses to receive more than 4 MiB, and a raw frame has 6.2 MB. -1 would mean no limit at all. Number,
    # checksum and the tags of protobuf take less than 64 bytes.
    ("grpc.max_receive_message_length", LARGEST + 64),
    ("grpc.max_send_message_length", LARGEST + 64),
]

CLIENT_OPTIONS = [
    ("grpc.enable_http_proxy", 0),  # a proxy from the environment would be measured too
    # A call whose bytes are stuck in the socket outlives its own deadline: a blocking call with a large frame, to a
    # server that reads nothing, never comes back. With keepalive on, grpcio hands this timeout to the kernel as
    # TCP_USER_TIMEOUT, and the connection fails. The pings themselves we do not need: not before ten minutes.
    ("grpc.keepalive_timeout_ms", IO_TIMEOUT * 1000),
    ("grpc.keepalive_time_ms", 600_000),
]

THREADS = 10  # a thread for each call at a time; it is what most examples take


class Lab(services.LabServicer):
    def __init__(self, work: float):
        self.work = work

    def Send(self, frame, context):
        return messages.Acknowledgement(number=frame.number, checksum=inspect(frame.payload, self.work))

    def Stream(self, frames, context):
        for frame in frames:
            yield messages.Acknowledgement(number=frame.number, checksum=inspect(frame.payload, self.work))


def serve(variant: str, work: float) -> None:
    server = grpc.server(ThreadPoolExecutor(max_workers=THREADS), options=OPTIONS)
    services.add_LabServicer_to_server(Lab(work), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    announce("127.0.0.1", port)
    server.wait_for_termination()


def connect(variant: str, host: str, port: int):
    is_listening(host, port)
    channel = grpc.insecure_channel(f"{name_in_url(host)}:{port}", options=[*OPTIONS, *CLIENT_OPTIONS])
    try:
        grpc.channel_ready_future(channel).result(timeout=IO_TIMEOUT)
    except grpc.FutureTimeoutError:
        channel.close()
        raise ConnectionError(f"nobody answers within {IO_TIMEOUT} seconds") from None
    return (Unary if variant == "grpcio-unary" else Bidi)(channel)


class Unary:
    """At window 1 a call blocks until its answer is there, as one usually writes it. Above, calls are started without
    waiting, all on one HTTP/2 connection, and whichever ends puts its answer into a queue."""

    def __init__(self, channel):
        self.channel = channel
        self.call = services.LabStub(channel).Send
        self.window = 1
        self.answers: queue.SimpleQueue = queue.SimpleQueue()

    def prepare(self, window: int) -> None:
        self.window = window

    def send(self, number: int, checksum: int, payload: bytes) -> None:
        frame = messages.Frame(number=number, checksum=checksum, payload=payload)
        if self.window == 1:
            self.answers.put(self.call(frame, timeout=IO_TIMEOUT))
        else:
            # No timeout here: it would count the time in the server's queue too. `receive` has one.
            self.call.future(frame).add_done_callback(self.answers.put)

    def receive(self, timeout: float) -> tuple[int, int] | None:
        try:
            answer = self.answers.get(timeout=timeout) if timeout > 0 else self.answers.get_nowait()
        except queue.Empty:
            return None
        if self.window > 1:
            answer = answer.result()  # raises if the call failed
        return answer.number, answer.checksum

    def close(self) -> None:
        self.channel.close()


class Bidi:
    """The stub takes an iterator of frames, which a thread of grpcio's empties, and gives one of acknowledgements,
    which can only be waited for without a limit. So a thread of ours does that and passes on what comes."""

    def __init__(self, channel):
        self.channel = channel
        self.frames: queue.SimpleQueue = queue.SimpleQueue()
        self.answers: queue.SimpleQueue = queue.SimpleQueue()
        self.stream = services.LabStub(channel).Stream(iter(self.frames.get, None))
        threading.Thread(target=self.pass_on, daemon=True).start()

    def pass_on(self) -> None:
        try:
            for answer in self.stream:
                self.answers.put((answer.number, answer.checksum))
            self.answers.put(ConnectionError("the server has ended the stream"))
        except grpc.RpcError as error:
            self.answers.put(error)

    def prepare(self, window: int) -> None:
        pass

    def send(self, number: int, checksum: int, payload: bytes) -> None:
        self.frames.put(messages.Frame(number=number, checksum=checksum, payload=payload))

    def receive(self, timeout: float) -> tuple[int, int] | None:
        try:
            answer = self.answers.get(timeout=timeout) if timeout > 0 else self.answers.get_nowait()
        except queue.Empty:
            return None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        self.frames.put(None)  # the end of our frames: the server ends its side too
        self.channel.close()
