"""The record volume: entries, register and sources in which what is the same for all is said once, at the front.

Evidence that several claims share stands at the first of them, under a letter of its own: `31b` is the second piece of
evidence in the entry of C031. What is printed there is named so by the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from string import ascii_lowercase
from types import MappingProxyType

from docutils import nodes

from factpress.model.claim import Claim, Evidence
from factpress.model.dates import in_words
from factpress.model.prose import SOURCES_HEADING
from factpress.model.vocabulary import Grade, Stance
from factpress.sphinxext.blocks import links
from factpress.sphinxext.blocks.marks import (
    MarkedClaim,
    sign_and_number,
    state_sentence,
    verdict_class,
    verdict_elements,
)
from factpress.sphinxext.blocks.page import EditionPage, place_links
from factpress.sphinxext.blocks.printed.print_editions import PrintEdition
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset

#: letter of each grade; what it stands for is said once, in `reading_notes`
GRADE_MARKS = {Grade.PRIMARY: "P", Grade.SECONDARY: "S", Grade.TERTIARY: "T"}
NO_GRADE = "–"  #: of a source on which no claim rests

EvidenceKey = tuple[str, ...]


# what is said once


def usual_state(context: BookContext) -> str:
    """Return the sentence on who stands behind a finding that most entries have; empty in a book without claims."""
    return context.once("state", lambda: _most(review.wording for review in context.reviews.values()))


def usual_sighting(context: BookContext) -> str:
    """Return how most evidence was seen: `seen as an excerpt, 23 November 2026, not by a person`."""
    evidence = context.book.ledger.evidence
    return context.once("sighting", lambda: _most(_sighting(context, claim, item) for claim, item in evidence()))


def _most(words: Iterable[str]) -> str:
    counted = Counter(words)
    return max(sorted(counted), key=lambda each: counted[each]) if counted else ""


def _sighting(context: BookContext, claim: Claim, item: Evidence) -> str:
    """Return how an item was seen and how its page stands, without the grade."""
    return links.evidence_words(context, claim, item).partition(" · ")[2]


def differing(seen: str, usual: str) -> str:
    """Return of how something was seen what is not as usual: `read in full`, `28 November 2026`; empty for nothing."""
    first, *rest = seen.split(" · ")
    sightings = (_differing_parts(sighting, usual) for sighting in first.split("; "))
    return " · ".join(filter(None, ("; ".join(filter(None, sightings)), *rest)))


def _differing_parts(sighting: str, usual: str) -> str:
    parts, common = sighting.split(", "), usual.split(", ")
    # whether a person saw it is never left out: a part that is missing says as much as one that is there
    if len(parts) != len(common) or parts[-1] != common[-1]:
        return sighting
    return ", ".join(part for part, same in zip(parts, common, strict=True) if part != same)


def reading_notes(page: EditionPage) -> list[nodes.Node]:
    """Return what the record says once of all that it holds, in the place of a word in each entry."""
    context, say = page.context, page.say
    shown: list[nodes.Node] = [make("p", say("record-what")), make("h2", say("record-once"))]
    if state := usual_state(context):
        shown.append(make("p", say("record-usual-state", state=state)))
    if seen := usual_sighting(context):
        shown.append(make("p", say("record-usual-sighting", seen=seen)))
    shown.append(make("h2", say("record-entry")))
    grades = ", ".join(say("record-grade", mark=mark, grade=str(grade)) for grade, mark in GRADE_MARKS.items())
    notes = ("record-numbers", "record-letters", "record-places", "record-brackets")
    shown += [make("p", say(name)) for name in notes[:2]]
    shown.append(make("p", say("record-grades", grades=grades, none=NO_GRADE)))
    return [*shown, *(make("p", say(name)) for name in notes[2:])]


# entries


def evidence_numbers(context: BookContext) -> Mapping[EvidenceKey, str]:
    """Return the number (`31b`) under which each different piece of evidence is printed, at its first claim."""
    return context.once("evidence-numbers", lambda: _evidence_numbers(context))


def _evidence_numbers(context: BookContext) -> dict[EvidenceKey, str]:
    first: dict[EvidenceKey, str] = {}
    for claim in _in_order(context):
        for nth, item in enumerate(_by_stance(claim)):
            first.setdefault(_key(item), f"{claim.number}{letters(nth)}")
    return first


def _in_order(context: BookContext) -> list[Claim]:
    """Return the claims in the order in which their entries stand in the record."""
    placed = [claim for doc in context.order for claim in context.of_document(doc)]
    return list(dict.fromkeys([*placed, *context.claims]))


def letters(nth: int) -> str:
    """Return the letters of the nth item (from 0): a to z, then aa, ab …"""
    before, last = divmod(nth, len(ascii_lowercase))
    return (letters(before - 1) if before else "") + ascii_lowercase[last]


def _key(item: Evidence) -> EvidenceKey:
    """Return what makes two pieces of evidence one: all that the record prints of them but their stance."""
    words = (item.source, item.locator, item.says, item.quote, item.before, item.after, item.url, item.archived,
             item.grade, item.consulted, item.date)  # fmt: skip
    return tuple(" ".join(str(word or "").split()) for word in words)


def _by_stance(claim: Claim) -> list[Evidence]:
    return sorted(claim.evidence, key=lambda item: list(Stance).index(item.stance))


def record_entry(page: EditionPage, claim: Claim) -> element:
    """Return a claim's entry, without what the record says once of all."""
    finding, say = claim.finding, page.say
    title = make("h2", *sign_and_number(claim, hidden=False), " ", *verdict_elements(say, claim)[2:],
                 classes="entry-title")  # fmt: skip
    parts: list[nodes.Node] = [title, make("p", typeset(claim.claim), classes="claim")]
    if page.context.reviews[claim.id].wording != usual_state(page.context):
        parts.append(state_sentence(page, claim, "p"))
    if finding:
        parts.append(make("p", typeset(finding.statement)))
        if finding.correction:
            parts.append(make("p", make("strong", say("correction")), " ", typeset(finding.correction)))
        parts.append(make("p", make("strong", say("reasoning")), " ", typeset(finding.reasoning)))
        if finding.searched:
            searched = "; ".join(finding.searched)
            words = f"{searched[:1].upper()}{searched[1:]}."
            parts.append(make("p", make("strong", say("searched")), " ", typeset(words)))
    return make("article", *parts, *_evidence(page, claim), _where(page, claim), ids=claim.id,
                classes=f"entry {verdict_class(claim)}")  # fmt: skip


