"""The status of a cited link: its record, and who has seen the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factpress.model.book import Book
from factpress.model.dates import days_between
from factpress.model.links.cited import CitedLink, Sighting, cited_links
from factpress.model.links.policy import UNREAD_DAYS
from factpress.model.links.quotation import quote_key
from factpress.model.links.state import Archive, LinkRecord, QuoteState, State
from factpress.model.place import Place
from factpress.model.signoff import PageSeen, Person
from factpress.model.vocabulary import QuoteSeen


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """One cited link with its record and who has seen its page."""

    link: CitedLink
    record: LinkRecord | None  #: None before the first check through the network
    person: Person | None = None  #: who saw the page last
    page_seen: PageSeen | None = None
    sighting: Sighting | None = None  #: the one of the greatest weight, from when the book was written
    lines: tuple[PageSeen, ...] = ()  #: all lines of seen.yaml on the page, by day

    @property
    def place(self) -> Place:
        """Return the first place that cites it."""
        return self.link.places[0]

    @property
    def state(self) -> State:
        """Return the recorded state."""
        return self.record.state if self.record else State.NEVER_CHECKED

    @property
    def is_seen(self) -> bool:
        """Return whether somebody or something has seen what the link leads to."""
        by_machine = self.record and (self.record.last_ok or self.record.state.is_bad)
        return bool(by_machine or self.page_seen or self.sighting)

    @property
    def archive(self) -> Archive | None:
        """Return the recorded copy of the page, if any."""
        return self.record.archive if self.record else None

    @property
    def waits_for_a_person(self) -> bool:
        """Return whether machines were refused for so long that a person has to open it again."""
        record = self.record
        if not record or record.state not in (State.BLOCKED, State.UNREACHABLE):
            return False
        if days_between(record.since, record.last_checked) <= UNREAD_DAYS:
            return False
        return not self.page_seen or days_between(self.page_seen.date, record.last_checked) > UNREAD_DAYS

    def quote_state(self, key: str) -> QuoteState:
        """Return whether quoted words stand on the page."""
        return self.record.quotes.get(key, QuoteState.UNREAD) if self.record else QuoteState.UNREAD

    def person_found_quote(self, key: str) -> bool:
        """Return whether the last person who looked for these words, or for all of the page's, says they are there."""
        on_it = [line for line in self.lines if line.quote is None or quote_key(line.quote) == key]
        return bool(on_it) and on_it[-1].quote_seen is QuoteSeen.YES


def link_statuses(book: Book) -> Mapping[str, LinkStatus]:
    """Return the status of every cited link, by address."""
    people = book.ledger.people_by_id
    # the last line of a known person counts; `checks` reports anyone who is not in people.yaml
    seen: dict[str, list[PageSeen]] = {}
    for line in sorted(book.seen, key=lambda line: line.date):
        if line.by in people:
            seen.setdefault(line.url, []).append(line)
    statuses = {}
    for link in cited_links(book):
        lines = seen.get(link.url, [])
        last = lines[-1] if lines else None
        sighting = max(link.seen, key=lambda sighting: sighting.weight, default=None)
        statuses[link.url] = LinkStatus(
            link, book.links.get(link.url), people[last.by] if last else None, last, sighting, tuple(lines)
        )
    return statuses
