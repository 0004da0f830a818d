"""When each host is asked: one request at a time, seconds apart, up to a number in one run.

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
from functools import lru_cache, partial
from typing import Any, Generic, Protocol, TypeVar

import httpx2

from factpress.links.http.redirects import Request, RequestSteps
from factpress.links.http.replies import Failure, FailureKind, Reply, duration_words, retry_pause
from factpress.links.page.verdict import CheckResult
from factpress.model.links.cited import CitedLink


class Clock(Protocol):
    """The time, as a run asks for it; tests pass in another."""

    def now(self) -> datetime:
        """Return the time of day, with its zone."""

    def seconds(self) -> float:
        """Return the seconds of a monotonic clock."""

    def wait(self, running: Collection[futures.Future[Any]], seconds: float | None) -> None:
        """Return when one of `running` is done or the seconds are over (None: no limit)."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the time of day in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Return the seconds of the monotonic clock."""
        return time.monotonic()

    def wait(self, running: Collection[futures.Future[Any]], seconds: float | None) -> None:
        """Wait for the first of `running`, or sleep."""
        if running:
            futures.wait(running, timeout=seconds, return_when=futures.FIRST_COMPLETED)
        elif seconds:
            time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The limits of a run and of its requests to each host; all times in seconds."""

    min_interval: float = 2.0  #: from the end of one request to the start of the next
    max_requests: int = 10  #: requests to one host in one run
    time_limit: float = 900.0  #: of the whole run
    retry_delay: float = 30.0  #: before bad news is asked for a second time
    workers: int = 32  #: hosts that are asked at the same time
    service_intervals: Mapping[str, float] = field(default_factory=dict)  #: of registries and archives, by host
    service_max_requests: int = 300  #: requests to one of them in one run

    def of(self, host: str) -> tuple[float, int]:
        """Return the seconds between requests to a host, and how many it may get in a run."""
        if host in self.service_intervals:
            return self.service_intervals[host], self.service_max_requests
        return self.min_interval, self.max_requests


Task = TypeVar("Task")
Done = TypeVar("Done")


@dataclass(slots=True)
class _HostQueue(Generic[Task]):
    rank: str
    min_interval: float
    max_requests: int
    new: deque[Task] = field(default_factory=deque)
    begun: list[tuple[float, int, Task]] = field(default_factory=list)  #: heap by time
    free_at: float = 0.0  #: when the next request may be sent
    pause: float = 0.0  #: seconds that the server asked for last
    busy: bool = False
    sent: int = 0

    def ready_at(self) -> float | None:
        if self.busy or not (self.new or self.begun):
            return None
        # what has begun goes first, so that no check waits for all others of its host
        first = 0.0 if self.new else self.begun[0][0]
        return max(self.free_at, first)

    def take(self, now: float) -> tuple[Task, bool]:
        if self.begun and (self.begun[0][0] <= now or not self.new):
            task = heapq.heappop(self.begun)[2]
            return task, self.sent < self.max_requests
        # room is kept for the second question about what has begun
        return self.new.popleft(), self.sent + len(self.begun) < self.max_requests


class HostQueues(Generic[Task]):
    """The tasks that wait for their host's turn."""

    def __init__(self, rates: RateLimits, seed: str) -> None:
        """Order hosts that are ready at the same time by a hash with `seed`, such as the day."""
        self._rates, self._seed = rates, seed
        self._queues: dict[str, _HostQueue[Task]] = {}
        self._numbers = itertools.count()
        #: heap of when each queue is ready; an entry that differs from its queue is outdated and ignored
        self._ready: list[tuple[float, str, str]] = []

    def add(self, host: str, task: Task, at: float | None = None) -> None:
        """Add a task: a new one at the end of its host's queue, one that has begun for the time `at`."""
        host_queue = self._queues.get(host)
        if host_queue is None:
            min_interval, max_requests = self._rates.of(host)
            rank = hashlib.sha256(f"{self._seed} {host}".encode()).hexdigest()
            host_queue = self._queues[host] = _HostQueue(rank, min_interval, max_requests)
        if at is None:
            host_queue.new.append(task)
        else:
            heapq.heappush(host_queue.begun, (at, next(self._numbers), task))
        self._note(host)

    def take(self, now: float) -> tuple[str, Task, bool] | None:
        """Return a host and a task whose turn it is, and whether the host may get one more request; or nothing."""
        at = self.next_at()
        if at is None or at > now:
            return None
        host = heapq.heappop(self._ready)[2]
        host_queue = self._queues[host]
        task, allowed = host_queue.take(now)
        if allowed:
            host_queue.busy = True
            host_queue.sent += 1
        self._note(host)
        return host, task, allowed

    def done(self, host: str, now: float, pause: float = 0.0) -> None:
        """Free a host whose request has ended; the next is sent after the longer of its interval and `pause`."""
        host_queue = self._queues[host]
        host_queue.busy = False
        host_queue.pause = pause
        host_queue.free_at = now + max(host_queue.min_interval, pause)
        self._note(host)

    def next_at(self) -> float | None:
        """Return when the next turn is, if nothing that runs ends before; None where no task waits."""
        while self._ready and self._queues[self._ready[0][2]].ready_at() != self._ready[0][0]:
            heapq.heappop(self._ready)
        return self._ready[0][0] if self._ready else None

    def _note(self, host: str) -> None:
        host_queue = self._queues[host]
        if (at := host_queue.ready_at()) is not None:
            heapq.heappush(self._ready, (at, host_queue.rank, host))

    def rest(self, now: float) -> list[tuple[Task, float]]:
        """Remove and return all tasks that still wait, each with the seconds of pause that its host asked for."""
        left = [
            (task, host_queue.pause if host_queue.free_at > now else 0.0)
            for host_queue in self._queues.values()
            for task in (*(task for _, _, task in host_queue.begun), *host_queue.new)
        ]
        self._queues.clear()
        self._ready.clear()
        return left


