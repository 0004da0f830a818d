from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpress.press.sheets.imposition import (
    GATHERING_PAGES,
    STAPLED,
    Sheet,
    creep,
    fold_gathering,
    gatherings,
    pad_pages,
    saddle_stitch,
)

COUNTS = st.integers(min_value=1, max_value=2000)
LENGTHS = st.none() | st.integers(min_value=1, max_value=500).map(lambda sheets: 4 * sheets)


def read_folded(sheets: list[Sheet], right_bound: bool = False) -> list[int | None]:
    """Turn the leaves: into the fold by the right halves, out of it by the left ones; from right to left mirrored."""
    into, out_of = (0, 1) if right_bound else (1, 0)
    inwards = chain.from_iterable((sheet.front[into], sheet.back[out_of]) for sheet in sheets)
    outwards = chain.from_iterable((sheet.back[into], sheet.front[out_of]) for sheet in reversed(sheets))
    return [*inwards, *outwards]


def read_bound(sheets: tuple[Sheet, ...], right_bound: bool = False) -> list[int | None]:
    """Fold each gathering by itself and read them one after another."""
    return [page for section in gatherings(sheets) for page in read_folded(section, right_bound)]


def test_eight_pages_lie_as_every_printer_knows_them() -> None:
    assert saddle_stitch(8) == (Sheet((7, 0), (1, 6), 0), Sheet((5, 2), (3, 4), 1))


def test_two_gatherings_lie_as_every_binder_knows_them() -> None:
    first = (Sheet((7, 0), (1, 6), 0, 1), Sheet((5, 2), (3, 4), 1, 1))
    second = (Sheet((15, 8), (9, 14), 0, 2), Sheet((13, 10), (11, 12), 1, 2))
    assert saddle_stitch(16, gathering_pages=8) == first + second


@given(COUNTS, LENGTHS, st.booleans())
def test_the_bound_booklet_reads_in_order_and_ends_in_blanks(pages: int, length: int | None, right_bound: bool) -> None:
    read = read_bound(saddle_stitch(pages, gathering_pages=length, right_bound=right_bound), right_bound)
    assert read[:pages] == list(range(pages))
    assert read[pages:] == [None] * (len(read) - pages)


@given(st.integers(min_value=2, max_value=2000), LENGTHS)
def test_a_back_cover_stays_outermost_and_blanks_come_before_it(pages: int, length: int | None) -> None:
    read = read_bound(saddle_stitch(pages, gathering_pages=length, back_cover=True))
    assert read == [*range(pages - 1), *[None] * (len(read) - pages), pages - 1]


def test_a_single_page_is_the_front_even_if_a_back_cover_is_asked_for() -> None:
    assert pad_pages(1, back_cover=True) == (0, None, None, None)


@given(COUNTS, LENGTHS)
def test_no_sheet_more_than_needed_and_no_gathering_longer_than_asked(pages: int, length: int | None) -> None:
    sheets = saddle_stitch(pages, gathering_pages=length)
    assert len(sheets) == -(-pages // 4)
    lengths = [4 * len(section) for section in gatherings(sheets)]
    if length:
        assert set(lengths[:-1]) <= {length} and lengths[-1] <= length
    assert [sheet.depth for section in gatherings(sheets) for sheet in section] == [
        depth for pages_of in lengths for depth in range(pages_of // 4)
    ]


@pytest.mark.parametrize(
    ("pages", "lengths"),
    [
        (STAPLED, [STAPLED]),
        (STAPLED - 3, [STAPLED]),
        (STAPLED + 1, [GATHERING_PAGES, GATHERING_PAGES, 4]),
        (309, [32] * 9 + [24]),
    ],
)
def test_what_is_too_thick_to_staple_becomes_gatherings(pages: int, lengths: list[int]) -> None:
    assert [4 * len(section) for section in gatherings(saddle_stitch(pages))] == lengths


@pytest.mark.parametrize("length", [2, 3, 18, -4])
def test_a_gathering_that_fills_no_sheet_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="four pages to a sheet"):
        saddle_stitch(32, gathering_pages=length)


def test_a_gathering_of_pages_that_fills_no_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="four pages to a sheet"):
        fold_gathering([0, 1, 2])


@given(st.integers(min_value=0, max_value=500), st.floats(min_value=0, max_value=1))
def test_fore_edges_are_even_after_creep(depth: int, thickness: float) -> None:
    """A page's own edge, pushed out by the sheets around it and moved in by creep, lies where the outermost's does."""
    width = 148.0
    pushed_out = sum([thickness] * depth)
    assert pushed_out + width - creep(depth, thickness) == pytest.approx(width)
