"""A frame as an HTTP POST to FastAPI. One application, two servers, four clients.

                        server              body        client
    fastapi-usual       h11, asyncio        multipart   requests.post: a new connection each time
    fastapi-keepalive   h11, asyncio        raw         requests.Session: one connection, kept
    fastapi-best        httptools, uvloop   raw         http.client, one connection, one write
    httpx-post          httptools, uvloop   raw         httpx.post: a new client each time

The clients stand in http_clients.py.
"""

import socket
from typing import Annotated

import uvicorn
from fastapi import FastAPI, File, Form, Path, Request, Response, UploadFile
from starlette.requests import ClientDisconnect

from frames import ACKNOWLEDGEMENT, LARGEST, announce, complain, inspect
from http_clients import connect  # noqa: F401, the driver's end: peer.py takes it from here

PURE_PYTHON = {"http": "h11", "loop": "asyncio"}  # what `pip install uvicorn` alone gives
IN_C = {"http": "httptools", "loop": "uvloop"}  # what `pip install uvicorn[standard]` gives

SERVERS = {
    "fastapi-usual": PURE_PYTHON,
    "fastapi-keepalive": PURE_PYTHON,
    "fastapi-best": IN_C,
    "httpx-post": IN_C,
}

MULTIPART = 64 * 1024  # bytes that a multipart body may have besides the payload
A_NUMBER = 2**64 - 1


def application(work: float) -> FastAPI:
    app = FastAPI(openapi_url=None)

    # Both are `async def`, so that the work runs on the thread of the event loop: nothing else is served meanwhile.
    # With `def`, FastAPI would hand it to a pool of threads, where it waits for the interpreter's lock instead.

    @app.post("/upload")
    async def upload(
        number: Annotated[int, Form(ge=0, le=A_NUMBER)],
        checksum: Annotated[str, Form()],  # announced; the answer says what arrived
        image: Annotated[UploadFile, File()],
    ) -> dict:
        payload = await image.read()  # above 1 MiB it comes back from a temporary file
        return {"number": number, "checksum": f"{inspect(payload, work):016x}"}

    @app.post("/frame/{number}")
    async def frame(number: Annotated[int, Path(ge=0, le=A_NUMBER)], request: Request) -> Response:
        payload = await request.body()
        return Response(ACKNOWLEDGEMENT.pack(number, inspect(payload, work)))

    return app


def limited(app):
    """Neither FastAPI nor uvicorn has a limit for a body: in front of them stands ours.

    The client has to say the length beforehand. The server that counts the bytes afterwards is `h11` or `httptools`:
    a body that does not keep to its length never gets as far as the application.
    """

    async def call(scope, receive, send):
        if scope["type"] == "http":
            length = dict(scope["headers"]).get(b"content-length", b"")
            if not length.isdigit():
                return await refuse(411, b"Content-Length is missing\n", send)
            if int(length) > (LARGEST + MULTIPART if scope["path"] == "/upload" else LARGEST):
                return await refuse(413, b"larger than 16 MiB\n", send)
        try:
            await app(scope, receive, send)
        except ClientDisconnect:
            complain(f"{scope['client']}: left in the middle of a frame")

    return call


async def refuse(status: int, why: bytes, send) -> None:
    # close: the body that we do not want is still on its way, and would be taken for the next request.
    headers = [(b"connection", b"close"), (b"content-length", str(len(why)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": why})


def serve(variant: str, work: float) -> None:
    # IPPROTO_TCP, and not 0, which would be TCP as well: asyncio sets TCP_NODELAY only on sockets that say so. Without
    # it an answer, whose head and body h11 writes one after the other, waits 40 ms on a kept connection.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    config = uvicorn.Config(
        limited(application(work)),
        **SERVERS[variant],
        ws="none",
        lifespan="off",
        access_log=False,  # a line for each frame would be measured too, and it goes to standard output
        log_level="warning",
        timeout_keep_alive=3600,  # seconds. At the default of 5 the connection is gone when the lab comes back to us
    )
    announce(*listener.getsockname())  # who comes from now on waits in the listener's queue until uvicorn runs
    uvicorn.Server(config).run(sockets=[listener])
