"""Review states: all eight, computed from sign-offs and never typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factpress.model.book import Book, Ledger
from factpress.model.claim import Claim, Evidence, Finding, ProposedBy, Withdrawn
from factpress.model.digest import covered_digests
from factpress.model.outline import Outline
from factpress.model.review import Review, ReviewPolicy, reviews_by_claim
from factpress.model.signoff import Covers, Person, SignOff
from factpress.model.vocabulary import (
    Consulted,
    Decision,
    Grade,
    Kind,
    ProposerKind,
    ReviewState,
    Role,
    Stance,
    Verdict,
)

FINDING = Finding(
    verdict=Verdict.SUPPORTED,
    statement="It was opened in 1842.",
    reasoning="Two accounts agree.",
    proposed_by=ProposedBy(kind=ProposerKind.MACHINE, date="2026-11-20"),
    evidence=(
        Evidence(
            source="brand1977", stance=Stance.SUPPORTS, grade=Grade.PRIMARY, locator="p. 1", says="It was opened.",
            consulted=Consulted.FULL_TEXT, date="2026-11-20",
        ),
    ),
)  # fmt: skip
CLAIM = Claim(id="C001", units=("S00.P1.1",), claim="It was opened in 1842.", kind=Kind.DATE, finding=FINDING)
PEOPLE = tuple(Person(id=n[0].lower(), name=n, role="teacher") for n in ("Alma", "Bert", "Cora"))
TODAY = "2026-12-01"


def signed(by: str, decision: Decision = Decision.APPROVE, claim: Claim = CLAIM, **values: object) -> SignOff:
    entry = SignOff(
        claim="C001",
        by=by,
        role=Role.REVIEWER,
        decision=decision,
        did=(),
        date="2026-11-23",
        covers=covered_digests(claim, {}),
    )
    return replace(entry, **values)  # type: ignore[arg-type]


def judged(by: str, decision: Decision, note: str | None = "Read both.") -> SignOff:
    return signed(by, decision, role=Role.ADJUDICATOR, note=note)


def state(*signoffs: SignOff, claim: Claim = CLAIM, as_of: str = TODAY, policy: ReviewPolicy | None = None) -> Review:
    book = Book(Ledger((claim,), PEOPLE, signoffs), Outline(), None, {})
    return reviews_by_claim(book, policy or ReviewPolicy(), as_of)["C001"]


REJECT = Decision.REJECT


def test_without_a_finding_nobody_has_checked() -> None:
    assert state(claim=replace(CLAIM, finding=None)).state is ReviewState.UNCHECKED


def test_a_withdrawn_claim_stays_withdrawn() -> None:
    gone = replace(CLAIM, withdrawn=Withdrawn(date="2026-11-24", why="The article changed."))
    assert state(signed("a"), claim=gone).state is ReviewState.WITHDRAWN


def test_a_machine_and_a_person_who_draft_never_look_alike() -> None:
    by_person = replace(FINDING, proposed_by=ProposedBy(kind=ProposerKind.PERSON, id="b", date="2026-11-20"))
    assert state() == Review(ReviewState.PROPOSED, "Drafted with a machine’s help, not yet checked by a person.")
    assert state(claim=replace(CLAIM, finding=by_person)).wording == "Drafted by Bert, not yet reviewed."


def test_one_approval_signs_off() -> None:
    assert state(signed("a")) == Review(ReviewState.SIGNED_OFF, "Checked by Alma, 23 November 2026.")


@pytest.mark.parametrize("verdict", [Verdict.CONTRADICTED, Verdict.DISPUTED, Verdict.AMBIGUOUS])
def test_some_verdicts_need_two(verdict: Verdict) -> None:
    claim = replace(CLAIM, finding=replace(FINDING, verdict=verdict))
    first, second = signed("a", claim=claim), signed("b", claim=claim)
    assert state(first, claim=claim) == Review(ReviewState.IN_REVIEW, "1 of 2 reviewers has signed.")
    assert state(first, first, claim=claim).state is ReviewState.IN_REVIEW
    assert state(first, second, claim=claim).wording == "Checked by Alma and Bert, 23 November 2026."


@pytest.mark.parametrize(
    ("claim", "part"),
    [
        (replace(CLAIM, claim="It was opened in 1843."), "claim has"),
        (replace(CLAIM, finding=replace(FINDING, statement="It was opened.")), "finding has"),
        (replace(CLAIM, finding=replace(FINDING, evidence=())), "evidence has"),
        (replace(CLAIM, kind=Kind.LEGAL, finding=replace(FINDING, evidence=())), "claim and evidence have"),
    ],
)
def test_a_change_makes_a_sign_off_stale_and_says_which_part_moved(claim: Claim, part: str) -> None:
    found = state(signed("a"), claim=claim)
    assert found.state is ReviewState.STALE
    assert found.wording == f"Checked by Alma, 23 November 2026; the {part} changed since."


def test_age_makes_a_sign_off_stale_on_the_day_after_the_last() -> None:
    policy = ReviewPolicy(max_age_days=10)
    assert state(signed("a"), as_of="2026-12-03", policy=policy).state is ReviewState.SIGNED_OFF
    old = state(signed("a"), as_of="2026-12-04", policy=policy)
    assert (old.state, old.changed) == (ReviewState.STALE, ("age",))


def test_signing_again_renews_a_stale_sign_off() -> None:
    before = signed("a", covers=Covers(claim="v1:0", finding="v1:0", evidence="v1:0"))
    assert state(before).state is ReviewState.STALE
    assert state(before, signed("a")).state is ReviewState.SIGNED_OFF


def test_a_rejection_returns_the_finding() -> None:
    assert state(signed("a", REJECT)).state is ReviewState.RETURNED
    assert state(signed("a"), signed("a", REJECT)).state is ReviewState.RETURNED


def test_a_rejection_of_other_content_does_not_count() -> None:
    changed = replace(CLAIM, finding=replace(FINDING, statement="It was opened."))
    assert state(signed("a", REJECT), claim=changed).state is ReviewState.PROPOSED


def test_reviewers_who_disagree_are_in_conflict_whatever_the_majority() -> None:
    assert state(signed("a"), signed("b"), signed("c", REJECT)).state is ReviewState.CONFLICT


def test_a_third_person_with_a_note_decides_a_conflict() -> None:
    conflict = (signed("a"), signed("b", REJECT))
    assert state(*conflict, judged("c", Decision.APPROVE)).state is ReviewState.SIGNED_OFF
    assert state(*conflict, judged("c", REJECT)).state is ReviewState.RETURNED
    assert state(*conflict, judged("c", REJECT, note=None)).state is ReviewState.CONFLICT


def test_one_who_voted_does_not_decide() -> None:
    assert state(signed("a"), signed("b", REJECT), judged("b", Decision.APPROVE)).state is not ReviewState.SIGNED_OFF


def test_nobody_signs_their_own_finding_and_no_stranger_signs() -> None:
    own = replace(CLAIM, finding=replace(FINDING, proposed_by=ProposedBy(kind=ProposerKind.PERSON, id="a", date=TODAY)))
    assert state(signed("a", claim=own), claim=own).state is ReviewState.PROPOSED
    assert state(signed("z")).state is ReviewState.PROPOSED
