"""Writes a report as SARIF 2.1.0, for the code scanning of a host."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from factpress import __version__
from factpress.escaping import json_text, printable
from factpress.reporting.report import Report, Result, ResultLevel

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {ResultLevel.FAIL: "error", ResultLevel.WARNING: "warning", ResultLevel.NOTICE: "note"}


def as_sarif(report: Report) -> str:
    """Return what did not pass as one run; the rule is the state of the link or the code of the problem."""
    rules: dict[str, Result] = {}
    for result in report.not_passed:
        rules.setdefault(result.rule, result)
    index = {rule: number for number, rule in enumerate(rules)}
    driver = {
        "name": "factpress",
        "version": __version__,
        "rules": [_rule(first) for first in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"{report.command.replace(' ', '-')}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, index[result.rule]) for result in report.not_passed],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(first: Result) -> dict[str, object]:
    said = {"shortDescription": {"text": first.rule.replace("-", " ").capitalize()}}
    help_text = {"help": {"text": printable(first.hint)}} if first.hint else {}
    return {"id": first.rule, **said, **help_text, "defaultConfiguration": {"level": LEVELS[first.level]}}


def _result(result: Result, index: int) -> dict[str, object]:
    numbers = {"startLine": result.where.line, "startColumn": result.where.column}
    region = {"region": {name: n for name, n in numbers.items() if n}} if result.where.line else {}
    place = {"artifactLocation": {"uri": quote(result.where.file), "uriBaseId": "%SRCROOT%"}, **region}
    text = " ".join(filter(None, (result.message, result.about, result.hint)))
    return {
        "ruleId": result.rule,
        "ruleIndex": index,
        "level": LEVELS[result.level],
        "message": {"text": printable(text)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {
            "addressAndState/v1": hashlib.sha256(result.identity.encode(errors="replace")).hexdigest()
        },
    }
