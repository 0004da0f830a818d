"""The status of a link in words for readers: what was checked, by whom and when, and never more."""

from __future__ import annotations

from factpress.model.dates import in_words
from factpress.model.links.cited import URLDATE, Sighting
from factpress.model.links.state import LinkKind, LinkRecord, QuoteState, State
from factpress.model.links.status import LinkStatus
from factpress.model.vocabulary import Consulted

_SIGHTINGS = {
    Consulted.FULL_TEXT: "read in full",
    Consulted.EXCERPT: "seen as an excerpt",
    Consulted.CATALOGUE: "seen as a catalogue record",
    Consulted.NOT_CONSULTED: "not consulted",
    URLDATE: "opened",
}


def link_words(status: LinkStatus, quote: str = "") -> str:
    """Return the status of a link in words; with the key of a quote, whether the page has the quoted words."""
    record = status.record
    if record is None or status.state is State.NEVER_CHECKED:
        return first_seen(status)
    day, since = in_words(record.last_checked), in_words(record.since)
    if quote and status.quote_state(quote) is QuoteState.MISSING:
        return f"the quoted words were not on the page {day}"
    if words := record.state.row.readers.format(day=day, since=since):
        return f"{words}; {last_seen(status, record)}" if record.state.is_uncertain else words
    if record.state is State.SUSPECT:
        return _suspect(record, day)
    states = [status.quote_state(quote)] if quote else list(record.quotes.values())
    has_quotes = bool(states) and set(states) <= {QuoteState.FOUND, QuoteState.MOVED}
    moved = "; it has a new address" if record.state is State.MOVED else ""
    return f"page read by a machine {day}{', quoted words found' if has_quotes else ''}{moved}"


def last_seen(status: LinkStatus, record: LinkRecord) -> str:
    """Return who or what saw a page that does not open to machines."""
    if status.page_seen is None and record.last_ok:
        return f"read by a machine {in_words(record.last_ok)}"
    return first_seen(status)


def first_seen(status: LinkStatus) -> str:
    """Return who saw a page, or how it was seen when the book was written."""
    if status.page_seen and status.person:
        return f"seen by {status.person.display_name}, {in_words(status.page_seen.date)}"
    words = sighting_words(status.sighting) if status.sighting else "not seen by anybody"
    return f"DOI not yet looked up; the work was {words}" if status.link.kind is LinkKind.DOI else words


def sighting_words(sighting: Sighting) -> str:
    """Return how a page was seen: `seen as an excerpt, 23 November 2026, not by a person`."""
    if sighting.how == Consulted.NOT_CONSULTED:
        return _SIGHTINGS[sighting.how]
    return f"{_SIGHTINGS[sighting.how]}, {in_words(sighting.date)}{', not by a person' if sighting.by_machine else ''}"


def _suspect(record: LinkRecord, day: str) -> str:
    if record.strikes:
        return f"not found {day}, to be asked for again"
    return f"page read by a machine {day}; some words that we quote are no longer on it"
