"""The sheets: printed on both sides, folded and nested, they give the pages of the book in order.

No formula of the imposition is used here: the paper is folded.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pymupdf
import pytest
from lxml import etree
from published import Editions

from needs import need, needs

pytestmark = needs("pdftotext")

MM = 72 / 25.4
THICK = 0.1 * MM  #: of a sheet of paper
CUT = 8.3 * MM  #: what each A5 page loses so that two fit on Letter paper
EDGE = 6.35 * MM  #: a quarter of an inch: where common printers leave the paper white

Words = list[tuple[str, float, float]]  #: word, and where it starts from the left and the top


@dataclass
class Side:
    width: float
    height: float
    words: Words

    def half(self, start: float) -> Words:
        """Return the words of the half that starts here, as seen from its own left edge."""
        half = self.width / 2
        return [(word, x - start, y) for word, x, y in self.words if start <= x < start + half]


def sides(pdf: Path) -> list[Side]:
    command = [need("pdftotext"), "-bbox", str(pdf), "-"]
    page = etree.fromstring(subprocess.run(command, capture_output=True, check=True).stdout, etree.HTMLParser())
    return [
        Side(
            float(side.get("width")),
            float(side.get("height")),
            [(word.text, float(word.get("xmin")), float(word.get("ymin"))) for word in side.iter("word")],
        )
        for side in page.iter("page")
    ]


def fold(printed: list[Side]) -> list[tuple[Words, float]]:
    """Return the pages as one turns them, each with how far its sheet stands out beyond the outermost.

    The sheets lie in a pile: folded together when they are few, else eight by eight and laid on each other.
    """
    sheets = [(printed[at], printed[at + 1]) for at in range(0, len(printed), 2)]
    together = len(sheets) if len(sheets) <= 16 else 8
    return [page for at in range(0, len(sheets), together) for page in fold_once(sheets[at : at + together])]


def fold_once(pile: list[tuple[Side, Side]]) -> list[tuple[Words, float]]:
    # Flipped on its short edge, the back of a landscape sheet lies upright, its left half behind the front's right.
    # Folded, the front is outside: right half of the front is a recto, and behind it is the left half of the back.
    inside = [(front, back, THICK * depth) for depth, (front, back) in enumerate(pile)]
    going_in = [page for front, back, out in inside for page in
                ((front.half(front.width / 2), out), (back.half(0), out))]  # fmt: skip
    coming_out = [page for front, back, out in reversed(inside) for page in
                  ((back.half(back.width / 2), out), (front.half(0), out))]  # fmt: skip
    return going_in + coming_out


@pytest.fixture(scope="module", params=["a4", "letter"])
def printed(request: pytest.FixtureRequest, editions: Editions) -> list[Side]:
    return sides(editions.sheets[request.param])


@pytest.fixture(scope="module")
def pages(editions: Editions) -> list[Side]:
    return sides(editions.book.file)


def test_folded_sheets_give_every_page_in_its_place(pages: list[Side], printed: list[Side]) -> None:
    booklet = fold(printed)
    assert len(booklet) == -(-len(pages) // 4) * 4
    half, down = printed[0].width / 2, (printed[0].height - pages[0].height) / 2
    for number, (page, (leaf, out)) in enumerate(zip_longest(pages, booklet), 1):
        if page is None:
            assert not leaf, f"page {number} should be blank"
            continue
        # Pages meet at the fold in their own size. What stands out is trimmed, so the page moved in by as much.
        aside = -out if number % 2 else half - page.width + out
        expected = sorted((word, x + aside, y + down) for word, x, y in page.words)
        assert [word for word, *_ in sorted(leaf)] == [word for word, *_ in expected], f"page {number}"
        for (word, x, y), (_, x_there, y_there) in zip(expected, sorted(leaf), strict=True):
            assert (x_there, y_there) == pytest.approx((x, y), abs=0.6), f"page {number}: {word}"


def test_sheets_are_landscape_on_both_sides(editions: Editions) -> None:
    for paper, size in (("a4", (842, 595)), ("letter", (792, 612))):
        printed = sides(editions.sheets[paper])
        assert len(printed) % 2 == 0
        assert {(round(side.width), round(side.height)) for side in printed} == {size}


def test_no_word_crosses_the_fold_or_stands_where_printers_cannot_print(printed: list[Side]) -> None:
    for side in printed:
        fold_line = side.width / 2
        assert not [word for word, x, _ in side.words if fold_line - 12 < x < fold_line + 12]
        assert not [word for word, x, _ in side.words if x < EDGE or x > side.width - EDGE]


def test_nothing_but_white_is_cut_off_for_letter_paper(editions: Editions) -> None:
    with pymupdf.open(editions.book.file) as book:
        for number, page in enumerate(book, 1):
            width, height = page.rect.width, page.rect.height
            outer = (width - CUT, 0, width, height) if number % 2 else (0, 0, CUT, height)
            drawn = page.get_pixmap(clip=pymupdf.Rect(outer), dpi=36, colorspace="gray")
            assert set(drawn.samples) == {255}, f"page {number} has ink in the outer 8.3 mm"
