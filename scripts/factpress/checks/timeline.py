"""Checks of dates: each is one, none runs backwards, and a treaty's stand in the table of treaties only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factpress.files.yaml.records import near_miss
from factpress.model.book import Book
from factpress.model.dates import parse_date
from factpress.model.study.aids import Event
from factpress.model.study.study_aids import StudyAids
from factpress.model.study.treaty import Today, Treaty
from factpress.problems import Place, Problem, problem

Day = tuple[int, ...]


def check_timeline(book: Book) -> Iterator[Problem]:
    """Yield what is wrong with the dates of treaties and events."""
    yield from treaties(book.study_aids)
    for event in book.study_aids.timeline:
        yield from dating(event, book.study_aids)
    yield from order(book.study_aids)


def treaties(aids: StudyAids) -> Iterator[Problem]:
    """Yield dates of treaties that are none, or that come in an order in which they cannot have happened."""
    before: Treaty | None = None
    for treaty in aids.treaties:
        ended = (treaty.ended,) if treaty.ended else ()
        for one in (treaty.signed, treaty.in_force, *treaty.joined, *treaty.left, *ended):
            if one.date and (len(parse_date(one.date)) != 1):
                yield problem("datum-date", one.where, value=one.date)
        for later in (treaty.in_force, *treaty.joined, *treaty.left, *ended):
            yield from _backwards(treaty.signed.date, later.date, later.where)
        for end in ended:
            for earlier in (treaty.in_force, *treaty.joined, *treaty.left):
                yield from _backwards(earlier.date, end.date, end.where)
            if end.date and treaty.today.status in (Today.IN_FORCE, Today.SUSPENDED_IN_PART):
                status = str(treaty.today.status)
                yield problem("treaty-standing", treaty.today.where, id=treaty.id, status=status, date=end.date)
        for joined, left in ((one, other) for one in treaty.joined for other in treaty.left):
            if joined.party == left.party:
                yield from _backwards(joined.date, left.date, left.where)
        if before and _is_later(before.signed.date, treaty.signed.date):
            yield problem("treaty-order", treaty.where, id=treaty.id, before=before.id)
        before = treaty


def dating(event: Event, aids: StudyAids) -> Iterator[Problem]:
    """Yield what is wrong with the date of one event."""
    if event.treaty and event.treaty not in aids.treaty_by_id:
        near = near_miss(event.treaty, aids.treaty_by_id)
        yield problem("treaty-unknown", event.where, id=event.treaty, near=near)
    elif event.treaty and event.date:
        yield problem("event-dated-twice", event.where, id=event.id, treaty=event.treaty)
    elif event.treaty and not aids.dated(event):
        moment = " ".join(filter(None, (event.moment or "moment", event.party)))
        yield problem("event-moment", event.where, id=event.id, moment=moment, treaty=event.treaty)
    elif not event.treaty and not event.date:
        yield problem("event-undated", event.where, id=event.id)
    elif event.date:
        parts = event.date.split("/")
        if len(parts) > 2 or not all(parse_date(part) for part in parts):
            yield problem("datum-date", event.where, value=event.date)
        elif len(parts) == 2:
            yield from _backwards(parts[0], parts[1], event.where)


def order(aids: StudyAids) -> Iterator[Problem]:
    """Yield events that stand after a later one; an event without a known day may stand anywhere in its time."""
    before: Event | None = None
    for event in aids.timeline:
        date = _date(event, aids)
        if before and _is_later(_date(before, aids), date):
            yield problem("timeline-order", event.where, id=event.id, before=before.id)
        before = event if date else before


def _date(event: Event, aids: StudyAids) -> str | None:
    dated = aids.dated(event)
    return dated.date if dated else None


def _backwards(start: str | None, end: str | None, where: Place) -> Iterator[Problem]:
    if _is_later(start, end):
        yield problem("range-backwards", where, start=start, end=end)


def _is_later(one: str | None, other: str | None) -> bool:
    """Return whether a date is surely later than another: a month is not later than a day in it."""
    first, second = _start(one), _start(other)
    shared = min(len(first), len(second))
    return first[:shared] > second[:shared]


def _start(text: str | None) -> Day:
    dates: Iterable[Day] = parse_date((text or "").partition("/")[0])
    return next(iter(dates), ())
