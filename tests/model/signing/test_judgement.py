"""Who may sign which finding, given what they did: one answer for the terminal, the desk and paper."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from factpress.model.book import Book, Ledger
from factpress.model.claim import Claim, Evidence, Finding, ProposedBy, Withdrawn
from factpress.model.digest import covered_digests
from factpress.model.outline import Outline
from factpress.model.review import ReviewPolicy, review_of
from factpress.model.signing.attempt import Answer, Attempt, in_first_person, pages_to_note, piece_letter
from factpress.model.signing.judgement import Obstacle as Reason
from factpress.model.signing.judgement import ObstacleKind, obstacles, role_for
from factpress.model.signoff import PageSeen, Person, SignOff
from factpress.model.vocabulary import (
    Asks,
    Consulted,
    Decision,
    Grade,
    Kind,
    OpenBeforeSigning,
    Priority,
    ProposerKind,
    QuoteSeen,
    ReviewStep,
    Role,
    SeenHow,
    Stance,
    Verdict,
)

TODAY = "2026-12-01"
FOUND, NOT_THERE, CANNOT_OPEN = Answer.FOUND, Answer.NOT_THERE, Answer.CANNOT_OPEN


def piece(stance: Stance, quote: str, url: str = "https://a.example/page") -> Evidence:
    return Evidence(
        source="brand1977", stance=stance, grade=Grade.PRIMARY, locator="p. 1", says="It says so.", quote=quote,
        url=url, consulted=Consulted.EXCERPT, date="2026-11-20",
    )  # fmt: skip


PIECES = (
    piece(Stance.SUPPORTS, "one two three"),
    piece(Stance.CONTEXT, "around it"),
    piece(Stance.SUPPORTS, "four five six", "https://b.example/"),
)
FINDING = Finding(
    verdict=Verdict.SUPPORTED, statement="It was opened in 1842.", reasoning="Two accounts agree.",
    proposed_by=ProposedBy(kind=ProposerKind.MACHINE, date="2026-11-20"), evidence=PIECES,
)  # fmt: skip
CLAIM = Claim(id="C001", units=("S00.P1.1",), claim="It was opened in 1842.", kind=Kind.DATE, finding=FINDING)
PEOPLE = tuple(Person(id=n[0].lower(), name=n, role="teacher") for n in ("Alma", "Bert", "Cora"))
POLICY = ReviewPolicy()


def book(claim: Claim = CLAIM, *signoffs: SignOff, seen: tuple[PageSeen, ...] = ()) -> Book:
    return Book(Ledger((claim,), PEOPLE, signoffs), Outline(), None, {}, seen=seen)


def attempt(by: str = "a", choice: Decision | Asks = Decision.APPROVE, **values: object) -> Attempt:
    return replace(
        Attempt(claim="C001", by=by, choice=choice, answers={0: FOUND, 2: FOUND}, read_reasoning=True),
        **values,  # type: ignore[arg-type]
    )


def voted(by: str, decision: Decision, claim: Claim = CLAIM, role: Role = Role.REVIEWER) -> SignOff:
    return SignOff(
        claim="C001", by=by, role=role, decision=decision, did=(), date="2026-11-23", note="Because.",
        covers=covered_digests(claim, {}),
    )  # fmt: skip


def kinds(found: tuple[Reason, ...]) -> list[ObstacleKind]:
    assert all(each.sentence.endswith(".") and each.hint.endswith(".") for each in found)
    return [each.kind for each in found]


def why_not(tried: Attempt, of: Book | None = None, policy: ReviewPolicy = POLICY) -> list[ObstacleKind]:
    return kinds(obstacles(tried, of or book(), policy, TODAY))


def test_whoever_read_and_found_the_words_may_sign() -> None:
    assert why_not(attempt()) == []


HIGH = replace(CLAIM, priority=Priority.HIGH)
CONTRADICTED = replace(CLAIM, finding=replace(FINDING, verdict=Verdict.CONTRADICTED, correction="In 1843."))
NONE, ONE, ALL = OpenBeforeSigning


@pytest.mark.parametrize(
    ("claim", "policy", "answers", "left"),
    [
        (CLAIM, POLICY, {}, (0, 2)),
        (CLAIM, POLICY, {1: FOUND}, (0, 2)),  # context carries nothing
        (CLAIM, POLICY, {0: CANNOT_OPEN}, (0, 2)),  # what could not be opened was not opened
        (CLAIM, POLICY, {2: FOUND}, None),
        (HIGH, POLICY, {2: FOUND}, (0,)),
        (HIGH, POLICY, {0: FOUND, 2: FOUND}, None),
        (CONTRADICTED, POLICY, {0: FOUND}, (2,)),
        (CONTRADICTED, POLICY, {0: FOUND, 2: CANNOT_OPEN}, (2,)),
        (HIGH, ReviewPolicy(open_before_strict=ONE), {2: FOUND}, None),
        (CLAIM, ReviewPolicy(open_before=ALL), {2: FOUND}, (0,)),
        (CLAIM, ReviewPolicy(open_before=NONE), {}, None),
    ],
)
def test_a_book_says_what_must_be_opened(
    claim: Claim, policy: ReviewPolicy, answers: dict[int, Answer], left: tuple[int, ...] | None
) -> None:
    found = obstacles(attempt(answers=answers), book(claim), policy, TODAY)
    assert [each.pieces for each in found] == ([left] if left else [])
    assert kinds(found) == ([ObstacleKind.NOT_OPENED] if left else [])
    # returning a finding, and asking somebody else, need no reading of all of it
    assert why_not(attempt(answers=answers, choice=Decision.REJECT, note="Wrong year."), book(claim), policy) == []
    assert why_not(attempt(answers=answers, choice=Asks.SECOND_READER), book(claim), policy) == []


def test_words_that_are_not_there_stand_in_the_way_of_approving_only() -> None:
    missing = {0: FOUND, 2: NOT_THERE}
    assert why_not(attempt(answers=missing)) == [ObstacleKind.NOT_THERE]
    assert why_not(attempt(answers=missing, choice=Decision.REJECT, note="c: not there.")) == []


def test_what_was_found_on_this_page_for_another_claim_needs_no_second_opening() -> None:
    line = PageSeen(
        url="https://a.example/page", quote="One two  three", by="a", date=TODAY, quote_seen=QuoteSeen.YES,
        how=SeenHow.BROWSER,
    )  # fmt: skip
    nothing = attempt(answers={})
    assert why_not(nothing, book(seen=(line,))) == []
    assert why_not(nothing, book(seen=(replace(line, by="b"),))) == [ObstacleKind.NOT_OPENED]
    assert why_not(nothing, book(seen=(replace(line, url="https://b.example/"),))) == [ObstacleKind.NOT_OPENED]
    assert why_not(nothing, book(seen=(replace(line, quote=None),))) == [ObstacleKind.NOT_OPENED]
    assert why_not(nothing, book(seen=(replace(line, quote_seen=QuoteSeen.NO),))) == [
        ObstacleKind.NOT_THERE,
    ]
    # what was answered now is newer
    assert why_not(attempt(), book(seen=(replace(line, quote_seen=QuoteSeen.NO),))) == []


def test_without_evidence_the_reasoning_is_what_can_be_read() -> None:
    bare = replace(CLAIM, finding=replace(FINDING, verdict=Verdict.NOT_CHECKABLE, evidence=()))
    assert why_not(attempt(answers={}), book(bare)) == []
    assert why_not(attempt(answers={}, read_reasoning=False), book(bare)) == [ObstacleKind.NOTHING_DONE]


def test_nobody_signs_their_own_finding_nor_without_being_known() -> None:
    own = replace(CLAIM, finding=replace(FINDING, proposed_by=ProposedBy(kind=ProposerKind.PERSON, id="a", date=TODAY)))
    for choice in (*Decision, Asks.SECOND_READER):
        assert why_not(attempt(choice=choice, note="x"), book(own)) == [ObstacleKind.OWN_FINDING]
        assert why_not(attempt("z", choice, note="x")) == [ObstacleKind.UNKNOWN_PERSON]
        assert why_not(attempt(choice=choice, note="x", entered_by="z")) == [ObstacleKind.UNKNOWN_PERSON]
    assert why_not(attempt("b"), book(own)) == []


def test_what_cannot_be_signed_by_anybody() -> None:
    assert why_not(attempt(claim="C999")) == [ObstacleKind.UNKNOWN_CLAIM]
    assert why_not(attempt(), book(replace(CLAIM, finding=None))) == [ObstacleKind.NO_FINDING]
    gone = replace(CLAIM, withdrawn=Withdrawn(date=TODAY, why="The article changed."))
    assert why_not(attempt(), book(gone)) == [ObstacleKind.WITHDRAWN]


def test_returning_takes_a_note() -> None:
    assert why_not(attempt(choice=Decision.REJECT)) == [ObstacleKind.NOTE_MISSING]
    assert why_not(attempt(choice=Decision.REJECT, note="  ")) == [ObstacleKind.NOTE_MISSING]


def test_the_same_decision_is_not_signed_twice_but_a_mind_can_change() -> None:
    once = book(CONTRADICTED, voted("a", Decision.APPROVE, CONTRADICTED))
    assert why_not(attempt(), once) == [ObstacleKind.ALREADY_SIGNED]
    assert why_not(attempt(choice=Decision.REJECT, note="No."), once) == []
    assert why_not(attempt("b"), once) == []
    # of another text it was another decision
    assert why_not(attempt(), book(CONTRADICTED, voted("a", Decision.APPROVE, CLAIM))) == []


def test_a_third_person_decides_where_two_disagree_and_says_why() -> None:
    split = book(CLAIM, voted("a", Decision.APPROVE), voted("b", Decision.REJECT))
    review = review_of(CLAIM, split.ledger.signoffs, split, POLICY, TODAY)
    assert [role_for(review, by) for by in "abc"] == [Role.REVIEWER, Role.REVIEWER, Role.ADJUDICATOR]
    judge = attempt("c", role=Role.ADJUDICATOR, note="Read both.")
    assert why_not(judge, split) == []
    assert why_not(replace(judge, note=None), split) == [ObstacleKind.NOTE_MISSING]
    assert why_not(replace(judge, answers={}), split) == [ObstacleKind.NOT_OPENED]
    assert why_not(replace(judge, by="a"), split) == [ObstacleKind.HAS_VOTED]
    assert why_not(judge) == [ObstacleKind.NO_CONFLICT]
    assert why_not(attempt("c"), split) == [ObstacleKind.CONFLICT]
    assert why_not(attempt("b"), split) == []  # a reviewer may come round


def test_asking_for_a_second_reader_is_no_vote() -> None:
    asked = attempt(choice=Asks.SECOND_READER).entry(CLAIM, covered_digests(CLAIM, {}), TODAY)
    assert (asked.decision, asked.asks) == (None, Asks.SECOND_READER)
    assert why_not(attempt(choice=Asks.SECOND_READER), book(CLAIM, asked)) == [ObstacleKind.ALREADY_ASKED]
    assert why_not(attempt(), book(CLAIM, asked)) == []
    assert review_of(CLAIM, (asked,), book(), POLICY, TODAY).asked == (asked,)


@pytest.mark.parametrize(
    ("tried", "did", "says"),
    [
        (attempt(), tuple(ReviewStep), "I read the reasoning and found the words in a and c"),
        (attempt(answers={}), ("read-reasoning",), "I read the reasoning; I opened none of the 2 sources"),
        (attempt(answers={1: FOUND}), ("opened-source", "read-reasoning"),
         "I read the reasoning and found the words in b; I opened none of the 2 sources"),
        (attempt(answers={0: FOUND, 2: NOT_THERE}, read_reasoning=False), ("opened-source",),
         "I found the words in a and did not find them in c"),
        (attempt(answers={0: CANNOT_OPEN}, read_reasoning=False), (),
         "I could not open a; I opened none of the 2 sources"),
        (attempt(answers={0: FOUND}, read_reasoning=False), ("opened-source", "found-quote"), "I found the words in a"),
    ],
)  # fmt: skip
def test_the_button_states_what_is_recorded(tried: Attempt, did: tuple[str, ...], says: str) -> None:
    assert tried.entry(CLAIM, covered_digests(CLAIM, {}), TODAY).did == did
    assert in_first_person(tried, CLAIM) == says


def test_answers_on_quoted_words_make_lines_of_pages_seen_each_once() -> None:
    lines = pages_to_note(
        attempt(answers={0: FOUND, 1: NOT_THERE, 2: CANNOT_OPEN}), CLAIM, book(), TODAY, SeenHow.PRINT
    )
    assert [(line.url, line.quote, line.quote_seen, line.how) for line in lines] == [
        ("https://a.example/page", "one two three", "yes", "print"),
        ("https://a.example/page", "around it", "no", "print"),
    ]
    assert pages_to_note(attempt(answers={0: FOUND}), CLAIM, book(seen=lines), TODAY, SeenHow.PRINT) == ()
    again = pages_to_note(attempt(answers={0: NOT_THERE}), CLAIM, book(seen=lines), TODAY, SeenHow.PRINT)
    assert [line.quote_seen for line in again] == ["no"]


def test_pieces_have_letters_beyond_z() -> None:
    assert [piece_letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["a", "z", "aa", "az", "ba", "zz", "aaa"]


def test_answers_are_not_changed_by_whoever_holds_them() -> None:
    assert isinstance(Attempt(claim="C001", by="a", choice=Decision.APPROVE).answers, MappingProxyType)
