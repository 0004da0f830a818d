"""Some hundred damaged inputs; the benchmark tries as many as there is time for."""

from __future__ import annotations

import random

import pytest
from fuzz import PAGE, QUOTE, RECORDS, TARGETS, damaged, fuzz
from link_checks import asked

from factpress.files.link_record.lock import parse_lock
from factpress.links.page.html import read_html
from factpress.links.page.quotations import comparable_text, find_quote
from factpress.model.links.state import QuoteState


@pytest.mark.parametrize("target", TARGETS)
def test_damage_raises_nothing(target: str) -> None:
    for number in range(200):
        fuzz(target, f"test {number}")


def test_what_is_damaged_was_sound() -> None:
    records, problems = parse_lock(RECORDS, "x")
    assert records and not problems
    assert find_quote(asked(QUOTE), [comparable_text(read_html(PAGE.encode()).text)]) is QuoteState.FOUND
    assert len({damaged(RECORDS, random.Random(n)) for n in range(50)}) > 45
