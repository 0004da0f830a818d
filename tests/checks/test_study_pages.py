"""The booklet's own study pages hold what they promise: enough of each kind, on every chapter, each datum sourced."""

from __future__ import annotations

from pathlib import Path

import pytest

from factpress.files.book import read_book, read_prose
from factpress.model.prose import Chapter
from factpress.model.study.aids import Level
from factpress.model.study.study_aids import Apparatus
from factpress.settings import read_settings

SETTINGS = read_settings(Path(__file__).parents[2])
LEAST = {Level.CHECK_YOURSELF: 3, Level.RECALL: 2, Level.SOURCE_CRITICISM: 2, Level.ARGUMENT: 2}
CHAPTERS = read_prose(SETTINGS)[0].chapters


@pytest.fixture(scope="module")
def apparatus() -> Apparatus:
    book, _ = read_book(SETTINGS)
    return book.apparatus


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_every_chapter_has_questions_of_every_level(chapter: Chapter, apparatus: Apparatus) -> None:
    found = {level: len(apparatus.questions_of(chapter.stem, level)) for level in Level}
    assert all(found[level] >= least for level, least in LEAST.items()), found


def test_no_datum_is_without_a_source(apparatus: Apparatus) -> None:
    assert apparatus.counts["without a source"] == 0


def test_criticism_of_sources_names_what_it_is_about(apparatus: Apparatus) -> None:
    asked = [question for question in apparatus.questions if question.level is Level.SOURCE_CRITICISM]
    assert [question.id for question in asked if not (question.claims or question.sources)] == []


def test_every_event_of_a_treaty_has_its_day_from_the_table(apparatus: Apparatus) -> None:
    events = [event for event in apparatus.timeline if event.treaty]
    assert len(events) > 20
    assert all((dated := apparatus.dated(event)) and dated.date and dated.sources for event in events)
