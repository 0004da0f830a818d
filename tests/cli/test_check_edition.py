"""`factpress check --edition pdf`: the pages of the PDF as it was built last."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from cleanbook import copy_book
from factpress.cli.main import main


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = copy_book(tmp_path / "book")
    (root / "build").mkdir()
    return root


def pdf(book: Path, pages: int, more: str = "") -> None:
    with pikepdf.new() as empty:
        for _ in range(pages):
            empty.add_blank_page(page_size=(420, 595))
        empty.Root.PageLayout = pikepdf.Name.TwoPageRight
        empty.Root.StructTreeRoot = pikepdf.Dictionary(ParentTree=pikepdf.Dictionary(Nums=pikepdf.Array()))
        empty.save(book / "build" / f"arden-bridge{more}.pdf")


def run(book: Path, *words: str) -> int:
    return main(["--root", str(book), "check", "--edition", "pdf", *words])


def test_a_book_that_was_not_built_is_said_and_nothing_is_built(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book) == 3
    assert "factpress build --edition pdf" in capsys.readouterr().err
    assert list((book / "build").iterdir()) == []


def test_problems_are_listed_by_page_and_make_the_command_fail(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf(book, 1)
    pdf(book, 3, "-large-print")
    assert run(book) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("build/arden-bridge-large-print.pdf:1: pdf-page-empty: P. 1 (page 1 of 3) is empty.")
    assert lines[-1].startswith("build/arden-bridge.pdf, 1 page as built, 0.00 MB. ") and "errors." in lines[-1]


def test_as_json_it_says_what_was_measured(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf(book, 1)
    assert run(book, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [(p["code"], p["line"]) for p in told["problems"]] == [("pdf-page-empty", 1)]
    assert told["counts"] == {"errors": 1, "warnings": 0}
    size = (book / "build" / "arden-bridge.pdf").stat().st_size
    assert told["measured"] == [{"file": "build/arden-bridge.pdf", "pages": 1, "bytes": size}]


def test_over_its_limit_a_volume_says_by_how_much_and_which_chapters_are_too_long(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = book / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    more = "[tool.factpress]\nbooklet-pages = 4\nrecord-pages = 2\nchapter-words = 20"
    settings.write_text(text.replace("[tool.factpress]", more), encoding="utf-8")
    pdf(book, 7)
    pdf(book, 3, "-record")
    assert run(book) == 1
    told = capsys.readouterr().out
    assert "build/arden-bridge.pdf:7: pdf-pages: 7 pages are 3 more than the limit of 4. Over 20 words: " in told
    assert "build/arden-bridge-record.pdf:3: pdf-pages: 3 pages are 1 more than the limit of 2." in told
