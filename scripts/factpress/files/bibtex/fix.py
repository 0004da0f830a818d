"""Puts values of a bibliography into their one form, and its entries in order; every other byte stays."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.files.bibtex.lint import is_date
from factpress.files.bibtex.scanner import RawEntry, RawField, Scan, scan
from factpress.files.bibtex.values import plain_address, wrong_doi
from factpress.model.dates import MONTHS, publication_dates
from factpress.model.links.addresses import without_tracking
from factpress.model.place import Place
from factpress.model.source import bare_doi
from factpress.problems import Problem, problem

_SHORT = [name[:3] for name in MONTHS]
_NUMBERS = re.compile(r"(\d{4})(?:([-.])(\d{1,2})(?:\2(\d{1,2}))?|/(\d{1,2})/(\d{1,2}))")
_MONTH = "(" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + r")\.?"
_WORDS = re.compile(rf"(?:(\d{{1,2}})\s+)?{_MONTH}\s+(\d{{4}})|{_MONTH}\s+(\d{{1,2}}),?\s+(\d{{4}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was put right, at its place before."""

    where: Place
    what: str

    def __str__(self) -> str:
        """Return `file:line: what`."""
        return f"{self.where.file}:{self.where.line}: {self.what}"


@dataclass(slots=True)
class Fixed:
    """A bibliography's text with what was put right, and why nothing was where that is so."""

    text: str
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def fixed(text: str, file: str, secure: Mapping[str, str] | None = None) -> Fixed:
    """Return the text with DOIs, addresses, dates and order put right; one with a syntax error stays as it is.

    `secure` names the https address of each http one that is known to have it.
    """
    found = scan(text, file)
    if error := first_syntax_error(found):
        why = f"line {error.where.line} has a syntax error"
        return Fixed(text, problems=[problem("bib-not-fixed", Place(file), file=file, why=why)])
    edits = list(_edits(found, secure or {}))
    changes = [Change(f.where, f"{f.name} {f.value} → {new}") for f, new in edits]
    new_text = edited(text, [(f.inner, new) for f, new in edits if f.inner])
    ordered, moved = in_key_order(new_text, file)
    changes += [Change(entry.where, f"{entry.key} moved to its place by key") for entry in moved]
    return Fixed(ordered, sorted(changes, key=lambda change: change.where))


def fix_file(path: Path, file: str, secure: Mapping[str, str] | None = None) -> Fixed:
    """Put a bibliography right and write it if that changes it; one that cannot be read is left to the check."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return Fixed("", problems=[problem("bib-not-fixed", Place(file), file=file, why="it cannot be read as UTF-8")])
    # the byte order mark is kept, and is not part of the first entry
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    result = fixed(text.removeprefix(mark), file, secure)
    if result.changes:
        write_atomically(path, mark + result.text)
    return result


def _edits(found: Scan, secure: Mapping[str, str]) -> Iterator[tuple[RawField, str]]:
    for entry in found.entries:
        for one in entry.fields:
            # a value put together from strings has no one place to write to
            if one.inner and (new := _right(one, secure)) != one.value:
                yield one, new


def _right(one: RawField, secure: Mapping[str, str]) -> str:
    value = one.value.strip()
    if one.name == "doi":
        bare = bare_doi(value).lower()
        return one.value if wrong_doi(bare) else bare
    if one.name in ("url", "archived"):
        address = without_tracking(plain_address(value))
        return one.value if "\\" in address else secure.get(address, address)
    if one.name in ("date", "year", "urldate"):
        date = normal_date(value)
        return date if is_date(one.name, date) else one.value
    return one.value


def normal_date(text: str) -> str:
    """Return a date as EDTF, `1950-10-01`, `1950/1953`, `1950~`, where it can mean only that; else the text."""
    if publication_dates(text):
        return text
    sides = re.split(r"\s*(?:--|–|—)\s*|\s+(?:to|/)\s+", text.strip())
    dates = [_right_day(side) for side in sides]
    date = "/".join(dates)
    return date if len(sides) < 3 and all(dates) and publication_dates(date) else text


def _right_day(text: str) -> str:
    if about := re.fullmatch(r"(?:c|ca|circa)\.?\s*(\d{4})", text, re.IGNORECASE):
        return f"{about[1]}~"
    if decade := re.fullmatch(r"(\d{3})0['’]?s", text):
        return f"{decade[1]}X"
    if era := re.fullmatch(r"([1-9]\d{0,3})\s*(?:BCE?|B\.\s?C\.)", text):
        return f"-{int(era[1]) - 1:04}" if era[1] != "1" else "0000"
    if numbers := _NUMBERS.fullmatch(text):
        year, _, month, day, *slashed = numbers.groups()
        parts = [year, *filter(None, (month, day, *slashed))]
    elif words := _WORDS.fullmatch(text):
        day, month, year = words.group(1, 2, 3) if words[2] else words.group(5, 4, 6)
        parts = [year, str(_SHORT.index(month[:3].title()) + 1), *filter(None, (day,))]
    else:
        parts = [text] if re.fullmatch(r"\d{4}", text) else []
    return "-".join(part.zfill(2) for part in parts)


def first_syntax_error(found: Scan) -> Problem | None:
    """Return the first syntax error of a file; with one, it is not known where its values end."""
    # an undefined string is a hole in one value, not a syntax error
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


def in_key_order(text: str, file: str) -> tuple[str, list[RawEntry]]:
    """Return the text with its entries sorted by key, and the fewest entries that had to move for it."""
    found = scan(text, file)
    entries = found.entries
    keys = [entry.key.casefold() for entry in entries]
    stay = _longest_in_order(keys)
    moved = [entry for n, entry in enumerate(entries) if n not in stay]
    # a string that is set between entries holds only for those below
    if not moved or found.last_string > entries[0].start:
        return text, []
    unix = re.sub(r"\r\n?", "\n", text)
    slots, chunks = _pieces(unix, entries)
    order = sorted(range(len(entries)), key=keys.__getitem__)
    joined = "".join(part for slot, n in zip(slots, order, strict=False) for part in (slot, chunks[n])) + slots[-1]
    return _as_before(joined, text), moved


def _longest_in_order(keys: list[str]) -> set[int]:
    """Return the places of a longest run of keys, not next to each other, that is in order (patience sorting)."""
    ends: list[str] = []  # the smallest key that a run of each length may end with
    places: list[int] = []
    before: list[int] = []  # the place before each key in its run, -1 for none
    for n, key in enumerate(keys):
        length = bisect_right(ends, key)
        before.append(places[length - 1] if length else -1)
        ends[length : length + 1], places[length : length + 1] = [key], [n]
    found, at = set(), places[-1] if places else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found


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
    if first and blank < 0:  # the head of the file is not a comment on its first entry
        return gap, ""
    above = gap[max(blank, 0) :]
    return (gap, "") if "@" in above else (gap[: max(blank, 0)], above)


def _as_before(text: str, before: str) -> str:
    ends = re.findall(r"\r\n|\r|\n", before)
    # line ends of several kinds become the one that is used most
    return text.replace("\n", max(ends, key=ends.count)) if ends else text
