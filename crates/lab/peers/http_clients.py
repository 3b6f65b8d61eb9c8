"""Four ways to POST a frame from Python. They show how much of a "slow server" is the client's library."""

import http.client
import json
import os
import queue
import threading

from frames import ACKNOWLEDGEMENT, IO_TIMEOUT, Refused, Trouble, name_in_url, is_listening
from raw_socket import send_parts

JPEG = "image/jpeg"


# ---- the clients: each asks once and comes back with the acknowledgement


class Usual:
    """requests.post, as every tutorial has it. Each call opens a connection and closes it again. The whole body
    is built in memory once more, between two multipart boundaries."""

    one_connection_each = True

    def __init__(self, host: str, port: int):
        import requests

        self.post = requests.post
        self.url = f"http://{name_in_url(host)}:{port}/upload"

    def ask(self, number: int, checksum: int, payload: bytes) -> tuple[int, int]:
        answer = self.post(
            self.url,
            data={"number": number, "checksum": f"{checksum:016x}"},
            files={"image": ("frame.jpg", payload, JPEG)},
            timeout=IO_TIMEOUT,
        )
        expect_200(answer.status_code, answer.content)
        acknowledgement = json.loads(answer.content)
        return acknowledgement["number"], int(acknowledgement["checksum"], 16)

    def close(self) -> None:
        pass


class KeptAlive:
    """requests.Session: the same library, the connection is kept, the body goes as it is."""

    one_connection_each = False

    def __init__(self, host: str, port: int):
        import requests

        self.session = requests.Session()
        self.url = f"http://{name_in_url(host)}:{port}/frame"

    def ask(self, number: int, checksum: int, payload: bytes) -> tuple[int, int]:
        answer = self.session.post(
            f"{self.url}/{number}", data=payload, headers=headers(checksum, payload), timeout=IO_TIMEOUT
        )
        expect_200(answer.status_code, answer.content)
        return ACKNOWLEDGEMENT.unpack(answer.content)

    def close(self) -> None:
        self.session.close()


class OneWrite(http.client.HTTPConnection):
    """http.client from the standard library. It sends the head, then the body; both are held back here until they can
    leave in one system call. (It sets TCP_NODELAY by itself: that is why two writes do not stall it.)"""

    one_connection_each = False

    def __init__(self, host: str, port: int):
        super().__init__(host, port, timeout=IO_TIMEOUT)
        self.parts: list[bytes] = []
        self.connect()

    def send(self, data: bytes) -> None:
        self.parts.append(data)

    def ask(self, number: int, checksum: int, payload: bytes) -> tuple[int, int]:
        self.request("POST", f"/frame/{number}", body=payload, headers=headers(checksum, payload))
        send_parts(self.sock, self.parts)
        self.parts.clear()
        answer = self.getresponse()
        content = answer.read()  # to its end: only then the connection is free for the next request
        expect_200(answer.status, content)
        return ACKNOWLEDGEMENT.unpack(content)


class HttpxPost:
    """httpx.post, each time: it builds a client with all that belongs to one, among it a TLS context with the
    certificates of the whole world, sends one request, and throws it away. httpx.Client() would keep it."""

    one_connection_each = True

    def __init__(self, host: str, port: int):
        import httpx

        self.post = httpx.post
        self.url = f"http://{name_in_url(host)}:{port}/frame"

    def ask(self, number: int, checksum: int, payload: bytes) -> tuple[int, int]:
        answer = self.post(
            f"{self.url}/{number}", content=payload, headers=headers(checksum, payload), timeout=IO_TIMEOUT
        )
        expect_200(answer.status_code, answer.content)
        return ACKNOWLEDGEMENT.unpack(answer.content)

    def close(self) -> None:
        pass


CLIENTS = {"fastapi-usual": Usual, "fastapi-keepalive": KeptAlive, "fastapi-best": OneWrite, "httpx-post": HttpxPost}


def headers(checksum: int, payload: bytes) -> dict[str, str]:
    # Content-Length by hand: for an empty body the libraries disagree.
    return {"Content-Type": JPEG, "Content-Length": str(len(payload)), "X-Checksum": f"{checksum:016x}"}


def expect_200(status: int, content: bytes) -> None:
    if status != 200:
        raise Trouble(f"the server answered {status}: {content[:200].decode(errors='replace')}")


# ---- the driver's end


def connect(variant: str, host: str, port: int) -> "Connection":
    # A proxy from the environment would be asked even for the loopback, and it would be measured too.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = host
    is_listening(host, port)
    return Connection(CLIENTS[variant], host, port)


class Connection:
    """HTTP/1.1 has one request on its way on a connection. At window 1 `send` therefore returns with the answer;
    above it, W threads with a client each take the frames from a queue."""

    def __init__(self, client, host: str, port: int):
        self.new_client = lambda: client(host, port)
        self.alone = self.new_client()
        self.window = 1
        self.answered: tuple[int, int] | None = None
        self.threads = 0
        self.jobs: queue.SimpleQueue = queue.SimpleQueue()
        self.answers: queue.SimpleQueue = queue.SimpleQueue()

    def prepare(self, window: int) -> None:
        if window > 1 and self.alone.one_connection_each:
            raise Refused("this variant posts one frame at a time: whoever thinks of threads would keep the connection")
        self.window = window
        while window > 1 and self.threads < window:
            threading.Thread(target=self.ask_in_a_thread, args=(self.new_client(),), daemon=True).start()
            self.threads += 1

    def ask_in_a_thread(self, client) -> None:
        while (job := self.jobs.get()) is not None:
            try:
                self.answers.put(client.ask(*job))
            except Exception as error:
                self.answers.put(error)  # raised where somebody reads it
        client.close()

    def send(self, number: int, checksum: int, payload: bytes) -> None:
        if self.window == 1:
            self.answered = self.alone.ask(number, checksum, payload)
        else:
            self.jobs.put((number, checksum, payload))

    def receive(self, timeout: float) -> tuple[int, int] | None:
        if self.window == 1:
            answered, self.answered = self.answered, None
            return answered
        try:
            answer = self.answers.get(timeout=timeout) if timeout > 0 else self.answers.get_nowait()
        except queue.Empty:
            return None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        self.alone.close()
        for _ in range(self.threads):
            self.jobs.put(None)
