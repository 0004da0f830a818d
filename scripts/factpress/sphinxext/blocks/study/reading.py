"""The reading list: what to read next, why, and for which chapters."""

from __future__ import annotations

from docutils import nodes

from factpress.model.source import Source
from factpress.model.study.records import Reading
from factpress.sphinxext.bibliography import entry_text
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.study.parts import chapter_links, source_links
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset

NOT_SEEN = "to-consult"  #: the page of works that bear on the chapters and were not seen


def reading_list(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the works in their groups, each with the reason to read it."""
    groups: dict[str, list[element]] = {}
    for work in page.context.book.study_aids.reading:
        groups.setdefault(work.group, []).append(_item(page, work))
    return [
        part
        for name, works in groups.items()
        for part in (make("h2", typeset(name)), make("ul", *works, classes="reading"))
    ]


def _item(page: EditionPage, work: Reading) -> element:
    source = page.context.book.sources.get(work.source or "")
    named = [*_named(page, source), *source_links(page, [source.key])] if source else _not_seen(page, work)
    chapters = chapter_links(page, work.chapters)
    listed = page.say.around("chapters", count=len(work.chapters), chapters=chapters)
    where = [make("p", *listed, classes="where")] if chapters else []
    return make("li", make("p", *named), make("p", typeset(work.why)), *where, ids=f"reading-{work.id}")


def _named(page: EditionPage, source: Source) -> list[nodes.Node]:
    who, title = str(entry_text.responsible_names(source)), str(entry_text.title_text(source))
    whole = source.type in entry_text.ITALIC and not title.startswith("[")
    return [
        nodes.Text(f"{who}, " if who else ""),
        make("cite", title) if whole else nodes.Text(title),
        nodes.Text(page.say("reading-year", year=source.year or page.say("no-year"))),
    ]


def _not_seen(page: EditionPage, work: Reading) -> list[nodes.Node]:
    place = page.context.document(NOT_SEEN)
    words = page.say("reading-not-seen")
    why = link(page.uri(place, ""), words) if place else words
    who = [nodes.Text(f"{typeset(work.by)}, ")] if work.by else []
    return [*who, make("cite", typeset(work.work or "")), make("span", " (", why, ")", classes="open")]
