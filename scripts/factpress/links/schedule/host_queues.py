"""Whose turn it is: one request at a time for each host, seconds apart, and no more than its share of a run."""

from __future__ import annotations

import hashlib
import heapq
import itertools
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Generic, TypeVar

import httpx2

from factpress.links.http.replies import Answer, Reply

BUSY = 60.0  #: pause after 429 where the server names none


@dataclass(frozen=True, slots=True)
class Pace:
    """How a run treats the hosts that it asks; all times in seconds."""

    apart: float = 2.0  #: from the end of one request to the start of the next
    share: int = 10  #: requests to one host in one run
    limit: float = 900.0  #: the whole run
    again: float = 30.0  #: before bad news is asked for a second time
    workers: int = 32  #: hosts that are asked at the same time
    services: Mapping[str, float] = field(default_factory=dict)  #: registries and archives: seconds between requests
    service_share: int = 300

    def of(self, host: str) -> tuple[float, int]:
        """Return the seconds between requests to a host, and its share of a run."""
        return (self.services[host], self.service_share) if host in self.services else (self.apart, self.share)


Task = TypeVar("Task")


@dataclass(slots=True)
class _Lane(Generic[Task]):
    rank: str
    apart: float
    share: int
    new: deque[Task] = field(default_factory=deque)
    begun: list[tuple[float, int, Task]] = field(default_factory=list)  #: heap by time
    free_at: float = 0.0
    busy: bool = False
    asked: int = 0

    def ready_at(self) -> float | None:
        if self.busy or not (self.new or self.begun):
            return None
        # what has begun goes first, so that no check waits for all others of its host
        first = 0.0 if self.new else self.begun[0][0]
        return max(self.free_at, first)

    def take(self, now: float) -> tuple[Task, bool]:
        if self.begun and (self.begun[0][0] <= now or not self.new):
            task = heapq.heappop(self.begun)[2]
            return task, self.asked < self.share
        # room is kept for the second question about what has begun
        return self.new.popleft(), self.asked + len(self.begun) < self.share


class Lanes(Generic[Task]):
    """The tasks that wait for their host's turn."""

    def __init__(self, pace: Pace, seed: str) -> None:
        """Order hosts that are ready at the same time by a hash with `seed`, such as the day."""
        self._pace, self._seed = pace, seed
        self._lanes: dict[str, _Lane[Task]] = {}
        self._numbers = itertools.count()
        #: when which lane is ready; an entry that does not fit its lane any more counts for nothing
        self._ready: list[tuple[float, str, str]] = []

    def add(self, host: str, task: Task, at: float | None = None) -> None:
        """Let a task wait: a new one at the end of its host's line, one that has begun until `at`."""
        lane = self._lanes.get(host)
        if lane is None:
            apart, share = self._pace.of(host)
            rank = hashlib.sha256(f"{self._seed} {host}".encode()).hexdigest()
            lane = self._lanes[host] = _Lane(rank, apart, share)
        if at is None:
            lane.new.append(task)
        else:
            heapq.heappush(lane.begun, (at, next(self._numbers), task))
        self._note(host)

    def take(self, now: float) -> tuple[str, Task, bool] | None:
        """Return a host and a task whose turn it is, and whether the host's share allows a request; or nothing."""
        at = self.next_at()
        if at is None or at > now:
            return None
        host = heapq.heappop(self._ready)[2]
        lane = self._lanes[host]
        task, allowed = lane.take(now)
        if allowed:
            lane.busy = True
            lane.asked += 1
        self._note(host)
        return host, task, allowed

    def done(self, host: str, now: float, pause: float = 0.0) -> None:
        """Free a host whose request has ended; it rests for the longer of its pace and `pause`."""
        lane = self._lanes[host]
        lane.busy = False
        lane.free_at = now + max(lane.apart, pause)
        self._note(host)

    def next_at(self) -> float | None:
        """Return when the next turn is, if nothing that runs ends before; nothing where nobody waits."""
        while self._ready and self._lanes[self._ready[0][2]].ready_at() != self._ready[0][0]:
            heapq.heappop(self._ready)
        return self._ready[0][0] if self._ready else None

    def _note(self, host: str) -> None:
        lane = self._lanes[host]
        if (at := lane.ready_at()) is not None:
            heapq.heappush(self._ready, (at, lane.rank, host))

    def rest(self) -> list[Task]:
        """Return and forget all that still waits."""
        left = [task for lane in self._lanes.values() for task in (*(t for _, _, t in lane.begun), *lane.new)]
        self._lanes.clear()
        self._ready.clear()
        return left


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return the host that an address asks, as lanes know it."""
    try:
        return httpx2.URL(url).host.lower().rstrip(".")
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        return ""


def pause_of(reply: Reply, now: datetime) -> float:
    """Return the seconds for which a server wants to be left alone."""
    if not isinstance(reply, Answer) or reply.status not in (429, 503):
        return 0.0
    said = reply.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return BUSY if reply.status == 429 else 0.0


def with_services(pace: Pace, addresses: Mapping[str, float]) -> Pace:
    """Return the pace with registries and archives known by the hosts of their addresses."""
    return replace(pace, services={host_of(address): apart for address, apart in addresses.items() if address})
