"""Which page goes where on the sheets of a folded booklet: arithmetic only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PageIndex = int | None  # from 0; None: a blank page


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper, printed on both sides and folded once; each side is (left page, right page)."""

    front: tuple[PageIndex, PageIndex]
    back: tuple[PageIndex, PageIndex]
    depth: int = 0  #: sheets around this one once folded, from 0: what creep grows with


def saddle_stitch(pages: int) -> tuple[Sheet, ...]:
    """Return the sheets of one section that is folded and stapled, outermost first."""
    return fold(padded(pages))


def padded(pages: int) -> tuple[PageIndex, ...]:
    """Return the page indexes in reading order, with blanks at the end up to a multiple of four."""
    return (*range(pages), *[None] * (-pages % 4))


def fold(section: Sequence[PageIndex]) -> tuple[Sheet, ...]:
    """Return the sheets of one section from its pages in reading order, four to a sheet.

    A thick book is several sections: call this for each slice of its padded pages.
    """
    if len(section) % 4:
        raise ValueError(f"a section has four pages to a sheet, so not {len(section)}")
    last = len(section) - 1
    return tuple(
        Sheet((section[last - at], section[at]), (section[at + 1], section[last - at - 1]), depth)
        for depth, at in enumerate(range(0, len(section) // 2, 2))
    )
