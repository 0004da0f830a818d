"""Checks of treaties: parties that are known, dates in an order in which they can have happened, and in the prose.

A sentence of a chapter is tied to a treaty by the claims it marks or by a source it cites for that date. Where it
prints a full date beside “signed” or “in force”, that is the date of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from factpress.checks.timeline import DatedLine, backwards, dated_lines, is_later
from factpress.files.yaml.records import near_miss
from factpress.model.book import Book
from factpress.model.dates import in_words, parse_date
from factpress.model.place import Place
from factpress.model.prose import Prose
from factpress.model.study.records import SourcedDate
from factpress.problems import Problem, problem
from factpress.subjects.treaties.records import Milestone, StatusToday, Treaties, Treaty, TreatyEvent, treaties_of

_WORDS = {Milestone.SIGNED: re.compile(r"\b[Ss]igned\b"), Milestone.IN_FORCE: re.compile(r"\bin(?:to)? force\b")}
_NEAR = 90  #: characters between a date and the word that it belongs to, in one clause
_CLAUSE = re.compile(r"[.;:()]")


def check_treaties(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield what is wrong with parties, treaties, events of treaties, and dates of treaties in the prose."""
    known = treaties_of(book.study_aids)
    yield from parties(known)
    yield from dates(known)
    for event in book.study_aids.timeline:
        if isinstance(event, TreatyEvent) and event.treaty:
            yield from treaty_event(event, event.treaty, book)
    for line in dated_lines(prose):
        yield from printed_dates(known, line)


def parties(known: Treaties) -> Iterator[Problem]:
    """Yield parties of treaties and events that the list of parties does not have, and parties of no treaty."""
    bound = set()
    for treaty in known.treaties:
        moves = _moving((*treaty.joined, *treaty.left))
        for party, where in [*((party, treaty.where) for party in treaty.parties), *moves]:
            bound.add(party)
            if party not in known.party_by_id:
                yield problem("party-unknown", where, id=party, near=near_miss(party, known.party_by_id))
        yield from _membership(treaty)
    for one in known.parties:
        if one.id not in bound:
            yield problem("party-unused", one.where, id=one.id)


def _membership(treaty: Treaty) -> Iterator[Problem]:
    members: set[str] = set()
    for party, where in [*((party, treaty.where) for party in treaty.parties), *_moving(treaty.joined)]:
        if party in members:
            yield problem("party-twice", where, id=party, treaty=treaty.id)
        members.add(party)
    for party, where in _moving(treaty.left):
        if party not in members:
            yield problem("party-outside", where, id=party, treaty=treaty.id)


def _moving(moves: Iterable[SourcedDate]) -> Iterator[tuple[str, Place]]:
    yield from ((one.party, one.where) for one in moves if one.party)


def dates(known: Treaties) -> Iterator[Problem]:
    """Yield dates of treaties that are not one day, or that come in an order in which they cannot have happened."""
    before: Treaty | None = None
    for treaty in known.treaties:
        ended = (treaty.ended,) if treaty.ended else ()
        for one in treaty.dates():
            if one.date and (len(parse_date(one.date)) != 1):
                yield problem("datum-date", one.where, value=one.date)
        for later in (treaty.in_force, *treaty.joined, *treaty.left, *ended):
            yield from backwards(treaty.signed.date, later.date, later.where)
        for end in ended:
            for earlier in (treaty.in_force, *treaty.joined, *treaty.left):
                yield from backwards(earlier.date, end.date, end.where)
            if end.date and treaty.today.status in (StatusToday.IN_FORCE, StatusToday.SUSPENDED_IN_PART):
                status = str(treaty.today.status)
                yield problem("treaty-standing", treaty.today.where, id=treaty.id, status=status, date=end.date)
        for joined, left in ((one, other) for one in treaty.joined for other in treaty.left):
            if joined.party == left.party:
                yield from backwards(joined.date, left.date, left.where)
        if before and is_later(before.signed.date, treaty.signed.date):
            yield problem("treaty-order", treaty.where, id=treaty.id, before=before.id)
        before = treaty


def treaty_event(event: TreatyEvent, treaty: str, book: Book) -> Iterator[Problem]:
    """Yield what is wrong with the date of an event of a treaty."""
    known = treaties_of(book.study_aids).treaty_by_id
    if treaty not in known:
        yield problem("treaty-unknown", event.where, id=treaty, near=near_miss(treaty, known))
    elif event.date:
        yield problem("event-dated-twice", event.where, id=event.id, treaty=treaty)
    elif not event.dated(book.study_aids):
        moment = " ".join(filter(None, (event.moment or "moment", event.party)))
        yield problem("event-moment", event.where, id=event.id, moment=moment, treaty=treaty)


def printed_dates(known: Treaties, line: DatedLine) -> Iterator[Problem]:
    """Yield dates beside “signed” or “in force” that are not those of the treaty of which the sentence speaks."""
    printed = {date: _milestone(line.text, found) for date, found in line.printed.items()}
    for milestone in _WORDS:
        beside = [date for date, of in printed.items() if of is milestone]
        table = {
            one.date: treaty.id
            for treaty in known.treaties
            for one in treaty.dates_of(milestone)
            if one.date and (line.claims.intersection(treaty.claims) or line.keys.intersection(one.sources))
        }
        # a sentence may date several treaties: one that fits is enough
        if table and beside and not table.keys() & printed.keys():
            date, treaty_id = next(iter(table.items()))
            words = f"{treaty_id}: {milestone} {in_words(date)}"
            yield problem("date-disagrees", line.where, printed=in_words(beside[0]), table=words)


def _milestone(text: str, date: re.Match[str]) -> Milestone | None:
    """Return what a date is the date of: the nearest word of its clause that says so."""
    distances: dict[int, Milestone] = {}
    for milestone, word in _WORDS.items():
        for found in word.finditer(text):
            first, last = sorted((found.span(), date.span()))
            between = text[first[1] : last[0]]
            if len(between) <= _NEAR and not _CLAUSE.search(between):
                distances.setdefault(len(between), milestone)
    return distances[min(distances)] if distances else None
