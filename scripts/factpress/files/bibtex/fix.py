"""Writes values of a bibliography in their one form and sorts its entries; every other byte stays."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.files.bibtex.lint import is_date
from factpress.files.bibtex.scanner import RawEntry, RawField, ScanResult, scan_bibtex
from factpress.files.bibtex.values import doi_fault, unescaped_url
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
class AppliedFix:
    """One correction, at the place that it had before."""

    where: Place
    what: str

    def __str__(self) -> str:
        """Return `file:line: what`."""
        return f"{self.where.file}:{self.where.line}: {self.what}"


@dataclass(slots=True)
class FixResult:
    """A bibliography's text after its corrections; `problems` says why an unreadable file has none."""

    text: str
    changes: list[AppliedFix] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def fix_text(text: str, file: str, secure: Mapping[str, str] | None = None) -> FixResult:
    """Return the text with DOIs, addresses, dates and order corrected; one with a syntax error stays as it is.

    `secure` names the https address of each http one that is known to have it.
    """
    scan = scan_bibtex(text, file)
    if error := first_syntax_error(scan):
        why = f"line {error.where.line} has a syntax error"
        return FixResult(text, problems=[problem("bib-not-fixed", Place(file), file=file, why=why)])
    edits = list(_edits(scan, secure or {}))
    changes = [AppliedFix(raw.where, f"{raw.name} {raw.value} → {new}") for raw, new in edits]
    new_text = replace_spans(text, [(raw.inner, new) for raw, new in edits if raw.inner])
    ordered, moved = sort_entries(new_text, file)
    changes += [AppliedFix(entry.where, f"{entry.key} moved to its place by key") for entry in moved]
    return FixResult(ordered, sorted(changes, key=lambda change: change.where))


def fix_file(path: Path, file: str, secure: Mapping[str, str] | None = None) -> FixResult:
    """Return the corrections of a bibliography, which are written to its file; an unreadable one stays as it is.

    Raises:
        FileError: it cannot be written.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return FixResult(
            "", problems=[problem("bib-not-fixed", Place(file), file=file, why="it cannot be read as UTF-8")]
        )
    # the byte order mark is kept, and is not part of the first entry
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    result = fix_text(text.removeprefix(mark), file, secure)
    if result.changes:
        write_atomically(path, mark + result.text)
    return result


def _edits(scan: ScanResult, secure: Mapping[str, str]) -> Iterator[tuple[RawField, str]]:
    for entry in scan.entries:
        for raw in entry.fields:
            # a value put together from strings has no one place to write to
            if raw.inner and (new := _right(raw, secure)) != raw.value:
                yield raw, new


def _right(raw: RawField, secure: Mapping[str, str]) -> str:
    value = raw.value.strip()
    if raw.name == "doi":
        bare = bare_doi(value).lower()
        return raw.value if doi_fault(bare) else bare
    if raw.name in ("url", "archived"):
        address = without_tracking(unescaped_url(value))
        return raw.value if "\\" in address else secure.get(address, address)
    if raw.name in ("date", "year", "urldate"):
        date = normal_date(value)
        return date if is_date(raw.name, date) else raw.value
    return raw.value


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


def first_syntax_error(scan: ScanResult) -> Problem | None:
    """Return the first syntax error of a file; with one, it is not known where its values end."""
    # an undefined string is a hole in one value, not a syntax error
    return next((p for p in scan.problems if p.code != "bib-undefined-string"), None)


def replace_spans(text: str, edits: Iterable[tuple[tuple[int, int], str]]) -> str:
    """Return the text with other values at these offsets, in order, as the scanner counts them."""
    # The scanner counts every line end as one character.
    pairs = [match.start() - n for n, match in enumerate(re.finditer("\r\n", text))]
    parts, at = [], 0
    for (start, end), new in edits:
        parts += [text[at : start + bisect_left(pairs, start)], new]
        at = end + bisect_left(pairs, end)
    return "".join((*parts, text[at:]))


def sort_entries(text: str, file: str) -> tuple[str, list[RawEntry]]:
    """Return the text with its entries sorted by key, and the fewest entries that had to move for it."""
    scan = scan_bibtex(text, file)
    entries = scan.entries
    keys = [entry.key.casefold() for entry in entries]
    stay = _longest_in_order(keys)
    moved = [entry for n, entry in enumerate(entries) if n not in stay]
    # a string that is set between entries holds only for those below
    if not moved or scan.last_string > entries[0].start:
        return text, []
    unix = re.sub(r"\r\n?", "\n", text)
    slots, chunks = _slots_and_chunks(unix, entries)
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
    run, at = set(), places[-1] if places else -1
    while at >= 0:
        run.add(at)
        at = before[at]
    return run


def _slots_and_chunks(text: str, entries: list[RawEntry]) -> tuple[list[str], list[str]]:
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
    blank = max((match.end() for match in re.finditer(r"^[ \t]*\n", gap, re.MULTILINE)), default=-1)
    if first and blank < 0:  # the head of the file is not a comment on its first entry
        return gap, ""
    above = gap[max(blank, 0) :]
    return (gap, "") if "@" in above else (gap[: max(blank, 0)], above)


def _as_before(text: str, before: str) -> str:
    ends = re.findall(r"\r\n|\r|\n", before)
    # line ends of several kinds become the one that is used most
    return text.replace("\n", max(ends, key=ends.count)) if ends else text
