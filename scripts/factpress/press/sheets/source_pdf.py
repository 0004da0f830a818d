"""The PDF that sheets are made of, which may come from anywhere: opened with limits, and what is wrong with its pages.

What the sheets need of each page is read here first, so that a page that is not as the standard has it is a problem
that names the page, and what comes after this does not fail.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from factpress.model.place import Place
from factpress.press.sheets.job import MM, ImpositionJob
from factpress.problems import FileError, Problem, problem

TOLERANCE = 1.0  #: points: A5 is rounded to 419.53 or to 420
MAX_INFLATED = 256 * 1024 * 1024  #: bytes of one stream, after each of its filters
MAX_FILTERS = 4  #: of one stream: more than two are never needed
METADATA = (
    "dc:title", "dc:creator", "dc:language", "dc:rights", "dc:description", "dc:subject", "xmp:CreateDate",
    "xmp:ModifyDate",
)  # fmt: skip
MAX_WARNINGS = 100  #: of one file: it is refused at the first
LZW_RATIO = 1365  #: the most that LZW packs, for which qpdf has no limit: 4096 bytes in two codes of 12 bits
#: what pikepdf raises, besides its own errors, on values of another type than the standard has
DAMAGE_ERRORS = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, LookupError, OverflowError)
REBUILD_HINT = "Build it again, or print it to a new PDF from a viewer that opens it."


def open_pdf(file: Path) -> Pdf:
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
        # for the whole process: qpdf keeps no limits for one file
        pikepdf.settings.set_qpdf_limits(
            flate_max_memory=MAX_INFLATED,
            run_length_max_memory=MAX_INFLATED,
            png_max_memory=MAX_INFLATED,
            tiff_max_memory=MAX_INFLATED,
            max_stream_filters=MAX_FILTERS,
            doc_max_warnings=MAX_WARNINGS,
        )
        # without recovery: a repaired file may have lost pages in silence
        pdf = Pdf.open(io.BytesIO(data), attempt_recovery=False)
    except pikepdf.PasswordError as error:
        raise FileError(f"{file} cannot be read: it is encrypted.", "Save a copy without a password.") from error
    except pikepdf.PdfError as error:
        raise FileError(f"{file} cannot be read: it is damaged ({_why(error)}).", REBUILD_HINT) from error
    if pdf.is_encrypted:
        raise FileError(f"{file} is encrypted, even if it opens.", "Save a copy without restrictions.")
    try:
        pages = len(pdf.pages)
    except DAMAGE_ERRORS as error:
        raise FileError(f"{file} cannot be read: it is damaged ({_why(error)}).", REBUILD_HINT) from error
    if not pages:
        raise FileError(f"{file} has no pages.", REBUILD_HINT)
    return pdf


def require_sound(source: Pdf, file: Path) -> None:
    """Refuse a PDF of which something that was read so far, its pages and what they name, is damaged.

    Raises:
        FileError: it is damaged.
    """
    if warnings := source.get_warnings():
        raise FileError(f"{file} cannot be read: it is damaged ({_why(warnings[0])}).", REBUILD_HINT)


def metadata_of(source: Pdf) -> Mapping[str, Any]:
    """Return what the PDF says about itself in XMP: the fields of METADATA that it has; none, if it is damaged."""
    try:
        # not entered: to leave it would write it back, and look through the whole file
        known = source.open_metadata(strict=True)
        return {field: known[field] for field in METADATA if field in known}
    except (*DAMAGE_ERRORS, SyntaxError):  # which lxml's errors are; nothing of it is needed to print
        return {}


def unfit_pages(source: Pdf, place: Place, job: ImpositionJob) -> Iterator[Problem]:
    """Yield the pages that cannot stand on these sheets as they are."""
    width, height = job.size
    first = None
    for number, page in enumerate(source.pages, 1):
        try:
            own = page_size(page)
            bleed_margins(page)
            rotation = page.rotation % 360
            _read(page)
            page_as_form(page)
        except DAMAGE_ERRORS as error:
            yield problem("sheets-page-damaged", place, page=number, why=_why(error))
            continue
        if rotation:
            yield problem("sheets-page-turned", place, page=number, degrees=rotation)
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
    left, bottom, right, top = box_edges(page, "trimbox")
    if right - left <= 0 or top - bottom <= 0:
        raise ValueError("its box has no area")
    return right - left, top - bottom


def box_edges(page: Page, box: str) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a box of the page, in points.

    Raises:
        one of DAMAGE: it is not a box.
    """
    unit = float(page.obj.get("/UserUnit", 1))
    left, bottom, right, top = (float(value) * unit for value in getattr(page, box).as_list())
    return left, bottom, right, top


def bleed_margins(page: Page) -> tuple[float, float, float, float]:
    """Return how far the page's bleed reaches over the left, bottom, right and top edge of its trim box, in points."""
    if "/BleedBox" not in page.obj:
        return 0.0, 0.0, 0.0, 0.0
    trim, bleed = box_edges(page, "trimbox"), box_edges(page, "bleedbox")
    left, bottom, right, top = (
        max(0.0, sign * (outer - inner)) for sign, outer, inner in zip((-1, -1, 1, 1), bleed, trim, strict=True)
    )
    return left, bottom, right, top


def page_as_form(page: Page) -> Object:
    """Return the page as a form that can be drawn on another one."""
    form = page.as_form_xobject()
    if "/BleedBox" in page.obj:
        form.BBox = page.obj.BleedBox  # it was cut to the trim box
    return form


def annotations_by_kind(source: Pdf) -> Counter[str]:
    """Return what lies on the pages and is not a part of them, by kind: links, and whatever a viewer shows."""
    kinds: Counter[str] = Counter()
    for page in source.pages:
        annotations = page.get("/Annots")
        for annotation in annotations if isinstance(annotations, Array) else ():
            kind = annotation.get("/Subtype") if isinstance(annotation, Dictionary) else None
            if kind != Name.Popup and isinstance(annotation, Dictionary):  # anything else is not drawn by any viewer
                kinds[str(kind).lstrip("/").lower() if isinstance(kind, Name) else "annotation"] += 1
    return kinds


def _read(page: Page) -> None:
    """Read the contents of a page, which are copied as they are."""
    contents = page.obj.get("/Contents", Array())
    for stream in contents if isinstance(contents, Array) else [contents]:
        filters = stream.get("/Filter", Array())
        packed = len(stream.read_raw_bytes())
        if (
            Name.LZWDecode in (filters if isinstance(filters, Array) else [filters])
            and packed > MAX_INFLATED / LZW_RATIO
        ):
            raise ValueError(f"its content may inflate to more than {MAX_INFLATED >> 20} MiB")
        stream.read_bytes()


def _mm(size: tuple[float, float]) -> str:
    return f"{size[0] / MM:.0f} × {size[1] / MM:.0f} mm"


def _why(error: object) -> str:
    return str(error).rpartition(": ")[2].rstrip(".") or type(error).__name__
