"""Checks of the project as a whole: data files that nothing reads, schemas, the edition's date, the book's limits."""

from __future__ import annotations

from collections.abc import Iterator

from factpress.files.edition_date import newest_heading
from factpress.files.ledger import study_aid_files
from factpress.files.refused_markup import link_problems
from factpress.files.text import relative_name
from factpress.files.yaml.formatting import outdated_schemas
from factpress.files.yaml.records import did_you_mean
from factpress.model.book import Book
from factpress.model.dates import parse_day
from factpress.model.place import Place
from factpress.model.prose import Chapter, Prose
from factpress.model.subject import load_subjects
from factpress.problems import Problem, problem
from factpress.settings import Settings


def check_schemas(settings: Settings) -> Iterator[Problem]:
    """Yield the schemas that are missing or out of date."""
    for path in outdated_schemas(settings):
        yield problem("schema-outdated", Place(relative_name(path, settings.root)))


def check_unread_files(settings: Settings) -> Iterator[Problem]:
    """Yield the data files beside the pages of study aids that neither the book nor a subject of it reads."""
    read = {path.name for path in study_aid_files(settings.docs, load_subjects(settings.subjects)).values()}
    for path in sorted((settings.docs / "back").glob("*.y*ml")):
        if path.name not in read:
            place = Place(relative_name(path, settings.root))
            yield problem("file-not-read", place, file=path.name, near=did_you_mean(path.name, read))


def check_edition(book: Book, prose: Prose, settings: Settings) -> Iterator[Problem]:
    """Yield an edition's date that is older than what stands in it, and chapters that are too long."""
    yield from check_edition_date(book, settings)
    for chapter, words in long_chapters(prose, settings):
        yield problem("chapter-too-long", chapter.where, words=words, limit=settings.chapter_words)


def long_chapters(prose: Prose, settings: Settings) -> Iterator[tuple[Chapter, int]]:
    """Yield the chapters with more words of narrative than they may have, each with its count."""
    for chapter in prose.chapters if settings.chapter_words else ():
        words = sum(len(paragraph.text.split()) for paragraph in chapter.paragraphs)
        if words > settings.chapter_words:
            yield chapter, words


def check_edition_date(book: Book, settings: Settings) -> Iterator[Problem]:
    """Yield a newest heading of CHANGELOG.md that is older than the ledger; a build says if there is none."""
    heading = newest_heading(settings)
    dates = [(date, claim) for date, claim in _dates(book) if parse_day(date)]
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
