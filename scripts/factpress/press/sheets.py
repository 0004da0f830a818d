"""Sheets to print and fold: the pages of a PDF two by two on landscape paper, in the order of a folded booklet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf, String

from factpress.files.atomic import write_atomically
from factpress.press.imposition import PageIndex, saddle_stitch
from factpress.problems import BookError, FileError, Place, Problem, UsageError, problem

MM = 72 / 25.4
PAPERS = {"a4": (297 * MM, 210 * MM), "letter": (279.4 * MM, 215.9 * MM)}  # landscape, in points
TOLERANCE = 1.0  # points: A5 is rounded to 419.53 or to 420
TRIM = 9 * MM  # what a page's margins may lose together: A5 on Letter paper loses 8.3 mm


def impose(pdf: Path, out: Path, *, paper: str = "a4") -> int:
    """Write the sheets of `pdf` to `out`, for printing on both sides, flipped on the short edge; return their count.

    Pages keep their size, each in the middle of its half. Tags and links do not survive and are not claimed. A page
    that is turned, of another size than the first or too large for half a sheet is a problem; nothing is written.
    """
    if paper not in PAPERS:
        raise UsageError(f"There is no paper {paper!r}.", f"Known: {', '.join(PAPERS)}.")
    with _open(pdf) as source, Pdf.new() as target:
        if problems := list(_misfits(source, Place(str(pdf)), paper)):
            raise BookError(problems)
        plan = saddle_stitch(len(source.pages))
        for sheet in plan:
            for side in (sheet.front, sheet.back):
                _add_side(source, target, side, PAPERS[paper])
        _describe(source, target)
        data = io.BytesIO()
        target.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    write_atomically(out, data.getvalue())
    return len(plan)


def _open(file: Path) -> Pdf:
    try:
        pdf = Pdf.open(file)
    except pikepdf.PasswordError as error:
        raise FileError(f"{file} cannot be read: it is encrypted.", "Save a copy without a password.") from error
    except (OSError, pikepdf.PdfError) as error:
        raise FileError(f"{file} cannot be read: {error}.", "Build the PDF again.") from error
    if not len(pdf.pages):
        raise FileError(f"{file} has no pages.", "Build the PDF again.")
    return pdf


def _misfits(source: Pdf, place: Place, paper: str) -> Iterator[Problem]:
    width, height = PAPERS[paper]
    first = _size(source.pages[0])
    for number, page in enumerate(source.pages, 1):
        own = _size(page)
        if page.rotation % 360:
            yield problem("sheets-page-turned", place, page=number, degrees=page.rotation)
        elif max(abs(own[0] - first[0]), abs(own[1] - first[1])) > TOLERANCE:
            yield problem("sheets-page-size", place, page=number, size=_mm(own), first=_mm(first))
        elif own[0] > width / 2 + TRIM or own[1] > height + TOLERANCE:
            yield problem("sheets-page-too-large", place, page=number, size=_mm(own), paper=paper)


def _size(page: Page) -> tuple[float, float]:
    left, bottom, right, top = (float(value) for value in page.trimbox.as_list())
    return abs(right - left), abs(top - bottom)


def _mm(size: tuple[float, float]) -> str:
    return f"{size[0] / MM:.0f} × {size[1] / MM:.0f} mm"


def _add_side(source: Pdf, target: Pdf, side: tuple[PageIndex, PageIndex], paper: tuple[float, float]) -> None:
    width, height = paper
    placed = Dictionary()
    drawing = []
    for name, index, half in (("/Left", side[0], 0.0), ("/Right", side[1], width / 2)):
        if index is None:
            continue
        page = source.pages[index]
        own_width, own_height = _size(page)
        placed[name] = target.copy_foreign(page.as_form_xobject())
        # in the middle of its half; what is too wide loses as much of its inner as of its outer margin
        x = half + (width / 2 - own_width) / 2
        y = (height - own_height) / 2
        left, bottom = (float(value) for value in page.trimbox.as_list()[:2])
        drawing.append(
            f"q {half:.4f} 0 {width / 2:.4f} {height:.4f} re W n 1 0 0 1 {x - left:.4f} {y - bottom:.4f} cm {name} Do Q"
        )
    box = Array([0, 0, round(width, 4), round(height, 4)])
    page_dictionary = Dictionary(
        Type=Name.Page,
        MediaBox=box,
        TrimBox=box,
        Resources=Dictionary(XObject=placed),
        Contents=target.make_stream("\n".join(drawing).encode()),
    )
    target.pages.append(Page(target.make_indirect(page_dictionary)))


def _describe(source: Pdf, target: Pdf) -> None:
    with source.open_metadata() as known, target.open_metadata(set_pikepdf_as_editor=False) as metadata:
        title = str(known.get("dc:title") or source.docinfo.get("/Title") or "Booklet")
        metadata["dc:title"] = f"{title} (sheets to print and fold)"
        for field in ("dc:creator", "dc:language", "dc:rights"):
            if field in known:
                metadata[field] = known[field]
        target.docinfo["/Title"] = String(str(metadata["dc:title"]))
    if "/Lang" in source.Root:
        target.Root.Lang = String(str(source.Root.Lang))
    # what a print dialogue should offer: both sides, short edge, no scaling
    target.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
    )
