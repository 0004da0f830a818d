"""Writes reports as lines for a person at a terminal, and as JSON: the same results."""

from __future__ import annotations

from factpress.escaping import json_text, printable
from factpress.reporting.report import Level, Report

_KIND = {Level.FAIL: "", Level.WARNING: "warning: ", Level.NOTICE: "notice: "}


def as_text(report: Report) -> str:
    """Return what did not pass, and the counts as the last line."""
    lines = []
    for result in report.not_passed:
        about = f" {result.about}" if result.about else ""
        lines.append(printable(f"{result.where}: {result.rule}: {_KIND[result.level]}{result.message}{about}"))
        if result.hint:
            lines.append(f"    {printable(result.hint)}")
    return "\n".join((*lines, *([printable(report.summary)] if report.summary else [])))


def as_json(report: Report) -> str:
    """Return the report as one object."""
    counts = {str(level): number for level, number in report.counts.items()}
    results = [result.as_dict() for result in report.results]
    return json_text({"command": report.command, "counts": counts, "summary": report.summary, "results": results})
