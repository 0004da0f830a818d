"""The desk's process: one a book, on loopback, with a link that opens it once."""

from __future__ import annotations

import json
import os
import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from filelock import FileLock, Timeout
from starlette.types import ASGIApp

from factpress.desk.access import LOOPBACK, Access, DeskGuard, EntryKeys
from factpress.files.atomic import write_atomically
from factpress.problems import FileError
from factpress.settings import Settings

CLOSING_SECONDS = 2  #: that a request in progress has when the desk is closed


@dataclass(frozen=True, slots=True)
class OtherDesk:
    """The desk that somebody opened on this book before."""

    origin: str
    link: str  #: a new one, which opens it once


class DeskFolder:
    """The desk's folder among the working files: its lock, its address and the keys of its links."""

    def __init__(self, settings: Settings) -> None:
        """Take the book; nothing is written before `claim`."""
        self.path = settings.work / "desk"
        self.keys = EntryKeys(self.path / "keys")
        self._lock = FileLock(self.path / "lock", timeout=0)
        self._address = self.path / "address.json"

    def claim(self) -> OtherDesk | None:
        """Take the book for this desk, or return the one that has it; `release` gives it back.

        Raises:
            FileError: the folder cannot be written.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            origin = self._other_origin()
            return OtherDesk(origin, f"{origin}/enter?key={self.keys.make()}")
        except OSError as error:
            raise FileError(
                f"{self.path} cannot be written: {error.strerror}.", "The desk keeps its lock and your drafts there."
            ) from error
        self.keys.clear()
        return None

    def announce(self, access: Access) -> None:
        """Write down the address, for a second desk on the same book.

        Raises:
            FileError: it cannot be written.
        """
        write_atomically(self._address, json.dumps({"origin": access.origin, "process": os.getpid()}) + "\n")

    def release(self) -> None:
        """Give the book back."""
        self.keys.clear()
        self._address.unlink(missing_ok=True)
        self._lock.release()

    def _other_origin(self) -> str:
        try:
            return str(json.loads(self._address.read_text(encoding="utf-8"))["origin"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise FileError(
                "Another desk is being opened on this book, and has not said where.", "Wait a moment and try again."
            ) from error


def bind() -> socket.socket:
    """Return a socket that listens on this machine only, on a port that the system chooses.

    Raises:
        FileError: there is none.
    """
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.bind((LOOPBACK, 0))
        sock.listen()  # whoever follows the link before the server accepts is kept waiting, not refused
    except OSError as error:
        raise FileError(
            f"No port of {LOOPBACK} can be had: {error.strerror}.", "Ask whoever looks after this machine."
        ) from error
    return sock


def make_server(app: ASGIApp, access: Access) -> uvicorn.Server:
    """Return the server of a desk, which closes when its `should_exit` is set."""
    config = uvicorn.Config(
        DeskGuard(app, access),
        loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None, access_log=False,
        server_header=False, date_header=False, proxy_headers=False, timeout_graceful_shutdown=CLOSING_SECONDS,
    )  # fmt: skip
    return uvicorn.Server(config)


def show_link(link: str, folder: DeskFolder, *, browser: bool, say: Callable[[str], None]) -> None:
    """Print the link, and open it in the browser of whoever sits here.

    The browser is given a file that leads on: the command line of a process is there for everybody to read.
    """
    say(f"The desk is open. This link opens it once: {link}")
    say("Finish there, or stop it here with Ctrl C. Nothing leaves this computer.")
    if browser and sys.stdout.isatty():
        _open_browser(link, folder.keys.folder / "open.html")


def _open_browser(link: str, file: Path) -> None:
    try:
        chosen = webbrowser.get()
    except webbrowser.Error:
        return
    if type(chosen) is webbrowser.GenericBrowser:  # one in this terminal, which the desk's lines would run through
        return
    write_atomically(file, f'<!doctype html><meta http-equiv="refresh" content="0; url={link}"><title>The desk</title>')
    file.chmod(0o600)
    chosen.open(file.as_uri())
