"""The pace of a run: one at a time for each host, seconds apart, a share for each, and an end; nobody waits."""

from __future__ import annotations

import threading
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from link_checks import DAY, FILL, FakeClock, Honest, Web, context, failure, link, page

from factpress.links.http.redirects import Request
from factpress.links.http.replies import Failure, FailureKind, Reply, Response, retry_pause
from factpress.links.page.verdict import CheckResult
from factpress.links.schedule import (
    REQUESTS_USED,
    TIME_UP,
    DaemonThreads,
    RateLimits,
    Scheduler,
    with_service_intervals,
)
from factpress.links.soft404 import Soft404Probe
from factpress.links.visit import check_link
from factpress.model.links.cited import CitedLink
from factpress.model.links.state import State


class Log:
    """A web that notes when each host was asked, and whether two requests to it ran at once."""

    def __init__(self, clock: FakeClock, web: Web) -> None:
        self.clock, self.web = clock, web
        self.times: dict[str, list[float]] = defaultdict(list)
        self.together = 0
        self._now: set[str] = set()
        self._lock = threading.Lock()

    def __call__(self, ask: Request) -> Reply:
        host = ask.url.split("/")[2]
        with self._lock:
            self.together += host in self._now
            self._now.add(host)
            self.times[host].append(self.clock.seconds())
            reply = self.web(ask)
            self._now.discard(host)
        return reply


def run(links: list[CitedLink], web: Web, rates: RateLimits | None = None) -> tuple[dict[str, CheckResult], Log]:
    clock = FakeClock()
    log = Log(clock, web)
    results: dict[str, CheckResult] = {}
    shared = context(soft404=Soft404Probe(DAY, Honest()))
    going = Scheduler(
        log, rates or RateLimits(workers=4), clock, lambda cited, result: results.update({cited.url: result})
    )
    going.run((one, check_link(one, None, shared)) for one in links)
    return results, log


def many(hosts: int, each: int) -> list[CitedLink]:
    return [link(f"https://h{host}.example/?{number}") for host in range(hosts) for number in range(each)]


def test_every_link_is_looked_at_and_a_host_is_asked_every_two_seconds() -> None:
    results, log = run(many(5, 4), Web({}, other=page()))
    assert len(results) == 20
    assert all(result.observation and result.observation.outcome is State.OK for result in results.values())
    assert log.together == 0
    for times in log.times.values():
        assert [b - a for a, b in pairwise(times)] == pytest.approx([2.0] * 3)


def test_hosts_do_not_wait_for_each_other() -> None:
    _, log = run(many(20, 3), Web({}, other=page()), RateLimits(workers=4))
    assert max(max(times) for times in log.times.values()) == pytest.approx(4.0)


def test_a_host_gets_no_more_than_its_share_and_the_rest_waits_for_another_run() -> None:
    results, log = run(many(1, 15), Web({}, other=page()))
    assert len(log.times["h0.example"]) == 10
    waiting = [result for result in results.values() if result.observation is None]
    assert [result.why for result in waiting] == [REQUESTS_USED] * 5


def test_the_second_question_has_its_place_in_the_share() -> None:
    results, log = run(many(1, 15), Web({}, other=page("", 404)))
    seen = [result.observation for result in results.values() if result.observation]
    assert len(log.times["h0.example"]) == 10
    assert len(seen) == 5
    assert all(one.certain for one in seen)


def test_bad_news_is_asked_again_half_a_minute_later_while_others_go_on() -> None:
    bad = "https://h0.example/?0"
    results, log = run(many(1, 6), Web({bad: page("", 404)}, other=page()))
    assert results[bad].observation and results[bad].observation.certain
    assert log.times["h0.example"] == pytest.approx([0, 2, 4, 6, 8, 10, 30])


def test_redirects_wait_for_the_turn_of_the_host_that_they_lead_to() -> None:
    links = [link(f"https://{name}.example/?1") for name in "abc"]
    table = {one.url: page("", 302, location=f"https://d.example/x/{n}") for n, one in enumerate(links)}
    results, log = run(links, Web({**table}, other=page()))
    assert [result.observation.outcome for result in results.values() if result.observation] == [State.REDIRECTED] * 3
    times = log.times["d.example"]
    assert all(b - a >= 2 for a, b in pairwise(times))
    assert log.together == 0


