"""Checks of the study aids as data: ids, what each record refers to, and where each datum is from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from factpress.files.yaml.records import near_miss
from factpress.model.book import Book
from factpress.model.record_fields import record_fields, record_title
from factpress.model.study.aids import Event, Question, Term
from factpress.model.study.study_aids import Datum, StudyAids, is_sourced
from factpress.model.study.treaty import Dated, KeyArticle, Party, Standing, Treaty
from factpress.problems import Place, Problem, problem

_FORMS = {Party: r"[A-Z][A-Z0-9]+", Question: r"Q\d{3,}"}
_NAMES = {Dated: "date", KeyArticle: "article", Standing: "status"}  #: of what is part of a record
_FORM = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def check_study_aids(book: Book) -> Iterator[Problem]:
    """Yield ids that are wrong, references that lead nowhere and data without a source."""
    yield from ids(book.study_aids)
    yield from parties(book.study_aids)
    yield from claims(book)
    for datum in book.study_aids.data():
        yield from origin(datum)


def ids(aids: StudyAids) -> Iterator[Problem]:
    """Yield ids that are malformed, or given twice in one file."""
    for file in record_fields(StudyAids).values():
        first: dict[str, Place] = {}
        for record in getattr(aids, file.name):
            what = record_title(file.kind)
            if not re.fullmatch(_FORMS.get(file.kind, _FORM), record.id):
                yield problem("apparatus-id", record.where, id=record.id, what=what)
            elif first.setdefault(record.id, record.where) is not record.where:
                yield problem("apparatus-id-twice", record.where, id=record.id, what=what, first=first[record.id])


def parties(aids: StudyAids) -> Iterator[Problem]:
    """Yield parties of treaties and events that the list of parties does not have, and parties of no treaty."""
    bound = set()
    for treaty in aids.treaties:
        moves = _moving((*treaty.joined, *treaty.left))
        for party, where in [*((party, treaty.where) for party in treaty.parties), *moves]:
            bound.add(party)
            yield from _unknown(party, aids.party_by_id, "party-unknown", where)
        yield from _membership(treaty)
    for one in aids.parties:
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


def _moving(moves: Iterable[Dated]) -> Iterator[tuple[str, Place]]:
    yield from ((one.party, one.where) for one in moves if one.party)


def claims(book: Book) -> Iterator[Problem]:
    """Yield claims that are named and that the ledger does not have."""
    study = book.study_aids
    records: tuple[Treaty | Event | Term | Question, ...]
    records = (*study.treaties, *study.timeline, *study.glossary, *study.questions)
    for record in records:
        for claim in record.claims:
            yield from _unknown(claim, book.ledger.by_id, "claim-unknown", record.where)


def origin(datum: Datum) -> Iterator[Problem]:
    """Yield a problem if a datum does not say where it is from, or has neither a value nor a reason why not."""
    what = _NAMES.get(type(datum), record_title(type(datum)))
    may_be_empty = isinstance(datum, Dated | KeyArticle)
    value = datum.date if isinstance(datum, Dated) else datum.says if isinstance(datum, KeyArticle) else "set"
    if not value and not datum.open:
        yield problem("datum-empty", datum.where, what=what)
    elif value and datum.open and may_be_empty:
        yield problem("datum-open", datum.where, what=what)
    elif not datum.open and not is_sourced(datum):
        yield problem("datum-unsourced", datum.where, what=what)


def _unknown(name: str, known: Iterable[str], code: str, where: Place) -> Iterator[Problem]:
    if name not in known:
        yield problem(code, where, id=name, near=near_miss(name, known))
