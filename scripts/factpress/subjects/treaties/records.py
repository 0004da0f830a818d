"""Treaties: who promised what to whom, since when, and their status today.

A datum names its sources, or says in `open` why nobody could give them. An event of the timeline may be one of a
treaty, and then takes its date from the table of treaties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from factpress.model.claim import NOWHERE
from factpress.model.place import Place
from factpress.model.study.records import Datum, Event, RecordLink, SourcedDate
from factpress.model.study.study_aids import StudyAids

SUBJECT_NAME = "treaties"  #: of the subject, and of the block that shows it


class StatusToday(StrEnum):
    """Where a treaty stands today."""

    IN_FORCE = "in-force"
    SUSPENDED_IN_PART = "suspended-in-part"
    REPLACED = "replaced"
    ENDED = "ended"
    OPEN = "open"


class Milestone(StrEnum):
    """What happens to a treaty on a day."""

    SIGNED = "signed"
    IN_FORCE = "in-force"
    JOINED = "joined"
    LEFT = "left"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A state that is bound by a treaty of the table."""

    id_form: ClassVar[str] = r"[A-Z][A-Z0-9]+"
    id: str
    name: str  #: as in running text: the United States
    long: str | None = None  #: in full, for the table
    iso: str | None = None  #: two letters, for a map
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def heading(self) -> str:
        """Return the name as a heading has it, without the article."""
        return self.name.removeprefix("the ")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyArticle:
    """The article of a treaty that says what its parties owe each other."""

    called: ClassVar[str] = "article"
    article: str | None = None  #: Article III
    says: str | None = None  #: in our own words
    open: str | None = None  #: why it is not given
    sources: tuple[str, ...] = ()
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def given(self) -> str | None:
        """Return what the sources are for."""
        return self.says


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyStatus:
    """Where a treaty stands today, as far as the sources say."""

    called: ClassVar[str] = "status"
    status: StatusToday
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
    signed: SourcedDate
    in_force: SourcedDate
    joined: tuple[SourcedDate, ...] = ()
    left: tuple[SourcedDate, ...] = ()
    ended: SourcedDate | None = None
    key_article: KeyArticle
    today: TreatyStatus
    note: str | None = None
    claims: tuple[str, ...] = ()  #: where the booklet discusses it
    where: Place = field(default=NOWHERE, compare=False)

    def dates_of(self, milestone: Milestone) -> tuple[SourcedDate, ...]:
        """Return the dates of one kind; several where parties joined or left."""
        dates: Mapping[Milestone, tuple[SourcedDate, ...]] = {
            Milestone.SIGNED: (self.signed,),
            Milestone.IN_FORCE: (self.in_force,),
            Milestone.JOINED: self.joined,
            Milestone.LEFT: self.left,
            Milestone.ENDED: (self.ended,) if self.ended else (),
        }
        return dates[milestone]

    def dates(self) -> Iterator[SourcedDate]:
        """Yield all dates, that of the end last."""
        yield from (self.signed, self.in_force, *self.joined, *self.left)
        if self.ended:
            yield self.ended


@dataclass(frozen=True, kw_only=True)
class Treaties:
    """What lies in `docs/back` of treaties; each field is a file, and empty without it."""

    parties: tuple[Party, ...] = ()
    treaties: tuple[Treaty, ...] = ()

    @cached_property
    def party_by_id(self) -> Mapping[str, Party]:
        """Return parties by id."""
        return {party.id: party for party in self.parties}

    @cached_property
    def treaty_by_id(self) -> Mapping[str, Treaty]:
        """Return treaties by id."""
        return {treaty.id: treaty for treaty in self.treaties}

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how much there is."""
        return {"treaties": len(self.treaties)}

    def data(self) -> Iterator[Datum]:
        """Yield everything that must say where it is from, in the order of the file."""
        for treaty in self.treaties:
            yield from treaty.dates()
            yield treaty.key_article
            yield treaty.today

    def with_claims(self) -> Iterator[Treaty]:
        """Yield the records that name claims."""
        yield from self.treaties


def treaties_of(aids: StudyAids) -> Treaties:
    """Return the treaties of a book; none where it does not ask for the subject."""
    records = aids.subjects.get(SUBJECT_NAME)
    return records if isinstance(records, Treaties) else Treaties()


#: words after the name of a treaty; without any, its signature is meant
_MILESTONE_WORDS = {
    Milestone.SIGNED: "",
    Milestone.IN_FORCE: "in force",
    Milestone.JOINED: "joined",
    Milestone.LEFT: "left",
    Milestone.ENDED: "ends",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyEvent(Event):
    """An event of the timeline; one of a treaty takes its date from the table of treaties."""

    called: ClassVar[str] = "event"
    treaty: str | None = field(default=None, metadata={"after": "date"})
    moment: Milestone | None = field(default=None, metadata={"after": "treaty"})  #: which of the treaty's dates
    party: str | None = field(default=None, metadata={"after": "moment"})  #: which party joined or left

    @property
    def of_record(self) -> bool:
        """Return whether the date stands in the table of treaties."""
        return self.treaty is not None

    def dated(self, aids: StudyAids) -> SourcedDate | None:
        """Return the date with its sources; None for an event of a treaty that has no such date."""
        if not self.treaty:
            return Event.dated(self, aids)
        treaty = treaties_of(aids).treaty_by_id.get(self.treaty)
        dates = treaty.dates_of(self.moment) if treaty and self.moment else ()
        return next((one for one in dates if one.party == self.party), None)

    def label(self, aids: StudyAids) -> str:
        """Return a treaty's short name with what happens to it, else the sentence."""
        if not self.treaty or not self.moment:
            return self.what
        treaties = treaties_of(aids)
        words = [treaties.treaty_by_id[self.treaty].short, _MILESTONE_WORDS[self.moment]]
        if self.party:
            words = [treaties.party_by_id[self.party].heading, words[1], words[0]]
        return " ".join(words)

    def record_link(self, aids: StudyAids) -> RecordLink | None:
        """Return the way to the treaty's entry."""
        known = self.treaty in treaties_of(aids).treaty_by_id
        return RecordLink(SUBJECT_NAME, treaty_anchor(self.treaty), "The treaty") if self.treaty and known else None


def treaty_anchor(treaty: str) -> str:
    """Return the id of a treaty's entry in every edition."""
    return f"treaty-{treaty}"