def test_a_host_that_asks_for_patience_gets_it() -> None:
    busy = "https://h0.example/?0"
    answers: list[Reply] = [page("", 429, retry_after="50"), page()]
    results, log = run(many(1, 3), Web({busy: answers}, other=page()))
    assert results[busy].observation and results[busy].observation.outcome is State.OK
    assert log.times["h0.example"] == pytest.approx([0, 50, 52, 54])


def test_who_asks_for_a_day_is_left_alone_and_the_run_does_not_wait() -> None:
    busy = "https://h0.example/?0"
    results, log = run(
        [*many(1, 3), link("https://other.example/")], Web({busy: page("", 429, retry_after="86400")}, page())
    )
    assert len(log.times["h0.example"]) == 1
    seen = results[busy].observation
    assert seen and (seen.outcome, seen.why) == (State.BLOCKED, "429: the server asks to be left alone for 24 hours")
    waiting = {url: result.why for url, result in results.items() if result.observation is None}
    assert waiting == {f"https://h0.example/?{n}": "its host asked to be left alone for 24 hours" for n in (1, 2)}
    assert log.clock.seconds() < 10


def test_the_run_ends_when_its_time_is_up() -> None:
    results, log = run(many(2, 9), Web({}, other=page()), RateLimits(time_limit=7.0))
    assert {host: len(times) for host, times in log.times.items()} == {"h0.example": 4, "h1.example": 4}
    assert sum(result.why == TIME_UP for result in results.values()) == 10


def test_registries_have_a_pace_of_their_own() -> None:
    rates = with_service_intervals(RateLimits(max_requests=2), {"https://h0.example/api": 0.5})
    results, log = run(many(2, 4), Web({}, other=page()), rates)
    assert log.times["h0.example"] == pytest.approx([0, 0.5, 1.0, 1.5])
    assert len(log.times["h1.example"]) == 2
    assert len(results) == 8


def test_the_same_links_come_to_the_same_end_whatever_the_threads_do() -> None:
    def outcomes() -> dict[str, object]:
        table = {f"https://h{n}.example/?1": page(FILL, 404 if n % 2 else 200) for n in range(6)}
        return {url: result.observation for url, result in run(many(6, 3), Web(table, page()))[0].items()}

    assert outcomes() == outcomes()


def test_a_mistake_of_ours_in_a_thread_is_not_lost() -> None:
    def broken(_: Request) -> Reply:
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        Scheduler(broken, RateLimits(), FakeClock(), lambda *_: None).run(
            [(link(), check_link(link(), None, context()))]
        )


@pytest.mark.parametrize(
    ("said", "status", "pause"),
    [
        ("2", 429, 2), ("86400", 429, 86400), (None, 429, 60), ("soon", 429, 60), (None, 503, 0), ("7", 503, 7),
        ("Mon, 23 Nov 2026 03:00:10 GMT", 429, 10), ("Mon, 23 Nov 2026 02:00:10 GMT", 429, 0), ("2", 200, 0),
        ("-5", 429, 60), ("1e9", 429, 60), ("9" * 400, 429, 999_999_999),
    ],
)  # fmt: skip
def test_how_long_a_server_wants_to_be_left_alone(said: str | None, status: int, pause: float) -> None:
    now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert retry_pause(Response("", status, {"retry-after": said} if said else {}), now) == pause
    assert retry_pause(failure(FailureKind.TIMEOUT), now) == 0


def test_there_are_no_more_threads_than_work() -> None:
    workers = DaemonThreads(8)
    gate = threading.Event()
    first = [workers.submit(gate.wait) for _ in range(3)]
    assert len(workers._threads) == 3
    gate.set()
    assert [future.result(5) for future in first] == [True] * 3
    assert isinstance(workers.submit(lambda: Failure(FailureKind.DNS, "")).result(5), Failure)
    workers.close()
