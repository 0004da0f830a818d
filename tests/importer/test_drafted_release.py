"""What a release refuses of a book that was begun from an article: what is only drafted, and a notice left open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cleanbook import CLEAN
from factpress.checks.signoffs import check_release
from factpress.files.book import read_book
from factpress.model.book import Book
from factpress.model.outline import DraftedUnit
from factpress.model.vocabulary import Kind, NoNotice
from factpress.settings import read_settings


def codes(book: Book) -> list[str]:
    return [found.code for found in check_release(book, read_settings(Path(CLEAN)), "2026-11-20")]


def test_a_release_holds_nothing_that_is_only_drafted_and_no_open_notice() -> None:
    book, _ = read_book(read_settings(Path(CLEAN)))
    assert codes(book) == []
    assert book.provenance
    open_, *_ = (unit for unit in book.outline.units if unit.open)
    units = tuple(replace(unit, open=None) if unit is open_ else unit for unit in book.outline.units)
    drafted = replace(
        book,
        outline=replace(book.outline, units=units),
        draft=(DraftedUnit(unit=open_.id, words="8", kind=Kind.JUDGEMENT),),
    )
    assert codes(drafted) == ["release-drafted"]
    assert codes(replace(book, provenance=replace(book.provenance, disclosure=NoNotice.UNSETTLED))) == [
        "release-unsettled"
    ]
    assert codes(replace(book, provenance=replace(book.provenance, disclosure=NoNotice.NONE))) == []
