"""Evidence on the screen: everything of a piece that a sign-off covers, where it is opened, and what was answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from factpress.desk.held_book import DeskBook
from factpress.desk.reading import ReadClaim
from factpress.model.claim import Claim, Evidence
from factpress.model.dates import in_words
from factpress.model.links.copying import host_of
from factpress.model.signing.attempt import (
    OPENED,
    Answer,
    carries,
    carrying,
    copy_host,
    earlier_answers,
    piece_letter,
    quoted_place,
)
from factpress.model.signoff import PageSeen, Person
from factpress.model.source import signed_fields
from factpress.model.text.quotation_marks import curly_quotes
from factpress.model.vocabulary import Consulted, ProposerKind, QuoteSeen

_ANSWERS = {Answer.FOUND: "Words found", Answer.NOT_THERE: "Not there", Answer.CANNOT_OPEN: "Cannot be opened"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence on the screen."""

    letter: str
    stance: str
    source: str
    key: str
    locator: str
    says: str
    seen: str
    quote: str = ""
    before: str = ""
    after: str = ""
    language: str = ""
    url: str = ""  #: at the words
    address: str = ""
    host: str = ""
    entry: tuple[tuple[str, str], ...] = ()
    context: bool = False
    now: bool = False
    opened: bool = False
    answer: str = ""
    answer_class: str = ""
    ask: str = ""
    open_words: str = ""
    again: bool = False  #: to be looked at again: it changed, or carries the verdict and is not answered


def pieces_of(
    desk: DeskBook,
    claim: Claim,
    read: ReadClaim,
    person: Person | None,
    answers: Mapping[int, Answer],
    today: str,
    moved: Collection[int] = (),
) -> tuple[Piece, ...]:
    """Return a claim's pieces of evidence as one person sees them, given their answers by place of the piece.

    `moved` are the places of those that changed since the person signed.
    """
    book = desk.book
    earlier = earlier_answers(claim, person.id, book) if person else {}
    order = [*carrying(claim), *(n for n, item in enumerate(claim.evidence) if not carries(item))]
    current = read.current
    if current is None or answers.get(current):
        current = next((n for n in order if n not in answers), None)
    pieces = []
    for at, item in enumerate(claim.evidence):
        source, address = book.sources.get(item.source), desk.page_of(item)
        url = quoted_place(item, book) if _is_web(address) else ""
        answer = answers.get(at)
        told = ""
        if answer and at not in read.answers and at in earlier:
            told = _found_before(desk, claim, item, earlier[at], today)
        copy = copy_host(item, book)
        pieces.append(
            Piece(
                letter=piece_letter(at), stance=str(item.stance).capitalize(),
                source=source.short if source else item.source, key=item.source, locator=item.locator,
                says=curly_quotes(item.says), seen=_seen(item, claim), quote=item.quote or "",
                before=item.before or "", after=item.after or "", language=getattr(item, "language", None) or "",
                url=url, address=address, host=f"in a copy at {copy}" if copy else host_of(address) if address else "",
                entry=tuple(signed_fields(source).items()) if source else (),
                again=at in moved or (carries(item) and answer is None),
                context=not carries(item),
                now=at == current, opened=at in read.opened or (not url and person is not None),
                answer=told or _ANSWERS.get(answer, "") if answer else "",
                answer_class="yes" if answer is Answer.FOUND else "no",
                ask="Do these words stand there, and say this?" if item.quote else "Does the place say this?",
                open_words="Open again" if at in read.opened or answer in OPENED
                else f"Open {'at the words' if item.quote else 'the page'}{f', in a copy at {copy}' if copy else ''}",
            )
        )  # fmt: skip
    return tuple(pieces)


def _found_before(desk: DeskBook, claim: Claim, item: Evidence, line: PageSeen, today: str) -> str:
    """Return where this person found the same words before: `Found at C033 a, today`."""
    day = "today" if line.date == today else in_words(line.date)
    others = [
        (other_claim, other_claim.evidence.index(other))
        for other_claim, other in desk.by_page.get(desk.page_of(item), ())
        if other.quote == item.quote and other_claim.id != claim.id
    ]
    where = f" at {others[0][0].id} {piece_letter(others[0][1])}" if others else ""
    return f"{'Found' if line.quote_seen is QuoteSeen.YES else 'Not there'}{where}, {day}"


def _seen(item: Evidence, claim: Claim) -> str:
    grade, how = str(item.grade).capitalize(), item.consulted
    if how is Consulted.NOT_CONSULTED:
        return f"{grade}, not consulted."
    by_machine = claim.finding is not None and claim.finding.proposed_by.kind is ProposerKind.MACHINE
    return f"{grade}, {how.words} {in_words(item.date)}{', not by a person' if by_machine else ''}."


def _is_web(address: str) -> bool:
    return address.lower().startswith(("https://", "http://"))
