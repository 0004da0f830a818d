"""A server on loopback that answers from a table, and counts its visitors."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Play = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; a play writes what it likes."""

    server: Loopback

    def do_GET(self) -> None:
        self.server.visits.append((self.path, dict(self.headers.items())))
        self.server.plays.get(self.path.partition("?")[0], self.server.fallback)(self)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def say(self, status: int = 200, body: bytes | str = b"", **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: Any) -> None: ...


class Loopback(ThreadingHTTPServer):
    """The server, its table and its visitors."""

    daemon_threads = True

    def __init__(self, host: str, plays: dict[str, Play]) -> None:
        super().__init__((host, 0), Handler)
        self.plays = plays
        self.fallback: Play = lambda handler: handler.say(404)
        self.visits: list[tuple[str, dict[str, str]]] = []

    @property
    def address(self) -> str:
        return f"http://{self.server_address[0]}:{self.server_port}"

    def handle_error(self, *_: Any) -> None: ...  # a client that leaves early is meant


@contextmanager
def serving(plays: dict[str, Play], host: str = "127.0.0.1") -> Iterator[Loopback]:
    server = Loopback(host, plays)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
