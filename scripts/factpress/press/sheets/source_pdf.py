"""The PDF that sheets are made of: opened with care, and what is wrong with its pages."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Name, Page, Pdf

from factpress.model.place import Place
from factpress.press.sheets.job import MM, ImpositionJob
from factpress.problems import FileError, Problem, problem

TOLERANCE = 1.0  # points: A5 is rounded to 419.53 or to 420
AGAIN = "Build it again, or print it to a new PDF from a viewer that opens it."


def opened(file: Path) -> Pdf:
    """Return the PDF.

    Raises:
        FileError: it is not there, not a PDF, damaged, encrypted or empty.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FileError(f"{file} cannot be read: {error.strerror}.", "Correct the path.") from error
    if b"%PDF-" not in data[:1024]:
        raise FileError(f"{file} cannot be read: it is not a PDF.", "Give the PDF whose pages the sheets are to hold.")
    try:
        # without recovery: a repaired file may have lost pages in silence
        pdf = Pdf.open(io.BytesIO(data), attempt_recovery=False)
    except pikepdf.PasswordError as error:
        raise FileError(f"{file} cannot be read: it is encrypted.", "Save a copy without a password.") from error
    except pikepdf.PdfError as error:
        raise FileError(f"{file} cannot be read: it is damaged ({_why(error)}).", AGAIN) from error
    if pdf.is_encrypted:
        raise FileError(f"{file} is encrypted, even if it opens.", "Save a copy without restrictions.")
    if not len(pdf.pages):
        raise FileError(f"{file} has no pages.", AGAIN)
    return pdf


def require_sound(source: Pdf, file: Path) -> None:
    """Refuse a PDF of which something that was read so far, its pages and what they name, is damaged.

    Raises:
        FileError: it is damaged.
    """
    if warnings := source.get_warnings():
        raise FileError(f"{file} cannot be read: it is damaged ({_why(warnings[0])}).", AGAIN)


def misfits(source: Pdf, place: Place, job: ImpositionJob) -> Iterator[Problem]:
    """Yield the pages that cannot stand on these sheets as they are."""
    width, height = job.size
    first = None
    for number, page in enumerate(source.pages, 1):
        try:
            _read(page)
            own = page_size(page)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError) as error:
            yield problem("sheets-page-damaged", place, page=number, why=_why(error))
            continue
        if page.rotation % 360:
            yield problem("sheets-page-turned", place, page=number, degrees=page.rotation % 360)
        elif first is None:
            first = own
            if own[0] - job.cut_outer * MM > width / 2 + TOLERANCE or own[1] > height + TOLERANCE:
                half = _mm((width / 2 + job.cut_outer * MM, height))
                yield problem(
                    "sheets-page-too-large", place, page=number, size=_mm(own), paper=job.paper_name, half=half
                )
        elif max(abs(own[0] - first[0]), abs(own[1] - first[1])) > TOLERANCE:
            yield problem("sheets-page-size", place, page=number, size=_mm(own), first=_mm(first))


def page_size(page: Page) -> tuple[float, float]:
    """Return width and height of a page's trim box in points."""
    left, bottom, right, top = (float(value) for value in page.trimbox.as_list())
    unit = float(page.obj.get("/UserUnit", 1))
    if right - left <= 0 or top - bottom <= 0:
        raise ValueError("its box has no area")
    return (right - left) * unit, (top - bottom) * unit


def annotations_by_kind(source: Pdf) -> Counter[str]:
    """Return what lies on the pages and is not a part of them, by kind: links, and whatever a viewer shows."""
    found: Counter[str] = Counter()
    for page in source.pages:
        for annotation in page.get("/Annots", Array()):
            kind = annotation.get("/Subtype")
            if kind != Name.Popup:
                found[str(kind).lstrip("/").lower() if kind else "annotation"] += 1
    return found


def _read(page: Page) -> None:
    contents = page.obj.get("/Contents", Array())
    for stream in contents if isinstance(contents, Array) else [contents]:
        stream.read_bytes()


def _mm(size: tuple[float, float]) -> str:
    return f"{size[0] / MM:.0f} × {size[1] / MM:.0f} mm"


def _why(error: object) -> str:
    return str(error).rpartition(": ")[2].rstrip(".") or type(error).__name__
