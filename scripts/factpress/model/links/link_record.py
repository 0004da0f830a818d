"""Links: what is recorded of each address that the book cites, and what one look at it brought.

What the book itself says of an address is in `cited_link.py`, what follows from a look in `link_policy.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CHECKER = "1"  #: version of the rules by which a record was made


class LinkKind(StrEnum):
    """What decides over a link: the page at its address, or the registry of DOIs."""

    URL = "url"
    DOI = "doi"


class State(StrEnum):
    """What is known of a link."""

    OK = "ok"
    OK_UNREAD = "ok-unread"
    REDIRECTED = "redirected"
    MOVED = "moved"
    SOFT_404 = "soft-404"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    SUSPECT = "suspect"
    GONE = "gone"
    ARCHIVED_ONLY = "archived-only"
    DOI_OK = "doi-ok"
    DOI_UNKNOWN = "doi-unknown"
    DOI_NO_URL = "doi-no-url"
    METADATA_MISMATCH = "metadata-mismatch"
    RETRACTED = "retracted"
    NEVER_CHECKED = "never-checked"


class QuoteState(StrEnum):
    """Whether quoted words stand on a page."""

    FOUND = "found"
    MOVED = "moved"  #: found, but not between the words that stood around them
    MISSING = "missing"  #: the page was read and does not have them
    UNREAD = "unread"  #: the page could not be read


@dataclass(frozen=True, slots=True)
class Archive:
    """A copy of a page, and which quotes were looked for in it."""

    url: str
    quotes: Mapping[str, QuoteState] = field(default_factory=dict, hash=False)  #: by key

    @property
    def holds(self) -> bool:
        """Return whether it was seen to hold every quote: a copy without them is a copy of something else."""
        return bool(self.quotes) and set(self.quotes.values()) <= {QuoteState.FOUND, QuoteState.MOVED}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """What is recorded of one address; all dates are ISO days, empty before the first look."""

    url: str
    kind: LinkKind = LinkKind.URL
    state: State = State.NEVER_CHECKED
    since: str = ""  #: when the state began
    last_ok: str = ""  #: when the page was last read, or the DOI last found
    last_checked: str = ""
    strikes: tuple[str, ...] = ()  #: days of certain failures that count, without a success between them
    http: int | None = None
    final_url: str | None = None  #: where redirects ended, when not at the address itself
    moved_since: str | None = None  #: since when the redirect to `final_url` calls itself permanent
    etag: str | None = None
    title: str | None = None
    text_sha256: str | None = None
    quotes: Mapping[str, QuoteState] = field(default_factory=dict, hash=False)  #: by `quotation.quote_key`
    archive: Archive | None = None
    why: str = ""  #: reason of the state in a few words
    checker: str = CHECKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one look at an address brought, without memory of earlier looks.

    `certain` is bad news that may count as a strike: the server says twice that there is no such page, the name does
    not exist. `outcome` is then SUSPECT; DOI_UNKNOWN and METADATA_MISMATCH, from the registry, need no strikes.
    Of quotes, only what this look brought, for all that were asked: UNREAD where the page gave no text. A page that
    was read and lacks a quote is OK here with the quote MISSING; the policy makes the state of it.
    """

    outcome: State
    certain: bool = False
    http: int | None = None
    final_url: str | None = None
    permanent: bool = False  #: every redirect on the way called itself permanent
    title: str | None = None
    etag: str | None = None
    text_sha256: str | None = None
    quotes: Mapping[str, QuoteState] = field(default_factory=dict, hash=False)
    archive: Archive | None = None  #: a copy that was looked for and found; None: not asked, or unknown
    why: str = ""
