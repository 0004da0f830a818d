"""From a document to the outline: sections, paragraphs and sentences with their ids, lengths and fingerprints."""

from __future__ import annotations

from dataclasses import dataclass

from factpress.importer.document import BlockKind, Document
from factpress.importer.sentences import sentence_spans
from factpress.model.outline import Outline, Section, Unit, fingerprint, normal_form


@dataclass(frozen=True, slots=True)
class ArticleUnit:
    """A unit with its text, which the outline does not hold."""

    id: str
    text: str  #: in normal form
    kind: BlockKind  #: of the block that it stands in
    block: int  #: position of that block in the document, from 0
    level: int  #: of a list item, how deep its list stands

    @property
    def section(self) -> str:
        """Return the id of the unit's section."""
        return self.id.partition(".")[0]

    @property
    def paragraph(self) -> str:
        """Return the part of the id that the units of one block share."""
        return self.id.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class ArticleSection:
    """A section of the article: S00 is what stands before the first heading."""

    id: str
    heading: str
    level: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article as units."""

    title: str
    sections: tuple[ArticleSection, ...]
    units: tuple[ArticleUnit, ...]

    def outline(self, headings: bool) -> Outline:
        """Return the outline; with `headings` its sections have the article's own, else a number to be replaced."""
        return Outline(
            sections=tuple(
                Section(id=section.id, heading=section.heading if headings else f"Section {int(section.id[1:])}")
                for section in self.sections
            ),
            units=tuple(
                Unit(id=unit.id, chars=str(len(unit.text)), sha256=fingerprint(unit.text)) for unit in self.units
            ),
        )

    def of_block(self, position: int) -> tuple[ArticleUnit, ...]:
        """Return the units of one block of the document."""
        return tuple(unit for unit in self.units if unit.block == position)


def article_of(document: Document, language: str) -> Article:
    """Return the units of a document; a list item and a table cell that are one sentence or none are one unit each."""
    sections = [ArticleSection("S00", document.title or "Opening", 1)]
    units: list[ArticleUnit] = []
    paragraph = 0
    for position, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            sections.append(ArticleSection(f"S{len(sections):02}", normal_form(block.text), block.level))
            paragraph = 0
            continue
        # code and captions of one line are cut nowhere; what they say is one thing
        spans = [(0, len(block.text))] if block.kind is BlockKind.CODE else sentence_spans(block.text, language)
        texts = [text for start, end in spans if (text := normal_form(block.text[start:end]))]
        paragraph += bool(texts)
        units += (
            ArticleUnit(f"{sections[-1].id}.P{paragraph}.{nth}", text, block.kind, position, block.level)
            for nth, text in enumerate(texts, 1)
        )
    used = {unit.section for unit in units}
    return Article(document.title, tuple(s for s in sections if s.id in used or s.id != "S00"), tuple(units))
