"""One result model, five outputs: each says the same, and nothing that a page says acts on who reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpress.escaping import json_text, printable
from factpress.links.commands import result_of_link
from factpress.model.links.cited import CitedLink
from factpress.model.links.state import LinkKind, LinkRecord, QuoteState, State
from factpress.model.place import Place
from factpress.problems import problem
from factpress.reporting.github import SUMMARY_LIMIT, append_summary, as_github, as_summary, shielded
from factpress.reporting.junit import as_junit
from factpress.reporting.report import Report, Result, ResultLevel, report, result_of
from factpress.reporting.sarif import as_sarif
from factpress.reporting.text import as_json, as_text

URL = "https://example.org/a%20b,c"
WRITERS = (as_text, as_json, as_junit, as_sarif, as_github, as_summary)
EVIL = "x\x1b[31m\n::error::y\u202e##[error]z\r|`<b>\x9b\u2028%0A\ud800"


def link(url: str = URL, line: int = 7) -> CitedLink:
    return CitedLink(url=url, kind=LinkKind.URL, places=(Place("references.bib", line, 3),), sources=("k",))


def some(level: ResultLevel = ResultLevel.FAIL, **more: str) -> Result:
    place = Place(more.pop("file", "references.bib"), 7, 3)
    return Result(**{"rule": "gone", "message": "Gone.", "hint": "Do.", "url": URL} | more, level=level, where=place)


def two() -> Report:
    records = (LinkRecord(url=URL, state=State.GONE, why="404 twice", last_checked="2026-11-20"), LinkRecord(url="u"))
    return report("links check", (result_of_link(link(r.url, n), r) for n, r in enumerate(records, 7)))


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_words_and_a_way_on(state: State) -> None:
    row = state.row
    result = result_of_link(link(), LinkRecord(url=URL, state=state, why="so", final_url="https://example.org/new"))
    assert (result.rule, result.level, result.url) == (str(state), row.level, URL)
    assert result.message == f"{row.message} So. It leads to https://example.org/new."
    assert bool(row.hint) is (row.level != ResultLevel.PASS)


def test_a_long_query_of_the_page_it_leads_to_is_only_begun() -> None:
    # a server may put who asks, or a key, into the address
    led = LinkRecord(url=URL, state=State.REDIRECTED, final_url=f"https://example.org/new?id=7&session={'5ecre7' * 9}")
    said = result_of_link(link(), led).message
    assert "https://example.org/new?id=7&session" in said and "5ecre75ecre7" not in said


def test_what_could_not_be_checked_never_fails_by_itself() -> None:
    for state in (State.BLOCKED, State.UNREACHABLE, State.OK_UNREAD, State.NEVER_CHECKED):
        assert report("links probe", [result_of_link(link(), LinkRecord(url=URL, state=state))]).status == 0


def test_a_missing_quote_fails_on_a_page_that_is_there() -> None:
    record = LinkRecord(url=URL, state=State.OK, quotes={"9f2c41d07ab3": QuoteState.MISSING})
    assert report("links probe", [result_of_link(link(), record)]).status == 1


def test_text_has_the_place_first_the_hint_below_and_failures_last() -> None:
    assert as_text(two()) == (
        "references.bib:8:3: never-checked: notice: Nobody has asked for this page yet. u\n"
        "    Run `factpress links refresh`.\n"
        f"references.bib:7:3: gone: The page is gone. 404 twice. {URL}\n"
        "    Find another address, or a copy for `archived`.\n"
        "1 failed, 1 could not be checked."
    )


def test_json_has_every_result_and_the_counts() -> None:
    passed = result_of_link(link(), LinkRecord(url=URL, state=State.OK, last_checked="2026-11-20"))
    data = json.loads(as_json(report("links check", [passed, *two().results])))
    assert data["counts"] == {"fail": 1, "warning": 0, "notice": 1, "pass": 1}
    assert data["results"][1] == {
        "file": "references.bib", "line": 7, "column": 3, "rule": "ok", "level": "pass", "hint": "",
        "message": "The page is there.", "url": URL, "date": "2026-11-20",
    }  # fmt: skip


def test_junit_skips_what_could_not_be_checked_with_the_reason() -> None:
    passed = some(ResultLevel.PASS, url="https://example.org/ok", rule="ok", hint="")
    warned = some(ResultLevel.WARNING, url="https://example.org/moved", rule="moved", message="Moved.")
    suites = ElementTree.fromstring(as_junit(report("links check", [passed, warned, *two().results])))
    suite = suites[0]
    assert {k: suite.get(k) for k in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4", "failures": "1", "errors": "0", "skipped": "1",
    }  # fmt: skip
    cases = {case.get("name"): [(e.tag, e.get("message") or e.text) for e in case] for case in suite}
    assert cases == {
        URL: [("failure", "The page is gone. 404 twice.")],
        "https://example.org/moved": [("system-out", "Moved. Do.")],
        "https://example.org/ok": [],
        "u": [("skipped", "Nobody has asked for this page yet. Run `factpress links refresh`.")],
    }


def test_junit_has_one_case_an_address() -> None:
    suite = ElementTree.fromstring(
        as_junit(report("x", [some(ResultLevel.NOTICE, rule="blocked"), some(message="A.")]))
    )[0]
    assert [(case.get("name"), [e.tag for e in case]) for case in suite] == [(URL, ["failure"])]


def test_sarif_has_what_version_2_1_0_requires() -> None:
    passed = some(ResultLevel.PASS, rule="ok")
    log = json.loads(as_sarif(report("links check", [passed, *two().results])))
    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-schema-2.1.0.json")
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "factpress" and re.fullmatch(r"\d+\.\d+\.\d+", driver["version"])
    assert [rule["id"] for rule in driver["rules"]] == ["gone", "never-checked"]
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert [r["level"] for r in run["results"]] == ["error", "note"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
    [place] = run["results"][0]["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "references.bib", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 3},
    }


def test_a_fingerprint_is_of_the_address_and_its_state_wherever_it_stands() -> None:
    def prints(*results: Result) -> list[str]:
        log = json.loads(as_sarif(report("x", results)))
        return [r["partialFingerprints"]["addressAndState/v1"] for r in log["runs"][0]["results"]]

    [one] = prints(some())
    assert prints(some(file="docs/claims/01-a.yaml", message="Other.")) == [one]
    assert prints(some(rule="moved")) != [one] != prints(some(url="https://example.org/"))
    assert len(set(prints(some(url="", message="A."), some(url="", message="B.")))) == 2


def test_a_place_without_a_line_or_with_odd_letters_is_still_a_place() -> None:
    place = Place("docs/é a.md")
    result = Result(rule="not-utf8", level=ResultLevel.FAIL, message="Bad.", where=place)
    log = json.loads(as_sarif(report("check", [result])))
    assert log["runs"][0]["results"][0]["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "docs/%C3%A9%20a.md", "uriBaseId": "%SRCROOT%"}}}
    ]


def test_annotations_are_nine_of_a_kind_and_one_that_counts_the_rest() -> None:
    results = [
        some(v, message=f"{n}.") for v in (ResultLevel.NOTICE, ResultLevel.FAIL, ResultLevel.PASS) for n in range(11)
    ]
    lines = as_github(report("links check", [*results, some(ResultLevel.WARNING)])).splitlines()
    kinds = [line.split()[0] for line in lines]
    assert kinds == ["::error"] * 10 + ["::warning"] + ["::notice"] * 10
    assert lines[0] == ("::error file=references.bib,line=7,col=3,title=gone::0.%0Ahttps://example.org/a%2520b,c%0ADo.")
    assert lines[9] == "::error title=factpress::and 2 more, see the summary of this step"


def test_the_summary_is_a_table_worst_first() -> None:
    lines = as_summary(
        report("links check", [some(ResultLevel.NOTICE), some(message="A|`<b>"), some(ResultLevel.PASS)])
    ).splitlines()
    assert lines[0] == "### factpress links check"
    assert len(lines) == 8 and all(line.count("|") == 5 for line in lines[4:])
    assert lines[6].startswith("| error gone |") and "A&#124;&#96;&lt;b&gt;" in lines[6]


def test_the_summary_ends_before_the_limit_of_a_step(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"x" * 1000)
    append_summary(report("links check", [some(url=f"https://example.org/{n}") for n in range(12000)]), file)
    text = file.read_text(encoding="utf-8")
    left = re.search(r"(\d+) more are in the log of this step", text)
    assert SUMMARY_LIMIT - 400 < len(text) <= SUMMARY_LIMIT
    assert left and int(left[1]) + text.count("| error ") == 12000
    append_summary(report("links check", [some()]), file)
    assert file.stat().st_size <= SUMMARY_LIMIT


def test_a_problem_is_a_result() -> None:
    found = problem("bib-url", Place("references.bib", 3, 1), field="url", value="x", why="y")
    result = result_of(found)
    assert (result.rule, result.level, result.message, result.hint) == (
        "bib-url", ResultLevel.FAIL, found.message, found.rule.hint,
    )  # fmt: skip


def test_a_shielded_log_can_end_only_by_who_began_it() -> None:
    first, second = (shielded("::endgroup::\nx") for _ in range(2))
    token = first.splitlines()[0].removeprefix("::stop-commands::")
    assert first.endswith(f"\n::{token}::") and len(token) == 32
    assert token not in second


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30) | st.text(st.sampled_from(EVIL), max_size=30))
@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_nothing_from_outside_acts(write: object, text: str) -> None:
    assert callable(write)
    found = report("links check", [some(v, message=text, url=f"u{text}", rule="gone") for v in ResultLevel])
    out = write(found)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", out)
    if write is as_github:
        assert all(re.match(r"::(error|warning|notice) file=references\.bib,", line) for line in out.splitlines())
    else:
        assert not any(line.lstrip().startswith("::") for line in out.splitlines())
    if write in (as_json, as_sarif):
        assert "##[" not in out and json.loads(out)
    if write is as_junit:
        assert "##[" not in out and ElementTree.fromstring(out) is not None
    if write is as_summary:
        assert len(out.splitlines()) == 9


def test_what_acts_is_shown() -> None:
    assert printable("a\x1b[31m\n\u202eb é 김") == r"a\x1b[31m\x0a\u202eb é 김"
    assert json_text(["\x9b##[error]\u2028"]) == '[\n  "\\u009b#\\u0023[error]\\u2028"\n]'
    assert json.loads(json_text([EVIL])) == [EVIL]
