"""Whether a person may sign a finding now, given what they did: one function for `sign`, the desk and paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.dates import in_words
from factpress.model.review import Review, ReviewPolicy, review_of
from factpress.model.signing.attempt import Answer, Attempt, all_answers, carrying, letters, steps_done
from factpress.model.vocabulary import Decision, OpenBeforeSigning, ReviewState, Role


class ObstacleKind(StrEnum):
    """Why somebody may not sign."""

    UNKNOWN_CLAIM = "unknown-claim"
    WITHDRAWN = "withdrawn"
    NO_FINDING = "no-finding"
    UNKNOWN_PERSON = "unknown-person"
    OWN_FINDING = "own-finding"
    ALREADY_SIGNED = "already-signed"
    ALREADY_ASKED = "already-asked"
    NO_CONFLICT = "no-conflict"
    HAS_VOTED = "has-voted"
    CONFLICT = "conflict"
    NOTE_MISSING = "note-missing"
    NOT_THERE = "not-there"
    NOT_OPENED = "not-opened"
    NOTHING_DONE = "nothing-done"
    NOT_YOURS = "not-yours"  #: of taking back
    COMMITTED = "committed"  #: of taking back


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why somebody may not sign, and what they can do."""

    kind: ObstacleKind
    sentence: str
    hint: str
    pieces: tuple[int, ...] = ()  #: places of the pieces of evidence that it is about


def obstacles(attempt: Attempt, book: Book, policy: ReviewPolicy, as_of: str) -> tuple[Obstacle, ...]:
    """Return why an attempt may not become a sign-off, on an ISO date; empty: it may.

    What the person found on the same page for another claim counts as looked for.
    """
    claim = book.ledger.by_id.get(attempt.claim)
    if not claim:
        near = "The claim's id is C and at least three digits, as in C017."
        return (Obstacle(ObstacleKind.UNKNOWN_CLAIM, f"The ledger has no claim {attempt.claim}.", near),)
    if stop := tuple(_of_the_finding(claim, attempt, book)):
        return stop
    review = review_of(claim, (e for e in book.ledger.signoffs if e.claim == claim.id), book, policy, as_of)
    attempt = replace(attempt, answers=all_answers(attempt, claim, book))
    found = [*_of_the_votes(attempt, review)]
    if attempt.choice is Decision.APPROVE:
        found += _of_the_evidence(attempt, claim, policy)
    if attempt.choice is Decision.REJECT and attempt.role is Role.REVIEWER and not (attempt.note or "").strip():
        hint = "Say what is wrong, for whoever keeps the ledger."
        found.append(Obstacle(ObstacleKind.NOTE_MISSING, "To return a finding takes a note.", hint))
    return tuple(found)


def role_for(review: Review, by: str) -> Role:
    """Return in which role a person signs: where reviewers disagree, whoever has not voted decides between them."""
    in_conflict = review.state is ReviewState.CONFLICT and by not in {entry.by for entry in review.votes}
    return Role.ADJUDICATOR if in_conflict else Role.REVIEWER


def _of_the_finding(claim: Claim, attempt: Attempt, book: Book) -> Iterator[Obstacle]:
    if claim.withdrawn:
        hint = "Nothing is left to sign."
        yield Obstacle(ObstacleKind.WITHDRAWN, f"{claim.id} is withdrawn: the article no longer says it.", hint)
    elif not claim.finding:
        hint = "Look for evidence and propose a finding first."
        yield Obstacle(ObstacleKind.NO_FINDING, f"{claim.id} has no finding yet.", hint)
    for person in dict.fromkeys((attempt.by, attempt.entered_by)):
        if person is not None and person not in book.ledger.people_by_id:
            hint = "Only somebody of people.yaml signs: `factpress people add`."
            sentence = f"people.yaml has no person {person}." if person else "It names no person."
            yield Obstacle(ObstacleKind.UNKNOWN_PERSON, sentence, hint)
    proposer = claim.finding.proposed_by if claim.finding else None
    if proposer and proposer.id == attempt.by:
        sentence = f"This finding is yours: you proposed it on {in_words(proposer.date)}."
        yield Obstacle(ObstacleKind.OWN_FINDING, sentence, "Somebody else signs it.")


def _of_the_votes(attempt: Attempt, review: Review) -> Iterator[Obstacle]:
    voters = {entry.by for entry in review.votes}
    if not isinstance(attempt.choice, Decision):
        if asked := [entry for entry in review.asked if entry.by == attempt.by]:
            sentence = f"You asked for a second reader on {in_words(asked[-1].date)}."
            yield Obstacle(
                ObstacleKind.ALREADY_ASKED, sentence, "Nothing is left to do until somebody else has read it."
            )
        return
    if attempt.role is Role.ADJUDICATOR:
        if attempt.by in voters:
            hint = "A third person decides between reviewers; you can change your own vote."
            yield Obstacle(ObstacleKind.HAS_VOTED, "You have voted on this finding.", hint)
        elif not 0 < len(review.approved) < len(review.votes):
            hint = "Sign as a reviewer."
            yield Obstacle(ObstacleKind.NO_CONFLICT, "Reviewers do not disagree about this finding.", hint)
        if not (attempt.note or "").strip():
            hint = "Say why it is so decided: readers of the record will go by it."
            yield Obstacle(ObstacleKind.NOTE_MISSING, "To decide between reviewers takes a note.", hint)
    elif review.state is ReviewState.CONFLICT and attempt.by not in voters:
        hint = "Decide between them, with a note, in the role of an adjudicator."
        yield Obstacle(ObstacleKind.CONFLICT, "Reviewers disagree, and one more vote would settle nothing.", hint)
    mine = [e for e in (*review.votes, *review.judged) if e.by == attempt.by and e.role is attempt.role]
    if mine and mine[-1].decision is attempt.choice:
        word = "signed" if attempt.choice is Decision.APPROVE else "returned"
        sentence = f"You {word} this finding on {in_words(mine[-1].date)}, and nothing has changed since."
        yield Obstacle(ObstacleKind.ALREADY_SIGNED, sentence, "Nothing is left to do.")


def _of_the_evidence(attempt: Attempt, claim: Claim, policy: ReviewPolicy) -> Iterator[Obstacle]:
    missing = tuple(at for at, answer in sorted(attempt.answers.items()) if answer is Answer.NOT_THERE)
    if missing:
        verb = "stand" if len(missing) == 1 else "all stand"
        sentence = f"{letters(missing)}: by your own answer the words do not {verb} there."
        yield Obstacle(ObstacleKind.NOT_THERE, sentence, "Return the finding, and say so in the note.", missing)
    needed, rule = carrying(claim), policy.must_open(claim)
    left = tuple(at for at in needed if attempt.answers.get(at) not in (Answer.FOUND, Answer.NOT_THERE))
    short = {
        OpenBeforeSigning.NONE: False,
        OpenBeforeSigning.ONE: bool(needed) and len(left) == len(needed),
        OpenBeforeSigning.ALL: bool(left),
    }
    if short[rule]:
        what = (
            "all sources which carry the verdict were"
            if rule is OpenBeforeSigning.ALL
            else "a source which carries the verdict was"
        )
        yield Obstacle(
            ObstacleKind.NOT_OPENED,
            f"This book asks that {what} opened; left: {letters(left)}.",
            "Open them at the words; what cannot be opened here may be found in a library.",
            left,
        )
    elif not missing and not steps_done(attempt, claim):
        hint = "Read the reasoning to its end, or open a source."
        yield Obstacle(ObstacleKind.NOTHING_DONE, "Nothing was read or opened.", hint)
