"""A subject is there when a book asks for it in its settings, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanbook import copy_book, edit
from factpress.checks import check_book
from factpress.files.book import read_book
from factpress.problems import UsageError
from factpress.settings import read_settings
from factpress.subjects.treaties.records import treaties_of


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return copy_book(tmp_path / "book", study=True)


def test_its_records_are_read_and_its_events_take_their_dates_from_them(book: Path) -> None:
    aids = read_book(read_settings(book))[0].study_aids
    (treaty,) = treaties_of(aids).treaties
    dates = {event.id: datum.date for event in aids.timeline if event.of_record and (datum := aids.dated(event))}
    assert treaty.signed.date in dates.values()


def test_without_it_its_files_and_fields_are_problems_and_nothing_is_dropped(book: Path) -> None:
    edit(book, "pyproject.toml", 'subjects = ["treaties"]\n', "")
    settings = read_settings(book)
    assert treaties_of(read_book(settings)[0].study_aids).treaties == ()
    problems = check_book(settings)
    assert {p.where.file for p in problems if p.code == "file-not-read"} == {
        "docs/back/parties.yaml",
        "docs/back/treaties.yaml",
    }
    assert any(p.code == "unknown-field" and p.where.file == "docs/back/timeline.yaml" for p in problems)


@pytest.mark.parametrize("value", ['["treatys"]', '["factpress.rules"]', '["no.such.module"]'])
def test_a_subject_that_is_not_there_is_a_usage_error_that_names_it(book: Path, value: str) -> None:
    edit(book, "pyproject.toml", '["treaties"]', value)
    with pytest.raises(UsageError, match=value.strip('["]')):
        read_settings(book)


@pytest.mark.parametrize("value", ['"treaties"', "[1]", "true"])
def test_subjects_are_a_list_of_words(book: Path, value: str) -> None:
    edit(book, "pyproject.toml", '["treaties"]', value)
    with pytest.raises(UsageError, match="subjects must be a list of words"):
        read_settings(book)
