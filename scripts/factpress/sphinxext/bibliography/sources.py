"""The fact-check bibliography: each source with its grade, how it was consulted, and where it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docutils import nodes
from pybtex.richtext import Tag, Text

from factpress.collation import heading_letter
from factpress.model.source import Source
from factpress.model.text.passages import is_written_in, script_passages
from factpress.model.vocabulary import Grade
from factpress.sphinxext.bibliography.entry_text import source_in_brief
from factpress.sphinxext.blocks.links import archived_copies, lost_addresses, seen_line, without_lost_links
from factpress.sphinxext.blocks.page import EditionPage, place_links
from factpress.sphinxext.blocks.printed.record import grade_marks, source_seen, usual_access
from factpress.sphinxext.blocks.register.filters import Facet, evidence_facets, evidence_values, filter_form
from factpress.sphinxext.nodes import element, link, make

ADDED = "added"  #: the group of the sources that only what we added cites, after those of each grade


def fill_sources(doctree: nodes.document, page: Callable[[str], EditionPage]) -> None:
    """Replace the citations that sphinxcontrib-bibtex made by one list with everything a reader needs."""
    citations = list(doctree.findall(nodes.citation))
    if not citations:
        return
    frame = citations[0].parent
    where = page(citations[0]["docname"])
    if where.edition.is_brief:
        frame.replace_self(
            [make("ul", *(_source_in_brief(node, where) for node in citations), classes="brief sources")]
        )
        return
    if where.edition.lists_sources_in_order:
        frame.replace_self([make("ul", *(_source_in_order(node, where) for node in citations), classes="sources full")])
        return
    groups: dict[str, list[tuple[str, element]]] = {name: [] for name in (*Grade, ADDED)}
    for node in citations:
        key = _key(node, where)
        groups[_nearest(key, where)].append((key, _source(node, where)))
    form = [_filter(where, len(citations))] if where.edition.filters else []
    # lists of our own, because doc-biblioentry inside role=list is not valid ARIA
    frame.replace_self([*form, *(_group(where, name, entries) for name, entries in groups.items() if entries)])


def _filter(page: EditionPage, count: int) -> element:
    """Return the form that filters the sources, by what the evidence taken from them is."""
    grade, consulted = evidence_facets()
    added = (ADDED, page.say("sources-added").lower())
    sorts = [(name, page.say(f"sort-{name}")) for name in ("group", "name", "claims")]
    return filter_form(page, "sources", count, [Facet(grade.name, [*grade.options, added]), consulted], sorts)


def _group(page: EditionPage, name: str, entries: Sequence[tuple[str, element]]) -> element:
    """Return the sources of one grade, on the web with the letters that they begin with."""
    heading = page.say(f"sources-{name}")
    letters = [_letters(page, heading, entries)] if page.edition.filters else []
    listed = make("ul", *[entry for _, entry in entries], classes="sources")
    anchor = f"sources-{name}" if page.edition.filters else ""
    return make("section", make("h2", heading), *letters, listed, classes="grade", ids=anchor)


def _letters(page: EditionPage, heading: str, entries: Sequence[tuple[str, element]]) -> element:
    """Return links to the first source of each letter."""
    sources, language = page.context.book.sources, page.context.settings.language
    first: dict[str, tuple[str, Source]] = {}
    for key, entry in entries:
        if source := sources.get(key):
            first.setdefault(heading_letter(source.sort_texts[0][0], language), (entry["ids"][0], source))
    links: list[nodes.Node | str] = []
    for letter, (anchor, source) in first.items():
        # one Han letter says not which language it is of: its source does
        foreign = next(script_passages(letter, language), None)
        fitting = [tag for tag in source.entry_languages if foreign and is_written_in(foreign, tag)]
        lang = {"lang": fitting[0]} if fitting else {}
        links += [" ", link(f"#{anchor}", letter, **lang)] if links else [link(f"#{anchor}", letter, **lang)]
    label = page.say("letters-of", group=heading)
    return make("nav", *links, classes="letters", aria_label=label)


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
        ids=node["ids"][0], **_values(key, page),
    )  # fmt: skip


def _source_in_order(node: nodes.citation, page: EditionPage) -> element:
    """Return a source in full: number, grade, text, what differs from how most were seen, and where it is used."""
    label, *text = node.children
    key = _key(node, page)
    if source := page.context.book.sources.get(key):
        without_lost_links(text, lost_addresses(page.context, source))
    ledger = page.context.book.ledger
    claims = dict.fromkeys(claim.id for claim, _ in ledger.by_source.get(key, ()))
    numbers = [link(page.entry_uri(ledger.by_id[claim]), ledger.by_id[claim].number) for claim in claims]
    cited = dict.fromkeys(use.label for use in page.context.cites.get(key, ()) if use.label)
    uses: list[nodes.Node | str] = []
    if numbers:
        uses += page.say.around("record-uses", count=len(numbers), claims=_with_commas(numbers))
    if cited:
        uses += [" · "] if uses else []
        uses.append(page.say("paragraph", label=", ".join(cited)))
    last: list[nodes.Node | str] = []
    for words in ([source_seen(page, key)], archived_copies(page, source) if source else [], uses):
        if shown := [word for word in words if word]:
            last += [" · ", *shown] if last else shown
    return make(
        "li",
        make("span", label.astext(), classes="label"), " ", make("span", grade_marks(page, key), classes="grade"), " ",
        _without_usual_day(_inline(text), usual_access(page.context)),
        *([" ", make("span", *last, classes="uses")] if last else []),
        ids=node["ids"][0],
    )  # fmt: skip


def _inline(text: Sequence[nodes.Node]) -> nodes.inline:
    """Return the contents of paragraphs in one line; the writer wants links in a node of text."""
    inner = [inner for node in text for inner in (node.children if isinstance(node, nodes.paragraph) else [node])]
    return nodes.inline("", "", *inner)


def _without_usual_day(text: nodes.inline, day: str) -> nodes.inline:
    """Return the text of a source without the day on which most were opened, which the list says once."""
    for words in list(text.findall(nodes.Text)) if day else ():
        if f", accessed {day}" in words:
            words.parent.replace(words, nodes.Text(words.replace(f", accessed {day}", "")))
    return text


def _source_in_brief(node: nodes.citation, page: EditionPage) -> element:
    """Return number, short title, the work or journal that holds it, and year."""
    source = page.context.book.sources.get(_key(node, page))
    words = source_in_brief(source) if source else Text(node.astext())
    return make("li", make("span", node[0].astext(), classes="label"), " ", *_in_nodes(words), ids=node["ids"][0])


def _in_nodes(text: Text) -> list[nodes.Node]:
    return [
        make("em", str(part)) if isinstance(part, Tag) else nodes.Text(str(part)) for part in text.parts if str(part)
    ]


def _values(key: str, page: EditionPage) -> dict[str, str]:
    """Return what a source is filtered and sorted by, as attributes."""
    if not page.edition.filters:
        return {}
    used = page.context.book.ledger.by_source.get(key, ())
    claims = str(len({claim.id for claim, _ in used}))
    return {"data_evidence": evidence_values(item for _, item in used) or f"{ADDED}/", "data_claims": claims}


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
