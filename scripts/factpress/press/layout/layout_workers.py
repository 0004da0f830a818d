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
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from factpress.press.layout.part_cache import Kept, Laid, Part
from factpress.press.layout.part_layout import Look, PartPress
from factpress.problems import FactpressError, Problem, ToolError
from factpress.processes import end_with_parent

MOST = 4  # each holds a part's boxes, 100 MiB and more


class Hand:
    """One such process."""

    def __init__(self) -> None:
        """Start the process, which loads what it needs while its caller goes on."""
        context: Any = multiprocessing.get_context("fork" if sys.platform.startswith("linux") else "spawn")
        self.number = -1  #: the part at hand, of those that the caller counts; -1: none
        self.here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(self.here, there), daemon=True)
        self._process.start()
        there.close()

    def begin(self, look: Look, kept: Kept) -> None:
        """Take up a book."""
        self._ask("begin", look, kept)

    def lay_out(self, number: int, part: Part, first: int, printed: Mapping[str, str]) -> None:
        """Begin with a part; `Laid` is heard when it is laid out."""
        self.number = number
        self._ask("lay_out", part, first, printed)

    def write(self, part: Part, first: int, laid: Laid, numbers: Mapping[str, str]) -> None:
        """Write the part at hand; its problems are heard when it is written."""
        self._ask("write", part, first, laid, numbers)

    def hear(self) -> Laid | list[Problem]:
        """Return the answer to what was asked; a FactpressError is raised here as it was there."""
        try:
            answer = self.here.recv()
        except (EOFError, ConnectionError) as error:
            self._process.join()
            why = f"The process that laid out the PDF ended with status {self._process.exitcode}."
            raise ToolError(why, "Look whether memory ran out, and build again.") from error
        if isinstance(answer, FactpressError):
            raise answer
        return answer  # type: ignore[no-any-return]  # as `PartPress` returned it

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.terminate()
        self._process.join()

    def _ask(self, *words: Any) -> None:
        with suppress(ConnectionError):  # it has ended already; hear() says so
            self.here.send(words)


class Hands:
    """As many as this machine has cores, at most four."""

    def __init__(self) -> None:
        """Start them."""
        self.all: list[Hand] = []
        self._start()

    def _start(self) -> None:
        self.all = [Hand() for _ in range(min(_cores(), MOST))]

    def begin(self, look: Look, kept: Kept) -> None:
        """Let all take up a book; those that were stopped start again."""
        if not self.all:
            self._start()
        for hand in self.all:
            hand.begin(look, kept)

    def with_part(self, number: int) -> Hand | None:
        """Return the one that has this part at hand."""
        return next((hand for hand in self.all if hand.number == number), None)

    def idle(self) -> Hand | None:
        """Return one that has nothing to do."""
        return self.with_part(-1)

    def heard(self) -> list[Hand]:
        """Wait for an answer, and return the hands that have one; none, if none has a part."""
        busy = [hand for hand in self.all if hand.number >= 0]
        answering = wait([hand.here for hand in busy]) if busy else []
        return [hand for hand in busy if hand.here in answering]

    def stop(self) -> None:
        """End all, and with them what they hold."""
        while self.all:
            self.all.pop().stop()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _serve(here: Connection, there: Connection) -> None:
    end_with_parent()
    here.close()  # the other process's end: held here too, it would stay open when that process is killed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells all; the process that asked ends this one
    importlib.import_module("weasyprint")
    gc.freeze()  # what the other process had read is not looked through after each part
    press: PartPress | None = None
    with suppress(EOFError, ConnectionError):  # nobody asks any more
        while True:
            method, *words = there.recv()
            if method == "begin":
                press = PartPress(*words)
                continue
            try:
                answer = getattr(press, method)(*words)
            except FactpressError as error:
                answer = error
            there.send(answer)
