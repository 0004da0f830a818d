"""What a kind of figure is: the data that it shows, how they are drawn and what its record must say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factpress.model.figures.figure import Figure
from factpress.model.figures.shapes import Shape

if TYPE_CHECKING:
    from factpress.model.book import Book


def _nothing_wrong(_figure: Figure, _book: Book) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A word after `draws`, and what follows from it."""

    data: Callable[[Figure, Book, Mapping[str, str]], Shape]  #: of a figure, with the titles of chapters by file
    draw: str  #: `module:function`, from the data to an iterator of canvases; loading it loads matplotlib
    needs_dates: bool = False
    wrong: Callable[[Figure, Book], str] = _nothing_wrong  #: what is wrong with fields that only this kind has
