"""One place in every edition: what `factpress where` finds in the editions as they stand in build/."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from cleanbook import copy_book, edit
from factpress.build.places import PlaceInEdition, PlaceReport, find_place
from factpress.cli.main import main
from factpress.problems import FileError, UsageError
from factpress.settings import read_settings
from needs import need


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    need("pango")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SOURCE_DATE_EPOCH"):
            patch.delenv(name, raising=False)
        root = copy_book(tmp_path_factory.mktemp("places") / "book", study=True)
        assert main(["--root", str(root), "build"]) == 0
        yield root


def find(book: Path, words: str) -> PlaceReport:
    return find_place(read_settings(book), words)


@pytest.mark.parametrize(
    ("words", "what", "anchor", "title"),
    [
        ("1.1", "paragraph", "p1-1", "paragraph 1.1"),
        ("¶ 1.1", "paragraph", "p1-1", "paragraph 1.1"),
        ("C001", "entry", "C001", "C001, "),
        ("✓1", "entry", "C001", "C001, "),
        ("[1]", "list of sources", None, "source [1] "),
        ("Q101", "question", "Q101", "question Q101"),
    ],
)
def test_every_edition_has_the_place_where_it_is_said_to_stand(
    book: Path, words: str, what: str, anchor: str | None, title: str
) -> None:
    report = find(book, words)
    assert report.title.startswith(title)
    found = [place for place in report.places if place.what == what]
    assert {"web", "EPUB"} < {place.edition for place in found}
    assert all(edition.state == "current" for edition in report.editions)
    for place in found:
        file = book / place.file
        if place.edition == "web":
            target = place.at.removeprefix("#")
            assert f'id="{target}"' in file.read_text(encoding="utf-8")
            assert anchor in (None, target)
        elif place.edition == "EPUB":
            name, _, target = place.at.partition("#")
            assert f'id="{target}"' in zipfile.ZipFile(file).read(name).decode()
        else:
            reader = pypdf.PdfReader(file)
            label = reader.page_labels[reader.get_destination_page_number(_destination(reader, anchor, found))]
            assert place.at == f"p. {label}"


def _destination(reader: pypdf.PdfReader, anchor: str | None, found: list[PlaceInEdition]) -> Any:
    name = anchor or found[0].at.removeprefix("#")
    places = reader.named_destinations
    return next(place for full, place in places.items() if full == name or full.endswith(f"--{name}"))


def test_a_page_names_what_stands_on_it_and_leads_to_the_other_editions(book: Path) -> None:
    mark = next(place for place in find(book, "C001").places if place.what == "mark" and place.at.startswith("p. "))
    report = find(book, mark.at)
    assert report.title == f"page {mark.at.removeprefix('p. ')} of the booklet"
    whats = {place.what for place in report.places if place.edition == "web"}
    assert {"mark of C001", "entry of C001"} <= whats
    assert any(re.fullmatch(r"paragraph \d+\.\d+", what) for what in whats)


@pytest.mark.parametrize(
    ("words", "sentence", "hint"),
    [
        ("1.99", "There is no paragraph 1.99.", "Chapter 1 has 1.1 to 1."),
        ("9.1", "There is no paragraph 9.1.", "the chapters are 1, 2"),
        ("C999", "There is no claim 999.", "The ledger has C001 to C007."),
        ("p. 999", "The booklet has no page 999.", "Its pages are "),
        ("atlas p. 3", "There is no atlas with pages in build/.", "booklet"),
        ("[99]", "There is no source [99].", "The list has [1] to ["),
        ("nothing like it", "Nothing is called 'nothing like it'.", "A place is 3.12 for a paragraph"),
    ],
)
def test_what_is_not_there_is_said_with_what_is_near(book: Path, words: str, sentence: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        find(book, words)
    assert str(error.value) == sentence and hint in error.value.hint


def test_a_misspelt_key_is_recognised(book: Path) -> None:
    key = next(iter(re.findall(r"@\w+\{([^,]+),", (book / "references.bib").read_text(encoding="utf-8"))))
    with pytest.raises(UsageError) as error:
        find(book, key[:-1] + "x")
    assert key in error.value.hint


def test_json_has_the_same_places(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(book), "where", "1.1", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["places"] == [place.as_dict for place in find(book, "1.1").places]
    assert data["editions"]["web"] == "current"


def test_a_book_that_changed_since_is_said_to_have(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "docs/claims/02-today.yaml", "locator: table of bridges", "locator: table of all bridges")
    try:
        assert main(["--root", str(book), "where", "1.1"]) == 0
        assert "web: out of date; factpress build --edition html" in capsys.readouterr().out
    finally:
        edit(book, "docs/claims/02-today.yaml", "locator: table of all bridges", "locator: table of bridges")


def test_without_editions_there_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No edition is built"):
        find(copy_book(tmp_path / "book"), "1.1")
