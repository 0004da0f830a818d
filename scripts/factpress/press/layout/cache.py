"""The parts of a book, and how each was laid out the last time, taken over until something on it changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factpress.files.atomic import write_atomically
from factpress.press.layout.renderer import read_style_sheet
from factpress.press.layout.versions import drawing_versions


@dataclass(frozen=True, slots=True)
class Part:
    """A page of HTML that begins on a page of its own."""

    page: Path
    lists_pages: bool = False  #: says on which pages of other parts something stands, as an index does
    fills: int = 0  #: its sections are blank pages, as many as bring the volume to a multiple of this
    blank: int = -1  #: how many of them are needed, once that is known


@dataclass(frozen=True, slots=True)
class LaidOutPart:
    """A part as it was laid out: its file, how many pages it has, and the page of each anchor in it, from 1."""

    pdf: Path
    pages: int
    anchors: Mapping[str, int]
    first: int  #: the number of the first page for which it was laid out, which decides on its side
    targets: tuple[str, ...]  #: anchors, of this volume or others, whose page numbers it prints

    def printed_numbers(self, first: int) -> dict[str, str]:
        """Return the number printed on the page of each anchor, when the part's first page has this number."""
        return {anchor: str(first - 1 + page) for anchor, page in self.anchors.items()}


class PartCache:
    """A folder of laid-out parts; a part's name is a digest of all that its pages show but page numbers."""

    def __init__(self, folder: Path, style: Sequence[str], files: Sequence[Path]) -> None:
        """Take the folder; `style` and `files` are what makes the same page come out otherwise.

        Whatever is not of our making is added: the versions of everything that draws.
        """
        self._folder = folder
        versions = [f"{name} {number}" for name, number in sorted(drawing_versions().items())]
        self._style = _digest([*style, *versions], files)
        self._names: dict[Part, str] = {}  # a page and its pictures are read once

    def pdf_of(self, part: Part) -> Path:
        """Return where the part's PDF stands, if it was laid out."""
        return self._record(part).with_suffix(".pdf")

    def peek(self, part: Part, first: int, mirrored: bool) -> LaidOutPart | None:
        """Return the part as it was laid out before, whatever numbers it prints; its pages and anchors hold.

        Where pages are `mirrored`, only if its first page stood on the same side.
        """
        record = self._read(part)
        if not record or (mirrored and record["first"] % 2 != first % 2):
            return None
        return _of_record(record, self.pdf_of(part))

    def find(self, part: Part, first: int, printed: Mapping[str, str]) -> LaidOutPart | None:
        """Return the part as it was laid out before, if every page number that it prints is still the same."""
        record = self._read(part)
        if not record or record["first"] != first:
            return None
        if any(printed.get(anchor) != number for anchor, number in dict(record["shown"]).items()):
            return None
        laid_out = _of_record(record, self.pdf_of(part))
        try:
            return laid_out if _digest_of_file(laid_out.pdf) == record["pdf"] else None
        except OSError:
            return None

    def _read(self, part: Part) -> dict[str, Any] | None:
        """Return a record that is sound; what is not there, or was changed by something else, is laid out again."""
        try:
            record: dict[str, Any] = json.loads(self._record(part).read_text(encoding="utf-8"))
            _of_record(record, self.pdf_of(part))
            sound = isinstance(record["first"], int) and isinstance(record["pdf"], str)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None
        return record if sound else None

    def store(self, part: Part, first: int, laid_out: LaidOutPart, shown: Mapping[str, str], pdf: bytes) -> None:
        """Write the part's PDF, and beside it the page numbers that it shows, by anchor."""
        record = {
            "first": first,
            "pages": laid_out.pages,
            "anchors": dict(laid_out.anchors),
            "shown": dict(shown),
            "pdf": hashlib.sha256(pdf).hexdigest(),
        }
        self._record(part).unlink(missing_ok=True)  # until the PDF of these numbers is there
        write_atomically(laid_out.pdf, pdf)
        write_atomically(self._record(part), json.dumps(record))

    def keep_only(self, parts: Iterable[Part]) -> None:
        """Remove what no part of the book uses any more."""
        used = {self._record(part).stem for part in parts}
        for file in self._folder.iterdir():
            if file.stem not in used and file.suffix in (".json", ".pdf"):
                file.unlink()

    def _record(self, part: Part) -> Path:
        if part not in self._names:
            pictures = sorted((part.page.parent / "_images").glob("*"))
            self._names[part] = _digest([self._style, str(part.blank), read_style_sheet(part.page)], pictures)
        return self._folder / f"{self._names[part]}.json"


def _of_record(record: Mapping[str, Any], pdf: Path) -> LaidOutPart:
    anchors = {str(anchor): int(page) for anchor, page in dict(record["anchors"]).items()}
    return LaidOutPart(pdf, int(record["pages"]), anchors, record["first"], tuple(dict(record["shown"])))


def _digest(texts: Sequence[str], files: Sequence[Path]) -> str:
    digest = hashlib.sha256("\0".join(texts).encode())
    for file in files:
        digest.update(f"{file.name}\0{_digest_of_file(file)}".encode())
    return digest.hexdigest()[:24]


def _digest_of_file(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
