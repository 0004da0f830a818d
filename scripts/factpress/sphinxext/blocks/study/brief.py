"""Study aids as the booklet prints them: what happened, what a word means, what is right, without where it is from.

Sources, claims and places stand in the web edition and the EPUB, under the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from factpress.collation import collation_key
from factpress.model.dates import in_words, parse_dates
from factpress.model.study.records import Event, Level, Term
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.study.glossary import term_anchor
from factpress.sphinxext.blocks.study.parts import chapter_name
from factpress.sphinxext.blocks.study.questions import answer_anchor
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, make
from factpress.sphinxext.wording import typeset


def timeline(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the timeline: under each heading its events in a line each, those without a date last."""
    aids = page.context.book.study_aids
    parts: dict[str, list[tuple[tuple[tuple[int, ...], ...], element]]] = {}
    for event in aids.timeline:
        datum = aids.dated(event)
        date = datum.date if datum else None
        order = tuple(parse_dates(date)) if date else ((9999,),)
        parts.setdefault(event.part, []).append((order, _event(event, date)))
    shown: list[nodes.Node] = []
    for part, events in parts.items():
        items = [item for _, item in sorted(events, key=lambda dated: dated[0])]
        shown += [make("h2", typeset(part)), make("ul", *items, classes="brief")]
    return _in_columns(shown)


def _event(event: Event, date: str | None) -> element:
    when = [make("strong", in_words(date)), " "] if date else []
    return make("li", *when, typeset(event.what), ids=f"event-{event.id}")


def glossary(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the terms in the order of the alphabet, each with what it means."""
    language = page.context.settings.language
    terms = sorted(page.context.book.study_aids.glossary, key=lambda term: collation_key(term.term, language))
    return _in_columns(_brief_list(_term(term) for term in terms))


def _term(term: Term) -> element:
    return make(
        "li", make("strong", make("dfn", typeset(term.term))), " ", typeset(term.says), ids=term_anchor(term.id)
    )


def answers(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the answers to the questions of the chapters, each chapter's under its name."""
    shown: list[nodes.Node] = []
    for doc in page.context.order:
        stem = doc.rpartition("/")[2]
        if asked := page.context.book.study_aids.questions_of(stem, Level.CHECK_YOURSELF):
            items = [
                make("li", make("strong", question.id), " ", typeset(question.answer), ids=answer_anchor(question))
                for question in asked
            ]
            shown += [make("h2", chapter_name(page, stem)), *_brief_list(items)]
    return _in_columns(shown)


def _brief_list(items: Iterable[element]) -> list[nodes.Node]:
    listed = list(items)
    return [make("ul", *listed, classes="brief")] if listed else []


def _in_columns(shown: list[nodes.Node]) -> list[nodes.Node]:
    return [make("div", *shown, classes="columns")] if shown else []
