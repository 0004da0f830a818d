"""Page numbers in the text: room is left before pages are laid out, the numbers are put in when all pages stand.

A page reference in the text is an element `<span class="page-ref" data-to="#ID">00</span>`: its zeros take the room
of as many digits. The class `right` besides sets it flush right. `target-counter` would lay out every page that
prints a number a second time, 40 % of the whole.

A list of pages, as an index has it, is `<span class="pages" data-to="#ID #ID"></span>`: it is filled before its part
is laid out, when the numbers of all other parts are known, so that it may say `12, 14–16` in no more room than that.

Both are changed in the parsed tree of the page, which WeasyPrint lays out as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from factpress.press.weasyprint_patches.boxes import move_links

PAGE_COUNTER = ("counter()", ("page", "decimal"))  # how WeasyPrint holds `content: counter(page)`
RANGE_LENGTH = 3  #: pages in a row that are written as a range
FIGURE_SPACE = "\u2007"  # as wide as a digit


def digits_needed(pages: int) -> int:
    """Return how many digits the number of any page may have."""
    return len(str(pages))


# in the tree, before the layout


def reserve_digits(tree: Element, digits: int) -> None:
    """Leave room for so many digits in each page reference."""
    for reference in _spans(tree, "page-ref"):
        reference.text = "0" * digits


def page_reference_targets(tree: Element) -> list[str]:
    """Return the anchors whose page numbers a page prints one by one, in order."""
    return [anchor for reference in _spans(tree, "page-ref") for anchor in _targets(reference)]


def listed_targets(tree: Element) -> list[str]:
    """Return the anchors whose page numbers a page prints in lists, in order."""
    return [anchor for listing in _spans(tree, "pages") for anchor in _targets(listing)]


def fill_page_lists(tree: Element, printed: Mapping[str, str], uri: str) -> None:
    """Write into each list of pages its numbers (`printed`, by anchor) as links to `uri` and the anchor.

    What stands in another volume is named by its volume (`booklet:p1-3`), and is no link.
    """
    for listing in _spans(tree, "pages"):
        anchors = [anchor for anchor in _targets(listing) if anchor in printed]
        first = {printed[anchor]: anchor for anchor in reversed(anchors)}  # of the places on a page, the first
        numbers = list(dict.fromkeys(printed[anchor] for anchor in anchors))
        link = None
        for run in _ranges(numbers):
            if link is not None:
                link.tail = ", "
            anchor = first[run[0]]
            # of another volume, a file of its own, the number alone
            link = SubElement(listing, "span") if ":" in anchor else SubElement(listing, "a", href=f"{uri}{anchor}")
            link.text = run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}"


def _spans(tree: Element, name: str) -> Iterator[Element]:
    return (span for span in tree.iter("span") if name in (span.get("class") or "").split())


def _targets(span: Element) -> list[str]:
    return [anchor.removeprefix("#") for anchor in (span.get("data-to") or "").split()]


def _ranges(numbers: Sequence[str]) -> list[list[str]]:
    """Return page numbers grouped: those that follow each other together if they are enough for a range."""
    runs: list[list[str]] = []
    for number in numbers:
        before = runs[-1][-1] if runs else ""
        if number.isdigit() and before.isdigit() and int(number) == int(before) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in ([run] if len(run) >= RANGE_LENGTH else [[number] for number in run])]


# in the laid-out pages


def print_page_references(document: Any, printed: Mapping[str, str]) -> list[str]:
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
            move_links(page, moved)
    return missing


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
            spare += _print_page_reference(child, printed, missing)
    box.width -= spare
    return spare


def _print_page_reference(box: Any, printed: Mapping[str, str], missing: list[str]) -> float:
    classes = (box.element.get("class") or "").split()
    if "page-ref" not in classes:
        return 0.0
    anchor = box.element.get("data-to", "").removeprefix("#")
    if anchor not in printed:
        missing.append(anchor)
        return 0.0
    room, number = len(box.text), printed[anchor]
    if "right" in classes:  # a column of numbers
        _set_text(box, number.rjust(room, FIGURE_SPACE))
    elif box.style["text_align_all"] == "justify" or not number.isdigit():
        _set_text(box, number.ljust(room, FIGURE_SPACE))
    else:
        _set_text(box, number)
        spare = float(box.width) * (1 - len(number) / room)  # all digits are of one width
        box.width -= spare
        return spare
    return 0.0


def print_running_numbers(document: Any, first: int) -> None:
    """Put the number of each page into its margin, where one with as many digits as it may need was laid out."""
    for number, page in enumerate(document.pages, first):
        for margin in page._page_box.children:
            if not any(part == PAGE_COUNTER for part in margin.style["content"]):
                continue
            pad = str.rjust if margin.at_keyword.endswith("right") else str.ljust
            for box in margin.descendants():
                if getattr(box, "pango_layout", None) is not None:
                    _set_text(box, pad(str(number), len(box.text), FIGURE_SPACE))


def _set_text(box: Any, text: str) -> None:
    box.text = text
    box.pango_layout.text = text  # shaped when it is drawn
