"""The three editions as their readers get them: pages, texts, anchors and links, read without our own code."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import pymupdf
import pypdf
from lxml import etree, html
from ruamel.yaml import YAML

HYPHENS = re.compile(r"[\s\u00ad\u2010\u2011\u202f-]+")
GLYPHS = {
    "supported": "✓", "partly-supported": "◐", "contradicted": "✗", "disputed": "≠", "ambiguous": "≈", "not-found": "○",
    "not-checkable": "–",
}  # fmt: skip
WORDS = {
    "supported": "Supported", "partly-supported": "Partly supported", "contradicted": "Contradicted",
    "disputed": "Disputed", "ambiguous": "Depends on the sense", "not-found": "No evidence found",
    "not-checkable": "Not checkable",
}  # fmt: skip


@dataclass(frozen=True)
class Editions:
    """What one build of the booklet wrote."""

    root: Path  #: of the booklet's source
    site: Site
    book: Book
    epub: Epub
    sheets: dict[str, Path]  #: by paper
    record: Book

    @cached_property
    def ledger(self) -> list[dict[str, Any]]:
        """Return the claims as plain YAML, chapter by chapter."""
        files = sorted((self.root / "docs" / "claims").glob("[0-9][0-9]-*.yaml"))
        return [claim for file in files for claim in YAML(typ="safe").load(file.read_text(encoding="utf-8"))]

    @cached_property
    def in_boxes(self) -> list[str]:
        """Return the marks of the boxes also-in-article, which have no note."""
        return [name for page in self.site.pages.values() for name in page.xpath("//ul[@class='also']//a/@id")]

    def about_article(self, name: str) -> Any:
        """Return outline or provenance as plain YAML."""
        text = (self.root / "docs" / "article" / f"{name}.yaml").read_text(encoding="utf-8")
        return YAML(typ="safe").load(text)


@dataclass(frozen=True)
class Site:
    """The web edition."""

    folder: Path

    @cached_property
    def pages(self) -> dict[str, html.HtmlElement]:
        """Return the pages that a reader opens, by their path."""
        files = sorted(file for file in self.folder.rglob("*.html") if "_static" not in file.parts)
        return {file.relative_to(self.folder).as_posix(): html.parse(file).getroot() for file in files}


@dataclass(frozen=True)
class Epub:
    """The EPUB."""

    file: Path

    @cached_property
    def pages(self) -> dict[str, etree._Element]:
        """Return the content documents, by their path in the archive."""
        with zipfile.ZipFile(self.file) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".xhtml"))
            return {name: etree.fromstring(archive.read(name)) for name in names}


@dataclass(frozen=True)
class Book:
    """The PDF."""

    file: Path

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.file)

    @cached_property
    def texts(self) -> list[str]:
        """Return the text of each page, without its running head."""
        feet = [float(page.mediabox.top) - float(page.artbox.bottom) + 2 for page in self.reader.pages]
        with pymupdf.open(self.file) as book:  # in a twentieth of pypdf's time
            return [
                page.get_text(clip=(0, 0, page.rect.width, foot)).rstrip()
                for page, foot in zip(book, feet, strict=True)
            ]

    @cached_property
    def squeezed(self) -> list[str]:
        """Return the text of each page without spaces and hyphens, which depend on where lines end."""
        return [squeeze(text) for text in self.texts]

    @cached_property
    def places(self) -> dict[str, int]:
        """Return the anchors of the book with their page, from 0."""
        found = self.reader.named_destinations
        pages = {name: self.reader.get_destination_page_number(place) for name, place in found.items()}
        return {name: page for name, page in pages.items() if page is not None}

    @cached_property
    def links(self) -> list[tuple[int, dict[str, Any]]]:
        """Return the link annotations with their page, from 0."""
        return [
            (number, link)
            for number, page in enumerate(self.reader.pages)
            for link in (annotation.get_object() for annotation in page.annotations or [])
            if link["/Subtype"] == "/Link"
        ]


def squeeze(text: str) -> str:
    return HYPHENS.sub("", text)


def text_of(element: etree._Element) -> str:
    """Return an element's text with white space folded."""
    return " ".join("".join(element.itertext()).split())


def ids(page: etree._Element) -> list[str]:
    return page.xpath("//@id")  # type: ignore[no-any-return]


def with_class(page: etree._Element, name: str) -> list[etree._Element]:
    query = "//*[contains(concat(' ', normalize-space(@class), ' '), $name)]"
    return page.xpath(query, name=f" {name} ")  # type: ignore[no-any-return]


def by_id(page: etree._Element, name: str) -> etree._Element:
    (found,) = page.xpath("//*[@id=$name]", name=name)
    return found


def internal_links(pages: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield every address inside the edition: page, address as written, file it names, anchor it names."""
    for name, page in pages.items():
        for address in page.xpath("//@href | //@src"):
            if not urlsplit(address).scheme:
                path, anchor = urldefrag(address)
                path = urlsplit(path).path
                target = _folded(PurePosixPath(name).parent / unquote(path)) if path else name
                yield name, address, target, unquote(anchor)


def _folded(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
