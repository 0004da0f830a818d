"""Writes a report as JSON: every result, those that passed too."""

from __future__ import annotations

from factpress.escaping import json_text
from factpress.reporting.report import Report


def as_json(report: Report) -> str:
    """Return the report as one object."""
    counts = {str(verdict): number for verdict, number in report.counts.items()}
    results = [result.as_dict() for result in report.results]
    return json_text({"command": report.command, "counts": counts, "summary": report.end, "results": results})
