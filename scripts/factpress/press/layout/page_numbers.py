"""Page numbers in the text: room is left while pages are laid out, the numbers are put in when all pages stand.

A list of pages, as an index has it, is `<span class="pages" data-to="#ID #ID"></span>`: it is written before its part
is laid out, when the numbers of all other parts are known, so that it may say `12, 14–16` in no more room than that.

`target-counter` would lay out every page that prints a number a second time, 40 % of the whole. A folio is an
element `<span class="folio" data-to="#ID">00</span>`: its noughts take the room of as many figures. The class `right`
besides sets it flush right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

FOLIO = re.compile(r'(<span class="folio(?: right)?" data-to="#?([^"]*)">)0+(?=</span>)')
COUNTER = ("counter()", ("page", "decimal"))  # how WeasyPrint holds `content: counter(page)`
PAGES = re.compile(r'(<span class="pages" data-to="([^"]*)">)(?=</span>)')
RUN = 3  #: pages in a row that are written as a range
FIGURE_SPACE = "\u2007"  # as wide as a figure
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def page_numbers(pages: int, first: int) -> tuple[str, ...]:
    """Return the number printed on each page: page `first` (from 1) is 1, those before it are i, ii …"""
    return tuple(_roman(page) if page < first else str(page - first + 1) for page in range(1, pages + 1))


def with_room(html: str, figures: int) -> str:
    """Return the page with room for so many figures in each folio."""
    return FOLIO.sub(rf"\g<1>{'0' * figures}", html)


def figures_needed(pages: int) -> int:
    """Return how many figures the number of any page may have."""
    return len(str(pages))


def folios(html: str) -> list[str]:
    """Return the anchors whose page numbers a page prints one by one, in order."""
    return [found[2] for found in FOLIO.finditer(html)]


def listed(html: str) -> list[str]:
    """Return the anchors whose page numbers a page prints in lists, in order."""
    return [anchor for found in PAGES.finditer(html) for anchor in _anchors(found[2])]


def with_pages(html: str, printed: Mapping[str, str], uri: str) -> str:
    """Return the page with its lists of pages written as links to `uri` and the anchor, ranges in one."""

    def written(found: re.Match[str]) -> str:
        anchors = [anchor for anchor in _anchors(found[2]) if anchor in printed]
        first = {printed[anchor]: anchor for anchor in reversed(anchors)}  # of the places on a page, the first
        numbers = list(dict.fromkeys(printed[anchor] for anchor in anchors))
        links = (f'<a href="{uri}{first[run[0]]}">{_range(run)}</a>' for run in _runs(numbers))
        return found[1] + ", ".join(links)

    return PAGES.sub(written, html)


def _anchors(listed: str) -> list[str]:
    return [anchor.removeprefix("#") for anchor in listed.split()]


def _runs(numbers: Sequence[str]) -> list[list[str]]:
    """Return page numbers grouped: those that follow each other together if they are enough for a range."""
    runs: list[list[str]] = []
    for number in numbers:
        before = runs[-1][-1] if runs else ""
        if number.isdigit() and before.isdigit() and int(number) == int(before) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in ([run] if len(run) >= RUN else [[number] for number in run])]


def _range(run: Sequence[str]) -> str:
    return run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}"


def print_folios(document: Any, printed: Mapping[str, str]) -> list[str]:
    """Put page numbers (by anchor) into a laid-out document; return the anchors that have none.

    After a number that needs less room than was left, the rest of its line moves up to it, unless it is justified.
    """
    from weasyprint.formatting_structure.boxes import LineBox  # type: ignore[import-untyped]

    missing: list[str] = []
    for page in document.pages:
        moved: dict[int, float] = {}
        for box in page._page_box.descendants():
            if isinstance(box, LineBox):
                _print_in(box, printed, missing, moved)
        if moved:
            page.links[:] = [(*link[:2], shifted(link[2], moved.get(id(link[3]), 0.0)), link[3]) for link in page.links]
    return missing


def shifted(area: tuple[float, float, float, float], dx: float) -> tuple[float, float, float, float]:
    """Return the area of a link, moved to the right."""
    x1, y1, x2, y2 = area
    return x1 + dx, y1, x2 + dx, y2


def _print_in(box: Any, printed: Mapping[str, str], missing: list[str], moved: dict[int, float]) -> float:
    """Put page numbers into a line, or what is in it; return how much room is not needed, by which the rest moves."""
    from weasyprint.formatting_structure.boxes import InlineBox, TextBox

    spare = 0.0
    for child in box.children:
        if spare:
            child.translate(dx=-spare)
            for part in child.descendants() if hasattr(child, "descendants") else [child]:
                moved[id(part)] = moved.get(id(part), 0.0) - spare
        if isinstance(child, InlineBox):
            spare += _print_in(child, printed, missing, moved)
        elif isinstance(child, TextBox) and child.element is not None:
            spare += _print_number(child, printed, missing)
    box.width -= spare
    return spare


def _print_number(box: Any, printed: Mapping[str, str], missing: list[str]) -> float:
    classes = (box.element.get("class") or "").split()
    if "folio" not in classes:
        return 0.0
    anchor = box.element.get("data-to", "").removeprefix("#")
    if anchor not in printed:
        missing.append(anchor)
        return 0.0
    room, number = len(box.text), printed[anchor]
    if "right" in classes:  # a column of numbers
        _put(box, number.rjust(room, FIGURE_SPACE))
    elif box.style["text_align_all"] == "justify" or not number.isdigit():
        _put(box, number.ljust(room, FIGURE_SPACE))
    else:
        _put(box, number)
        spare = float(box.width) * (1 - len(number) / room)  # all figures are of one width
        box.width -= spare
        return spare
    return 0.0


def print_running_numbers(document: Any, first: int) -> None:
    """Put the number of each page into its margin, where one with as many figures as it may need was laid out."""
    for number, page in enumerate(document.pages, first):
        for margin in page._page_box.children:
            if not any(part == COUNTER for part in margin.style["content"]):
                continue
            pad = str.rjust if margin.at_keyword.endswith("right") else str.ljust
            for box in margin.descendants():
                if getattr(box, "pango_layout", None) is not None:
                    _put(box, pad(str(number), len(box.text), FIGURE_SPACE))


def _put(box: Any, text: str) -> None:
    box.text = text
    box.pango_layout.text = text  # shaped when it is drawn


def _roman(number: int) -> str:
    text = ""
    for value, sign in ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text
