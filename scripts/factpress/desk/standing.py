"""What one person sees of a claim's review, and whether it waits for them: second readers do not see the first vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factpress.desk.held_book import DeskBook
from factpress.model.claim import Claim
from factpress.model.dates import in_words
from factpress.model.review import Review, ReviewPolicy, review_of
from factpress.model.signing.judgement import role_for
from factpress.model.signoff import Person, SignOff
from factpress.model.vocabulary import Decision, ReviewState, Role

#: states in which a finding waits for somebody who has not signed it
OPEN_STATES = (ReviewState.PROPOSED, ReviewState.IN_REVIEW, ReviewState.STALE, ReviewState.CONFLICT)


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim's review as one person is shown it."""

    review: Review
    state: ReviewState  #: as shown
    wording: str  #: as shown
    role: Role
    is_blind: bool  #: somebody signed, and this person is to judge without knowing how
    is_own: bool  #: this person proposed the finding
    has_voted: bool  #: this person's vote holds today
    mine: SignOff | None  #: the person's last vote that does not hold any more
    waits: bool  #: for this person

    @property
    def left(self) -> int:
        """Return how many approvals are still needed from anybody."""
        if self.review.state is ReviewState.CONFLICT:
            return 1
        return max(self.review.needed - len(self.review.approved), 0) if self.review.state in OPEN_STATES else 0


def standing_of(claim: Claim, review: Review, person: Person | None) -> Standing:
    """Return what a person sees of a claim's review; without a person, somebody who can only read."""
    who = person.id if person else ""
    voters = {entry.by for entry in (*review.votes, *review.judged)}
    is_own = bool(who and claim.finding and claim.finding.proposed_by.id == who)
    has_voted = who in voters
    others_asked = any(entry.by != who for entry in review.asked)
    two = review.needed > 1 or others_asked
    is_blind = bool(who) and two and bool(review.votes) and not has_voted and not is_own
    is_blind = is_blind and review.state in (ReviewState.IN_REVIEW, ReviewState.RETURNED)
    state, wording = review.state, review.wording
    if is_blind:
        state, number = ReviewState.IN_REVIEW, len({entry.by for entry in review.votes})
        verb = "reviewer has" if number == 1 else "reviewers have"
        wording = f"{number} of {max(review.needed, 2)} {verb if number > 1 else 'reviewers has'} signed."
    asked_myself = any(entry.by == who for entry in review.asked)
    waits = state in OPEN_STATES and not is_own and not has_voted and not asked_myself
    old = [each.entry for each in review.outdated if each.entry.by == who]
    return Standing(
        review, state, wording, role_for(review, who), is_blind, is_own, has_voted, old[-1] if old else None,
        waits and claim.finding is not None,
    )  # fmt: skip


class Standings(dict[str, Standing]):
    """What one person sees of every claim's review, by id; each is made when it is first asked for."""

    def __init__(
        self,
        desk: DeskBook,
        person: Person | None,
        today: str,
        policy: ReviewPolicy,
        before: Standings | None = None,
    ) -> None:
        """Take the book, the person, the day and the book's policy; `before` has what a sign-off changed little of."""
        super().__init__()
        self.asked = (desk, person, today, policy)
        self._before = before if before is not None and before._is_like(self) else None
        self._signed: dict[str, list[SignOff]] = {}
        for entry in desk.book.ledger.signoffs:
            self._signed.setdefault(entry.claim, []).append(entry)

    def let_go(self) -> None:
        """Forget what stood before: no more than two states are kept in memory."""
        self._before = None

    def _is_like(self, other: Standings) -> bool:
        """Return whether all that a claim's review rests on beside the claim and its sign-offs is the same."""
        mine, theirs = self.asked[0].book, other.asked[0].book
        # the parts of a book that did not change are the same objects
        same = mine.sources is theirs.sources and mine.links is theirs.links
        return same and self.asked[1:] == other.asked[1:] and mine.ledger.people == theirs.ledger.people

    def __contains__(self, claim: object) -> bool:
        """Return whether the ledger has a claim."""
        return claim in self.asked[0].book.ledger.by_id

    def __missing__(self, claim: str) -> Standing:
        """Return what the person sees of a claim, from now on kept."""
        desk, person, today, policy = self.asked
        found, before = desk.book.ledger.by_id[claim], self._before
        if before is not None and dict.__contains__(before, claim):
            same = before.asked[0].book.ledger.by_id[claim] is found
            if same and before._signed.get(claim) == self._signed.get(claim):
                self[claim] = before[claim]
                return self[claim]
        review = review_of(found, self._signed.get(claim, ()), desk.book, policy, today)
        self[claim] = standing_of(found, review, person)
        return self[claim]


def standings(desk: DeskBook, reviews: Mapping[str, Review], person: Person | None) -> dict[str, Standing]:
    """Return what a person sees of every claim, by id, given its review."""
    return {claim.id: standing_of(claim, reviews[claim.id], person) for claim in desk.book.ledger.by_id.values()}


def vote_lines(review: Review, people: Mapping[str, Person]) -> list[str]:
    """Return who decided what and when, with their notes, a line each."""
    words = {Decision.APPROVE: "accepted this", Decision.REJECT: "did not accept this"}
    entries = [*review.votes, *review.judged, *review.asked]
    lines = []
    for entry in entries:
        who = people[entry.by].display_name if entry.by in people else entry.by
        did = words[entry.decision] if entry.decision else "asked for a second reader"
        judged = ", deciding between reviewers" if entry.role is Role.ADJUDICATOR else ""
        note = f": {entry.note}" if entry.note else "."
        lines.append(f"{who} {did}{judged}, {in_words(entry.date)}{note}")
    return lines
