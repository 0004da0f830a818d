"""Two thousand pages on two hundred hosts of loopback, served by a process of its own.

Run as a module it serves, and prints its port.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

HOSTS, PAGES = 200, 10
WORDS = " ".join(f"Paragraph {n} tells of the treaty and of those who signed it." for n in range(1, 41))


@contextmanager
def served() -> Iterator[list[str]]:
    """Serve, in this block; return the addresses, host by host."""
    with subprocess.Popen([sys.executable, "-m", __name__], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        yield [f"http://127.0.1.{host}:{port}/{page}" for page in range(1, PAGES + 1) for host in range(1, HOSTS + 1)]
        process.terminate()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            method, path, *_ = head.decode("latin-1").split()
            there = path.strip("/").isdecimal() or path == "/robots.txt"
            text = (
                f"<!doctype html><title>Page {path}</title><h1>Page {path}</h1><p>{WORDS}" if there else "no such page"
            )
            body = text.encode()
            status = "200 OK" if there else "404 Not Found"
            fields = f"Content-Type: text/html\r\nContent-Length: {len(body)}\r\nConnection: keep-alive"
            writer.write(f"HTTP/1.1 {status}\r\n{fields}\r\n\r\n".encode() + (b"" if method == "HEAD" else body))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def _serve() -> None:
    # every address of loopback: in the namespace of the benchmark there is no other
    server = await asyncio.start_server(_answer, "0.0.0.0", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
