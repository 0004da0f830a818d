"""What of a laid-out document does not fit its page, and on which page a character stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from factpress.model.place import Place
from factpress.problems import Problem, problem

PIXEL = 0.75  #: of a point
TOLERANCE = 1.0  #: pixels: less is a rounding error
QUOTED = 40  #: characters of a table that say which one it is


def overflowing_boxes(document: Any, place: Place) -> Iterator[Problem]:
    """Yield tables, pictures and footnotes that leave the part of the page that is for them."""
    from weasyprint.formatting_structure.boxes import ReplacedBox, TableBox  # type: ignore[import-untyped]

    for number, page in enumerate(document.pages, 1):
        root = page._page_box
        right = root.content_box_x() + root.width
        foot = root.content_box_y() + root.height
        for box in root.descendants():
            if isinstance(box, TableBox | ReplacedBox):
                excess = box.position_x + box.margin_width() - right
                if isinstance(box, ReplacedBox):  # a table goes on over the page
                    excess = max(excess, box.position_y + box.margin_height() - foot)
                if excess > TOLERANCE:
                    points = f"{excess * PIXEL:.0f}"
                    yield problem("pdf-too-large", place, what=_described(box.element), past=points, page=number)
        if (excess := _missing_height_of_footnotes(page._page_box)) > TOLERANCE:
            points = f"{excess * PIXEL:.0f}"
            yield problem("pdf-too-large", place, what=_described_footnotes(page._page_box), past=points, page=number)


def lost_footnotes(document: Any, place: Place) -> Iterator[Problem]:
    """Yield the footnotes that are called on a page and stand on none: WeasyPrint 70 loses some that it moves."""
    roots = [page._page_box for page in document.pages]
    areas = [area for root in roots if (area := _footnote_area(root.children))]
    placed = {id(note.element) for area in areas for note in area.children}
    for number, root in enumerate(roots, 1):
        for box in root.descendants():
            if box.footnote is not None and id(box.footnote.element) not in placed:
                words = _quoted(box.footnote.element)
                yield problem("pdf-log", place, message=f"The footnote {words} of page {number} of this part is lost")


def _missing_height_of_footnotes(page: Any) -> float:
    """Return by how many pixels the footnotes of a page reach into its text, or over its upper edge.

    WeasyPrint 70 breaks no footnote and sets all of a page from its foot up; what has no room is not seen on paper.
    """
    from weasyprint.formatting_structure.boxes import LineBox

    root, *areas = page.children
    if not (area := _footnote_area(areas)):
        return 0.0
    lines = [box.position_y + box.height for box in root.descendants() if isinstance(box, LineBox)]
    return float(max([page.content_box_y(), *lines]) - area.position_y)


def _footnote_area(boxes: Sequence[Any]) -> Any:
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    return next((box for box in boxes if isinstance(box, FootnoteAreaBox) and box.children), None)


def _described_footnotes(page: Any) -> str:
    notes = _footnote_area(page.children).children
    which = "The footnote" if len(notes) == 1 else f"The group of {len(notes)} footnotes that begins"
    return f"{which} {_quoted(notes[0].element)}"


def _quoted(note: Any) -> str:
    return f"“{' '.join(_words_of_note(note).split())[:QUOTED].strip()} …”"


def _words_of_note(element: Any) -> str:
    # its number is not part of what its author wrote
    parts = ("" if "back" in part.get("class", "").split() else _words_of_note(part) for part in element)
    texts = (f"{text}{part.tail or ''}" for text, part in zip(parts, element, strict=True))
    return "".join([element.text or "", *texts])


def with_page_numbers(problems: Sequence[Problem], document: Any) -> list[Problem]:
    """Return the problems, those about characters with the page of the part that they stand on, from 1."""
    numbered = []
    for log_problem in problems:
        values = dict(log_problem.values)
        characters = values.get("sign") or values.get("characters")
        if characters:
            log_problem = problem(log_problem.code, log_problem.where, **values, page=_page_with(document, characters))
        numbered.append(log_problem)
    return numbered


def _page_with(document: Any, characters: str) -> int:
    for number, page in enumerate(document.pages, 1):
        texts = (getattr(box, "text", "") for box in page._page_box.descendants())
        if any(character in text for text in texts for character in characters if not character.isspace()):
            return number
    return 1


def _described(element: Any) -> str:
    if element is None:
        return "A picture"
    if element.tag == "table":
        words = " ".join("".join(element.itertext()).split())
        return f"The table “{words[:QUOTED].strip()} …”"
    return f"The picture {element.get('src', '').rpartition('/')[2]} “{element.get('alt', '')}”"
