"""What one request brought: a response, or a failure of a kind that the policy can tell from others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any


class FailureKind(StrEnum):
    """Why there is no response."""

    MALFORMED = "malformed-address"
    REFUSED = "refused-address"  #: our guard refused it: nothing was sent
    NXDOMAIN = "dns-nxdomain"  #: there is no such name
    DNS = "dns-temporary"  #: nobody could say whether there is such a name
    NO_CONNECTION = "no-connection"
    TIMEOUT = "timeout"
    RESET = "reset"  #: the connection broke off
    TLS = "tls"
    PROTOCOL = "protocol"  #: what came is not HTTP, or not in the encoding that it names
    LOOP = "redirect-loop"
    DOWNGRADED = "downgraded"  #: from https to http
    OFFLINE = "offline"  #: no name at all is found here, which says nothing of any page
    POSTPONED = "postponed"  #: not asked in this run: the requests to its host, or the time, are used up

    @property
    def is_temporary(self) -> bool:
        """Return whether asking again a little later may help."""
        return self in (FailureKind.DNS, FailureKind.NO_CONNECTION, FailureKind.TIMEOUT, FailureKind.RESET)


@dataclass(frozen=True, slots=True)
class Failure:
    """No response, and why."""

    kind: FailureKind
    why: str  #: the end of a sentence, for a person
    url: str = ""  #: where it happened, if not at the address asked


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect that was followed."""

    status: int
    url: str  #: where it led

    @property
    def permanent(self) -> bool:
        """Return whether the server said that the page has moved for good."""
        return self.status in (301, 308)


@dataclass(frozen=True, slots=True)
class Response:
    """What a server said."""

    url: str  #: the address that said it, after redirects
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)  #: names in lower case
    body: bytes = b""  #: after decompression
    truncated: bool = False  #: the body is longer than what we read
    redirects: tuple[Redirect, ...] = ()

    @property
    def media_type(self) -> str:
        """Return the content's type without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_pdf(self) -> bool:
        """Return whether the body is a PDF, whatever the server calls it."""
        return self.media_type == "application/pdf" or self.body[:1024].lstrip().startswith(b"%PDF-")

    @property
    def data(self) -> Any:
        """Return the body as JSON, None where it is not JSON or was cut off."""
        try:
            return None if self.truncated else json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def location(self) -> str:
        """Return where a redirect leads, empty when this is not a redirect."""
        return self.headers.get("location", "") if self.status in (301, 302, 303, 307, 308) else ""

    @property
    def moved_for_good(self) -> bool:
        """Return whether every redirect on the way was permanent."""
        return bool(self.redirects) and all(redirect.permanent for redirect in self.redirects)


Reply = Response | Failure


BUSY = 60.0  #: seconds of pause after 429 where the server names none


def pause_of(reply: Reply, now: datetime) -> float:
    """Return the seconds for which a server wants to be left alone (RFC 9110, Retry-After)."""
    if not isinstance(reply, Response) or reply.status not in (429, 503):
        return 0.0
    said = reply.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return BUSY if reply.status == 429 else 0.0


def pause_words(reply: Response) -> str:
    """Return how long a server asked to be left alone, for a person; empty where it did not say."""
    said = reply.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return f"for {duration(float(said[:9]))}"
    try:
        return f"until {parsedate_to_datetime(said):%Y-%m-%d %H:%M} UTC"
    except (TypeError, ValueError, OverflowError):
        return ""


def duration(seconds: float) -> str:
    """Return a number of seconds in the largest unit of which there are two or more: `24 hours`, `90 seconds`."""
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}s"
    return f"{seconds:.0f} second{'' if round(seconds) == 1 else 's'}"
