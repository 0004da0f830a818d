"""The study aids as a whole: what lies in `docs/back`, each field a file.

The files are read, written and described by the records' declarations, as the ledger is (`model.claim`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from factpress.model.study.aids import Event, IndexTerm, Level, Question, Reading, Term, finder, fold
from factpress.model.study.treaty import Dated, KeyArticle, Party, Standing, Treaty
from factpress.problems import Place

Datum = Dated | KeyArticle | Standing | Event | Term | Question


def is_sourced(datum: Datum) -> bool:
    """Return whether a datum says where it is from: by its sources, or an answer by the claims that it rests on."""
    return bool(datum.sources or (isinstance(datum, Question) and datum.claims))


@dataclass(frozen=True, kw_only=True)
class StudyAids:
    """Everything in `docs/back` that helps to study; each field is a file, and empty without it."""

    parties: tuple[Party, ...] = ()
    treaties: tuple[Treaty, ...] = ()
    timeline: tuple[Event, ...] = ()
    glossary: tuple[Term, ...] = ()
    questions: tuple[Question, ...] = ()
    reading: tuple[Reading, ...] = ()
    index_terms: tuple[IndexTerm, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how much there is of everything, what is left open, and what does not say where it is from."""
        data = list(self.data())
        return {
            "treaties": len(self.treaties),
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
    def party_by_id(self) -> Mapping[str, Party]:
        """Return parties by id."""
        return {party.id: party for party in self.parties}

    @cached_property
    def treaty_by_id(self) -> Mapping[str, Treaty]:
        """Return treaties by id."""
        return {treaty.id: treaty for treaty in self.treaties}

    @cached_property
    def term_by_id(self) -> Mapping[str, Term]:
        """Return terms of the glossary by id."""
        return {term.id: term for term in self.glossary}

    @cached_property
    def term_by_form(self) -> Mapping[str, Term]:
        """Return terms by each of their forms, folded; of a form defined twice, the first."""
        found: dict[str, Term] = {}
        for term in self.glossary:
            for form in term.forms:
                found.setdefault(fold(form), term)
        return found

    @cached_property
    def _any_term(self) -> re.Pattern[str]:
        return finder(form for term in self.glossary for form in term.forms)

    def terms_in(self, text: str) -> Iterator[tuple[Term, re.Match[str]]]:
        """Yield the terms that a text uses, with their places; words inside a longer term are no use of a shorter."""
        for found in self._any_term.finditer(text) if self.glossary else ():
            yield self.term_by_form[fold(found[0])], found

    def term(self, target: str) -> Term | None:
        """Return the term that a mark names by its id or by one of its forms."""
        return self.term_by_id.get(target) or self.term_by_form.get(fold(target))

    def questions_of(self, chapter: str, *levels: Level) -> tuple[Question, ...]:
        """Return the questions on a chapter, of these levels or of all, in the order of the file."""
        return tuple(q for q in self.questions if q.chapter == chapter and (not levels or q.level in levels))

    def dated(self, event: Event) -> Dated | None:
        """Return an event's date with its sources; None for an event of a treaty that has no such date."""
        if not event.treaty:
            return Dated(date=event.date, open=event.open, sources=event.sources, where=event.where)
        treaty = self.treaty_by_id.get(event.treaty)
        dates = treaty.moments(event.moment) if treaty and event.moment else ()
        return next((one for one in dates if one.party == event.party), None)

    def cited(self) -> Iterator[tuple[str, Place]]:
        """Yield every key of a source that is named, with the place of the record that names it."""
        for record in (*self.data(), *(event for event in self.timeline if event.treaty)):
            yield from ((key, record.where) for key in record.sources)
        yield from ((work.source, work.where) for work in self.reading if work.source)

    def data(self) -> Iterator[Datum]:
        """Yield everything that must say where it is from, in the order of the files."""
        for treaty in self.treaties:
            ended = (treaty.ended,) if treaty.ended else ()
            dates = (treaty.signed, treaty.in_force, *treaty.joined, *treaty.left, *ended)
            yield from (*dates, treaty.key_article, treaty.today)
        yield from (event for event in self.timeline if not event.treaty)
        yield from self.glossary
        yield from self.questions
