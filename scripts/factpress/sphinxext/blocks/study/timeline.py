"""The timeline: a list of events in each of its parts."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from factpress.model.dates import parse_date
from factpress.model.study.aids import Event
from factpress.sphinxext.blocks.render import Page
from factpress.sphinxext.blocks.study.parts import claims, dated, left_open
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset


def timeline(page: Page, _words: Sequence[str]) -> list[nodes.Node]:
    """Return the parts of the timeline, each a heading and a list."""
    parts: dict[str, list[Event]] = {}
    for event in page.facts.book.study_aids.timeline:
        parts.setdefault(event.part, []).append(event)
    found: list[nodes.Node] = []
    for part, events in parts.items():
        items = [_item(page, event) for event in sorted(events, key=lambda event: _order(page, event))]
        found += [make("h2", typeset(part)), make("ol", *items, classes="timeline")]
    return found


def _order(page: Page, event: Event) -> tuple[tuple[int, ...], ...]:
    datum = page.facts.book.study_aids.dated(event)
    # an event without a date stands last in its part
    return tuple(parse_date(datum.date)) if datum and datum.date else ((9999,),)


def _item(page: Page, event: Event) -> element:
    datum = page.facts.book.study_aids.dated(event)
    date = dated(page, datum) if datum else left_open(page, event.open or "the date", event.sources)
    when, rest = date[0], date[1:]
    said: list[nodes.Node] = [nodes.Text(typeset(event.what)), *rest]
    if event.note:
        said.append(nodes.Text(f" {typeset(event.note)}"))
    record = event.record_link(page.facts.book.study_aids)
    if record and (place := page.facts.document_with(record.block)):
        said += [nodes.Text(" · "), link(page.uri(place, record.anchor), record.words)]
    said += claims(page, event.claims, " · ")
    return make(
        "li", make("span", when, classes="what"), " ", make("span", *said, classes="says"), ids=f"event-{event.id}"
    )
