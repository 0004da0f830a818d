"""The cover: what its bar and its words say of all claims, and its pictures."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from cleanbook import CLEAN
from factpress.model.claim import Claim
from factpress.problems import BookError
from factpress.settings import read_settings
from factpress.sphinxext.blocks.cover import TITLE_SIZES, WIDTH, cover, tint_widths, title_size
from factpress.sphinxext.builders.cover_picture import EPUB_COVER, SHARING_PICTURE, cover_picture
from factpress.sphinxext.context import BookContext, load_context
from factpress.sphinxext.nodes import as_html
from needs import need

LARGEST = 60_000  #: bytes that the EPUB's cover may have


@pytest.fixture
def context() -> BookContext:
    return load_context(read_settings(CLEAN), {})


def with_claims(context: BookContext, count: int) -> BookContext:
    """Return the context of a book with so many claims, their findings those of the clean book in turn."""
    ledger = context.book.ledger
    claims: list[Claim] = [
        replace(ledger.claims[nth % len(ledger.claims)], id=f"C{nth + 1:03}") for nth in range(count)
    ]
    states = {claim.id: context.reviews[ledger.claims[nth % len(ledger.claims)].id] for nth, claim in enumerate(claims)}
    book = replace(context.book, ledger=replace(ledger, claims=tuple(claims)))
    return replace(context, book=book, reviews=states)


def text_of(context: BookContext) -> str:
    return " ".join(re.sub("<[^>]+>", " ", as_html(cover(context))).replace("\u00a0", " ").split())


def test_it_says_how_the_claims_stand_and_who_stands_behind_the_findings(context: BookContext) -> None:
    text = text_of(context)
    for words in (
        "✓ 1 supported",
        "✗ 1 contradicted",
        "? 1 unchecked",
        "10 sentences of an AI-assisted article · 7 claims",
        "1 checked by a person so far",
        "The article says of itself: “",
        "Edition of 20 November 2026",
    ):
        assert words in text, words


@pytest.mark.parametrize("count", [3, 163])
def test_the_bar_has_as_many_parts_as_there_are_claims(context: BookContext, count: int) -> None:
    drawn = as_html(cover(with_claims(context, count)))
    bar = drawn[drawn.index('<div class="cover-bar"') :].partition("</svg>")[0]
    tints = len(re.findall("<rect", bar)) - 1  # without its frame
    assert tints + len(re.findall(r"M[\d.]+ 0v", bar)) == count
    assert f"all {count} claims" in bar


def test_of_two_thousand_claims_each_tint_is_seen(context: BookContext) -> None:
    widths = tint_widths([1997, 1, 1, 1])
    assert sum(widths) == pytest.approx(WIDTH) and min(widths) > 0.5
    drawn = as_html(cover(with_claims(context, 2000)))
    assert len(drawn) < 6000  # parts that nobody could tell apart are drawn as one


def test_a_book_without_claims_says_so_and_has_no_bar(context: BookContext) -> None:
    empty = with_claims(context, 0)
    assert "cover-bar" not in as_html(cover(empty))
    assert "0 claims none yet" in text_of(empty)


def test_a_longer_title_is_set_smaller() -> None:
    names = [name for name, *_ in TITLE_SIZES]
    assert title_size("Alliances and the Korean War") == names[0]
    sizes = [names.index(title_size("word " * count)) for count in (5, 15, 30, 40)]
    assert sizes == sorted(sizes) and sizes[0] < sizes[-1]
    assert title_size("x" * 200) in names[2:]
    assert title_size("") == names[0]


def test_text_of_the_book_is_never_markup(context: BookContext) -> None:
    hostile = replace(context, settings=replace(context.settings, title='<script>&"', publisher="</p>"))
    drawn = as_html(cover(hostile))
    assert "&lt;script&gt;&amp;" in drawn and "<script" not in drawn and "· &lt;/p&gt;" in drawn


@pytest.mark.parametrize("title", ["Bridges", "A title " * 25, "x" * 200])
def test_its_pictures_are_small_and_the_same_each_time(context: BookContext, title: str, tmp_path: Path) -> None:
    need("pango")
    from PIL import Image

    titled = replace(with_claims(context, 163), settings=replace(context.settings, title=title))
    for shape, size in ((EPUB_COVER, (1000, 1419)), (SHARING_PICTURE, (1200, 630))):
        first = cover_picture(titled, shape, tmp_path / "one")
        assert first == cover_picture(titled, shape, tmp_path / "one") == cover_picture(titled, shape, tmp_path / "two")
        assert len(first) < LARGEST
        with Image.open(io.BytesIO(first)) as picture:
            assert picture.size == size
            assert picture.convert("L").getextrema()[0] < 60  # something is drawn
            grey = picture.convert("L")
            margin = grey.crop((0, size[1] - size[1] // 20, size[0], size[1]))
            assert margin.getextrema() == (255, 255)  # nothing has run over


def test_a_title_that_no_face_can_set_is_a_problem(context: BookContext, tmp_path: Path) -> None:
    need("pango")
    with pytest.raises(BookError):
        cover_picture(replace(context, settings=replace(context.settings, title="ꦲꦏ꧀")), EPUB_COVER, tmp_path)
