"""Who stands behind a finding: the review state of a claim, computed from its sign-offs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.dates import days_between, in_words
from factpress.model.digest import covered_digests
from factpress.model.signoff import Person, SignOff
from factpress.model.vocabulary import Decision, ProposerKind, ReviewState, Role, Verdict


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """How many sign-offs a finding needs and how long they last."""

    approvals: int = 1
    approvals_contradicted: int = 2
    approvals_disputed: int = 2
    approvals_ambiguous: int = 2
    max_age_days: int = 730

    def approvals_needed(self, verdict: Verdict) -> int:
        """Return how many people must approve a finding with this verdict."""
        special = {
            Verdict.CONTRADICTED: self.approvals_contradicted,
            Verdict.DISPUTED: self.approvals_disputed,
            Verdict.AMBIGUOUS: self.approvals_ambiguous,
        }
        return special.get(verdict, self.approvals)


@dataclass(frozen=True, slots=True)
class Review:
    """The state of one claim and the sentence that says so to a reader."""

    state: ReviewState
    wording: str
    changed: tuple[str, ...] = ()  #: parts that changed since it was signed: claim, finding, evidence, age


def reviews_by_claim(book: Book, policy: ReviewPolicy, as_of: str) -> dict[str, Review]:
    """Return the review of every claim by id, as of an ISO date."""
    signed: dict[str, list[SignOff]] = {}
    for entry in book.ledger.signoffs:
        signed.setdefault(entry.claim, []).append(entry)
    return {claim.id: review_of(claim, signed.get(claim.id, ()), book, policy, as_of) for claim in book.ledger.claims}


def review_of(claim: Claim, signed: Iterable[SignOff], book: Book, policy: ReviewPolicy, as_of: str) -> Review:
    """Return the state of one claim, given its sign-offs in the order of the file."""
    people = book.ledger.people_by_id
    if claim.withdrawn:
        return Review(ReviewState.WITHDRAWN, "The article no longer says this.")
    if not claim.finding:
        return Review(ReviewState.UNCHECKED, "Nobody has checked this yet.")
    # by role too: who voted and then adjudicates has still voted
    latest = {(entry.by, entry.role): entry for entry in signed if _may_sign(entry, claim, people)}
    today = covered_digests(claim, book.sources)
    changed = {key: _changed(entry, entry.covers.changed_parts(today), policy, as_of) for key, entry in latest.items()}
    valid = [entry for key, entry in latest.items() if not changed[key]]
    votes = [entry for entry in valid if entry.role is Role.REVIEWER]
    approved = [entry for entry in votes if entry.decision is Decision.APPROVE]
    if len(approved) < len(votes):
        return _refused(votes, approved, valid, people)
    if approved:
        needed = policy.approvals_needed(claim.finding.verdict)
        if len(approved) >= needed:
            return Review(ReviewState.SIGNED_OFF, f"Checked by {_who(approved, people)}.")
        have = "1 of {} reviewers has" if len(approved) == 1 else f"{len(approved)} of {{}} reviewers have"
        return Review(ReviewState.IN_REVIEW, f"{have.format(needed)} signed.")
    outdated = [key for key, entry in latest.items() if changed[key] and entry.decision is Decision.APPROVE]
    if outdated:
        last = max(outdated, key=lambda key: latest[key].date)
        return Review(ReviewState.STALE, _stale(latest[last], changed[last], people), changed[last])
    return Review(ReviewState.PROPOSED, _proposed(claim, people))


def _may_sign(entry: SignOff, claim: Claim, people: Mapping[str, Person]) -> bool:
    # nobody signs a finding that they proposed
    return entry.by in people and not (claim.finding and claim.finding.proposed_by.id == entry.by)


def _changed(entry: SignOff, parts: tuple[str, ...], policy: ReviewPolicy, as_of: str) -> tuple[str, ...]:
    return parts or (("age",) if days_between(entry.date, as_of) > policy.max_age_days else ())


def _refused(
    votes: list[SignOff], approved: list[SignOff], valid: list[SignOff], people: Mapping[str, Person]
) -> Review:
    if not approved:
        return Review(ReviewState.RETURNED, "A reviewer did not accept this.")
    # no majority: a third person decides, and gives a reason
    voters = {entry.by for entry in votes}
    judges = [e for e in valid if e.role is Role.ADJUDICATOR and e.by not in voters and e.note]
    if not judges:
        return Review(ReviewState.CONFLICT, "Reviewers disagree.")
    if judges[-1].decision is Decision.APPROVE:
        return Review(ReviewState.SIGNED_OFF, f"Checked by {_who([*approved, judges[-1]], people)}.")
    return Review(ReviewState.RETURNED, "A reviewer did not accept this.")


def _who(entries: list[SignOff], people: Mapping[str, Person]) -> str:
    names = [people[entry.by].name for entry in entries]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{listed}, {in_words(max(entry.date for entry in entries))}"


def _stale(entry: SignOff, changed: tuple[str, ...], people: Mapping[str, Person]) -> str:
    who = _who([entry], people)
    if changed == ("age",):
        return f"Checked by {who}; that is longer ago than this book allows."
    parts = changed[0] if len(changed) == 1 else f"{', '.join(changed[:-1])} and {changed[-1]}"
    return f"Checked by {who}; the {parts} {'has' if len(changed) == 1 else 'have'} changed since."


def _proposed(claim: Claim, people: Mapping[str, Person]) -> str:
    proposer = claim.finding.proposed_by if claim.finding else None
    if proposer and proposer.kind is ProposerKind.PERSON:
        name = people[proposer.id].name if proposer.id and proposer.id in people else proposer.id
        return f"Drafted by {name}, not yet reviewed."
    return "Drafted with a machine’s help, not yet checked by a person."
