"""The book as data: the ledger with everything that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from factpress.model.claim import Claim, Evidence
from factpress.model.figures.figure import Figures
from factpress.model.links.state import LinkRecord
from factpress.model.outline import DraftedUnit, Outline, Provenance, Unit
from factpress.model.signoff import FindingChange, PageSeen, Person, SignOff
from factpress.model.source import Source
from factpress.model.study.study_aids import StudyAids
from factpress.model.subject import Subject


@dataclass(frozen=True)
class Ledger:
    """All claims with their findings, in id order, and the sign-offs beside them."""

    claims: tuple[Claim, ...] = ()
    people: tuple[Person, ...] = ()
    signoffs: tuple[SignOff, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Claim]:
        """Return claims by id; of a repeated id, the first."""
        by_id: dict[str, Claim] = {}
        for claim in self.claims:
            by_id.setdefault(claim.id, claim)
        return by_id

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[Claim, ...]]:
        """Return the claims that each unit leads to."""
        by_unit: dict[str, tuple[Claim, ...]] = {}
        for claim in self.claims:
            for unit in claim.units:
                by_unit[unit] = (*by_unit.get(unit, ()), claim)
        return by_unit

    @cached_property
    def by_source(self) -> Mapping[str, tuple[tuple[Claim, Evidence], ...]]:
        """Return, for each source key, the evidence taken from it, in claim order."""
        by_source: dict[str, tuple[tuple[Claim, Evidence], ...]] = {}
        for claim in self.claims:
            for item in claim.evidence:
                by_source[item.source] = (*by_source.get(item.source, ()), (claim, item))
        return by_source

    @cached_property
    def people_by_id(self) -> Mapping[str, Person]:
        """Return people by id."""
        return {person.id: person for person in self.people}

    def of_chapter(self, stem: str) -> tuple[Claim, ...]:
        """Return the claims of the ledger file that has the chapter's name, in order."""
        return self._by_file.get(stem, ())

    @cached_property
    def _by_file(self) -> Mapping[str, tuple[Claim, ...]]:
        by_file: dict[str, list[Claim]] = {}
        for claim in self.claims:
            by_file.setdefault(PurePosixPath(claim.where.file).stem, []).append(claim)
        return {stem: tuple(claims) for stem, claims in by_file.items()}

    def evidence(self) -> Iterator[tuple[Claim, Evidence]]:
        """Yield every claim with each of its evidence items, in order."""
        for claim in self.claims:
            for item in claim.evidence:
                yield claim, item


@dataclass(frozen=True)
class Book:
    """Everything that is read before an edition is made, but for the prose."""

    ledger: Ledger
    outline: Outline
    provenance: Provenance | None
    sources: Mapping[str, Source]
    study_aids: StudyAids = field(default_factory=StudyAids)
    figures: Figures = field(default_factory=Figures)
    links: Mapping[str, LinkRecord] = field(default_factory=dict)  #: what is recorded of each address
    seen: tuple[PageSeen, ...] = ()  #: pages that a person has seen
    subjects: tuple[Subject, ...] = ()  #: that the settings ask for
    history: tuple[FindingChange, ...] = ()  #: what became of findings, the oldest edition first
    draft: tuple[DraftedUnit, ...] = ()  #: what a machine proposes for units, accepted by nobody

    @cached_property
    def drafted(self) -> Mapping[str, DraftedUnit]:
        """Return what is proposed, by unit; of a unit that is named twice, the first."""
        return {drafted.unit: drafted for drafted in reversed(self.draft)}

    @cached_property
    def drafted_units(self) -> tuple[Unit, ...]:
        """Return the units of the article for which there is a machine's proposal only."""
        accounted = self.ledger.by_unit
        return tuple(
            u for u in self.outline.units if u.id in self.drafted and not (u.open or u.no_claim or u.id in accounted)
        )

    @cached_property
    def open_units(self) -> tuple[Unit, ...]:
        """Return the units of the article that are not yet accounted for."""
        return tuple(u for u in self.outline.units if u.open and u.id not in self.ledger.by_unit)
