"""The parts of a book, and how each was laid out the last time, kept until something that it shows has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factpress.files.atomic import write_atomically
from factpress.press.layout.page_numbers import folios, listed, page_numbers
from factpress.press.layout.renderer import read


@dataclass(frozen=True, slots=True)
class Part:
    """A page of HTML that begins on a right-hand page of the book."""

    page: Path
    numbered: bool  #: counted 1, 2, 3; else it is front matter, counted i, ii, iii


@dataclass(frozen=True, slots=True)
class Laid:
    """A part as it was laid out: its file, how many pages it has, and the page of each anchor in it, from 1."""

    pdf: Path
    pages: int
    anchors: Mapping[str, int]

    @property
    def leaves(self) -> int:
        """Return its pages with the blank one that brings the next part to a right-hand page."""
        return self.pages + self.pages % 2

    def printed(self, numbered: bool, first: int) -> dict[str, str]:
        """Return the number printed on the page of each anchor, when the part's first page has this number."""
        numbers = page_numbers(first - 1 + self.pages, 1 if numbered else first + self.pages)
        return {anchor: numbers[first - 2 + page] for anchor, page in self.anchors.items()}


class Kept:
    """A folder of parts that were laid out; a part is named by all that its layout shows but page numbers."""

    def __init__(self, folder: Path, recipe: Sequence[str], made_by: Sequence[Path]) -> None:
        """Take the folder; `recipe` and the files are what makes the same page come out otherwise."""
        self._folder = folder
        self._recipe = _digest_of(recipe, made_by)
        self._names: dict[Part, str] = {}  # a page and its pictures are read once
        self._listing: dict[Part, bool] = {}

    def place(self, part: Part) -> Path:
        """Return where the part's PDF stands, if it was laid out."""
        return self._record(part).with_suffix(".pdf")

    def known(self, part: Part) -> bool:
        """Return whether the part was laid out before, with whatever page numbers."""
        return self._record(part).is_file()

    def lists_pages(self, part: Part) -> bool:
        """Return whether the part says on which pages of other parts something stands, as an index does."""
        if part not in self._listing:
            self._listing[part] = bool(listed(read(part.page)))
        return self._listing[part]

    def found(self, part: Part, first: int, printed: Mapping[str, str]) -> Laid | None:
        """Return the part as it was laid out before, if every page number that it prints is still the same."""
        try:
            told: dict[str, Any] = json.loads(self._record(part).read_text(encoding="utf-8"))
            laid = Laid(self.place(part), told["pages"], told["anchors"])
            began, shown = told["first"], told["shown"].items()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        numbers = {**printed, **laid.printed(part.numbered, first)}
        same = began == first and all(numbers.get(anchor) == number for anchor, number in shown)
        return laid if same and laid.pdf.is_file() else None

    def keep(self, part: Part, first: int, laid: Laid, numbers: Mapping[str, str], data: bytes) -> None:
        """Write the part's PDF, and beside it what it shows."""
        text = read(part.page)
        shown = {anchor: numbers[anchor] for anchor in (*folios(text), *listed(text))}
        told = {"first": first, "pages": laid.pages, "anchors": dict(laid.anchors), "shown": shown}
        self._record(part).unlink(missing_ok=True)  # until the PDF of these numbers is there
        write_atomically(laid.pdf, data)
        write_atomically(self._record(part), json.dumps(told))

    def forget_all_but(self, parts: Sequence[Part]) -> None:
        """Remove what no part of the book uses any more."""
        used = {self._record(part).stem for part in parts}
        for file in self._folder.iterdir():
            if file.stem not in used:
                file.unlink()

    def _record(self, part: Part) -> Path:
        if part not in self._names:
            pictures = sorted((part.page.parent / "_images").glob("*"))
            self._names[part] = _digest_of([self._recipe, str(part.numbered), read(part.page)], pictures)
        return self._folder / f"{self._names[part]}.json"


def _digest_of(texts: Sequence[str], files: Sequence[Path]) -> str:
    digest = hashlib.sha256("\0".join(texts).encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:24]
