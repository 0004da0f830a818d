"""The reading list: what to read next, why, and for which chapters."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from factpress.model.source import Source
from factpress.model.study.aids import Reading
from factpress.sphinxext.bibliography import entry_text
from factpress.sphinxext.blocks.render import Page
from factpress.sphinxext.blocks.study.parts import chapter_links, cited
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset

NOT_SEEN = "to-consult"  #: the page of works that bear on the chapters and were not seen


def reading_list(page: Page, _words: Sequence[str]) -> list[nodes.Node]:
    """Return the works in their groups, each with the reason to read it."""
    groups: dict[str, list[element]] = {}
    for work in page.facts.book.study_aids.reading:
        groups.setdefault(work.group, []).append(_item(page, work))
    return [
        part
        for name, works in groups.items()
        for part in (make("h2", typeset(name)), make("ul", *works, classes="reading"))
    ]


def _item(page: Page, work: Reading) -> element:
    source = page.facts.book.sources.get(work.source or "")
    named = [*_named(source), *cited(page, [source.key])] if source else _not_seen(page, work)
    chapters = chapter_links(page, work.chapters)
    word = "Chapters " if len(chapters) > 1 else "Chapter "
    where = [make("p", word, *chapters, classes="where")] if chapters else []
    return make("li", make("p", *named), make("p", typeset(work.why)), *where, ids=f"reading-{work.id}")


def _named(source: Source) -> list[nodes.Node]:
    who, title = str(entry_text.who(source)), str(entry_text.title(source))
    whole = source.type in entry_text.ITALIC and not title.startswith("[")
    return [
        nodes.Text(f"{who}, " if who else ""),
        make("cite", title) if whole else nodes.Text(title),
        nodes.Text(f", {source.year or 'n.d.'}"),
    ]


def _not_seen(page: Page, work: Reading) -> list[nodes.Node]:
    place = page.facts.document(NOT_SEEN)
    why = link(page.uri(place, ""), "not seen by us") if place else "not seen by us"
    who = [nodes.Text(f"{typeset(work.by)}, ")] if work.by else []
    return [*who, make("cite", typeset(work.work or "")), make("span", " (", why, ")", classes="open")]
