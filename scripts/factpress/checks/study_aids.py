"""Checks of the study aids as data: ids, what each record refers to, and where each datum is from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from factpress.files.yaml.records import near_miss
from factpress.model.book import Book
from factpress.model.place import Place
from factpress.model.record_fields import record_fields, record_title
from factpress.model.study.aids import Datum, MayBeOpen
from factpress.model.study.study_aids import is_sourced
from factpress.problems import Problem, problem

_FORM = r"[a-z0-9]+(?:-[a-z0-9]+)*"  #: of an id; a record may say another in `id_form`


def check_study_aids(book: Book) -> Iterator[Problem]:
    """Yield ids that are wrong, references that lead nowhere and data without a source."""
    yield from ids(book)
    yield from claims(book)
    for datum in book.study_aids.data():
        yield from origin(datum)


def ids(book: Book) -> Iterator[Problem]:
    """Yield ids that are malformed, or given twice in one file."""
    for holder in (*book.study_aids.subjects.values(), book.study_aids):
        for file in record_fields(type(holder)).values():
            yield from _ids_of(file.kind, getattr(holder, file.name))


def _ids_of(kind: type, records: Iterable[Any]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    what, form = record_title(kind), getattr(kind, "id_form", _FORM)
    for record in records:
        if not re.fullmatch(form, record.id):
            yield problem("apparatus-id", record.where, id=record.id, what=what)
        elif first.setdefault(record.id, record.where) is not record.where:
            yield problem("apparatus-id-twice", record.where, id=record.id, what=what, first=first[record.id])


def claims(book: Book) -> Iterator[Problem]:
    """Yield claims that are named and that the ledger does not have."""
    for record in book.study_aids.with_claims():
        for claim in record.claims:
            if claim not in book.ledger.by_id:
                near = near_miss(claim, book.ledger.by_id)
                yield problem("claim-unknown", record.where, id=claim, near=near)


def origin(datum: Datum) -> Iterator[Problem]:
    """Yield a problem if a datum does not say where it is from, or has neither a value nor a reason why not."""
    what, may_be_open = record_title(type(datum)), isinstance(datum, MayBeOpen)
    given = not isinstance(datum, MayBeOpen) or datum.given
    if not given and not datum.open:
        yield problem("datum-empty", datum.where, what=what)
    elif given and datum.open and may_be_open:
        yield problem("datum-open", datum.where, what=what)
    elif not datum.open and not is_sourced(datum):
        yield problem("datum-unsourced", datum.where, what=what)
