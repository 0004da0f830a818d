"""The book stands beside Sphinx's environment: read once for each application, never pickled, never shared."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace
from workshop import ALL, Workshop

from factpress.sphinxext import context


def test_the_pickled_environment_holds_places_and_no_claim(workshop: Workshop) -> None:
    workshop.build("html")
    stored = (workshop.out / "doctrees" / "environment.pickle").read_bytes()
    assert b"C001" in stored
    ledger = (workshop.docs / "claims" / "01-building.yaml").read_text(encoding="utf-8")
    sentences = [line.split(":", 1)[1].strip().encode() for line in ledger.splitlines() if "claim: " in line]
    assert sentences and not any(sentence in stored for sentence in sentences)


def test_the_book_is_read_once_for_each_application(workshop: Workshop) -> None:
    reads = []

    def counted(settings: Any, real: Any = context.read_book) -> Any:
        reads.append(settings)
        return real(settings)

    with patch.object(context, "read_book", counted):
        for kind in ALL:
            workshop.build(kind)
    assert len(reads) == len(ALL)


def test_two_books_in_one_process_are_kept_apart_and_forgotten(tmp_path: Path) -> None:
    books = []
    with docutils_namespace():
        for name in ("one", "two"):
            workshop = Workshop(tmp_path / name)
            workshop.edit("pyproject.toml", 'title = "The Bridge at Arden"', f'title = "Book {name}"')
            books.append(Sphinx(workshop.docs, workshop.docs, workshop.out, workshop.out, "dummy", status=None))
    assert [context.book_context(app.env).settings.title for app in books] == ["Book one", "Book two"]
    forgotten = weakref.ref(context.book_context(books[0].env))
    del books[0]
    gc.collect()
    assert forgotten() is None
