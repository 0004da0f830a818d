"""Puts values of a bibliography into their one form, and its entries in order; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.files.bibtex.edit import edited, first_slip
from factpress.files.bibtex.order import in_key_order
from factpress.files.bibtex.scanner import RawField, Scan, scan
from factpress.files.bibtex.values import plain_address, wrong_doi
from factpress.model.dates import MONTHS, parse_date
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
    """Return the text with DOIs, addresses, dates and order put right; one that has a slip in its shape stays as it is.

    `secure` names the https address of each http one that is known to have it.
    """
    found = scan(text, file)
    if slip := first_slip(found):
        why = f"line {slip.where.line} has a slip in its shape"
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
        date = right_date(value)
        precision = [len(part) for part in parse_date(date)]
        suits = precision == [3] if one.name == "urldate" else one.name == "date" or set(precision) == {1}
        return date if precision and suits else one.value
    return one.value


def right_date(text: str) -> str:
    """Return a date as YYYY[-MM[-DD]] or the range of two, where it can mean only that; else the text as it is."""
    if parse_date(text):
        return text
    sides = re.split(r"\s*(?:--|–|—)\s*|\s+(?:to|/)\s+", text.strip())
    dates = [_right_day(side) for side in sides]
    date = "/".join(dates)
    return date if len(sides) < 3 and all(dates) and parse_date(date) else text


def _right_day(text: str) -> str:
    if numbers := _NUMBERS.fullmatch(text):
        year, _, month, day, *slashed = numbers.groups()
        parts = [year, *filter(None, (month, day, *slashed))]
    elif words := _WORDS.fullmatch(text):
        day, month, year = words.group(1, 2, 3) if words[2] else words.group(5, 4, 6)
        parts = [year, str(_SHORT.index(month[:3].title()) + 1), *filter(None, (day,))]
    else:
        parts = [text] if re.fullmatch(r"\d{4}", text) else []
    return "-".join(part.zfill(2) for part in parts)
