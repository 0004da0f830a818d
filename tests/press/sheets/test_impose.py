"""The sheets as another program imposes them, as the boxes say, and as a ruler would measure them."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from one_part import Sample
from pdfimpose.schema.hardcover.__main__ import main as pdfimpose
from pikepdf import Array, Dictionary, Name, Page, Pdf
from pypdf import PdfReader

from factpress.cli.main import main
from factpress.press.sheets.impose import impose
from factpress.press.sheets.job import MM, ImpositionJob
from factpress.problems import BookError, FileError, UsageError
from needs import needs

A5 = (419.53, 595.28)
A4 = (841.89, 595.276)
Make = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Make:
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


def at(pdf: Path, *, upright: bool = False) -> list[dict[str, tuple[float, float]]]:
    """Return where the words of each side stand, as another program draws them; pypdf does not look into forms.

    With `upright`, a side whose words stand on their heads is turned first, as a person would.
    """
    found = []
    with pymupdf.open(pdf) as reader:
        for page in reader:
            lines = [line for block in page.get_text("dict")["blocks"] for line in block["lines"]]
            turned = upright and {line["dir"] for line in lines} == {(-1, 0)}
            side = {s["text"]: (s["origin"][0], page.rect.height - s["origin"][1]) for ln in lines for s in ln["spans"]}
            width, height = page.rect.width, page.rect.height
            found.append({w: (width - x, height - y) if turned else (x, y) for w, (x, y) in side.items()})
    return found


def sides(pdf: Path) -> list[tuple[list[str], list[str]]]:
    """Return the words on the left and the right half of each side."""
    fold = A4[0] / 2
    return [
        ([word for word, (x, _) in side.items() if x < fold], [word for word, (x, _) in side.items() if x > fold])
        for side in at(pdf, upright=True)
    ]


@pytest.mark.parametrize(
    ("pages", "job", "options"),
    [
        (1, ImpositionJob(), ()),
        (5, ImpositionJob(), ()),
        (12, ImpositionJob(), ()),
        (62, ImpositionJob(), ()),
        (66, ImpositionJob(gathering_pages=120), ()),
        (32, ImpositionJob(gathering_pages=4), ("--group=1",)),
        (64, ImpositionJob(gathering_pages=16), ("--group=4",)),
        (96, ImpositionJob(), ("--group=8",)),
        (63, ImpositionJob(gathering_pages=16, back_cover=True), ("--group=4", "--last=1")),
        (22, ImpositionJob(gathering_pages=12, right_bound=True), ("--group=3", "--bind=right")),
        (9, ImpositionJob(right_bound=True, back_cover=True), ("--group=0", "--bind=right", "--last=1")),
    ],
)
def test_same_halves_as_another_program_puts_them(
    book: Make, tmp_path: Path, pages: int, job: ImpositionJob, options: tuple[str, ...]
) -> None:
    source, ours, theirs = book(*[A5] * pages), tmp_path / "ours.pdf", tmp_path / "theirs.pdf"
    assert len(impose(source, ours, job).sheets) == -(-pages // 4)
    pdfimpose(["--format=A4", f"--output={theirs}", *(options or ("--group=0",)), str(source)])
    assert sides(ours) == sides(theirs)
    assert sum(len(left) + len(right) for left, right in sides(ours)) == pages


def boxes(pdf: Path) -> list[dict[str, list[float]]]:
    with pikepdf.open(pdf) as sheets:
        names = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox")
        return [{name: [float(v) for v in page.obj[name]] for name in names} for page in sheets.pages]


@pytest.mark.parametrize(
    ("job", "size", "trim"),
    [
        (ImpositionJob(), A4, (1.415, 0, 840.475, 595.276)),
        (ImpositionJob("letter", cut_outer=8.3), (792, 612), (0, 8.36, 792, 603.64)),
        (ImpositionJob("297x420"), (1190.55, 841.89), (175.745, 123.305, 1014.805, 718.585)),
    ],
)
def test_boxes_say_which_paper_it_is_and_where_it_is_trimmed(
    book: Make, tmp_path: Path, job: ImpositionJob, size: tuple[float, float], trim: tuple[float, ...]
) -> None:
    impose(book(*[A5] * 5), tmp_path / "out.pdf", job)
    found = boxes(tmp_path / "out.pdf")
    assert len(found) == 4
    for page in found:
        assert page["/MediaBox"] == page["/CropBox"] == pytest.approx([0, 0, *size], abs=0.01)
        assert page["/TrimBox"] == page["/BleedBox"] == pytest.approx(trim, abs=0.01)


def test_pages_meet_at_the_fold_and_inner_ones_move_towards_it(book: Make, tmp_path: Path) -> None:
    impose(book(*[A5] * 12), tmp_path / "out.pdf", ImpositionJob(thickness=0.25))
    fold, words = A4[0] / 2, at(tmp_path / "out.pdf")
    for depth, (front, back) in enumerate([(words[0], words[1]), (words[2], words[3]), (words[4], words[5])]):
        inwards = depth * 0.25 * MM
        for side, left, right in ((front, 11 - 2 * depth, 2 * depth), (back, 2 * depth + 1, 10 - 2 * depth)):
            assert side[f"p{left}"] == pytest.approx((fold - A5[0] + 40 + inwards, 40), abs=0.01)
            assert side[f"p{right}"] == pytest.approx((fold + 40 - inwards, 40), abs=0.01)


def test_creep_starts_anew_with_each_gathering_and_can_be_left_out(book: Make, tmp_path: Path) -> None:
    source = book(*[A5] * 16)
    impose(source, tmp_path / "two.pdf", ImpositionJob(gathering_pages=8, thickness=0.2))
    impose(source, tmp_path / "none.pdf", ImpositionJob(thickness=0))
    words = at(tmp_path / "two.pdf")
    assert words[0]["p0"] == words[4]["p8"] != words[2]["p2"] == words[6]["p10"]
    assert len({round(x, 2) for side in at(tmp_path / "none.pdf") for x, _ in side.values()}) == 2


def test_what_is_cut_off_is_cut_at_the_outer_edge(book: Make, tmp_path: Path) -> None:
    impose(book(*[A5] * 4), tmp_path / "out.pdf", ImpositionJob("letter", cut_outer=8.3))
    front, back = at(tmp_path / "out.pdf")
    for side, left, right in ((front, "p3", "p0"), (back, "p1", "p2")):
        assert side[right][0] == pytest.approx(396 + 40, abs=0.01)  # as far from the fold as it was
        assert side[left][0] == pytest.approx(40 - (A5[0] - 396), abs=0.01)


def test_flipped_on_the_long_edge_the_backs_stand_on_their_heads(book: Make, tmp_path: Path) -> None:
    source = book(*[A5] * 4)
    impose(source, tmp_path / "short.pdf")
    impose(source, tmp_path / "long.pdf", ImpositionJob(duplex="long-edge"))
    short, long = at(tmp_path / "short.pdf"), at(tmp_path / "long.pdf")
    assert short[0] == long[0]
    for word, (x, y) in short[1].items():
        assert long[1][word] == pytest.approx((A4[0] - x, A4[1] - y), abs=0.01)
    with pikepdf.open(tmp_path / "long.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == Name.DuplexFlipLongEdge


def test_marks_stand_where_one_folds_staples_and_cuts(book: Make, tmp_path: Path) -> None:
    impose(book(*[A5] * 16), tmp_path / "out.pdf", ImpositionJob("420x297", 8, marks=("fold", "staple", "crop")))
    fold, staple, crop = [], [], []
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        for page in pdf.pages:
            lines = [line for line in lines_of(page) if max(line) > 2]  # but for numerals, drawn in a box of 1 by 2
            upright = [line for line in lines if line[0] == line[2] == pytest.approx(210 * MM)]
            fold.append([line for line in upright if min(line[1], line[3]) < 1 or max(line[1], line[3]) > 296 * MM])
            staple.append([line for line in upright if line not in fold[-1]])
            crop.append([line for line in lines if line not in upright])
    assert {len(lines) for lines in fold} == {2} and {len(lines) for lines in crop} == {8}
    assert [len(lines) for lines in staple] == [2, 0, 0, 0, 2, 0, 0, 0]  # the outside of each gathering
    assert [(a + b) / 2 / MM for _, a, _, b in staple[0]] == pytest.approx([43.5 + 52.5, 43.5 + 157.5], abs=0.1)
    for x1, y1, x2, y2 in crop[0]:  # none touches the trimmed pages
        assert max(x1, x2) < 62 * MM or min(x1, x2) > 358 * MM or max(y1, y2) < 43.5 * MM or min(y1, y2) > 253.5 * MM


@pytest.mark.parametrize(("pages", "gatherings"), [(16, 1), (24, 3), (100, 13)])
def test_of_several_gatherings_each_sheet_says_which_it_is(
    book: Make, tmp_path: Path, pages: int, gatherings: int
) -> None:
    impose(book(*[A5] * pages), tmp_path / "out.pdf", ImpositionJob(gathering_pages=8 if gatherings > 1 else 16))
    bars, numerals = [], []
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        for page in pdf.pages:
            steps = pikepdf.parse_content_stream(page)
            placed = [[float(x) for x in operands] for operands, name in steps if str(name) == "re"]
            bars += [(x + width / 2, y) for x, y, width, _ in placed if width < 5 * MM]
            numerals.append(sum(str(name) == "S" for _, name in steps))
    if gatherings == 1:
        assert (bars, set(numerals)) == ([], {0})
        return
    assert len(bars) == gatherings and {round(x, 1) for x, _ in bars} == {round(A4[0] / 2, 1)}
    heights = [y for _, y in bars]
    assert heights == sorted(heights, reverse=True) and heights[-1] > 0
    assert numerals[1::2] == [0] * (len(numerals) // 2)  # the backs
    assert numerals[0] == 3 and numerals[-2] == (3 if gatherings < 10 else 4)  # 1-1, 13-1


def lines_of(page: Page) -> list[tuple[float, float, float, float]]:
    found, start = [], (0.0, 0.0)
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "m":
            start = (float(operands[0]), float(operands[1]))
        elif str(operator) == "l":
            found.append((*start, float(operands[0]), float(operands[1])))
    return found


def test_a_bleed_reaches_over_the_three_outer_edges(book: Make, tmp_path: Path) -> None:
    source, bleed = book((450, 625), (450, 625), (450, 625), (450, 625)), 8.5
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.TrimBox = Array([15, 15, 435, 610])
            page.BleedBox = Array([15 - bleed, 15 - bleed, 435 + bleed, 610 + bleed])
        pdf.save()
    impose(source, tmp_path / "out.pdf", ImpositionJob("420x297"))
    (page, _) = boxes(tmp_path / "out.pdf")
    assert [b - t for b, t in zip(page["/BleedBox"], page["/TrimBox"], strict=True)] == pytest.approx(
        [-bleed, -bleed, bleed, bleed], abs=0.001
    )
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        form = pdf.pages[0].Resources.XObject.Left
        assert [float(v) for v in form.BBox] == [15 - bleed, 15 - bleed, 435 + bleed, 610 + bleed]


def test_the_sample_becomes_sheets_that_claim_no_tags(sample: Sample, tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    assert len(impose(sample.pdf, out).sheets) == -(-sample.layout.pages // 4)
    with pikepdf.open(out) as pdf:
        assert not {"/StructTreeRoot", "/MarkInfo", "/Outlines"} & set(pdf.Root.keys())
        assert not [page for page in pdf.pages if "/Annots" in page]
        with pikepdf.open(sample.pdf) as laid, laid.open_metadata() as known, pdf.open_metadata() as kept:
            assert kept["dc:language"] == known["dc:language"] and kept["dc:creator"] == known["dc:creator"]
            assert pdf.docinfo["/Author"] == laid.docinfo["/Author"]
        assert pdf.Root.ViewerPreferences.Duplex == Name.DuplexFlipShortEdge
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Harbours and Treaties (sheets to print and fold)"
            assert "pdfuaid:part" not in metadata and "pdfaid:part" not in metadata
    assert out.stat().st_size < 1.2 * sample.pdf.stat().st_size


def test_the_same_pdf_gives_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    impose(sample.pdf, tmp_path / "a.pdf")
    impose(sample.pdf, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize(
    ("sizes", "turned", "code", "words"),
    [
        ([A5] * 3, 2, "sheets-page-turned", "Page 3 is turned by 90"),
        ([A5, A5, (400, 600)], 0, "sheets-page-size", "Page 3 is 141 × 212 mm, but page 1 is 148 × 210 mm"),
        ([(595, 842)] * 3, 0, "sheets-page-too-large", "Page 1 is 210 × 297 mm, but half of A4 paper takes 148 × 210"),
    ],
)
def test_pages_that_do_not_fit_are_problems_and_nothing_is_written(
    book: Make, tmp_path: Path, sizes: list[tuple[float, float]], turned: int, code: str, words: str
) -> None:
    source = book(*sizes, turned=turned)
    with pytest.raises(BookError) as caught:
        impose(source, tmp_path / "out.pdf")
    (found,) = caught.value.problems
    assert (found.code, found.where.file) == (code, str(source))
    assert words in found.message
    assert not (tmp_path / "out.pdf").exists()


def test_a5_is_too_large_for_letter_paper_unless_a_margin_is_given_up(book: Make, tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        impose(book(A5), tmp_path / "out.pdf", ImpositionJob("letter"))
    (found,) = caught.value.problems
    assert "--cut-outer" in found.rule.hint


def test_a_page_that_is_damaged_is_named(book: Make, tmp_path: Path) -> None:
    source = book(A5, A5, A5)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[1].Contents.write(b"not deflated at all", filter=Name.FlateDecode)
        pdf.pages[2].MediaBox = Array([0, 0, 0, 0])
        pdf.save()
    with pytest.raises(BookError) as caught:
        impose(source, tmp_path / "out.pdf")
    assert [(p.code, dict(p.values)["page"]) for p in caught.value.problems] == [
        ("sheets-page-damaged", "2"), ("sheets-page-damaged", "3")
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == [source]


def test_damage_inside_a_file_that_opens_is_named(book: Make, tmp_path: Path) -> None:
    source = book(*[A5] * 3)
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            page.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9]))])
        pdf.save(source.with_name("packed.pdf"), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = source.with_name("packed.pdf").read_bytes()
    at = data.index(b"stream", data.index(b"/ObjStm")) + 12
    source.write_bytes(data[:at] + b"A" * 20 + data[at + 20 :])
    with pytest.raises(FileError, match=r"cannot be read: it is damaged"):
        impose(source, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_files_that_cannot_be_read_are_named(book: Make, tmp_path: Path) -> None:
    damaged, missing, word, short = (tmp_path / f"{name}.pdf" for name in ("damaged", "missing", "word", "short"))
    damaged.write_bytes(b"%PDF-1.7\nno more")
    word.write_bytes(b"PK\x03\x04 a letter")
    short.write_bytes(book(*[A5] * 8).read_bytes()[:-300])
    for file, words in (
        (book(A5, password="secret"), "encrypted"),
        (damaged, r"damaged\.pdf cannot be read: it is damaged"),
        (short, r"short\.pdf cannot be read: it is damaged"),
        (word, r"word\.pdf cannot be read: it is not a PDF"),
        (missing, r"missing\.pdf cannot be read: No such file"),
        (tmp_path, "cannot be read: Is a directory"),
    ):
        with pytest.raises(FileError, match=words):
            impose(file, tmp_path / "out.pdf")
    with pytest.raises(FileError, match="no pages"):
        impose(book(), tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_a_pdf_that_opens_but_forbids_copies_is_encrypted_too(book: Make, tmp_path: Path) -> None:
    with pikepdf.open(book(A5)) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="", owner="secret"))
    with pytest.raises(FileError, match="encrypted"):
        impose(tmp_path / "locked.pdf", tmp_path / "out.pdf")


def test_the_sheets_never_replace_the_book_nor_leave_half_of_themselves(book: Make, tmp_path: Path) -> None:
    source = book(*[A5] * 4)
    (tmp_path / "link.pdf").symlink_to(source)
    before = source.read_bytes()
    for out in (source, tmp_path / "link.pdf"):
        with pytest.raises(UsageError, match="is the PDF that the sheets are made of"):
            impose(source, out)
    with pytest.raises(FileError, match="cannot be written"):
        impose(source, source / "out.pdf")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError, match="cannot be written"):
        impose(source, tmp_path / "folder")
    assert source.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"book.pdf", "link.pdf", "folder"}


def test_a_device_is_not_replaced_by_the_sheets(book: Make, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileError, match="cannot be written: it is not a plain file"):
        impose(book(A5), pipe)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--paper", "a6"], "There is no paper 'a6'"),
        (["--gathering", "18"], "A gathering cannot have 18 pages"),
        (["--paper-thickness", "3"], "No paper is 3 mm thick"),
        (["--cut-outer", "-1"], "-1 mm cannot be cut off"),
        (["--marks", "fold,flod"], "There are no 'flod' marks"),
        (["--marks", "crop"], "no room for crop marks"),
        (["--marks", "crop", "--dry-run"], "no room for crop marks"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(
    book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["impose", str(book(A5)), str(tmp_path / "out.pdf"), *words]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out.pdf").exists()


def test_without_a_name_for_the_sheets_nothing_is_made(book: Make, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["impose", str(book(A5))]) == 2
    assert "No name for the sheets" in capsys.readouterr().err


def test_a_dry_run_shows_which_pages_stand_on_which_sheet(
    book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = book(*[A5] * 10)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
        pdf.pages[0].Annots = Array([link])
        pdf.save()
    command = ["impose", str(source), "--dry-run", "--gathering", "8", "--back-cover"]
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines() == [
        "sheet  gathering   front    back",
        "    1          1   8 |  1   2 |  7",
        "    2          1   6 |  3   4 |  5",
        "    3          2  10 |  9   – |  –",
        "10 pages and 2 blank on 3 sheets of A4 paper, in 2 gatherings of 8 pages (the last: 4).",
        "Print on both sides, flip on the short edge, at actual size.",
        "Not on paper: 1 link.",
    ]
    assert main(["--format", "json", *command]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sheets"][2] == {"sheet": 3, "gathering": 2, "front": [10, 9], "back": [None, None]}
    assert (told["pages"], told["blanks"], told["left-out"]) == (10, 2, {"link": 1})
    assert list(tmp_path.iterdir()) == [source]


@needs("pango")
@pytest.mark.parametrize(("pages", "duplex"), [(12, "short-edge"), (100, "long-edge")])
def test_the_first_sheet_says_how_to_print_and_fold_these(
    book: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], pages: int, duplex: str
) -> None:
    out = tmp_path / "out.pdf"
    words = ["--instructions", "--duplex", duplex, "--marks", "staple"]
    assert main(["impose", str(book(*[A5] * pages)), str(out), *words]) == 0
    assert f"Written: {out}" in capsys.readouterr().out
    reader = PdfReader(out)
    assert len(reader.pages) == 2 + 2 * -(-pages // 4)  # a sheet of its own, so that fronts stay fronts
    front, back = (" ".join(page.extract_text().split()) for page in reader.pages[:2])
    for said in ("How to print and fold this", f"{pages} pages", f"flip on the {duplex.replace('-', ' ')}", "A4"):
        assert said in front
    several = "4: sheet 25, pages 97–100" in front and "in 4 gatherings of 32 pages (the last: 4)" in front
    assert several == (pages == 100)
    assert ("Two staples" in front) == (pages == 12)
    assert "This is the back of the first sheet." in back
    assert "One side at a time? Print the odd pages" in front
    assert (f"like the page of a {'book' if duplex == 'short-edge' else 'calendar'}: what was its") in front
    assert "that cannot be folded" in front
    with pikepdf.open(out) as pdf:
        turned = pikepdf.parse_content_stream(pdf.pages[1])[0].operands[:1] == [-1]
    assert turned == (duplex == "long-edge")
