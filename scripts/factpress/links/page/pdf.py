"""The text of a PDF, page by page, and the ways to read it over running heads and marks of notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factpress.links.page import limits

_AT_EDGE = 2  #: lines at the head and foot of a page that may be the same on every page
#: numbers of notes lose their raised place in a text: after a word, or after a sign at its end
_NOTE_NUMBERS = re.compile(r"(?<=[^\W\d_]{3})\d{1,3}(?=[\s,.;:!?)]|$)|(?<=[^\W\d_][.,;:!?”’\"'])\d{1,3}(?=\s|$)")


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF."""

    pages: tuple[str, ...] = ()
    why: str = ""  #: why there is none

    @property
    def readings(self) -> tuple[str, ...]:
        """Return the text as it stands, then without page numbers and running heads, then without numbers of notes."""
        whole, bare = readings(self.pages)
        return tuple(dict.fromkeys((whole, bare, _NOTE_NUMBERS.sub("", bare)))) if whole.strip() else ()


def read_pdf(data: bytes, seconds: float | None = None) -> PdfText:
    """Return the text of each page, or why it cannot be read within the limits."""
    if b"%PDF-" not in data[:1024]:
        return PdfText(why="a file that is called a PDF and is none")
    read = limits.run("pdf", data, seconds)
    if read is None:
        return PdfText(why="a PDF that is damaged, or takes too long to read")
    pages = tuple(read["pages"])
    return PdfText(pages, read["why"] or ("" if any(map(str.strip, pages)) else "a PDF without text that can be read"))


def readings(pages: Sequence[str]) -> tuple[str, str]:
    """Return the text as it stands, and without page numbers and running heads, over which a sentence may go on."""
    whole = "\n".join(pages)
    lines = [[line for line in page.splitlines() if line.strip()] for page in pages]
    heads = _repeated([page[:_AT_EDGE] for page in lines]) | _repeated([page[-_AT_EDGE:] for page in lines])
    bare = "\n".join(line for page in lines for line in _without(page, heads))
    return (whole, bare)


def _shape(line: str) -> str:
    # a running head differs from page to page in its number alone
    return re.sub(r"\b(?:\d+|[ivxlc]+)\b|\W+", "", line.casefold())


def _repeated(edges: Iterable[Sequence[str]]) -> frozenset[str]:
    counted = Counter(shape for lines in edges for shape in {_shape(line) for line in lines})
    return frozenset({shape for shape, times in counted.items() if times > 2} | {""})


def _without(lines: Sequence[str], heads: frozenset[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        at_edge = number < _AT_EDGE or number >= len(lines) - _AT_EDGE
        if not at_edge or _shape(line) not in heads:
            yield line
