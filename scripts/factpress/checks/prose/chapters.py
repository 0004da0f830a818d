"""Checks of the chapters against the ledger: every claim is marked, every paragraph says where it is from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from factpress.files.yaml.records import did_you_mean
from factpress.model.book import Book
from factpress.model.links.quotation import without_typesetting
from factpress.model.place import Place
from factpress.model.prose import MARK_LIMIT, Chapter, Page, Prose, claim_ids
from factpress.problems import Problem, problem

PARAGRAPH_MARKS = 3  #: marks that a paragraph may have
REPEATED = 4  #: words; a quotation of as many or more may stand in one chapter only

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")


def check_chapters(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield what is wrong with the pages of the book, but for what they cite."""
    yield from check_chapter_names(prose)
    for page in prose.book:
        yield from check_claim_marks(page, book)
    for chapter in prose.chapters:
        if lacks := _lacks(chapter):
            yield problem("chapter-empty", chapter.where, lacks=lacks)
        else:
            yield from check_paragraphs(chapter)
            yield from check_coverage(chapter, book)
            yield from check_also_in_article(chapter, book)
    yield from check_repeated_quotes(prose)
    yield from check_claim_files(book, prose)


def check_chapter_names(prose: Prose) -> Iterator[Problem]:
    """Yield chapters without a number and chapters with the number of another."""
    first: dict[int, Chapter] = {}
    for page in prose.book:
        if isinstance(page, Chapter):
            other = first.setdefault(page.number, page)
            if other is not page:
                yield problem("chapter-number-twice", page.where, first=other.file, number=page.number)
        elif page.in_chapters and page.stem != "index":
            yield problem("chapter-name", page.where, name=PurePosixPath(page.file).name)


def check_claim_marks(page: Page, book: Book) -> Iterator[Problem]:
    """Yield marks and boxes that name no claim of the ledger, or one claim twice."""
    for mark in page.marks:
        yield from _unknown(mark.claims, mark.where, book)
        for claim, times in Counter(mark.claims).items():
            if times > 1:
                yield problem("claim-mark-twice", mark.where, id=claim)
        if len(mark.claims) > MARK_LIMIT and not mark.in_box:
            yield problem("mark-of-many", mark.where, count=len(mark.claims), limit=MARK_LIMIT)
    for unit in page.units:
        if unit.unit not in book.drafted:
            yield problem("unit-mark", unit.where, unit=unit.unit or "“”")
    for box in page.directives_named("article-said"):
        listed = claim_ids(box.argument)
        if not listed:
            yield problem("claim-mark-form", box.where, text="article-said without claims")
        yield from _unknown(listed, box.where, book)


def check_paragraphs(chapter: Chapter) -> Iterator[Problem]:
    """Yield numbered paragraphs with neither mark nor citation, and those with too many marks."""
    for paragraph in chapter.paragraphs:
        number, count = f"{chapter.number}.{paragraph.number}", len(paragraph.marks)
        if not paragraph.is_supported:
            yield problem("paragraph-unsupported", paragraph.where, number=number)
        elif count > PARAGRAPH_MARKS:
            yield problem("marks-in-paragraph", paragraph.where, number=number, count=count, limit=PARAGRAPH_MARKS)


def check_coverage(chapter: Chapter, book: Book) -> Iterator[Problem]:
    """Yield claims of the chapter's ledger file that it never marks, and missing or repeated entries."""
    claims = book.ledger.of_chapter(chapter.stem)
    marked = {claim for mark in chapter.marks for claim in mark.claims}
    for claim in claims:
        if claim.id not in marked and not claim.withdrawn:
            yield problem("claim-unmarked", claim.where, id=claim.id, chapter=chapter.file)
    places = chapter.directives_named("claim-entries")
    if claims and len(places) != 1:
        where = places[1].where if places else chapter.where
        yield problem("claim-entries", where, count=len(places) or "no")


def check_also_in_article(chapter: Chapter, book: Book) -> Iterator[Problem]:
    """Yield a problem if more than a third of a chapter's claims stand in its also-in-article box."""
    claims = {claim.id for claim in book.ledger.of_chapter(chapter.stem) if not claim.withdrawn}
    boxes = [mark for mark in chapter.marks if mark.in_box]
    boxed = claims.intersection(claim for mark in boxes for claim in mark.claims)
    if len(boxed) * 3 > len(claims):
        yield problem("also-in-article", boxes[0].where, count=len(boxed), claims=len(claims))


def check_repeated_quotes(prose: Prose) -> Iterator[Problem]:
    """Yield quotations of some words that another chapter has quoted too, once for each chapter."""
    first: dict[str, Chapter] = {}
    reported: set[tuple[str, str]] = set()
    for chapter in prose.chapters:
        for quote, where in _quotes(chapter):
            words = f" {without_typesetting(quote).strip(' .,;:?!…')} "
            if len(words.split()) < REPEATED:
                continue
            # a part of a quotation is the same one
            longest = next((quoted for quoted in first if words in quoted or quoted in words), words)
            other = first.setdefault(longest, chapter)
            if other is not chapter and (longest, chapter.file) not in reported:
                reported.add((longest, chapter.file))
                yield problem("quote-in-chapters", where, quote=" ".join(quote.split()), first=other.file)


def _quotes(chapter: Chapter) -> Iterator[tuple[str, Place]]:
    for passage in chapter.passages:
        for match in _QUOTED.finditer(passage.text):
            line = passage.where.line + passage.text[: match.start()].count("\n")
            yield match[1], Place(chapter.file, line)


def check_claim_files(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield ledger files without a chapter of the same name."""
    stems = {page.stem for page in prose.book if page.in_chapters}
    first: Mapping[str, Place] = {claim.where.file: claim.where for claim in reversed(book.ledger.claims)}
    for file, where in first.items():
        stem = PurePosixPath(file).stem
        if stem not in stems:
            yield problem("claims-without-chapter", where, stem=stem)


def _lacks(chapter: Chapter) -> str:
    missing = [] if chapter.title else ["no title"]
    missing += [] if chapter.paragraphs else ["no numbered paragraph"]
    return " and ".join(missing)


def _unknown(ids: tuple[str, ...], where: Place, book: Book) -> Iterator[Problem]:
    for claim in dict.fromkeys(ids):
        # what does not have the form of an id was reported when the page was read
        if claim not in book.ledger.by_id and re.fullmatch(r"C\d+", claim):
            yield problem("claim-unknown", where, id=claim, near=did_you_mean(claim, book.ledger.by_id))
