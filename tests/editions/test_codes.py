"""The codes at the end of each chapter: what is printed is the address beside it, square by square."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pymupdf
import pytest
import segno
from published import Editions

MM = 72 / 25.4
SCALE = 4  #: dots a point: about two hundred and ninety an inch
WHITE = 4  #: modules around a code


@dataclass(frozen=True)
class Printed:
    """A code on a page, and the address that stands beside it."""

    page: int
    address: str
    side: float  #: mm
    squares: list[list[bool]]
    white: bool  #: nothing stands in its border


@pytest.fixture(scope="module")
def printed(editions: Editions) -> list[Printed]:
    with pymupdf.open(editions.book.file) as book:
        return [found for page in book for found in _codes(page)]


def _codes(page: pymupdf.Page) -> Iterator[Printed]:
    # small squares of many strokes; a map has as many and is not a square
    drawn = [found["rect"] for found in page.get_drawings() if len(found["items"]) > 150]
    drawings = [rect for rect in drawn if rect.width < 24 * MM and abs(rect.width - rect.height) < 3]
    links = [link for link in page.get_links() if link.get("uri")]
    for rect in drawings:
        beside = [link for link in links if link["from"].x0 > rect.x1 and link["from"].y1 > rect.y0]
        # the address of a code is the first link at its right
        link = min(beside, key=lambda link: (link["from"].x0 - rect.x1) + 3 * (link["from"].y0 - rect.y0))
        yield _read(page, rect, link["uri"])


def _read(page: pymupdf.Page, rect: pymupdf.Rect, address: str) -> Printed:
    # the drawing's box is that of the pen's middle; it is half a square larger above and below
    modules = segno.make(address, error="m", micro=False, boost_error=False)
    modules = modules if int(modules.version) <= 7 else segno.make(address, error="l", micro=False, boost_error=False)
    count = len(modules.matrix)
    module = rect.width / count
    top = (rect.y0 + rect.y1) / 2 - rect.width / 2
    around = pymupdf.Rect(
        rect.x0 - WHITE * module, top - WHITE * module, rect.x1 + WHITE * module, top + rect.width + WHITE * module
    )
    dots = page.get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE), clip=around, colorspace="gray")

    def dark(column: float, row: float) -> bool:
        x, y = around.x0 + (column + 0.5) * module, around.y0 + (row + 0.5) * module
        return bool(dots.pixel(int(x * SCALE) - dots.x, int(y * SCALE) - dots.y)[0] < 128)

    whole = [[dark(column, row) for column in range(count + 2 * WHITE)] for row in range(count + 2 * WHITE)]
    inner = [row[WHITE:-WHITE] for row in whole[WHITE:-WHITE]]
    white = sum(map(sum, whole)) == sum(map(sum, inner))
    return Printed(page.number, address, rect.width / MM, inner, white)


def test_each_code_is_the_address_beside_it(printed: list[Printed]) -> None:
    assert len(printed) > 40
    for code in printed:
        level = "m" if int(segno.make(code.address, error="m", micro=False, boost_error=False).version) <= 7 else "l"
        made = segno.make(code.address, error=level, micro=False, boost_error=False)
        assert code.squares == [[bool(square) for square in row] for row in made.matrix], code.address


def test_codes_are_large_enough_and_have_white_around(printed: list[Printed]) -> None:
    for code in printed:
        assert 12 <= code.side <= 24 and code.side / len(code.squares) >= 0.33, code.address
        assert code.white, code.address


def test_they_lead_to_pages_that_the_chapter_quotes_and_are_few(editions: Editions, printed: list[Printed]) -> None:
    quoted = {str(item.get("url")) for claim in editions.ledger for item in claim["finding"].get("evidence", ())}
    quoted |= set(
        re.findall(r"^  url = \{(.*)\},?$", (editions.root / "references.bib").read_text("utf-8"), re.MULTILINE)
    )
    plain = {re.sub(r"#?:~:.*", "", url) for url in quoted}
    assert {code.address for code in printed} <= plain | {pymupdf_address(url) for url in plain}
    assert not [code.address for code in printed if ":~:" in code.address]
    starts = [editions.book.places[f"{name}"] for name in sorted(_first_entries(editions))]
    by_chapter = groupby(printed, key=lambda code: sum(code.page >= start for start in starts))
    assert {len(list(codes)) for _, codes in by_chapter} <= set(range(1, 9))


def pymupdf_address(url: str) -> str:
    from urllib.parse import quote

    return quote(url, safe="%/:;,.()+-_~*!'@$&=?#")


def _first_entries(editions: Editions) -> list[str]:
    files = sorted((editions.root / "docs" / "claims").glob("[0-9][0-9]-*.yaml"))
    return [re.findall(r"^- id: (C\d+)", file.read_text("utf-8"), re.MULTILINE)[0] for file in files]
