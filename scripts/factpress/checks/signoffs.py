"""Checks of people and sign-offs: only a named person signs, never their own finding, and for exact content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpress.checks.claims import check_iso_date
from factpress.model.book import Book
from factpress.model.digest import VERSION
from factpress.model.place import Place
from factpress.model.review import reviews_by_claim
from factpress.model.signoff import SignOff
from factpress.model.vocabulary import NoNotice, ReviewState, Role
from factpress.problems import Problem, problem
from factpress.settings import Settings, setting_line

_COVERED = re.compile(rf"{VERSION}:[\da-f]{{64}}")


def check_signoffs(book: Book) -> Iterator[Problem]:
    """Yield what is wrong with people.yaml and signoffs.yaml."""
    first = {person.id: person for person in reversed(book.ledger.people)}
    for person in book.ledger.people:
        if first[person.id] is not person:
            yield problem("person-id-twice", person.where, id=person.id, first=first[person.id].where)
    yield from check_emails(book)
    for entry in book.ledger.signoffs:
        yield from check_sign_off(entry, book)
    for change in book.history:
        if change.claim not in book.ledger.by_id:
            yield problem("history-claim", change.where, id=change.claim)
        yield from check_iso_date(change.date, change.where)


def check_release(book: Book, settings: Settings, today: str) -> Iterator[Problem]:
    """Yield what a release must not have, on an ISO date: too few signed findings, units that are only drafted.

    Nor may it leave open whether the article has a notice of its own.
    """
    reviews = reviews_by_claim(book, settings.policy, today)
    findings = [claim for claim in book.ledger.by_id.values() if claim.finding and not claim.withdrawn]
    signed = sum(reviews[claim.id].state is ReviewState.SIGNED_OFF for claim in findings)
    if 100 * signed < settings.release_signed_percent * len(findings):
        where = Place("pyproject.toml", setting_line(settings.root, "release-signed-percent"))
        values = {"signed": signed, "findings": len(findings), "percent": settings.release_signed_percent}
        yield problem("release-unsigned", where, **values)
    if book.provenance and book.provenance.disclosure is NoNotice.UNSETTLED:
        yield problem("release-unsettled", book.provenance.where)
    for unit in book.drafted_units:
        yield problem("release-drafted", book.drafted[unit.id].where, unit=unit.id)


def check_emails(book: Book) -> Iterator[Problem]:
    """Yield people with an e-mail that somebody else has: by it git says who signs."""
    owners: dict[str, str] = {}
    for person in book.ledger.people:
        shared = [
            email for email in map(str.casefold, person.emails) if owners.setdefault(email, person.id) != person.id
        ]
        if shared:  # the address itself stands in no message: they end up on pages of servers
            yield problem("person-email-twice", person.where, id=person.id, other=owners[shared[0]])


def check_sign_off(entry: SignOff, book: Book) -> Iterator[Problem]:
    """Yield what is wrong with one sign-off; that its content has changed since is a review state, not a problem."""
    claim = book.ledger.by_id.get(entry.claim)
    if not claim:
        yield problem("sign-off-claim", entry.where, id=entry.claim)
    if bool(entry.decision) == bool(entry.asks):
        what = "a decision, and asks too" if entry.asks else "neither a decision nor a request"
        yield problem("sign-off-decision", entry.where, claim=entry.claim, what=what)
    if entry.entered_by and entry.entered_by not in book.ledger.people_by_id:
        yield problem("sign-off-person", entry.where, id=entry.entered_by)
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
