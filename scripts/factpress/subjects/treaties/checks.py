"""Checks of treaties: parties that are known, dates in a possible order, and dates in the prose.

A sentence of a chapter is tied to a treaty by the claims it marks or by a source it cites for that date. Where it
prints a full date beside “signed” or “in force”, that is the date of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from factpress.checks.timeline import DatedSentence, check_date_order, dated_sentences, is_later
from factpress.files.yaml.records import did_you_mean
from factpress.model.book import Book
from factpress.model.dates import in_words, parse_dates
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
    treaties = treaties_of(book.study_aids)
    yield from check_parties(treaties)
    yield from check_treaty_dates(treaties)
    for event in book.study_aids.timeline:
        if isinstance(event, TreatyEvent) and event.treaty:
            yield from check_treaty_event(event, event.treaty, book)
    for line in dated_sentences(prose):
        yield from check_printed_dates(treaties, line)


def check_parties(treaties: Treaties) -> Iterator[Problem]:
    """Yield parties of treaties and events that the list of parties does not have, and parties of no treaty."""
    bound = set()
    for treaty in treaties.treaties:
        moves = _moving((*treaty.joined, *treaty.left))
        for party, where in [*((party, treaty.where) for party in treaty.parties), *moves]:
            bound.add(party)
            if party not in treaties.party_by_id:
                yield problem("party-unknown", where, id=party, near=did_you_mean(party, treaties.party_by_id))
        yield from _membership(treaty)
    for party_record in treaties.parties:
        if party_record.id not in bound:
            yield problem("party-unused", party_record.where, id=party_record.id)


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
    yield from ((move.party, move.where) for move in moves if move.party)


def check_treaty_dates(treaties: Treaties) -> Iterator[Problem]:
    """Yield dates of treaties that are not one day, or that come in an order in which they cannot have happened."""
    before: Treaty | None = None
    for treaty in treaties.treaties:
        ended = (treaty.ended,) if treaty.ended else ()
        for date in treaty.dates():
            if date.date and (len(parse_dates(date.date)) != 1):
                yield problem("datum-date", date.where, value=date.date)
        for later in (treaty.in_force, *treaty.joined, *treaty.left, *ended):
            yield from check_date_order(treaty.signed.date, later.date, later.where)
        for end in ended:
            for earlier in (treaty.in_force, *treaty.joined, *treaty.left):
                yield from check_date_order(earlier.date, end.date, end.where)
            if end.date and treaty.today.status in (StatusToday.IN_FORCE, StatusToday.SUSPENDED_IN_PART):
                status = str(treaty.today.status)
                yield problem("treaty-standing", treaty.today.where, id=treaty.id, status=status, date=end.date)
        for joined, left in product(treaty.joined, treaty.left):
            if joined.party == left.party:
                yield from check_date_order(joined.date, left.date, left.where)
        if before and is_later(before.signed.date, treaty.signed.date):
            yield problem("treaty-order", treaty.where, id=treaty.id, before=before.id)
        before = treaty


def check_treaty_event(event: TreatyEvent, treaty: str, book: Book) -> Iterator[Problem]:
    """Yield what is wrong with the date of an event of a treaty."""
    treaties = treaties_of(book.study_aids).treaty_by_id
    if treaty not in treaties:
        yield problem("treaty-unknown", event.where, id=treaty, near=did_you_mean(treaty, treaties))
    elif event.date:
        yield problem("event-dated-twice", event.where, id=event.id, treaty=treaty)
    elif not event.dated(book.study_aids):
        moment = " ".join(filter(None, (event.moment or "moment", event.party)))
        yield problem("event-moment", event.where, id=event.id, moment=moment, treaty=treaty)


def check_printed_dates(treaties: Treaties, line: DatedSentence) -> Iterator[Problem]:
    """Yield dates beside “signed” or “in force” that are not those of the treaty of which the sentence speaks."""
    printed = {date: _milestone(line.text, match) for date, match in line.printed.items()}
    for milestone in _WORDS:
        beside = [date for date, nearest in printed.items() if nearest is milestone]
        table = {
            sourced.date: treaty.id
            for treaty in treaties.treaties
            for sourced in treaty.dates_of(milestone)
            if sourced.date and (line.claims.intersection(treaty.claims) or line.keys.intersection(sourced.sources))
        }
        # a sentence may date several treaties: one that fits is enough
        if table and beside and not table.keys() & printed.keys():
            date, treaty_id = next(iter(table.items()))
            words = f"{treaty_id}: {milestone} {in_words(date)}"
            yield problem("date-disagrees", line.where, printed=in_words(beside[0]), table=words)


def _milestone(text: str, date: re.Match[str]) -> Milestone | None:
    """Return the milestone of a date: that of the nearest word for one in its clause."""
    distances: dict[int, Milestone] = {}
    for milestone, word in _WORDS.items():
        for match in word.finditer(text):
            first, last = sorted((match.span(), date.span()))
            between = text[first[1] : last[0]]
            if len(between) <= _NEAR and not _CLAUSE.search(between):
                distances.setdefault(len(between), milestone)
    return distances[min(distances)] if distances else None
