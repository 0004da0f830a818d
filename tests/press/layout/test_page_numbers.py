"""Page numbers in the text are those printed on the pages that they lead to."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from one_part import PAGE, lay_out_body, lay_out_parts, placed
from pypdf import PdfReader

from factpress.press.layout.cache import Part
from factpress.press.layout.page_numbers import digits_needed, fill_page_lists, reserve_digits
from factpress.problems import BookError

STYLE = """
@page { size: 74mm 60mm; margin: 8mm; @bottom-left { content: "" } }
html { font: 8pt/10pt "Source Sans Pro" }
p { margin: 0; break-before: page }
"""
SEEN = re.compile(r"here (q\d+), there (q\d+) on p\. (\w+)[\s\u2007]*\.")


def lay_out(faces: Path, folder: Path, leads: list[int], front: int = 0) -> list[tuple[str, str, str]]:
    """Lay out a page for each number, leading to the page of that place; return what is printed, page by page.

    The first `front` of them are front matter.
    """
    lines = [
        f'<p id="q{here}">here q{here}, there q{there} on p. <span class="page-ref" data-to="#q{there}">00</span>.</p>'
        for here, there in enumerate(leads)
    ]
    style, out = folder / "style.css", folder / "out.pdf"
    style.write_text(STYLE, encoding="utf-8")
    parts = [Part(folder / "front.html")] * (front > 0) + [Part(folder / "body.html")]
    (folder / "front.html").write_text(PAGE.format("", f"<h1>Front</h1>{''.join(lines[:front])}"), encoding="utf-8")
    (folder / "body.html").write_text(PAGE.format("", f"<h1>One</h1>{''.join(lines[front:])}"), encoding="utf-8")
    layout = lay_out_parts(parts, out, [faces, style])
    reader = PdfReader(out)
    assert reader.page_labels == list(layout.page_labels)
    found = [match.groups() for page in reader.pages for match in SEEN.finditer(page.extract_text())]
    assert [here for here, _, _ in found] == [f"q{number}" for number in range(len(leads))]
    assert all(layout.page_labels[layout.anchors[there] - 1] == printed for _, there, printed in found)
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


def test_pages_are_counted_through_from_the_cover_and_lead_forwards_too(faces: Path, tmp_path: Path) -> None:
    # the front has pages 1 to 4, the body begins on the next
    found = lay_out(faces, tmp_path, [3, 4, 0, 4, 5, 3], front=3)
    assert [printed for _, _, printed in found] == ["6", "7", "2", "7", "8", "6"]


def test_room_for_more_digits_is_made_by_a_second_layout(faces: Path, tmp_path: Path, layouts: list[int]) -> None:
    # so little on each page that the guess is one digit
    count = 104
    found = lay_out(faces, tmp_path, [count - 1 - number for number in range(count)])
    assert [printed for _, _, printed in found] == [str(count + 1 - number) for number in range(count)]
    assert layouts == [count + 1, count + 1]


def test_a_folio_that_leads_nowhere_is_a_problem(faces: Path, tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        lay_out(faces, tmp_path, [0, 7])
    assert any("No page has the id 'q7'" in problem.message for problem in caught.value.problems)


def test_after_a_short_number_a_line_goes_on_without_a_gap_unless_it_is_justified(faces: Path, tmp_path: Path) -> None:
    line = 'p. <span class="page-ref" data-to="#a">00</span> <a href="#a">and on</a>'
    body = f'<h1 id="a">One</h1><p>{line}</p><p style="text-align: justify">{line}</p>'
    css = 'html { font: 8pt/10pt "Source Sans Pro" } .page-ref { font-feature-settings: "tnum" }'
    out = lay_out_body(tmp_path, faces, body, css)
    first = PdfReader(out).pages[0]
    ragged, justified = (x for text, x, _ in placed(first) if text == "and on")
    assert justified - ragged == pytest.approx(0.497 * 8, abs=0.05)  # a digit of Source Sans
    areas = [annotation.get_object()["/Rect"] for annotation in first["/Annots"]]
    assert [float(area[0]) for area in areas] == pytest.approx([ragged, justified], abs=0.05)


@pytest.mark.parametrize(("pages", "digits"), [(0, 1), (9, 1), (10, 2), (99, 2), (100, 3)])
def test_digits_needed(pages: int, digits: int) -> None:
    assert digits_needed(pages) == digits


def tree(html: str) -> Element:
    return fromstring(f"<body>{html}</body>")


def text(element: Element) -> str:
    return tostring(element, encoding="unicode").removeprefix("<body>").removesuffix("</body>")


def test_room_is_made_in_folios_only() -> None:
    page = tree('<p>00 <span class="page-ref right" data-to="#a">00</span> 0 <span class="of">00</span></p>')
    reserve_digits(page, 3)
    assert text(page) == '<p>00 <span class="page-ref right" data-to="#a">000</span> 0 <span class="of">00</span></p>'


def test_a_list_of_pages_links_each_page_once_and_a_range_as_one() -> None:
    page = tree('<p>beta, <span class="pages" data-to="#a #b #c #d #e #x">.</span>; more</p>'.replace(">.<", "><"))
    fill_page_lists(page, {"a": "3", "b": "3", "c": "7", "d": "8", "e": "9"}, "at:")
    assert text(page) == (
        '<p>beta, <span class="pages" data-to="#a #b #c #d #e #x">'
        '<a href="at:a">3</a>, <a href="at:c">7–9</a></span>; more</p>'
    )


def test_a_page_of_another_volume_is_named_and_not_linked() -> None:
    page = tree('<p>beta, <span class="pages" data-to="#a #booklet:b"></span></p>')
    fill_page_lists(page, {"a": "3", "booklet:b": "5"}, "at:")
    assert text(page) == (
        '<p>beta, <span class="pages" data-to="#a #booklet:b"><a href="at:a">3</a>, <span>5</span></span></p>'
    )