@lru_cache(maxsize=4096)
def request_host(url: str) -> str:
    """Return the host that an address asks, in lower case."""
    try:
        return httpx2.URL(url).host.lower().rstrip(".")
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        return ""


def with_service_intervals(rates: RateLimits, intervals: Mapping[str, float]) -> RateLimits:
    """Return the limits with the intervals of registries and archives, by their addresses."""
    return replace(
        rates, service_intervals={request_host(address): seconds for address, seconds in intervals.items() if address}
    )


class DaemonThreads:
    """A pool of daemon threads, each started when it is first needed.

    The pool of the standard library makes the end of the process wait for its threads, so for the slowest server.
    """

    def __init__(self, most: int) -> None:
        """Use at most `most` threads."""
        self._most = most
        self._threads: list[threading.Thread] = []
        self._idle = threading.Semaphore(0)
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()

    def submit(self, job: Callable[[], Done]) -> Future[Done]:
        """Return what will hold the job's result."""
        future: Future[Done] = Future()
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


SendRequest = Callable[[Request], Reply]  #: answers one request, from any thread
OnResult = Callable[[CitedLink, CheckResult], None]  #: called with every result, in the caller's thread

REQUESTS_USED = "the requests to its host in this run are used up"
TIME_UP = "the time of this run was up"


@dataclass(slots=True)
class _Task:
    """A check in progress: it is in one queue, in one thread, or done."""

    link: CitedLink
    steps: RequestSteps[CheckResult]
    request: Request | None = None  #: what it wants answered next
    result: CheckResult | None = None  #: what it found

    def go_on(self, reply: Reply | None) -> None:
        try:
            # a generator that was never started must first be sent None
            self.request = self.steps.send(reply)  # type: ignore[arg-type]
        except StopIteration as end:
            self.request, self.result = None, end.value


class Scheduler:
    """Sends the requests of all checks, each when its host may be asked, and reports every result to `on_result`."""

    def __init__(self, send: SendRequest, rates: RateLimits, clock: Clock, on_result: OnResult) -> None:
        """Send with `send`, in as many threads as the limits allow."""
        self._send, self._rates, self._clock, self._on_result = send, rates, clock, on_result
        self._queues: HostQueues[_Task] = HostQueues(rates, date.isoformat(clock.now().date()))
        self._running: dict[Future[Reply], tuple[str, _Task]] = {}

    def run(self, checks: Iterable[tuple[CitedLink, RequestSteps[CheckResult]]]) -> None:
        """Return when every check has a result, at the latest soon after the time limit."""
        end = self._clock.seconds() + self._rates.time_limit
        for link, steps in checks:
            self._reply_to(_Task(link, steps), None)
        threads = DaemonThreads(self._rates.workers)
        try:
            while self._step(threads, end):
                pass
        finally:
            threads.close()
        for task, pause in self._queues.rest(self._clock.seconds()):
            # a check that has an answer already says what that was: only what follows is postponed
            why = f"its host asked to be left alone for {duration_words(pause)}" if pause else TIME_UP
            while task.result is None:
                task.go_on(Failure(FailureKind.POSTPONED, why))
            self._on_result(task.link, task.result)

    def _step(self, threads: DaemonThreads, end: float) -> bool:
        """Start what may start, wait, and collect what is done; return whether there is more to do."""
        now = self._clock.seconds()
        while now < end and len(self._running) < self._rates.workers and (turn := self._queues.take(now)):
            host, task, allowed = turn
            if allowed:
                self._running[threads.submit(partial(self._answer, task))] = (host, task)
            else:
                self._reply_to(task, Failure(FailureKind.POSTPONED, REQUESTS_USED))
        following = self._queues.next_at()
        if not self._running and (following is None or max(following, now) >= end):
            return False
        full = len(self._running) >= self._rates.workers
        until = None if full or following is None or following >= end else max(0.0, following - now)
        self._clock.wait(self._running, until)
        for future in [future for future in self._running if future.done()]:
            host, task = self._running.pop(future)
            pause = retry_pause(future.result(), self._clock.now())
            self._queues.done(host, self._clock.seconds(), pause)
            self._queue_or_finish(task, begun=True)
        return True

    def _answer(self, task: _Task) -> Reply:
        """Return the reply after the check went on with it: pages are read in the thread that fetched them."""
        assert task.request is not None
        reply = self._send(task.request)
        task.go_on(reply)
        return reply

    def _reply_to(self, task: _Task, reply: Reply | None) -> None:
        task.go_on(reply)
        self._queue_or_finish(task, begun=reply is not None)

    def _queue_or_finish(self, task: _Task, *, begun: bool) -> None:
        if task.result is not None:
            self._on_result(task.link, task.result)
        elif task.request is not None:
            at = self._clock.seconds() + task.request.delay if begun else None
            self._queues.add(request_host(task.request.url), task, at)
