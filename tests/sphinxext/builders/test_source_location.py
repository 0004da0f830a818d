"""What is wrong with a laid-out page is reported where an editor can fix it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanbook import copy_book, edit
from factpress.model.place import Place
from factpress.problems import problem
from factpress.settings import read_settings
from factpress.sphinxext.builders.source_location import located_in_source


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return copy_book(tmp_path / "book")


def place(book: Path, code: str, **values: str) -> str:
    sources = {"build/x.html": book / "docs" / "chapters" / "01-building.md"}
    found = problem(code, Place("build/x.html", 7), **values)
    return str(located_in_source(found, sources, read_settings(book)).where)


def test_a_sign_is_found_in_the_page_or_in_what_it_shows(book: Path) -> None:
    edit(book, "docs/chapters/01-building.md", "## The work", "## The work \u0f04")
    edit(book, "references.bib", "Notes of a Builder", "Notes \u0f05 of a Builder")
    line = (book / "docs/chapters/01-building.md").read_text(encoding="utf-8").splitlines().index("## The work \u0f04")
    assert (
        place(book, "glyph-nowhere", sign="\u0f04", number="F04", page="2")
        == f"docs/chapters/01-building.md:{line + 1}"
    )
    assert place(book, "font-not-ours", font="X", characters=" \u0f05", page="2").startswith("references.bib:")


def test_a_picture_is_found_by_its_name_and_the_rest_by_its_page(book: Path) -> None:
    edit(book, "docs/chapters/01-building.md", "## The work", "## The work\n\n<img src='https://x.example/b.png'>")
    told = "Failed to load image at 'https://x.example/b.png': URI uses disallowed protocol"
    assert place(book, "pdf-log", message=told).startswith("docs/chapters/01-building.md:")
    assert place(book, "pdf-log", message="Something else") == "docs/chapters/01-building.md"


def test_a_footnote_is_found_by_its_words(book: Path) -> None:
    note = """[^n]: The *builder's* own "words" on the work, at length."""
    edit(book, "docs/chapters/01-building.md", "## The work", f"## The work\n\n{note}")
    line = (book / "docs/chapters/01-building.md").read_text(encoding="utf-8").splitlines().index(note) + 1
    for which in ("The footnote", "The group of 3 footnotes that begins"):
        what = f"{which} “The builder’s own “words” on the work, a …”"
        assert place(book, "pdf-too-large", what=what, past="9", page="2") == f"docs/chapters/01-building.md:{line}"
