"""Boxes that are moved and merged after the layout: leaders, and the areas of links."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from one_part import lay_out_body

from factpress.press.layout import renderer

STYLE = """
@page { size: 105mm 74mm; margin: 10mm }
html { font: 11pt/14pt "Source Serif Pro" }
.dots::before { content: leader(dotted) }
"""
CONTENTS = '<h1 id="here">Long</h1>' + "".join(
    f'<p>{"Chapter " * n}<span class="dots"></span><span class="page-ref right" data-to="#here">00</span></p>'
    for n in range(1, 5)
)


def test_dots_are_one_text_and_stand_where_they_stood(
    tmp_path: Path, faces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for name in ("joined", "apart"):
        (tmp_path / name).mkdir()
        pdf = lay_out_body(tmp_path / name, faces, CONTENTS, STYLE)
        with pymupdf.open(pdf) as pages, pikepdf.open(pdf) as opened:
            runs = len(re.findall(rb"TJ", opened.pages[0].Contents.read_bytes()))
            seen.append((runs, pages[0].get_pixmap(dpi=150).samples))
        monkeypatch.setattr(renderer, "merge_leader_dots", lambda _: None)
    (few, joined), (many, apart) = seen
    assert few < 20 < 100 < many
    assert joined == apart


def test_a_link_has_one_area_a_line_whatever_stands_in_it(
    tmp_path: Path, faces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = '<h1 id="here">Long</h1><p><a href="#here">A <em>link</em> of <b>many <i>parts</i></b></a></p>'
    counts = []
    for _ in range(2):
        with pikepdf.open(lay_out_body(tmp_path, faces, body, STYLE)) as pdf:
            counts.append(len(pdf.pages[0].Annots))
        monkeypatch.setattr(renderer, "merge_link_areas", lambda _: None)
    assert counts[0] == 1 < counts[1]
