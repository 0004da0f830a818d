"""What people did about the findings: who reviewed them, what is stale, errata, and a statement on AI and review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from docutils import nodes

from factpress.model.dates import in_words
from factpress.model.signoff import Person, SignOff
from factpress.model.vocabulary import ProposerKind, ReviewState
from factpress.sphinxext.blocks.marks import glyph_element
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make, table
from factpress.sphinxext.wording import typeset


def reviewers(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return who signed how many findings, and each finding whose sign-off no longer holds; a sentence where nobody."""
    context, say = page.context, page.say
    signed = signed_entries(context)
    if not signed:
        return [make("p", say("reviewers-none"))]
    people = context.book.ledger.people_by_id
    counted = Counter(entry.by for entry in signed)
    rows = [_reviewer(page, people[who], signed) for who in sorted(counted, key=lambda who: (-counted[who], who))]
    columns = map(say, ("column-reviewer", "column-reviewer-role", "column-findings-signed"))
    blocks: list[nodes.Node] = [make("p", review_sentence(context)), table(columns, rows, "counts")]
    if lines := _stale(page):
        blocks += [make("p", say("stale-lead", count=len(lines))), make("ul", *lines, classes="stale-findings")]
    return blocks


def signed_entries(context: BookContext) -> list[SignOff]:
    """Return the sign-offs on which findings stand that are signed off, or on their way to it."""
    reviews = (context.reviews[claim.id] for claim in context.claims)
    return [entry for review in reviews for entry in (review.signed_by or review.approved)]


def _reviewer(page: EditionPage, person: Person, signed: list[SignOff]) -> element:
    own = [entry for entry in signed if entry.by == person.id]
    paper = sum(entry.entered_by is not None for entry in own)
    words = page.say("signed-on-paper", count=len(own), paper=paper) if paper else str(len(own))
    name: list[nodes.Node | str] = [person.display_name]
    if person.orcid and person.display_name == person.name:
        name += [" · ", link(f"https://orcid.org/{person.orcid}", person.orcid, classes="external")]
    return make("tr", make("th", *name, scope="row"), make("td", person.role), make("td", words))


def _stale(page: EditionPage) -> list[element]:
    context = page.context
    stale = [claim for claim in context.claims if context.reviews[claim.id].state is ReviewState.STALE]
    sign = ReviewState.STALE.glyph
    return [
        make("li", link(page.entry_uri(claim), claim.id, classes="id"), " ", glyph_element(sign), " ",
             context.reviews[claim.id].wording)
        for claim in stale
    ]  # fmt: skip


def review_sentence(context: BookContext) -> str:
    """Return how many of the findings people signed off, and how many are on their way or no longer hold."""
    say, states = context.say, context.by_state()
    parts = [say("reviewed-of", count=states[ReviewState.SIGNED_OFF], findings=_findings(context))]
    for state, name in _UNSETTLED.items():
        if states[state]:
            parts.append(say(name, count=states[state]))
    return " ".join(parts)


_UNSETTLED = {
    ReviewState.IN_REVIEW: "reviewed-partly",
    ReviewState.STALE: "reviewed-stale",
    ReviewState.RETURNED: "reviewed-returned",
    ReviewState.CONFLICT: "reviewed-conflict",
}


def ai_statement(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the statement on the use of AI and on human review, made from the record and nothing else."""
    return [make("div", *[make("p", words) for words in ai_statement_sentences(page.context)], classes="ai-statement")]


def ai_statement_sentences(context: BookContext) -> list[str]:
    """Return the statement's paragraphs: what AI did, what people reviewed, who publishes, of which day.

    It is what Article 50(4) of Regulation (EU) 2024/1689 asks about, and claims no exemption that the record does not
    bear out: where a finding is not signed, it says so.
    """
    say, findings = context.say, _findings(context)
    proposers = [claim.finding.proposed_by.kind for claim in context.claims if claim.finding and not claim.withdrawn]
    machine = sum(kind is ProposerKind.MACHINE for kind in proposers)
    signed = context.by_state()[ReviewState.SIGNED_OFF]
    first = [say("ai-article", article=context.settings.article)]
    first.append(say("ai-drafted", count=machine, findings=findings) if machine else say("ai-none-drafted"))
    if not signed:
        second = say("ai-none-reviewed")
    elif signed == findings:
        second = say("ai-all-reviewed", count=findings, names=_names(context))
    else:
        second = say("ai-some-reviewed", count=signed, findings=findings, names=_names(context))
    last = [say("ai-publisher", publisher=context.settings.publisher)] if context.settings.publisher else []
    last.append(say("ai-record", date=in_words(context.date)))
    return [" ".join(first), second, " ".join(last)]


def _names(context: BookContext) -> str:
    people: Mapping[str, Person] = context.book.ledger.people_by_id
    signed = [entry.by for claim in context.claims for entry in context.reviews[claim.id].signed_by]
    names = [people[who].display_name for who in dict.fromkeys(sorted(signed))]
    listed = ", ".join(names[:-1])
    return context.say("and", listed=listed, last=names[-1]) if listed else names[-1]


def _findings(context: BookContext) -> int:
    return sum(claim.finding is not None and not claim.withdrawn for claim in context.claims)


def errata(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return what earlier editions had otherwise, the newest edition first; a sentence where nothing is recorded."""
    changes = page.context.book.history
    if not changes:
        return [make("p", page.say("errata-none"))]
    blocks: list[nodes.Node] = []
    for edition in dict.fromkeys(change.edition for change in reversed(changes)):
        own = [change for change in changes if change.edition == edition]
        heading = page.say("errata-edition", edition=edition, date=in_words(own[-1].date))
        items = []
        for change in own:
            claim = page.context.claim(change.claim)
            name = link(page.entry_uri(claim), change.claim, classes="id") if claim else change.claim
            words = page.say(f"errata-{change.part}")
            was, now = (typeset(text) if text else page.say("errata-nothing") for text in (change.was, change.now))
            items.append(make("li", name, f" {words} ", make("del", was), " ", make("ins", now)))
        blocks += [make("h3", heading), make("ul", *items, classes="errata")]
    return blocks
