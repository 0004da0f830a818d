"""Checks of the study aids: as data (ids, references, where each datum is from) and against the pages that use them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from factpress.files.yaml.records import did_you_mean
from factpress.model.book import Book
from factpress.model.place import Place
from factpress.model.prose import Page, Prose
from factpress.model.record_fields import record_fields, record_title
from factpress.model.study.records import Datum, IndexTerm, Level, MayBeOpen, Question, Term, fold_case, forms_pattern
from factpress.model.study.study_aids import StudyAids, is_sourced
from factpress.problems import Problem, problem

ALL = "all"  #: questions on the whole book
TO_CONSULT = "to-consult"  #: page of the works that were not seen
_FORM = r"[a-z0-9]+(?:-[a-z0-9]+)*"  #: of an id; a record may say another in `id_form`


def check_study_aids(book: Book) -> Iterator[Problem]:
    """Yield ids that are wrong, references that lead nowhere and data without a source."""
    yield from check_study_ids(book)
    yield from check_named_claims(book)
    for datum in book.study_aids.data():
        yield from check_datum(datum)


def check_study_ids(book: Book) -> Iterator[Problem]:
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


def check_named_claims(book: Book) -> Iterator[Problem]:
    """Yield claims named by study aids that the ledger does not have."""
    for record in book.study_aids.with_claims():
        for claim in record.claims:
            if claim not in book.ledger.by_id:
                near = did_you_mean(claim, book.ledger.by_id)
                yield problem("claim-unknown", record.where, id=claim, near=near)


def check_datum(datum: Datum) -> Iterator[Problem]:
    """Yield a problem if a datum does not say where it is from, or has neither a value nor a reason why not."""
    what, may_be_open = record_title(type(datum)), isinstance(datum, MayBeOpen)
    given = not isinstance(datum, MayBeOpen) or datum.given
    if not given and not datum.open:
        yield problem("datum-empty", datum.where, what=what)
    elif given and datum.open and may_be_open:
        yield problem("datum-open", datum.where, what=what)
    elif not datum.open and not is_sourced(datum):
        yield problem("datum-unsourced", datum.where, what=what)


def check_study_pages(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield what the glossary, the questions, the reading list and the index promise and the pages do not hold."""
    yield from check_terms(book.study_aids, prose)
    yield from check_first_uses(book.study_aids, prose)
    yield from check_questions(book.study_aids, prose)
    yield from check_reading_list(book.study_aids, prose)
    yield from check_index(book.study_aids, prose)


def check_terms(aids: StudyAids, prose: Prose) -> Iterator[Problem]:
    """Yield terms defined twice or nowhere, used nowhere, or leading to a term that is not there."""
    marked = set()
    for mark in (mark for page in prose.book for mark in page.terms):
        term = aids.term(mark.target)
        if term:
            marked.add(term.id)
        else:
            near = did_you_mean(fold_case(mark.target), aids.term_by_form)
            yield problem("term-undefined", mark.where, term=mark.target, near=near)
    for term in aids.glossary:
        for form in term.forms:
            first = aids.term_by_form[fold_case(form)]
            if first is not term:
                yield problem("term-twice", term.where, term=form, first=first.where)
        if term.id not in marked:
            yield problem("term-unused", term.where, term=term.term)
        yield from _see(term, aids.term_by_id)


def check_first_uses(aids: StudyAids, prose: Prose) -> Iterator[Problem]:
    """Yield the first paragraph of a chapter that uses a term without its mark."""
    for chapter in prose.chapters:
        met: set[str] = set()
        for paragraph in chapter.paragraphs:
            marked = {term.id for mark in paragraph.terms if (term := aids.term(mark.target))}
            for term in dict.fromkeys(term for term, _ in aids.terms_in(paragraph.text)):
                if term.id not in met | marked:
                    yield problem("term-unlinked", paragraph.where, term=term.term, id=term.id)
                met.add(term.id)


def check_questions(aids: StudyAids, prose: Prose) -> Iterator[Problem]:
    """Yield questions on an unknown chapter, that no page asks, or whose answer no page gives."""
    chapters = {page.stem: page for page in prose.chapters}
    answers = any(page.directives_named("answers") for page in prose.book)
    for question in aids.questions:
        chapter = chapters.get(question.chapter)
        if not chapter and question.chapter != ALL:
            near = did_you_mean(question.chapter, chapters)
            yield problem("question-chapter", question.where, id=question.id, chapter=question.chapter, near=near)
            continue
        if question.number not in (None, chapter.number if chapter else 0):
            yield problem("question-number", question.where, id=question.id, chapter=question.chapter)
        if not any(_asks(page, question) for page in prose.book):
            yield problem("question-unasked", question.where, id=question.id, what=_box(question))
        if not answers:
            yield problem("question-unanswered", question.where, id=question.id)


def check_reading_list(aids: StudyAids, prose: Prose) -> Iterator[Problem]:
    """Yield works of the reading list that are neither a source nor on the page of works to consult."""
    pages = [page for page in prose.book if page.stem == TO_CONSULT]
    listed = " ".join(fold_case(passage.text) for page in pages for passage in page.passages)
    for work in aids.reading:
        if bool(work.source) == bool(work.work):
            yield problem("reading-work", work.where, id=work.id)
        for named in filter(None, (work.by, work.work)):
            if fold_case(named) not in listed:
                yield problem("reading-unlisted", work.where, work=named)
        for stem in work.chapters:
            if stem not in {chapter.stem for chapter in prose.chapters}:
                yield problem("question-chapter", work.where, id=work.id, chapter=stem, near="")


def check_index(aids: StudyAids, prose: Prose) -> Iterator[Problem]:
    """Yield entries of the index that the chapters never mention, or that stand there twice."""
    texts = [paragraph.text for chapter in prose.chapters for paragraph in chapter.paragraphs]
    whole = "\n".join(texts)
    entries = {entry.id: entry for entry in aids.index_terms}
    first: dict[tuple[str, str], Place] = {}
    for entry in aids.index_terms:
        name = (fold_case(entry.entry), fold_case(entry.sub or ""))
        if first.setdefault(name, entry.where) is not entry.where:
            yield problem("index-twice", entry.where, entry=entry.entry, first=first[name])
        if not entry.see and not forms_pattern(entry.forms).search(whole):
            yield problem("index-unfound", entry.where, entry=entry.entry)
        yield from _see(entry, entries)


def _asks(page: Page, question: Question) -> bool:
    """Return whether a page asks a question: a chapter its own, another page those of its levels."""
    if question.level is Level.CHECK_YOURSELF:
        return page.stem == question.chapter and bool(page.directives_named(_box(question)))
    levels = [box.argument.split() for box in page.directives_named(_box(question))]
    return any(not named or question.level in named for named in levels)


def _box(question: Question) -> str:
    return "check-yourself" if question.level is Level.CHECK_YOURSELF else "questions"


def _see(record: Term | IndexTerm, known: Iterable[str]) -> Iterator[Problem]:
    for name in record.see:
        if name not in known:
            yield problem("see-unknown", record.where, id=record.id, name=name, near=did_you_mean(name, known))
