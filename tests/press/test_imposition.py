from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpress.press.imposition import Sheet, fold, padded, saddle_stitch

COUNTS = st.integers(min_value=1, max_value=2000)


def read_folded(sheets: tuple[Sheet, ...]) -> list[int | None]:
    """Turn the leaves: into the fold by the right halves, out of it by the left ones."""
    inwards = chain.from_iterable((sheet.front[1], sheet.back[0]) for sheet in sheets)
    outwards = chain.from_iterable((sheet.back[1], sheet.front[0]) for sheet in reversed(sheets))
    return [*inwards, *outwards]


def test_eight_pages_lie_as_every_printer_knows_them() -> None:
    assert saddle_stitch(8) == (Sheet((7, 0), (1, 6), 0), Sheet((5, 2), (3, 4), 1))


@given(COUNTS)
def test_the_folded_booklet_reads_in_order_and_ends_in_blanks(pages: int) -> None:
    read = read_folded(saddle_stitch(pages))
    assert read[:pages] == list(range(pages))
    assert read[pages:] == [None] * (len(read) - pages)


@given(COUNTS)
def test_no_sheet_more_than_needed(pages: int) -> None:
    assert len(saddle_stitch(pages)) == -(-pages // 4)


@given(COUNTS, st.integers(min_value=1, max_value=20))
def test_sections_folded_one_by_one_read_in_order(pages: int, sheets: int) -> None:
    all_pages = padded(pages)
    sections = [all_pages[at : at + 4 * sheets] for at in range(0, len(all_pages), 4 * sheets)]
    assert [page for section in sections for page in read_folded(fold(section))] == list(all_pages)


def test_a_section_that_fills_no_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="four pages to a sheet"):
        fold([0, 1, 2])
