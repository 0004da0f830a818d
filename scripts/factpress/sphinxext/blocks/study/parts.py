"""What every datum of the study aids is shown with: its sources, the claims it belongs to, or why it is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from factpress.model.dates import in_words, parse_dates
from factpress.model.study.records import Question, SourcedDate, Term
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset


def source_links(page: EditionPage, keys: Iterable[str]) -> list[nodes.Node]:
    """Return the sources in brackets, each a link to the list of sources, with a space before; nothing for none."""
    links: list[nodes.Node | str] = []
    for key in keys:
        links += [", "] if links else []
        number = page.context.labels.get(key)
        links.append(link(page.source_uri(key), number) if number else key)
    return [nodes.Text(" "), make("span", "[", *links, "]", classes="bibtex-citation")] if links else []


def left_open(page: EditionPage, why: str, keys: Sequence[str]) -> list[nodes.Node]:
    """Return what stands where a datum would: why nobody could give it, and which sources leave it open."""
    words = page.say("open" if keys else "not-seen-by-us", why=typeset(why).rstrip("."))
    return [make("span", words, classes="open"), *source_links(page, keys)]


def sourced(page: EditionPage, datum: Term | Question) -> list[nodes.Node]:
    """Return the sources of a text of ours, or why it names none."""
    if not datum.open:
        return source_links(page, datum.sources)
    why = make("span", page.say("no-source", why=typeset(datum.open).rstrip(".")), classes="open")
    return [why, *source_links(page, datum.sources)]


def date_with_sources(page: EditionPage, datum: SourcedDate) -> list[nodes.Node]:
    """Return a date as a reader says it, with its sources and a note, or why there is none."""
    if datum.date is None:
        return left_open(page, datum.open or page.say("no-date"), datum.sources)
    note = [nodes.Text(page.say("note", note=typeset(datum.note).rstrip(".")))] if datum.note else []
    return [date_element(datum.date), *note, *source_links(page, datum.sources)]


def short_date(page: EditionPage, datum: SourcedDate) -> list[nodes.Node]:
    """Return a date for a cell of a table, or a word in its place; the rest stands elsewhere."""
    words = page.say("open-in-short" if datum.sources else "not-seen-in-short")
    return [
        date_element(datum.date) if datum.date else make("span", words, classes="open"),
        *source_links(page, datum.sources),
    ]


def date_element(date: str) -> element:
    """Return a date in words; a program reads it in figures."""
    single = len(parse_dates(date)) == 1
    return make("time", in_words(date), datetime=date) if single else make("span", in_words(date))


def claim_links(page: EditionPage, ids: Sequence[str], opening: str) -> list[nodes.Node]:
    """Return links to the entries of claims after opening words, in print with their pages; nothing for none."""
    shown: list[nodes.Node] = []
    for claim in filter(None, map(page.context.claim, ids)):
        shown.append(nodes.Text(page.edition.separator if shown else opening))
        shown += page.link(page.entry_uri(claim), claim.id)
    return shown


def chapter_name(page: EditionPage, stem: str) -> str:
    """Return `Chapter 3: The US–ROK alliance`, by the name of the chapter's file; `all` is the whole book."""
    number, _, title = page.context.page_titles.get(page.context.document(stem) or "", stem).partition(" ")
    return page.say("chapter", number=number, title=title) if title else page.say("whole-book")


def chapter_links(page: EditionPage, stems: Iterable[str]) -> list[nodes.Node]:
    """Return links to chapters by their numbers, with commas."""
    links: list[nodes.Node] = []
    for doc in filter(None, map(page.context.document, stems)):
        links += [nodes.Text(", ")] if links else []
        links.append(link(page.uri(doc, ""), page.context.page_titles[doc].partition(" ")[0]))
    return links


def facts_list(facts: Iterable[tuple[str, Sequence[nodes.Node | str]]]) -> element:
    """Return a list of facts, each after what it is about; facts without words are left out."""
    items = [
        make("li", make("span", what, classes="what"), " ", make("span", *content, classes="says"))
        for what, content in facts
        if content
    ]
    return make("ul", *items, classes="facts")
