"""Reads the whole book: the data of the editions, and the prose as its author wrote it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from factpress.files.bibtex.parse import read_bibliography
from factpress.files.figures import figure_files, read_figures
from factpress.files.ledger import (
    claim_files,
    read_draft,
    read_history,
    read_ledger,
    read_outline,
    read_seen,
    read_study_aids,
    study_aid_files,
)
from factpress.files.link_record.lock import LOCK_NAME, read_lock
from factpress.files.markdown import read_page
from factpress.files.parse_cache import cached_read
from factpress.files.refused_markup import markup_of_book
from factpress.model.book import Book
from factpress.model.figures.data import figure_kinds
from factpress.model.prose import Page, Prose
from factpress.model.subject import load_subjects
from factpress.problems import Problem, sorted_problems
from factpress.settings import Settings

#: root of a book and a part of it: the contents of its files when they were last read, and what was read. Between the
#: Sphinx runs of a build no Book can be passed; at the desk a book is read again before each sign-off, and little of it
#: has changed
_last_read: dict[tuple[Path, str], tuple[tuple[tuple[Path, bytes], ...], Any]] = {}


def read_book(settings: Settings) -> tuple[Book, list[Problem]]:
    """Return the ledger, outline and sources, as far as they can be read, and every problem met on the way.

    What was read last is kept in memory, part by part, and returned while its files hold what they held.
    """
    claims, root, keep = settings.docs / "claims", settings.root, settings.work / "read"
    subjects = load_subjects(settings.subjects)
    files = _files_by_part(settings)
    read: dict[str, Callable[[], tuple[Any, ...]]] = {
        "ledger": lambda: read_ledger(claims, root, keep),
        "article": lambda: read_outline(settings.docs / "article", root),
        "draft": lambda: read_draft(settings.docs / "article", root, keep),
        "sources": lambda: cached_read(
            keep, root / "references.bib", lambda: read_bibliography([root / "references.bib"], root)
        ),
        "study": lambda: read_study_aids(settings.docs, root, subjects, keep),
        "figures": lambda: read_figures(settings.docs / "figures", root, figure_kinds(subjects)),
        "links": lambda: read_lock(claims / LOCK_NAME, root),
        "seen": lambda: read_seen(claims, root, keep),
        "history": lambda: read_history(claims, root, keep),
    }
    parts = {name: _unless_same((root, name), files[name], read_part) for name, read_part in read.items()}
    problems = [found for part in parts.values() for found in part[-1]]
    kept = (*parts.values(), subjects)
    book, of_parts = _last_book.get(root, (None, ()))
    if book is None or any(one is not other for one, other in zip(kept, of_parts, strict=True)):
        ledger, sources, study = parts["ledger"][0], parts["sources"][0], parts["study"][0]
        figures, links, seen = parts["figures"][0], parts["links"][0], parts["seen"][0]
        outline, provenance = parts["article"][:2]
        history, draft = parts["history"][0], parts["draft"][0]
        book = Book(ledger, outline, provenance, sources, study, figures, links, seen, subjects, history, draft)
        _last_book[root] = book, kept
    return book, sorted_problems(problems)


_last_book: dict[Path, tuple[Book, tuple[object, ...]]] = {}  #: with the parts of which it is made


def _unless_same(name: tuple[Path, str], files: list[Path], read: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
    contents = tuple((file, _content(file)) for file in files)
    if name not in _last_read or _last_read[name][0] != contents:
        _last_read[name] = (contents, read())
    found: tuple[Any, ...] = _last_read[name][1]
    return found


def read_prose(settings: Settings) -> tuple[Prose, list[Problem]]:
    """Return every Markdown page of docs/, chapters in the order of their names, and every problem."""
    pages: list[Page] = []
    problems: list[Problem] = []
    markup = markup_of_book(settings)
    for path in prose_files(settings.docs):
        page, page_problems = read_page(path, settings.root, markup)
        problems += page_problems
        if page:
            pages.append(page)
    return Prose(tuple(pages)), sorted_problems(problems)


def prose_files(docs: Path) -> list[Path]:
    """Return the Markdown files of docs/ in order, without what Sphinx and editors keep for themselves."""
    paths = (path for path in docs.rglob("*.md"))
    return sorted(p for p in paths if not any(part[0] in "._" for part in p.relative_to(docs).parts))


def book_files(settings: Settings) -> list[Path]:
    """Return the files that `read_book` reads, so that a builder can watch them."""
    return [file for part in _files_by_part(settings).values() for file in part]


def _files_by_part(settings: Settings) -> dict[str, list[Path]]:
    claims, article = settings.docs / "claims", settings.docs / "article"
    return {
        "ledger": [*claim_files(claims), claims / "people.yaml", claims / "signoffs.yaml"],
        "links": [claims / LOCK_NAME],
        "seen": [claims / "seen.yaml"],
        "history": [claims / "history.yaml"],
        "article": [article / "outline.yaml", article / "provenance.yaml"],
        "draft": [article / "draft.yaml"],
        "sources": [settings.root / "references.bib"],
        "study": list(study_aid_files(settings.docs, load_subjects(settings.subjects)).values()),
        "figures": figure_files(settings.docs),
    }


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # the reader of its records reports why
        return b""
