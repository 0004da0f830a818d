"""The timeline: a list of events in each of its parts."""

from __future__ import annotations

from docutils import nodes

from factpress.model.dates import parse_dates
from factpress.model.study.records import Event
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.study.parts import claim_links, date_with_sources, left_open
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset


def timeline(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the parts of the timeline, each a heading and a list."""
    parts: dict[str, list[Event]] = {}
    for event in page.context.book.study_aids.timeline:
        parts.setdefault(event.part, []).append(event)
    shown: list[nodes.Node] = []
    if parts and page.edition.filters:
        shown.append(make("p", page.say("timeline-keys"), classes="keys"))
    for part, events in parts.items():
        items = [_item(page, event) for event in sorted(events, key=lambda event: _order(page, event))]
        shown += [make("h2", typeset(part)), make("ol", *items, classes="timeline")]
    return shown


def _order(page: EditionPage, event: Event) -> tuple[tuple[int, ...], ...]:
    datum = page.context.book.study_aids.dated(event)
    # an event without a date stands last in its part
    return tuple(parse_dates(datum.date)) if datum and datum.date else ((9999,),)


def _item(page: EditionPage, event: Event) -> element:
    datum = page.context.book.study_aids.dated(event)
    date = (
        date_with_sources(page, datum) if datum else left_open(page, event.open or page.say("the-date"), event.sources)
    )
    when, rest = date[0], date[1:]
    content: list[nodes.Node] = [nodes.Text(typeset(event.what)), *rest]
    if event.note:
        content.append(nodes.Text(f" {typeset(event.note)}"))
    record = event.record_link(page.context.book.study_aids)
    if record and (place := page.context.document_with(record.block)):
        content += [nodes.Text(" · "), link(page.uri(place, record.anchor), record.words)]
    content += claim_links(page, event.claims, " · ")
    content += page.edition.own_address(page, f"event-{event.id}", typeset(event.what))
    return make(
        "li", make("span", when, classes="what"), " ", make("span", *content, classes="says"), ids=f"event-{event.id}"
    )
