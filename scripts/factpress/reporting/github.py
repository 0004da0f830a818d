"""Writes a report for GitHub Actions: annotations beside the lines, and the whole table in the summary of the step."""

from __future__ import annotations

import html
import re
import secrets
from pathlib import Path

from factpress.escaping import printable
from factpress.reporting.report import Report, Result, ResultLevel

SHOWN = 9  #: GitHub shows ten annotations of a kind and step and drops the others without a word; the tenth counts them
SUMMARY_LIMIT = 1024 * 1024  #: bytes of the summary of a step; a longer one is dropped as a whole
KINDS = {ResultLevel.FAIL: "error", ResultLevel.WARNING: "warning", ResultLevel.NOTICE: "notice"}


def as_github(report: Report) -> str:
    """Return the worst nine of each kind as workflow commands, and one that counts the rest."""
    lines = []
    for level, kind in KINDS.items():
        found = [result for result in report.results if result.level is level]
        lines += [_annotation(kind, result) for result in found[:SHOWN]]
        if more := len(found) - SHOWN:
            lines += [f"::{kind} title=factpress::and {more} more, see the summary of this step"] if more > 0 else []
    return "\n".join(lines)


def shielded(text: str) -> str:
    """Return a log in which no line is taken for a workflow command."""
    token = secrets.token_hex(16)  # nobody who wrote the text can know it
    return f"::stop-commands::{token}\n{text}\n::{token}::"


def as_summary(report: Report, limit: int = SUMMARY_LIMIT) -> str:
    """Return a table in Markdown that takes no more bytes than the limit; what was left out is counted."""
    head = f"### factpress {_cell(report.command)}\n\n{_cell(report.summary)}\n"
    rows = [_row(result) for result in worst_first(report)]
    if not rows:
        return head
    head += "\n| | where | what | about |\n|---|---|---|---|\n"
    kept: list[str] = []
    room = limit - len(head.encode()) - 100
    for row in rows:
        room -= len(row.encode())
        if room < 0:
            break
        kept.append(row)
    left = f"\n{len(rows) - len(kept)} more are in the log of this step.\n" if len(kept) < len(rows) else ""
    text = f"{head}{''.join(kept)}{left}"
    return text if len(text.encode()) <= limit else ""


def append_summary(report: Report, file: Path) -> None:
    """Write the table at the end of the step's summary, in the room that is left there."""
    used = file.stat().st_size if file.is_file() else 0
    with file.open("a", encoding="utf-8") as stream:
        stream.write(as_summary(report, SUMMARY_LIMIT - used))


def worst_first(report: Report) -> list[Result]:
    """Return what did not pass, failures first."""
    return sorted(report.not_passed, key=lambda result: result.level.rank)


def _row(r: Result) -> str:
    said = " ".join(filter(None, (_cell(r.message), f"<em>{_cell(r.hint)}</em>" if r.hint else "")))
    where, about = f"<code>{_cell(str(r.where))}</code>", f"<code>{_cell(r.about)}</code>" if r.about else ""
    return f"| {KINDS[r.level]} {_cell(r.rule)} | {where} | {said} | {about} |\n"


def _cell(text: str) -> str:
    # as entities, what Markdown would take for its own is only text
    plain = html.escape(printable(text), quote=False)
    return re.sub(r"[\\`*_{}\[\]()#+!|~@:]", lambda found: f"&#{ord(found[0])};", plain)


def _annotation(kind: str, result: Result) -> str:
    place = {"file": result.where.file, "line": result.where.line, "col": result.where.column, "title": result.rule}
    fields = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in place.items() if value)
    text = "%0A".join(_escaped(part) for part in (result.message, result.about, result.hint) if part)
    return f"::{kind} {fields}::{text}"


def _escaped(text: str, more: str = "") -> str:
    text = printable(text)
    for character in f"%{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
