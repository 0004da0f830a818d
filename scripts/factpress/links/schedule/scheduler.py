"""A round of looks: many hosts at once, each host one request at a time, until all is seen or the time is up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from functools import partial

from factpress.links.http.redirects import Ask, Asking
from factpress.links.http.replies import Failure, Kind, Reply
from factpress.links.page.verdict import Look
from factpress.links.schedule.clock import Clock
from factpress.links.schedule.host_queues import Lanes, Pace, host_of, pause_of
from factpress.links.schedule.workers import Workers
from factpress.model.links.cited_link import CitedLink

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
