"""The board of a book's review: by chapter and state, what each person can sign next, what became stale, by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from factpress.desk.held_book import DeskBook
from factpress.desk.queue import QueueView
from factpress.desk.standing import Standing, standings
from factpress.model.review import Review
from factpress.model.vocabulary import ReviewState

NEXT = 5  #: claims that are named of what somebody can sign


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """One chapter with its claims by state."""

    title: str
    states: Mapping[ReviewState, int]

    @property
    def claims(self) -> int:
        """Return how many claims the chapter has."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A claim whose sign-off no longer holds."""

    claim: str
    signed: str  #: ISO date of the sign-off
    by: str  #: as editions name the person
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignerRow:
    """What waits for one person."""

    id: str
    name: str  #: as editions name the person
    waiting: int
    next: tuple[str, ...]  #: claims, the most worth their time first


@dataclass(frozen=True, slots=True)
class Board:
    """Where the review of a book stands."""

    chapters: tuple[ChapterRow, ...]
    stale: tuple[StaleRow, ...]  #: the oldest sign-off first
    people: tuple[SignerRow, ...]
    asked: tuple[str, ...]  #: claims for which somebody asked for a second reader
    signed: int
    findings: int  #: claims with a finding that are not withdrawn

    @property
    def badge_words(self) -> str:
        """Return what the badge says: `12 of 163`."""
        return f"{self.signed} of {self.findings}"


def waiting_in_order(desk: DeskBook, seen: Mapping[str, Standing]) -> list[str]:
    """Return the claims that wait for one person, as `standings` has them, the most worth their time first."""
    # a queue without any filter begins with high priority alone; one that it does not know leaves all
    return [name for name in QueueView(desk, seen, {"whole": "yes"}).order() if seen[name].waits]


def make_board(desk: DeskBook, reviews: Mapping[str, Review]) -> Board:
    """Return the board of a book, given the review of each claim."""
    ledger = desk.book.ledger
    claims = list(ledger.by_id.values())
    stems = dict.fromkeys(desk.stems[claim.id] for claim in claims)
    chapters = []
    for stem in stems:
        own = [claim for claim in claims if desk.stems[claim.id] == stem]
        counted = Counter(reviews[claim.id].state for claim in own)
        chapters.append(ChapterRow(desk.chapter_label(own[0]), {s: counted[s] for s in ReviewState if counted[s]}))
    stale = []
    for claim in claims:
        review = reviews[claim.id]
        if review.state is ReviewState.STALE:
            last = review.outdated[-1].entry
            stale.append(StaleRow(claim.id, last.date, ledger.people_by_id[last.by].display_name, review.changed))
    people = []
    for person in ledger.people_by_id.values():
        seen = standings(desk, reviews, person)
        waiting = waiting_in_order(desk, seen)
        people.append(SignerRow(person.id, person.display_name, len(waiting), tuple(waiting[:NEXT])))
    findings = [claim for claim in claims if claim.finding and not claim.withdrawn]
    return Board(
        tuple(chapters),
        tuple(sorted(stale, key=lambda row: (row.signed, row.claim))),
        tuple(people),
        tuple(claim.id for claim in findings if reviews[claim.id].asked),
        sum(reviews[claim.id].state is ReviewState.SIGNED_OFF for claim in findings),
        len(findings),
    )
