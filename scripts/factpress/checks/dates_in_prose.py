"""A check that the chapters print the dates of the study aids: one fact, one place.

A sentence of a chapter is tied to a treaty by the claims it marks or by a source it cites for that date. Where it
prints a full date beside “signed” or “in force”, that is the date of the table. A sentence that cites the source of
an event, and prints a day of the same month and no other date that fits, is taken for a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from factpress.model.book import Book
from factpress.model.dates import MONTHS, in_words, parse
from factpress.model.prose import Chapter, Prose
from factpress.model.study.study_aids import StudyAids
from factpress.model.study.treaty import Moment
from factpress.problems import Place, Problem, problem

_DATE = re.compile(rf"(\d{{1,2}})\s({'|'.join(MONTHS)})\s(\d{{4}})")
_WORDS = {Moment.SIGNED: re.compile(r"\b[Ss]igned\b"), Moment.IN_FORCE: re.compile(r"\bin(?:to)? force\b")}
_NEAR = 90  #: characters between a date and the word that it belongs to, in one clause
_CLAUSE = re.compile(r"[.;:()]")


def check_dates_in_prose(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield dates of chapters that differ from those of the tables."""
    for chapter in prose.chapters:
        claims, keys = _by_line(chapter)
        for line, text in chapter.lines.items():
            where = Place(chapter.file, line)
            marked, cited = claims.get(line, frozenset()), keys.get(line, frozenset())
            yield from _treaties(book.study_aids, text, marked, cited, where)
            yield from _events(book.study_aids, text, cited, where)


def _treaties(
    aids: StudyAids, text: str, claims: frozenset[str], keys: frozenset[str], where: Place
) -> Iterator[Problem]:
    printed = {_iso(found): _moment(text, found) for found in _DATE.finditer(text)}
    for moment in _WORDS:
        beside = [date for date, of in printed.items() if of is moment]
        dates = {
            one.date: treaty.id
            for treaty in aids.treaties
            for one in treaty.moments(moment)
            if one.date and (claims.intersection(treaty.claims) or keys.intersection(one.sources))
        }
        # a sentence may date several treaties: one that fits is enough
        if dates and beside and not dates.keys() & printed.keys():
            date, treaty_id = next(iter(dates.items()))
            words = f"{treaty_id}: {moment} {in_words(date)}"
            yield problem("date-disagrees", where, printed=in_words(beside[0]), table=words)


def _moment(text: str, date: re.Match[str]) -> Moment | None:
    """Return what a date is the date of: the nearest word of its clause that says so."""
    distances: dict[int, Moment] = {}
    for moment, word in _WORDS.items():
        for found in word.finditer(text):
            first, last = sorted((found.span(), date.span()))
            between = text[first[1] : last[0]]
            if len(between) <= _NEAR and not _CLAUSE.search(between):
                distances.setdefault(len(between), moment)
    return distances[min(distances)] if distances else None


def _events(aids: StudyAids, text: str, keys: frozenset[str], where: Place) -> Iterator[Problem]:
    printed = {_iso(found) for found in _DATE.finditer(text)}
    for event in aids.timeline if keys and printed else ():
        if not (parse(event.date or "") and keys.intersection(event.sources)):
            continue
        words = in_words(event.date or "")
        near = sorted(date for date in printed if date[:7] == (event.date or "")[:7])
        # the year may stand once for two days
        if near and not re.search(rf"\b{words.rpartition(' ')[0]}\b", text):
            yield problem("date-disagrees", where, printed=in_words(near[0]), table=f"{event.id}: {words}")


def _by_line(chapter: Chapter) -> tuple[Mapping[int, frozenset[str]], Mapping[int, frozenset[str]]]:
    claims: dict[int, frozenset[str]] = {}
    keys: dict[int, frozenset[str]] = {}
    for mark in chapter.marks:
        claims[mark.where.line] = claims.get(mark.where.line, frozenset()).union(mark.claims)
    for cite in chapter.cites:
        keys[cite.where.line] = keys.get(cite.where.line, frozenset()).union(cite.keys)
    return claims, keys


def _iso(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"
