"""Page numbers in the text are those printed on the pages that they lead to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from laid import placed
from pypdf import PdfReader

from factpress.press.layout.html_to_pdf import html_to_pdf
from factpress.press.layout.page_numbers import figures_needed, page_numbers, with_room
from factpress.problems import BookError

STYLE = """
@page { size: 74mm 60mm; margin: 8mm; @bottom-left { content: "" } }
html { font: 8pt/10pt "Source Sans Pro" }
p { margin: 0; break-before: page }
"""
SEEN = re.compile(r"here (q\d+), there (q\d+) on p\. (\w+)[\s\u2007]*\.")


def lay_out(faces: Path, folder: Path, leads: list[int], body: str = "") -> list[tuple[str, str, str]]:
    """Lay out a page for each number, leading to the page of that place; return what is printed, page by page."""
    lines = (
        f'<p id="q{here}">here q{here}, there q{there} on p. <span class="folio" data-to="#q{there}">00</span>.</p>'
        for here, there in enumerate(leads)
    )
    page, style, out = folder / "page.html", folder / "style.css", folder / "out.pdf"
    page.write_text(
        f'<!doctype html><html lang="en"><head><title>T</title></head><body><h1>One</h1>{"".join(lines)}</body></html>',
        encoding="utf-8",
    )
    style.write_text(STYLE, encoding="utf-8")
    layout = html_to_pdf(page, out, styles=[faces, style], body=body)
    reader = PdfReader(out)
    assert reader.page_labels == list(layout.numbers)
    found = [match.groups() for laid in reader.pages for match in SEEN.finditer(laid.extract_text())]
    assert [here for here, _, _ in found] == [f"q{number}" for number in range(len(leads))]
    assert all(layout.number(there) == printed for _, there, printed in found)
    return found  # type: ignore[return-value]


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each layout by its count of pages."""
    from weasyprint import HTML

    original, found = HTML.render, []

    def render(self: HTML, *args: object, **options: object) -> object:
        document = original(self, *args, **options)
        found.append(len(document.pages))
        return document

    monkeypatch.setattr(HTML, "render", render)
    return found


def test_a_folio_is_the_number_printed_where_it_leads(faces: Path, tmp_path: Path, layouts: list[int]) -> None:
    found = lay_out(faces, tmp_path, [5, 4, 3, 2, 1, 0])
    assert [printed for _, _, printed in found] == ["7", "6", "5", "4", "3", "2"]
    assert layouts == [7]


def test_before_the_first_numbered_page_it_is_roman(faces: Path, tmp_path: Path) -> None:
    found = lay_out(faces, tmp_path, [3, 4, 0, 1, 2, 5], body="q3")
    assert [printed for _, _, printed in found] == ["1", "2", "ii", "iii", "iv", "3"]


def test_room_for_more_figures_is_made_by_a_second_layout(faces: Path, tmp_path: Path, layouts: list[int]) -> None:
    # so little on each page that the guess is one figure
    count = 104
    found = lay_out(faces, tmp_path, [count - 1 - number for number in range(count)])
    assert [printed for _, _, printed in found] == [str(count + 1 - number) for number in range(count)]
    assert layouts == [count + 1, count + 1]


def test_a_folio_that_leads_nowhere_is_a_problem(faces: Path, tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        lay_out(faces, tmp_path, [0, 7])
    assert any("No page has the id 'q7'" in problem.message for problem in caught.value.problems)


def test_after_a_short_number_a_line_goes_on_without_a_gap_unless_it_is_justified(faces: Path, tmp_path: Path) -> None:
    page, style, out = tmp_path / "page.html", tmp_path / "style.css", tmp_path / "out.pdf"
    line = 'p. <span class="folio" data-to="#a">00</span> <a href="#a">and on</a>'
    page.write_text(
        '<!doctype html><html lang="en"><head><title>T</title></head><body><h1 id="a">One</h1>'
        f'<p>{line}</p><p style="text-align: justify">{line}</p></body></html>',
        encoding="utf-8",
    )
    style.write_text('html { font: 8pt/10pt "Source Sans Pro" } .folio { font-feature-settings: "tnum" }', "utf-8")
    html_to_pdf(page, out, styles=[faces, style])
    first = PdfReader(out).pages[0]
    ragged, justified = (x for text, x, _ in placed(first) if text == "and on")
    assert justified - ragged == pytest.approx(0.497 * 8, abs=0.05)  # a figure of Source Sans
    areas = [annotation.get_object()["/Rect"] for annotation in first["/Annots"]]
    assert [float(area[0]) for area in areas] == pytest.approx([ragged, justified], abs=0.05)


@pytest.mark.parametrize(
    ("pages", "first", "numbers"),
    [
        (3, 1, ("1", "2", "3")),
        (5, 4, ("i", "ii", "iii", "1", "2")),
        (2, 3, ("i", "ii")),
        (0, 1, ()),
    ],
)
def test_page_numbers(pages: int, first: int, numbers: tuple[str, ...]) -> None:
    assert page_numbers(pages, first) == numbers


def test_roman_numbers_are_spelled_as_ever() -> None:
    numbers = page_numbers(150, 151)
    assert [numbers[n - 1] for n in (4, 9, 14, 40, 49, 90, 99, 149)] == [
        "iv", "ix", "xiv", "xl", "xlix", "xc", "xcix", "cxlix",
    ]  # fmt: skip
    assert len(set(numbers)) == 150


@pytest.mark.parametrize(("pages", "figures"), [(0, 1), (9, 1), (10, 2), (99, 2), (100, 3)])
def test_figures_needed(pages: int, figures: int) -> None:
    assert figures_needed(pages) == figures


def test_room_is_made_in_folios_only() -> None:
    folio = '<span class="folio" data-to="#a">{}</span>'
    html = f"<p>00 {folio.format('00')} 0</p>"
    assert with_room(html, 3) == f"<p>00 {folio.format('000')} 0</p>"
    assert with_room(with_room(html, 4), 1) == f"<p>00 {folio.format('0')} 0</p>"
