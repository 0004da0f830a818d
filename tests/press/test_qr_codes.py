"""The path of a code is the matrix that segno made, square by square."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno

from factpress.press import qr_codes as module
from factpress.press.qr_codes import QUIET_ZONE, QrCode, load_cache, qr_code, save_cache

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
    code = qr_code(address)
    squares = drawn(code.path, code.side)
    inner = [row[QUIET_ZONE:-QUIET_ZONE] for row in squares[QUIET_ZONE:-QUIET_ZONE]]
    level = "l" if len(address) > 122 else "m"
    assert inner == [list(row) for row in segno.make(address, error=level, micro=False, boost_error=False).matrix]
    assert len(inner) == code.dark
    assert sum(map(sum, squares)) == sum(map(sum, inner))


def test_a_code_depends_on_nothing_but_its_text() -> None:
    assert qr_code(ADDRESSES[0]) == qr_code(ADDRESSES[0]) != qr_code(ADDRESSES[1])


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin with no code known, as another build does."""
    monkeypatch.setattr(module, "_drawn_codes", {})
    monkeypatch.setattr(module, "_loaded", {})
    yield


@pytest.mark.usefixtures("forgetful")
def test_a_code_is_drawn_once_for_many_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "codes.json"
    known = {address: qr_code(address) for address in ADDRESSES}
    save_cache(file)
    module._drawn_codes.clear()
    monkeypatch.setattr(segno, "make", None)
    load_cache(file)
    assert {address: qr_code(address) for address in ADDRESSES} == known
    module._drawn_codes.clear()
    qr_code(ADDRESSES[0])
    save_cache(file)
    assert list(json.loads(file.read_text())["codes"]) == [ADDRESSES[0]]  # what is not in the book is not kept


@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"made_by": "segno 0.1", "codes": {"a": [1, "M0"]}}', '{"codes": 3}', '{"made_by": 1}']
)
def test_what_another_maker_kept_or_nobody_can_read_is_not_taken(tmp_path: Path, text: str) -> None:
    file = tmp_path / "codes.json"
    file.write_text(text)
    load_cache(file)
    assert qr_code("a") != QrCode(1, "M0")
    assert not module._loaded


def test_without_a_file_nothing_is_recalled(tmp_path: Path) -> None:
    load_cache(tmp_path / "none.json")
