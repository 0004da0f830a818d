"""What a reader is told of a link in each state: what was done, by whom and when."""

from __future__ import annotations

import pytest

from factpress.model.links.cited import CitedLink, CitedQuote, Sighting
from factpress.model.links.state import LinkKind, LinkRecord, QuoteState, State
from factpress.model.links.status import LinkStatus
from factpress.model.links.wording import link_words
from factpress.model.place import Place
from factpress.model.signoff import PageSeen, Person
from factpress.model.vocabulary import QuoteSeen, SeenHow

URL, KEY = "https://example.org/mdt", "9f2c41d07ab3"
AT = Place("references.bib", 3, 3)
EXCERPT = Sighting("2026-11-01", "excerpt", by_machine=True)
RIVERA = Person(id="a.rivera", name="Alma Rivera", role="history teacher")
LOOK = PageSeen(url=URL, by="a.rivera", date="2026-11-21", quote_seen=QuoteSeen.YES, how=SeenHow.BROWSER)
FIRST = "seen as an excerpt, 1 November 2026, not by a person"


def words_of(
    state: State, *, person: bool = False, sighting: Sighting | None = EXCERPT, quote: QuoteState | None = None,
    key: str = "", strikes: tuple[str, ...] = (), last_ok: str = "", kind: LinkKind = LinkKind.URL,
) -> str:  # fmt: skip
    asked = CitedQuote(quote="x", key=KEY, claim_id="C031", where=AT)
    link = CitedLink(url=URL, kind=kind, places=(AT,), sources=("mdt",), quotes=(asked,))
    record = LinkRecord(
        url=URL, kind=kind, state=state, since="2026-11-20", last_ok=last_ok, last_checked="2026-11-23",
        strikes=strikes, quotes={KEY: quote} if quote else {},
    )  # fmt: skip
    known = None if state is State.NEVER_CHECKED else record
    return link_words(LinkStatus(link, known, RIVERA if person else None, LOOK if person else None, sighting), key)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.OK, "page read by a machine 23 November 2026"),
        (State.REDIRECTED, "page read by a machine 23 November 2026"),
        (State.MOVED, "page read by a machine 23 November 2026; it has a new address"),
        (State.OK_UNREAD, f"there 23 November 2026, but no machine can read it; {FIRST}"),
        (State.BLOCKED, f"closed to machines 23 November 2026; {FIRST}"),
        (State.UNREACHABLE, f"not reached 23 November 2026; {FIRST}"),
        (State.SOFT_404, "looked like an error page 23 November 2026"),
        (State.GONE, "the page is gone, since 20 November 2026"),
        (
            State.ARCHIVED_ONLY,
            "the page is gone, since 20 November 2026; the archived copy has the quoted words",
        ),
        (State.DOI_OK, "DOI found in its registry 23 November 2026"),
        (State.DOI_UNKNOWN, "DOI not in its registry 23 November 2026"),
        (State.DOI_NO_URL, "DOI in its registry without an address 23 November 2026"),
        (State.METADATA_MISMATCH, "DOI registered for another work 23 November 2026"),
        (State.RETRACTED, "a retraction or a concern is registered for it, 23 November 2026"),
        (State.NEVER_CHECKED, FIRST),
    ],
)
def test_each_state_is_said_with_its_date(state: State, words: str) -> None:
    assert words_of(state) == words


def test_every_state_has_words() -> None:
    assert all(words_of(state) for state in State)


def test_failures_that_are_not_yet_final_are_told_apart() -> None:
    assert words_of(State.SUSPECT, strikes=("2026-11-23",)) == "not found 23 November 2026, to be asked for again"
    assert words_of(State.SUSPECT, quote=QuoteState.MISSING) == (
        "page read by a machine 23 November 2026; some words that we quote are no longer on it"
    )
    assert words_of(State.SUSPECT, quote=QuoteState.MISSING, key=KEY) == (
        "the quoted words were not on the page 23 November 2026"
    )


def test_quoted_words_are_said_to_be_there_only_when_they_were_found() -> None:
    found = "page read by a machine 23 November 2026, quoted words found"
    assert words_of(State.OK, quote=QuoteState.FOUND, key=KEY) == words_of(State.OK, quote=QuoteState.MOVED) == found
    assert words_of(State.OK, quote=QuoteState.UNREAD, key=KEY) == "page read by a machine 23 November 2026"


def test_who_saw_it_last_is_named_a_person_before_a_machine() -> None:
    assert words_of(State.BLOCKED, last_ok="2026-11-10").endswith("; read by a machine 10 November 2026")
    assert words_of(State.BLOCKED, last_ok="2026-11-10", person=True).endswith(
        "; seen by Alma Rivera, 21 November 2026"
    )
    assert words_of(State.NEVER_CHECKED, person=True) == "seen by Alma Rivera, 21 November 2026"


def test_how_it_was_seen_at_first_is_said_exactly() -> None:
    def first(how: str, *, by_machine: bool = False) -> str:
        return words_of(State.NEVER_CHECKED, sighting=Sighting("2026-11-01", how, by_machine))

    assert first("full-text", by_machine=True) == "read in full, 1 November 2026, not by a person"
    assert first("full-text") == "read in full, 1 November 2026"
    assert first("catalogue") == "seen as a catalogue record, 1 November 2026"
    assert first("urldate") == "opened, 1 November 2026"
    assert words_of(State.NEVER_CHECKED, sighting=None) == "not seen by anybody"
    assert words_of(State.NEVER_CHECKED, kind=LinkKind.DOI) == f"DOI not yet looked up; the work was {FIRST}"
