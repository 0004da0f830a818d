"""Which page goes where on the sheets of a folded booklet: arithmetic only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

PageIndex = int | None  # from 0; None: a blank page

STAPLED = 64  #: pages of one gathering that can be stapled: sixteen sheets are what a long-arm stapler goes through
GATHERING_PAGES = 32  #: pages of a gathering in a thicker book: eight sheets still fold flat


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper, printed on both sides and folded once; each side is (left page, right page)."""

    front: tuple[PageIndex, PageIndex]
    back: tuple[PageIndex, PageIndex]
    depth: int = 0  #: sheets around this one once folded, from 0: what creep grows with
    gathering: int = 1  #: which of the gatherings, in reading order


def saddle_stitch(
    pages: int, *, gathering_pages: int | None = None, back_cover: bool = False, right_bound: bool = False
) -> tuple[Sheet, ...]:
    """Return the sheets in the order in which they are printed: gathering by gathering, each outermost first.

    `gathering_pages` is how many pages a gathering has; without it a thin book is one gathering, a thick one has
    gatherings of 32. The last may be shorter. With `back_cover` the last page stays on the outside.

    Raises:
        ValueError: a gathering would not fill its sheets.
    """
    all_pages = pad_pages(pages, back_cover=back_cover)
    length = gathering_pages or (len(all_pages) if len(all_pages) <= STAPLED else GATHERING_PAGES)
    if length % 4 or length < 0:
        raise ValueError(f"a gathering has four pages to a sheet, so not {length}")
    return tuple(
        _mirrored(sheet) if right_bound else sheet
        for number, start in enumerate(range(0, len(all_pages), length), 1)
        for sheet in fold_gathering(all_pages[start : start + length], number)
    )


def pad_pages(pages: int, *, back_cover: bool = False) -> tuple[PageIndex, ...]:
    """Return the pages in reading order, with blanks up to a multiple of four: last, or before the back cover."""
    cover = int(back_cover and pages > 1)
    return (*range(pages - cover), *[None] * (-pages % 4), *range(pages - cover, pages))


def fold_gathering(pages: Sequence[PageIndex], gathering: int = 1) -> tuple[Sheet, ...]:
    """Return the sheets of one gathering from its pages in reading order, four to a sheet, outermost first."""
    if len(pages) % 4:
        raise ValueError(f"a gathering has four pages to a sheet, so not {len(pages)}")
    last = len(pages) - 1
    return tuple(
        Sheet((pages[last - at], pages[at]), (pages[at + 1], pages[last - at - 1]), depth, gathering)
        for depth, at in enumerate(range(0, len(pages) // 2, 2))
    )


def gatherings(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Return the sheets by gathering."""
    return [list(found) for _, found in groupby(sheets, key=lambda sheet: sheet.gathering)]


def creep(depth: int, thickness: float) -> float:
    """Return how far the pages of a sheet move towards the fold, in the unit of the paper's thickness.

    Each sheet around it brings a folded sheet's fore edge out by one thickness of paper. That strip is trimmed
    away, so its pages move inwards by as much: depth x thickness, the left page right and the right page left.
    """
    return depth * thickness


def _mirrored(sheet: Sheet) -> Sheet:
    return replace(sheet, front=sheet.front[::-1], back=sheet.back[::-1])
