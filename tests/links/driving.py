"""Runs one check of a link at once, without a scheduler."""

from __future__ import annotations

from collections.abc import Callable

from factpress.links.http.redirects import Request, RequestSteps, T
from factpress.links.http.replies import Reply


def drive(check: RequestSteps[T], reply: Callable[[Request], Reply]) -> T:
    """Return what a check finds when every request is answered at once by `reply`."""
    try:
        ask = next(check)
        while True:
            ask = check.send(reply(ask))
    except StopIteration as end:
        result: T = end.value
        return result
