"""The study aids as a whole: what lies in `docs/back`, each field a file.

The files are read, written and described by the records' declarations, as the ledger is (`model.claim`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from factpress.model.place import Place
from factpress.model.record_fields import NOT_STORED
from factpress.model.study.records import (
    Datum,
    Event,
    IndexTerm,
    Level,
    Question,
    Reading,
    SourcedDate,
    Term,
    fold_case,
    forms_pattern,
)


class WithClaims(Protocol):
    """A record that names claims."""

    @property
    def claims(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def where(self) -> Place: ...  # noqa: D102


class SubjectRecords(Protocol):
    """What lies in `docs/back` of a subject: a record whose fields are files, as those of the study aids are."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Return the number of records, by the words of the command `status`."""

    def data(self) -> Iterator[Datum]:
        """Yield everything that must say where it is from."""

    def with_claims(self) -> Iterator[WithClaims]:
        """Yield the records that name claims."""


def is_sourced(datum: Datum) -> bool:
    """Return whether a datum says where it is from: by its sources, or an answer by the claims that it rests on."""
    return bool(datum.sources or (isinstance(datum, Question) and datum.claims))


@dataclass(frozen=True, kw_only=True)
class StudyAids:
    """Everything in `docs/back` that helps to study; each field is a file, and empty without it."""

    timeline: tuple[Event, ...] = ()
    glossary: tuple[Term, ...] = ()
    questions: tuple[Question, ...] = ()
    reading: tuple[Reading, ...] = ()
    index_terms: tuple[IndexTerm, ...] = ()
    subjects: Mapping[str, SubjectRecords] = field(default_factory=dict, metadata={NOT_STORED: True})  #: by name

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how much there is of everything, what is left open, and what does not say where it is from."""
        data = list(self.data())
        return {
            **{name: count for records in self.subjects.values() for name, count in records.counts.items()},
            "events": len(self.timeline),
            "terms": len(self.glossary),
            "questions": len(self.questions),
            "works to read": len(self.reading),
            "index entries": len(self.index_terms),
            "data": len(data),
            "left open": sum(bool(datum.open) for datum in data),
            "without a source": sum(not datum.open and not is_sourced(datum) for datum in data),
        }

    @cached_property
    def term_by_id(self) -> Mapping[str, Term]:
        """Return terms of the glossary by id."""
        return {term.id: term for term in self.glossary}

    @cached_property
    def term_by_form(self) -> Mapping[str, Term]:
        """Return terms by each of their forms, folded; of a form defined twice, the first."""
        by_form: dict[str, Term] = {}
        for term in self.glossary:
            for form in term.forms:
                by_form.setdefault(fold_case(form), term)
        return by_form

    @cached_property
    def _any_term(self) -> re.Pattern[str]:
        return forms_pattern(form for term in self.glossary for form in term.forms)

    def terms_in(self, text: str) -> Iterator[tuple[Term, re.Match[str]]]:
        """Yield the terms that a text uses, with their places; words inside a longer term do not count twice."""
        for match in self._any_term.finditer(text) if self.glossary else ():
            yield self.term_by_form[fold_case(match[0])], match

    def term(self, target: str) -> Term | None:
        """Return the term that a mark names by its id or by one of its forms."""
        return self.term_by_id.get(target) or self.term_by_form.get(fold_case(target))

    def questions_of(self, chapter: str, *levels: Level) -> tuple[Question, ...]:
        """Return the questions on a chapter, of these levels or of all, in the order of the file."""
        return tuple(q for q in self.questions if q.chapter == chapter and (not levels or q.level in levels))

    def dated(self, event: Event) -> SourcedDate | None:
        """Return an event's date with its sources; None for an event of a record that has no such date."""
        return event.dated(self)

    def cited(self) -> Iterator[tuple[str, Place]]:
        """Yield every key of a source that is named, with the place of the record that names it."""
        for record in (*self.data(), *(event for event in self.timeline if event.of_record)):
            yield from ((key, record.where) for key in record.sources)
        yield from ((work.source, work.where) for work in self.reading if work.source)

    def data(self) -> Iterator[Datum]:
        """Yield everything that must say where it is from, in the order of the files."""
        for records in self.subjects.values():
            yield from records.data()
        yield from self.own_data()

    def own_data(self) -> Iterator[Event | Term | Question]:
        """Yield what no subject brings, and what must say where it is from."""
        yield from (event for event in self.timeline if not event.of_record)
        yield from self.glossary
        yield from self.questions

    def with_claims(self) -> Iterator[WithClaims]:
        """Yield all records that name claims."""
        for records in self.subjects.values():
            yield from records.with_claims()
        yield from self.timeline
        yield from self.glossary
        yield from self.questions
