"""Pages are read however a range is written, and a range that cannot be one is said."""

from __future__ import annotations

import time

import pytest

from factpress.model.text.pages import normal_pages, pages_fault, roman_number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31-", "last page"),
        ("3, 31–", "last page"),
        ("-48", "first page"),
        ("?", "names no page"),
        ("48-31", "ends before"),
        ("48 to 31", "ends before"),
        ("48－31", "ends before"),
        ("XX–IV", "ends before"),
        ("", ""),
        ("xx–3", ""),
        ("1998–9", ""),
        ("Document 3", ""),
    ],
)
def test_a_range_that_cannot_be_says_why(text: str, why: str) -> None:
    assert why in pages_fault(text)
    assert bool(pages_fault(text)) == bool(why)


def test_words_stay_as_they_are() -> None:
    assert [normal_pages(text) for text in ("Guide to 3", "n/a", "31/Korea")] == ["Guide to 3", "n/a", "31/Korea"]


@pytest.mark.parametrize(
    ("text", "value"), [("i", 1), ("IV", 4), ("xlii", 42), ("MCMXCIX", 1999), ("Iv", 0), ("vx", 0)]
)
def test_a_roman_number_has_a_value(text: str, value: int) -> None:
    assert roman_number(text) == value


@pytest.mark.parametrize("text", ["1", "1-", "1,", "-", " ", "x", "1 to ", "\xa0", "1/", "?"])
def test_a_million_characters_take_no_time(text: str) -> None:
    start = time.process_time()
    pages_fault(f"1{text * (1_000_000 // len(text))}1")
    assert time.process_time() - start < 4
