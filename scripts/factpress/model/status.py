"""Where a book stands: counts by verdict, state and unit, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.links.cited import evidence_page
from factpress.model.links.copying import copying_kind, host_of
from factpress.model.prose import Prose
from factpress.model.review import Review
from factpress.model.vocabulary import NoClaim, NoNotice, Priority, ReviewState, Verdict

NAMED = 8  #: claims named in one sentence of what to do next


@dataclass(frozen=True, slots=True, kw_only=True)
class BookStatus:
    """The counts; every word of a closed set has its count, also when it is 0."""

    states: Mapping[ReviewState, int]
    verdicts: Mapping[Verdict, int]
    units: int
    claimed: int  #: units that lead to a claim
    no_claim: Mapping[NoClaim, int]
    drafted: int  #: units for which there is only what a machine proposes
    open: Mapping[str, int]  #: units not yet accounted for, by the reason given
    chapters: int
    paragraphs: int  #: numbered
    connective: int  #: numbered paragraphs with neither mark nor citation
    sources: int
    copies: Mapping[str, int]  #: pieces of evidence seen at a copying host, by host, most first
    study: Mapping[str, int]  #: study aids by kind; all 0 in a book without any
    next: tuple[str, ...]  #: what to do, most urgent first

    @property
    def accounted(self) -> int:
        """Return how many units lead to a claim or have a reason why they lead to none."""
        return self.claimed + sum(self.no_claim.values())

    @property
    def line(self) -> str:
        """Return all counts on one line, the same for the same book, for grep and for change logs."""
        no_claim, open_ = sum(self.no_claim.values()), sum(self.open.values())
        drafted = f", drafted {self.drafted}" if self.drafted else ""
        study = ", ".join(f"{name} {count}" for name, count in self.study.items())
        return " | ".join(
            (
                f"claims {sum(self.states.values())}: {_list(self.states)}",
                _list(self.verdicts),
                f"units {self.units}: claimed {self.claimed}, no claim {no_claim}{drafted}, open {open_}",
                f"paragraphs {self.paragraphs}: connective {self.connective}",
                *([f"study: {study}"] if self.study["data"] else []),
            )
        )


def book_status(book: Book, prose: Prose, reviews: Mapping[str, Review]) -> BookStatus:
    """Return the counts of the book and what to do next."""
    claims = book.ledger.by_id.values()
    states = Counter(review.state for review in reviews.values())
    verdicts = Counter(claim.verdict for claim in claims if claim.verdict)
    claimed = [unit for unit in book.outline.units if unit.id in book.ledger.by_unit]
    rest = [unit for unit in book.outline.units if unit.id not in book.ledger.by_unit]
    reasons = Counter(unit.no_claim for unit in rest if unit.no_claim)
    paragraphs = [paragraph for chapter in prose.chapters for paragraph in chapter.paragraphs]
    return BookStatus(
        states={state: states[state] for state in ReviewState},
        verdicts={verdict: verdicts[verdict] for verdict in Verdict},
        units=len(book.outline.units),
        claimed=len(claimed),
        no_claim={reason: reasons[reason] for reason in NoClaim},
        drafted=len(book.drafted_units),
        open=dict(sorted(Counter(unit.open for unit in rest if unit.open).items())),
        chapters=len(prose.chapters),
        paragraphs=len(paragraphs),
        connective=sum(paragraph.connective for paragraph in paragraphs),
        sources=len(book.sources),
        copies=_copies(book),
        study=book.study_aids.counts,
        next=tuple(_next(book, reviews)),
    )


def _copies(book: Book) -> dict[str, int]:
    pages = (evidence_page(item, book.sources.get(item.source)) for _, item in book.ledger.evidence())
    counted = Counter(host_of(url) for url in pages if copying_kind(url))
    return dict(sorted(counted.items(), key=lambda found: (-found[1], found[0])))


def _next(book: Book, reviews: Mapping[str, Review]) -> Iterator[str]:
    advice = {
        ReviewState.CONFLICT: "Let a third person decide, with a note: {}.",
        ReviewState.RETURNED: "Fix the findings that a reviewer did not accept: {}.",
        ReviewState.STALE: "Look again at what changed after it was signed: {}.",
        ReviewState.UNCHECKED: "Look for evidence and propose a finding: {}.",
        ReviewState.IN_REVIEW: "Ask a second person to sign: {}.",
        ReviewState.PROPOSED: "Read the sources and sign: {}.",
    }
    order = {Priority.HIGH: 0, Priority.LOW: 2}
    for state, sentence in advice.items():
        claims = [c for c in book.ledger.by_id.values() if reviews[c.id].state is state]
        claims.sort(key=lambda claim: order.get(claim.priority, 1) if claim.priority else 1)
        if claims:
            yield sentence.format(_names(claims))
    if book.provenance and book.provenance.disclosure is NoNotice.UNSETTLED:
        yield "Settle whether the article has a notice of its own that an AI helped, in docs/article/provenance.yaml."
    if drafted := book.drafted_units:
        few = "unit" if len(drafted) == 1 else "units"
        yield f"Say of the {len(drafted)} {few} in docs/article/draft.yaml what each claims, from {drafted[0].id} on."
    if book.open_units:
        first = book.open_units[0].id
        number = len(book.open_units)
        yield f"Write about the {number} unit{'s' if number > 1 else ''} still open, from {first} on."


def _names(claims: list[Claim]) -> str:
    named = ", ".join(claim.id for claim in claims[:NAMED])
    return named if len(claims) <= NAMED else f"{named} and {len(claims) - NAMED} more"


def _list(counts: Mapping[ReviewState, int] | Mapping[Verdict, int]) -> str:
    return ", ".join(f"{word.replace('-', ' ')} {count}" for word, count in counts.items())
