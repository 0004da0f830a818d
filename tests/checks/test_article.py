"""Comparing an article with the outline: the first difference by line, and no sentence splitter."""

from __future__ import annotations

import pytest

from cleanbook import CLEAN
from factpress.checks.article import check_article
from factpress.files.book import read_book
from factpress.problems import Problem
from factpress.settings import read_settings

ARTICLE = (CLEAN / "article.txt").read_bytes()
BOOK = read_book(read_settings(CLEAN))[0]


def compare(data: bytes) -> list[Problem]:
    return list(check_article(data, "article.txt", BOOK))


def test_the_article_received_is_the_one_of_the_outline() -> None:
    assert compare(ARTICLE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        (b"since 1842", b"since 1843", 2, "article-unit"),
        (b"two brothers", b"three brothers", 2, "article-unit"),
        (b"Building the bridge\n", b"Building the bridge\nA sentence more.\n", 4, "article-unit"),
        (b"- The bed", b"- A bed", 5, "article-unit"),
        (b"oldest bridge of stone", b"oldest stone bridge", 7, "article-unit"),
        (b"since 1985.", b"since 1985. So be it.", 7, "article-rest"),
        (b"since 1985.\n", b"since 1985.\nOne line more.\n", 8, "article-rest"),
        (b"Lorries have been kept off it since 1985.", b"", 7, "article-unit"),
        (b"The bridge today\n", b"\xff\n", 6, "not-utf8"),
    ],
)
def test_the_first_difference_is_reported_by_line(old: bytes, new: bytes, line: int, code: str) -> None:
    assert ARTICLE.count(old) == 1
    changed, first = compare(ARTICLE.replace(old, new))
    assert changed.code == "article-changed"
    assert (first.code, first.where.line) == (code, line)


def test_an_article_that_stops_short_is_reported() -> None:
    short = ARTICLE[: ARTICLE.index(b"The bridge today")]
    assert [p.code for p in compare(short)] == ["article-changed", "article-short"]
    assert [p.code for p in compare(b"")] == ["article-changed", "article-short"]


def test_white_space_and_line_ends_change_the_file_but_no_unit() -> None:
    loose = ARTICLE.replace(b"\n", b"\r\n\r\n").replace(b" of ", b"  of\t")
    assert [p.code for p in compare(loose)] == ["article-changed"]
