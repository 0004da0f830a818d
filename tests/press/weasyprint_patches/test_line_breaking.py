"""Where lines end, with the patch and without it; WeasyPrint is repaired when the second test fails."""

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
"""
Set = Callable[[str], list[str]]


@pytest.fixture
def lines(tmp_path: Path, faces: Path) -> Set:
    """Return the function that sets a paragraph: the text of each line."""

    def set_lines(body: str) -> list[str]:
        with pikepdf.open(lay_out_body(tmp_path, faces, body, CSS)) as pdf:
            blocks = text_blocks(pdf, list(page_contents(pdf)), [(30, 196)] * len(pdf.pages))
            return [line.text for block in blocks for line in block.lines]

    return set_lines


# as wide as "three short words" and half a space
LAST_SPACE = '<p style="width: 71.9pt">three short words <em>and</em> nobody else in the whole of the land did</p>'


def test_a_text_whose_last_space_does_not_fit_is_whole(lines: Set) -> None:
    assert lines(LAST_SPACE)[0] == "three short words"


def test_weasyprint_alone_cuts_a_text_whose_last_space_does_not_fit(
    lines: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_off(monkeypatch, "hang_trailing_space")
    assert lines(LAST_SPACE)[0] == "three"


# wide enough for "three short words" and not for the fixed space that binds the last of them to what follows
BOUND = '<p style="width: 71.9pt">three short words\u00a0<em>and</em> nobody else in the land did</p>'


def test_a_text_that_is_bound_to_what_follows_ends_before_its_last_word(lines: Set) -> None:
    assert lines(BOUND)[0] == "three short"


def test_weasyprint_alone_cuts_a_bound_text_after_its_first_word(lines: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    switch_off(monkeypatch, "hang_trailing_space")
    assert lines(BOUND)[0] == "three"
