"""Checks of the project as a whole: files of data that nobody reads, schemas, the edition's date, the book's limits."""

from __future__ import annotations

from collections.abc import Iterator

from factpress.files.edition_date import newest_heading
from factpress.files.ledger import study_aid_files
from factpress.files.refused_markup import link_problems
from factpress.files.text import name_of
from factpress.files.yaml.formatting import outdated_schemas
from factpress.files.yaml.records import near_miss
from factpress.model.book import Book
from factpress.model.dates import parse
from factpress.model.place import Place
from factpress.model.prose import Prose
from factpress.model.subject import load_subjects
from factpress.problems import Problem, problem
from factpress.settings import Settings


def check_schema(settings: Settings) -> Iterator[Problem]:
    """Yield the schemas that are missing or out of date."""
    for path in outdated_schemas(settings):
        yield problem("schema-outdated", Place(name_of(path, settings.root)))


def check_unread(settings: Settings) -> Iterator[Problem]:
    """Yield the data files beside the pages of study aids that neither the book nor a subject of it reads."""
    read = {path.name for path in study_aid_files(settings.docs, load_subjects(settings.subjects)).values()}
    for path in sorted((settings.docs / "back").glob("*.y*ml")):
        if path.name not in read:
            place = Place(name_of(path, settings.root))
            yield problem("file-not-read", place, file=path.name, near=near_miss(path.name, read))


def check_edition(book: Book, prose: Prose, settings: Settings) -> Iterator[Problem]:
    """Yield an edition's date that is older than what stands in it, and chapters that are too long."""
    yield from edition_date_old(book, settings)
    if limit := settings.chapter_words:
        for chapter in prose.chapters:
            words = sum(len(paragraph.text.split()) for paragraph in chapter.paragraphs)
            if words > limit:
                yield problem("chapter-too-long", chapter.where, words=words, limit=limit)


def edition_date_old(book: Book, settings: Settings) -> Iterator[Problem]:
    """Yield a newest heading of CHANGELOG.md that is older than the ledger; a build says if there is none."""
    heading = newest_heading(settings)
    dates = [(date, claim) for date, claim in _dates(book) if parse(date)]
    if heading and dates:
        (date, line), (newest, claim) = heading, max(dates)
        if newest > date:
            yield problem("edition-date-old", Place("CHANGELOG.md", line), date=date, newest=newest, id=claim)


def _dates(book: Book) -> Iterator[tuple[str, str]]:
    """Yield the days on which something in the ledger was written or seen, each with the claim."""
    for claim in book.ledger.claims:
        if claim.withdrawn:
            yield claim.withdrawn.date, claim.id
        if claim.finding:
            yield claim.finding.proposed_by.date, claim.id
        for item in claim.evidence:
            yield item.date, claim.id


def check_links_out(settings: Settings) -> Iterator[Problem]:
    """Yield the symbolic links among the files of the book that lead to a place outside it."""
    yield from link_problems(settings.root)
