"""Who stands behind a finding: the review state of a claim, computed from its sign-offs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.dates import days_between, in_words
from factpress.model.digest import covered_digests
from factpress.model.links.state import State
from factpress.model.signoff import Person, SignOff
from factpress.model.source import doi_address
from factpress.model.vocabulary import (
    Decision,
    OpenBeforeSigning,
    Priority,
    ProposerKind,
    ReviewState,
    Role,
    Verdict,
)

STRICT = (Verdict.CONTRADICTED, Verdict.DISPUTED, Verdict.AMBIGUOUS)  #: what needs more care, as high priority does


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """How many sign-offs a finding needs, what each asks of its person, and how long they last."""

    approvals: int = 1
    approvals_contradicted: int = 2
    approvals_disputed: int = 2
    approvals_ambiguous: int = 2
    max_age_days: int = 730
    open_before: OpenBeforeSigning = OpenBeforeSigning.ONE
    open_before_strict: OpenBeforeSigning = OpenBeforeSigning.ALL

    def approvals_needed(self, verdict: Verdict) -> int:
        """Return how many people must approve a finding with this verdict."""
        special = {
            Verdict.CONTRADICTED: self.approvals_contradicted,
            Verdict.DISPUTED: self.approvals_disputed,
            Verdict.AMBIGUOUS: self.approvals_ambiguous,
        }
        return special.get(verdict, self.approvals)

    def must_open(self, claim: Claim) -> OpenBeforeSigning:
        """Return how many of the pieces that carry the verdict a person must have opened before approving it."""
        strict = claim.priority is Priority.HIGH or claim.verdict in STRICT
        return self.open_before_strict if strict else self.open_before


@dataclass(frozen=True, slots=True)
class OutdatedSignOff:
    """A sign-off that no longer holds, and what moved since."""

    entry: SignOff
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The state of one claim and the sentence that says so to a reader."""

    state: ReviewState
    wording: str
    changed: tuple[str, ...] = ()  #: what moved since it was signed: claim, finding, evidence, age, retraction
    needed: int = field(default=1, compare=False)  #: people who must approve
    votes: tuple[SignOff, ...] = field(default=(), compare=False)  #: that hold today, the last of each reviewer
    judged: tuple[SignOff, ...] = field(default=(), compare=False)  #: the same of adjudicators who did not vote
    outdated: tuple[OutdatedSignOff, ...] = field(default=(), compare=False)  #: the last of each person, by day
    asked: tuple[SignOff, ...] = field(default=(), compare=False)  #: for a second reader, of what stands there today

    @property
    def approved(self) -> tuple[SignOff, ...]:
        """Return the votes that accept the finding."""
        return tuple(entry for entry in self.votes if entry.decision is Decision.APPROVE)

    @property
    def signed_by(self) -> tuple[SignOff, ...]:
        """Return the entries on which `signed-off` stands, empty in any other state."""
        if self.state is not ReviewState.SIGNED_OFF:
            return ()
        judged = self.judged[-1:] if len(self.approved) < len(self.votes) else ()
        return (*self.approved, *judged)


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
    mine = [entry for entry in signed if _may_sign(entry, claim, people)]
    if not mine:
        return Review(
            ReviewState.PROPOSED, _proposed(claim, people), needed=policy.approvals_needed(claim.finding.verdict)
        )
    today = covered_digests(claim, book.sources)
    # by role too: who voted and then adjudicates has still voted
    latest: dict[tuple[str, Role], SignOff] = {}
    for entry in mine:
        if entry.decision:
            latest.pop((entry.by, entry.role), None)  # in the order in which the last of each was signed
            latest[entry.by, entry.role] = entry
    changed = {key: _changed(entry, entry.covers.changed_parts(today), claim, book) for key, entry in latest.items()}
    for key, entry in latest.items():
        if not changed[key] and days_between(entry.date, as_of) > policy.max_age_days:
            changed[key] = ("age",)
    valid = [entry for key, entry in latest.items() if not changed[key]]
    votes = [entry for entry in valid if entry.role is Role.REVIEWER]
    voters = {entry.by for entry in votes}
    outdated = [OutdatedSignOff(latest[key], changed[key]) for key in latest if changed[key]]
    found = Review(
        ReviewState.PROPOSED,
        "",
        needed=policy.approvals_needed(claim.finding.verdict),
        votes=tuple(votes),
        judged=tuple(e for e in valid if e.role is Role.ADJUDICATOR and e.by not in voters and e.note),
        outdated=tuple(sorted(outdated, key=lambda each: each.entry.date)),
        asked=tuple(entry for entry in mine if entry.asks and not entry.covers.changed_parts(today)),
    )
    state, wording, parts = _state(found, claim, people)
    return replace(found, state=state, wording=wording, changed=parts)