def _evidence(page: EditionPage, claim: Claim) -> list[nodes.Node]:
    """Return a claim's evidence, a list for each stance; what an earlier entry prints is named by its number."""
    first, shown = evidence_numbers(page.context), []
    numbered = list(enumerate(_by_stance(claim)))
    for stance, items in groupby(numbered, key=lambda pair: pair[1].stance):
        printed, named = [], []
        for nth, item in items:
            number = first[_key(item)]
            if number == f"{claim.number}{letters(nth)}":
                printed.append(_item(page, claim, item, number))
            else:
                named.append(link(f"#e{number}", number))
        shown.append(make("p", make("strong", str(stance).capitalize()), *_named(page, named), classes="stances"))
        if printed:
            shown.append(make("ul", *printed, classes="evidence"))
    return shown


def _named(page: EditionPage, named: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return the numbers of the evidence that is printed elsewhere, after the word for its stance."""
    listed: list[nodes.Node | str] = []
    for node in named:
        listed += [", "] if listed else []
        listed.append(node)
    return page.say.around("record-see", numbers=listed) if named else []


def _item(page: EditionPage, claim: Claim, item: Evidence, number: str) -> element:
    context = page.context
    label = context.labels.get(item.source)
    source = link(page.source_uri(item.source), page.short(item.source), *([f" [{label}]"] if label else []),
                  classes="src")  # fmt: skip
    quote: list[nodes.Node | str] = [" ", links.linked_quotation(context, item)] if item.quote else []
    differs = differing(_sighting(context, claim, item), usual_sighting(context))
    more: list[nodes.Node | str] = [differs] if differs else []
    for words, uri in links.links_beside(page, item):
        more += [" · ", link(uri, words, classes="external")] if more else [link(uri, words, classes="external")]
    return make(
        "li",
        make("span", number, classes="id"), " ", make("span", GRADE_MARKS[item.grade], classes="grade"), " ",
        source, typeset(page.say("evidence-says", locator=item.locator, says=item.says)), *quote,
        *([" ", make("span", *more, classes="seen")] if more else []),
        ids=f"e{number}",
    )  # fmt: skip


def _where(page: EditionPage, claim: Claim) -> element:
    units = ", ".join(claim.units)
    if places := place_links(page, page.context.marks.get(claim.id, []), claim.id):
        return make("p", *page.say.around("record-said-in", places=places, units=units), classes="where")
    return make("p", page.say("units", units=units), classes="where")


# register


def record_entries(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the entries of a chapter's claims."""
    return [record_entry(page, claim) for claim in page.context.of_document(page.docname)]


def record_register(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return a line for each claim: sign and number, where the booklet marks it, the page of its entry."""
    return [make("ul", *(_line(page, claim) for claim in page.context.claims), classes="register-lines")]


def _line(page: EditionPage, claim: Claim) -> element:
    entry = make("span", "00", classes="page-ref")
    entry["refuri"] = page.entry_uri(claim)
    number = link(page.entry_uri(claim), *sign_and_number(claim, hidden=False), classes="number")
    state = page.context.reviews[claim.id]
    differs = [" ", state.state.glyph] if state.wording != usual_state(page.context) else []
    places = place_links(page, page.context.marks.get(claim.id, []), claim.id)
    return make("li", number, " ", *page.say.around("record-line", page=entry, places=places), *differs)


# sources


def grade_marks(page: EditionPage, key: str) -> str:
    """Return the letters of the grades that a source has for the claims that rest on it, nearest first."""
    grades = {item.grade for _, item in page.context.book.ledger.by_source.get(key, ())}
    return "\u202f".join(mark for grade, mark in GRADE_MARKS.items() if grade in grades) or NO_GRADE


def source_seen(page: EditionPage, key: str) -> str:
    """Return how a source was seen and how its addresses stand, empty where it is as most evidence was."""
    source = page.context.book.sources.get(key)
    if source is None:
        return ""
    usual = usual_sighting(page.context)
    words = (differing(each, usual) for each in links.source_words(page.context, source))
    return " · ".join(filter(None, words))


def usual_access(context: BookContext) -> str:
    """Return the day on which most pages of sources were opened, in words; empty where no entry has one."""
    sources = context.book.sources
    days = (in_words(day) for source in sources.values() if (day := source.get("urldate")))
    return context.once("access", lambda: _most(days))


# the volume


class RecordEdition(PrintEdition):
    """The record: entries, register, full sources, how we checked, index."""

    lists_sources_in_order = True
    own_blocks = MappingProxyType({"claim-entries": record_entries, "claims-register": record_register})

    def cut(self, document: nodes.Element, docname: str, page: EditionPage) -> None:
        """Keep of a chapter its title and its entries; of the title page nothing, as the record has its own."""
        if docname == page.context.order[0]:
            for child in list(document.children):
                document.remove(child)
            return
        top = next(iter(document.findall(nodes.section)), None)
        if top is None:
            return
        if lead := self._lead(docname, page):
            for child in [child for child in top.children if isinstance(child, nodes.paragraph)]:
                top.remove(child)
            top.insert(1, make("p", lead, classes="lead-in"))
        if not page.context.of_document(docname):
            return
        for child in list(top.children):
            is_entries = isinstance(child, nodes.section) and child[0].astext() == SOURCES_HEADING
            if not is_entries and not isinstance(child, nodes.title):
                top.remove(child)

    def _lead(self, docname: str, page: EditionPage) -> str:
        """Return what leads to the list of a page here, in the place of what its author says of other editions."""
        if docname == page.context.bibliography:
            return page.say("record-sources", date=usual_access(page.context))
        return page.say("record-register") if docname in page.context.documents_with("claims-register") else ""

    def complete(self, part: element, page: EditionPage) -> None:
        """Put what is said once on the first page; take the heading of the entries out, which would say nothing."""
        say, context = page.say, page.context
        if part["docname"] == context.order[0]:
            edition = " · ".join(
                filter(None, (say("edition", date=in_words(context.date)), context.settings.publisher))
            )
            part += [
                make("h1", context.settings.title, make("span", say("record-volume"), classes="volume")),
                make("p", edition, classes="edition"),
                make("section", make("h2", say("record-title")), *reading_notes(page), classes="reading-notes"),
            ]
        elif context.of_document(part["docname"]):
            for section in part.findall(nodes.section):
                if isinstance(section[0], nodes.title) and section[0].astext() == SOURCES_HEADING:
                    section.remove(section[0])

    def note(self, page: EditionPage, marked: Sequence[MarkedClaim]) -> element | None:
        """Return None: marks have their entries here."""
        return None
