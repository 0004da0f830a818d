"""What pages answered, in every output: certain bad news fails, a wall does not, and each has its line in the file."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from link_checks import FILL
from loopback import serving
from test_run import book, options

from factpress.links.commands import probe
from factpress.reporting.github import as_github
from factpress.reporting.junit import as_junit
from factpress.reporting.report import Report
from factpress.reporting.sarif import as_sarif
from factpress.reporting.text import as_text


@pytest.fixture(scope="module")
def probed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, str]:
    """Return the report on a page that is there, one behind a wall and one that is gone, and their host."""
    plays = {
        "/there": lambda handler: handler.say(200, f"<title>A page</title><p>{FILL}</p>"),
        "/wall": lambda handler: handler.say(403, "no machines"),
    }
    with serving(plays) as server:
        urls = [f"{server.address}/{page}" for page in ("gone", "there", "wall")]
        settings = book(tmp_path_factory.mktemp("probed") / "book", urls)
        return probe(settings, "", urls, options(server)), server.address


def test_only_certain_bad_news_fails_and_names_its_line(probed: tuple[Report, str]) -> None:
    report, host = probed
    assert report.status == 1
    lines = as_text(report).splitlines()
    (failed,) = [line for line in lines if f"{host}/gone" in line]
    assert failed.startswith("references.bib:")
    assert [line.split(": ")[1] for line in lines if line.startswith("references.bib:")] == ["blocked", "suspect"]
    assert lines[-1] == "1 failed, 1 could not be checked, 1 passed."


def test_each_output_says_the_same(probed: tuple[Report, str]) -> None:
    report, host = probed
    suite = ElementTree.fromstring(as_junit(report))[0]
    said = {case.get("name"): [part.tag for part in case] for case in suite}
    assert said == {f"{host}/gone": ["failure"], f"{host}/there": [], f"{host}/wall": ["skipped"]}
    results = json.loads(as_sarif(report))["runs"][0]["results"]
    assert [(r["ruleId"], r["level"]) for r in results] == [("suspect", "error"), ("blocked", "note")]
    starts = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in results]
    assert [line.split(",")[1] for line in as_github(report).splitlines()] == [f"line={start}" for start in starts]
