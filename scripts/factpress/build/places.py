"""One place of the book in every edition: found in the editions as they were built, by the ids that all of them share.

The build leaves no list of places beside the editions: a page, a PDF and an EPUB say themselves where each id stands.
"""

from __future__ import annotations

import difflib
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factpress.build.inputs import EDITIONS, digest_of_book, stale_editions
from factpress.files.book import read_book, read_prose
from factpress.model.book import Book
from factpress.model.prose import Chapter, Prose
from factpress.model.source import source_anchor
from factpress.press.preflight.links import read_destinations
from factpress.problems import FileError, UsageError
from factpress.settings import Settings
from factpress.volumes import BOOKLET, CORRECTIONS, VOLUMES, Volume, chapter_volumes

CURRENT, STALE, ABSENT = "current", "out of date", "not built"
ID = re.compile(r'\sid="([^"]+)"')
LABEL = re.compile(r'\sid="(ref-[^"]+)"[^>]*>\s*<span[^>]*class="label"[^>]*>\[(\d+)\]')
#: anchors that mean something to a reader; the rest lead to headings
NAMED = re.compile(r"C\d{3,}(-\d+)?|p\d+-\d+|ref-.+|figure-.+|Q\d{3,}")
LONG = re.compile(r"C\d{3,}|p\d+-\d+|ref-.+")  #: of things that may go on over a page
MARK = re.compile(r"(C\d{3,})-\d+")
HIDDEN_FOLDERS = ("_static", "_sources")
LEADS_FOR_ALL = "3.12 for a paragraph, C034, “p. 17”, [144], a source key, a term of the glossary, Q301."


@dataclass(frozen=True)
class BuiltEdition:
    """One edition as it stands in build/."""

    name: str  #: web, EPUB, booklet, record, large print
    file: Path
    state: str  #: current, out of date, not built
    build: str  #: words after `factpress build` that make it
    places: Mapping[str, str] = field(default_factory=dict)  #: by anchor: path of its page, or page number as printed
    sources: Mapping[str, str] = field(default_factory=dict)  #: number in the list of sources: anchor
    numbers: Mapping[str, int] = field(default_factory=dict)  #: in a PDF, the page of each anchor, from 1
    labels: tuple[str, ...] = ()  #: in a PDF, the number printed on each page


@dataclass(frozen=True, slots=True)
class PlaceInEdition:
    """Where one edition has a place."""

    edition: str
    what: str  #: `paragraph 3.12`, `entry`, `mark`
    file: str  #: from the book's root
    at: str  #: `#C034`, `chapters/….xhtml#C034` in an EPUB, `p. 17` in a PDF
    address: str = ""  #: on the web, where a site is set

    @property
    def as_dict(self) -> dict[str, str]:
        """Return it as plain data."""
        values = {"edition": self.edition, "what": self.what, "file": self.file, "at": self.at, "address": self.address}
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True)
class PlaceReport:
    """What was asked for, in words, and where each edition has it."""

    title: str
    places: tuple[PlaceInEdition, ...]
    editions: tuple[BuiltEdition, ...]
    lines: tuple[str, ...] = ()  #: what else a reader may want to know


@dataclass(frozen=True)
class _Asked:
    title: str
    anchors: Sequence[tuple[str, str]]  #: what it is, and its anchor, without the document that may stand before it
    lines: tuple[str, ...] = ()


def find_place(settings: Settings, words: str) -> PlaceReport:
    """Return where every edition in build/ has a place that is named as a reader would name it.

    Raises:
        UsageError: nothing is called so; the hint names what is near.
        FileError: no edition is built, or one cannot be read.
    """
    editions = list(built_editions(settings))
    if not any(edition.places for edition in editions):
        raise FileError("No edition is built, so there is no place to name.", "factpress build")
    book, _ = read_book(settings)
    prose, _ = read_prose(settings)
    asked = _Reader(book, prose, editions).read(" ".join(words.split()))
    places = [
        place
        for edition in editions
        for what, anchor in asked.anchors
        if (place := _place(settings, edition, what, anchor))
    ]
    if not places:
        lacking = ", ".join(f"{edition.name} {edition.state}" for edition in editions)
        raise UsageError(f"No edition in build/ has {asked.title} ({lacking}).", "factpress build")
    return PlaceReport(asked.title, tuple(dict.fromkeys(places)), tuple(editions), asked.lines)


