"""The ledger and the study aids as plain data for other tools: what claims.json and apparatus.json hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from factpress.model.claim import Claim
from factpress.model.record_fields import record_fields
from factpress.sphinxext.blocks.study import study_blocks
from factpress.sphinxext.context import Facts


def claims_json(facts: Facts, target_uri: Callable[[str], str]) -> dict[str, object]:
    """Return all claims with verdict, computed state and the address of each entry and mark."""
    return {
        "title": facts.settings.title,
        "date": facts.date,
        "units": len(facts.book.outline.units),
        "units-open": len(facts.book.open_units),
        "claims": [_claim(facts, claim, target_uri) for claim in facts.claims],
    }


def study_aids_json(facts: Facts, target_uri: Callable[[str], str]) -> dict[str, object]:
    """Return the study aids as its files have it, what is computed from them, and where a reader finds each."""
    known = facts.book.study_aids
    records = {
        key: [_plain(record) for record in getattr(holder, one.name)]
        for holder in (*known.subjects.values(), known)
        for key, one in record_fields(type(holder)).items()
    }
    dates = {event.id: datum.date for event in known.timeline if (datum := known.dated(event)) and datum.date}
    keys, blocks = sorted(facts.shown_in), study_blocks(facts.book.subjects)
    return {
        "title": facts.settings.title,
        "date": facts.date,
        **records,
        "dates-of-events": dates,
        "paragraphs-of-index-terms": {
            term: list(dict.fromkeys(use.label for use in uses)) for term, uses in facts.hits.items() if uses
        },
        "first-uses-of-terms": {term: [use.label for use in uses if use.label] for term, uses in facts.terms.items()},
        "sources": {key: facts.book.sources[key].short for key in keys if key in facts.book.sources},
        "pages": {kind: target_uri(place) for kind in blocks if (place := facts.document_with(kind))},
    }


def _claim(facts: Facts, claim: Claim, target_uri: Callable[[str], str]) -> dict[str, object]:
    review, home = facts.reviews[claim.id], facts.home(claim)
    marks = facts.marks.get(claim.id, [])
    return _plain(claim) | {  # type: ignore[operator]  # a record becomes a dict
        "state": str(review.state),
        "state-wording": review.wording,
        "entry": f"{target_uri(home)}#{claim.id}" if home else None,
        "paragraphs": list(dict.fromkeys(use.label for use in marks if use.label)),
    }


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((key, getattr(value, one.name)) for key, one in record_fields(type(value)).items())
        return {key: _plain(item) for key, item in pairs if item not in (None, ())}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value)
