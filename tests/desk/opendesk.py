"""A desk that is open: the real server on loopback, and somebody who speaks HTTP to it with the headers given."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from factpress.desk.access import Access
from factpress.desk.app import make_app
from factpress.desk.server import DeskFolder, bind, make_server
from factpress.desk.workbench import Workbench
from factpress.settings import Settings
from signing import TODAY

SAME = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def location(self) -> str:
        return self.headers["location"]


@dataclass
class OpenDesk:
    """The desk, and a browser's cookie for it."""

    settings: Settings
    access: Access
    bench: Workbench

    @property
    def home(self) -> str:
        return self.access.home

    def raw(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Send a request with these headers and no others, but for Content-Length."""
        connection = http.client.HTTPConnection("127.0.0.1", self.access.port, timeout=120)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body or method == "POST":
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        got = connection.getresponse()
        data = got.read()
        connection.close()
        return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, data.decode("utf-8", "replace"))

    def headers(self, **more: str) -> dict[str, str]:
        """Return what a browser with a session sends."""
        return {
            "Host": self.access.host, "Cookie": f"{self.access.cookie}={self.access.session}", **SAME,
            **{name.replace("_", "-"): value for name, value in more.items()},
        }  # fmt: skip

    def get(self, path: str = "") -> Answer:
        """Return a page of the desk, by its address below the first one's."""
        return self.raw("GET", path if path.startswith("/") else self.home + path, self.headers())

    def post(self, path: str, form: Mapping[str, Any] | list[tuple[str, str]] | None = None) -> Answer:
        """Send a form as the desk's own pages do."""
        sent = self.headers(Origin=self.access.origin, Content_Type="application/x-www-form-urlencoded")
        return self.raw("POST", self.home + path, sent, urlencode(form or {}).encode())

    def follow(self, path: str, form: Mapping[str, Any] | list[tuple[str, str]] | None = None) -> Answer:
        """Send a form and return the page that it leads to."""
        answer = self.post(path, form)
        assert answer.status == 303, (answer.status, answer.text)
        return self.get(answer.location)

    def covers(self, claim: str) -> str:
        """Return the digests that a claim's page carries now."""
        page = self.get(f"claims/{claim}?ask=return").text
        return page.partition('name="covers" value="')[2].partition('"')[0]

    def read(self, claim: str, answers: str = "") -> None:
        """Do what a reviewer does: the reasoning read, and `found` said of the pieces of these letters."""
        self.post(f"claims/{claim}/reasoning")
        for letter in answers:
            self.post(f"claims/{claim}/pieces/{letter}", {"answer": "found", "covers": self.covers(claim)})


@contextmanager
def open_desk(settings: Settings, **given: Any) -> Iterator[OpenDesk]:
    """Open the desk of a book until the block ends."""
    folder = DeskFolder(settings)
    assert folder.claim() is None
    with bind() as sock:
        access = Access(sock.getsockname()[1], folder.keys)
        app, bench = make_app(settings, access, **{"today": lambda: TODAY, **given})
        server = make_server(app, access)
        bench.close = lambda: setattr(server, "should_exit", True)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        try:
            until = time.monotonic() + 10
            while not server.started and time.monotonic() < until:
                time.sleep(0.01)
            folder.announce(access)
            yield OpenDesk(settings, access, bench)
        finally:
            server.should_exit = True
            thread.join(15)
            folder.release()


def path_of(url: str) -> str:
    """Return path and query of an address."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
