"""Copying hosts: a listed host stands for all below it, and for nothing that only looks like it."""

from __future__ import annotations

import pytest

from factpress.model.links.copying import KINDS, LIST, copying_kind, host_of


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://docslib.org/doc/1", "copy"),
        ("http://m.DOCSLIB.org", "copy"),
        ("https://docslib.org:8080/doc", "copy"),
        ("https://docslib.org./doc", "copy"),
        ("https://notdocslib.org/doc", ""),
        ("https://docslib.org.example.com/doc", ""),
        ("https://example.com/docslib.org/doc", ""),
        ("https://books.google.co.uk/books?id=1", "search"),
        ("https://books.google.com/", "search"),
        ("https://www.google.de/search?q=arden", "search"),
        ("https://www.google.de/searching", ""),
        ("https://www.google.de/maps", ""),
        ("https://homsy-staging.cambridgecore.org/core", "staging"),
        ("https://www.cambridge.org/core", ""),
        ("", ""),
    ],
)
def test_a_listed_host_stands_for_all_below_it(url: str, kind: str) -> None:
    assert copying_kind(url) == (KINDS[kind] if kind else "")


def test_each_line_of_the_list_says_what_kind_of_host_it_is_once() -> None:
    lines = [line.split() for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert {kind for _, kind in lines} <= KINDS.keys()
    assert len({entry for entry, _ in lines}) == len(lines) > 20
    for entry, kind in lines:
        page = f"https://{entry.replace('*', 'com')}"
        assert copying_kind(page) == KINDS[kind], "an entry before it takes its pages"


def test_a_host_is_told_without_its_www() -> None:
    assert host_of("https://www.scribd.com/doc/1") == "scribd.com"
