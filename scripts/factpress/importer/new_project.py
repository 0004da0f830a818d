"""The files of a new book: what a machine could make of an article, and a place for everything that a person says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

from factpress.files.yaml.writer import record_node, render_records, render_tree
from factpress.importer.chapters import draft_chapters, escape_markdown, section_heading
from factpress.importer.disclosure import NoticeCandidate
from factpress.importer.document import Document
from factpress.importer.proposals import propose
from factpress.importer.units import Article
from factpress.model.outline import Disclosure, Outline, Provenance, normal_form
from factpress.model.schema import ledger_schema
from factpress.model.vocabulary import NoClaim, NoNotice, Rights
from factpress.problems import quantity

NO_PUBLISHER = "publisher not named yet"  #: an EPUB must name one
NO_LICENCE = '# licence = "…"  # until it is set, no edition names one'


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBook:
    """What a person said of a new book."""

    name: str  #: file name of the editions
    title: str
    language: str
    publisher: str  #: empty: nobody is named yet
    licence: str  #: empty: no edition names one
    rights: Rights
    disclosure: Disclosure | NoNotice
    published_at: str | None
    date: str  #: ISO date, of the import
    requirement: str  #: a line of requirements.txt: where the tool is
    faces: tuple[str, ...] = ()


def disclosure_of(candidate: NoticeCandidate, article: Article) -> Disclosure:
    """Return the notice in a block of the article, as the book records it."""
    units = article.of_block(candidate.position)
    text = normal_form(candidate.text)
    return Disclosure(text=text, units=tuple(unit.id for unit in units), scope=candidate.scope)


def project_files(book: NewBook, document: Document, article: Article, data: bytes) -> dict[str, bytes]:
    """Return the content of each file of the project, by its path; `data` is the article as it was received."""
    words = book.rights is not Rights.NOT_OURS
    notice = book.disclosure.units if isinstance(book.disclosure, Disclosure) else ()
    draft = tuple(drafted for drafted in propose(article, notice) if drafted.unit not in notice)
    provenance = Provenance(
        title=document.title or book.title,
        published_at=book.published_at,
        received=book.date,
        sha256=hashlib.sha256(data).hexdigest(),
        rights=book.rights,
        disclosure=book.disclosure,
    )
    made = {
        "references.bib": "",
        "docs/article/outline.yaml": _record(_outline(article, notice, words=words)),
        "docs/article/provenance.yaml": _record(provenance),
        "docs/article/draft.yaml": render_records(draft) if draft else "[]\n",
        "docs/claims/people.yaml": "[]\n",
        "docs/claims/signoffs.yaml": "[]\n",
        "docs/claims/ledger.schema.json": ledger_schema(),
    }
    chapters = draft_chapters(article, words=words, left_out=notice)
    made |= {f"docs/chapters/{chapter.name}.md": chapter.text for chapter in chapters}
    values = _values(book, article, len(chapters))
    for path, text in _templates(files("factpress.importer") / "project_files"):
        made[path] = Template(text).substitute(values)
    return {path: text.encode() for path, text in sorted(made.items())}


def _outline(article: Article, notice: tuple[str, ...], *, words: bool) -> Outline:
    outline = article.outline(headings=words)
    return replace(
        outline,
        sections=tuple(
            replace(section, heading=section_heading(of_article, words=words))
            for section, of_article in zip(outline.sections, article.sections, strict=True)
        ),
        units=tuple(
            replace(unit, no_claim=NoClaim.DISCLOSURE) if unit.id in notice else unit for unit in outline.units
        ),
    )


def _record(record: Outline | Provenance) -> str:
    return render_tree(record_node(record), type(record))


def _values(book: NewBook, article: Article, chapters: int) -> Mapping[str, str]:
    """Return what stands for each name in the templates."""
    counts = f"{quantity(len(article.units), 'sentence')} in {quantity(chapters, 'chapter')}"
    lines = [f"publisher = {_toml(book.publisher or NO_PUBLISHER)}"]
    lines += [f"licence = {_toml(book.licence)}"] if book.licence else [NO_LICENCE]
    lines += [f"faces = [{', '.join(map(_toml, book.faces))}]"] if book.faces else []
    return {
        "title": escape_markdown(book.title),
        "title_md": escape_markdown(book.title),
        "title_toml": _toml(book.title),
        "name": book.name,
        "name_toml": _toml(book.name),
        "language_toml": _toml(book.language),
        "more_lines": "\n".join(lines),
        "article_toml": _toml("an AI-assisted article" if isinstance(book.disclosure, Disclosure) else "an article"),
        "date": book.date,
        "counts": counts,
        "requirement": book.requirement,
        "state": _STATES[book.rights],
        "reading": _READING[book.rights],
    }


_STATES = {
    Rights.OURS: (
        "The article is ours: its words stand in the chapters, each sentence marked until somebody has checked it."
    ),
    Rights.LICENSED: (
        "The article’s licence lets its words be printed: they stand in the chapters, "
        "each sentence marked until somebody has checked it."
    ),
    Rights.NOT_OURS: (
        "The article’s words are not ours to print: the chapters hold a place for each of its sentences, "
        "to be put into our own words."
    ),
}
_PRINTED = (
    "The chapters hold the article’s own words.\n"
    "Behind each sentence stands “? Nobody has checked this yet”, until somebody has compared it with sources."
)
_READING = {
    Rights.OURS: _PRINTED,
    Rights.LICENSED: _PRINTED,
    Rights.NOT_OURS: (
        "The article’s own words are not printed here.\n"
        "Where they stood, a frame names the sentence and says how long it is, "
        "until somebody has put it into other words."
    ),
}


def _toml(text: str) -> str:
    """Return a text as a basic string of TOML, which escapes as JSON does, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _templates(folder: Traversable, inside: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each template.

    Those that tools of this repository would take for their own end in `.in`; those that file managers and builders of
    wheels may leave out lack their dot.
    """
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f".{entry.name}" if not inside and entry.name in ("gitignore", "github") else entry.name
        path = f"{inside}{name.removesuffix('.in')}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _templates(entry, f"{path}/")
        elif not entry.name.endswith(".pyc"):
            yield path, entry.read_text(encoding="utf-8")
