"""Follows redirects, one request at a time, so that whoever drives it can pace each host on the way.

A check of a link is a generator: it yields an `Ask`, is sent the `Reply`, and returns what it found. It knows no
network, no thread and no clock; a run gives every `Ask` its turn, a test answers from a table.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import httpx2

from factpress.links.http.replies import Answer, Failure, Hop, Kind, Reply
from factpress.model.links.address import in_reports

REDIRECTS = 10


@dataclass(frozen=True, slots=True)
class Ask:
    """One request that a check wants answered."""

    url: str
    after: float = 0.0  #: seconds to wait first
    headers: Mapping[str, str] = field(default_factory=dict)


Result = TypeVar("Result")
Asking = Generator[Ask, Reply, Result]


def follow(ask: Ask) -> Asking[Reply]:
    """Return the answer at the end of the redirects, with the hops to it, or the failure on the way."""
    hops: list[Hop] = []
    met = {_bare(ask.url)}
    url = ask.url
    while True:
        reply = yield replace(ask, url=url, after=0.0 if hops else ask.after)
        if isinstance(reply, Failure) or not reply.location:
            return replace(reply, hops=tuple(hops)) if isinstance(reply, Answer) else reply
        try:
            target = str(httpx2.URL(reply.url).join(reply.location.strip()))
        except (httpx2.InvalidURL, UnicodeError, ValueError):
            return Failure(Kind.MALFORMED, f"it redirects to {reply.location[:200]!r}, which is no address", url)
        if reply.url.startswith("https:") and target.startswith("http:"):
            return Failure(Kind.DOWNGRADED, f"it redirects from https to {in_reports(target)}", url)
        hops.append(Hop(reply.status, target))
        if _bare(target) in met:
            return Failure(Kind.LOOP, f"it redirects in a circle, at {in_reports(target)}", url)
        if len(hops) > REDIRECTS:
            return Failure(Kind.LOOP, f"it redirects more than {REDIRECTS} times", url)
        met.add(_bare(target))
        url = target


def drive(check: Asking[Result], reply: Callable[[Ask], Reply]) -> Result:
    """Return what a check finds when every request is answered at once by `reply`."""
    try:
        ask = next(check)
        while True:
            ask = check.send(reply(ask))
    except StopIteration as end:
        result: Result = end.value
        return result


def _bare(url: str) -> str:
    return url.partition("#")[0]
