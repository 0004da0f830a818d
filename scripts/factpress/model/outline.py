"""The outline: the units of the article with their fingerprints, what is drafted for them, and its provenance."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from factpress.model.claim import NOWHERE
from factpress.model.place import Place
from factpress.model.vocabulary import DisclosureScope, Kind, NoClaim, NoNotice, Priority, Rights

LIST_MARK = re.compile(r"^(?:[-*+•–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One sentence or list item of the article, known by its length and hash only."""

    id: str  #: `S03.P1.2` = section 3, paragraph 1, sentence 2
    chars: str  #: characters of the normalised text, as a decimal number
    sha256: str  #: of the normalised text in UTF-8
    no_claim: NoClaim | None = None
    open: str | None = None  #: why it is not yet accounted for
    where: Place = field(default=NOWHERE, compare=False)

    def begins(self, text: str) -> bool:
        """Return whether a text in normal form begins with this unit, by its length and hash."""
        return self.chars.isdecimal() and fingerprint(text[: int(self.chars)]) == self.sha256


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the article, with a heading in our own words."""

    id: str
    heading: str
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class Outline:
    """All units of the article in its order."""

    sections: tuple[Section, ...] = ()
    units: tuple[Unit, ...] = ()
    where: Place = field(default=NOWHERE, compare=False)

    @cached_property
    def by_id(self) -> Mapping[str, Unit]:
        """Return units by id; of a repeated id, the first."""
        return {unit.id: unit for unit in reversed(self.units)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The article's own notice that an AI helped to write it: the one text of it that is quoted."""

    text: str
    units: tuple[str, ...]
    scope: DisclosureScope
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def printed(self) -> str:
        """Return the notice without pictographs, which no face of the book has, and without what only joins them."""
        return " ".join("".join(sign for sign in self.text if not is_pictograph(sign)).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the article came from, and whether its words may be printed."""

    title: str
    published_at: str | None = None  #: where, as the book names it; None where nobody has said
    received: str  #: ISO date
    sha256: str  #: of the file received
    rights: Rights = Rights.NOT_OURS
    disclosure: Disclosure | NoNotice
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def notice(self) -> Disclosure | None:
        """Return the article's own notice; None where none is recorded."""
        return self.disclosure if isinstance(self.disclosure, Disclosure) else None

    @property
    def words_may_be_printed(self) -> bool:
        """Return whether the article's own words may stand in the book."""
        return self.rights is not Rights.NOT_OURS


def is_pictograph(sign: str) -> bool:
    """Return whether a character is a picture among letters, or only joins or colours one."""
    if ord(sign) < 0x2190 and sign not in "\u200d\u20e3":
        return False  # also © and ™, which are symbols too
    return (
        (ord(sign) >= 0x1F000 and not sign.isalpha()) or unicodedata.category(sign) == "So" or sign in JOINS_PICTOGRAPHS
    )


JOINS_PICTOGRAPHS = "\u200d\u20e3\ufe0e\ufe0f"


def normal_form(text: str) -> str:
    """Return a unit's text in NFC with white space folded and a leading list mark removed."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return LIST_MARK.sub("", folded)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text that is in normal form, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
