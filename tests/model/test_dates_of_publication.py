"""Dates of publication are read as EDTF has them and printed in words."""

from __future__ import annotations

import pytest

from factpress.model.dates import date_order, date_words, in_words, publication_dates, year_words

WORDS = [
    ("1953-10-01", "1 October 1953", "1953"),
    ("1953-10", "October 1953", "1953"),
    ("1953", "1953", "1953"),
    ("1950/1953", "1950–1953", "1950–1953"),
    ("1950-06-25/1953-07-27", "25 June 1950 – 27 July 1953", "1950–1953"),
    ("1950-06/1950-09", "June 1950 – September 1950", "1950"),
    # about, uncertain, both
    ("1950~", "c. 1950", "c. 1950"),
    ("1950?", "1950?", "1950?"),
    ("1950%", "c. 1950?", "c. 1950?"),
    ("1950-06~", "c. June 1950", "c. 1950"),
    ("1950-06-25?", "25 June 1950?", "1950?"),
    ("1950~/1953", "c. 1950–1953", "c. 1950–1953"),
    ("1950~/1953?", "c. 1950–1953?", "c. 1950–1953?"),
    # digits, months and days that are not known
    ("195X", "1950s", "1950s"),
    ("19XX", "1900–1999", "1900–1999"),
    ("195X?", "1950s?", "1950s?"),
    ("1950-XX", "1950", "1950"),
    ("1950-06-XX", "June 1950", "1950"),
    ("1950-XX-XX", "1950", "1950"),
    # seasons
    ("1950-21", "spring 1950", "1950"),
    ("1950-24~", "c. winter 1950", "c. 1950"),
    # open and unknown ends
    ("1950/..", "since 1950", "since 1950"),
    ("../1953", "until 1953", "until 1953"),
    ("1950/", "1950–?", "1950–?"),
    ("/1953-07", "?–July 1953", "?–1953"),
    # before Christ, and soon after
    ("-0043", "44 BC", "44 BC"),
    ("0000", "1 BC", "1 BC"),
    ("-0043-03-15", "15 March 44 BC", "44 BC"),
    ("-0043~", "c. 44 BC", "c. 44 BC"),
    ("-0043/-0030", "44–31 BC", "44–31 BC"),
    ("-0026/0014", "27 BC – AD 14", "27 BC – AD 14"),
    ("0079-08", "August AD 79", "AD 79"),
    ("0000-02-29", "29 February 1 BC", "1 BC"),
]


@pytest.mark.parametrize(("text", "words", "years"), WORDS)
def test_a_date_is_printed_in_words(text: str, words: str, years: str) -> None:
    assert (date_words(text), year_words(text)) == (words, years)


@pytest.mark.parametrize(
    "text",
    ["", "50", "1950-13", "1950-00", "1950-02-30", "1950-21-01", "195X-06", "19X0", "XXXX", "1953/1950", "1950/1950",
     "1950//1953", "../..", "/", "1950/1951/1952", "c. 1950", "-0000", "1950~?", "1950-XX-01", "-43", "ca. 195X",
     "-0003-02-29", "1950-06/..x"],
)  # fmt: skip
def test_what_is_not_a_date_is_told_from_one(text: str) -> None:
    assert publication_dates(text) == ()
    assert date_words(text) == text


def test_dates_that_are_certain_read_as_elsewhere_in_the_book() -> None:
    for text in ("1953-10-01", "1953-10", "1953", "1950/1953", "1950-06-25/1953-07-27"):
        assert date_words(text) == in_words(text)


def test_dates_are_sorted_by_when_they_begin() -> None:
    order = [
        *("-0099", "-0043", "0014", "194X", "1950", "1950~", "1950-06", "1950-06-25", "1950-07/..", "../1951", "1953")
    ]
    assert sorted(set(order), key=lambda text: (date_order(text), order.index(text))) == order
    assert date_order("soon") == ()
