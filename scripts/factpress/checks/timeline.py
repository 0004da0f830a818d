"""Checks of dates: each is one, none runs backwards, events stand in order, and the prose prints the same dates.

A sentence that cites the source of an event, and prints a day of the same month and no other date that fits, is
reported: the two should be one date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from factpress.model.book import Book
from factpress.model.dates import MONTHS, in_words, parse_dates, parse_day
from factpress.model.place import Place
from factpress.model.prose import Chapter, Prose
from factpress.model.study.records import Event
from factpress.model.study.study_aids import StudyAids
from factpress.problems import Problem, problem

DateNumbers = tuple[int, ...]

_DATE = re.compile(rf"(\d{{1,2}})\s({'|'.join(MONTHS)})\s(\d{{4}})")


def check_timeline(book: Book) -> Iterator[Problem]:
    """Yield what is wrong with the dates of events."""
    for event in book.study_aids.timeline:
        if not event.of_record:
            yield from check_event_date(event)
    yield from check_event_order(book.study_aids)


def check_event_date(event: Event) -> Iterator[Problem]:
    """Yield what is wrong with the date of an event that has its own."""
    if not event.date:
        yield problem("event-undated", event.where, id=event.id)
        return
    parts = event.date.split("/")
    if len(parts) > 2 or not all(parse_dates(part) for part in parts):
        yield problem("datum-date", event.where, value=event.date)
    elif len(parts) == 2:
        yield from check_date_order(parts[0], parts[1], event.where)


def check_event_order(aids: StudyAids) -> Iterator[Problem]:
    """Yield events that stand after a later one; an event without a known day may stand anywhere in its time."""
    before: Event | None = None
    for event in aids.timeline:
        date = _date(event, aids)
        if before and is_later(_date(before, aids), date):
            yield problem("timeline-order", event.where, id=event.id, before=before.id)
        before = event if date else before


def _date(event: Event, aids: StudyAids) -> str | None:
    dated = aids.dated(event)
    return dated.date if dated else None


def check_date_order(start: str | None, end: str | None, where: Place) -> Iterator[Problem]:
    """Yield a problem if an end is earlier than its start, at any precision of the two."""
    if is_later(start, end):
        yield problem("range-backwards", where, start=start, end=end)


def is_later(date: str | None, other: str | None) -> bool:
    """Return whether a date is later than another at any precision: a month is not later than a day in it."""
    first, second = _start(date), _start(other)
    shared = min(len(first), len(second))
    return first[:shared] > second[:shared]


def _start(text: str | None) -> DateNumbers:
    dates: Iterable[DateNumbers] = parse_dates((text or "").partition("/")[0])
    return next(iter(dates), ())


class DatedSentence(NamedTuple):
    """A sentence of a chapter with the full dates that it prints, its claims and its sources."""

    where: Place
    text: str
    printed: Mapping[str, re.Match[str]]  #: by ISO date
    claims: frozenset[str]
    keys: frozenset[str]


def dated_sentences(prose: Prose) -> Iterator[DatedSentence]:
    """Yield the sentences of the chapters that print a full date."""
    for chapter in prose.chapters:
        claims, keys = _by_line(chapter)
        for line, text in chapter.lines.items():
            if printed := {_iso(match): match for match in _DATE.finditer(text)}:
                where = Place(chapter.file, line)
                yield DatedSentence(where, text, printed, claims.get(line, frozenset()), keys.get(line, frozenset()))


def check_dates_in_prose(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield dates of chapters that differ from those of the timeline."""
    for line in dated_sentences(prose):
        for event in book.study_aids.timeline if line.keys else ():
            if not (parse_day(event.date or "") and line.keys.intersection(event.sources)):
                continue
            words = in_words(event.date or "")
            near = sorted(date for date in line.printed if date[:7] == (event.date or "")[:7])
            # the year may stand once for two days
            if near and not re.search(rf"\b{words.rpartition(' ')[0]}\b", line.text):
                yield problem("date-disagrees", line.where, printed=in_words(near[0]), table=f"{event.id}: {words}")


def _by_line(chapter: Chapter) -> tuple[Mapping[int, frozenset[str]], Mapping[int, frozenset[str]]]:
    claims: dict[int, frozenset[str]] = {}
    keys: dict[int, frozenset[str]] = {}
    for mark in chapter.marks:
        claims[mark.where.line] = claims.get(mark.where.line, frozenset()).union(mark.claims)
    for cite in chapter.cites:
        keys[cite.where.line] = keys.get(cite.where.line, frozenset()).union(cite.keys)
    return claims, keys


def _iso(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"
