"""The ledger as plain data for other tools: what claims.json holds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from factpress.model.claim import Claim
from factpress.sphinxext.facts import Facts


def claims_json(facts: Facts, target_uri: Callable[[str], str]) -> dict[str, object]:
    """Return all claims with verdict, computed state and the address of each entry and mark."""
    return {
        "title": facts.settings.title,
        "date": facts.date,
        "units": len(facts.book.outline.units),
        "units-open": len(facts.book.open_units),
        "claims": [_claim(facts, claim, target_uri) for claim in facts.claims],
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
        pairs = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value) if f.name != "where")
        return {name.replace("_", "-"): _plain(item) for name, item in pairs if item not in (None, ())}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value)
