"""People, their sign-offs, the pages they have seen, and what became of findings from edition to edition."""

from __future__ import annotations

from dataclasses import dataclass, field

from factpress.model.claim import NOWHERE
from factpress.model.place import Place
from factpress.model.vocabulary import Asks, Decision, FindingPart, QuoteSeen, ReviewStep, Role, SeenHow, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may sign."""

    id: str
    name: str
    role: str
    orcid: str | None = None
    emails: tuple[str, ...] = ()  #: by which git knows who signs; in no edition
    shown: Shown | None = None  #: unset: yes
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def display_name(self) -> str:
        """Return what readers are told: the name, or the id of somebody who withdrew their name from display."""
        return self.id if self.shown is Shown.NO else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """Digests of the three parts that a sign-off covers, as `v1:` and 64 hexadecimal digits."""

    claim: str
    finding: str
    evidence: str
    where: Place = field(default=NOWHERE, compare=False)

    def changed_parts(self, today: Covers) -> tuple[str, ...]:
        """Return the names of the parts that differ from today's, in the order claim, finding, evidence."""
        return tuple(p for p in ("claim", "finding", "evidence") if getattr(self, p) != getattr(today, p))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """A named person accepting or rejecting one finding, for the exact content they saw.

    An entry that asks for a second reader has no decision, and counts as no approval.
    """

    claim: str
    by: str  #: id in people.yaml
    role: Role
    decision: Decision | None = None  #: this, or `asks`
    asks: Asks | None = None
    did: tuple[ReviewStep, ...]
    date: str
    note: str | None = None
    covers: Covers
    entered_by: str | None = None  #: id in people.yaml of who typed in what `by` decided on paper
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """A named person having seen a page that machines cannot read."""

    url: str  #: as it is cited
    quote: str | None = None  #: the words that were looked for; unset: all that the book quotes from the page
    by: str  #: id in people.yaml
    date: str
    quote_seen: QuoteSeen
    how: SeenHow
    note: str | None = None
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChange:
    """What an edition has otherwise than the one before it: an entry of the errata."""

    edition: str  #: the version that has it so
    date: str  #: ISO date of that edition
    claim: str
    part: FindingPart
    was: str | None = None  #: unset: nothing stood there
    now: str | None = None
    where: Place = field(default=NOWHERE, compare=False)
