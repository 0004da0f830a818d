import gc
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from one_part import Sample, lay_out, lay_out_body, placed
from pypdf import PdfReader

from factpress.problems import BookError, FileError, Problem, ToolError

TOP = '<h1 id="top">One</h1>'


def mm(length: float) -> float:
    return length * 72 / 25.4


@pytest.fixture
def problems_of(faces: Path, tmp_path: Path) -> Callable[..., list[Problem]]:
    """Return the problems of a page that must not become a PDF."""

    def problems(body: str = "", head: str = "", css: str = "") -> list[Problem]:
        style = 'html { font-family: "Source Sans Pro", "Factpress Marks" }\n' + css
        with pytest.raises(BookError) as caught:
            lay_out_body(tmp_path, faces, TOP + body, style, head)
        assert not (tmp_path / "out.pdf").exists()
        return caught.value.problems

    return problems


def test_page_numbers_on_paper_are_those_of_the_labels(sample: Sample) -> None:
    pages = PdfReader(sample.pdf).pages
    assert sample.layout.page_labels == tuple(str(number) for number in range(1, len(pages) + 1))
    assert PdfReader(sample.pdf).page_labels == list(sample.layout.page_labels)
    for number, page in list(zip(sample.layout.page_labels, pages, strict=True))[1:]:  # the cover shows none
        margins = {text for text, _, y in placed(page) if y > 545 or y < 50}
        assert number in margins or not page.extract_text().strip(), (number, margins)


def test_anchors_lead_to_the_page_that_a_reader_turns_to(sample: Sample) -> None:
    def number(anchor: str) -> str:
        return sample.layout.page_labels[sample.layout.anchors[anchor] - 1]

    assert (number("chapter-1"), number("contents")) == ("4", "2")
    page = PdfReader(sample.pdf).pages[sample.layout.anchors["C002"] - 1]
    assert "The charter binds one party only." in page.extract_text()
    contents = PdfReader(sample.pdf).pages[1].extract_text()
    assert contents.rstrip().count(number("chapter-2")) == 1


def test_no_text_is_lost_and_the_outline_has_the_headings(sample: Sample) -> None:
    reader = PdfReader(sample.pdf)
    text = "\n".join(page.extract_text() for page in reader.pages)
    for words in (
        "Drafted with a machine’s help",
        "✓",
        "◐",
        "✗",
        "≠",
        "○",
        "◌",
        "Letters from the quay",
        "Two paragraphs.",
    ):
        assert words in text

    def titles(outline: list[object]) -> list[str]:
        return [t for o in outline for t in (titles(o) if isinstance(o, list) else [o.title])]  # type: ignore[attr-defined]

    assert {"The first harbour", "What the sources say", "2 The second treaty"} <= set(titles(reader.outline))


def test_paragraph_numbers_stand_in_the_outer_margin(sample: Sample) -> None:
    seen = set()
    for index, page in enumerate(PdfReader(sample.pdf).pages):
        for text, x, _ in placed(page):
            if text in ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1"):
                outside = x > mm(125) if index % 2 == 0 else x < mm(23)
                assert outside, (text, x)
                seen.add(text)
    assert len(seen) == 6


