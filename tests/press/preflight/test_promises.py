"""A volume that breaks a promise on purpose: each is found on its page, and a volume that keeps them has no fault."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from one_part import lay_out_body
from pikepdf import Dictionary, Name

from factpress.press.preflight.booklet import MAX_BYTES, Promised
from factpress.press.preflight.measurement import measure_pages

CSS = """
@page { size: 226pt 300pt; margin: 30pt; @footnote { border-top: 0.4pt solid black } }
html { font: 9pt/12pt "Source Serif Pro", "Factpress Marks", "Factpress Han" }
body, p { margin: 0; font-size: 9pt; orphans: 1; widows: 1 }
.new { break-before: page }
.mark, .cite { font-size: 6pt; vertical-align: 3pt }
.note { float: footnote; footnote-display: block; footnote-policy: line; font-size: 7pt }
.note::footnote-call, .note::footnote-marker { content: none }
th { font-size: 9pt; text-align: left; font-weight: 400 }
"""
MARK = '<span class="mark">◐6</span>'
FULL = "<p>It was built of stone.</p>" * 16
LEADS = '<span class="note">◐6 See the box. </span>'
BOX = "<table><thead><tr><th>◐6 What the article has.</th></tr></thead></table>"
SAID = '<span class="note">◐6 What the article has is told here, and what is right. [1]</span>'

Lay = Callable[[str], Path]


@pytest.fixture
def lay(faces: Path, tmp_path: Path) -> Lay:
    return lambda body: lay_out_body(tmp_path, faces, body, CSS)


def found(pdf: Path, promised: Promised) -> list[tuple[str, int]]:
    problems = measure_pages(pdf, "out.pdf", promised).problems
    return [(problem.code, problem.where.line) for problem in problems if problem.code.startswith("pdf-")]


MARKED = Promised(marks=frozenset(("◐6",)))


def test_a_mark_whose_note_stands_on_its_page_has_it(lay: Lay) -> None:
    assert found(lay(f"{FULL}<p>The bridge was built{MARK}{SAID} of stone.</p>"), MARKED) == []


@pytest.mark.parametrize("note", ["", '<span class="note">◐61 Of another claim it is told here at some length.</span>'])
def test_a_mark_without_its_note_is_found(lay: Lay, note: str) -> None:
    pdf = lay(f'{FULL}<p class="new">The bridge was built{MARK}{note} of stone.</p>')
    assert found(pdf, MARKED) == [("pdf-note-missing", 2)]


@pytest.mark.parametrize(("turns", "fault"), [(0, False), (1, False), (2, True)])
def test_a_note_that_leads_to_a_box_has_it_on_the_same_opening(lay: Lay, turns: int, fault: bool) -> None:
    pages = f'<p class="new">A page.</p>{FULL}' * max(turns - 1, 0)
    box = f'<div class="{"new" if turns else ""}">{BOX}</div>'
    # page 2 is a left one
    pdf = lay(f'{FULL}<p class="new">The bridge was built{MARK}{LEADS} of stone.</p>{FULL}{pages}{box}')
    assert found(pdf, MARKED) == ([("pdf-box-far", 2)] if fault else [])


def test_a_line_that_begins_with_a_citation_is_found(lay: Lay) -> None:
    cite = '<span class="cite">[12, p. 4]</span>'
    assert found(lay(f"{FULL}<p>It was built of stone<br>{cite} and it stands.</p>"), Promised()) == [
        ("pdf-line-citation", 1)
    ]
    assert found(lay(f"{FULL}<p>It was built<br>of stone {cite} and it stands.</p>"), Promised()) == []


FOLDED = Promised(light=frozenset(("Notes",)), is_folded=True)


def folded(pdf: Path, change: Callable[[pikepdf.Pdf], None] = lambda _pdf: None) -> Path:
    """Return a copy that opens with two pages side by side, as a booklet does, and is changed."""
    out = pdf.with_name("folded.pdf")
    with pikepdf.open(pdf) as book:
        book.Root.PageLayout = Name.TwoPageRight
        change(book)
        book.save(out)
    return out


def test_a_page_with_little_on_it_is_found_but_for_the_first_the_last_and_those_that_are_meant_so(lay: Lay) -> None:
    notes, little, last = (f'<p class="new">{words}</p>' for words in ("Notes", "Little.", "Last."))
    body = f'<p>First.</p>{notes}{little}<div class="new">{FULL}</div>{last}'
    assert found(folded(lay(body)), FOLDED) == [("pdf-page-light", 3)]


def test_a_booklet_opens_with_two_pages_side_by_side(lay: Lay) -> None:
    def single(book: pikepdf.Pdf) -> None:
        book.Root.PageLayout = Name.SinglePage

    assert found(folded(lay(FULL)), FOLDED) == []
    assert found(folded(lay(FULL), single), FOLDED) == [("pdf-view", 1)]


def test_a_booklet_is_small_enough_to_send(lay: Lay) -> None:
    def heavy(book: pikepdf.Pdf) -> None:
        book.Root.Weight = book.make_stream(os.urandom(MAX_BYTES))

    assert found(folded(lay(FULL), heavy), FOLDED) == [("pdf-file-large", 1)]


def test_a_face_that_is_in_the_file_twice_is_found(lay: Lay) -> None:
    def doubled(book: pikepdf.Pdf) -> None:
        (first, *_) = [o for o in book.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.FontDescriptor]
        book.Root.Again = book.make_indirect(Dictionary(first))

    assert found(folded(lay(FULL), doubled), FOLDED) == [("pdf-font-twice", 1)]
