"""What a reader is told of a link: what was done, by whom and when, and never more."""

from __future__ import annotations

from factpress.model.dates import in_words
from factpress.model.links.cited_link import URLDATE, Glance
from factpress.model.links.link_record import LinkKind, LinkRecord, QuoteState, State
from factpress.model.links.status import LinkStanding
from factpress.model.vocabulary import Consulted

_GLANCES = {
    Consulted.FULL_TEXT: "read in full",
    Consulted.EXCERPT: "seen as an excerpt",
    Consulted.CATALOGUE: "seen as a catalogue record",
    Consulted.NOT_CONSULTED: "not consulted",
    URLDATE: "opened",
}
#: of what is certain; `{day}` is the last look, `{since}` the day on which the state began
_CERTAIN = {
    State.SOFT_404: "looked like an error page {day}",
    State.GONE: "the page is gone, since {since}",
    State.ARCHIVED_ONLY: "the page is gone, since {since}; the archived copy has the quoted words",
    State.DOI_OK: "DOI found in its registry {day}",
    State.DOI_UNKNOWN: "DOI not in its registry {day}",
    State.DOI_NO_URL: "DOI in its registry without an address {day}",
    State.METADATA_MISMATCH: "DOI registered for another work {day}",
    State.RETRACTED: "a retraction or a concern is registered for it, {day}",
}
#: of what a machine could not see; who or what saw it last follows
_UNCERTAIN = {
    State.OK_UNREAD: "there {day}, but no machine can read it",
    State.BLOCKED: "closed to machines {day}",
    State.UNREACHABLE: "not reached {day}",
}


def link_words(one: LinkStanding, quote: str = "") -> str:
    """Return how a link stands; with the key of a quote, how the page stands to these words."""
    record = one.record
    if record is None or one.state is State.NEVER_CHECKED:
        return first_seen(one)
    day, since = in_words(record.last_checked), in_words(record.since)
    if quote and one.quote_state(quote) is QuoteState.MISSING:
        return f"the quoted words were not on the page {day}"
    if certain := _CERTAIN.get(record.state):
        return certain.format(day=day, since=since)
    if uncertain := _UNCERTAIN.get(record.state):
        return f"{uncertain.format(day=day)}; {last_seen(one, record)}"
    if record.state is State.SUSPECT:
        return _suspect(record, day)
    told = [one.quote_state(quote)] if quote else list(record.quotes.values())
    found = bool(told) and set(told) <= {QuoteState.FOUND, QuoteState.MOVED}
    moved = "; it has a new address" if record.state is State.MOVED else ""
    return f"page read by a machine {day}{', quoted words found' if found else ''}{moved}"


def last_seen(one: LinkStanding, record: LinkRecord) -> str:
    """Return who or what saw a page that does not open to machines."""
    if one.page_seen is None and record.last_ok:
        return f"read by a machine {in_words(record.last_ok)}"
    return first_seen(one)


def first_seen(one: LinkStanding) -> str:
    """Return who saw a page, or how it was seen when the book was written."""
    if one.page_seen and one.person:
        return f"seen by {one.person.name}, {in_words(one.page_seen.date)}"
    words = glance_words(one.glance) if one.glance else "not seen by anybody"
    return f"DOI not yet looked up; the work was {words}" if one.link.kind is LinkKind.DOI else words


def glance_words(glance: Glance) -> str:
    """Return how a page was seen: `seen as an excerpt, 23 November 2026, not by a person`."""
    if glance.how == Consulted.NOT_CONSULTED:
        return _GLANCES[glance.how]
    return f"{_GLANCES[glance.how]}, {in_words(glance.date)}{', not by a person' if glance.by_machine else ''}"


def _suspect(record: LinkRecord, day: str) -> str:
    if record.strikes:
        return f"not found {day}, to be asked for again"
    return f"page read by a machine {day}; some words that we quote are no longer on it"
