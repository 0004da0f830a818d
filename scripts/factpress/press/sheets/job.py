"""An imposition job and its plan: which pages stand on which sheet, in words and data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from factpress.press.sheets.imposition import PageIndex, Sheet, gatherings
from factpress.problems import UsageError, quantity

MM = 72 / 25.4
PAPERS = {"a4": (297.0, 210.0), "letter": (279.4, 215.9)}  # landscape, in mm
MARKS = ("fold", "staple", "crop")
EDGES = {"short-edge": "short edge", "long-edge": "long edge"}
THICKNESS = 0.1  #: mm of a sheet of 80 g/m²


@dataclass(frozen=True, slots=True)
class ImpositionJob:
    """How to impose; lengths in mm.

    Raises:
        UsageError: a value cannot be meant.
    """

    paper: str = "a4"  #: a4, letter or WIDTHxHEIGHT
    gathering_pages: int | None = None  #: of each; None: one gathering, or of 32 when the book is too thick for one
    thickness: float = THICKNESS  #: of a sheet; 0: pages do not move with depth
    cut_outer: float = 0.0  #: what each page loses at its outer edge, where only margin may stand
    marks: tuple[str, ...] = ()
    duplex: str = "short-edge"
    right_bound: bool = False
    back_cover: bool = False  #: the last page stays outermost: blanks come before it
    instructions: bool = False  #: a first sheet that says how to print and fold

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        _ = self.size
        if self.gathering_pages is not None and (self.gathering_pages < 4 or self.gathering_pages % 4):
            raise UsageError(
                f"A gathering cannot have {self.gathering_pages} pages.", "Take a multiple of four: 16, 32, …"
            )
        if not 0 <= self.thickness <= 1:
            raise UsageError(
                f"No paper is {self.thickness:g} mm thick.", "Plain paper is about 0.1 mm; 0 moves no page."
            )
        if not 0 <= self.cut_outer <= 50:
            raise UsageError(f"{self.cut_outer:g} mm cannot be cut off.", "Give the width of white margin in mm.")

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the paper in points, landscape."""
        found = re.fullmatch(r"(\d{2,4}(?:\.\d+)?)x(\d{2,4}(?:\.\d+)?)", self.paper)
        sides = PAPERS.get(self.paper) or (found and (float(found[1]), float(found[2])))
        if not sides:
            raise UsageError(f"There is no paper {self.paper!r}.", f"Known: {', '.join(PAPERS)}; or mm, as in 420x297.")
        return max(sides) * MM, min(sides) * MM

    @property
    def paper_name(self) -> str:
        """Return the paper as a person calls it."""
        return {"a4": "A4", "letter": "Letter"}.get(self.paper, f"{self.paper.replace('x', ' × ')} mm")


@dataclass(frozen=True, slots=True)
class ImpositionPlan:
    """The sheets of one job, and what of the PDF does not come onto paper."""

    job: ImpositionJob
    title: str
    pages: int
    sheets: tuple[Sheet, ...]
    left_out: Mapping[str, int]  #: kind of annotation: how many

    @property
    def blanks(self) -> int:
        """Return how many pages are blank."""
        return 4 * len(self.sheets) - self.pages

    def gatherings(self) -> list[tuple[int, int, list[int]]]:
        """Return first sheet, last sheet and the pages, all from 1, of each gathering."""
        found, start = [], 1
        for sheets in gatherings(self.sheets):
            pages = sorted(page + 1 for s in sheets for page in (*s.front, *s.back) if page is not None)
            found.append((start, start + len(sheets) - 1, pages))
            start += len(sheets)
        return found

    def sentences(self) -> list[str]:
        """Return what a person has to know before printing, and what is not printed."""
        kinds = ", ".join(quantity(count, kind) for kind, count in sorted(self.left_out.items()))
        return [*self.summary(), f"Not on paper: {kinds}."] if kinds else self.summary()

    def summary(self) -> list[str]:
        """Return how many sheets there are, and how they are printed."""
        job, sections = self.job, [len(gathering) for gathering in gatherings(self.sheets)]
        pages = f"{quantity(self.pages, 'page')}" + (f" and {self.blanks} blank" if self.blanks else "")
        sentences = [
            f"{pages} on {quantity(len(self.sheets), 'sheet')} of {job.paper_name} paper, {_sections(sections)}."
        ]
        if len(sections) > 1 and job.gathering_pages is None:
            sentences.append(
                "That is too thick to fold and staple as one: fold each gathering by itself, then bind them."
            )
        sentences.append(f"Print on both sides, flip on the {EDGES[job.duplex]}, at actual size.")
        if job.cut_outer:
            sentences.append(f"{job.cut_outer:g} mm of each page’s outer margin are cut off.")
        return sentences

    def table(self) -> str:
        """Return a line a sheet: which pages stand on it, left and right, on front and back."""
        width = len(str(self.pages))
        rows = [f"{'sheet':>5}  {'gathering':>9}  {'front':^{2 * width + 3}}  {'back':^{2 * width + 3}}"]
        for number, sheet in enumerate(self.sheets, 1):
            sides = "  ".join(" | ".join(_page(page, width) for page in side) for side in (sheet.front, sheet.back))
            rows.append(f"{number:>5}  {sheet.gathering:>9}  {sides}")
        return "\n".join(row.rstrip() for row in rows)

    def as_dict(self) -> dict[str, object]:
        """Return the same as plain data; pages count from 1 through the file, null is a blank."""
        sheets = [
            {"sheet": n, "gathering": s.gathering, "front": _from_one(s.front), "back": _from_one(s.back)}
            for n, s in enumerate(self.sheets, 1)
        ]
        job = {
            "paper": self.job.paper,
            "duplex": self.job.duplex,
            "binding": "right" if self.job.right_bound else "left",
        }
        return {**job, "pages": self.pages, "blanks": self.blanks, "left-out": dict(self.left_out), "sheets": sheets}


def _sections(sheets: list[int]) -> str:
    if len(sheets) == 1:
        return "in one gathering"
    last = f" (the last: {4 * sheets[-1]})" if sheets[-1] != sheets[0] else ""
    return f"in {len(sheets)} gatherings of {4 * sheets[0]} pages{last}"


def _page(page: PageIndex, width: int) -> str:
    return f"{'–' if page is None else page + 1:>{width}}"


def _from_one(side: tuple[PageIndex, PageIndex]) -> list[int | None]:
    return [None if page is None else page + 1 for page in side]
