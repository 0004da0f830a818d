"""The PDF in large print, made of the clean book: the same book, in letters that more people can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from judges import vera
from published import GLYPHS, Book, Editions

from cleanbook import CLEAN
from factpress.cli.main import main
from factpress.press.preflight.measurement import measure_pages
from factpress.press.preflight.page_content import TextRun, page_contents


@pytest.fixture(scope="module")
def made(build: Callable[..., Editions]) -> Editions:
    return build("large", "--edition", "pdf", "--large-print", source=CLEAN)


@pytest.fixture(scope="module")
def large(made: Editions) -> Book:
    return Book(made.root / "build" / "arden-bridge-large-print.pdf")


@pytest.fixture(scope="module")
def runs(large: Book) -> Iterator[list[TextRun]]:
    with pikepdf.open(large.file) as pdf:  # open as long as the fonts are asked
        yield [run for content in page_contents(pdf) for run in content.runs]


def test_it_is_published_and_recorded_with_the_book(made: Editions, large: Book) -> None:
    recorded = json.loads((large.file.parent / "editions.json").read_text(encoding="utf-8"))["outputs"]
    assert {large.file.name, made.book.file.name} <= set(recorded)


@pytest.mark.parametrize("which", ["book", "large print"])
def test_it_conforms_as_the_book_does(made: Editions, large: Book, which: str) -> None:
    failed, checks = vera((large if which == "large print" else made.book).file, "PDFUA-1", "PDFA-3A")
    assert not failed
    assert min(checks.values()) > 1_000


def test_its_pages_have_no_fault(large: Book) -> None:
    assert measure_pages(large.file, "large.pdf").problems == []


def test_all_is_set_large_and_without_serifs(large: Book, runs: list[TextRun]) -> None:
    sizes = {tuple(sorted(round(float(edge)) for edge in page.mediabox[2:])) for page in large.reader.pages}
    assert sizes == {(595, 842)}
    assert min(run.size for run in runs) > 17.9
    names = {run.font.name.replace("-", "") for run in runs}
    assert not [name for name in names if not name.startswith(("SourceSansPro", "Factpress"))]


def test_words_are_whole_and_their_spaces_even(runs: list[TextRun]) -> None:
    assert not [run.text for run in runs if any(gap > 1.03 * run.space for gap in run.gaps if run.space)]
    words = {word.strip("-") for run in runs for word in run.text.split() if word.endswith("-")}
    assert not words


def test_it_says_what_the_book_says(made: Editions, large: Book) -> None:
    assert set(large.places) == set(made.book.places)
    for claim in made.ledger:
        verdict = claim["finding"]["verdict"] if "finding" in claim else None
        sign = GLYPHS[verdict] if verdict else "?"  # nobody has checked it
        assert f"{sign}{claim['id'][1:].lstrip('0')}" in "".join(large.squeezed)

    def said(book: Book) -> list[str]:
        return sorted(word for text in book.texts for word in text.split() if word.isalpha() and len(word) > 12)

    assert set(said(made.book)) <= set(said(large))


def test_it_is_made_only_with_the_pdf(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(CLEAN), "build", "--edition", "html", "--large-print"]) == 2
    assert "--edition pdf" in capsys.readouterr().err
