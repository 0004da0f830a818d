"""A booklet of whatever a book is: it reads and keeps its promises, or says with file and line what it cannot keep."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from pypdf import PdfReader
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from cleanbook import copy_book, edit
from factpress.press.preflight.booklet import Promised
from factpress.press.preflight.measurement import Measurement, measure_pages
from factpress.problems import BookError
from factpress.sphinxext.builders import volumes
from factpress.volumes import BOOKLET

MARKS = frozenset(("✗5", "–6", "◐2", "◐3"))
BOXES = frozenset(("The article said, the sources say",))
WORDS = "It is as plain as the day that the bridge was built of stone and that nobody wrote down who had cut it. "

Make = Callable[[Path], Path]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return copy_book(tmp_path / "book")


def make(root: Path) -> Path:
    """Build the booklet alone and return its file."""
    told = StringIO()
    with (
        patch.object(volumes, "requested_volumes", lambda _settings: iter([BOOKLET])),
        patch_docutils(str(root / "docs")),
        docutils_namespace(),
    ):
        app = Sphinx(root / "docs", root / "docs", root / "out", root / "trees", "pdf", status=None, warning=told)
        app.build()
    assert told.getvalue() == ""
    return root / "out" / "arden-bridge.pdf"


def measured(pdf: Path, limit: int = 0) -> Measurement:
    return measure_pages(pdf, "booklet.pdf", Promised(limit, "", MARKS, BOXES, frozenset(("Notes",)), is_folded=True))


def codes(pdf: Path, limit: int = 0) -> list[str]:
    return sorted({problem.code for problem in measured(pdf, limit).problems if problem.is_error})


def text(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def test_long_words_where_a_book_has_short_ones_still_make_a_booklet(book: Path) -> None:
    title = " ".join(["The bridge at Arden, its builders and its weight"] * 4)[:200].strip()
    site = "https://example.org/" + "/".join(["a-long-part-of-an-address"] * 11)[:278]
    edit(book, "pyproject.toml", 'title = "The Bridge at Arden"', f'title = "{title}"\nsite = "{site}"')
    edit(book, "docs/chapters/02-today.md", "# The bridge today", f"# {title} today")
    long = f"It is the second oldest. {WORDS * 4}".strip()  # some 80 words
    edit(book, "docs/claims/02-today.yaml", "It is the second oldest bridge of stone in the county.", long)
    pdf = make(book)
    assert codes(pdf) == []
    said = text(pdf)
    assert len(PdfReader(pdf).pages) % 4 == 0 and said.count("as plain as the day") == 4
    # no code that a telephone could not read: the words say where the evidence is
    assert "arden-bridge-record.pdf" in said and "QR code" not in said


def test_a_box_taller_than_a_page_is_broken_and_a_note_longer_than_its_page_is_a_problem(book: Path) -> None:
    edit(
        book,
        "docs/chapters/02-today.md",
        "## What the sources say",
        ":::{article-said} C005\n:::\n\n## What the sources say",
    )
    edit(
        book, "docs/claims/02-today.yaml", "An older stone bridge stands six miles up the river.", (WORDS * 60).strip()
    )
    assert codes(make(book)) == ["pdf-box-broken"]
    edit(book, "docs/chapters/02-today.md", ":::{article-said} C005\n:::\n\n", "")
    long = (WORDS * 90).strip()
    edit(book, "docs/claims/02-today.yaml", "It is the second oldest bridge of stone in the county.", long)
    with pytest.raises(SphinxError) as caught:
        make(book)
    cause = caught.value.__cause__
    assert isinstance(cause, BookError)
    assert {(p.code, p.where.file) for p in cause.problems} == {("pdf-too-large", "docs/chapters/02-today.md")}


def test_thirty_chapters_are_built_and_said_to_be_too_many_pages(book: Path) -> None:
    for number in range(3, 31):
        chapter = f"# Chapter of number {number}\n\n## A section\n\n{WORDS}\n"
        (book / "docs" / "chapters" / f"{number:02}-more.md").write_text(chapter, encoding="utf-8")
    pdf = make(book)
    pages = len(PdfReader(pdf).pages)
    assert pages > 30 and pages % 4 == 0 and codes(pdf, limit=16) == ["pdf-pages"]
    (over,) = [problem for problem in measured(pdf, limit=16).problems if problem.code == "pdf-pages"]
    assert f"{pages} pages are {pages - 16} more than the limit of 16" in over.message
    contents = PdfReader(pdf).pages[2].extract_text()
    assert "30 Chapter of number 30" in text(pdf) and "Chapter of number 3" in contents


def test_a_book_of_its_first_page_alone_is_a_booklet(book: Path) -> None:
    for folder in ("chapters", "back"):
        for file in (book / "docs" / folder).glob("*.md"):
            file.unlink()
    (book / "docs" / "index.md").write_text("# The Bridge at Arden\n\n:::{title-page}\n:::\n", encoding="utf-8")
    for ledger in (book / "docs" / "claims").glob("0*.yaml"):
        ledger.unlink()
    pdf = make(book)
    assert "The Bridge at Arden" in text(pdf)