def test_the_same_page_in_another_folder_gives_the_same_bytes(
    sample: Sample, lay_out_sample: Callable[[Path], Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Seoul")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    assert lay_out_sample(tmp_path / "elsewhere").pdf.read_bytes() == sample.pdf.read_bytes()


def test_nothing_in_the_file_tells_where_it_was_built(sample: Sample) -> None:
    assert str(sample.pdf.parent).encode() not in sample.pdf.read_bytes()
    links = [a.get_object() for page in PdfReader(sample.pdf).pages for a in page.get("/Annots", [])]
    assert links and not [link for link in links if "file:" in str(link)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<a href="#nowhere">x</a>', "No anchor #nowhere"),
        ('<p id="top">x</p>', "Anchor defined twice: 'top'"),
        ('<img src="gone.png" alt="A thing">', "Failed to load image"),
        ('<img src="../secret.png" alt="A thing">', "outside the folder"),
        ('<img src="https://example.org/x.png" alt="A thing">', "disallowed protocol"),
        ('<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>">', "no required alt"),
        ('<a href="other.html">x</a>', "leaves the book for a file of this machine: other.html"),
    ],
)
def test_what_the_layout_complains_about_is_a_problem(
    problems_of: Callable[..., list[Problem]], body: str, words: str
) -> None:
    found = problems_of(body)
    assert {problem.code for problem in found} == {"pdf-log"}
    assert any(words in problem.message for problem in found), found


def test_css_that_does_nothing_is_a_problem_at_its_line(problems_of: Callable[..., list[Problem]]) -> None:
    (found,) = problems_of(css="p {\n  float: outside;\n}")
    assert (found.code, Path(found.where.file).name, found.where.line) == ("pdf-log", "style.css", 3)
    assert "float" in found.message


def test_a_face_of_the_machine_is_a_problem_that_shows_its_characters(
    problems_of: Callable[..., list[Problem]],
) -> None:
    found = problems_of('<p style="font-family: monospace">wxyz</p>')
    assert [(problem.code, dict(problem.values)["characters"]) for problem in found] == [("font-not-ours", "wxyz")]


def test_a_character_that_no_face_has_is_a_problem_with_its_page(problems_of: Callable[..., list[Problem]]) -> None:
    # not assigned in any Unicode: no machine has a face for it
    (found,) = problems_of('<p style="break-before: page">A name: \u0378.</p>')
    assert found.message.startswith("No face has the character \u0378 (U+0378) on page 2")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (f"<table><tr>{'<td>' + 'w' * 30 + '</td>'}{'<td>' + 'w' * 90 + '</td>'}</tr></table>", "The table “www"),
        ("<svg xmlns='http://www.w3.org/2000/svg' width='2000' height='20'><title>T</title></svg>", "The picture"),
        (f"<img alt='Tall' src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 height=%22{4000}%22/>'>",
         "The picture"),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_page_is_a_problem(
    problems_of: Callable[..., list[Problem]], body: str, named: str
) -> None:
    (found,) = problems_of(f'<div style="break-before: page">{body}</div>')
    assert found.code == "pdf-too-large" and found.message.startswith(named)
    assert "page 2 of this part" in found.message


NOTE = "Many words of a note. "
NOTES = """
@page { size: 148mm 210mm; margin: 15mm; @footnote { border-top: 0.4pt solid black } }
p { margin: 0 }
.note { float: footnote; footnote-policy: line }
.note::footnote-call, .note::footnote-marker { content: none }
"""


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (f'said<span class="note"><a class="back" href="#top">1</a> {NOTE * 400}</span>', "The footnote “Many words"),
        (" ".join(f'said<span class="note">n{n} {NOTE * 20}</span>' for n in range(30)), "footnotes that begins “n"),
    ],
)
def test_footnotes_that_would_be_cut_off_are_a_problem(
    problems_of: Callable[..., list[Problem]], body: str, named: str
) -> None:
    found = problems_of(f"<p>{body}</p>", css=NOTES)
    assert found and {problem.code for problem in found} == {"pdf-too-large"}
    assert all("footnote" in problem.message for problem in found) and named in found[0].message


def test_footnotes_that_fill_most_of_a_page_are_none(faces: Path, tmp_path: Path) -> None:
    style = f'html {{ font-family: "Source Sans Pro" }}\n{NOTES}'
    body = "".join(f'<p>said<span class="note">n{n} {NOTE * 25}</span></p>' for n in range(12))
    out = lay_out_body(tmp_path, faces, TOP + body, style)
    assert sum(page.extract_text().count("Many") for page in PdfReader(out).pages) == 12 * 25


def test_a_missing_page_or_style_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"page\.html cannot be read"):
        lay_out(tmp_path / "page.html", tmp_path / "out.pdf", [])


def test_a_crash_of_the_layout_names_the_page(faces: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise AssertionError("box not in tags")

    monkeypatch.setattr("weasyprint.HTML.render", crash)
    with pytest.raises(ToolError, match=r"failed on .*page\.html: AssertionError: box not in tags"):
        lay_out_body(tmp_path, faces, TOP, "")


def test_the_collector_and_the_log_are_as_before(problems_of: Callable[..., list[Problem]]) -> None:
    logger = logging.getLogger("weasyprint")
    before = (gc.isenabled(), logger.propagate, list(logger.handlers))
    problems_of('<a href="#nowhere">x</a>')
    assert (gc.isenabled(), logger.propagate, list(logger.handlers)) == before
