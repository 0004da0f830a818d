"""The first sheet on request: how to print, fold and bind just these sheets."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Pdf

from factpress.press.fonts import write_font_faces
from factpress.press.layout.log import LayoutLog
from factpress.press.layout.renderer import Renderer, patched_layout, write_pdf
from factpress.press.sheets.imposition import creep
from factpress.press.sheets.job import EDGES, ImpositionPlan
from factpress.press.sheets.sheet_side import Rectangle, add_page
from factpress.problems import BookError, quantity

LISTED = 45  #: gatherings that the list has room for
STYLE = """
@page { size: %.4fpt %.4fpt; margin: 15mm 20mm 10mm }
html { font: 11.4pt/16pt "Source Sans Pro", "Factpress Marks", "Factpress Han"; color: #161616 }
body { margin: 0; font-feature-settings: "lnum" }
h1 { font: 600 25pt/30pt "Source Serif Pro", "Factpress Marks", "Factpress Han"; margin: 0 0 2mm; color: #1f3a5f }
.title { font: italic 14pt/19pt "Source Serif Pro", "Factpress Marks", "Factpress Han"; margin: 0 0 5mm }
.whole { border-top: 0.8pt solid #1f3a5f; border-bottom: 0.4pt solid #1f3a5f; padding: 2mm 0; margin: 0 0 4mm }
.steps { columns: 2; column-gap: 12mm }
ol { margin: 0; padding-left: 6mm }
li { margin-bottom: 2mm; break-inside: avoid }
strong { font-weight: 600 }
h2 { font: 600 11.4pt/16pt "Source Sans Pro", "Factpress Marks", "Factpress Han"; margin: 4mm 0 1mm }
.list { columns: 3; column-gap: 12mm; font-size: 9.6pt; line-height: 13pt }
.list p { margin: 0 }
.back { break-before: page; padding-top: 60mm; text-align: center; font-size: 13pt; line-height: 19pt }
"""


def add_instructions(target: Pdf, plan: ImpositionPlan) -> None:
    """Add a sheet with the instructions of this job: the text in front, a test of the printer's turning on its back."""
    paper = plan.job.size
    with pikepdf.open(io.BytesIO(_laid_out(plan))) as laid:
        for number, page in enumerate(laid.pages):
            turned = number % 2 and plan.job.duplex == "long-edge"
            matrix = f"-1 0 0 -1 {paper[0]:.4f} {paper[1]:.4f} cm" if turned else ""
            form = Dictionary({"/Text": target.copy_foreign(page.as_form_xobject())})
            add_page(target, paper, f"{matrix} /Text Do", form, Rectangle(0, 0, *paper), Rectangle(0, 0, *paper))


def _laid_out(plan: ImpositionPlan) -> bytes:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        page, faces = folder / "how-to-fold.html", folder / "faces.css"
        page.write_text(_page(plan), encoding="utf-8")
        faces.write_text(write_font_faces(folder, woff2=False), encoding="utf-8")
        log = LayoutLog(page)
        with patched_layout(log):
            document = Renderer([faces], folder, log).lay_out(page, STYLE % plan.job.size)
        data = write_pdf(document, "outer", log)
    if log.problems:
        raise BookError(log.problems)
    return data


def _page(plan: ImpositionPlan) -> str:
    steps = "".join(f"<li><strong>{name}</strong> {text}</li>" for name, text in _steps(plan))
    gatherings = plan.gatherings()
    listed = ""
    if 1 < len(gatherings) <= LISTED:
        rows = (
            f"<p>{number}: sheet{f's {first}–{last}' if last > first else f' {last}'}, pages {pages[0]}–{pages[-1]}</p>"
            for number, (first, last, pages) in enumerate(gatherings, 1)
        )
        listed = (
            f'<h2>Gatherings, with pages counted from the first of the book</h2><div class="list">{"".join(rows)}</div>'
        )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>How to print and fold this</title></head>'
        f'<body><h1>How to print and fold this</h1><p class="title">{escape(plan.title)}</p>'
        f'<p class="whole">{escape(" ".join(plan.summary()))}</p>'
        f'<div class="steps"><ol>{steps}</ol></div>{listed}'
        '<div class="back"><p>This is the back of the first sheet.</p><p>Hold the sheet with its front towards you and '
        "turn it like the page of a book.<br>If you can now read this upright, the printer turns the paper as it "
        "should.<br>If it stands on its head, choose the other edge in the print dialogue.</p></div></body></html>"
    )


def _steps(plan: ImpositionPlan) -> Iterator[tuple[str, str]]:
    job, gatherings = plan.job, plan.gatherings()
    longest, several = max(last - first + 1 for first, last, _ in gatherings), len(gatherings) > 1
    yield "Try.", "Print only this sheet, pages 1 and 2 of the file, and do what its back says."
    yield (
        "Print.",
        (
            f"{job.paper_name} paper, landscape; both sides, flipped on the <strong>{EDGES[job.duplex]}</strong>; "
            "actual size or 100 %, never “fit to page”. "
            "Print this file, never two pages a sheet of the one for reading: that cannot be folded."
        ),
    )
    turn = (
        "from side to side, like the page of a book: what was its left edge lies right, its top stays at the top"
        if job.duplex == "short-edge"
        else "from top to bottom, like the page of a calendar: what was its top edge lies at the foot"
    )
    yield (
        "One side at a time?",
        (
            "Print the odd pages of the file. Put the pile back into the tray, in its order and blank side to be "
            f"printed, turned {turn}. If the printer lays sheets face up, the last one printed is on top: then print "
            "the even pages in reverse order. Print the even pages. Try it with this sheet before the rest."
        ),
    )
    yield (
        "Pile.",
        (
            "Take this sheet away. Keep the others as they came: the first lies outside. "
            + (
                f"Divide them into {len(gatherings)} gatherings, as listed below: at the foot of the fold stand the "
                "numbers of gathering and sheet."
                if several
                else ""
            )
        ),
    )
    yield (
        "Fold.",
        (
            f"Fold {'each gathering' if several else 'them'} once in the middle of the long side, "
            f"{quantity(longest, 'sheet')} together, the first outside; it opens at the {_opens(plan)}. "
            + ("The dashed ticks show the fold." if "fold" in job.marks else "")
        ),
    )
    where = "where the lines are" if "staple" in job.marks else "each a quarter of the height from the end"
    if several:
        yield (
            "Bind.",
            (
                "Lay the folded gatherings on each other in their order, folds to one side: the black bars on the "
                "folds make a stair. "
                f"Sew each through its fold, or staple it there from outside, {where}. "
                "Then glue the backs together and put tape or a cover around them."
            ),
        )
    else:
        yield "Staple.", f"Two staples from outside through the fold, {where}; a long-arm stapler reaches."
    if (out := creep(longest - 1, job.thickness)) > 0:
        yield (
            "Trim, if you like.",
            (
                f"Inner sheets stick out by up to {out:.1f} mm at the edge that opens. "
                "Their pages were moved to the fold by as much: once that edge is cut straight, all margins are even."
            ),
        )


def _opens(plan: ImpositionPlan) -> str:
    return "left" if plan.job.right_bound else "right"
