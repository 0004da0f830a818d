"""What every datum of the study aids is shown with: its sources, the claims it belongs to, or why it is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from factpress.model.dates import in_words, parse_date
from factpress.model.study.aids import Question, SourcedDate, Term
from factpress.sphinxext.blocks.render import Page, placed_link
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset

#: where a datum has sources, and where it has none
OPEN = {True: "Left open", False: "Not seen by us"}


def cited(page: Page, keys: Iterable[str]) -> list[nodes.Node]:
    """Return the sources in brackets, each a link to the list of sources, with a space before; nothing for none."""
    links: list[nodes.Node | str] = []
    for key in keys:
        links += [", "] if links else []
        number = page.facts.labels.get(key)
        links.append(link(page.source_uri(key), number) if number else key)
    return [nodes.Text(" "), make("span", "[", *links, "]", classes="bibtex-citation")] if links else []


def left_open(page: Page, why: str, keys: Sequence[str]) -> list[nodes.Node]:
    """Return what stands where a datum would: why nobody could give it, and which sources leave it open."""
    return [make("span", f"{OPEN[bool(keys)]}: {typeset(why).rstrip('.')}.", classes="open"), *cited(page, keys)]


def sourced(page: Page, datum: Term | Question) -> list[nodes.Node]:
    """Return the sources of a text of ours, or why it names none."""
    if not datum.open:
        return cited(page, datum.sources)
    why = make("span", f" No source: {typeset(datum.open).rstrip('.')}.", classes="open")
    return [why, *cited(page, datum.sources)]


def dated(page: Page, datum: SourcedDate) -> list[nodes.Node]:
    """Return a date as a reader says it, with its sources and a note, or why there is none."""
    if datum.date is None:
        return left_open(page, datum.open or "no date is given", datum.sources)
    note = [nodes.Text(f" ({typeset(datum.note).rstrip('.')})")] if datum.note else []
    return [day(datum.date), *note, *cited(page, datum.sources)]


def dated_in_short(page: Page, datum: SourcedDate) -> list[nodes.Node]:
    """Return a date for a cell of a table, or a word in its place; the rest stands elsewhere."""
    shown = day(datum.date) if datum.date else make("span", OPEN[bool(datum.sources)], classes="open")
    return [shown, *cited(page, datum.sources)]


def day(date: str) -> element:
    """Return a date in words; a program reads it in figures."""
    single = len(parse_date(date)) == 1
    return make("time", in_words(date), datetime=date) if single else make("span", in_words(date))


def claims(page: Page, ids: Sequence[str], opening: str) -> list[nodes.Node]:
    """Return links to the entries of claims after opening words, in print with their pages; nothing for none."""
    found: list[nodes.Node] = []
    for claim in filter(None, map(page.facts.claim, ids)):
        found.append(nodes.Text(f"{' · ' if page.is_print() else ', '}" if found else opening))
        found += placed_link(page, page.entry_uri(claim), claim.id)
    return found


def chapter_name(page: Page, stem: str) -> str:
    """Return `Chapter 3: The US–ROK alliance`, by the name of the chapter's file; `all` is the whole book."""
    number, _, title = page.facts.page_titles.get(page.facts.document(stem) or "", stem).partition(" ")
    return f"Chapter {number}: {title}" if title else "The whole book"


def chapter_links(page: Page, stems: Iterable[str]) -> list[nodes.Node]:
    """Return links to chapters by their numbers, with commas."""
    links: list[nodes.Node] = []
    for doc in filter(None, map(page.facts.document, stems)):
        links += [nodes.Text(", ")] if links else []
        links.append(link(page.uri(doc, ""), page.facts.page_titles[doc].partition(" ")[0]))
    return links


def facts_list(facts: Iterable[tuple[str, Sequence[nodes.Node | str]]]) -> element:
    """Return a list of facts, each after what it is about; facts without words are left out."""
    items = [
        make("li", make("span", what, classes="what"), " ", make("span", *said, classes="says"))
        for what, said in facts
        if said
    ]
    return make("ul", *items, classes="facts")


def marked_as(page: Page, kind: str, part: element) -> list[nodes.Node]:
    """Return a part in a section that says what it is to those who do not see it: `glossary`, `index`."""
    if page.is_print():
        return [part]
    of_epub = {"epub:type": kind} if page.edition == "epub" else {}
    return [make("section", part, role=f"doc-{kind}", aria_label=kind.capitalize(), **of_epub)]
