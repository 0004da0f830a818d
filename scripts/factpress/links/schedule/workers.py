"""Threads that wait for servers; a command that is stopped does not wait for them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")


class Workers:
    """A pool of daemon threads, each started when it is first needed.

    The pool of the standard library makes the end of the process wait for its threads, so for the slowest server.
    """

    def __init__(self, most: int) -> None:
        """Use at most `most` threads."""
        self._most = most
        self._threads: list[threading.Thread] = []
        self._idle = threading.Semaphore(0)
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()

    def submit(self, job: Callable[[], Result]) -> Future[Result]:
        """Return what will hold the job's result."""
        future: Future[Result] = Future()
        self._jobs.put((future, job))
        if not self._idle.acquire(blocking=False) and len(self._threads) < self._most:
            self._threads.append(threading.Thread(target=self._work, daemon=True))
            self._threads[-1].start()
        return future

    def close(self) -> None:
        """Let the threads end when they have nothing left to do."""
        for _ in self._threads:
            self._jobs.put(None)

    def _work(self) -> None:
        while (taken := self._jobs.get()) is not None:
            future, job = taken
            try:
                future.set_result(job())
            except BaseException as error:
                future.set_exception(error)
            self._idle.release()
