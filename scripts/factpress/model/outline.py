"""The outline: every unit of the article with its fingerprint, and where the article came from."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from factpress.model.claim import NOWHERE
from factpress.model.place import Place
from factpress.model.vocabulary import DisclosureScope, NoClaim

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
        """Return the notice without pictographs, which no face of the book has."""
        return "".join(sign for sign in self.text if ord(sign) < 0x1F000 and ord(sign) != 0xFE0F).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the article came from."""

    title: str
    published_at: str
    received: str  #: ISO date
    sha256: str  #: of the file received
    disclosure: Disclosure
    where: Place = field(default=NOWHERE, compare=False)


def normal_form(text: str) -> str:
    """Return a unit's text in NFC with white space folded and a leading list mark removed."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return LIST_MARK.sub("", folded)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text that is in normal form, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