def _place(settings: Settings, edition: BuiltEdition, what: str, anchor: str) -> PlaceInEdition | None:
    full = _full_anchor(edition, anchor)
    if full is None:
        return None
    file, at = edition.file.relative_to(settings.root).as_posix(), edition.places[full]
    if edition.labels:
        return PlaceInEdition(edition.name, what, file, f"p. {at}")
    if edition.name == "EPUB":
        return PlaceInEdition(edition.name, what, file, f"{at}#{full}")
    address = f"{settings.site.rstrip('/')}/{at}#{full}" if settings.site else ""
    return PlaceInEdition(edition.name, what, f"{file}/{at}", f"#{full}", address)


def _full_anchor(edition: BuiltEdition, anchor: str) -> str | None:
    """Return an anchor as an edition has it: in a PDF, where all documents are one, some have their document's name."""
    if anchor in edition.places:
        return anchor
    return next((name for name in edition.places if name.endswith(f"--{anchor}")), None)


# what stands in build/


def built_editions(settings: Settings) -> Iterator[BuiltEdition]:
    """Yield the editions in the order in which a reader meets them, those that are not built without places.

    Raises:
        FileError: one cannot be read.
    """
    volumes = list(_volumes(settings))
    asked = [*EDITIONS, *(volume.name for volume in volumes if volume.on_request)]
    book = digest_of_book(settings)
    # each alone: a volume on request that nobody has asked for makes no other edition stale
    stale = {edition for edition in asked if stale_editions(settings, [edition], book)}
    build, name = settings.build, settings.name

    def state(edition: str, file: Path) -> str:
        return ABSENT if not file.exists() else STALE if edition in stale else CURRENT

    web = build / "html"
    yield BuiltEdition("web", web, state("html", web), "--edition html", *_of_pages(_web_pages(web)))
    for volume in volumes:
        edition = volume.name if volume.on_request else "pdf"
        file, title = build / volume.file(settings), volume.name.replace("-", " ")
        words = f"--{edition}".replace("chapter-", "chapter ") if volume.on_request else "--edition pdf"
        if file.is_file():
            found = read_destinations(file)
            places = {anchor: found.labels[page - 1] for anchor, page in found.pages.items()}
            yield BuiltEdition(title, file, state(edition, file), words, places, {}, found.pages, found.labels)
        elif not volume.on_request:
            yield BuiltEdition(title, file, ABSENT, words)
    epub = build / f"{name}.epub"
    yield BuiltEdition("EPUB", epub, state("epub", epub), "--edition epub", *_of_pages(_epub_pages(epub)))


def _volumes(settings: Settings) -> Iterator[Volume]:
    """Yield the volumes in which a place can be looked up, those of single chapters as they stand in build/."""
    yield from (volume for volume in VOLUMES if volume is not CORRECTIONS)
    for file in sorted(settings.build.glob(f"{settings.name}-chapter-*.pdf")):
        if match := re.fullmatch(r"chapter-(\d+)", file.stem.removeprefix(f"{settings.name}-")):
            yield chapter_volumes(int(match[1]))[0]


