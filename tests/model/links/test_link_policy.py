"""What follows from a look at a link: three strikes, and what could not be checked decides nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpress.model.dates import days_between
from factpress.model.links.policy import is_due, jitter_days, next_check, record_after, unchecked_record
from factpress.model.links.state import Archive, LinkKind, LinkRecord, Observation, QuoteState, State

URL = "https://example.org/mdt"
KEY = "9f2c41d07ab3"
FOUND, MISSING, UNREAD = {KEY: QuoteState.FOUND}, {KEY: QuoteState.MISSING}, {KEY: QuoteState.UNREAD}
OK = Observation(outcome=State.OK, http=200, title="Treaty", quotes=FOUND)
NOT_THERE = Observation(outcome=State.SUSPECT, certain=True, http=404, quotes=UNREAD, why="404 twice")
BLOCKED = Observation(outcome=State.BLOCKED, http=403, quotes=UNREAD)
COPY = Archive("https://web.archive.org/web/2026/x", FOUND)


def results(*seen: tuple[str, Observation], record: LinkRecord | None = None) -> LinkRecord:
    record = record or unchecked_record(URL, LinkKind.URL)
    for day, one in seen:
        record = record_after(record, one, f"2026-{day}")
    return record


def test_a_first_look_makes_a_record() -> None:
    record = results(("11-02", OK), ("11-20", OK))
    assert (record.state, record.since, record.last_ok, record.last_checked) == (
        State.OK, "2026-11-02", "2026-11-20", "2026-11-20",
    )  # fmt: skip
    assert record.quotes == FOUND


def test_three_strikes_days_apart_and_a_page_is_gone() -> None:
    days = [("11-02", OK), ("11-05", NOT_THERE), ("11-06", NOT_THERE), ("11-08", NOT_THERE), ("11-11", NOT_THERE)]
    states = [results(*days[: n + 1]).state for n in range(len(days))]
    assert states == [State.OK, State.SUSPECT, State.SUSPECT, State.SUSPECT, State.GONE]
    record = results(*days)
    assert record.strikes == ("2026-11-05", "2026-11-08", "2026-11-11")
    assert (record.since, record.last_ok, record.quotes) == ("2026-11-11", "2026-11-02", FOUND)


def test_a_success_forgives() -> None:
    record = results(("11-05", NOT_THERE), ("11-08", NOT_THERE), ("11-09", OK), ("11-12", NOT_THERE))
    assert (record.state, record.strikes) == (State.SUSPECT, ("2026-11-12",))


def test_410_twice_is_gone() -> None:
    said = replace(NOT_THERE, http=410)
    assert results(("11-05", said), ("11-06", said)).state is State.SUSPECT
    assert results(("11-05", said), ("11-08", said)).state is State.GONE
    assert results(("11-05", NOT_THERE), ("11-08", said)).state is State.SUSPECT


def test_a_copy_with_the_quote_stands_in_for_a_page_that_is_gone() -> None:
    days = [("11-05", replace(NOT_THERE, archive=COPY)), ("11-08", NOT_THERE), ("11-11", NOT_THERE)]
    assert results(*days).state is State.ARCHIVED_ONLY
    days[0] = ("11-05", replace(NOT_THERE, archive=Archive(COPY.url, MISSING)))
    assert results(*days).state is State.GONE
    days[0] = ("11-05", replace(NOT_THERE, archive=Archive(COPY.url)))
    assert results(*days).state is State.GONE  # nobody looked for the words in it


@pytest.mark.parametrize("outcome", [State.BLOCKED, State.UNREACHABLE])
def test_what_could_not_be_checked_is_neither_a_strike_nor_a_pardon(outcome: State) -> None:
    unclear = replace(BLOCKED, outcome=outcome)
    assert results(*[(f"11-{day:02}", unclear) for day in range(1, 30, 3)]).state is outcome
    record = results(("11-05", NOT_THERE), ("11-08", NOT_THERE), ("11-11", unclear))
    assert (record.state, len(record.strikes)) == (State.SUSPECT, 2)
    assert results(("11-14", NOT_THERE), record=record).state is State.GONE
    assert results(("11-02", OK), ("11-05", unclear)).last_ok == "2026-11-02"


def test_words_that_are_missing_make_a_page_suspect_and_never_gone() -> None:
    lacking = replace(OK, quotes=MISSING)
    record = results(("11-02", OK), *[(f"11-{day:02}", lacking) for day in (5, 8, 11, 14)])
    assert (record.state, record.strikes, record.last_ok) == (State.SUSPECT, (), "2026-11-02")
    assert record.quotes == MISSING
    blocked = results(("11-20", BLOCKED), record=record)
    assert (blocked.state, blocked.quotes) == (State.SUSPECT, MISSING)
    assert results(("11-20", OK), record=record).state is State.OK


def test_what_was_found_stands_until_the_page_is_read_again() -> None:
    assert results(("11-02", OK), ("11-05", BLOCKED)).quotes == FOUND
    assert results(("11-02", OK), ("11-05", replace(BLOCKED, quotes={}))).quotes == {}  # no longer asked for
    assert results(("11-02", OK), ("11-05", replace(OK, quotes=MISSING))).quotes == MISSING


def test_a_page_that_answers_without_text_forgives_strikes() -> None:
    shell = Observation(outcome=State.OK_UNREAD, http=200, quotes=UNREAD)
    record = results(("11-02", OK), ("11-05", NOT_THERE), ("11-08", shell))
    assert (record.state, record.strikes, record.last_ok) == (State.OK_UNREAD, (), "2026-11-02")


def test_the_registry_needs_no_strikes_and_its_silence_pardons_nothing() -> None:
    unknown = Observation(outcome=State.DOI_UNKNOWN, certain=True, http=404)
    record = results(("11-02", unknown), ("11-20", replace(BLOCKED, outcome=State.UNREACHABLE)))
    assert (record.state, record.since) == (State.DOI_UNKNOWN, "2026-11-02")
    assert results(("11-21", Observation(outcome=State.DOI_OK)), record=record).state is State.DOI_OK


def test_a_move_is_counted_from_the_day_it_was_first_called_permanent() -> None:
    there = Observation(outcome=State.MOVED, http=301, final_url="https://example.org/new", permanent=True)
    elsewhere = replace(there, final_url="https://example.org/newer")
    assert results(("10-01", there), ("11-05", there)).moved_since == "2026-10-01"
    assert results(("10-01", there), ("11-05", BLOCKED)).moved_since == "2026-10-01"
    assert results(("10-01", there), ("11-05", elsewhere)).moved_since == "2026-11-05"
    assert results(("10-01", there), ("11-05", OK)).moved_since is None


def test_the_next_look_depends_on_the_state() -> None:
    record = LinkRecord(url=URL, state=State.OK, last_checked="2026-11-02")
    assert days_between("2026-11-02", next_check(record)) == 21 + jitter_days(URL, 7)
    assert next_check(replace(record, state=State.SUSPECT)) == "2026-11-05"
    assert next_check(replace(record, state=State.BLOCKED)) == "2026-12-17"
    assert not any(is_due(replace(record, state=state), "2999-01-01") for state in State if state.is_lost)
    assert is_due(unchecked_record(URL, LinkKind.URL), "2026-11-02")
    assert not is_due(replace(record, state=State.SUSPECT), "2026-11-04")


def test_jitter_spreads_over_two_weeks() -> None:
    assert {jitter_days(f"{URL}/{number}", 7) for number in range(300)} == set(range(-7, 8))


SEEN = st.builds(
    Observation,
    outcome=st.sampled_from([State.OK, State.BLOCKED, State.UNREACHABLE, State.OK_UNREAD, State.SUSPECT]),
    certain=st.booleans(),
    http=st.sampled_from([200, 403, 404, 410, None]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), SEEN), max_size=12))
def test_nothing_is_gone_without_certain_failures_days_apart(steps: list[tuple[int, Observation]]) -> None:
    record, day, certain = unchecked_record(URL, LinkKind.URL), 1, 0
    for wait, seen in steps:
        day += wait
        certain += seen.certain and seen.outcome is State.SUSPECT
        record = record_after(record, seen, f"2026-{1 + day // 28:02}-{1 + day % 28:02}")
        assert list(record.strikes) == sorted(record.strikes)
        assert all(days_between(first, second) >= 3 for first, second in pairwise(record.strikes))
        if record.state is State.GONE:
            assert len(record.strikes) >= 2
            assert certain >= 2
