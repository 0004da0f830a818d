"""Writes reports as lines for a person at a terminal, and as JSON: the same results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from factpress.escaping import json_text, printable
from factpress.problems import counted
from factpress.reporting.report import Report, Result, ResultLevel

_KIND = {ResultLevel.FAIL: "", ResultLevel.WARNING: "warning: ", ResultLevel.NOTICE: "notice: "}


def as_text(report: Report, *, verbose: bool = True) -> str:
    """Return what did not pass, failures last so that none is buried, and the counts as the last line.

    Without `verbose`, what is not a failure is counted by rule.
    """
    failures = [result for result in report.not_passed if result.level is ResultLevel.FAIL]
    others = [result for result in report.not_passed if result.level is not ResultLevel.FAIL]
    listed = [*others, *failures] if verbose else failures
    lines = [line for result in listed for line in _lines(result)]
    if others and not verbose:
        by_rule = ", ".join(f"{rule} {number}" for rule, number in Counter(r.rule for r in others).most_common())
        lines.append(f"{counted(len(others), 'warning')}, listed by --verbose: {by_rule}.")
    return "\n".join((*lines, *([printable(report.summary)] if report.summary else [])))


def _lines(result: Result) -> Iterator[str]:
    about = f" {result.about}" if result.about else ""
    yield printable(f"{result.where}: {result.rule}: {_KIND[result.level]}{result.message}{about}")
    if result.hint:
        yield f"    {printable(result.hint)}"


def as_json(report: Report) -> str:
    """Return the report as one object."""
    counts = {str(level): number for level, number in report.counts.items()}
    results = [result.as_dict() for result in report.results]
    return json_text({"command": report.command, "counts": counts, "summary": report.summary, "results": results})
