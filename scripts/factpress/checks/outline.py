"""Checks of the outline: every unit of the article is accounted for, once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpress.checks.claims import check_iso_date
from factpress.model.book import Book
from factpress.model.outline import Unit, normal_form
from factpress.problems import Problem, problem

_ID = re.compile(r"(S\d{2,})\.P(\d+)\.(\d+)")


def check_outline(book: Book) -> Iterator[Problem]:
    """Yield what is wrong with the outline and the provenance."""
    yield from check_units(book)
    yield from check_accounted_for(book)
    yield from check_draft(book)
    if book.provenance:
        yield from check_iso_date(book.provenance.received, book.provenance.where)
        yield from check_disclosure(book)


def check_units(book: Book) -> Iterator[Problem]:
    """Yield units with a bad id, a bad fingerprint, or out of order."""
    sections = {section.id for section in book.outline.sections}
    before: Unit | None = None
    for unit in book.outline.units:
        parts = _ID.fullmatch(unit.id)
        first = book.outline.by_id[unit.id]
        if not parts:
            yield problem("unit-id", unit.where, id=unit.id)
        elif first is not unit:
            yield problem("unit-id-twice", unit.where, id=unit.id, first=first.where)
        elif before and unit_numbers(before) > unit_numbers(unit):
            yield problem("unit-order", unit.where, id=unit.id, before=before.id)
        elif parts[1] not in sections:
            yield problem("unit-section", unit.where, section=parts[1])
        if not re.fullmatch(r"[1-9]\d*", unit.chars):
            yield problem("unit-fingerprint", unit.where, id=unit.id, field="chars", value=unit.chars)
        if not re.fullmatch(r"[\da-f]{64}", unit.sha256):
            yield problem("unit-fingerprint", unit.where, id=unit.id, field="sha256", value=unit.sha256)
        before = unit


def check_accounted_for(book: Book) -> Iterator[Problem]:
    """Yield units that are lost, and units with more than one account."""
    for unit in book.outline.units:
        claims = book.ledger.by_unit.get(unit.id, ())
        field = f"no-claim: {unit.no_claim}" if unit.no_claim else "open" if unit.open else ""
        if unit.no_claim and unit.open:
            yield problem("unit-two-reasons", unit.where, id=unit.id)
        elif claims and field:
            listed = ", ".join(claim.id for claim in claims)
            yield problem("unit-claimed", unit.where, id=unit.id, claims=listed, field=field)
        elif not claims and not field and unit.id not in book.drafted:
            yield problem("unit-lost", unit.where, id=unit.id)


def check_draft(book: Book) -> Iterator[Problem]:
    """Yield proposals for what is no unit, for a unit that has its account already, and two for one unit."""
    for drafted in book.draft:
        unit = book.outline.by_id.get(drafted.unit)
        claims = [claim.id for claim in book.ledger.by_unit.get(drafted.unit, ())]
        if not unit:
            yield problem("draft-unit", drafted.where, unit=drafted.unit)
        elif book.drafted[drafted.unit] is not drafted:
            yield problem("draft-twice", drafted.where, unit=drafted.unit, first=book.drafted[drafted.unit].where)
        elif claims or unit.no_claim or unit.open:
            field = f"no-claim: {unit.no_claim}" if unit.no_claim else "open"
            yield problem("draft-accounted", drafted.where, unit=drafted.unit, account=", ".join(claims) or field)
        elif not drafted.words.isdecimal() or bool(drafted.kind) == bool(drafted.no_claim):
            yield problem("draft-form", drafted.where, unit=drafted.unit)


def check_disclosure(book: Book) -> Iterator[Problem]:
    """Yield a problem where the notice quoted is not, unit by unit, what the article says."""
    quoted = book.provenance.notice if book.provenance else None
    if not quoted:
        return
    text = normal_form(quoted.text)
    for name in quoted.units:
        unit = book.outline.by_id.get(name)
        if not unit or not unit.begins(text):
            yield problem("disclosure-unit", quoted.where, unit=name)
            return
        text = text[int(unit.chars) :].lstrip()
    if text or not quoted.units:
        yield problem("disclosure-unit", quoted.where, unit=", ".join(quoted.units) or "no unit")


def unit_numbers(unit: Unit) -> tuple[int, ...]:
    """Return a unit's section, paragraph and sentence as numbers, for sorting; empty for a bad id."""
    parts = _ID.fullmatch(unit.id)
    return (int(parts[1][1:]), int(parts[2]), int(parts[3])) if parts else ()
