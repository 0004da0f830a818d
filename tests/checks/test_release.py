"""A release answers for every link: recorded lately where it was ever asked for, and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleanbook import CLEAN
from factpress.checks.links import GateScope, check_links
from factpress.files.book import read_book
from factpress.model.links.state import LinkKind, LinkRecord, State
from factpress.settings import read_settings

URL, DOI = "https://www.example.org/survey/arden", "https://doi.org/10.5555/brand.1977"
TODAY = "2026-11-20"


def gate(release: str, **records: LinkRecord) -> list[str]:
    book, problems = read_book(read_settings(Path(CLEAN)))
    assert problems == []
    asked = {record.url: record for record in records.values()}
    found = check_links(replace(book, links=asked), GateScope(release=release))
    return [f"{p.code} {dict(p.values).get('url', '')}".strip() for p in found]


def record(url: str, state: State, day: str) -> LinkRecord:
    kind = LinkKind.DOI if url == DOI else LinkKind.URL
    return LinkRecord(url=url, kind=kind, state=state, since=day, last_ok=day, last_checked=day)


@pytest.mark.parametrize(
    ("state", "day", "code"),
    [
        (State.OK, "2026-11-06", ""),
        (State.OK, "2026-11-05", "link-not-asked"),
        (State.BLOCKED, "2026-11-06", ""),
        (State.GONE, "2026-01-01", "link-lost"),
    ],
)
def test_a_record_is_at_most_fourteen_days_old(state: State, day: str, code: str) -> None:
    doi = record(DOI, State.DOI_OK, TODAY)
    assert gate(TODAY, doi=doi, url=record(URL, state, day)) == ([f"{code} {URL}"] if code else [])


def test_of_a_link_that_was_never_asked_for_only_that_is_said() -> None:
    assert gate(TODAY, url=record(URL, State.OK, TODAY)) == [f"link-never-asked {DOI}"]
    assert gate(TODAY) == ["links-never-asked"]  # once, not for each of hundreds
    assert gate("") == []
