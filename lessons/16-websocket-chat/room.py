#!/usr/bin/env python3
"""Lesson 16: a script in the room. It joins, says one line, and answers when a member asks for the time.

    python3 room.py ws://127.0.0.1:PORT/            until Ctrl-C
    python3 room.py ws://127.0.0.1:PORT/ --once     says its line and leaves

Needs the package `websockets`: python3 -m pip install websockets
"""

import argparse
import asyncio
import sys
import time
import unicodedata

try:
    from websockets import connect
    from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
except ImportError:
    sys.exit("room.py: the package websockets is missing. Install it: python3 -m pip install websockets")

TIMEOUT = 10  # seconds for the handshake, and for the Close
MAX_SIZE = 128 * 1024  # bytes of one message, at most


async def join(url: str, name: str, line: str, once: bool) -> None:
    # ANCHOR: script
    async with connect(url, open_timeout=TIMEOUT, close_timeout=TIMEOUT, max_size=MAX_SIZE) as room:
        await room.send(name)  # the first message is our name
        async for message in room:  # pings are answered by the library, while we wait here
            if isinstance(message, bytes):
                print(f"({len(message)} bytes)", flush=True)
                continue
            print(message, flush=True)
            if message == "=" or message.startswith("= "):  # we have joined
                await room.send(line)
                if once:
                    return
            elif message.endswith(": may gio?") or message.endswith(": what time?"):
                await room.send(time.strftime("%H:%M:%S"))
    # ANCHOR_END: script


def main() -> None:
    parser = argparse.ArgumentParser(description="A script in the room of lesson 16.")
    parser.add_argument("url", help="ws://HOST:PORT/")
    parser.add_argument("--name", default="script")
    parser.add_argument("--line", default="xin chao")
    parser.add_argument("--once", action="store_true", help="say the line and leave")
    arguments = parser.parse_args()
    name = unicodedata.normalize("NFC", arguments.name)
    try:
        asyncio.run(join(arguments.url, name, arguments.line, arguments.once))
    except KeyboardInterrupt:
        pass
    except (OSError, TimeoutError, InvalidHandshake, InvalidURI) as error:
        sys.exit(f"room.py: no room at {arguments.url}: {error}")
    except ConnectionClosed as closed:
        sys.exit(f"room.py: the connection ended: {closed}")


if __name__ == "__main__":
    main()
