"""The corrections sheet: what the article got wrong or left doubtful, to pin up or hand out.

Every sentence on it is one of the ledger's: the claim, the finding's statement or correction, the leading source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes

from factpress.model.claim import Claim
from factpress.model.dates import in_words
from factpress.model.vocabulary import ReviewState, Verdict
from factpress.sphinxext.blocks.marks import (
    correct_statement,
    glyph_element,
    leading_evidence,
    sign_and_number,
    state_if_notable,
    verdict_class,
)
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.title_page import review_status
from factpress.sphinxext.nodes import element, make
from factpress.sphinxext.wording import typeset, typeset_sentence

SHEET_PAGES = 2  #: that can be pinned up, or printed on one sheet
ROOMY = 45  #: claims that two pages hold in larger type


@dataclass(frozen=True, slots=True)
class CorrectionGroup:
    """The claims with one verdict, and how much is told of each."""

    verdict: Verdict
    is_whole: bool  #: the claim and all that the finding says; else the correction alone
    size: str  #: class of the style sheet


#: in the order of the sheet: what is plainly wrong first and largest
GROUPS = (
    CorrectionGroup(Verdict.CONTRADICTED, True, "wrong"),
    CorrectionGroup(Verdict.DISPUTED, True, "doubtful"),
    CorrectionGroup(Verdict.AMBIGUOUS, True, "doubtful"),
    CorrectionGroup(Verdict.NOT_FOUND, True, "doubtful"),
    CorrectionGroup(Verdict.PARTLY_SUPPORTED, False, "partly"),
)
#: claims that are counted at the head and not listed, by the name of their sentence
REST = {"supported": Verdict.SUPPORTED, "opinions": Verdict.NOT_CHECKABLE, "unchecked": None}


def corrections(page: EditionPage) -> element:
    """Return the sheet: what it is of, then the groups that have claims."""
    context, say = page.context, page.say
    groups = [(group, _claims(page, group.verdict)) for group in GROUPS]
    listed = [(group, claims) for group, claims in groups if claims]
    count = sum(len(claims) for _, claims in listed)
    total = sum(state.state is not ReviewState.WITHDRAWN for state in context.reviews.values())
    provenance = context.book.provenance
    about = []
    if provenance:
        known = provenance.notice and provenance.published_at
        name = "corrections-article" if known else "corrections-of"
        about = [say(name, title=provenance.title, place=provenance.published_at)]
    about.append(say("corrections-count", count=count, total=total))
    rest = [(name, len(_claims(page, verdict))) for name, verdict in REST.items()]
    about += [say(f"corrections-{name}", count=number) for name, number in rest if number]
    head = [
        make("h1", say("corrections-title")),
        make("p", " ".join(about), classes="about"),
        make("p", make("strong", review_status(context)), " ", say("corrections-lead"), classes="about"),
    ]
    body = [_group(page, group, claims) for group, claims in listed]
    edition = " · ".join(filter(None, (context.settings.title, say("edition", date=in_words(context.date)))))
    return make("section", *head, *body, make("p", edition, " · ", say("corrections-more"), classes="source-of-sheet"),
                classes=f"corrections{' tight' if count > ROOMY else ''}", ids="corrections")  # fmt: skip


def _claims(page: EditionPage, verdict: Verdict | None) -> list[Claim]:
    """Return the claims that the article still makes, with this verdict."""
    states = page.context.reviews
    return [c for c in page.context.claims if c.verdict is verdict and states[c.id].state is not ReviewState.WITHDRAWN]


def _group(page: EditionPage, group: CorrectionGroup, claims: Sequence[Claim]) -> element:
    verdict = group.verdict
    heading = make("h2", glyph_element(verdict.glyph), "\u00a0", verdict.word, " ",
                   make("span", page.say(f"corrections-{verdict}"), classes="meaning"))  # fmt: skip
    items = [make("li", *_item(page, group, claim), classes=verdict_class(claim)) for claim in claims]
    return make("section", heading, make("ul", *items), classes=f"group {group.size}")


def _item(page: EditionPage, group: CorrectionGroup, claim: Claim) -> Iterator[nodes.Node]:
    yield make("span", *sign_and_number(claim), classes="number")
    yield nodes.Text(" ")
    if group.is_whole and claim.finding:
        yield make("span", typeset_sentence(claim.claim), classes="claim")
        yield nodes.Text(" ")
        yield nodes.Text(typeset(claim.finding.statement))
    else:
        yield nodes.Text(correct_statement(claim))
    yield from state_if_notable(page, claim)
    if first := leading_evidence(claim):
        yield nodes.Text(" ")
        yield make("cite", page.short(first.source), classes="src")
