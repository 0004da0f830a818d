"""The fact-check bibliography: each source with its grade, how it was consulted, and where it is used."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.environment import BuildEnvironment

from factpress.model.vocabulary import Grade
from factpress.sphinxext.links import COPY, copies, lost_addresses, source_words
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.render import Page, said_in


def bibliography_document(env: BuildEnvironment) -> str | None:
    """Return the document that holds the bibliography, if any does."""
    return next((key.docname for key in env.domains["cite"].data["bibliographies"]), None)


def fill_sources(doctree: nodes.document, page: Callable[[str], Page]) -> None:
    """Replace the citations that sphinxcontrib-bibtex made by one list with everything a reader needs."""
    citations = list(doctree.findall(nodes.citation))
    if not citations:
        return
    frame = citations[0].parent
    where = page(citations[0]["docname"])
    groups: dict[str, list[element]] = {name: [] for name in GROUPS.values()}
    for node in citations:
        groups[GROUPS[_nearest(_key(node, where), where)]].append(_source(node, where))
    # lists of our own, because doc-biblioentry inside role=list is no valid ARIA
    frame.replace_self(
        [
            make("section", make("h2", name), make("ul", *entries, classes="sources"), classes="grade")
            for name, entries in groups.items()
            if entries
        ]
    )


def _key(node: nodes.citation, page: Page) -> str:
    # an id has neither capitals nor dots, a key may have both
    return page.facts.keys.get(str(node["ids"][0]), "")


def _nearest(key: str, page: Page) -> Grade | None:
    """Return the nearest grade that a source has for any claim, None if no claim rests on it."""
    grades = {item.grade for _, item in page.facts.book.ledger.by_source.get(key, ())}
    return next((grade for grade in Grade if grade in grades), None)


def _source(node: nodes.citation, page: Page) -> element:
    label, *text = node.children
    key = _key(node, page)
    if source := page.facts.book.sources.get(key):
        _without_lost(text, lost_addresses(page.facts, source))
    return make(
        "li",
        make("span", f"[{label.astext()}]", classes="label"), " ",
        make("div", *text, *_standing(key, page), classes="source"),
        ids=node["ids"][0],
    )  # fmt: skip


def _standing(key: str, page: Page) -> list[nodes.Node]:
    used = page.facts.book.ledger.by_source.get(key, ())
    lines: list[nodes.Node] = []
    if used:
        grades = sorted({str(item.grade) for _, item in used})
        lines.append(_seen(f"{' and '.join(grades).capitalize()} source", key, page))
        claims: list[nodes.Node | str] = []
        for claim in dict.fromkeys(claim.id for claim, _ in used):
            claims += [", "] if claims else []
            claims.append(link(page.entry_uri(page.facts.book.ledger.by_id[claim]), claim, classes="id"))
        lines.append(make("p", "Bears on ", *claims, classes="bears"))
    else:
        use = "Cited for what we added" if key in page.facts.cites else "Used for the study pages"
        lines.append(_seen(f"{use}; no claim rests on it", key, page))
    if places := said_in(page, page.facts.cites.get(key, [])):
        lines.append(make("p", "Cited in ", *places, classes="cited"))
    shown: list[nodes.Node | str] = []
    for doc in page.facts.shown_in.get(key, ()):
        shown += [", "] if shown else []
        shown.append(link(page.uri(doc, ""), page.facts.page_titles[doc]))
    if shown:
        lines.append(make("p", "Shown in ", *shown, classes="cited"))
    return lines


def _seen(first: str, key: str, page: Page) -> element:
    source = page.facts.book.sources.get(key)
    line = make("p", " · ".join((first, *(source_words(page.facts, source) if source else ()))), classes="seen")
    for to in copies(page.facts, source) if source else ():
        line += [nodes.Text(" · "), link(to, COPY, classes="external")]
    return line


def _without_lost(text: list[nodes.Node], lost: set[str]) -> None:
    """Leave of a link to a page that is gone only its words."""
    for node in text:
        for leading in list(node.findall(nodes.reference)):
            if leading.get("refuri") in lost:
                leading.replace_self(leading.children)


#: headings of the bibliography, nearest to the facts first
GROUPS: dict[Grade | None, str] = {
    Grade.PRIMARY: "Primary sources",
    Grade.SECONDARY: "Secondary sources",
    Grade.TERTIARY: "Tertiary sources",
    None: "Sources of what we added",
}
