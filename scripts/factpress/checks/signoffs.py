"""Checks of people and sign-offs: only a named person signs, never their own finding, and for exact content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpress.checks.claims import check_iso_date
from factpress.model.book import Book
from factpress.model.digest import VERSION
from factpress.model.signoff import SignOff
from factpress.model.vocabulary import Role
from factpress.problems import Problem, problem

_COVERED = re.compile(rf"{VERSION}:[\da-f]{{64}}")


def check_signoffs(book: Book) -> Iterator[Problem]:
    """Yield what is wrong with people.yaml and signoffs.yaml."""
    first = {person.id: person for person in reversed(book.ledger.people)}
    for person in book.ledger.people:
        if first[person.id] is not person:
            yield problem("person-id-twice", person.where, id=person.id, first=first[person.id].where)
    for entry in book.ledger.signoffs:
        yield from check_sign_off(entry, book)


def check_sign_off(entry: SignOff, book: Book) -> Iterator[Problem]:
    """Yield what is wrong with one sign-off; that its content has changed since is a review state, not a problem."""
    claim = book.ledger.by_id.get(entry.claim)
    if not claim:
        yield problem("sign-off-claim", entry.where, id=entry.claim)
    if entry.by not in book.ledger.people_by_id:
        yield problem("sign-off-person", entry.where, id=entry.by)
    elif claim and claim.finding and claim.finding.proposed_by.id == entry.by:
        yield problem("sign-off-own", entry.where, id=entry.by, claim=entry.claim)
    if entry.role is Role.ADJUDICATOR and not entry.note:
        yield problem("sign-off-note", entry.where, id=entry.by, claim=entry.claim)
    yield from check_iso_date(entry.date, entry.where)
    for part in ("claim", "finding", "evidence"):
        value = getattr(entry.covers, part)
        if not _COVERED.fullmatch(value):
            yield problem("sign-off-covers", entry.covers.where, part=part, value=value)
