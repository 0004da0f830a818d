"""Work that is spared: the bytes are those of WeasyPrint and pydyf alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pydyf
import pytest
from one_part import lay_out_body, switch_off
from pypdf import PdfReader

LINK = '<a class="n" href="#p{}">see</a>'
BODY = '<h1 id="top">One</h1>' + "".join(
    f'<p id="p{n}" style="break-before: page">{LINK.format((n * 7) % 12)}</p>' for n in range(12)
)
STYLE = """
html { font-family: "Source Sans Pro" }
.n::after { content: ", p. " target-counter(attr(href), page) }
"""


def test_weasyprint_alone_lays_out_more_pages_than_it_needs(
    tmp_path: Path, faces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.layout import page as layout

    rounds: list[int] = []
    original = layout.remake_page

    def counted(number: int, *rest: object) -> object:
        rounds.append(number)
        return original(number, *rest)

    monkeypatch.setattr(layout, "remake_page", counted)
    ours = lay_out_body(tmp_path, faces, BODY, STYLE).read_bytes()
    our_rounds = len(rounds)
    assert our_rounds <= 2 * 13
    rounds.clear()
    switch_off(monkeypatch, "stable_page_counters")
    alone = lay_out_body(tmp_path, faces, BODY, STYLE)
    assert len(rounds) > our_rounds
    assert ours == alone.read_bytes()
    assert ", p. " in PdfReader(alone).pages[10].extract_text()


def test_pydyf_alone_lists_all_pages_for_every_element(
    tmp_path: Path, faces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original: Any = pydyf.PDF.page_references
    made: list[object] = []

    def page_references(pdf: Any) -> Any:
        made.append(pdf)
        return original.fget(pdf)

    monkeypatch.setattr(pydyf.PDF, "page_references", property(page_references))
    ours = lay_out_body(tmp_path, faces, BODY, STYLE).read_bytes()
    assert 0 < len(made) < 5
    made.clear()
    switch_off(monkeypatch, "cache_page_references")
    assert lay_out_body(tmp_path, faces, BODY, STYLE).read_bytes() == ours
    assert len(made) > 24  # one for each paragraph and link, and more
