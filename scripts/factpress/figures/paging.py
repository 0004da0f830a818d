"""What fits on a page: rows, by their height; a figure of more rows has more pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Row = TypeVar("Row")

TALLEST = 412.0  #: points: with a caption of six lines below it a drawing fills a printed page


def paged(rows: Sequence[Row], height: Callable[[list[Row]], float]) -> Iterator[list[Row]]:
    """Yield the rows in pages that are no higher than `TALLEST`; `height` is that of a page with these rows."""
    page: list[Row] = []
    for row in rows:
        if page and height([*page, row]) > TALLEST:
            yield page
            page = []
        page.append(row)
    if page:
        yield page
