"""Sheets to print and fold: the pages of a PDF two by two on landscape paper, in the order of a folded booklet."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Page, Pdf, String

from factpress.files.atomic import write_atomically
from factpress.model.place import Place
from factpress.press.sheets.imposition import Sheet, creep, saddle_stitch
from factpress.press.sheets.job import MM, ImpositionJob, ImpositionPlan
from factpress.press.sheets.sheet_side import (
    Rectangle,
    add_page,
    crop_marks,
    enclosing_rectangle,
    fold_marks,
    gathering_mark,
    require_room_to_crop,
    sheet_mark,
    staple_marks,
)
from factpress.press.sheets.source_pdf import (
    annotations_by_kind,
    bleed_margins,
    box_edges,
    metadata_of,
    open_pdf,
    page_as_form,
    page_size,
    require_sound,
    unfit_pages,
)
from factpress.problems import BookError, UsageError


def plan_sheets(pdf: Path, job: ImpositionJob) -> ImpositionPlan:
    """Return which pages of `pdf` stand on which sheet.

    Raises:
        FileError: it cannot be read.
        BookError: a page does not fit.
    """
    with open_pdf(pdf) as source:
        return _plan(source, pdf, job, metadata_of(source))


def impose(pdf: Path, out: Path, job: ImpositionJob | None = None) -> ImpositionPlan:
    """Write the sheets of `pdf` to `out`, whole or not at all, and return what stands on them.

    Pages keep their size; two meet at the fold. Tags, bookmarks and links do not survive and are not claimed.

    Raises:
        FileError: `pdf` cannot be read, or `out` cannot be written.
        BookError: a page does not fit.
        UsageError: `out` is `pdf`, or the paper has no room for the marks.
    """
    job = job or ImpositionJob()
    if out.exists() and out.samefile(pdf):
        raise UsageError(f"{out} is the PDF that the sheets are made of.", "Give the sheets a name of their own.")
    with open_pdf(pdf) as source, Pdf.new() as target:
        metadata = metadata_of(source)
        sheets = _plan(source, pdf, job, metadata)
        geometry = SheetGeometry.of(source, job)
        if job.instructions:
            from factpress.press.sheets.instructions import add_instructions  # which loads WeasyPrint

            add_instructions(target, sheets)
        several = sheets.sheets[-1].gathering > 1
        for sheet in sheets.sheets:
            _add_side(source, target, sheet, geometry, back=False, numbered=several)
            _add_side(source, target, sheet, geometry, back=True, numbered=several)
        _describe(source, target, sheets, metadata)
        data = io.BytesIO()
        target.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    write_atomically(out, data.getvalue())
    return sheets


@dataclass(frozen=True, slots=True)
class SheetGeometry:
    """Where the pages stand on each side of each sheet, before creep."""

    job: ImpositionJob
    paper: tuple[float, float]
    trim: Rectangle  #: both pages as they are when the outermost sheet is trimmed

    @classmethod
    def of(cls, source: Pdf, job: ImpositionJob) -> SheetGeometry:
        """Return it for pages of the size of the first, in the middle of the paper; the fold is its middle."""
        (width, height), paper = page_size(source.pages[0]), job.size
        width_left, below = min(width - job.cut_outer * MM, paper[0] / 2), (paper[1] - height) / 2
        trim = Rectangle(paper[0] / 2 - width_left, below, paper[0] / 2 + width_left, below + height)
        if "crop" in job.marks:
            require_room_to_crop(paper, trim, job.paper_name)
        return cls(job, paper, trim)


def _plan(source: Pdf, file: Path, job: ImpositionJob, metadata: Mapping[str, Any]) -> ImpositionPlan:
    if problems := list(unfit_pages(source, Place(str(file)), job)):
        raise BookError(problems)
    require_sound(source, file)
    SheetGeometry.of(source, job)  # which says so if the marks do not fit
    pages = len(source.pages)
    sheets = saddle_stitch(
        pages, gathering_pages=job.gathering_pages, back_cover=job.back_cover, right_bound=job.right_bound
    )
    title = metadata.get("dc:title") or source.docinfo.get("/Title") or "Booklet"
    return ImpositionPlan(job, str(title), pages, sheets, annotations_by_kind(source))


def _add_side(source: Pdf, target: Pdf, sheet: Sheet, geometry: SheetGeometry, *, back: bool, numbered: bool) -> None:
    drawing, placed, bleeds = [], Dictionary(), []
    for index, right in zip(sheet.back if back else sheet.front, (False, True), strict=True):
        if index is not None:
            name = "/Right" if right else "/Left"
            page = source.pages[index]
            placed[name] = target.copy_foreign(page_as_form(page))
            operators, bleed = _place(page, name, right, sheet, geometry)
            drawing.append(operators)
            bleeds.append(bleed)
    drawing += _marks(geometry, outside=not back and sheet.depth == 0)
    if numbered and not back:  # several gatherings: what they are called, and in which order they are bound
        drawing.append(sheet_mark(geometry.paper, geometry.trim, sheet.gathering, sheet.depth + 1))
        if sheet.depth == 0:
            drawing.append(gathering_mark(geometry.paper, geometry.trim, sheet.gathering))
    bleed = enclosing_rectangle([geometry.trim, *bleeds])
    if back and geometry.job.duplex == "long-edge":
        # flipped like a page of a calendar, the back comes out upside down unless it is printed so
        drawing.insert(0, f"-1 0 0 -1 {geometry.paper[0]:.4f} {geometry.paper[1]:.4f} cm")
        bleed = bleed.turned(geometry.paper)
    add_page(target, geometry.paper, "\n".join(drawing), placed, geometry.trim, bleed)


def _place(page: Page, name: str, right: bool, sheet: Sheet, geometry: SheetGeometry) -> tuple[str, Rectangle]:
    """Return the operators that draw a page in its half, and the area that they may touch."""
    (width, _), trim, fold = page_size(page), geometry.trim, geometry.paper[0] / 2
    left, bottom = box_edges(page, "trimbox")[:2]
    inwards = creep(sheet.depth, geometry.job.thickness * MM)
    x = fold - inwards if right else fold - width + inwards
    over = Rectangle(*bleed_margins(page))
    if geometry.job.cut_outer:  # what is cut off stands where a bleed would
        over = Rectangle(0, over.bottom, 0, over.top)
    seen = Rectangle(
        fold if right else max(0.0, trim.left - over.left),
        max(0.0, trim.bottom - over.bottom),
        min(geometry.paper[0], trim.right + over.right) if right else fold,
        min(geometry.paper[1], trim.top + over.top),
    )
    clip = f"{seen.left:.4f} {seen.bottom:.4f} {seen.right - seen.left:.4f} {seen.top - seen.bottom:.4f} re W n"
    return f"q {clip} 1 0 0 1 {x - left:.4f} {trim.bottom - bottom:.4f} cm {name} Do Q", seen


def _marks(geometry: SheetGeometry, *, outside: bool) -> list[str]:
    asked, drawn = geometry.job.marks, []
    if "fold" in asked:
        drawn.append(fold_marks(geometry.paper))
    if "staple" in asked and outside:  # of a gathering: that is where the stapler is set on
        drawn.append(staple_marks(geometry.paper, geometry.trim))
    if "crop" in asked:
        drawn.append(crop_marks(geometry.trim))
    return drawn


def _describe(source: Pdf, target: Pdf, sheets: ImpositionPlan, metadata: Mapping[str, Any]) -> None:
    title = f"{sheets.title} (sheets to print and fold)"
    with target.open_metadata(set_pikepdf_as_editor=False) as written:
        written["dc:title"] = title
        for field, value in metadata.items():
            if field != "dc:title":
                written[field] = value
    target.docinfo["/Title"] = String(title)
    for field in ("/Author", "/Subject", "/Keywords", "/CreationDate", "/ModDate"):
        if field in source.docinfo:
            target.docinfo[field] = String(str(source.docinfo[field]))
    if "/Lang" in source.Root:
        target.Root.Lang = String(str(source.Root.Lang))
    # what a print dialogue should offer: both sides, the right edge, no scaling
    edge = Name.DuplexFlipLongEdge if sheets.job.duplex == "long-edge" else Name.DuplexFlipShortEdge
    target.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Duplex=edge, PrintScaling=Name("/None"))
