#!/usr/bin/env python3
"""The Python side of the comparison lab: one program, one variant for each way to carry a frame.

    peer.py serve VARIANT [--work-ms N]               prints LISTENING ADDRESS, serves until standard input ends
    peer.py drive VARIANT ADDRESS --frames FOLDER     prints READY, then answers the lines of standard input

What the lines mean stands in ../CONTRACT.md. The packages that it needs: pip install -r requirements.txt
"""

import argparse
import contextlib
import importlib
import os
import sys
import threading

# Each variant, the module that carries it, and what is particular about it. A module is imported only
# when it is wanted: a plain socket should not pay for gRPC's start.
VARIANTS = {
    "socket": ("raw_socket", "one sendmsg, recv_into, TCP_NODELAY"),
    "socket-two-sends": ("raw_socket", "header and payload in two sends, Nagle on"),
    "socket-recv-1024": ("raw_socket", "recv(1024) and += on bytes"),
    "websockets": ("websocket", "binary messages, no compression"),
    "websockets-deflate": ("websocket", "binary messages, permessage-deflate as by default"),
    "websockets-base64": ("websocket", "base64 in JSON, permessage-deflate as by default"),
    "fastapi-usual": ("fastapi_http", "h11, multipart UploadFile, requests.post each time"),
    "fastapi-keepalive": ("fastapi_http", "h11, raw body, requests.Session"),
    "fastapi-best": ("fastapi_http", "uvloop, httptools, raw body, http.client kept alive"),
    "httpx-post": ("fastapi_http", "the server of fastapi-best, httpx.post each time"),
    "grpcio-unary": ("grpc_calls", "one call for each frame"),
    "grpcio-bidi": ("grpc_calls", "one stream for all frames"),
}


def main() -> int:
    arguments = parse_arguments()
    module = load(VARIANTS[arguments.variant][0])
    from frames import complain, in_one_line, split_address

    if arguments.command == "serve":
        threading.Thread(target=end_with_standard_input, daemon=True).start()
        try:
            module.serve(arguments.variant, arguments.work_ms / 1000)
        except OSError as error:
            complain(f"cannot serve {arguments.variant}: {error}")
        return 1  # it serves until standard input ends; a return is an accident

    import driver

    try:
        connection = module.connect(arguments.variant, *split_address(arguments.address))
    except Exception as error:  # each library has its own kind
        driver.say(f"error cannot connect to {arguments.address}: {in_one_line(error)}")
        return 1
    code = driver.drive(connection, arguments.frames)
    if code == 0:  # after an error the other end may not answer any more, and some libraries wait for it
        with contextlib.suppress(Exception):  # a server that left before us is no trouble now
            connection.close()
    return code


def parse_arguments() -> argparse.Namespace:
    table = "\n".join(f"  {name:<20}{what}" for name, (_, what) in VARIANTS.items())
    parser = argparse.ArgumentParser(
        prog="peer.py",
        description=__doc__,
        epilog=f"variants:\n{table}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="serve|drive")
    serve = commands.add_parser("serve")
    drive = commands.add_parser("drive")
    for command in (serve, drive):
        command.add_argument("variant", metavar="VARIANT", choices=VARIANTS, help="see peer.py --help")
    serve.add_argument("--work-ms", type=milliseconds, default=0, metavar="N", help="CPU time for each frame")
    drive.add_argument("address", metavar="ADDRESS", help="what the server printed after LISTENING")
    drive.add_argument("--frames", required=True, metavar="FOLDER", help="holds the KIND-*.bin that load reads")
    return parser.parse_args()


def milliseconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 10_000:
        raise ValueError
    return value


def load(module: str):
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        requirements = os.path.join(os.path.dirname(os.path.abspath(__file__)), "requirements.txt")
        sys.exit(
            f"peer.py: the package {error.name} is missing in {sys.prefix}.\n"
            f"Install it: {sys.executable} -m pip install -r {requirements}"
        )


def end_with_standard_input() -> None:
    """Whoever started us closes our standard input, or dies: then nobody needs us any more.

    _exit, because the threads and event loops of five libraries would each want to be asked in its own way,
    and none of them has anything to save.
    """
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    os._exit(0)


if __name__ == "__main__":
    try:
        code = main()
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # whoever read our answers is gone
        code = 1
    sys.stdout = None  # the interpreter would try to flush it again
    sys.exit(code)
