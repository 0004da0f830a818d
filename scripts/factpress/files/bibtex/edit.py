"""Changes values in the text of a bibliography and leaves every other byte as it was."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from factpress.files.bibtex.scanner import Scan
from factpress.problems import Problem


def first_slip(found: Scan) -> Problem | None:
    """Return the first slip in a file's shape; with one, nobody knows where its values end."""
    # an undefined string is a hole in one value and no slip in the shape
    return next((p for p in found.problems if p.code != "bib-undefined-string"), None)


def edited(text: str, edits: Iterable[tuple[tuple[int, int], str]]) -> str:
    """Return the text with other values at these offsets, in order, as the scanner counts them."""
    # The scanner counts every line end as one character.
    pairs = [found.start() - n for n, found in enumerate(re.finditer("\r\n", text))]
    parts, at = [], 0
    for (start, end), new in edits:
        parts += [text[at : start + bisect_left(pairs, start)], new]
        at = end + bisect_left(pairs, end)
    return "".join((*parts, text[at:]))
