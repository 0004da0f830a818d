"""Writes a report for a person at a terminal: a line a result, file and line first, the hint below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from factpress.escaping import printable
from factpress.problems import counted
from factpress.reporting.report import Report, Result, Verdict

_KIND = {Verdict.FAIL: "", Verdict.WARNING: "warning: ", Verdict.NOTICE: "notice: "}


def as_text(report: Report, *, verbose: bool = True) -> str:
    """Return what did not pass, failures last so that none is buried, and the counts as the last line.

    Without `verbose`, warnings are counted by rule.
    """
    failures = [result for result in report.open if result.verdict is Verdict.FAIL]
    others = [result for result in report.open if result.verdict is not Verdict.FAIL]
    listed = [*others, *failures] if verbose else failures
    lines = [line for result in listed for line in _lines(result)]
    if others and not verbose:
        rules = Counter(result.rule for result in others).most_common()
        by_rule = ", ".join(f"{rule} {number}" for rule, number in rules)
        lines.append(f"{counted(len(others), 'warning')}, listed by --verbose: {by_rule}.")
    return "\n".join((*lines, *([printable(report.end)] if report.end else [])))


def _lines(result: Result) -> Iterator[str]:
    about = f" {result.about}" if result.about else ""
    yield printable(f"{result.where}: {result.rule}: {_KIND[result.verdict]}{result.message}{about}")
    if result.hint:
        yield f"    {printable(result.hint)}"
