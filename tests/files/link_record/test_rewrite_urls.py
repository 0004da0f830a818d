"""A page that moved for good gets its new address in the bibliography and the ledger, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanbook import copy_book, edit
from factpress.files.link_record.rewrite import rewrite_urls
from factpress.model.links.redirects import https_twins, moved_addresses, record_for_new_address
from factpress.model.links.state import LinkKind, LinkRecord, QuoteState, State
from factpress.settings import read_settings

OLD, NEW = "https://www.example.org/survey/arden", "https://www.example.org/surveys/2001/arden,1"


def record(url: str = OLD, **more: object) -> LinkRecord:
    usual = {"state": State.MOVED, "final_url": NEW, "moved_since": "2026-11-01", "last_checked": "2026-11-20"}
    return LinkRecord(url=url, **(usual | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "new"),
    [
        (record(), NEW),
        (record(state=State.OK), NEW),
        (record(final_url=f"{NEW}?utm_source=x"), NEW),
        (record(f"{OLD}#p2"), f"{NEW}#p2"),
        (record(f"{OLD}#p2", final_url=f"{NEW}#p3"), f"{NEW}#p3"),
        (record(moved_since=None), None),
        (record(state=State.GONE), None),
        (record(state=State.ARCHIVED_ONLY), None),
        (record("https://doi.org/10.5555/1", kind=LinkKind.DOI), None),
        (record(final_url=f"{OLD}?fbclid=x"), None),
    ],
)
def test_only_what_moved_for_good_gets_a_new_address(found: LinkRecord, new: str | None) -> None:
    assert moved_addresses({found.url: found}).get(found.url) == new


def test_what_was_read_at_the_end_of_the_redirect_was_read_at_the_new_address() -> None:
    before = record(quotes={"9f2c41d07ab3": QuoteState.FOUND}, last_ok="2026-11-20")
    after = record_for_new_address(before, NEW)
    assert (after.url, after.state, after.final_url, after.moved_since) == (NEW, State.OK, None, None)
    assert (after.quotes, after.last_ok) == (before.quotes, before.last_ok)


def test_an_https_twin_is_one_that_answered() -> None:
    records = {
        "http://a.example/": record("http://a.example/", final_url="https://a.example/"),
        "http://b.example/": record("http://b.example/", final_url="https://b.example/other"),
        "http://c.example/": record("http://c.example/", final_url=None),
        "https://c.example/": record("https://c.example/", state=State.OK),
        "http://d.example/": record("http://d.example/", final_url=None),
        "https://d.example/": record("https://d.example/", state=State.UNREACHABLE),
    }
    assert https_twins(records) == {
        "http://a.example/": "https://a.example/",
        "http://c.example/": "https://c.example/",
    }


LOCATOR = "        locator: table of bridges\n"
SAYS = "        says: Upper Arden is given the earlier date.\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (OLD, f'"{NEW}"'),
        (f'"{OLD}"', f'"{NEW}"'),
        (f"'{OLD}'  # as seen", f'"{NEW}"  # as seen'),
        (f"|-\n          {OLD}", f'"{NEW}"'),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_other_byte_stays(tmp_path: Path, written: str, expected: str, end: str) -> None:
    root = copy_book(tmp_path / "book")
    edit(root, "references.bib", f"url = {{{OLD}}}", f"URL =  {{{OLD}}}")
    edit(root, "docs/claims/02-today.yaml", LOCATOR, f"{LOCATOR}        url: {written}\n")
    files = [root / "references.bib", root / "docs/claims/02-today.yaml"]
    for file in files:
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", end.encode()))
    bib, ledger = (file.read_bytes().decode() for file in files)
    found = rewrite_urls(read_settings(root), {OLD: NEW, "https://example.org/not-cited": NEW})
    assert (found.problems, found.taken) == ([], {OLD})
    found.write()
    assert files[0].read_bytes().decode() == bib.replace(OLD, NEW)
    assert files[1].read_bytes().decode() == ledger.replace(written.replace("\n", end), expected)


def test_a_file_in_canonical_form_stays_in_it(tmp_path: Path) -> None:
    root = copy_book(tmp_path / "book")
    edit(root, "docs/claims/02-today.yaml", SAYS, f"{SAYS}        url: {OLD}\n")
    found = rewrite_urls(read_settings(root), {OLD: NEW})
    patch = [line for line in found.diff(root).splitlines() if line[0] in "+-"]
    assert patch == [
        "--- a/references.bib",
        "+++ b/references.bib",
        f"-  url = {{{OLD}}},",
        f"+  url = {{{NEW}}},",
        "--- a/docs/claims/02-today.yaml",
        "+++ b/docs/claims/02-today.yaml",
        f"-        url: {OLD}",
        f"+        url: {NEW}",
    ]


def test_a_file_that_cannot_be_read_safely_is_left_alone(tmp_path: Path) -> None:
    root = copy_book(tmp_path / "book")
    edit(root, "references.bib", "year = {1977},", "year = {1977,")
    (root / "docs/claims/02-today.yaml").write_text(
        "- url: &a https://www.example.org/survey/arden\n", encoding="utf-8"
    )
    found = rewrite_urls(read_settings(root), {OLD: NEW})
    assert [p.code for p in found.problems] == ["bib-not-fixed", "yaml-anchor"]
    assert found.texts == {}
