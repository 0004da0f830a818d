"""How a page shows a link to the outside: its address, and its status with the date."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from factpress.model.claim import Claim, Evidence
from factpress.model.dates import in_words
from factpress.model.links.cited import evidence_page, evidence_sighting, source_addresses
from factpress.model.links.copying import copying_kind, host_of
from factpress.model.links.quotation import quote_key, text_fragment_url
from factpress.model.links.state import State
from factpress.model.links.status import LinkStatus
from factpress.model.links.wording import link_words, sighting_words
from factpress.model.source import Source
from factpress.model.vocabulary import Consulted
from factpress.sphinxext.bibliography.entry_text import link_target
from factpress.sphinxext.blocks.page import EditionPage, words_in_sentence
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.nodes import element, link, make


def reading_links(
    context: BookContext, status: LinkStatus | None, url: str, archived: str | None = None
) -> list[tuple[str, str]]:
    """Return where a reader may go, best first, each as what it is and its address; of a lost page only to a copy."""
    copy = status.archive.url if status and status.archive else archived
    state = status.state if status else State.NEVER_CHECKED
    copies = [(context.say("archived-copy"), copy)] if copy else []
    if state.is_lost:
        return copies
    pages = [(context.say("page-seen"), url)] if url else []
    return [*copies, *pages] if state is State.SOFT_404 else [*pages, *copies]


def evidence_links(context: BookContext, item: Evidence) -> list[tuple[str, str]]:
    """Return where the quoted words of an evidence item can be read, at the words; never at a copying host."""
    url = evidence_page(item, context.book.sources.get(item.source))
    if copying_kind(url):
        return []
    leads = reading_links(context, context.links.get(url), url, item.archived)
    return [(words, text_fragment_url(link_target(uri), item.quote, item.before, item.after)) for words, uri in leads]


def evidence_words(context: BookContext, claim: Claim, item: Evidence) -> str:
    """Return the grade of the source, how it was consulted, and how the page stands today."""
    url = evidence_page(item, context.book.sources.get(item.source))
    status, copy = context.links.get(url), context.say("copy-at", host=host_of(url)) if copying_kind(url) else ""
    if status and (status.record or status.page_seen):
        return f"{_consulted(context, item)}{copy} · {link_words(status, quote_key(item.quote) if item.quote else '')}"
    return f"{item.grade} · {sighting_words(evidence_sighting(claim, item))}{copy}"


def _consulted(context: BookContext, item: Evidence) -> str:
    """Return how near the source stands and how it was consulted: `primary · excerpt seen 23 November 2026`."""
    name = "not-seen" if item.consulted is Consulted.NOT_CONSULTED else "seen"
    return context.say(name, grade=item.grade, consulted=item.consulted.words, date=in_words(item.date))


def linked_quotation(context: BookContext, item: Evidence) -> nodes.Node:
    """Return the quotation of an evidence item, linked to its place."""
    words: nodes.Node | str = item.quote or ""
    if item.language:  # inside: the marks around a quotation are those of the text that quotes
        words = make("span", words, lang=item.language)
    quote = make("q", words)
    leads = evidence_links(context, item)
    return link(leads[0][1], quote, classes="external") if leads else quote


def links_beside(page: EditionPage, item: Evidence) -> list[tuple[str, str]]:
    """Return the links that the quotation itself does not have; on paper, only those that say more than a link."""
    leads = evidence_links(page.context, item)
    is_page = page.say("page-seen")
    if item.quote and leads and leads[0][0] == is_page:
        leads = leads[1:]
    return [(words, uri) for words, uri in leads if words != is_page or page.edition.links_pages_again]


def source_words(context: BookContext, source: Source) -> list[str]:
    """Return how a source was seen for the claims that rest on it, and how its own addresses stand."""
    sightings = {evidence_sighting(claim, item) for claim, item in context.book.ledger.by_source.get(source.key, ())}
    # what a person has drafted too is not said to be a machine's
    shown = [seen for seen in sightings if not seen.by_machine or seen._replace(by_machine=False) not in sightings]
    sentences = ["; ".join(map(sighting_words, sorted(shown, key=lambda seen: seen.weight, reverse=True)))]
    for name, url in source_addresses(source):
        status = context.links[url]
        if status.record or status.page_seen:
            sentences.append(link_words(status))
        elif name == "doi":
            sentences.append(context.say("doi-not-asked"))
    return [words for words in sentences if words]


def lost_addresses(context: BookContext, source: Source) -> set[str]:
    """Return the addresses of a source that are shown as text, as links to them were written."""
    lost = (url for _, url in source_addresses(source) if url in context.links and context.links[url].state.is_lost)
    return {link_target(url) for url in lost}


def recorded_copies(context: BookContext, source: Source) -> list[str]:
    """Return the recorded copies that stand in for pages of a source, or beside them."""
    statuses = [context.links[url] for _, url in source_addresses(source) if url in context.links]
    doubtful = [
        status for status in statuses if status.state.is_lost or status.state in (State.SUSPECT, State.SOFT_404)
    ]
    return [link_target(status.archive.url) for status in doubtful if status.archive]


def shown_of_claim(context: BookContext, claim: Claim) -> list[object]:
    """Return all that a claim's evidence shows of links."""
    return [[evidence_words(context, claim, item), evidence_links(context, item)] for item in claim.evidence]


def shown_of_sources(context: BookContext) -> list[object]:
    """Return all that the list of sources shows of links."""
    return [
        [source_words(context, source), recorded_copies(context, source), sorted(lost_addresses(context, source))]
        for source in context.book.sources.values()
    ]


def seen_line(key: str, page: EditionPage) -> element:
    """Return the line on a source that says how near it is to the facts, how it was seen and how its links stand."""
    say, used = page.say, page.context.book.ledger.by_source.get(key, ())
    if used:
        grades = sorted({str(item.grade) for _, item in used})
        kind = say("source-of-grade", grade=words_in_sentence(say, grades).capitalize())
    else:
        kind = say("source-cited-only" if key in page.context.cites else "source-of-study-only")
    source = page.context.book.sources.get(key)
    line = make("p", " · ".join((kind, *(source_words(page.context, source) if source else ()))), classes="seen")
    if copies := archived_copies(page, source) if source else []:
        line += [nodes.Text(" · "), *copies]
    return line


def archived_copies(page: EditionPage, source: Source) -> list[nodes.Node]:
    """Return links to the recorded copies of a source's pages that are lost or in doubt, a point between two."""
    shown: list[nodes.Node] = []
    for to in recorded_copies(page.context, source):
        shown += [nodes.Text(" · ")] if shown else []
        shown.append(link(to, page.say("archived-copy"), classes="external"))
    return shown


def without_lost_links(text: Sequence[nodes.Node], lost: set[str]) -> None:
    """Replace links to lost pages by their words."""
    for node in text:
        for leading in list(node.findall(nodes.reference)):
            if leading.get("refuri") in lost:
                leading.replace_self(leading.children)
