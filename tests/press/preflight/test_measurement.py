"""Pages that are bad on purpose: each fault is found on its page, and nothing else."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from one_part import Sample, lay_out_body
from pikepdf import Name, String
from PIL import Image

from factpress.press.preflight.lines import TextLine, text_blocks
from factpress.press.preflight.measurement import Measurement, measure_pages
from factpress.press.preflight.page_content import page_contents
from factpress.problems import FileError, Problem

#: a page of 20 lines of some 35 letters
CSS = """
@page { size: 226pt 300pt; margin: 30pt }
html { font: 9pt/12pt "Source Serif Pro", "Factpress Marks", "Factpress Han" }
body, p, h1, h2 { margin: 0; font-size: 9pt; orphans: 1; widows: 1 }
.j { text-align: justify }
.new { break-before: page }
"""
LINE = "<p>One line</p>"

Measure = Callable[..., Measurement]


@pytest.fixture
def lay(faces: Path, tmp_path: Path) -> Callable[..., Path]:
    def lay(body: str, css: str = "") -> Path:
        return lay_out_body(tmp_path, faces, body, CSS + css)

    return lay


def found(pdf: Path) -> list[tuple[str, int]]:
    return [(problem.code, problem.where.line) for problem in measure_pages(pdf, "out.pdf").problems]


def only(pdf: Path) -> Problem:
    (problem,) = measure_pages(pdf, "out.pdf").problems
    return problem


def test_a_good_file_has_no_fault(sample: Sample) -> None:
    measured = measure_pages(sample.pdf, "sample.pdf")
    # but for its picture, which is there to be found by other tests
    assert [p.code for p in measured.problems] == ["pdf-picture-coarse"]
    assert (measured.pages, measured.size) == (sample.layout.pages, sample.pdf.stat().st_size)


def lines(*words: str) -> str:
    return "<br>".join(words)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        # 20 lines a page: the last line of one paragraph goes over, the first of another stays
        (LINE * 18 + f"<p>{lines('First', 'second', 'third')}</p>", ("pdf-widow", 2)),
        (LINE * 18 + f"<p>{lines('First', 'second', 'third')}</p>".replace("p>", "li>"), ("pdf-widow", 2)),
        (LINE * 19 + f"<p>{lines('First', 'second', 'third')}</p>", ("pdf-orphan", 1)),
        (LINE * 19 + f"<h2>Heading</h2><p class='new'>{lines('First', 'second')}</p>", ("pdf-heading-foot", 1)),
        (f"<p>{lines('One apple-', 'two pear-', 'three plum-', 'four')}</p>", ("pdf-hyphens", 1)),
        ("<p>" + "w" * 60 + "</p>", ("pdf-line-long", 1)),
        (LINE + "<p class='new' style='position: relative; left: 70mm'>Away</p>", ("pdf-line-long", 2)),
        (LINE + "<p class='new'>Two</p><p class='new'></p><p class='new'>Last</p>", ("pdf-page-empty", 3)),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_page(lay: Callable[..., Path], body: str, fault: tuple[str, int]) -> None:
    assert found(lay(body)) == [fault]


def test_what_only_looks_like_a_fault_is_not_reported(lay: Callable[..., Path]) -> None:
    body = (
        LINE * 18
        + f"<p>{lines('First', 'second', 'third', 'fourth')}</p>"  # two lines here, two there
        + f"<p>{lines('One apple-', 'two pear-', 'three', 'four plum-')}</p>"
        + "<h2>Heading</h2><p>Text</p>"
        + "<p class='new'>A right page</p><p class='new'></p><p class='new'>After a left page that is empty</p>"
    )
    assert found(lay(body)) == []


def lines_of(pdf: Path) -> list[TextLine]:
    with pikepdf.open(pdf) as opened:
        blocks = text_blocks(opened, list(page_contents(opened)), [(30, 196)] * len(opened.pages))
        return [line for block in blocks for line in block.lines]


def test_a_picture_of_too_few_pixels_is_found_and_one_of_enough_is_not(lay: Callable[..., Path]) -> None:
    data = io.BytesIO()
    Image.new("L", (300, 300), 128).save(data, "PNG")
    source = f"data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}"
    body = f'<p><img alt="Grey" src="{source}" style="width: 25mm; image-rendering: crisp-edges"></p>'
    assert found(lay(body)) == []
    assert "300 × 300 pixels has 152 of them an inch" in only(lay(body.replace("25mm", "50mm"))).message


def test_a_heading_over_a_picture_is_not_at_the_foot(lay: Callable[..., Path]) -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg' width='50' height='20'><title>TextLine</title>{}</svg>"
    assert found(lay("<h2>Heading</h2>" + picture.format("<rect width='9' height='9'/>"))) == []


# what no layout of ours gives, put into a good file by hand


@pytest.fixture
def spoil(lay: Callable[..., Path]) -> Callable[[Callable[[pikepdf.Pdf], None]], Path]:
    def spoil(change: Callable[[pikepdf.Pdf], None]) -> Path:
        path = lay('<p><a href="#there">Go there</a></p><h1 id="there" class="new">There</h1><p>x</p>')
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path)
        return path

    return spoil


def font_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))  # type: ignore[no-any-return]


def no_program(pdf: pikepdf.Pdf) -> None:
    about = font_of(pdf).DescendantFonts[0].FontDescriptor
    del about[next(key for key in about if key.startswith("/FontFile"))]


def other_name(pdf: pikepdf.Pdf) -> None:
    font_of(pdf).BaseFont = Name("/ABCDEF+Helvetica")


def no_glyph(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1].obj
    page.Contents.write(re.sub(rb"<[0-9a-f]{4}>", b"<0000>", page.Contents.read_bytes(), count=1))


def lost_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].Dest = String("elsewhere")


def lost_bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Dest = String("elsewhere")


def lost_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def one_name_twice(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.Dests
    listed = names.Names if "/Names" in names else names.Kids[0].Names
    at = next(n for n, name in enumerate(listed) if str(name) == "there")
    listed.append(listed[at])
    listed.append(listed[at + 1])


def blank_page(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(226, 283))


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (no_program, [("pdf-font-absent", 2)]),
        (other_name, [("pdf-font-foreign", 2)]),
        (no_glyph, [("pdf-glyph-missing", 2)]),
        (lost_link, [("pdf-link-lost", 1)]),
        (lost_bookmark, [("pdf-link-lost", 1)]),
        (lost_page, [("pdf-link-lost", 1)] * 2),
        (one_name_twice, [("pdf-anchor-twice", 2)]),
        (blank_page, [("pdf-page-empty", 3)]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_fault_of_the_file_is_named_with_its_page(
    spoil: Callable[[Callable[[pikepdf.Pdf], None]], Path],
    change: Callable[[pikepdf.Pdf], None],
    faults: list[tuple[str, int]],
) -> None:
    problems = measure_pages(spoil(change), "out.pdf").problems
    assert sorted({(p.code, p.where.line) for p in problems}) == sorted(set(faults))


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7\nnothing"])
def test_a_file_that_is_not_a_pdf_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "book.pdf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(FileError, match=r"book\.pdf (is not there|cannot be measured)"):
        measure_pages(file, "book.pdf")
