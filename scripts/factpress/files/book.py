"""Reads the whole book: what stands behind the editions, and the prose as its author wrote it."""

from __future__ import annotations

from pathlib import Path

from factpress.files.bibtex.parse import read_bibliography
from factpress.files.figures import figure_files, read_figures
from factpress.files.ledger import (
    claim_files,
    read_ledger,
    read_outline,
    read_seen,
    read_study_aids,
    study_aid_files,
)
from factpress.files.link_record.lock import LOCK_NAME, read_links
from factpress.files.markdown import read_page
from factpress.files.refused_markup import markup_of_book
from factpress.model.book import Book
from factpress.model.figures.data import figure_kinds
from factpress.model.prose import Page, Prose
from factpress.model.subject import load_subjects
from factpress.problems import Problem, in_order
from factpress.settings import Settings

#: root of a book: what its files held when it was last read, and what was read. Only the
#: Sphinx runs of a build need it, to which nobody can hand a Book
_last_read: dict[Path, tuple[tuple[tuple[Path, bytes], ...], tuple[Book, list[Problem]]]] = {}


def read_book(settings: Settings) -> tuple[Book, list[Problem]]:
    """Return the ledger, outline and sources, as far as they can be read, and every problem met on the way.

    The book that was read last is kept in memory, and returned while its files hold what they held.
    """
    contents = tuple((file, _content(file)) for file in book_files(settings))
    if settings.root not in _last_read or _last_read[settings.root][0] != contents:
        ledger, problems = read_ledger(settings.docs / "claims", settings.root, settings.work / "read")
        outline, provenance, in_outline = read_outline(settings.docs / "article", settings.root)
        sources, in_sources = read_bibliography([settings.root / "references.bib"], settings.root)
        subjects = load_subjects(settings.subjects)
        study_aids, in_aids = read_study_aids(settings.docs, settings.root, subjects)
        figures, in_figures = read_figures(settings.docs / "figures", settings.root, figure_kinds(subjects))
        links, in_links = read_links(settings.docs / "claims" / LOCK_NAME, settings.root)
        seen, in_seen = read_seen(settings.docs / "claims", settings.root)
        book = Book(ledger, outline, provenance, sources, study_aids, figures, links, seen, subjects)
        found = [*problems, *in_outline, *in_sources, *in_aids, *in_figures, *in_links, *in_seen]
        _last_read[settings.root] = (contents, (book, in_order(found)))
    book, found = _last_read[settings.root][1]
    return book, list(found)


def read_prose(settings: Settings) -> tuple[Prose, list[Problem]]:
    """Return every Markdown page of docs/, chapters in the order of their names, and every problem."""
    pages: list[Page] = []
    problems: list[Problem] = []
    markup = markup_of_book(settings)
    for path in prose_files(settings.docs):
        page, found = read_page(path, settings.root, markup)
        problems += found
        if page:
            pages.append(page)
    return Prose(tuple(pages)), in_order(problems)


def prose_files(docs: Path) -> list[Path]:
    """Return the Markdown files of docs/ in order, without what Sphinx and editors keep for themselves."""
    found = (path for path in docs.rglob("*.md"))
    return sorted(p for p in found if not any(part[0] in "._" for part in p.relative_to(docs).parts))


def book_files(settings: Settings) -> list[Path]:
    """Return the files that `read_book` reads, so that a builder can watch them."""
    claims, article = settings.docs / "claims", settings.docs / "article"
    beside = [claims / name for name in ("people.yaml", "signoffs.yaml", "seen.yaml", LOCK_NAME)]
    texts = [article / "outline.yaml", article / "provenance.yaml", settings.root / "references.bib"]
    return [
        *claim_files(claims),
        *beside,
        *texts,
        *study_aid_files(settings.docs, load_subjects(settings.subjects)).values(),
        *figure_files(settings.docs),
    ]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # why is said by who reads it as a record
        return b""
