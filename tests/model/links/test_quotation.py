"""What two texts have in common when only the typesetting differs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpress.model.links.quotation import parts, quote_key, without_typesetting


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("mu\u00adtual de\u00adfence", "mutual defence"),
        ("the Mutual De-\n   fense Treaty", "the Mutual Defense Treaty"),
        ("the Mutual De\u00ad\nfense Treaty", "the Mutual Defense Treaty"),
        ("“peace’s” end", '"peace\'s" end'),
        ("1950–1953 — war", "1950-1953 - war"),
        ("article\u00a0IV\u2009of", "article IV of"),
        ("the o\ufb03cial", "the official"),
        ("STRASSE", "straße"),
    ],
)
def test_typesetting_does_not_count(page: str, quote: str) -> None:
    assert without_typesetting(page) == without_typesetting(quote)
    assert quote_key(page) == quote_key(quote)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("would not be dangerous", "would be dangerous"),
        ("consult immediately", "consult together"),
        ("1950–\n1953", "19501953"),  # a dash at the end of a line is the author's
        ("a re-signing", "a resigning"),
    ],
)
def test_words_do(page: str, quote: str) -> None:
    assert without_typesetting(page) != without_typesetting(quote)
    assert quote_key(page) != quote_key(quote)


@pytest.mark.parametrize("mark", ["...", "…", " [...] ", "[…]", " (...) ", " . . . ", "...."])
def test_an_ellipsis_parts_a_quote(mark: str) -> None:
    assert parts(f"an armed attack{mark}against either Party") == ("an armed attack", "against either Party")


def test_full_stops_and_brackets_are_no_ellipsis() -> None:
    assert parts("the U.S. and the [North] Korean party.") == ("the U.S. and the [North] Korean party.",)


def test_a_key_is_short_and_stays() -> None:
    assert quote_key("Article III") == "c81adcf30766"


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_normalising_again_changes_nothing(text: str) -> None:
    once = without_typesetting(text)
    assert without_typesetting(once) == once
