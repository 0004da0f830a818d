"""Compares an article with the outline by length and hash alone: no sentence splitter takes part."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import groupby

from factpress.model.book import Book
from factpress.model.outline import Unit, normal_form
from factpress.model.place import Place
from factpress.problems import Problem, problem

SHOWN_CHARACTERS = 30  #: characters of the article in a message


def check_article(data: bytes, file: str, book: Book) -> Iterator[Problem]:
    """Yield the first place where an article is not what the outline says, and whether the file is another."""
    yield from check_digest(data, file, book)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        yield problem("not-utf8", Place(file, line), byte=f"0x{data[error.start]:02X}", offset=error.start)
        return
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    yield from check_paragraphs_of_article(lines, file, book)


def check_digest(data: bytes, file: str, book: Book) -> Iterator[Problem]:
    """Yield a problem if the file is not the one that was received."""
    if book.provenance and (digest := hashlib.sha256(data).hexdigest()) != book.provenance.sha256:
        yield problem("article-changed", Place(file), found=digest, expected=book.provenance.sha256)


def check_paragraphs_of_article(lines: list[tuple[int, str]], file: str, book: Book) -> Iterator[Problem]:
    """Yield the first place where the paragraphs of an article, each with its line, are not what the outline says."""
    yield from _compare(lines, file, book.outline.units)


def _compare(lines: list[tuple[int, str]], file: str, units: tuple[Unit, ...]) -> Iterator[Problem]:
    """Yield the first difference, walking the lines of the article and the paragraphs of the outline side by side."""
    at, section = 0, ""
    for paragraph, group in groupby(units, key=lambda unit: unit.id.rpartition(".")[0]):
        inside = list(group)
        if paragraph.partition(".")[0] != section:
            section = paragraph.partition(".")[0]
            # headings are not units, and they do not end as sentences do
            while at < len(lines) and not inside[0].begins(normal_form(lines[at][1])) and not _ends(lines[at][1]):
                at += 1
        if at == len(lines):
            yield problem("article-short", Place(file, lines[-1][0] if lines else 1), id=inside[0].id)
            return
        number, line = lines[at]
        rest = normal_form(line)
        for unit in inside:
            if not unit.begins(rest):
                yield problem("article-unit", Place(file, number), id=unit.id, start=_opening(rest))
                return
            rest = rest[int(unit.chars) :].lstrip()
        if rest:
            yield problem("article-rest", Place(file, number), start=_opening(rest))
            return
        at += 1
    if at < len(lines):
        yield problem("article-rest", Place(file, lines[at][0]), start=_opening(lines[at][1]))


def _ends(line: str) -> bool:
    return bool(re.search(r"[.!?:;…][”’\"')\]]*\s*$", line))


def _opening(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS].rstrip()}…"


def unit_texts(data: bytes, book: Book) -> dict[str, str]:
    """Return the words of each unit of an article in which `check_article` finds nothing; empty for any other."""
    if any(found.code != "article-changed" for found in check_article(data, "", book)):
        return {}
    lines = [normal_form(line) for line in data.decode("utf-8-sig").splitlines() if line.strip()]
    found: dict[str, str] = {}
    for _, group in groupby(book.outline.units, key=lambda unit: unit.id.rpartition(".")[0]):
        inside = list(group)
        while lines and not inside[0].begins(lines[0]):
            lines.pop(0)
        rest = lines.pop(0)
        for unit in inside:
            found[unit.id], rest = rest[: int(unit.chars)], rest[int(unit.chars) :].lstrip()
    return found
