"""The draft: what import proposes for each unit, before a person has accepted any of it; no part of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field

from factpress.model.claim import NOWHERE
from factpress.model.place import Place
from factpress.model.vocabulary import Kind, NoClaim, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedUnit:
    """A unit of the article with what a machine proposes for it: a kind of claim, or why it carries none."""

    unit: str
    words: str  #: of the unit, parted by white space, as a decimal number
    kind: Kind | None = None
    no_claim: NoClaim | None = None
    priority: Priority = Priority.NORMAL
    reasons: tuple[str, ...] = ()  #: the rules that spoke, for a person
    #: characters of the unit's normal form after which each further claim begins, as decimal numbers
    splits: tuple[str, ...] = ()
    where: Place = field(default=NOWHERE, compare=False)
