"""A frame as one message of a WebSocket, with the package `websockets`. Three variants of it.

    websockets           a binary message, uncompressed
    websockets-deflate   the same with permessage-deflate, which this package offers unless told otherwise
    websockets-base64    the payload as base64 text in JSON, as one does who thinks that a message must be text

A WebSocket has messages: no length of ours is needed.
"""

import asyncio
import base64
import json
import struct

from websockets.asyncio.server import serve as listen
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect as open_websocket

from frames import ACKNOWLEDGEMENT, LARGEST, IO_TIMEOUT, announce, complain, inspect, limit_writing, name_in_url

HEADER = struct.Struct(">QQ")  # number, checksum; the payload follows in the same message

COMPRESSION = {"websockets": None, "websockets-deflate": "deflate", "websockets-base64": "deflate"}

# The package refuses messages above 1 MiB unless told otherwise. None would mean no limit, and then a peer decides
# how much of our memory it takes. base64 makes four characters of three bytes; JSON adds a few.
MAX_SIZE = {
    "websockets": HEADER.size + LARGEST,
    "websockets-deflate": HEADER.size + LARGEST,
    "websockets-base64": (LARGEST + 2) // 3 * 4 + 200,
}


# ---- how a frame becomes a message


def binary_frame(number: int, checksum: int, payload: bytes) -> bytes:
    # This copies the payload once. The package would take the parts one by one, but as fragments, each a frame
    # of its own on the wire; and it copies again to mask, so that one more is not what decides.
    return HEADER.pack(number, checksum) + payload


def open_binary_frame(message: bytes) -> tuple[int, memoryview]:
    number, _announced = HEADER.unpack_from(message)
    return number, memoryview(message)[HEADER.size :]  # a view: slicing bytes would copy them


def json_frame(number: int, checksum: int, payload: bytes) -> str:
    return json.dumps({"number": number, "checksum": f"{checksum:016x}", "image": base64.b64encode(payload).decode()})


def open_json_frame(message: str) -> tuple[int, bytes]:
    frame = json.loads(message)
    if not isinstance(frame["number"], int):
        raise TypeError("its number is none")
    return frame["number"], base64.b64decode(frame["image"], validate=True)


def json_acknowledgement(number: int, checksum: int) -> str:
    return json.dumps({"number": number, "checksum": f"{checksum:016x}"})


def open_json_acknowledgement(message: str) -> tuple[int, int]:
    acknowledgement = json.loads(message)
    return acknowledgement["number"], int(acknowledgement["checksum"], 16)


#          out         open           acknowledge           open the acknowledgement
BINARY = (binary_frame, open_binary_frame, ACKNOWLEDGEMENT.pack, ACKNOWLEDGEMENT.unpack)
JSON = (json_frame, open_json_frame, json_acknowledgement, open_json_acknowledgement)


def form(variant: str):
    return JSON if variant == "websockets-base64" else BINARY


# ---- the two ends


def serve(variant: str, work: float) -> None:
    asyncio.run(serve_until_killed(variant, work))


async def serve_until_killed(variant: str, work: float) -> None:
    _, open_frame, acknowledge, _ = form(variant)

    async def serve_one(connection) -> None:
        try:
            async for message in connection:
                number, payload = open_frame(message)
                # On the thread of the event loop, where it lands when one writes it down like this:
                # until it is done, no other connection is served.
                await connection.send(acknowledge(number, inspect(payload, work)))
        except ConnectionClosed as error:
            complain(f"{connection.remote_address}: {error}")
        except (ValueError, TypeError, KeyError, RecursionError, struct.error) as error:  # of struct and json
            complain(f"{connection.remote_address}: not a frame: {error}. Closed it.")
            await connection.close(1007, "not a frame")

    async with listen(
        serve_one, "127.0.0.1", 0, compression=COMPRESSION[variant], max_size=MAX_SIZE[variant], open_timeout=IO_TIMEOUT
    ) as server:
        announce(*server.sockets[0].getsockname())
        await server.serve_forever()


def connect(variant: str, host: str, port: int) -> "Connection":
    connection = open_websocket(
        f"ws://{name_in_url(host)}:{port}/",
        compression=COMPRESSION[variant],
        max_size=MAX_SIZE[variant],
        open_timeout=IO_TIMEOUT,
        close_timeout=IO_TIMEOUT,
        proxy=None,  # a proxy from the environment would be measured too
    )
    limit_writing(connection.socket)  # the package's send has no limit of its own; recv has
    return Connection(connection, *form(variant))


class Connection:
    """The driver's end: the package's client for threads. Frames may follow one another."""

    def __init__(self, connection, frame, _open_frame, _acknowledge, open_acknowledgement):
        self.connection = connection
        self.frame = frame
        self.open_acknowledgement = open_acknowledgement

    def prepare(self, window: int) -> None:
        pass

    def send(self, number: int, checksum: int, payload: bytes) -> None:
        self.connection.send(self.frame(number, checksum, payload))

    def receive(self, timeout: float) -> tuple[int, int] | None:
        try:
            return self.open_acknowledgement(self.connection.recv(timeout))
        except TimeoutError:
            return None

    def close(self) -> None:
        self.connection.close()
