"""Justified lines, with each of the four patches and without it; WeasyPrint is repaired when its tests fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from one_part import lay_out_body, switch_off

from factpress.press.preflight.lines import text_blocks
from factpress.press.preflight.page_content import page_contents

CSS = """
@page { size: 226pt 300pt; margin: 30pt }
html { font: 9pt/12pt "Source Serif Pro" }
body, p { margin: 0 }
p { text-align: justify }
.h { hyphens: auto }
.long { hyphenate-limit-chars: 8 4 4 }
"""
HYPHENS = ("-", "\u2010")

Set = Callable[[str], list[tuple[str, float]]]


@pytest.fixture
def lines(tmp_path: Path, faces: Path) -> Set:
    """Return the function that sets a paragraph: the text of each line, and its word space in normal ones."""

    def set_lines(body: str) -> list[tuple[str, float]]:
        with pikepdf.open(lay_out_body(tmp_path, faces, body, CSS)) as pdf:
            blocks = text_blocks(pdf, list(page_contents(pdf)), [(30, 196)] * len(pdf.pages))
            return [(line.text, line.word_space_ratio) for block in blocks for line in block.lines]

    return set_lines


# as wide as "three short words" and half a space
LAST_SPACE = '<p style="width: 71.9pt">three short words <em>and</em> nobody else in the whole of the land did</p>'


def test_a_text_whose_last_space_does_not_fit_is_whole(lines: Set) -> None:
    assert lines(LAST_SPACE)[0] == ("three short words", pytest.approx(1.24, abs=0.1))


def test_weasyprint_alone_cuts_a_text_whose_last_space_does_not_fit(
    lines: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_off(monkeypatch, "hang_trailing_space")
    assert lines(LAST_SPACE)[0][0] == "three"


SHORT_WORD = '<p class="h long" style="width: 138pt">It was by then the garden of a doctor who had lived there</p>'


def test_a_short_word_is_hyphenated_where_the_line_would_be_loose(lines: Set) -> None:
    first, ratio = lines(SHORT_WORD)[0]
    assert first == "It was by then the garden of a doc‐" and ratio < 1.2


def test_weasyprint_alone_stretches_a_line_before_a_short_word(lines: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    switch_off(monkeypatch, "letterspace_loose_lines")
    switch_off(monkeypatch, "hyphenate_loose_lines")
    first, ratio = lines(SHORT_WORD)[0]
    assert first == "It was by then the garden of a" and ratio > 2.2


LONG_WORDS = (
    '<p class="h" style="width: 60pt">International responsibilities considerably complicated administrative '
    "reorganisation notwithstanding unprecedented understanding</p>"
)


def longest_stack(lines: list[tuple[str, float]]) -> int:
    """Return how many lines in a row end in a hyphen."""
    stacks = "".join("-" if text.endswith(HYPHENS) else " " for text, _ in lines).split()
    return max(map(len, stacks), default=0)


def test_no_more_than_two_lines_in_a_row_end_in_a_hyphen(lines: Set) -> None:
    assert longest_stack(lines(LONG_WORDS)) == 2


def test_weasyprint_alone_hyphenates_line_after_line(lines: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    switch_off(monkeypatch, "limit_consecutive_hyphens")
    assert longest_stack(lines(LONG_WORDS)) > 2


FEW_SPACES = f"<p>It was one of those old deeds that he {'w' * 20} and it ends.</p>"


def test_letters_take_a_little_of_what_would_make_a_line_loose(lines: Set) -> None:
    first, ratio = lines(FEW_SPACES)[0]
    assert first.endswith("that he") and ratio < 2


def test_weasyprint_alone_puts_all_between_the_words(lines: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    switch_off(monkeypatch, "letterspace_loose_lines")
    first, ratio = lines(FEW_SPACES)[0]
    assert first.endswith("that he") and ratio > 2
