"""Treaties at a glance: who promised what to whom, since when, and where it stands today.

A datum names its sources, or says in `open` why nobody could give them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from factpress.model.claim import NOWHERE
from factpress.model.place import Place


class Today(StrEnum):
    """Where a treaty stands today."""

    IN_FORCE = "in-force"
    SUSPENDED_IN_PART = "suspended-in-part"
    REPLACED = "replaced"
    ENDED = "ended"
    OPEN = "open"


class Moment(StrEnum):
    """What happens to a treaty on a day."""

    SIGNED = "signed"
    IN_FORCE = "in-force"
    JOINED = "joined"
    LEFT = "left"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A state that is bound by a treaty of the table."""

    id: str
    name: str  #: as in running text: the United States
    long: str | None = None  #: in full, for the table
    iso: str | None = None  #: two letters, for a map
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date with its sources, or why it is left open."""

    party: str | None = None  #: whose date it is, where a state joined or left
    date: str | None = None  #: 1954, 1954-11 or 1954-11-17
    open: str | None = None  #: why there is no date
    sources: tuple[str, ...] = ()
    note: str | None = None  #: what else a reader must know: sources that differ, whose calendar
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyArticle:
    """The article of a treaty that says what its parties owe each other."""

    article: str | None = None  #: Article III
    says: str | None = None  #: in our own words
    open: str | None = None  #: why it is not given
    sources: tuple[str, ...] = ()
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a treaty stands today, as far as the sources say."""

    status: Today
    says: str
    open: str | None = None
    sources: tuple[str, ...] = ()
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A treaty at a glance."""

    id: str
    name: str
    short: str  #: for a narrow column or an axis
    parties: tuple[str, ...]  #: that signed it
    signed: Dated
    in_force: Dated
    joined: tuple[Dated, ...] = ()
    left: tuple[Dated, ...] = ()
    ended: Dated | None = None
    key_article: KeyArticle
    today: Standing
    note: str | None = None
    claims: tuple[str, ...] = ()  #: where the booklet discusses it
    where: Place = field(default=NOWHERE, compare=False)

    def moments(self, moment: Moment) -> tuple[Dated, ...]:
        """Return the dates of one kind; several where parties joined or left."""
        found: Mapping[Moment, tuple[Dated, ...]] = {
            Moment.SIGNED: (self.signed,),
            Moment.IN_FORCE: (self.in_force,),
            Moment.JOINED: self.joined,
            Moment.LEFT: self.left,
            Moment.ENDED: (self.ended,) if self.ended else (),
        }
        return found[moment]
