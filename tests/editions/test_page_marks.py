"""One address: a paragraph is on the same page in the booklet, in the EPUB's page list and in the web's marks."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from typing import Any

import pypdf
import pytest
from lxml import etree
from published import Editions

LEFT_OUT = {"mark", "pn", "card", "note", "fn", "footnotes", "claim-notes", "cited-notes"}
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
BEGINNING, LEAST = 60, 24  #: letters of a paragraph that are looked for on paper


def letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalpha())


def walked(node: etree._Element, *, counted: bool = True) -> Any:
    """Yield what a reader meets, in order: page marks, where a paragraph begins and ends, and texts."""
    if not isinstance(node.tag, str) or node.tag in ("template", "nav", "script"):
        return
    counted = counted and not LEFT_OUT & set((node.get("class") or "").split())
    if "page-mark" in (node.get("class") or ""):
        yield "page", node.get("data-page")
    if re.fullmatch(r"p\d+-\d+", node.get("id") or ""):
        yield "at", node.get("id")
    if counted and node.text:
        yield "text", node.text
    for child in node:
        yield from walked(child, counted=counted)
        if counted and child.tail:
            yield "text", child.tail
    if re.fullmatch(r"p\d+-\d+", node.get("id") or ""):
        yield "end", node.get("id")


def paragraphs(pages: list[etree._Element]) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, int]]]:
    """Return of each paragraph the page that its first word is on, with its words; of each page inside one, where."""
    page, inside = "", ""
    found: dict[str, tuple[str, str]] = {}
    turns: dict[str, tuple[str, int]] = {}
    for document in pages:
        for kind, value in walked(document):
            if kind == "page":
                page = value
                if inside and found[inside][1]:
                    turns[page] = (inside, len(found[inside][1]))
            elif kind == "at":
                inside = value
                found[inside] = ("", "")
            elif kind == "end":
                inside = ""
            elif inside and letters(value):
                first, words = found[inside]
                found[inside] = (first or page, words + letters(value))
    return found, turns


@pytest.fixture(scope="module")
def paper(editions: Editions) -> list[tuple[str, str]]:
    """Return the number printed on each page of the booklet, and its letters."""
    labels = editions.book.reader.page_labels
    return [(label, letters(text)) for label, text in zip(labels, editions.book.texts, strict=True)]


def in_reading_order(editions: Editions, edition: str) -> list[etree._Element]:
    if edition == "web":
        chapters = sorted(name for name in editions.site.pages if name.startswith("chapters/"))
        return [editions.site.pages[name] for name in chapters]
    return [page for name, page in sorted(editions.epub.pages.items()) if name.startswith("chapters/")]


@pytest.mark.parametrize("edition", ["web", "epub"])
def test_each_paragraph_is_on_the_page_that_paper_has_it_on(
    editions: Editions, paper: list[tuple[str, str]], edition: str
) -> None:
    found, _ = paragraphs(in_reading_order(editions, edition))
    assert len(found) > 150
    wrong, alone = [], 0
    for name, (page, words) in found.items():
        on = [label for label, text in paper if stands(words, text)]
        alone += len(on) == 1
        if page not in on:  # the short version repeats sentences of the chapters, so that one may stand on two pages
            wrong.append((name, page, on, words[:40]))
    assert not wrong
    assert alone > 0.95 * len(found)


def stands(words: str, text: str) -> bool:
    """Return whether a paragraph begins on a page: its first words stand there, at the foot at least some of them."""
    beginning = words[:BEGINNING]
    return beginning in text or any(text.endswith(beginning[:cut]) for cut in range(len(beginning) - 1, LEAST, -1))


@pytest.mark.parametrize("edition", ["web", "epub"])
def test_a_page_that_begins_in_a_paragraph_begins_at_the_same_word_on_paper(
    editions: Editions, paper: list[tuple[str, str]], edition: str
) -> None:
    found, turns = paragraphs(in_reading_order(editions, edition))
    assert len(turns) > 15
    by_label = dict(paper)
    for label, (name, at) in turns.items():
        words = found[name][1]
        # a word that is divided between two pages has the mark before it
        starts = {by_label[label].startswith(words[at + cut : at + cut + 20]) for cut in range(12)}
        assert True in starts, f"page {label} in {name}: {words[at : at + 30]} / {by_label[label][:30]}"


def test_the_page_list_names_each_mark_and_the_booklet_as_its_source(editions: Editions) -> None:
    with zipfile.ZipFile(editions.epub.file) as archive:
        nav = etree.fromstring(archive.read("nav.xhtml"))
        package = archive.read("content.opf").decode()
    (listed,) = nav.xpath("//*[local-name()='nav'][@role='doc-pagelist']")
    assert listed.get(EPUB_TYPE) == "page-list"
    links = {link.text: link.get("href") for link in listed.iter("{*}a")}
    marks = {
        mark.get("data-page"): f"{name}#{mark.get('id')}"
        for name, page in editions.epub.pages.items()
        for mark in page.xpath("//*[@class='page-mark']")
    }
    assert links == marks
    for page in editions.epub.pages.values():
        for mark in page.xpath("//*[@class='page-mark']"):
            assert (mark.get(EPUB_TYPE), mark.get("role")) == ("pagebreak", "doc-pagebreak")
            assert mark.get("aria-label").endswith(f" {mark.get('data-page')}") and not mark.text
    labels = pypdf.PdfReader(editions.book.file).page_labels
    assert [label for label in labels if label in links] == list(links)
    assert len(links) >= 0.8 * len(labels)
    assert editions.book.file.name in re.search(r"pageBreakSource\">([^<]+)", package)[1]  # type: ignore[index]
