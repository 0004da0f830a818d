"""Page numbers in the text: room is left while pages are laid out, the numbers are put in when all pages stand.

`target-counter` would lay out every page that prints a number a second time, 40 % of the whole. A folio is an
element `<span class="folio" data-to="#ID">00</span>`: its noughts take the room of as many figures. The class `right`
besides sets it flush right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

FOLIO = re.compile(r'(<span class="folio(?: right)?" data-to="#?([^"]*)">)0+(?=</span>)')
COUNTER = ("counter()", ("page", "decimal"))  # how WeasyPrint holds `content: counter(page)`
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
    """Return the anchors whose page numbers a page prints, in order."""
    return [found[2] for found in FOLIO.finditer(html)]


def print_folios(document: Any, printed: Mapping[str, str]) -> list[str]:
    """Put page numbers (by anchor) into a laid-out document; return the anchors that have none."""
    missing = []
    for page in document.pages:
        for box in page._page_box.descendants():
            if getattr(box, "pango_layout", None) is None or box.element is None:
                continue
            classes = (box.element.get("class") or "").split()
            if "folio" not in classes:
                continue
            anchor = box.element.get("data-to", "").removeprefix("#")
            if anchor not in printed:
                missing.append(anchor)
                continue
            pad = str.rjust if "right" in classes else str.ljust  # a column of numbers, or a number in a sentence
            _put(box, pad(printed[anchor], len(box.text), FIGURE_SPACE))
    return missing


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
