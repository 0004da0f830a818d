"""What figures show of the treaties and the timeline in `docs/back`."""

from __future__ import annotations

from collections.abc import Iterator

from factpress.model.dates import last_day, parse_date
from factpress.model.figures.figure import Figure
from factpress.model.figures.shapes import Bond, Bonds, Moment, Moments, Period, Placed, Places, Span, Spans
from factpress.model.study.aids import Event
from factpress.model.study.study_aids import StudyAids
from factpress.model.study.treaty import Dated, Party, Treaty
from factpress.model.study.treaty import Moment as When

#: after the name of a treaty; its signature is meant where nothing is said
WORDS = {When.SIGNED: "", When.IN_FORCE: "in force", When.JOINED: "joined", When.LEFT: "left", When.ENDED: "ends"}


OTHERS = "with other states only"


def treaty_dates(aids: StudyAids, figure: Figure) -> Spans:
    """Return signature and entry into force of the treaties, up to the last of the figure's days if it has any."""
    rows = [
        Span(treaty.short, treaty.name, signed, _day(treaty.in_force))
        for treaty in aids.treaties
        if (signed := _day(treaty.signed)) and not (figure.dates and last_day(signed) > max(figure.dates))
    ]
    return Spans(tuple(sorted(rows, key=lambda row: row.first)), _shaded(aids, figure))


def timeline(aids: StudyAids, figure: Figure) -> Moments:
    """Return the events that the figure names, those that have a date, in their order in time."""
    events = {event.id: event for event in aids.timeline}
    rows = []
    for named in figure.events:
        event = events.get(named.id)
        dated = aids.dated(event) if event else None
        if event and _day(dated):
            label = named.label or _label(aids, event)
            rows.append(Moment(_day(dated), label, event.what, bool(event.treaty)))
    return Moments(tuple(sorted(rows, key=lambda row: last_day(row.date))), _shaded(aids, figure))


def bonds(aids: StudyAids, figure: Figure) -> Bonds:
    """Return which treaties bound which states on the figure's days, states and treaties in a falling staircase."""
    days = tuple(sorted(figure.dates))
    treaties = sorted(aids.treaties, key=lambda treaty: _day(treaty.signed))
    held = {
        party: tuple(tuple(_bond(treaty, party.id, day) for day in days) for treaty in treaties)
        for party in aids.parties
    }
    shown = [n for n in range(len(treaties)) if any(set(cells[n]) != {Bond.NONE} for cells in held.values())]
    alike: dict[tuple[tuple[Bond, ...], ...], list[Party]] = {}
    for party, cells in held.items():
        kept = tuple(cells[n] for n in shown)
        if any(set(cell) != {Bond.NONE} for cell in kept):
            alike.setdefault(kept, []).append(party)
    rows = [(tuple(sorted(_name(party) for party in parties)), cells) for cells, parties in alike.items()]
    rows.sort(key=lambda row: [n for n, cell in enumerate(row[1]) if set(cell) != {Bond.NONE}])
    return Bonds(days, tuple(treaties[n].short for n in shown), tuple(rows))


def places(aids: StudyAids, figure: Figure, land: str) -> Places:
    """Return the states that a treaty, signed or in force, tied to others on the figure's day, in groups."""
    day = max(figure.dates)
    held = {
        party.id: [treaty for treaty in aids.treaties if _bond(treaty, party.id, day) is not Bond.NONE]
        for party in aids.parties
    }
    groups = tuple(f"with {aids.party_by_id[hub].name}" for hub in figure.around)
    rows = []
    for party in aids.parties:
        near = [
            group
            for hub, group in zip(figure.around, groups, strict=True)
            if any(treaty in held[hub] for treaty in held[party.id])
        ]
        if held[party.id]:
            names = "; ".join(treaty.short for treaty in held[party.id])
            rows.append(Placed(party.id, _name(party), near[0] if near else OTHERS, names))
    detail = tuple(map(float, figure.detail))
    return Places((*groups, OTHERS), tuple(sorted(rows, key=lambda row: row.name)), land, detail)


def _bond(treaty: Treaty, party: str, day: str) -> Bond:
    if any(end and last_day(end) <= day for end in _ends(treaty, party)):
        return Bond.NONE
    if party in treaty.parties:
        signed, start = _day(treaty.signed), _day(treaty.in_force)
    else:
        signed = start = next((_day(dated) for dated in treaty.joined if dated.party == party), "")
    if start and last_day(start) <= day:
        return Bond.BOUND
    return Bond.SIGNED if signed and last_day(signed) <= day else Bond.NONE


def _ends(treaty: Treaty, party: str) -> Iterator[str]:
    yield _day(treaty.ended)
    yield from (_day(dated) for dated in treaty.left if dated.party == party)


def _day(dated: Dated | None) -> str:
    """Return a date; nothing where it is left open, or is none and so a problem of its own."""
    return dated.date if dated and dated.date and parse_date(dated.date) else ""


def _shaded(aids: StudyAids, figure: Figure) -> Period | None:
    events = {event.id: event for event in aids.timeline}
    if not figure.shaded or not {figure.shaded.first, figure.shaded.last} <= events.keys():
        return None
    first, last = (aids.dated(events[name]) for name in (figure.shaded.first, figure.shaded.last))
    return Period(figure.shaded.label, _day(first), _day(last)) if _day(first) and _day(last) else None


def _label(aids: StudyAids, event: Event) -> str:
    if not event.treaty or not event.moment:
        return event.what
    words = [aids.treaty_by_id[event.treaty].short, WORDS[event.moment]]
    return " ".join([_name(aids.party_by_id[event.party]), WORDS[event.moment], words[0]] if event.party else words)


def _name(party: Party) -> str:
    """Return a state's name as a heading has it, without the article."""
    return party.name.removeprefix("the ")
