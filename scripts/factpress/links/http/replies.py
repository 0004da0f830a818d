"""What came of one request: an answer, or a failure of a kind that a policy can tell from others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Why there is no answer."""

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
    OFFLINE = "offline"  #: no name at all is found here, which is no news of any page
    POSTPONED = "postponed"  #: not asked in this run: the host's share or the time is used up

    @property
    def passing(self) -> bool:
        """Return whether asking again a little later may help."""
        return self in (Kind.DNS, Kind.NO_CONNECTION, Kind.TIMEOUT, Kind.RESET)


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer, and why."""

    kind: Kind
    why: str  #: the end of a sentence, for a person
    url: str = ""  #: where it happened, if not at the address asked


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect that was followed."""

    status: int
    url: str  #: where it led

    @property
    def permanent(self) -> bool:
        """Return whether the server said that the page has moved for good."""
        return self.status in (301, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    url: str  #: the address that said it, after redirects
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)  #: names in lower case
    body: bytes = b""  #: after decompression
    truncated: bool = False  #: the body is longer than what we read
    hops: tuple[Hop, ...] = ()

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
        """Return the body as JSON, None where it is none or was cut off."""
        try:
            return None if self.truncated else json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def location(self) -> str:
        """Return where a redirect leads, nothing when this is none."""
        return self.headers.get("location", "") if self.status in (301, 302, 303, 307, 308) else ""

    @property
    def moved_for_good(self) -> bool:
        """Return whether every redirect on the way was permanent."""
        return bool(self.hops) and all(hop.permanent for hop in self.hops)


Reply = Answer | Failure