def _state(found: Review, claim: Claim, people: Mapping[str, Person]) -> tuple[ReviewState, str, tuple[str, ...]]:
    approved = found.approved
    if len(approved) < len(found.votes):
        return *_refused(found, people), ()
    if len(approved) >= found.needed:
        return ReviewState.SIGNED_OFF, f"Checked by {_who(approved, people)}.", ()
    if approved:
        have = "1 of {} reviewers has" if len(approved) == 1 else f"{len(approved)} of {{}} reviewers have"
        return ReviewState.IN_REVIEW, f"{have.format(found.needed)} signed.", ()
    outdated = [each for each in found.outdated if each.entry.decision is Decision.APPROVE]
    if outdated:
        last = outdated[-1]
        return ReviewState.STALE, _stale(last.entry, last.changed, people), last.changed
    return ReviewState.PROPOSED, _proposed(claim, people), ()


def _may_sign(entry: SignOff, claim: Claim, people: Mapping[str, Person]) -> bool:
    # nobody signs a finding that they proposed
    return entry.by in people and not (claim.finding and claim.finding.proposed_by.id == entry.by)


def _changed(entry: SignOff, parts: tuple[str, ...], claim: Claim, book: Book) -> tuple[str, ...]:
    return parts or (("retraction",) if _retracted_since(claim, book, entry.date) else ())


def _retracted_since(claim: Claim, book: Book, date: str) -> bool:
    """Return whether the registry got a notice on a source of the claim after a day; what was known then was signed."""
    for item in claim.evidence:
        source = book.sources.get(item.source)
        doi = source.get("doi") if source else ""
        record = book.links.get(doi_address(doi.lower())) if doi else None
        if record and record.state is State.RETRACTED and days_between(date, record.since) > 0:
            return True
    return False


def _refused(found: Review, people: Mapping[str, Person]) -> tuple[ReviewState, str]:
    if not found.approved:
        return ReviewState.RETURNED, "A reviewer did not accept this."
    # no majority: a third person decides, and gives a reason
    if not found.judged:
        return ReviewState.CONFLICT, "Reviewers disagree."
    if found.judged[-1].decision is Decision.APPROVE:
        return ReviewState.SIGNED_OFF, f"Checked by {_who([*found.approved, found.judged[-1]], people)}."
    return ReviewState.RETURNED, "A reviewer did not accept this."


def _who(entries: Sequence[SignOff], people: Mapping[str, Person]) -> str:
    names = [f"{people[e.by].display_name}{' (on paper)' if e.entered_by else ''}" for e in entries]
    return f"{listed(names)}, {in_words(max(entry.date for entry in entries))}"


def listed(words: Sequence[str]) -> str:
    """Return words as in a sentence: `a, b and c`."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _stale(entry: SignOff, changed: tuple[str, ...], people: Mapping[str, Person]) -> str:
    who = _who([entry], people)
    if changed == ("age",):
        return f"Checked by {who}; that is longer ago than this book allows."
    if changed == ("retraction",):
        return f"Checked by {who}; a notice on one of its sources was registered since."
    return f"Checked by {who}; the {listed(changed)} {'has' if len(changed) == 1 else 'have'} changed since."


def _proposed(claim: Claim, people: Mapping[str, Person]) -> str:
    proposer = claim.finding.proposed_by if claim.finding else None
    if proposer and proposer.kind is ProposerKind.PERSON:
        name = people[proposer.id].display_name if proposer.id and proposer.id in people else proposer.id
        return f"Drafted by {name}, not yet reviewed."
    return "Drafted with a machine’s help, not yet checked by a person."
