"""Follows redirects, one request at a time, so that the scheduler can space the requests to each host on the way.

A check of a link is a generator: it yields a `Request`, is sent the `Reply`, and returns what it found. It knows no
network, no thread and no clock; a run sends each `Request` when its host may be asked, a test answers from a table.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import httpx2

from factpress.links.http.replies import Failure, FailureKind, Redirect, Reply, Response
from factpress.model.links.addresses import in_reports

MAX_REDIRECTS = 10


@dataclass(frozen=True, slots=True)
class Request:
    """One request that a check wants answered."""

    url: str
    after: float = 0.0  #: seconds to wait first
    headers: Mapping[str, str] = field(default_factory=dict)


T = TypeVar("T")
RequestSteps = Generator[Request, Reply, T]  #: the steps of a check that returns a T


def follow(request: Request, before: Sequence[Redirect] = ()) -> RequestSteps[Reply]:
    """Return the response at the end of the redirects, with the redirects that led to it, or the failure on the way.

    `before` are those that led to this request already, as when a page itself leads on.
    """
    redirects = list(before)
    met = {_without_fragment(url) for url in (request.url, *(redirect.url for redirect in redirects))}
    url = request.url
    while True:
        reply = yield replace(request, url=url, after=request.after if len(redirects) == len(before) else 0.0)
        if isinstance(reply, Failure) or not reply.location:
            return replace(reply, redirects=tuple(redirects)) if isinstance(reply, Response) else reply
        try:
            target = str(httpx2.URL(reply.url).join(reply.location.strip()))
        except (httpx2.InvalidURL, UnicodeError, ValueError):
            return Failure(
                FailureKind.MALFORMED, f"it redirects to {reply.location[:200]!r}, which is not an address", url
            )
        if reply.url.startswith("https:") and target.startswith("http:"):
            return Failure(FailureKind.DOWNGRADED, f"it redirects from https to {in_reports(target)}", url)
        redirects.append(Redirect(reply.status, target))
        if _without_fragment(target) in met:
            return Failure(FailureKind.LOOP, f"it redirects in a circle, at {in_reports(target)}", url)
        if len(redirects) > MAX_REDIRECTS:
            return Failure(FailureKind.LOOP, f"it redirects more than {MAX_REDIRECTS} times", url)
        met.add(_without_fragment(target))
        url = target


def visited(request: Request, response: Response) -> frozenset[str]:
    """Return the addresses, without fragments, on the way from a request to a response."""
    return frozenset(_without_fragment(url) for url in (request.url, *(one.url for one in response.redirects)))


def _without_fragment(url: str) -> str:
    return url.partition("#")[0]
