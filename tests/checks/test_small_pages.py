"""Small pages, most of them broken in one way: `check` says of each what a build would, and Sphinx agrees.

A page stands in `small_pages.txt` below a line `==== name = codes`: what `check` reports of it, nothing where it is
clean. What `check` refuses and Sphinx would take is listed in `STRICTER`, with its reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from unittest.mock import patch

import pytest

from cleanbook import copy_book
from factpress.build.sphinx_run import run_builder
from factpress.checks import check_book
from factpress.problems import Problem
from factpress.settings import Settings, read_settings

FILE = Path(__file__).with_name("small_pages.txt")
FORM = "---\norphan: true\n---\n\n# {name}\n\n## A section\n\nWords before.\n\n{text}\n\n## The end\n\nWords after.\n"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f00010101005a4d6ff1"
    "0000000049454e44ae426082"
)
#: names of small pages that Sphinx's web site takes, and why a book does not
STRICTER = {
    "toctree self": "the EPUB lists no page in itself",
    "toctree titled self": "the EPUB lists no page in itself",
    "toctree ok": "the EPUB lists no page twice",
    "toctree explicit title": "the EPUB lists no page twice",
    "toctree md suffix": "the EPUB lists no page twice",
    "toctree abs": "the EPUB lists no page twice",
    "download folder": "Sphinx says it of no page",
}


def small_pages() -> dict[str, tuple[str, str]]:
    """Return the small pages: the text of each and the codes that `check` reports, by its name."""
    parts = re.split(r"^==== (.+?) = (.*)\n", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: (text, codes) for name, codes, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return a clean book with a page for each of the small pages."""
    root = copy_book(tmp_path_factory.mktemp("small") / "book")
    (root / "build" / ".work").mkdir(parents=True)
    for folder in ("chapters", "back"):
        (root / "docs" / folder / "dot.png").write_bytes(DOT)
    (root / "docs" / "manual").mkdir()
    (root / "docs" / "manual" / "index.md").write_text("# Another book\n", encoding="utf-8")
    for number, (name, (text, _)) in enumerate(small_pages().items()):
        text = re.sub(r"\b(here|own(?=-\w))\b", rf"\g<1>{number}", text)  # a name stands once in a book
        page = root / "docs" / "back" / f"{number:03}.md"
        page.write_text(FORM.format(name=name.capitalize(), text=text.rstrip("\n")), encoding="utf-8")
    return read_settings(root)


def by_page(problems: list[Problem]) -> dict[str, list[str]]:
    """Return the codes of the errors of each small page, by its name."""
    names = list(small_pages())
    found = defaultdict[str, list[str]](list)
    for each in problems:
        if each.is_error and (match := re.fullmatch(r"docs/back/(\d+)\.md(?:\.md)?", each.where.file)):
            found[names[int(match[1])]].append(each.code)
    return found


def test_check_says_what_is_wrong_with_a_page(book: Settings, pytestconfig: pytest.Config) -> None:
    found = by_page(check_book(book).problems)
    said = {name: " ".join(sorted(set(found[name]))) for name in small_pages()}
    if pytestconfig.getoption("--save-expected"):
        pages = (f"==== {name} = {said[name]}\n{text}" for name, (text, _) in small_pages().items())
        FILE.write_text("".join(pages), encoding="utf-8")
    assert said == {name: codes for name, (_, codes) in small_pages().items()}


def test_a_build_stops_where_check_has_an_error(book: Settings) -> None:
    stops: dict[str, list[str]] = {}
    names = list(small_pages())
    with patch("factpress.sphinxext.builders.web.write_font_faces", lambda *_, **__: ""):
        while True:  # what is refused while pages are read hides what is found when they are written
            result = run_builder(book, "html")
            assert result.failure is None
            found = by_page(result.problems)
            if not found:
                break
            stops |= found
            for name in found:
                page = book.docs / "back" / f"{names.index(name):03}.md"
                page.write_text(FORM.format(name=name.capitalize(), text=""), encoding="utf-8")
    refused = {name for name, (_, codes) in small_pages().items() if codes}
    assert refused - set(stops) == set(STRICTER)
    assert set(stops) <= refused, {name: stops[name] for name in set(stops) - refused}
