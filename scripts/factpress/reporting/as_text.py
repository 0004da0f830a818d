"""Writes a report for a person at a terminal: a line a result, file and line first, the hint below."""

from __future__ import annotations

from factpress.escaping import printable
from factpress.reporting.report import Report, Verdict

_KIND = {Verdict.FAIL: "", Verdict.WARNING: "warning: ", Verdict.NOTICE: "notice: "}


def as_text(report: Report) -> str:
    """Return what did not pass, and the counts as the last line."""
    lines = []
    for result in report.open:
        about = f" {result.about}" if result.about else ""
        lines.append(printable(f"{result.where}: {result.rule}: {_KIND[result.verdict]}{result.message}{about}"))
        if result.hint:
            lines.append(f"    {printable(result.hint)}")
    return "\n".join((*lines, *([printable(report.end)] if report.end else [])))
