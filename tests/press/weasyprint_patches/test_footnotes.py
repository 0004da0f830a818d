"""A footnote stands on the page of its call: pages of many footnotes, where WeasyPrint 70 loses some."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from one_part import lay_out_body, switch_off
from pikepdf import Dictionary, Name, Pdf
from pypdf import PdfReader

from factpress.problems import BookError

STYLE = """
@page { size: 148mm 110mm; margin: 12mm; @footnote { border-top: 0.4pt solid black; padding-top: 1mm } }
html { font: 9pt/12pt "Source Sans Pro" }
p { margin: 0; orphans: 2; widows: 2 }
.note { float: footnote; footnote-display: block; footnote-policy: line; font: 7pt/9pt "Source Sans Pro" }
.note::footnote-call, .note::footnote-marker { content: none }
.n::after { content: target-counter(attr(href), page) }
"""


def text(paragraphs: int, words: int) -> tuple[str, int]:
    """Return paragraphs of uneven length, each with some notes and a page number, and the count of notes."""
    written, notes = [], 0
    for place in range(paragraphs):
        parts = []
        for nth in range(2 + place % 3):
            notes += 1
            note = f'<span class="note">note{notes}x {"in words " * (notes * 3 % 9)}</span>'
            parts.append(f"{'word ' * (words + (place * 7 + nth * 5) % 11)}mark{notes}x{note}")
        there = place * 5 % paragraphs
        written.append(f'<p id="q{place}">{" ".join(parts)} see <a class="n" href="#q{there}">there</a></p>')
    return "".join(written), notes


def marks_without_note(faces: Path, folder: Path, paragraphs: int, words: int) -> list[int]:
    """Lay the text out, and return the marks whose note does not stand on their page."""
    body, notes = text(paragraphs, words)
    out = lay_out_body(folder, faces, f"<h1>One</h1>{body}", STYLE)
    pages = [laid.extract_text() for laid in PdfReader(out).pages]
    assert len(pages) > 5
    marked = [number for page_ in pages for number in re.findall(r"mark(\d+)x", page_)]
    assert marked == [str(number) for number in range(1, notes + 1)]
    return [n for n in range(1, notes + 1) if not any(f"mark{n}x" in found and f"note{n}x" in found for found in pages)]


@pytest.mark.parametrize(("paragraphs", "words"), [(24, 14), (30, 9)])
def test_each_note_stands_on_the_page_of_its_mark(faces: Path, tmp_path: Path, paragraphs: int, words: int) -> None:
    assert marks_without_note(faces, tmp_path, paragraphs, words) == []


def test_weasyprint_alone_still_loses_footnotes_which_is_a_problem(
    faces: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_off(monkeypatch, "keep_footnotes_with_calls")
    with pytest.raises(BookError) as caught:  # what is lost is told
        marks_without_note(faces, tmp_path, 24, 14)
    assert all(
        re.search(r"The footnote “note\d+x.* …” of page \d+ .* is lost", p.message) for p in caught.value.problems
    )


def test_a_note_longer_than_the_rest_of_its_page_goes_on_overleaf(faces: Path, tmp_path: Path) -> None:
    long = " ".join(f"w{number}x" for number in range(400))
    body = f'<h1>One</h1><p>before</p><p>said<span class="note">{long}</span></p><p>after</p>'
    out = lay_out_body(tmp_path, faces, body, STYLE)
    found = " ".join(laid.extract_text() for laid in PdfReader(out).pages)
    assert [number for number in range(400) if f"w{number}x" not in found] == []


def test_marks_of_one_matter_and_their_note_refer_to_each_other(faces: Path, tmp_path: Path) -> None:
    shared = '<span class="note" data-marks="2">of both</span>'
    body = (
        '<h1 id="one">One</h1><p>said <a href="#one">term</a><a href="#one">1</a><span class="note">of one</span>'
        f'; <a href="#one">term</a><a href="#one">2\u202f</a><a href="#one">3</a>{shared}.</p>'
    )
    with Pdf.open(lay_out_body(tmp_path, faces, body, STYLE)) as pdf:
        elements = [item for item in pdf.objects if isinstance(item, Dictionary)]
        notes = [item for item in elements if item.get("/S") == Name.Note]
        assert sorted(len(note.Ref) for note in notes) == [1, 2]
        for note in notes:
            assert all(Name.Link == mark.S and mark.Ref[0].objgen == note.objgen for mark in note.Ref)
        assert not [key for item in elements for key in item.keys() if key.startswith("/Factpress")]  # noqa: SIM118
