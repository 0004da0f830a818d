"""Sources: the entries of `references.bib` as plain records, without TeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from factpress.model.dates import date_sort_key, year_words
from factpress.model.place import Place
from factpress.model.text.languages import language_tags
from factpress.model.text.passages import is_written_in_latin, language_by_words, primary_language
from factpress.model.text.quotation_marks import curly_quotes

EAST_ASIAN = re.compile(
    r"[\u1100-\u11ff\u2e80-\u2fdf\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
SIGNED_FIELDS = (
    *("title", "booktitle", "journal", "volume", "number", "pages", "publisher", "institution", "school"),
    *("year", "date", "url"),
)
PART_TYPES = ("incollection", "inbook", "inproceedings")  #: types of what stands in another work
NOWHERE = Place("")  #: of a source that no file of ours holds


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or a body when `literal` is set."""

    family: str = ""
    given: str = ""
    prefix: str = ""  #: "de la"
    suffix: str = ""  #: "Jr."
    literal: str = ""  #: a body's whole name
    family_first: bool = False  #: printed family first and without a comma: Shen Zhihua

    @property
    def short(self) -> str:
        """Return what a reader calls the author: the family name, or the body's whole name."""
        return self.literal or " ".join(filter(None, (self.prefix, self.family)))

    @property
    def in_order(self) -> str:
        """Return the name as in running text: `Victor D. Cha`, `Shen Zhihua`, `김구`."""
        if self.literal:
            return self.literal
        if self.family_first:
            gap = "" if EAST_ASIAN.search(self.family) else " "
            return gap.join(filter(None, (self.short, self.given)))
        name = " ".join(filter(None, (self.given, self.short)))
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def inverted(self) -> str:
        """Return the name as an alphabetical list begins with it: `Cha, Victor D.`, `Shen Zhihua`."""
        if self.literal or self.family_first:
            return self.in_order
        return ", ".join(filter(None, (self.short, self.given, self.suffix)))

    @property
    def parts(self) -> str:
        """Return the name as it is signed for and sorted by: family, given, suffix."""
        return self.literal or ", ".join(filter(None, (self.short, self.given, self.suffix)))


OTHERS = Name(literal="et al.")  #: stands for "and others"


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the bibliography."""

    key: str
    type: str  #: lower case
    fields: Mapping[str, str] = field(default_factory=dict)  #: decoded text, without persons
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)  #: author, editor, translator
    where: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)  #: of its fields, where a file holds it

    def get(self, name: str) -> str:
        """Return a field's text, empty where it is not set."""
        return self.fields.get(name, "")

    def place(self, name: str) -> Place:
        """Return where a field stands, or else the entry."""
        return self.places.get(name, self.where)

    @property
    def is_part(self) -> bool:
        """Return whether it stands in another work, which the editors and the volume are of."""
        return self.type in PART_TYPES or bool(self.get("booktitle") or self.get("journal"))

    @property
    def responsible(self) -> tuple[Name, ...]:
        """Return the names that the list is sorted by: authors, else editors, else the body that published it."""
        body = self.get("institution")
        editors = () if self.is_part else self.names.get("editor", ())
        return self.names.get("author") or editors or ((Name(literal=body),) if body else ())

    @property
    def is_edited(self) -> bool:
        """Return whether the editors stand in the place of authors."""
        return bool(self.names.get("editor")) and not self.names.get("author") and not self.is_part

    @property
    def who(self) -> str:
        """Return the authors as running text names them: `Cha`, `Cha and Kim`, `Cha et al.`, or nothing."""
        people = [name for name in self.responsible if name != OTHERS]
        if len(people) > 2 or (people and len(people) < len(self.responsible)):
            return f"{people[0].short} et al."
        return " and ".join(name.short for name in people)

    @property
    def short(self) -> str:
        """Return what a mark in a margin calls the source: its short title, or family names and year."""
        title = curly_quotes(self.get("title"))
        return curly_quotes(self.get("shorttitle")) or " ".join(
            filter(None, (self.who or title or self.key, self.year))
        )

    @property
    def anchor(self) -> str:
        """Return the source's id in every edition."""
        return source_anchor(self.key)

    @property
    def year(self) -> str:
        """Return the year or years of publication, `1950–1953`, `c. 1950`, empty when unknown."""
        return year_words(self.get("date") or self.get("year"))

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that the work is in, without region."""
        return language_tags(self.get("language") or self.get("langid"))

    @property
    def entry_languages(self) -> tuple[str, ...]:
        """Return the languages of what the entry says: of its `langid`, else those that the work is in."""
        return language_tags(self.get("langid")) or self.languages

    def title_language(self, language: str) -> str | None:
        """Return the language of the title, empty where it is the book's `language`, None where nothing tells.

        The work may be in another language than its title, which we have translated or not: `langid` says so.
        """
        own, tags = primary_language(language), self.entry_languages
        if self.get("langid") and len(tags) == 1:
            return "" if tags[0] == own else tags[0]
        others = tuple(tag for tag in tags if tag != own and is_written_in_latin(tag))
        if not others:
            return "" if tags or language_by_words(self.get("title"), language) in ("", own) else None
        by_words = language_by_words(self.get("title"), language, others, least=1)
        return None if not by_words else "" if by_words == own else by_words

    @property
    def sort_texts(self) -> tuple[tuple[str, ...], tuple[int, ...], str]:
        """Return what the list of sources is sorted by: who, or else the title; then the date; then the title."""
        title = self.get("title")
        who = tuple(name.parts for name in self.responsible)
        return who or (title,), date_sort_key(self.get("date") or self.get("year")), title


def source_anchor(key: str) -> str:
    """Return the id that Sphinx makes of `ref-KEY`: without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", key.lower()).encode("ascii", "ignore").decode()
    return f"ref-{re.sub(r'[^a-z0-9]+', '-', plain)}".replace("--", "-").rstrip("-")


def bare_doi(text: str) -> str:
    """Return a DOI without resolver, `doi:`, escapes and what trailed it."""
    doi = re.sub(r"\\(?=\W|_)", "", text.strip())
    doi = re.sub(r"^(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/)?(?:doi:\s*)?", "", doi, flags=re.IGNORECASE)
    while doi and (
        doi[-1] in "{}.,;:'\"" or any(doi[-1] == b and doi.count(a) < doi.count(b) for a, b in ("()", "[]"))
    ):
        doi = doi[:-1]
    return doi


def doi_address(doi: str) -> str:
    """Return the address that resolves a DOI, with what no address may hold percent-encoded."""
    return "https://doi.org/" + quote(doi, safe="/:;,.()+-_~*!'@$&=")


def signed_fields(source: Source) -> dict[str, str]:
    """Return what a sign-off covers of a source; empty fields are left out, white space is folded, text is NFC."""
    texts = {name: source.get(name) for name in SIGNED_FIELDS}
    texts["type"] = source.type
    texts["doi"] = bare_doi(source.get("doi")).lower()
    texts["isbn"] = re.sub(r"[^0-9X]", "", source.get("isbn").upper())
    for role in ("author", "editor"):
        texts[role] = " and ".join(name.parts for name in source.names.get(role, ()))
    folded = {name: unicodedata.normalize("NFC", " ".join(text.split())) for name, text in sorted(texts.items())}
    return {name: text for name, text in folded.items() if text}
