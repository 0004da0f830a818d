"""Filled-in worksheets as a CSV: one row a decision, whatever program wrote the file; every mistake has its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from factpress.model.dates import parse_day
from factpress.model.vocabulary import Asks, Decision
from factpress.problems import FileError, UsageError, error_hint

#: column: what is written there
COLUMNS = {
    "claim": "its id",
    "code": "the twelve digits at the right of its sheet",
    "reviewer": "id in people.yaml of who filled it in",
    "date": "day on the sheet, as 2026-11-29",
    "found": "letters of the pieces whose words were found",
    "not-there": "letters of the pieces whose words are not there",
    "cannot-open": "letters of the pieces that could not be opened",
    "read-reasoning": "yes, where it is ticked",
    "decision": "approve, return or second-reader",
    "note": "what was written below",
}
REQUIRED = ("claim", "code", "reviewer", "date", "decision")
LARGEST = 2_000_000  #: bytes
_YES = frozenset(("yes", "y", "x", "1", "true", "✓", "✔", "☑"))
_NO = frozenset(("", "no", "n", "0", "false", "-", "☐"))
_CODE = re.compile(r"[0-9a-f]{12}")
_CHOICES: dict[str, Decision | Asks] = {
    "approve": Decision.APPROVE,
    "return": Decision.REJECT,
    "second-reader": Asks.SECOND_READER,
}


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One worksheet as it was typed in."""

    line: int
    claim: str
    code: str  #: twelve hexadecimal digits
    reviewer: str
    date: str
    choice: Decision | Asks
    found: tuple[str, ...] = ()
    not_there: tuple[str, ...] = ()
    cannot_open: tuple[str, ...] = ()
    read_reasoning: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken over, and why."""

    line: int
    claim: str
    why: str


def blank_forms(rows: Iterable[tuple[str, str]]) -> str:
    """Return a CSV with claim and code of each worksheet, the rest to be typed in."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([claim, code.replace(" ", "-"), *[""] * (len(COLUMNS) - 2)] for claim, code in rows)
    return out.getvalue()


def read_forms(path: Path) -> list[PaperForm | RefusedRow]:
    """Return the rows of a CSV in order; rows in which no decision was typed are left out.

    Raises:
        FileError: the file cannot be read.
        UsageError: it is not such a CSV.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}.", error_hint(error, "Name the CSV.")) from error
    if len(data) > LARGEST:
        raise UsageError(f"{path} is larger than {LARGEST // 1_000_000} MB.", "Name the CSV of the worksheets.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageError(f"{path}:{line}: the file is not UTF-8.", "Save it as CSV UTF-8.") from error
    return list(_rows(text, path))


def _rows(text: str, path: Path) -> Iterable[PaperForm | RefusedRow]:
    head = text.partition("\n")[0]
    # a comma, or what spreadsheets of other countries take for it
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    columns: list[str] = []
    try:
        for cells in reader:
            if not columns:
                columns = [cell.strip().lower().replace(" ", "-").replace("_", "-") for cell in cells]
                _check_columns(columns, path)
                continue
            values = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                yield RefusedRow(reader.line_num, values.get("claim", ""), "it has more cells than columns")
            elif values.get("decision"):
                yield _form(values, reader.line_num)
            elif any(values.get(name) for name in ("reviewer", "found", "not-there", "read-reasoning", "note")):
                yield RefusedRow(reader.line_num, values.get("claim", ""), "it has no decision")
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: {error}.", "Save it as CSV again.") from error
    if not columns:
        raise UsageError(f"{path} is empty.", f"Its columns are {', '.join(COLUMNS)}.")


def _check_columns(columns: list[str], path: Path) -> None:
    known = f"Its columns are {', '.join(COLUMNS)}."
    if missing := [name for name in REQUIRED if name not in columns]:
        raise UsageError(f"{path}:1: the column {missing[0]} is missing.", known)
    if unknown := [name for name in columns if name and name not in COLUMNS]:
        raise UsageError(f"{path}:1: there is no column {unknown[0]!r}.", known)
    if twice := [name for name in COLUMNS if columns.count(name) > 1]:
        raise UsageError(f"{path}:1: the column {twice[0]} stands twice.", known)


def _form(values: dict[str, str], line: int) -> PaperForm | RefusedRow:
    code = re.sub(r"[\s–-]", "", values.get("code", "")).lower()
    claim, read = values.get("claim", "").upper(), values.get("read-reasoning", "").lower()
    choice = _CHOICES.get(values["decision"].lower().replace(" ", "-"))
    why = ""
    if choice is None:
        why = f"its decision is {values['decision']!r}, not approve, return or second-reader"
    elif not _CODE.fullmatch(code):
        why = f"its code is {values.get('code', '')!r}, not twelve digits of 0 to 9 and a to f"
    elif not parse_day(values.get("date", "")):
        why = f"its date is {values.get('date', '')!r}, not a day such as 2026-11-29"
    elif read not in _YES | _NO:
        why = f"read-reasoning is {values['read-reasoning']!r}, not yes or no"
    if why or choice is None:
        return RefusedRow(line, claim, why)
    return PaperForm(
        line, claim, code, values.get("reviewer", ""), values["date"], choice, _letters(values.get("found", "")),
        _letters(values.get("not-there", "")), _letters(values.get("cannot-open", "")), read in _YES,
        values.get("note") or None,
    )  # fmt: skip


def _letters(text: str) -> tuple[str, ...]:
    words = re.split(r"[\s,;]+", text.lower().strip())
    return tuple(word for word in words if word and word not in ("and", "und"))
