"""Time, given from outside, so that tests neither wait nor depend on the day."""

from __future__ import annotations

import time
from collections.abc import Collection
from concurrent import futures
from datetime import UTC, datetime
from typing import Any, Protocol


class Clock(Protocol):
    """What a run needs to know about time."""

    def now(self) -> datetime:
        """Return the time of day, with its zone."""

    def seconds(self) -> float:
        """Return seconds that only ever grow."""

    def wait(self, running: Collection[futures.Future[Any]], seconds: float | None) -> None:
        """Return when one of `running` is done or the seconds are over (None: no limit)."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the time of day in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Return the seconds of a clock that nobody sets."""
        return time.monotonic()

    def wait(self, running: Collection[futures.Future[Any]], seconds: float | None) -> None:
        """Wait for the first of `running`, or sleep."""
        if running:
            futures.wait(running, timeout=seconds, return_when=futures.FIRST_COMPLETED)
        elif seconds:
            time.sleep(seconds)


class Deadline:
    """A moment after which nothing of one request may still be waited for."""

    def __init__(self, seconds: float) -> None:
        """Start now."""
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Return the seconds left, at most `at_most`; TimeoutError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left if at_most is None else min(left, at_most)
