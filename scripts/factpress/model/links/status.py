"""How a cited link stands: what is recorded of it, who has seen the page, and what it was seen as at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factpress.model.book import Book
from factpress.model.dates import days_between
from factpress.model.links.cited_link import CitedLink, Glance, cited_links
from factpress.model.links.link_record import Archive, LinkRecord, QuoteState, State
from factpress.model.links.policy import BAD, UNREAD_DAYS
from factpress.model.signoff import PageSeen, Person
from factpress.model.vocabulary import QuoteSeen
from factpress.problems import Place


@dataclass(frozen=True, slots=True)
class LinkStanding:
    """One cited link with everything that is known of it."""

    link: CitedLink
    record: LinkRecord | None  #: None before the first look through the network
    person: Person | None = None  #: who saw the page last
    page_seen: PageSeen | None = None
    glance: Glance | None = None  #: what tells most of how it was seen when the book was written

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
        told = self.record and (self.record.last_ok or self.record.state in BAD)
        return bool(told or self.page_seen or self.glance)

    @property
    def archive(self) -> Archive | None:
        """Return the recorded copy of the page, if any."""
        return self.record.archive if self.record else None

    @property
    def waits_for_a_person(self) -> bool:
        """Return whether machines were refused for so long that a person has to look again."""
        record = self.record
        if not record or record.state not in (State.BLOCKED, State.UNREACHABLE):
            return False
        if days_between(record.since, record.last_checked) <= UNREAD_DAYS:
            return False
        return not self.page_seen or days_between(self.page_seen.date, record.last_checked) > UNREAD_DAYS

    def quote_state(self, key: str) -> QuoteState:
        """Return whether quoted words stand on the page."""
        return self.record.quotes.get(key, QuoteState.UNREAD) if self.record else QuoteState.UNREAD

    @property
    def person_found_quote(self) -> bool:
        """Return whether a person says that the quoted words are there."""
        return self.page_seen is not None and self.page_seen.quote_seen is QuoteSeen.YES


def standings(book: Book) -> Mapping[str, LinkStanding]:
    """Return every cited link by its address with how it stands."""
    people = book.ledger.people_by_id
    # the last look of a known person counts; whoever is not in people.yaml is a problem elsewhere
    seen = {line.url: line for line in sorted(book.seen, key=lambda line: line.date) if line.by in people}
    found = {}
    for link in cited_links(book):
        line = seen.get(link.url)
        glance = max(link.seen, key=lambda glance: glance.weight, default=None)
        found[link.url] = LinkStanding(link, book.links.get(link.url), people[line.by] if line else None, line, glance)
    return found
