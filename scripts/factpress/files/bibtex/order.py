"""Sorts the entries of a bibliography by key; a comment goes with the entry below it, other text stays in its place."""

from __future__ import annotations

import re
from itertools import accumulate

from factpress.files.bibtex.scanner import RawEntry, scan


def in_key_order(text: str, file: str) -> tuple[str, list[RawEntry]]:
    """Return the text with its entries sorted by key, and the entries that stood after a greater key."""
    found = scan(text, file)
    entries = found.entries
    keys = [entry.key.casefold() for entry in entries]
    late = [entry for highest, key, entry in zip(accumulate(keys, max), keys, entries, strict=True) if key < highest]
    # a string that is set between entries holds only for those below
    if not late or found.last_string > entries[0].start:
        return text, []
    unix = re.sub(r"\r\n?", "\n", text)
    slots, chunks = _pieces(unix, entries)
    order = sorted(range(len(entries)), key=keys.__getitem__)
    joined = "".join(part for slot, n in zip(slots, order, strict=False) for part in (slot, chunks[n])) + slots[-1]
    return _as_before(joined, text), late


def _pieces(text: str, entries: list[RawEntry]) -> tuple[list[str], list[str]]:
    """Return the text that stays in its place, around the entries, and what moves: entries with their comments."""
    slots: list[str] = []
    chunks: list[str] = []
    starts = [entry.start for entry in entries]
    ends = [entry.start + len(entry.text) for entry in entries]
    for n, end in enumerate(ends):
        gap = text[ends[n - 1] if n else 0 : starts[n]]
        rest = _rest_of_line(gap) if n else ""
        if n:
            chunks[-1] += rest if rest.endswith("\n") else f"{rest}\n"
        stays, above = _comment_above(gap[len(rest) :], first=n == 0)
        slots.append(stays)
        chunks.append(above + text[starts[n] : end])
    rest = _rest_of_line(text[ends[-1] :])
    chunks[-1] += rest if rest.endswith("\n") else f"{rest}\n"
    return [*slots, text[ends[-1] + len(rest) :]], chunks


def _rest_of_line(gap: str) -> str:
    line = gap.partition("\n")[0]
    return gap[: len(line) + 1] if "\n" in gap and "@" not in line else ""


def _comment_above(gap: str, *, first: bool) -> tuple[str, str]:
    blank = max((found.end() for found in re.finditer(r"^[ \t]*\n", gap, re.MULTILINE)), default=-1)
    if first and blank < 0:  # the head of the file is no comment on its first entry
        return gap, ""
    above = gap[max(blank, 0) :]
    return (gap, "") if "@" in above else (gap[: max(blank, 0)], above)


def _as_before(text: str, before: str) -> str:
    ends = re.findall(r"\r\n|\r|\n", before)
    # line ends of several kinds become the one that is used most
    return text.replace("\n", max(ends, key=ends.count)) if ends else text
