"""The states of a link in one table, what is recorded of each cited address, and what one check of it brought.

What the book itself says of an address is in `cited.py`, what follows from a check in `policy.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

CHECKER = "2"  #: version of the rules by which a record was made
#: what the record of links holds beside plain text; the words after the type are for its reader, `files/link_record`
Day = Annotated[str, "day"]  #: ISO, or empty
Filled = Annotated[str, "filled"]  #: not empty
HttpStatus = Annotated[int, "status"]  #: of HTTP, 100 to 599


class LinkKind(StrEnum):
    """Where a link is checked: at the page of its address, or in the registry of DOIs."""

    URL = "url"
    DOI = "doi"


class Judgement(StrEnum):
    """How a state judges the link."""

    SUCCESS = "success"  #: the page was read, or the registry has the DOI
    UNCERTAIN = "uncertain"  #: no machine could tell
    DOUBTFUL = "doubtful"  #: an answer that is probably not the page
    BAD = "bad"  #: certain bad news: what could not be checked later does not make it better
    LOST = "lost"  #: bad, and the page is not asked for again
    UNKNOWN = "unknown"  #: never checked


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """What follows from one state of a link."""

    judgement: Judgement
    interval: int | None  #: days until the next check; None: never, unless asked
    jitter: int = 0  #: days by which the address moves the next check, either way
    readers: str = ""  #: to readers: `{day}` of the last check, `{since}` when the state began; empty: see `wording.py`
    level: Literal["fail", "warning", "notice", "pass"]  #: in a report, where no gate says otherwise
    message: str  #: in a report
    hint: str = ""  #: in a report: what to do
    refused: str = ""  #: why the link cannot be cited as it is any more


class State(StrEnum):
    """The state of a link after its checks."""

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

    @property
    def row(self) -> StateRow:
        """Return what follows from the state."""
        return STATES[self]

    @property
    def is_success(self) -> bool:
        """Return whether the page was read, or the registry has the DOI."""
        return self.row.judgement is Judgement.SUCCESS

    @property
    def is_bad(self) -> bool:
        """Return whether it is certain bad news."""
        return self.row.judgement in (Judgement.BAD, Judgement.LOST)

    @property
    def is_uncertain(self) -> bool:
        """Return whether no machine could tell."""
        return self.row.judgement is Judgement.UNCERTAIN

    @property
    def is_lost(self) -> bool:
        """Return whether the page is gone for good."""
        return self.row.judgement is Judgement.LOST


_SEE = "Open it in a browser and add a line to docs/claims/seen.yaml."
#: the one table of states: judgement, time of the next check, words for readers and reports
STATES: Mapping[State, StateRow] = {
    State.OK: StateRow(
        judgement=Judgement.SUCCESS, interval=21, jitter=7, level="pass", message="The page is there.",
    ),
    State.OK_UNREAD: StateRow(
        judgement=Judgement.UNCERTAIN, interval=45, readers="there {day}, but no machine can read it",
        level="notice", message="The page is there, but a machine cannot read its text.", hint=_SEE,
    ),
    State.REDIRECTED: StateRow(
        judgement=Judgement.SUCCESS, interval=14,
        level="pass", message="The page is there, at another address for now.",
    ),
    State.MOVED: StateRow(
        judgement=Judgement.SUCCESS, interval=14,
        level="warning", message="The page moved for good.", hint="Run `factpress links fix --moved`.",
    ),
    State.SOFT_404: StateRow(
        judgement=Judgement.DOUBTFUL, interval=14, readers="looked like an error page {day}",
        level="warning", message="The page looks like an error page.", hint=_SEE,
    ),
    State.BLOCKED: StateRow(
        judgement=Judgement.UNCERTAIN, interval=45, readers="closed to machines {day}",
        level="notice", message="The server refuses machines, so it could not be checked.", hint=_SEE,
    ),
    State.UNREACHABLE: StateRow(
        judgement=Judgement.UNCERTAIN, interval=3, readers="not reached {day}",
        level="notice", message="The server did not answer, so it could not be checked.", hint=_SEE,
    ),
    State.SUSPECT: StateRow(
        judgement=Judgement.BAD, interval=3,
        level="warning", message="The page was not found; it is asked for again.", hint="Look for its new address.",
    ),
    State.GONE: StateRow(
        judgement=Judgement.LOST, interval=None, readers="the page is gone, since {since}",
        level="fail", message="The page is gone.", hint="Find another address, or a copy for `archived`.",
        refused="the page is gone",
    ),
    State.ARCHIVED_ONLY: StateRow(
        judgement=Judgement.LOST, interval=None,
        readers="the page is gone, since {since}; the archived copy has the quoted words",
        level="warning", message="The page is gone; a copy is kept.", hint="Find its new address, if any.",
    ),
    State.DOI_OK: StateRow(
        judgement=Judgement.SUCCESS, interval=21, jitter=7, readers="DOI found in its registry {day}",
        level="pass", message="The registry has the DOI.",
    ),
    State.DOI_UNKNOWN: StateRow(
        judgement=Judgement.BAD, interval=14, readers="DOI not in its registry {day}",
        level="fail", message="The registry has no such DOI.", hint="Copy the DOI again from the work itself.",
        refused="the registry has no such DOI",
    ),
    State.DOI_NO_URL: StateRow(
        judgement=Judgement.BAD, interval=14, readers="DOI in its registry without an address {day}",
        level="notice", message="The registry has the DOI, but no address for it.", hint=_SEE,
    ),
    State.METADATA_MISMATCH: StateRow(
        judgement=Judgement.BAD, interval=14, readers="DOI registered for another work {day}",
        level="fail", message="The DOI is of another work.", hint="Compare entry and work.",
        refused="the DOI is of another work",
    ),
    State.RETRACTED: StateRow(
        judgement=Judgement.BAD, interval=45, readers="a retraction or a concern is registered for it, {day}",
        level="warning", message="The registry has a notice on it.", hint="Read it, and say so in the finding.",
    ),
    State.NEVER_CHECKED: StateRow(
        judgement=Judgement.UNKNOWN, interval=0,
        level="notice", message="Nobody has asked for this page yet.", hint="Run `factpress links refresh`.",
    ),
}  # fmt: skip


class QuoteState(StrEnum):
    """Whether quoted words stand on a page."""

    FOUND = "found"
    MOVED = "moved"  #: found, but not between the words that stood around them
    MISSING = "missing"  #: the page was read and does not have them
    UNREAD = "unread"  #: the page could not be read


@dataclass(frozen=True, slots=True)
class Archive:
    """A copy of a page, and which quotes were looked for in it."""

    url: Filled
    quotes: Mapping[str, QuoteState] = field(default_factory=dict, hash=False)  #: by key

    @property
    def holds(self) -> bool:
        """Return whether it was seen to hold every quote: a copy without them is a copy of something else."""
        return bool(self.quotes) and set(self.quotes.values()) <= {QuoteState.FOUND, QuoteState.MOVED}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """The record of one address; all dates are ISO days, empty before the first check."""

    url: Filled
    kind: LinkKind = LinkKind.URL
    state: State = State.NEVER_CHECKED
    since: Day = ""  #: when the state began
    last_ok: Day = ""  #: when the page was last read, or the DOI last found
    last_checked: Day = ""
    strikes: tuple[Day, ...] = ()  #: days of certain failures that count, without a success between them
    http: HttpStatus | None = None
    final_url: Filled | None = None  #: where redirects ended, when not at the address itself
    moved_since: Day | None = None  #: since when the redirect to `final_url` calls itself permanent
    etag: str | None = None
    title: str | None = None
    text_sha256: str | None = None
    quotes: Mapping[str, QuoteState] = field(default_factory=dict, hash=False)  #: by `quotation.quote_key`
    archive: Archive | None = None
    why: str = ""  #: reason of the state in a few words
    checker: Filled = CHECKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """The result of one check of an address, independent of earlier checks.

    `certain` is bad news that may count as a strike: the server says twice that the page or the name does
    not exist. `outcome` is then SUSPECT; DOI_UNKNOWN and METADATA_MISMATCH, from the registry, need no strikes.
    Of quotes, only what this check brought, for all that were looked for: UNREAD where the page gave no text. A page
    that was read and lacks a quote is OK here with the quote MISSING; the policy makes the state of it.
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
