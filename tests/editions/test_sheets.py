"""The sheets: printed on both sides, folded and nested, they give the pages of the book in order.

No formula of the imposition is used here: the paper is folded.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pytest
from lxml import etree
from published import Editions

from needs import need, needs

pytestmark = needs("pdftotext")

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


def fold(printed: list[Side]) -> list[Words]:
    """Return the pages of the booklet as one turns them: sheets in a pile, folded in the middle, the first outside."""
    pile = [(printed[at], printed[at + 1]) for at in range(0, len(printed), 2)]
    # Flipped on its short edge, the back of a landscape sheet lies upright, its left half behind the front's right.
    # Folded, the front is outside: right half of the front is a recto, and behind it is the left half of the back.
    going_in = [page for front, back in pile for page in (front.half(front.width / 2), back.half(0))]
    coming_out = [page for front, back in reversed(pile) for page in (back.half(back.width / 2), front.half(0))]
    return going_in + coming_out


@pytest.fixture(scope="module")
def printed(editions: Editions) -> list[Side]:
    return sides(editions.sheets)


def test_folded_sheets_give_every_page_in_its_place(editions: Editions, printed: list[Side]) -> None:
    pages = sides(editions.book.file)
    booklet = fold(printed)
    assert len(booklet) == -(-len(pages) // 4) * 4
    for number, (page, leaf) in enumerate(zip_longest(pages, booklet), 1):
        if page is None:
            assert not leaf, f"page {number} should be blank"
            continue
        # a page stands in the middle of its half, in its own size
        aside, down = (printed[0].width / 2 - page.width) / 2, (printed[0].height - page.height) / 2
        expected = sorted((word, x + aside, y + down) for word, x, y in page.words)
        assert [word for word, *_ in sorted(leaf)] == [word for word, *_ in expected], f"page {number}"
        for (word, x, y), (_, x_there, y_there) in zip(expected, sorted(leaf), strict=True):
            assert (x_there, y_there) == pytest.approx((x, y), abs=0.6), f"page {number}: {word}"


def test_sheets_are_landscape_a4_on_both_sides(printed: list[Side]) -> None:
    assert len(printed) % 2 == 0
    assert {(round(side.width), round(side.height)) for side in printed} == {(842, 595)}


def test_no_word_crosses_the_fold(printed: list[Side]) -> None:
    for side in printed:
        fold_line = side.width / 2
        assert not [word for word, x, _ in side.words if fold_line - 12 < x < fold_line + 12]
