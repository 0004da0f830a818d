"""The map: hatches inside lands, no land torn in two, names at its sides, and shapes for all that it shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factpress.files.book import read_book
from factpress.maintenance.land import make_land
from factpress.model.figures.data import drawn_data
from factpress.problems import ToolError
from factpress.settings import read_settings
from factpress.subjects.treaties.figures.data import MapState, MapStates
from factpress.subjects.treaties.figures.map import WORLD_WINDOW, MapWindow, _hatched, draw

ROOT = Path(__file__).parents[2]
SQUARE = [(10.0, 10.0), (60.0, 10.0), (60.0, 60.0), (10.0, 60.0), (10.0, 10.0)]
HOLE = [(30.0, 30.0), (40.0, 30.0), (40.0, 40.0), (30.0, 40.0), (30.0, 30.0)]
PAGE = MapWindow((0.0, -60.0, 360.0, 60.0), 0.0, 0.0, 309.0)


@pytest.mark.parametrize("name", ["rising", "upright", "crossed"])
def test_a_hatch_fills_a_land_and_leaves_out_its_holes(name: str) -> None:
    lines = list(_hatched(name, [SQUARE, HOLE], PAGE))
    assert len(lines) > 10
    for (x1, y1), (x2, y2) in lines:
        assert all(9.99 <= value <= 60.01 for value in (x1, y1, x2, y2))
        middle = (x1 + x2) / 2, (y1 + y2) / 2
        assert not all(30.01 < value < 39.99 for value in middle), "a line crosses the hole"
    length = sum(((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 for (x1, y1), (x2, y2) in lines)
    whole = sum(
        ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 for (x1, y1), (x2, y2) in _hatched(name, [SQUARE], PAGE)
    )  # the hole is a twenty-fifth of the square
    assert 0.9 < length / whole < 0.99


def test_a_land_that_reaches_over_the_last_meridian_stays_in_one_piece() -> None:
    view = MapWindow(WORLD_WINDOW, 0.0, 0.0, 309.0)
    ring = view.ring([(170.0, 60.0), (179.0, 60.0), (-170.0, 65.0), (175.0, 70.0)])
    assert max(x for x, _ in ring) - min(x for x, _ in ring) == pytest.approx(20 * view.scale)
    america = view.ring([(-100.0, 40.0), (-90.0, 40.0), (-90.0, 50.0)])
    assert min(x for x, _ in america) > max(x for x, _ in ring)  # the Pacific is in the middle


def test_names_stand_at_the_sides_of_the_part_and_never_on_each_other() -> None:
    land = {"coast": [], "lands": {f"P{n}": [[(20 + n, 30), (21 + n, 30), (21 + n, 31)]] for n in range(12)}}
    rows = tuple(MapState(f"P{n}", f"Country {n}", "with all", "Pact") for n in range(12))
    (page,) = draw(MapStates(("with all",), rows, json.dumps(land), (10.0, 0.0, 50.0, 50.0)))
    assert list(page.collisions()) == []
    assert {label.get_text() for label in page.labels} >= {f"Country {n}" for n in range(12)}


def test_every_state_of_the_book_s_map_has_a_land_and_a_group() -> None:
    book, _ = read_book(read_settings(ROOT))
    lands = json.loads(book.figures.land)["lands"]
    (figure,) = (figure for figure in book.figures.listed if figure.draws == "map")
    data = drawn_data(figure, book, {})
    assert isinstance(data, MapStates)
    assert all(lands[row.party] for row in data.rows)
    assert {row.group for row in data.rows} == set(data.groups)
    by_name = {row.name: row.group for row in data.rows}
    assert (by_name["South Korea"], by_name["North Korea"]) == (data.groups[0], data.groups[1])
    assert by_name["Iran"] == "with other states only"


def test_another_atlas_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="This is not world-atlas"):
        make_land(tmp_path, b"something else")
