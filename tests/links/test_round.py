"""The pace of a run: one at a time for each host, seconds apart, a share for each, and an end; nobody waits."""

from __future__ import annotations

import threading
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from looks import DAY, FILL, FakeClock, Honest, Web, failure, link, means, page

from factpress.links.http.redirects import Ask
from factpress.links.http.replies import Answer, Failure, Kind, Reply
from factpress.links.page.verdict import Look
from factpress.links.schedule.host_queues import Pace, pause_of, with_services
from factpress.links.schedule.scheduler import SHARE_USED, TIME_UP, Round
from factpress.links.schedule.workers import Workers
from factpress.links.soft404 import Siblings
from factpress.links.visit import look_at
from factpress.model.links.cited_link import CitedLink
from factpress.model.links.link_record import State


class Log:
    """A web that notes when each host was asked, and whether two requests to it ran at once."""

    def __init__(self, clock: FakeClock, web: Web) -> None:
        self.clock, self.web = clock, web
        self.times: dict[str, list[float]] = defaultdict(list)
        self.together = 0
        self._now: set[str] = set()
        self._lock = threading.Lock()

    def __call__(self, ask: Ask) -> Reply:
        host = ask.url.split("/")[2]
        with self._lock:
            self.together += host in self._now
            self._now.add(host)
            self.times[host].append(self.clock.seconds())
            reply = self.web(ask)
            self._now.discard(host)
        return reply


def run(links: list[CitedLink], web: Web, pace: Pace | None = None) -> tuple[dict[str, Look], Log]:
    clock = FakeClock()
    log = Log(clock, web)
    looks: dict[str, Look] = {}
    shared = means(siblings=Siblings(DAY, Honest()))
    going = Round(log, pace or Pace(workers=4), clock, lambda cited, look: looks.update({cited.url: look}))
    going.go((one, look_at(one, None, shared)) for one in links)
    return looks, log


def many(hosts: int, each: int) -> list[CitedLink]:
    return [link(f"https://h{host}.example/?{number}") for host in range(hosts) for number in range(each)]


def test_every_link_is_looked_at_and_a_host_is_asked_every_two_seconds() -> None:
    looks, log = run(many(5, 4), Web({}, other=page()))
    assert len(looks) == 20
    assert all(look.observation and look.observation.outcome is State.OK for look in looks.values())
    assert log.together == 0
    for times in log.times.values():
        assert [b - a for a, b in pairwise(times)] == pytest.approx([2.0] * 3)


def test_hosts_do_not_wait_for_each_other() -> None:
    _, log = run(many(20, 3), Web({}, other=page()), Pace(workers=4))
    assert max(max(times) for times in log.times.values()) == pytest.approx(4.0)


def test_a_host_gets_no_more_than_its_share_and_the_rest_waits_for_another_run() -> None:
    looks, log = run(many(1, 15), Web({}, other=page()))
    assert len(log.times["h0.example"]) == 10
    waiting = [look for look in looks.values() if look.observation is None]
    assert [look.why for look in waiting] == [SHARE_USED] * 5


def test_the_second_question_has_its_place_in_the_share() -> None:
    looks, log = run(many(1, 15), Web({}, other=page("", 404)))
    seen = [look.observation for look in looks.values() if look.observation]
    assert len(log.times["h0.example"]) == 10
    assert len(seen) == 5
    assert all(one.certain for one in seen)


def test_bad_news_is_asked_again_half_a_minute_later_while_others_go_on() -> None:
    bad = "https://h0.example/?0"
    looks, log = run(many(1, 6), Web({bad: page("", 404)}, other=page()))
    assert looks[bad].observation and looks[bad].observation.certain
    assert log.times["h0.example"] == pytest.approx([0, 2, 4, 6, 8, 10, 30])


def test_redirects_wait_for_the_turn_of_the_host_that_they_lead_to() -> None:
    links = [link(f"https://{name}.example/?1") for name in "abc"]
    table = {one.url: page("", 302, location=f"https://d.example/x/{n}") for n, one in enumerate(links)}
    looks, log = run(links, Web({**table}, other=page()))
    assert [look.observation.outcome for look in looks.values() if look.observation] == [State.REDIRECTED] * 3
    times = log.times["d.example"]
    assert all(b - a >= 2 for a, b in pairwise(times))
    assert log.together == 0


def test_a_host_that_asks_for_patience_gets_it() -> None:
    busy = "https://h0.example/?0"
    answers: list[Reply] = [page("", 429, retry_after="50"), page()]
    looks, log = run(many(1, 3), Web({busy: answers}, other=page()))
    assert looks[busy].observation and looks[busy].observation.outcome is State.OK
    assert log.times["h0.example"] == pytest.approx([0, 50, 52, 54])


def test_who_asks_for_a_day_is_left_alone_and_the_run_does_not_wait() -> None:
    busy = "https://h0.example/?0"
    looks, log = run(
        [*many(1, 3), link("https://other.example/")], Web({busy: page("", 429, retry_after="86400")}, page())
    )
    assert len(log.times["h0.example"]) == 1
    assert {url: look.why for url, look in looks.items() if look.observation is None} == {
        "https://h0.example/?0": TIME_UP, "https://h0.example/?1": TIME_UP, "https://h0.example/?2": TIME_UP,
    }  # fmt: skip
    assert log.clock.seconds() < 10


def test_the_run_ends_when_its_time_is_up() -> None:
    looks, log = run(many(2, 9), Web({}, other=page()), Pace(limit=7.0))
    assert {host: len(times) for host, times in log.times.items()} == {"h0.example": 4, "h1.example": 4}
    assert sum(look.why == TIME_UP for look in looks.values()) == 10


def test_registries_have_a_pace_of_their_own() -> None:
    pace = with_services(Pace(share=2), {"https://h0.example/api": 0.5})
    looks, log = run(many(2, 4), Web({}, other=page()), pace)
    assert log.times["h0.example"] == pytest.approx([0, 0.5, 1.0, 1.5])
    assert len(log.times["h1.example"]) == 2
    assert len(looks) == 8


def test_the_same_links_come_to_the_same_end_whatever_the_threads_do() -> None:
    def outcomes() -> dict[str, object]:
        table = {f"https://h{n}.example/?1": page(FILL, 404 if n % 2 else 200) for n in range(6)}
        return {url: look.observation for url, look in run(many(6, 3), Web(table, page()))[0].items()}

    assert outcomes() == outcomes()


def test_a_mistake_of_ours_in_a_thread_is_not_lost() -> None:
    def broken(_: Ask) -> Reply:
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        Round(broken, Pace(), FakeClock(), lambda *_: None).go([(link(), look_at(link(), None, means()))])


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
    assert pause_of(Answer("", status, {"retry-after": said} if said else {}), now) == pause
    assert pause_of(failure(Kind.TIMEOUT), now) == 0


def test_there_are_no_more_threads_than_work() -> None:
    workers = Workers(8)
    gate = threading.Event()
    first = [workers.submit(gate.wait) for _ in range(3)]
    assert len(workers._threads) == 3
    gate.set()
    assert [future.result(5) for future in first] == [True] * 3
    assert isinstance(workers.submit(lambda: Failure(Kind.DNS, "")).result(5), Failure)
    workers.close()
