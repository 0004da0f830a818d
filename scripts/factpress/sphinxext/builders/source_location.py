"""From a page that was laid out back to the file that it was made from: where an editor can fix it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from factpress.files.book import book_files
from factpress.files.text import relative_name
from factpress.model.place import Place
from factpress.problems import Problem
from factpress.settings import Settings

FOOTNOTE = re.compile(r"The (?:group of \d+ footnotes?|footnote)[^“]*“(.+?) …”")
PICTURE = re.compile(r"[^/\s'\"]+\.(?:png|jpe?g|gif|svg|webp)\b", re.IGNORECASE)


def located_in_source(problem: Problem, sources: Mapping[str, Path], settings: Settings) -> Problem:
    """Return a problem of a laid-out page at its place in the book, as near as can be said.

    `sources` are the Markdown files by the page made of each. What the page shows may also come from the ledger or
    the bibliography: the first line that has the characters, or the name of the picture, is taken.
    """
    source = sources.get(problem.where.file)
    if source is None:
        return problem
    searched = _searched_texts(problem)
    values = dict(problem.values)
    found = FOOTNOTE.match(values.get("what") or values.get("message", ""))
    note = _letters(found[1]) if found else ""
    for file in (source, *book_files(settings)) if searched or note else ():
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, 1):
            if any(text in line for text in searched) or (note and note in _letters(line)):
                return replace(problem, where=Place(relative_name(file, settings.root), number))
    return replace(problem, where=Place(relative_name(source, settings.root)))


def _letters(text: str) -> str:
    """Return the letters and digits alone: quotation marks and markup are other ones in the file than on the page."""
    return "".join(filter(str.isalnum, text))


def _searched_texts(problem: Problem) -> Sequence[str]:
    values = dict(problem.values)
    characters = values.get("sign") or values.get("characters") or ""
    texts = (values.get("message", ""), values.get("what", ""))
    return [character for character in characters if not character.isspace()] or [
        name for text in texts for name in PICTURE.findall(text)
    ]
