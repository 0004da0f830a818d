"""What each page of a finished PDF begins with: its printed number, its first words, and the named places on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from factpress.problems import FileError

_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PageStart:
    """The beginning of one page."""

    label: str  #: number printed on it
    lines: Sequence[str]  #: its first lines, of each the letters alone, in small letters
    anchors: Sequence[str]  #: named places on it


def letters_of(text: str) -> str:
    """Return the letters of a text alone, small and without ligatures: what does not depend on how lines are set."""
    return "".join(_WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))


def read_page_starts(file: Path, *, lines: int = 12) -> list[PageStart]:
    """Return how each page begins, in their order; running heads and what stands in the margins is left out.

    Raises:
        FileError: the file cannot be read.
    """
    import pypdfium2  # type: ignore[import-untyped]

    try:
        places = _named_places(file)
        pdf = pypdfium2.PdfDocument(file)
    except Exception as error:  # each library has errors of its own for a file that is none
        raise FileError(f"{file} cannot be read: {error}.", "Build it again.") from error
    try:
        starts = []
        for number in range(len(pdf)):
            page = pdf[number]
            text = page.get_textpage().get_text_bounded(*page.get_artbox())
            found = [each for line in text.splitlines() if (each := letters_of(line))]
            label = pdf.get_page_label(number) or str(number + 1)
            starts.append(PageStart(label, found[:lines], places.get(number, ())))
        return starts
    finally:
        pdf.close()


def _named_places(file: Path) -> Mapping[int, list[str]]:
    """Return the named places of each page, counted from 0."""
    import pikepdf

    places: dict[int, list[str]] = {}
    with pikepdf.open(file) as pdf:
        numbers: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        names = pdf.Root.get("/Names")
        if names is None or "/Dests" not in names:
            return places
        for name, place in pikepdf.NameTree(names.Dests).items():
            target = place.D if isinstance(place, pikepdf.Dictionary) else place
            number = numbers.get(target[0].objgen)
            if number is not None:
                places.setdefault(number, []).append(str(name))
    return places
