"""Writes a report as JUnit XML: an address is a test case; what could not be checked is skipped, with the reason."""

from __future__ import annotations

from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from factpress.escaping import printable
from factpress.reporting.report import Report, Result, ResultLevel


def as_junit(report: Report) -> str:
    """Return the report as one suite of test cases."""
    name = f"factpress {report.command}"
    suites = Element("testsuites", name=name)
    suite = SubElement(suites, "testsuite", name=name)
    cases = [list(group) for _, group in groupby(sorted(report.results, key=_case), key=_case)]
    for results in cases:
        suite.append(_test_case(sorted(results, key=lambda r: r.level.rank)))
    for element in (suites, suite):
        element.set("tests", str(len(cases)))
        element.set("failures", str(len(suite.findall("testcase/failure"))))
        element.set("errors", "0")
        element.set("skipped", str(len(suite.findall("testcase/skipped"))))
    indent(suites)
    # a runner of GitHub would take ##[ for a command
    text = tostring(suites, encoding="unicode").replace("##[", "##&#91;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _case(result: Result) -> tuple[str, str]:
    return result.where.file, result.subject


def _test_case(results: list[Result]) -> Element:
    worst = results[0]
    case = Element("testcase", classname=printable(worst.where.file), name=printable(worst.subject))
    case.set("file", printable(worst.where.file))
    case.set("line", str(worst.where.line))
    said = [printable(" ".join(filter(None, (r.message, r.hint)))) for r in results if r.level is not ResultLevel.PASS]
    if worst.level is ResultLevel.FAIL:
        failure = SubElement(case, "failure", type=worst.rule, message=printable(worst.message))
        failure.text = "\n".join(f"{printable(str(r.where))}: {text}" for r, text in zip(results, said, strict=False))
    elif worst.level is ResultLevel.NOTICE:
        SubElement(case, "skipped", message=said[0])
    elif said:
        SubElement(case, "system-out").text = "\n".join(said)
    return case
