"""What of a laid-out document does not fit its page, and on which page a sign stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from factpress.model.place import Place
from factpress.problems import Problem, problem

PIXEL = 0.75  #: of a point
LEAST = 1.0  #: pixels: less is a rounding error
QUOTED = 40  #: characters of a table that say which one it is


def too_large(document: Any, place: Place) -> Iterator[Problem]:
    """Yield tables and pictures that leave the part of the page that is for text."""
    from weasyprint.formatting_structure.boxes import ReplacedBox, TableBox  # type: ignore[import-untyped]

    for number, page in enumerate(document.pages, 1):
        root = page._page_box
        right = root.content_box_x() + root.width
        foot = root.content_box_y() + root.height
        for box in root.descendants():
            if isinstance(box, TableBox | ReplacedBox):
                past = box.position_x + box.margin_width() - right
                if isinstance(box, ReplacedBox):  # a table goes on over the page
                    past = max(past, box.position_y + box.margin_height() - foot)
                if past > LEAST:
                    size = f"{past * PIXEL:.0f}"
                    yield problem("pdf-too-large", place, what=_named(box.element), past=size, page=number)


def placed(problems: Sequence[Problem], document: Any) -> list[Problem]:
    """Return the problems, those about signs with the page of the part that they stand on."""
    found = []
    for one in problems:
        values = dict(one.values)
        signs = values.get("sign") or values.get("characters")
        found.append(problem(one.code, one.where, **values, page=_page_of(document, signs)) if signs else one)
    return found


def _page_of(document: Any, signs: str) -> int:
    for number, page in enumerate(document.pages, 1):
        texts = (getattr(box, "text", "") for box in page._page_box.descendants())
        if any(sign in text for text in texts for sign in signs if not sign.isspace()):
            return number
    return 1


def _named(element: Any) -> str:
    if element is None:
        return "A picture"
    if element.tag == "table":
        words = " ".join("".join(element.itertext()).split())
        return f"The table “{words[:QUOTED].strip()} …”"
    return f"The picture {element.get('src', '').rpartition('/')[2]} “{element.get('alt', '')}”"
