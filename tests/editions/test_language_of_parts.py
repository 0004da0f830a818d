"""Passages in another language say so in every edition, and no edition has one that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pikepdf
import pytest
from lxml import etree
from published import Editions

from cleanbook import copy_book, edit
from factpress.model.text.passages import script_passages
from factpress.press.tagged_pdf.structure import walk_elements

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def foreign(build: Callable[..., Editions], tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """Return the editions of a book with passages in several languages."""
    root = copy_book(tmp_path_factory.mktemp("languages") / "book")
    edit(root, "docs/chapters/02-today.md", "An older bridge of stone stands six miles up the river",
         "An older bridge of stone, [каменный мост]{lang=ru}, stands six miles up the river")  # fmt: skip
    edit(root, "docs/claims/02-today.yaml", "        says: The bridge at Upper Arden is older by a century.\n",
         "        says: The bridge at Upper Arden, データベース, is older by a century.\n"
         "        quote: der ältere der beiden ist der obere\n        language: de-CH\n")  # fmt: skip
    edit(root, "references.bib", "  title = {Stone Bridges of the County},\n",
         "  title = {Les ponts de la “vieille” ville et du pays},\n  language = {french},\n")  # fmt: skip
    edit(root, "references.bib", "  publisher = {Arden Press},\n",
         "  publisher = {データ, 東京大学},\n  language = {english and japanese},\n")  # fmt: skip
    return build("languages", source=root)


def marked(page: etree._Element) -> dict[str, str]:
    """Return the language of each passage that has one of its own, by its text."""
    return {"".join(node.itertext()): node.get("lang") for node in page.xpath("//*[@lang][ancestor::*]")}


WANTED = {
    "каменный мост": "ru",
    "データベース": "ja",
    "der ältere der beiden ist der obere": "de-CH",
    "Les ponts de la ‘vieille’ ville et du pays": "fr",
    "データ, 東京大学": "ja",
}


def test_each_passage_has_its_language_on_the_web_and_in_the_epub(foreign: Editions) -> None:
    for pages in (foreign.site.pages, foreign.epub.pages):
        found: dict[str, str] = {}
        for page in pages.values():
            found |= marked(page)
        assert found == WANTED
    for page in foreign.epub.pages.values():
        assert all(node.get("lang") == node.get(XML_LANG) for node in page.xpath("//*[@lang]"))


def test_each_passage_has_its_language_in_the_pdf(foreign: Editions) -> None:
    named: set[str] = set()
    for volume in (foreign.book, foreign.record):  # the entries stand in the record
        with pikepdf.open(volume.file) as pdf:
            named |= {str(e.Lang) for e in walk_elements(pdf.Root.StructTreeRoot.K[0]) if "/Lang" in e}
    assert named == set(WANTED.values())


def test_no_passage_of_the_booklet_is_without_its_language(editions: Editions) -> None:
    seen = 0
    for pages in (editions.site.pages, editions.epub.pages):
        for name, page in pages.items():
            for text, language in texts(page, "en"):
                for passage in script_passages(text, "en"):
                    assert language != "en", f"{name}: {passage.text}"
                    seen += 1
    assert seen >= 10
    quotes = [item["quote"] for claim in editions.ledger for item in claim["finding"].get("evidence", ())
              if item.get("language")]  # fmt: skip
    assert len(quotes) >= 5
    for pages in (editions.site.pages, editions.epub.pages):
        found = {text for page in pages.values() for text in marked(page)}
        assert set(quotes) <= found


def texts(node: etree._Element, language: str) -> Iterator[tuple[str, str]]:
    """Yield each text below a node with the language that it is in."""
    language = node.get("lang") or language
    if isinstance(node.tag, str) and node.text:
        yield node.text, language
    for child in node:
        yield from texts(child, language)
        if child.tail:
            yield child.tail, language
