import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from laid import Laid, placed
from pikepdf import Array, Dictionary, Name, Page, Pdf
from pypdf import PdfReader

from factpress.press.sheets import impose
from factpress.problems import BookError, FileError, UsageError

A5 = (419.53, 595.28)


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Return a PDF of pages that say p0, p1 …, of the sizes given."""

    def make(*sizes: tuple[float, float], turned: int = 0, password: str = "") -> Path:
        pdf = Pdf.new()
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number, (width, height) in enumerate(sizes):
            content = pdf.make_stream(f"BT /F 12 Tf 40 40 Td (p{number}) Tj ET".encode())
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, width, height]),
                Resources=Dictionary(Font=Dictionary(F=font)),
                Contents=content,
            )
            if turned and number == turned:
                page.Rotate = 90
            pdf.pages.append(Page(pdf.make_indirect(page)))
        file = tmp_path / "book.pdf"
        pdf.save(file, encryption=pikepdf.Encryption(user=password, owner=password) if password else None)
        return file

    return make


def sides(pdf: Path) -> list[tuple[str, str]]:
    """Return the words on the left and the right half of each side."""
    found = []
    for page in PdfReader(pdf).pages:
        words = {True: "", False: ""}
        for text, x, _ in placed(page):
            words[x < float(page.mediabox.width) / 2] += text
        found.append((words[True], words[False]))
    return found


@pytest.mark.parametrize(("pages", "sheets"), [(1, 1), (4, 1), (5, 2), (8, 2), (12, 3)])
def test_same_halves_as_another_program_puts_them(
    book: Callable[..., Path], tmp_path: Path, pages: int, sheets: int
) -> None:
    source, ours, theirs = book(*[A5] * pages), tmp_path / "ours.pdf", tmp_path / "theirs.pdf"
    assert impose(source, ours) == sheets
    command = [sys.executable, "-m", "pdfimpose", "saddle", "--format", "A4", "--output", str(theirs), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    assert sides(ours) == sides(theirs)


@pytest.mark.parametrize(("paper", "size"), [("a4", (841.89, 595.276)), ("letter", (792, 612))])
def test_sides_are_landscape_of_the_paper_asked_for(
    book: Callable[..., Path], tmp_path: Path, paper: str, size: tuple[float, float]
) -> None:
    impose(book(*[A5] * 5), tmp_path / "out.pdf", paper=paper)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert len(pdf.pages) == 4
        for page in pdf.pages:
            assert [float(v) for v in page.mediabox.as_list()] == pytest.approx([0, 0, *size], abs=0.01)


def test_the_sample_becomes_sheets_that_claim_no_tags(sample: Laid, tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    assert impose(sample.pdf, out) == -(-sample.layout.pages // 4)
    with pikepdf.open(out) as pdf:
        assert not {"/StructTreeRoot", "/MarkInfo", "/Outlines"} & set(pdf.Root.keys())
        assert not [page for page in pdf.pages if "/Annots" in page]
        assert pdf.Root.ViewerPreferences.Duplex == Name.DuplexFlipShortEdge
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Harbours and Treaties (sheets to print and fold)"
            assert "pdfuaid:part" not in metadata and "pdfaid:part" not in metadata
    assert out.stat().st_size < 1.2 * sample.pdf.stat().st_size


def test_the_same_pdf_gives_the_same_bytes(sample: Laid, tmp_path: Path) -> None:
    impose(sample.pdf, tmp_path / "a.pdf")
    impose(sample.pdf, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize(
    ("sizes", "turned", "code", "words"),
    [
        ([A5] * 3, 2, "sheets-page-turned", "Page 3 is turned by 90"),
        ([A5, A5, (400, 600)], 0, "sheets-page-size", "Page 3 is 141 × 212 mm, but page 1 is 148 × 210 mm"),
        ([(595, 842)], 0, "sheets-page-too-large", "Page 1 is 210 × 297 mm"),
    ],
)
def test_pages_that_do_not_fit_are_problems_and_nothing_is_written(
    book: Callable[..., Path], tmp_path: Path, sizes: list[tuple[float, float]], turned: int, code: str, words: str
) -> None:
    source = book(*sizes, turned=turned)
    with pytest.raises(BookError) as caught:
        impose(source, tmp_path / "out.pdf")
    (found,) = caught.value.problems
    assert (found.code, found.where.file) == (code, str(source))
    assert words in found.message
    assert not (tmp_path / "out.pdf").exists()


def test_files_that_cannot_be_read_are_named(book: Callable[..., Path], tmp_path: Path) -> None:
    damaged, missing = tmp_path / "damaged.pdf", tmp_path / "missing.pdf"
    damaged.write_bytes(b"%PDF-1.7\nno more")
    for file, words in (
        (book(A5, password="secret"), "encrypted"),
        (damaged, r"damaged\.pdf cannot be read"),
        (missing, r"missing\.pdf cannot be read"),
    ):
        with pytest.raises(FileError, match=words):
            impose(file, tmp_path / "out.pdf")
    with pytest.raises(FileError, match="no pages"):
        impose(book(), tmp_path / "out.pdf")


def test_unknown_paper_is_a_usage_error(book: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a6"):
        impose(book(A5), tmp_path / "out.pdf", paper="a6")
