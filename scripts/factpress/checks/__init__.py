"""Checks: generators of problems over a book that has been read; none of them prints, exits or connects.

In the order of a book's parts:

- `article`: a received article against the outline
- `outline`: every unit is accounted for, once
- `claims`: ids, units, findings and their evidence
- `signoffs`: people, and for what exactly they signed
- `signed_changes`: the sign-offs of a branch, against where it began
- `prose`: what the pages say: marks, references, the article's words, languages
- `citations`: what the book cites against its bibliography
- `links`: cited addresses, by what is recorded of them
- `study_aids`: terms, questions, works to read, the index
- `timeline`: dates of events, and dates in the prose
- `figures`: words, data and drawings of the figures
- `pictures`: bitmaps that every edition can show
- `faces`: characters that no face of the book has
- `project`: files that nothing reads, schemas, the edition's date
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pkgutil import resolve_name

from factpress.checks.citations import check_citations
from factpress.checks.claims import check_claims
from factpress.checks.faces import check_faces
from factpress.checks.figures import check_figures
from factpress.checks.links import check_links
from factpress.checks.outline import check_outline
from factpress.checks.pictures import check_drawings, check_pictures
from factpress.checks.project import check_edition, check_links_out, check_schemas, check_unread_files
from factpress.checks.prose.chapters import check_chapters
from factpress.checks.prose.languages import check_languages
from factpress.checks.prose.own_words import check_own_words
from factpress.checks.prose.references import check_references
from factpress.checks.signoffs import check_signoffs
from factpress.checks.study_aids import check_study_aids, check_study_pages
from factpress.checks.timeline import check_dates_in_prose, check_timeline
from factpress.files.book import read_book, read_prose
from factpress.files.edition_date import edition_date
from factpress.files.figures import chapter_titles
from factpress.model.book import Book
from factpress.model.place import Place
from factpress.model.prose import Prose
from factpress.problems import FileError, Problem, problem, sorted_problems
from factpress.settings import Settings


@dataclass(frozen=True, slots=True)
class CheckedBook:
    """A book with the problems of all checks."""

    problems: list[Problem]  #: in the order of the files
    complete: bool  #: whether all checks ran
    book: Book  #: as it was read, so that callers need not read it again


def check_book(settings: Settings) -> CheckedBook:
    """Return the problems that every check that can run yields, with the book as it was read.

    Checks that compare files with each other run only when the ledger, the outline and the pages can all be read: what
    an unreadable file lacks is not reported against the others.
    """
    book, unread = read_book(settings)
    prose, unread_pages = read_prose(settings)
    problems = [*unread, *unread_pages, *check_schemas(settings), *check_unread_files(settings)]
    problems += [*_check_date(settings), *check_links_out(settings)]
    in_bibliography = [p for p in unread if p.where.file.endswith(".bib")]
    sources_read = not any(p.is_error for p in in_bibliography)
    if readable := len(in_bibliography) == len(unread) and not _not_read(unread_pages):
        problems += run_checks(book, prose, with_sources=sources_read)
        problems += check_figures(book, prose, chapter_titles(settings.docs))
        problems += check_references(prose, settings)
        problems += check_pictures(prose, settings)
        problems += check_drawings(book, prose, settings)
        problems += check_faces(book, prose, settings)
        problems += check_languages(book, prose, settings)
        problems += check_edition(book, prose, settings)
    return CheckedBook(sorted_problems(problems), readable and sources_read, book)


def _check_date(settings: Settings) -> Iterator[Problem]:
    """Yield a problem if the editions have no date."""
    try:
        edition_date(settings)
    except FileError as error:
        yield problem("edition-date", Place("CHANGELOG.md"), why=error)


def run_checks(book: Book, prose: Prose, *, with_sources: bool = True) -> Iterator[Problem]:
    """Yield the problems of a book whose files could all be read; `with_sources`: the bibliography too."""
    yield from check_claims(book)
    yield from check_outline(book)
    yield from check_signoffs(book)
    yield from check_chapters(book, prose)
    yield from check_study_aids(book)
    yield from check_timeline(book)
    yield from check_study_pages(book, prose)
    yield from check_dates_in_prose(book, prose)
    for subject in book.subjects:
        for check_subject in subject.checks:
            yield from resolve_name(check_subject)(book, prose)
    yield from check_own_words(book, prose)
    if with_sources:
        yield from check_citations(book, prose)
        yield from check_links(book)


def _not_read(problems: Iterable[Problem]) -> bool:
    return any(p.code in ("not-readable", "not-permitted", "not-utf8") for p in problems)
