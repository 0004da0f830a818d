"""Processes that lay out the parts of a book side by side: each works on one part at a time.

A part is laid out before the number of its first page is known, and written after; between the two its process waits.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from factpress.press.layout.cache import LaidOutPart, Part, PartCache
from factpress.press.layout.part_layout import BookStyle, PartLayout
from factpress.problems import FactpressError, Problem, ToolError
from factpress.processes import end_with_parent

MAX_WORKERS = 4  #: each holds a part's boxes, 100 MiB and more
REPORT_HINT = "Build again; if it fails again, report it with the page that is named."


class LayoutWorker:
    """One process that lays out parts."""

    def __init__(self) -> None:
        """Start the process, which loads what it needs while its caller goes on."""
        context: Any = multiprocessing.get_context("fork" if sys.platform.startswith("linux") else "spawn")
        self.part_number = -1  #: the part that it lays out or writes, of those that the caller counts; -1: none
        self.held: dict[int, int] = {}  #: pages of the parts that are laid out and not yet written, by their numbers
        self.connection, other_end = context.Pipe()
        self._process = context.Process(target=worker_main, args=(self.connection, other_end), daemon=True)
        self._process.start()
        other_end.close()

    def open_volumes(self, volumes: Sequence[tuple[BookStyle, PartCache]]) -> None:
        """Begin a book of these volumes."""
        self.part_number, self.held = -1, {}
        self._send("open_volumes", volumes)

    def lay_out(self, number: int, volume: int, part: Part, first: int, printed: Mapping[str, str]) -> None:
        """Begin with a part; a `LaidOutPart` is received when it is laid out. See `PartLayout.lay_out`."""
        self.part_number = number
        self._send("lay_out", number, volume, part, first, printed)

    def write(
        self, number: int, volume: int, part: Part, first: int, laid_out: LaidOutPart, printed: Mapping[str, str]
    ) -> None:
        """Write a part that was laid out; its problems are received when it is written. See `PartLayout.write`."""
        self.part_number = number
        self._send("write", number, volume, part, first, laid_out, printed)

    def drop(self, number: int) -> None:
        """Forget a part that was laid out."""
        self.held.pop(number, None)
        self._send("drop", number)

    def receive(self) -> LaidOutPart | list[Problem]:
        """Return the answer to the last request, when there is one.

        Raises:
            FactpressError: as it was raised in the process; any other exception there comes as a ToolError.
            ToolError: the process is gone.
        """
        try:
            answer = self.connection.recv()
        except (EOFError, ConnectionError) as error:
            self._process.join()
            why = f"The process that laid out the PDF ended with status {self._process.exitcode}."
            raise ToolError(why, "Look whether memory ran out, and build again.") from error
        if isinstance(answer, FactpressError):
            raise answer
        return answer  # type: ignore[no-any-return]  # as `PartLayout` returned it

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.terminate()
        self._process.join()

    def _send(self, *request: Any) -> None:
        with suppress(ConnectionError):  # it has ended already; receive() says so
            self.connection.send(request)


class WorkerPool:
    """A pool of layout workers: as many as this machine has cores, at most `MAX_WORKERS`."""

    def __init__(self) -> None:
        """Start them."""
        self.workers: list[LayoutWorker] = []
        self._start()

    def _start(self) -> None:
        self.workers = [LayoutWorker() for _ in range(min(_cores(), MAX_WORKERS))]

    def open_volumes(self, volumes: Sequence[tuple[BookStyle, PartCache]]) -> None:
        """Let all begin a book; those that were stopped start again."""
        if not self.workers:
            self._start()
        for worker in self.workers:
            worker.open_volumes(volumes)

    def idle(self) -> LayoutWorker | None:
        """Return the worker that has nothing to do and holds the fewest pages, if one has nothing to do."""
        free = [worker for worker in self.workers if worker.part_number < 0]
        return min(free, key=lambda worker: sum(worker.held.values()), default=None)

    @property
    def is_busy(self) -> bool:
        """Return whether a worker has something to do."""
        return any(worker.part_number >= 0 for worker in self.workers)

    def ready(self) -> list[LayoutWorker]:
        """Wait for an answer, and return the workers that have one; none, if none has a part."""
        busy = [worker for worker in self.workers if worker.part_number >= 0]
        answering = wait([worker.connection for worker in busy]) if busy else []
        return [worker for worker in busy if worker.connection in answering]

    def stop(self) -> None:
        """End all, and with them what they hold."""
        while self.workers:
            self.workers.pop().stop()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worker_main(parents_end: Connection, connection: Connection) -> None:
    """Answer requests until the pool closes the connection; every failure is an answer, too."""
    end_with_parent()
    parents_end.close()  # held here too, it would stay open when the process that asks is killed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells all; the process that asked ends this one
    with suppress(Exception):  # what is wrong with it is said when the first part asks for it
        importlib.import_module("weasyprint")
    gc.freeze()  # what the other process had read is not looked through after each part
    layout: PartLayout | None = None
    with suppress(EOFError, ConnectionError):  # nobody asks any more
        while True:
            method, *arguments = connection.recv()
            if method == "open_volumes":
                layout = PartLayout(*arguments)
            elif method == "drop" and layout:
                layout.drop(*arguments)
            if method in ("open_volumes", "drop"):
                continue
            connection.send(_answer(layout, method, arguments))


def _answer(layout: PartLayout | None, method: str, arguments: list[Any]) -> Any:
    """Return what a request comes to: an answer, or the error that it failed with."""
    try:
        return getattr(layout, method)(*arguments)
    except FactpressError as error:
        return error
    except Exception as error:
        page, message = arguments[2].page, " ".join(str(error).split()).rstrip(".")
        return ToolError(f"The layout of {page} failed: {type(error).__name__}: {message}.", REPORT_HINT)
