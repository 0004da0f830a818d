"""The path of a code is the matrix that segno made, square by square."""

from __future__ import annotations

import re

import pytest
import segno

from factpress.press.qr import QUIET, qr

ADDRESSES = [
    "https://www.state.gov/14-618",
    "https://history.state.gov/historicaldocuments/frus1950v07/d174",
    "https://example.org/" + "a-long-address/" * 14,
]


def drawn(path: str, side: int) -> list[list[int]]:
    """Return the squares that a pen one module wide covers when it follows the path."""
    squares = [[0] * side for _ in range(side)]
    x = y = 0
    for name, first, second in re.findall(r"([Mhm])(\d+)(?: (\d+(?:\.5)?))?", path):
        if name == "M":
            assert second.endswith(".5")  # the middle of a row
            x, y = int(first), int(float(second))
        else:
            for at in range(x, x + int(first)):
                squares[y][at] |= name == "h"
            x += int(first)
    return squares


@pytest.mark.parametrize("address", ADDRESSES, ids=len)
def test_every_square_is_where_it_belongs_with_white_around(address: str) -> None:
    code = qr(address)
    squares = drawn(code.path, code.side)
    inner = [row[QUIET:-QUIET] for row in squares[QUIET:-QUIET]]
    level = "l" if len(address) > 122 else "m"
    assert inner == [list(row) for row in segno.make(address, error=level, micro=False, boost_error=False).matrix]
    assert len(inner) == code.dark
    assert sum(map(sum, squares)) == sum(map(sum, inner))


def test_a_code_depends_on_nothing_but_its_text() -> None:
    assert qr(ADDRESSES[0]) == qr(ADDRESSES[0]) != qr(ADDRESSES[1])