def _web_pages(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*.html")):
        path = file.relative_to(folder)
        if path.parts[0] not in HIDDEN_FOLDERS:
            yield path.as_posix(), file.read_text(encoding="utf-8")


def _epub_pages(file: Path) -> Iterator[tuple[str, str]]:
    if not file.is_file():
        return
    try:
        with zipfile.ZipFile(file) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".xhtml"):
                    yield name, archive.read(name).decode()
    except (zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise FileError(f"{file} cannot be read: {error}.", "Build it again.") from error


def _of_pages(pages: Iterator[tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the page of each anchor, and the anchor of each number in the list of sources."""
    places: dict[str, str] = {}
    sources: dict[str, str] = {}
    for name, text in pages:
        for anchor in ID.findall(text):
            places.setdefault(anchor, name)
        sources |= {number: anchor for anchor, number in LABEL.findall(text)}
    return places, sources


# what a reader may call a place


class _Reader:
    """Reads what was asked for, and knows what there is."""

    def __init__(self, book: Book, prose: Prose, editions: Sequence[BuiltEdition]) -> None:
        self._book, self._editions = book, editions
        self._chapters = {chapter.number: chapter for chapter in prose.chapters}
        self._marked = {
            claim: f"{chapter.number}.{paragraph.number}"
            for chapter in reversed(prose.chapters)
            for paragraph in reversed(chapter.paragraphs)
            for mark in paragraph.marks
            for claim in mark.claims
        }

    def read(self, words: str) -> _Asked:
        """Return what is asked for; UsageError where nothing is called so."""
        if match := re.fullmatch(r"¶?\s*(\d+)\.(\d+)", words):
            return self._paragraph(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"\W?\s*[Cc]?0*(\d+)(?:-\d+)?", words):
            return self._claim(match[1])
        if match := re.fullmatch(r"(?:(.+?),?\s+)?(?:p\.?|page)\s*(\d+|[ivxlc]+)", words, re.IGNORECASE):
            return self._page(match[1] or BOOKLET.name, match[2].lower())
        if match := re.fullmatch(r"\[(\d+)\]", words):
            return self._source_number(match[1])
        if words in self._book.sources:
            return self._source(words)
        if term := self._book.study_aids.term(words):
            return _Asked(f"the term “{term.term}”", [("glossary", f"term-{term.id}")])
        if any(question.id == words for question in self._book.study_aids.questions):
            return _Asked(f"question {words}", [("question", words), ("answer", f"answer-{words}")])
        for kind in ("figure", "treaty", "event", "reading"):
            anchor = f"{kind}-{words}"
            if any(_full_anchor(edition, anchor) for edition in self._editions):
                return _Asked(f"{kind} {words}", [(kind, anchor)])
        raise self._unknown(words)

    def _paragraph(self, chapter: int, number: int) -> _Asked:
        known = self._chapters.get(chapter)
        title = f"paragraph {chapter}.{number}"
        marks = [mark for p in known.paragraphs if p.number == number for mark in p.marks] if known else []
        anchors = [("paragraph", f"p{chapter}-{number}")]
        claims = list(dict.fromkeys(claim for mark in marks for claim in mark.claims))
        if not any(anchors[0][1] in edition.places for edition in self._editions):
            raise UsageError(f"There is no {title}.", self._paragraphs(known, chapter))
        # what the article claims on the matter stands in the record, under the claim's number
        return _Asked(title, [*anchors, *((f"entry of {claim}", claim) for claim in claims)])

    def _paragraphs(self, chapter: Chapter | None, number: int) -> str:
        if not chapter or not chapter.paragraphs:
            listed = ", ".join(map(str, self._chapters)) or "none"
            return f"There is no chapter {number} with numbered paragraphs; the chapters are {listed}."
        return f"Chapter {number} has {number}.1 to {number}.{chapter.paragraphs[-1].number}."

    def _claim(self, number: str) -> _Asked:
        claim = next((c for c in self._book.ledger.by_id.values() if c.number == number), None)
        if claim is None:
            near = f"A page is “p. {number}”, a source [{number}]."
            raise UsageError(f"There is no claim {number}.", f"{self._claims()} {near}")
        state = claim.verdict.word.lower() if claim.verdict else "unchecked"
        found = re.compile(rf"{claim.id}-\d+")
        marks = dict.fromkeys(name for edition in self._editions for name in edition.places if found.fullmatch(name))
        anchors = [("entry", claim.id), *(("mark", mark) for mark in sorted(marks, key=_last_number))]
        said = self._marked.get(claim.id)
        return _Asked(f"{claim.id}, {state}: {claim.claim}", anchors, (f"Marked in ¶ {said}.",) if said else ())

    def _claims(self) -> str:
        ids = sorted(self._book.ledger.by_id, key=lambda name: (len(name), name))
        return f"The ledger has {ids[0]} to {ids[-1]}." if ids else "The ledger has no claims."

    def _source(self, key: str) -> _Asked:
        anchor = source_anchor(key)
        numbers = [number for edition in self._editions for number, name in edition.sources.items() if name == anchor]
        title = f"source {f'[{numbers[0]}] ' if numbers else ''}{key}: {self._book.sources[key].short}"
        claims = dict.fromkeys(claim.id for claim, _ in self._book.ledger.by_source.get(key, ()))
        return _Asked(title, [("list of sources", anchor)], (f"Bears on {', '.join(claims)}.",) if claims else ())

    def _source_number(self, number: str) -> _Asked:
        anchor = next((e.sources[number] for e in self._editions if number in e.sources), None)
        key = next((key for key in self._book.sources if source_anchor(key) == anchor), None)
        if key is None:
            last = max((int(n) for edition in self._editions for n in edition.sources), default=0)
            hint = f"The list has [1] to [{last}]." if last else "Build the web site: its list of sources has them."
            raise UsageError(f"There is no source [{number}].", hint)
        return self._source(key)

    def _page(self, volume: str, label: str) -> _Asked:
        printed = {edition.name: edition for edition in self._editions if edition.labels}
        if volume not in printed:
            built = ", ".join(printed) or "none"
            raise UsageError(f"There is no {volume} with pages in build/.", f"With pages are built: {built}.")
        edition = printed[volume]
        if label not in edition.labels:
            span = f"{edition.labels[0]} to {edition.labels[-1]}"
            raise UsageError(f"The {volume} has no page {label}.", f"Its pages are {span}.")
        page = edition.labels.index(label) + 1
        named = [name for name in edition.numbers if NAMED.fullmatch(name)]  # in the order of reading
        on_page = [name for name in named if edition.numbers[name] == page]
        begun = [name for name in named if edition.numbers[name] < page and LONG.fullmatch(name)]
        if begun and not any(LONG.fullmatch(name) for name in on_page[:1]):
            on_page.insert(0, begun[-1])  # the page goes on with it
        title = f"page {label} of the {volume}"
        if not on_page:
            raise UsageError(f"Nothing that has a number stands on {title}.", "Ask for a page with text of a chapter.")
        entries = [match[1] for name in on_page if (match := MARK.fullmatch(name))]
        return _Asked(title, [(_what(name), name) for name in dict.fromkeys([*on_page, *entries])])

    def _unknown(self, words: str) -> UsageError:
        aids, numbers = self._book.study_aids, [question.id for question in self._book.study_aids.questions]
        known = [*self._book.sources, *(form for term in aids.glossary for form in term.forms), *numbers]
        folded = {name.casefold(): name for name in known}
        near = [folded[name] for name in difflib.get_close_matches(words.casefold(), folded, 4, 0.6)]
        near += [name for name in known if words.casefold() in name.casefold() and name not in near][: 4 - len(near)]
        hint = f"Near it: {', '.join(near)}." if near else f"A place is {LEADS_FOR_ALL}"
        return UsageError(f"Nothing is called {words!r}.", hint)


def _what(anchor: str) -> str:
    if match := re.fullmatch(r"p(\d+)-(\d+)", anchor):
        return f"paragraph {match[1]}.{match[2]}"
    if match := re.fullmatch(r"(C\d+)(-\d+)?", anchor):
        return f"{'mark' if match[2] else 'entry'} of {match[1]}"
    return anchor.removeprefix("ref-")


def _last_number(anchor: str) -> int:
    return int(anchor.rpartition("-")[2])
