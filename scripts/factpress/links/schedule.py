"""When each host is asked: one request at a time, seconds apart, no more than its share of a run.

The clock is given from outside, so that tests neither wait nor depend on the day.
"""

from __future__ import annotations

import hashlib
import heapq
import itertools
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent import futures
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache, partial
from typing import Any, Generic, Protocol, TypeVar

import httpx2

from factpress.links.http.redirects import Ask, Asking
from factpress.links.http.replies import Answer, Failure, Kind, Reply
from factpress.links.page.verdict import Look
from factpress.model.links.cited import CitedLink


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


Hop = Callable[[Ask], Reply]  #: answers one request, from any thread
Told = Callable[[CitedLink, Look], None]  #: is told of every look, in the caller's thread

SHARE_USED = "its host's share of this run is used up"
TIME_UP = "the time of this run was up"


@dataclass(slots=True)
class _Task:
    """A look that is under way: it is in one lane, in one thread, or done."""

    link: CitedLink
    asking: Asking[Look]
    ask: Ask | None = None  #: what it wants answered next
    look: Look | None = None  #: what it found

    def go_on(self, reply: Reply | None) -> None:
        try:
            # a generator that was never started must first be sent None
            self.ask = self.asking.send(reply)  # type: ignore[arg-type]
        except StopIteration as end:
            self.ask, self.look = None, end.value


class Round:
    """Gives every look its turns, and tells of each when it is done."""

    def __init__(self, hop: Hop, pace: Pace, clock: Clock, told: Told) -> None:
        """Ask with `hop`, in as many threads as the pace allows."""
        self._hop, self._pace, self._clock, self._told = hop, pace, clock, told
        self._lanes: Lanes[_Task] = Lanes(pace, date.isoformat(clock.now().date()))
        self._running: dict[Future[Reply], tuple[str, _Task]] = {}

    def go(self, looks: Iterable[tuple[CitedLink, Asking[Look]]]) -> None:
        """Return when every look was told of, at the latest soon after the pace's limit."""
        end = self._clock.seconds() + self._pace.limit
        for link, asking in looks:
            self._settle(_Task(link, asking), None)
        workers = Workers(self._pace.workers)
        try:
            while self._step(workers, end):
                pass
        finally:
            workers.close()
        for task in self._lanes.rest():
            task.asking.close()
            self._told(task.link, Look(None, TIME_UP))

    def _step(self, workers: Workers, end: float) -> bool:
        """Start what may start, wait, take in what is done; return whether there is more to do."""
        now = self._clock.seconds()
        while now < end and len(self._running) < self._pace.workers and (turn := self._lanes.take(now)):
            host, task, allowed = turn
            if allowed:
                self._running[workers.submit(partial(self._turn, task))] = (host, task)
            else:
                self._settle(task, Failure(Kind.POSTPONED, SHARE_USED))
        following = self._lanes.next_at()
        if not self._running and (following is None or max(following, now) >= end):
            return False
        full = len(self._running) >= self._pace.workers
        until = None if full or following is None or following >= end else max(0.0, following - now)
        self._clock.wait(self._running, until)
        for future in [future for future in self._running if future.done()]:
            host, task = self._running.pop(future)
            pause = pause_of(future.result(), self._clock.now())
            self._lanes.done(host, self._clock.seconds(), pause)
            self._enter(task, begun=True)
        return True

    def _turn(self, task: _Task) -> Reply:
        """Return the reply after the look went on with it: pages are read in the thread that fetched them."""
        assert task.ask is not None
        reply = self._hop(task.ask)
        task.go_on(reply)
        return reply

    def _settle(self, task: _Task, reply: Reply | None) -> None:
        task.go_on(reply)
        self._enter(task, begun=reply is not None)

    def _enter(self, task: _Task, *, begun: bool) -> None:
        if task.look is not None:
            self._told(task.link, task.look)
        elif task.ask is not None:
            at = self._clock.seconds() + task.ask.after if begun else None
            self._lanes.add(host_of(task.ask.url), task, at)
