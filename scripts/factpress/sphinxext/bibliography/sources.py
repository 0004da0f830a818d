"""The fact-check bibliography: each source with its grade, how it was consulted, and where it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docutils import nodes

from factpress.model.vocabulary import Grade
from factpress.sphinxext.blocks.links import lost_addresses, recorded_copies, source_words
from factpress.sphinxext.blocks.page import EditionPage, place_links, words_in_sentence
from factpress.sphinxext.nodes import element, link, make

ADDED = "added"  #: the group of the sources that only what we added cites, after those of each grade


def fill_sources(doctree: nodes.document, page: Callable[[str], EditionPage]) -> None:
    """Replace the citations that sphinxcontrib-bibtex made by one list with everything a reader needs."""
    citations = list(doctree.findall(nodes.citation))
    if not citations:
        return
    frame = citations[0].parent
    where = page(citations[0]["docname"])
    groups: dict[str, list[element]] = {name: [] for name in (*Grade, ADDED)}
    for node in citations:
        groups[_nearest(_key(node, where), where)].append(_source(node, where))
    # lists of our own, because doc-biblioentry inside role=list is not valid ARIA
    frame.replace_self(
        [
            make(
                "section",
                make("h2", where.say(f"sources-{name}")),
                make("ul", *entries, classes="sources"),
                classes="grade",
            )
            for name, entries in groups.items()
            if entries
        ]
    )


def _key(node: nodes.citation, page: EditionPage) -> str:
    # an id has neither capitals nor dots, a key may have both
    return page.context.keys.get(str(node["ids"][0]), "")


def _nearest(key: str, page: EditionPage) -> str:
    """Return the nearest grade that a source has for any claim, or the group of those on which no claim rests."""
    grades = {item.grade for _, item in page.context.book.ledger.by_source.get(key, ())}
    return next((grade for grade in Grade if grade in grades), ADDED)


def _source(node: nodes.citation, page: EditionPage) -> element:
    label, *text = node.children
    key = _key(node, page)
    if source := page.context.book.sources.get(key):
        without_lost_links(text, lost_addresses(page.context, source))
    own = page.edition.own_address(page, str(node["ids"][0]), f"[{label.astext()}]")
    return make(
        "li",
        make("span", f"[{label.astext()}]", *own, classes="label"), " ",
        make("div", *text, *_standing(key, page), classes="source"),
        ids=node["ids"][0],
    )  # fmt: skip


def _standing(key: str, page: EditionPage) -> list[nodes.Node]:
    """Return two lines: how the source was seen, and where the book uses it."""
    say = page.say
    used = page.context.book.ledger.by_source.get(key, ())
    claims = [
        link(page.entry_uri(page.context.book.ledger.by_id[claim]), claim, classes="id")
        for claim in dict.fromkeys(claim.id for claim, _ in used)
    ]
    shown = [link(page.uri(doc, ""), page.context.page_titles[doc]) for doc in page.context.shown_in.get(key, ())]
    places = place_links(page, page.context.cites.get(key, []))
    uses = {"bears": _with_commas(claims), "cited": places, "shown": _with_commas(shown)}
    sentences: list[nodes.Node | str] = []
    for name, where in uses.items():
        if where:
            sentences += [" "] if sentences else []
            sentences.append(make("span", *say.around(f"source-{name}", places=where), classes=name))
    seen = seen_line(key, page)
    return [seen, make("p", *sentences, classes="uses")] if sentences else [seen]


def _with_commas(elements: Sequence[element]) -> list[nodes.Node | str]:
    shown: list[nodes.Node | str] = []
    for node in elements:
        shown += [", ", node] if shown else [node]
    return shown


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
    for to in recorded_copies(page.context, source) if source else ():
        line += [nodes.Text(" · "), link(to, page.say("archived-copy"), classes="external")]
    return line


def without_lost_links(text: Sequence[nodes.Node], lost: set[str]) -> None:
    """Replace links to lost pages by their words."""
    for node in text:
        for leading in list(node.findall(nodes.reference)):
            if leading.get("refuri") in lost:
                leading.replace_self(leading.children)
