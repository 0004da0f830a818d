"""A person about to sign a finding: what they looked at, what they found there, and what that amounts to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from factpress.model.book import Book
from factpress.model.claim import Claim, Evidence
from factpress.model.links.cited import evidence_page
from factpress.model.links.copying import copying_kind, host_of
from factpress.model.links.quotation import quote_key, text_fragment_url
from factpress.model.review import listed
from factpress.model.signoff import Covers, PageSeen, SignOff
from factpress.model.vocabulary import Asks, Decision, QuoteSeen, ReviewStep, Role, SeenHow, Stance


class Answer(StrEnum):
    """What a person says of a piece of evidence: do these words stand there, and say this?"""

    FOUND = "found"
    NOT_THERE = "not-there"
    CANNOT_OPEN = "cannot-open"


#: the answers of somebody who had the place before them
OPENED = (Answer.FOUND, Answer.NOT_THERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What a person wants to sign, with what they did for it."""

    claim: str  #: its id
    by: str  #: id in people.yaml
    choice: Decision | Asks
    role: Role = Role.REVIEWER
    answers: Mapping[int, Answer] = field(default_factory=lambda: MappingProxyType({}))  #: by the place of the piece
    read_reasoning: bool = False
    note: str | None = None
    entered_by: str | None = None  #: id in people.yaml of who types in a worksheet; unset: signed on the screen
    signed_on: str | None = None  #: ISO date on a worksheet; unset: today

    def entry(self, claim: Claim, covers: Covers, date: str) -> SignOff:
        """Return the sign-off that this becomes, today being an ISO date."""
        decides = isinstance(self.choice, Decision)
        return SignOff(
            claim=claim.id,
            by=self.by,
            role=self.role,
            decision=self.choice if isinstance(self.choice, Decision) else None,
            asks=None if decides else Asks(self.choice),
            did=steps_done(self, claim),
            date=self.signed_on or date,
            note=(self.note or "").strip() or None,
            covers=covers,
            entered_by=self.entered_by,
        )


def carries(item: Evidence) -> bool:
    """Return whether a piece of evidence carries the verdict: all do that are not context."""
    return item.stance is not Stance.CONTEXT


def carrying(claim: Claim) -> tuple[int, ...]:
    """Return the places of the pieces that carry the verdict, from 0."""
    return tuple(at for at, item in enumerate(claim.evidence) if carries(item))


def piece_letter(at: int) -> str:
    """Return how a piece is called on the desk and on worksheets: a to z, then aa, ab, …"""
    return (piece_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("a") + at % 26)


def letters(places: tuple[int, ...] | list[int]) -> str:
    """Return pieces as in a sentence: `a, b and c`."""
    return listed([piece_letter(at) for at in places])


def steps_done(attempt: Attempt, claim: Claim) -> tuple[ReviewStep, ...]:
    """Return what a sign-off says that its person did.

    The words were found only if they were wherever the person looked among the pieces that carry the verdict.
    """
    looked = [attempt.answers[at] for at in carrying(claim) if attempt.answers.get(at) in OPENED]
    opened = any(attempt.answers.get(at) in OPENED for at in range(len(claim.evidence)))
    done = {
        ReviewStep.OPENED_SOURCE: opened,
        ReviewStep.FOUND_QUOTE: bool(looked) and all(answer is Answer.FOUND for answer in looked),
        ReviewStep.READ_REASONING: attempt.read_reasoning,
    }
    return tuple(step for step, was_done in done.items() if was_done)


def in_first_person(attempt: Attempt, claim: Claim) -> str:
    """Return what the person states by signing: `I read the reasoning and found the words in a, b and c`."""
    by_answer = {answer: [at for at, given in sorted(attempt.answers.items()) if given is answer] for answer in Answer}
    did = ["read the reasoning"] if attempt.read_reasoning else []
    if found := by_answer[Answer.FOUND]:
        did.append(f"found the words in {letters(found)}")
    if missing := by_answer[Answer.NOT_THERE]:
        did.append(
            f"did not find them in {letters(missing)}" if found else f"did not find the words in {letters(missing)}"
        )
    if shut := by_answer[Answer.CANNOT_OPEN]:
        did.append(f"could not open {letters(shut)}")
    number = len(carrying(claim))
    looked = any(attempt.answers.get(at) in OPENED for at in carrying(claim))
    none = f"I opened none of the {number} sources" if number > 1 else "I did not open the source"
    if not number or looked:
        return f"I {listed(did)}" if did else "I did nothing of what a reviewer does"
    return f"I {listed(did)}; {none}" if did else none


def quoted_place(item: Evidence, book: Book) -> str:
    """Return the address of the quoted words, where they were seen, a copy included; empty where none is given."""
    page = evidence_page(item, book.sources.get(item.source))
    return text_fragment_url(page, item.quote, item.before, item.after) if page else ""


def copy_host(item: Evidence, book: Book) -> str:
    """Return the host of the copy in which the words were seen; empty where the page is the source's own."""
    page = evidence_page(item, book.sources.get(item.source))
    return host_of(page) if page and copying_kind(page) else ""


def earlier_answers(claim: Claim, by: str, book: Book) -> dict[int, PageSeen]:
    """Return what a person already looked for on the same page, for whichever claim, by the place of the piece."""
    last = {(line.url, quote_key(line.quote)): line for line in book.seen if line.by == by and line.quote}
    found = {}
    for at, item in enumerate(claim.evidence):
        page = evidence_page(item, book.sources.get(item.source))
        if item.quote and (line := last.get((page, quote_key(item.quote)))):
            found[at] = line
    return found


def all_answers(attempt: Attempt, claim: Claim, book: Book) -> dict[int, Answer]:
    """Return the answers of an attempt, and the person's earlier ones where it gives none."""
    earlier = {
        at: Answer.FOUND if line.quote_seen is QuoteSeen.YES else Answer.NOT_THERE
        for at, line in earlier_answers(claim, attempt.by, book).items()
    }
    return earlier | dict(attempt.answers)


def pages_to_note(attempt: Attempt, claim: Claim, book: Book, date: str, how: SeenHow) -> tuple[PageSeen, ...]:
    """Return the lines of seen.yaml that the answers of an attempt add: of quoted words on a page, none twice."""
    known = {at: line.quote_seen for at, line in earlier_answers(claim, attempt.by, book).items()}
    lines = []
    for at, answer in sorted(attempt.answers.items()):
        if answer not in OPENED or at >= len(claim.evidence):
            continue
        item = claim.evidence[at]
        page = evidence_page(item, book.sources.get(item.source))
        seen = QuoteSeen.YES if answer is Answer.FOUND else QuoteSeen.NO
        if page and item.quote and known.get(at) is not seen:
            lines.append(PageSeen(url=page, quote=item.quote, by=attempt.by, date=date, quote_seen=seen, how=how))
    return tuple(dict.fromkeys(lines))
