"""The booklet's own study pages hold what they promise: enough of each kind, on every chapter, each datum sourced."""

from __future__ import annotations

from pathlib import Path

import pytest

from factpress.files.book import read_book, read_prose
from factpress.model.prose import Chapter
from factpress.model.study.records import Level
from factpress.model.study.study_aids import StudyAids
from factpress.settings import read_settings

SETTINGS = read_settings(Path(__file__).parents[2])
LEAST = {Level.CHECK_YOURSELF: 3, Level.RECALL: 2, Level.SOURCE_CRITICISM: 2, Level.ARGUMENT: 2}
CHAPTERS = read_prose(SETTINGS)[0].chapters


@pytest.fixture(scope="module")
def aids() -> StudyAids:
    book, _ = read_book(SETTINGS)
    return book.study_aids


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_every_chapter_has_questions_of_every_level(chapter: Chapter, aids: StudyAids) -> None:
    found = {level: len(aids.questions_of(chapter.stem, level)) for level in Level}
    assert all(found[level] >= least for level, least in LEAST.items()), found


def test_no_datum_is_without_a_source(aids: StudyAids) -> None:
    assert aids.counts["without a source"] == 0


def test_criticism_of_sources_names_what_it_is_about(aids: StudyAids) -> None:
    asked = [question for question in aids.questions if question.level is Level.SOURCE_CRITICISM]
    assert [question.id for question in asked if not (question.claims or question.sources)] == []


def test_every_event_of_a_treaty_has_its_day_from_the_table(aids: StudyAids) -> None:
    events = [event for event in aids.timeline if event.treaty]
    assert len(events) > 20
    assert all((dated := aids.dated(event)) and dated.date and dated.sources for event in events)
